import { type Outcome, fail, succeed } from "../base/diagnostic.js";
import { explainIssue } from "./explain-issue.js";
import { knownKeysAt } from "./json-schema.js";
import { locateAll, readYaml } from "./read-yaml.js";
import { Plan } from "./schema.js";
import type { PlanSource } from "./source.js";

/** A plan that satisfies the schema, and where each of its values stands in the file it came from. */
export interface ParsedPlan {
  readonly plan: Plan;
  readonly source: PlanSource;
}

/**
 * Read a plan's YAML or JSON text. Every mistake of form comes back at once, each with its place.
 * `file` is the name shown in findings.
 */
export function parsePlan(text: string, file: string): Outcome<ParsedPlan> {
  const read = readYaml(text, file);
  if (!read.ok) return read;
  const { data, source } = read.value;
  const parsed = Plan.safeParse(data);
  if (!parsed.success) {
    const problems = parsed.error.issues.flatMap((issue) => explainIssue(issue, data, (path) => knownKeysAt(path, data)));
    return fail(locateAll(problems, source));
  }
  return succeed({ plan: parsed.data, source });
}
