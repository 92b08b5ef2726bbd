import type { z } from "zod";
import type { PlanPath } from "../base/diagnostic.js";
import { type ProfileData, withOffice } from "./parse-data.js";
import { isRecord, valueAt } from "./raw-data.js";
import { Plan } from "./schema.js";

type Issue = z.core.$ZodIssue;

/** What is left of a plan that its schema refused, and the places of its mistakes. */
export interface RecoveredPlan {
  readonly plan: Plan;
  readonly faults: readonly PlanPath[];
}

/**
 * The plan that is left when the faulty values are removed, so that one run can also report what is
 * wrong elsewhere: citations, references, characters without a glyph. Null when too little is left.
 * Nothing is ever built from it.
 */
export function recoverPlan(data: unknown, office: ProfileData | null): RecoveredPlan | null {
  const whole = withOffice(data, office);
  const first = Plan.safeParse(whole);
  if (first.success) return { plan: first.data, faults: [] };
  const faults = first.error.issues.map((issue) => issue.path as PlanPath);
  const copy: unknown = structuredClone(whole);
  let pending: readonly Issue[] = first.error.issues;
  for (let round = 0; round < MAX_ROUNDS; round++) {
    for (const issue of pending) removeFaulty(copy, issue, round > 0 ? "again" : "first");
    const parsed = Plan.safeParse(copy);
    if (parsed.success) return { plan: parsed.data, faults };
    pending = parsed.error.issues;
  }
  return null;
}

/** Removing a value may leave another one faulty: a list too short, a choice without its key. */
const MAX_ROUNDS = 5;

const PLACEHOLDERS: Readonly<Record<string, unknown>> = {
  string: "…",
  number: 0,
  int: 1,
  array: ["…"],
  object: { year: 2000 },
};

function removeFaulty(data: unknown, issue: Issue, attempt: "first" | "again"): void {
  const path = issue.path as PlanPath;
  const parent = valueAt(data, path.slice(0, -1));
  const last = path.at(-1);
  if (issue.code === "unrecognized_keys") {
    const owner = valueAt(data, path);
    if (isRecord(owner)) for (const key of issue.keys) delete owner[key];
    return;
  }
  if (last === undefined) return;
  // An outline takes a placeholder; a list that does not is emptied.
  if (Array.isArray(parent)) {
    if (attempt === "again") parent.splice(0);
    else parent[Number(last)] = "…";
  } else if (isRecord(parent)) {
    const placeholder = issue.code === "invalid_type" ? PLACEHOLDERS[issue.expected] : undefined;
    if (placeholder !== undefined && (attempt === "first" || parent[last] === undefined))
      parent[last] = placeholder;
    else delete parent[last];
  }
}
