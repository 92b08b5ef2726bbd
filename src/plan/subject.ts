import type { PlanPath } from "../base/diagnostic.js";

/** A line of the subject with its place in the plan. */
export interface SubjectLine {
  readonly text: string;
  readonly path: PlanPath;
}

/** The subject (trích yếu) by its lines: written as one text, it is one line at its own place. */
export function subjectLines(subject: string | readonly string[]): readonly SubjectLine[] {
  return typeof subject === "string"
    ? [{ text: subject, path: ["subject"] }]
    : subject.map((text, index) => ({ text, path: ["subject", index] }));
}

/** Type and subject in one line, without marks: the title of a file. */
export function fileTitle(plan: {
  readonly type: string;
  readonly subject: string | readonly string[];
}): string {
  const lines = subjectLines(plan.subject).map(({ text }) => text);
  return `${plan.type} ${lines.join(" ")}`.replace(/[*\\]/gu, "");
}
