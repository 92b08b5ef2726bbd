import type { Outcome } from "../base/diagnostic.js";
import { extractFor } from "./extract.js";
import { withPlan } from "./open-plan.js";
import type { PlanText } from "./opened-plan.js";
import type { World } from "./world.js";
import { type Format, type MadeFiles, type MakeOptions, makeFiles } from "./write-files.js";

/** What is to be built of a plan. */
export interface BuildRequest {
  readonly formats: readonly Format[];
  /** Only the part that is given to this assignee; null for the whole plan. */
  readonly assignee: string | null;
  readonly options: MakeOptions;
}

/**
 * The road from a plan's text to its files: read, evaluate, check, render, lay out, write. Nothing
 * flows back. Warnings come with the files.
 * Errors: every mistake of the stage that failed, each with file, line and column; an assignee that
 * no table names.
 */
export async function buildPlan(
  input: PlanText,
  { formats, assignee, options }: BuildRequest,
  world: World,
): Promise<Outcome<MadeFiles>> {
  return withPlan(input, world, async (opened) => {
    if (assignee === null) return makeFiles(opened, formats, world, options);
    const extract = extractFor(opened, assignee);
    return extract.ok
      ? makeFiles(extract.value, formats, world, { ...options, source: "left-out" })
      : extract;
  });
}
