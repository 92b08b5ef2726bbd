import type { Code } from "../base/codes.js";
import {
  type Diagnostic,
  type LocalizedText,
  fileError,
  parsePath,
  planError,
} from "../base/diagnostic.js";
import type { Origin } from "../document/tree.js";

/**
 * A mistake in what stands on a page, at the place it comes from: the plan's where it has one, else
 * the template's. `file` is named where neither is known.
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
