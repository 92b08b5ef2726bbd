import { type Outcome, fail, succeed } from "../base/diagnostic.js";
import { runPageChecks } from "../checks/index.js";
import type { DocumentTree } from "../document/tree.js";
import { KeptBoxes } from "../layout/kept-boxes.js";
import type { PagedDocument } from "../layout/pages/page.js";
import type { SheetRows } from "../plan/data-table.js";
import { isRecord } from "../plan/raw-data.js";
import { sameData } from "../base/same-data.js";
import type { Plan } from "../plan/schema.js";
import { KeptMarkup } from "../template/kept-markup.js";
import { type Evaluated, type EvaluatedPlan, evaluatePlan } from "../tables/evaluate-plan.js";
import { type KeptLayout, layOutPlan } from "./lay-out.js";
import { openPlanData } from "./open-data.js";
import type { PlanText } from "./opened-plan.js";
import type { World } from "./world.js";

/** A plan as far as its pages: what an editor shows beside its form. */
export interface Preview {
  readonly plan: EvaluatedPlan;
  readonly tree: DocumentTree;
  readonly pages: PagedDocument;
}

/** Previews one plan, version after version. */
export type Previewer = (data: unknown, input: Omit<PlanText, "text">) => Promise<Previewed>;

/** A version of a plan: its pages, or what is wrong with it. */
export interface Previewed {
  readonly made: Outcome<Preview>;
  /** Its numbers, also where they do not add up; null when it cannot be read that far. */
  readonly numbers: EvaluatedPlan | null;
}

/** Parts of a plan that no number comes from. */
const WORDS_ALONE: ReadonlySet<string> = new Set([
  "issuer",
  "number",
  "subject",
  "enactment",
  "body",
  "closing",
  "footnotes",
  "recipients",
  "signature",
  "appendices",
]);

/** What one version leaves for the next. */
interface Memory {
  readonly data: unknown;
  readonly profile: unknown;
  readonly numbers: Evaluated | null;
  readonly layout: KeptLayout;
}

/**
 * The road of a build from data as far as its pages, for a plan that is edited. What did not change
 * since the version before is not made again: numbers, when only words changed; boxes of blocks that
 * say the same. The pages are those of a build of the same data.
 * The data is what `readPlanData` gives; findings stand at paths of the plan, where a form has its
 * fields.
 * Errors: as of `checkPlan`, but for what one standard of PDF cannot take.
 */
export function previewer(world: World): Previewer {
  let memory: Memory | null = null;
  return async (data, input) => {
    const before = memory;
    const sameNumbers = before !== null && numbersStay(before.data, data);
    let numbers: Evaluated | null = null;
    const opened = await openPlanData(data, { ...input, text: "" }, world, (plan, sheets) => {
      numbers = evaluateAgain(plan, sheets, sameNumbers ? before.numbers : null);
      return numbers;
    });
    // Set by the function above, which the compiler cannot know.
    const evaluated = numbers as Evaluated | null;
    const told = (made: Outcome<Preview>): Previewed => ({
      made,
      numbers: evaluated?.plan ?? null,
    });
    if (!opened.ok) return told(opened);
    const { profile } = opened.value.plan;
    const layout =
      before !== null && sameData(before.profile, profile)
        ? before.layout
        : { markup: new KeptMarkup(), tree: null, boxes: new KeptBoxes() };
    const laidOut = await layOutPlan(opened.value, world, layout);
    if (!laidOut.ok) return told(fail([...opened.problems, ...laidOut.problems]));
    const { tree, unsigned, pages } = laidOut.value;
    // Numbers that were read from files may change without the plan.
    const kept = opened.value.data.length === 0 ? evaluated : null;
    memory = { data, profile, numbers: kept, layout: { ...layout, tree: unsigned } };
    const found = [...opened.problems, ...runPageChecks(pages, [])];
    if (found.some(({ severity }) => severity === "error")) return told(fail(found));
    return told(succeed({ plan: opened.value.plan, tree, pages }, found));
  };
}

/** A plan evaluated; with numbers that are `known` to be the same, only its words are new. */
function evaluateAgain(plan: Plan, sheets: SheetRows, known: Evaluated | null): Evaluated {
  if (known === null) return evaluatePlan(plan, sheets);
  const { programme, dataTables } = known.plan;
  return { plan: { ...plan, programme, dataTables }, problems: known.problems };
}

/** Whether all parts that numbers come from are the same objects. */
function numbersStay(before: unknown, after: unknown): boolean {
  if (!isRecord(before) || !isRecord(after)) return false;
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].every((name) => WORDS_ALONE.has(name) || before[name] === after[name]);
}
