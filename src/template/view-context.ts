import { type PlanPath, printPath } from "../base/diagnostic.js";
import type { CitationDates } from "../plan/cite.js";
import type { Node } from "../plan/outline.js";
import type { Markup } from "../resolve/markup.js";
import type { PlanTexts } from "../resolve/plan-text.js";
import type { EvaluatedPlan } from "../tables/evaluate-plan.js";
import type { NodeView, TextView } from "./view-types.js";

/** What every part of the view is built from. */
export interface ViewContext {
  readonly plan: EvaluatedPlan;
  readonly texts: PlanTexts;
  readonly dates: CitationDates;
  /** Outlines hold projects and projects outlines: what builds the one is given to the other. */
  readonly nodeViews: NodeViews;
}

/** Nodes of an outline as templates see them. */
export type NodeViews = (
  nodes: readonly Node[],
  path: PlanPath,
  context: ViewContext,
) => readonly NodeView[];

/** An outline where the plan may have none. */
export function maybeNodes(
  nodes: readonly Node[] | null,
  path: PlanPath,
  context: ViewContext,
): readonly NodeView[] | null {
  return nodes === null ? null : context.nodeViews(nodes, path, context);
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
