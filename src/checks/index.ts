import type { Diagnostic } from "../base/diagnostic.js";
import type { PagedDocument } from "../layout/pages/page.js";
import type { EvaluatedPlan } from "../tables/evaluate-plan.js";
import type { PdfStandard } from "../writers/pdf/standard.js";
import { declaredDiffers } from "./declared-differs.js";
import { notesOverPages } from "./notes-over-pages.js";
import { type PageRule, runPageRule } from "./page-rule.js";
import { privateSign } from "./private-sign.js";
import { projectUnprinted } from "./project-unprinted.js";
import { recipientTwice } from "./recipient-twice.js";
import { type Rule, runRule } from "./rule.js";
import { sourceUnsaid } from "./source-unsaid.js";
import { tableWithoutHead } from "./table-without-head.js";
import { typedTotal } from "./typed-total.js";
import { untitled } from "./untitled.js";

/**
 * All rules over plan data, in the order in which they run. To add one: write its file beside the
 * others (code, severity, clause or reason, a good and a bad example, the check) and add it here. Its
 * examples are its test; nothing else is to be touched.
 */
export const RULES: readonly Rule[] = [
  declaredDiffers,
  projectUnprinted,
  sourceUnsaid,
  typedTotal,
  recipientTwice,
];

/** Rules over laid-out pages: what PDF/A and PDF/UA cannot take, and what other programs do. */
export const PAGE_RULES: readonly PageRule[] = [
  privateSign,
  tableWithoutHead,
  untitled,
  notesOverPages,
];

/** What all rules find in an evaluated plan. No pages are laid out. */
export function runChecks(plan: EvaluatedPlan): readonly Diagnostic[] {
  return RULES.flatMap((rule) => runRule(rule, { plan }));
}

/**
 * What keeps pages from being made to the standards asked for, errors only when there are any; and
 * warnings of what other programs do with them.
 */
export function runPageChecks(
  pages: PagedDocument,
  standards: readonly PdfStandard[],
): readonly Diagnostic[] {
  return PAGE_RULES.filter(
    ({ severity }) => severity === "warning" || standards.length > 0,
  ).flatMap((rule) => runPageRule(rule, pages));
}
