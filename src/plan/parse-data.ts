import { type Outcome, fail, succeed } from "../base/diagnostic.js";
import { explainIssue } from "./explain-issue.js";
import { knownKeysAt } from "./json-schema.js";
import { Plan } from "./schema.js";

/** An office's profile as data, already found to be right. */
export type ProfileData = Readonly<Record<string, unknown>>;

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
