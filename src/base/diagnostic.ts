import type { Code } from "./codes.js";

/** A text for people in both languages of the command: Vietnamese first. */
export interface LocalizedText {
  readonly vi: string;
  readonly en: string;
}

export type Language = keyof LocalizedText;
export type Severity = "error" | "warning";

/**
 * Where a mistake is: a path in the plan, or a place in a file. Lines and columns count from 1; in
 * a spreadsheet `cell` says it as "Xã!C7".
 */
export type Place =
  | { readonly in: "plan"; readonly path: PlanPath; readonly key?: true }
  | {
      readonly in: "file";
      readonly file: string;
      readonly line: number;
      readonly column: number;
      readonly path?: string;
      readonly cell?: string;
    };

/** Path into plan data: names and list positions, as zod writes them. */
export type PlanPath = readonly (string | number)[];

/**
 * One mistake: what was found, what is allowed, what to do. People's mistakes are values;
 * exceptions are our bugs.
 */
export interface Diagnostic {
  readonly code: Code;
  readonly severity: Severity;
  readonly at: Place;
  readonly message: LocalizedText;
  readonly hint?: LocalizedText;
  /**
   * It may be no more than a consequence of a fault under one of these paths: a name is unknown
   * when its own declaration was at fault.
   */
  readonly follows?: readonly PlanPath[];
  /** Of a rule's finding: the clause of the law, or the reason, that the rule is there for. */
  readonly because?: { readonly clause: string } | { readonly reason: string };
}

/** A result, or every reason why there is none. Warnings may come with either. */
export type Outcome<T> =
  | { readonly ok: true; readonly value: T; readonly problems: readonly Diagnostic[] }
  | { readonly ok: false; readonly problems: readonly Diagnostic[] };

export function succeed<T>(value: T, problems: readonly Diagnostic[] = []): Outcome<T> {
  return { ok: true, value, problems };
}

export function fail(problems: readonly Diagnostic[]): {
  readonly ok: false;
  readonly problems: readonly Diagnostic[];
} {
  return { ok: false, problems };
}

/** `both("số", "number")`: the short way to write words in both languages. */
export function both(vi: string, en: string): LocalizedText {
  return { vi, en };
}

/** A mistake in the plan's data. */
export function planError(
  code: Code,
  path: PlanPath,
  message: LocalizedText,
  hint?: LocalizedText,
): Diagnostic {
  return { code, severity: "error", at: { in: "plan", path }, message, ...(hint ? { hint } : {}) };
}

/** A mistake at a place of a file: a template, a font, a broken YAML file. */
export function fileError(
  code: Code,
  at: {
    readonly file: string;
    readonly line?: number;
    readonly column?: number;
    readonly path?: string;
  },
  message: LocalizedText,
  hint?: LocalizedText,
): Diagnostic {
  const { file, line = 1, column = 1, path } = at;
  return {
    code,
    severity: "error",
    at: { in: "file", file, line, column, ...(path ? { path } : {}) },
    message,
    ...(hint ? { hint } : {}),
  };
}

/** The same finding, marked as a possible consequence of faults under these paths. */
export function following(finding: Diagnostic, ...follows: readonly PlanPath[]): Diagnostic {
  return { ...finding, follows };
}

/**
 * One mistake, one finding: drop what may be no more than a consequence of a fault that is reported
 * anyway. `faults` are the places of those faults.
 */
export function withoutConsequences(
  findings: readonly Diagnostic[],
  faults: readonly PlanPath[],
): readonly Diagnostic[] {
  return findings.filter(
    ({ follows = [] }) => !follows.some((path) => faults.some((fault) => isUnder(fault, path))),
  );
}

/** Whether a place is at a path or inside it. */
export function isUnder(place: PlanPath, path: PlanPath): boolean {
  return path.length <= place.length && path.every((step, index) => step === place[index]);
}

/** `["bases", 0, "date"]` as people write it: `bases[0].date`. */
export function printPath(path: PlanPath): string {
  return path
    .map((step, index) =>
      typeof step === "number" ? `[${step}]` : index === 0 ? step : `.${step}`,
    )
    .join("");
}

/** The inverse of `printPath`. */
export function parsePath(text: string): PlanPath {
  return [...text.matchAll(/([^.[\]]+)|\[(\d+)\]/gu)].map((match) =>
    match[2] !== undefined ? Number(match[2]) : (match[1] ?? ""),
  );
}

/** The end of an exhaustive switch: a kind nobody handled is our bug, and loud. */
export function assertNever(value: never): never {
  throw new Error(`unhandled kind: ${JSON.stringify(value)}`);
}
