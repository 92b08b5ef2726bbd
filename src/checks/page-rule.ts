import type { Code } from "../base/codes.js";
import {
  type Diagnostic,
  type LocalizedText,
  type Severity,
  fileError,
  parsePath,
  planError,
} from "../base/diagnostic.js";
import type { Origin } from "../document/tree.js";
import type { PagedDocument } from "../layout/pages/page.js";
import type { Because } from "./rule.js";

/** One fault of laid-out pages. Without an origin it is the template's as a whole. */
export interface PageFault {
  readonly origin: Origin | null;
  readonly message: LocalizedText;
  readonly hint: LocalizedText;
}

/**
 * One rule over laid-out pages: an error keeps them from being made to a standard, a warning says
 * what other programs do with them.
 */
export interface PageRule {
  readonly code: Code;
  readonly severity: Severity;
  /** A clause of ISO 19005-3 (PDF/A-3) or ISO 14289-1 (PDF/UA-1), or a reason. */
  readonly because: Because;
  check(document: PagedDocument): readonly PageFault[];
}

/** The template that makes the document, where nothing nearer is known. */
const DOCUMENT_TEMPLATE = { file: "document.hbs" };

/** The findings of one rule, each at its place in the plan, or in the template. */
export function runPageRule(rule: PageRule, document: PagedDocument): readonly Diagnostic[] {
  const { code, severity, because } = rule;
  return rule.check(document).map(({ origin, message, hint }) => {
    const { plan, template } = origin ?? { plan: null, template: null };
    const found =
      plan !== null
        ? planError(code, parsePath(plan), message, hint)
        : fileError(code, template ?? DOCUMENT_TEMPLATE, message, hint);
    return { ...found, severity, because };
  });
}
