import { type Outcome, fail, succeed } from "../base/diagnostic.js";
import { runPageChecks } from "../checks/index.js";
import type { DocumentTree } from "../document/tree.js";
import type { PagedDocument } from "../layout/pages/page.js";
import type { EvaluatedPlan } from "../tables/evaluate-plan.js";
import { layOutPlan } from "./lay-out.js";
import { openPlanData } from "./open-data.js";
import type { PlanText } from "./opened-plan.js";
import type { World } from "./world.js";

/** A plan as far as its pages: what an editor shows beside its form. */
export interface Preview {
  readonly plan: EvaluatedPlan;
  readonly tree: DocumentTree;
  readonly pages: PagedDocument;
}

/**
 * The road of a build from data as far as its pages. Findings stand at paths of the plan, where a
 * form has its fields. The data is what `readPlanData` gives.
 * Errors: as of `checkPlan`, but for what one standard of PDF cannot take.
 */
export async function previewPlan(
  data: unknown,
  input: Omit<PlanText, "text">,
  world: World,
): Promise<Outcome<Preview>> {
  const opened = await openPlanData(data, { ...input, text: "" }, world);
  if (!opened.ok) return opened;
  const laidOut = await layOutPlan(opened.value, world);
  if (!laidOut.ok) return fail([...opened.problems, ...laidOut.problems]);
  const { tree, pages } = laidOut.value;
  const found = [...opened.problems, ...runPageChecks(pages, [])];
  if (found.some(({ severity }) => severity === "error")) return fail(found);
  return succeed({ plan: opened.value.plan, tree, pages }, found);
}
