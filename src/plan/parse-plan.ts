import { type Outcome, fail, succeed } from "../base/diagnostic.js";
import { explainIssue } from "./explain-issue.js";
import { type ProfileData, parseData } from "./parse-data.js";
import { type ReadData, located, readYaml } from "./read-yaml.js";
import { oldNameWarnings, readOldNames, sourceWithOldNames } from "./old-names.js";
import { Profile } from "./profile.js";
import type { Plan } from "./schema.js";
import type { PlanSource } from "./source.js";

/**
 * A plan that satisfies the schema, and where each of its values stands in the file it came from.
 */
export interface ParsedPlan {
  readonly plan: Plan;
  readonly source: PlanSource;
}

/**
 * Read a plan's YAML or JSON text. Every mistake of form comes back at once, each with its place.
 * `file` is the name shown in findings; `office` the office's profile, over which the plan's own
 * goes field by field.
 */
export function parsePlan(
  text: string,
  file: string,
  office: ProfileData | null = null,
): Outcome<ParsedPlan> {
  const read = readPlanData(text, file);
  if (!read.ok) return read;
  const { data, source } = read.value;
  const parsed = parseData(data, office);
  const warnings = read.problems;
  return located(parsed.ok ? succeed({ plan: parsed.value, source }, warnings) : parsed, source);
}

/**
 * A plan's text as data under today's names. Names of earlier versions come back as warnings, at
 * their paths.
 * Errors: YAML that cannot be read, each with its place.
 */
export function readPlanData(text: string, file: string): Outcome<ReadData> {
  const read = readYaml(text, file);
  if (!read.ok) return read;
  const { data, places } = readOldNames(read.value.data);
  const source = sourceWithOldNames(read.value.source, places);
  return succeed({ data, source }, oldNameWarnings(places));
}

/** Read an office's profile. Errors: values outside the decree's ranges, unknown names. */
export function parseProfile(text: string, file: string): Outcome<ProfileData> {
  const read: Outcome<ReadData> = readYaml(text, file);
  if (!read.ok) return read;
  const { data, source } = read.value;
  const parsed = Profile.safeParse(data);
  if (parsed.success) return succeed(data as ProfileData);
  const names = Object.keys(Profile.shape);
  const findings = parsed.error.issues.flatMap((issue) =>
    explainIssue(issue, data, (path) =>
      path.length === 0 ? names : Object.keys(Profile.shape.margins.unwrap().shape),
    ),
  );
  return located(fail(findings), source);
}
