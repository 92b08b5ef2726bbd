import { type Outcome, succeed } from "../base/diagnostic.js";
import { readPlanData } from "../plan/parse-plan.js";
import { located } from "../plan/read-yaml.js";
import { openPlanData } from "./open-data.js";
import type { OpenedPlan, PlanText } from "./opened-plan.js";
import type { World } from "./world.js";

/**
 * The beginning and the end of every road: open a plan, do the road's work, and give each finding
 * its line and column, once. Warnings come with a result.
 * Errors: every mistake of the stage that failed, and those of later stages that can be found in
 * what is left of the plan.
 */
export async function withPlan<T>(
  input: PlanText,
  world: World,
  work: (opened: OpenedPlan) => Promise<Outcome<T>>,
): Promise<Outcome<T>> {
  const read = readPlanData(input.text, input.file);
  if (!read.ok) return read;
  const { data, source } = read.value;
  const opened = await openPlanData(data, input, world);
  const done = opened.ok ? await work(opened.value) : opened;
  const warnings = [...read.problems, ...opened.problems, ...(opened.ok ? done.problems : [])];
  return located(done.ok ? succeed(done.value, warnings) : done, source);
}
