import { type PlanPath, printPath } from "../base/diagnostic.js";
import type { CitationDates } from "../plan/cite.js";
import type { Markup } from "../resolve/markup.js";
import type { PlanTexts } from "../resolve/plan-text.js";
import type { EvaluatedPlan } from "../tables/evaluate-plan.js";
import type { TextView } from "./view-types.js";

/** What every part of the view is built from. */
export interface ViewContext {
  readonly plan: EvaluatedPlan;
  readonly texts: PlanTexts;
  readonly dates: CitationDates;
}

/** A text of the plan, resolved, with its place. */
export function textView(text: string, path: PlanPath, { texts }: ViewContext): TextView {
  return { text: texts.render(text, path), path: printPath(path) };
}

/** The same where the plan may say nothing. */
export function maybeText(
  text: string | null,
  path: PlanPath,
  { texts }: ViewContext,
): Markup | null {
  return text === null ? null : texts.render(text, path);
}

/** Dashes under a node or field. */
export function itemViews(
  items: readonly string[] | null,
  path: PlanPath,
  context: ViewContext,
): readonly TextView[] {
  return (items ?? []).map((item, index) => textView(item, [...path, "items", index], context));
}
