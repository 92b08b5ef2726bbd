import type { Code } from "../base/codes.js";
import {
  type Diagnostic,
  type LocalizedText,
  fileError,
  parsePath,
  planError,
} from "../base/diagnostic.js";
import type { Origin } from "../document/tree.js";

/** Takes a finding. */
export type Report = (problem: Diagnostic) => void;

/**
 * An error in something on a page, reported at its origin: the plan path if there is one, else the
 * template's line, else the first line of `file`.
 */
export function problemAt(
  { plan, template }: Origin,
  code: Code,
  {
    message,
    hint,
    file,
  }: { readonly message: LocalizedText; readonly hint: LocalizedText; readonly file: string },
): Diagnostic {
  return plan !== null
    ? planError(code, parsePath(plan), message, hint)
    : fileError(code, template ?? { file }, message, hint);
}
