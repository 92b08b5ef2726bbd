import { type Outcome, fail, succeed } from "../base/diagnostic.js";
import { explainIssue } from "./explain-issue.js";
import { knownKeysAt } from "./json-schema.js";
import { type ReadData, located, readYaml } from "./read-yaml.js";
import { oldNameWarnings, readOldNames, sourceWithOldNames } from "./old-names.js";
import { Profile } from "./profile.js";
import { Plan } from "./schema.js";
import type { PlanSource } from "./source.js";

/**
 * A plan that satisfies the schema, and where each of its values stands in the file it came from.
 */
export interface ParsedPlan {
  readonly plan: Plan;
  readonly source: PlanSource;
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

/**
 * A plan's data, found right by the schema.
 * Errors: every mistake of form, each at its path in the plan.
 */
export function parseData(data: unknown, office: ProfileData | null): Outcome<Plan> {
  const whole = withOffice(data, office);
  const parsed = Plan.safeParse(whole);
  if (parsed.success) return succeed(parsed.data);
  // One mistake, one finding: what zod says next of the same value is a consequence.
  const reported = new Set<string>();
  const issues = parsed.error.issues.filter((issue) => {
    const place = issue.path.join("\u0000");
    return (
      issue.code === "unrecognized_keys" || (!reported.has(place) && reported.add(place).size > 0)
    );
  });
  return fail(
    issues.flatMap((issue) => explainIssue(issue, whole, (path) => knownKeysAt(path, whole))),
  );
}

export function withOffice(data: unknown, office: ProfileData | null): unknown {
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
  const findings = parsed.error.issues.flatMap((issue) =>
    explainIssue(issue, data, (path) =>
      path.length === 0 ? names : Object.keys(Profile.shape.margins.unwrap().shape),
    ),
  );
  return located(fail(findings), source);
}
