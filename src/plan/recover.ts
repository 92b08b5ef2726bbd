import type { z } from "zod";
import type { Diagnostic, PlanPath } from "../base/diagnostic.js";
import { Plan } from "./schema.js";

type Issue = z.core.$ZodIssue;

/**
 * The plan that is left when the faulty values are set aside, so that one run can also report what
 * is wrong elsewhere: citations, references, signs without a glyph. Null when too little is left.
 * Nothing is ever built from it.
 */
export function recoverPlan(data: unknown, issues: readonly Issue[]): Plan | null {
  const copy = structuredClone(data);
  let pending = issues;
  for (let round = 0; round < 5; round++) {
    for (const issue of pending) removeFaulty(copy, issue, round > 0);
    const parsed = Plan.safeParse(copy);
    if (parsed.success) return parsed.data;
    pending = parsed.error.issues;
  }
  return null;
}

/**
 * Findings that may only echo what was set aside: a name is unknown when its own declaration was at
 * fault.
 */
const ECHOES: Readonly<Record<string, readonly string[]>> = {
  figures: ["unknown-figure", "unknown-name"],
  programme: [
    "unknown-amount",
    "unknown-project",
    "no-programme",
    "no-money",
    "amount-not-given",
    "unknown-section",
  ],
  appendices: ["unknown-appendix"],
  footnotes: ["unknown-footnote"],
  body: ["unknown-section", "reference-unnumbered"],
};

/**
 * Drop findings on a salvaged plan that may come from the salvaging. `faults` are the paths that
 * were at fault.
 */
export function dropEchoes(
  problems: readonly Diagnostic[],
  faults: readonly PlanPath[],
): Diagnostic[] {
  const dropped = new Set(faults.flatMap((path) => ECHOES[String(path[0])] ?? []));
  return problems.filter((problem) => !dropped.has(problem.code));
}

const PLACEHOLDERS: Readonly<Record<string, unknown>> = {
  string: "…",
  number: 0,
  int: 1,
  array: ["…"],
  object: { year: 2000 },
};

function removeFaulty(data: unknown, issue: Issue, again: boolean): void {
  const path = issue.path as PlanPath;
  const parent = valueAt(data, path.slice(0, -1));
  const last = path.at(-1);
  if (issue.code === "unrecognized_keys") {
    const owner = valueAt(data, path);
    if (isObject(owner)) for (const key of issue.keys) delete owner[key];
    return;
  }
  if (last === undefined) return;
  // An outline takes a placeholder; a list that does not is emptied.
  if (Array.isArray(parent)) {
    if (again) parent.splice(0);
    else parent[Number(last)] = "…";
  } else if (isObject(parent)) {
    const placeholder = issue.code === "invalid_type" ? PLACEHOLDERS[issue.expected] : undefined;
    if (placeholder !== undefined && (!again || parent[last] === undefined))
      parent[last] = placeholder;
    else delete parent[last];
  }
}

function valueAt(data: unknown, path: PlanPath): unknown {
  return path.reduce<unknown>(
    (value, step) =>
      isObject(value) || Array.isArray(value)
        ? (value as Record<string | number, unknown>)[step]
        : undefined,
    data,
  );
}

function isObject(value: unknown): value is Record<string | number, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
