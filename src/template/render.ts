import { type Outcome, fail } from "../base/diagnostic.js";
import type { EvaluatedPlan } from "../tables/evaluate-plan.js";
import type { TemplateSet } from "./template-set.js";
import type { DocumentTree } from "../document/tree.js";
import { buildTree } from "./build-tree.js";
import type { CitationDates } from "../plan/cite.js";
import type { KeptMarkup } from "./kept-markup.js";
import { parseMarkup } from "./parse-markup.js";
import { type CompiledTemplates, compileTemplates } from "./run-handlebars.js";
import { buildView } from "./build-view.js";

const compiledSets = new WeakMap<TemplateSet, Promise<Outcome<CompiledTemplates>>>();

/** Lint and compile templates; the same set is compiled once. */
function prepareTemplates(templates: TemplateSet): Promise<Outcome<CompiledTemplates>> {
  const known = compiledSets.get(templates);
  if (known) return known;
  const compiled = compileTemplates(templates);
  compiledSets.set(templates, compiled);
  return compiled;
}

/**
 * Plan and templates → document tree.
 * Errors: citations that lead nowhere (at the plan's place), template mistakes (at the template's
 * line). With the markup of an earlier version `kept`, only what changed is read.
 */
export async function renderTemplate(
  plan: EvaluatedPlan,
  templates: TemplateSet,
  dates: CitationDates,
  kept: KeptMarkup | null = null,
): Promise<Outcome<DocumentTree>> {
  const compiled = await prepareTemplates(templates);
  const view = buildView(plan, dates);
  const known = [...view.problems, ...(compiled.ok ? [] : compiled.problems)];
  if (known.length > 0 || !compiled.ok) return fail(known);
  const markup = compiled.value.run(view.plan);
  if (!markup.ok) return markup;
  const root = kept === null ? parseMarkup(markup.value) : kept.parse(markup.value);
  if (!root.ok) return root;
  return buildTree(root.value, kept);
}
