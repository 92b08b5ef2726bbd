import { type LocalizedText, type Outcome, fail, succeed } from "../base/diagnostic.js";
import { unitNames } from "../tables/assignee-share.js";
import { explainUnit } from "../tables/explain.js";
import { unknownAssignee } from "./extract.js";
import { withPlan } from "./open-plan.js";
import type { PlanText } from "./opened-plan.js";
import type { World } from "./world.js";
import { DEFAULT_OPTIONS, makeFiles } from "./write-files.js";

/** A plan without mistakes. */
export interface CheckedPlan {
  readonly pages: number;
}

/**
 * Look for all that would stop a build, and for all that is odd; nothing is written. Warnings come
 * with the result.
 * Errors: as of `buildPlan`.
 */
export async function checkPlan(input: PlanText, world: World): Promise<Outcome<CheckedPlan>> {
  return withPlan(input, world, async (opened) => {
    const made = await makeFiles(opened, [], world, DEFAULT_OPTIONS);
    return made.ok ? succeed({ pages: made.value.pages }, made.problems) : made;
  });
}

/**
 * How an assignee came by its numbers, step by step.
 * Errors: as of `buildPlan`, but for pages; an assignee that no table names.
 */
export async function explainShares(
  input: PlanText,
  assignee: string,
  world: World,
): Promise<Outcome<readonly LocalizedText[]>> {
  return withPlan(input, world, async ({ plan }) => {
    const steps = explainUnit(plan.dataTables.values(), assignee);
    if (steps.length > 0) return succeed(steps);
    return fail([unknownAssignee(input.file, assignee, unitNames(plan.dataTables))]);
  });
}
