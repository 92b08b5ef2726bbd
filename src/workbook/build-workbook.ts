import { formatIssueDate, isoDate } from "../base/dates.js";
import { upperCase } from "../base/text.js";
import { DEFAULT_PROFILE } from "../plan/profile.js";
import { fileTitle } from "../plan/subject.js";
import { type PlacedTable, tablesIn } from "../plan/walk.js";
import { plainText } from "../resolve/markup.js";
import { tableSize } from "../resolve/page-fit.js";
import { PlanTexts } from "../resolve/plan-text.js";
import type { RenderText } from "../resolve/table-head.js";
import type { EvaluatedPlan } from "../tables/evaluate-plan.js";
import { LABEL, REFERENCE } from "./cell-looks.js";
import { dataSheetTable } from "./data-sheet.js";
import { type Caption, type CaptionLine, type SheetTable, buildSheet } from "./sheet.js";
import { typedSheetTable } from "./typed-sheet.js";
import type { Workbook } from "./workbook.js";

/** Room for a number that is not given yet. */
const NO_NUMBER = " ".repeat(6);

/**
 * The tables of a plan as a workbook: a sheet each, with live formulas. Null when the plan prints
 * no table.
 */
export function buildWorkbook(plan: EvaluatedPlan): Workbook | null {
  const texts = new PlanTexts(plan, (plan.profile ?? DEFAULT_PROFILE).citationDates);
  const render: RenderText = (text, path) => texts.render(text, path);
  const placed = [...bodySheets(plan, render), ...appendixSheets(plan, texts, render)];
  const sheets = placed.flatMap(({ caption, table }) => {
    const found = sheetTable(table, plan, render);
    return found === null ? [] : [buildSheet(caption, found, render)];
  });
  if (sheets.length === 0) return null;
  return { title: fileTitle(plan), dated: isoDate(plan.date), sheets };
}

/** A table that gets a sheet, and what stands above it. */
interface CaptionedTable {
  readonly caption: Caption;
  readonly table: PlacedTable["table"];
}

/** Tables of the body, under their titles, or the headings they stand under. */
function bodySheets(plan: EvaluatedPlan, render: RenderText): readonly CaptionedTable[] {
  return tablesIn(plan.body).map(({ table, heading }, index) => {
    const title = titleLines(table, plan);
    const lines =
      title.length > 0 || heading === null
        ? title
        : [{ text: plainText(render(heading, [])), look: LABEL }];
    return { table, caption: { name: `Bảng ${index + 1}`, lines, landscape: null } };
  });
}

/** Tables of the appendices: the first of each under all that the appendix says of itself. */
function appendixSheets(
  plan: EvaluatedPlan,
  texts: PlanTexts,
  render: RenderText,
): readonly CaptionedTable[] {
  return plan.appendices.flatMap(({ title, body, landscape }, place) => {
    const label = texts.appendixLabel(place);
    const name = { text: label, look: LABEL };
    const whole = [
      name,
      { text: upperCase(plainText(render(title, []))), look: LABEL },
      { text: `(${reference(plan)})`, look: REFERENCE },
    ];
    return tablesIn(body ?? []).map(({ table }, index) => ({
      table,
      caption: {
        name: index === 0 ? label : `${label} (${index + 1})`,
        lines: [...(index === 0 ? whole : [name]), ...titleLines(table, plan)],
        landscape: landscape === "auto" ? null : landscape,
      },
    }));
  });
}

/** A table as a sheet takes it. Null for an id that no data table has. */
function sheetTable(
  table: PlacedTable["table"],
  plan: EvaluatedPlan,
  render: RenderText,
): SheetTable | null {
  if (typeof table !== "string") return typedSheetTable(table, render);
  const dataTable = plan.dataTables.get(table);
  return dataTable === undefined ? null : dataSheetTable(dataTable, tableSize(plan), render);
}

function titleLines(table: PlacedTable["table"], plan: EvaluatedPlan): readonly CaptionLine[] {
  const title = typeof table === "string" ? plan.dataTables.get(table)?.title : table.title;
  return title ? [{ text: title, look: LABEL }] : [];
}

function reference({ type, number, symbol, date, issuer }: EvaluatedPlan): string {
  const shown = `${type} số ${number ?? NO_NUMBER}/${symbol}`;
  return `Kèm theo ${shown} ${formatIssueDate(date)} của ${issuer.name}`;
}
