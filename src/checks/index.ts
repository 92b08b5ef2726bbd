import type { Diagnostic } from "../base/diagnostic.js";
import type { PagedDocument } from "../layout/pages/page.js";
import type { EvaluatedPlan } from "../tables/evaluate-plan.js";
import type { PdfStandard } from "../writers/pdf/standard.js";
import { findNonconformance } from "../writers/pdf/conformance.js";
import { checkDeclared } from "./check-declared.js";
import { checkPlaced } from "./check-placed.js";
import { checkTypedTotals } from "./check-typed-totals.js";

export function runChecks(plan: EvaluatedPlan): readonly Diagnostic[] {
  return [
    ...(plan.programme === null ? [] : checkDeclared(plan.programme)),
    ...checkPlaced(plan),
    ...checkTypedTotals(plan),
  ];
}

export function runPageChecks(
  pages: PagedDocument,
  standards: readonly PdfStandard[],
): readonly Diagnostic[] {
  return findNonconformance(pages, standards);
}
