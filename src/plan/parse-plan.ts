import { type Diagnostic, type Outcome, type PlanPath, fail, succeed } from "../base/diagnostic.js";
import { explainIssue } from "./explain-issue.js";
import { knownKeysAt } from "./json-schema.js";
import { type ReadData, locateAll, readYaml } from "./read-yaml.js";
import { Profile } from "./profile.js";
import { recoverPlan } from "./recover.js";
import { Plan } from "./schema.js";
import type { PlanSource } from "./source.js";

/**
 * A plan that satisfies the schema, and where each of its values stands in the file it came from.
 */
export interface ParsedPlan {
  readonly plan: Plan;
  readonly source: PlanSource;
}

/**
 * Every mistake of form, and what is left of the plan when they are set aside: only to look for
 * more mistakes.
 */
export interface RefusedPlan {
  readonly ok: false;
  readonly problems: readonly Diagnostic[];
  readonly recovered: ParsedPlan | null;
  /** Places of the mistakes. */
  readonly faults: readonly PlanPath[];
}

/** An office's profile as data, already found to be right. */
export type ProfileData = Readonly<Record<string, unknown>>;

/**
 * Read a plan's YAML or JSON text. Every mistake of form comes back at once, each with its place.
 * `file` is the name shown in findings; `office` the office's profile, over which the plan's own
 * goes field by field.
 */
export function parsePlan(
  text: string,
  file: string,
  office: ProfileData | null = null,
): Outcome<ParsedPlan> | RefusedPlan {
  const read = readYaml(text, file);
  if (!read.ok) return { ...read, recovered: null, faults: [] };
  const { data, source } = read.value;
  const whole = withOffice(data, office);
  const parsed = Plan.safeParse(whole);
  if (parsed.success) return succeed({ plan: parsed.data, source });
  // One mistake, one finding: what zod says next of the same value is a consequence.
  const told = new Set<string>();
  const issues = parsed.error.issues.filter((issue) => {
    const place = issue.path.join("\u0000");
    return issue.code === "unrecognized_keys" || (!told.has(place) && told.add(place));
  });
  const problems = issues.flatMap((issue) =>
    explainIssue(issue, whole, (path) => knownKeysAt(path, whole)),
  );
  const recovered = recoverPlan(whole, parsed.error.issues);
  return {
    ok: false,
    problems: locateAll(problems, source),
    recovered: recovered && { plan: recovered, source },
    faults: parsed.error.issues.map((issue) => issue.path as PlanPath),
  };
}

function withOffice(data: unknown, office: ProfileData | null): unknown {
  if (office === null || typeof data !== "object" || data === null || Array.isArray(data))
    return data;
  const own = (data as { profile?: unknown }).profile ?? {};
  return { ...data, profile: typeof own === "object" ? { ...office, ...own } : own };
}

/** Read an office's profile. Errors: values outside the decree's ranges, unknown names. */
export function parseProfile(text: string, file: string): Outcome<ProfileData> {
  const read: Outcome<ReadData> = readYaml(text, file);
  if (!read.ok) return read;
  const { data, source } = read.value;
  const parsed = Profile.safeParse(data);
  if (parsed.success) return succeed(data as ProfileData);
  const names = Object.keys(Profile.shape);
  return fail(
    locateAll(
      parsed.error.issues.flatMap((issue) =>
        explainIssue(issue, data, (path) =>
          path.length === 0 ? names : Object.keys(Profile.shape.margins.unwrap().shape),
        ),
      ),
      source,
    ),
  );
}
