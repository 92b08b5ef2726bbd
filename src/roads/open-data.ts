import {
  type Diagnostic,
  type Outcome,
  type PlanPath,
  fail,
  isUnder,
  succeed,
  withoutConsequences,
} from "../base/diagnostic.js";
import { type ReadSibling, noSiblings } from "../base/sibling.js";
import { type DataFile, recordReads } from "../carried/source-record.js";
import { runChecks } from "../checks/index.js";
import { parseData } from "../plan/parse-data.js";
import { recoverPlan } from "../plan/recover.js";
import type { Plan } from "../plan/schema.js";
import type { ReadSheets } from "../reading/sheets/read-sheets.js";
import { evaluatePlan } from "../tables/evaluate-plan.js";
import { layOutPlan } from "./lay-out.js";
import type { OpenedPlan, PlanText } from "./opened-plan.js";
import { readPictures } from "./read-pictures.js";
import type { World } from "./world.js";

/**
 * A plan's data, found right and evaluated, with the warnings of all checks. Findings stand at paths
 * of the plan.
 */
export async function openPlanData(
  data: unknown,
  input: PlanText,
  world: World,
  evaluateNumbers: typeof evaluatePlan = evaluatePlan,
): Promise<Outcome<OpenedPlan>> {
  const parsed = parseData(data, input.profile);
  if (parsed.ok) return evaluate(parsed.value, input, world, evaluateNumbers);
  const recovered = recoverPlan(data, input.profile);
  const further = recovered === null ? [] : await findMore(recovered.plan, input, world);
  return fail([...parsed.problems, ...withoutConsequences(further, recovered?.faults ?? [])]);
}

async function evaluate(
  plan: Plan,
  input: PlanText,
  world: World,
  evaluateNumbers: typeof evaluatePlan,
): Promise<Outcome<OpenedPlan>> {
  const files = new Map<string, DataFile>();
  const readSibling = recordReads(input.readSibling ?? noSiblings, files);
  const sheets = await readRows(plan, readSibling);
  const { pictures, problems: unseen } = readPictures(plan, readSibling);
  const evaluated = evaluateNumbers(plan, sheets.rows);
  const opened = { input, plan: evaluated.plan, pictures, data: [...files.values()] };
  // Without its pictures a plan cannot be laid out.
  if (unseen.length > 0)
    return fail([
      ...sheets.problems,
      ...unseen,
      ...(sheets.unread.length > 0 ? [] : evaluated.problems),
    ]);
  if (sheets.unread.length > 0)
    return fail([...sheets.problems, ...ofTablesThatWereRead(evaluated.problems, sheets.unread)]);
  if (evaluated.problems.length === 0) return succeed(opened, runChecks(evaluated.plan));
  const pages = await layOutPlan(opened, world);
  return fail([
    ...evaluated.problems,
    ...withoutConsequences(pages.ok ? [] : pages.problems, [["tables"]]),
  ]);
}

/** What else is wrong with a plan that its schema refused: nothing is ever built from it. */
async function findMore(plan: Plan, input: PlanText, world: World): Promise<readonly Diagnostic[]> {
  const opened = await evaluate(plan, input, world, evaluatePlan);
  const pages = opened.ok ? await layOutPlan(opened.value, world) : opened;
  return pages.ok ? [] : pages.problems;
}

/** While a spreadsheet cannot be read, the tables that could be read are looked at all the same. */
function ofTablesThatWereRead(
  findings: readonly Diagnostic[],
  unread: readonly string[],
): readonly Diagnostic[] {
  const faults = unread.map((id): PlanPath => ["tables", id]);
  const inUnread = ({ at }: Diagnostic): boolean =>
    at.in === "plan" && faults.some((fault) => isUnder(at.path, fault));
  return withoutConsequences(findings, faults).filter((finding) => !inUnread(finding));
}

/** Rows from spreadsheets, where tables take theirs from one. The readers are loaded only then. */
async function readRows(plan: Plan, readSibling: ReadSibling): Promise<ReadSheets> {
  const named = Object.values(plan.tables).some(({ rows }) => rows.kind === "file");
  return named
    ? (await import("../reading/sheets/read-sheets.js")).readSheets(plan, readSibling)
    : { rows: new Map(), unread: [], problems: [] };
}
