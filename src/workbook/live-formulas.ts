import { columnName } from "../base/numbers.js";
import { roundedPlaces } from "../tables/assignee-share.js";
import {
  type EvaluatedColumn,
  type EvaluatedRow,
  type EvaluatedTable,
  isNumber,
} from "../tables/data-table.js";
import type { Formula } from "../tables/formula.js";

/** Where the cells of a data table stand in its sheet. */
export interface SheetPlaces {
  /** Columns of the sheet, from 0, by those of the table. */
  readonly columns: ReadonlyMap<number, number>;
  /** The sheet's row of the table's first row, from 0. */
  readonly firstRow: number;
}

/**
 * How the number of a cell comes about, for the spreadsheet: from its own row, or from the rows
 * that add up to it. Null when it is simply there.
 */
export function liveFormula(
  table: EvaluatedTable,
  row: EvaluatedRow,
  index: number,
  rowIndex: number,
  places: SheetPlaces,
): string | null {
  const column = table.columns[index];
  if (column === undefined) return null;
  const { formula, totals } = column;
  const sheetRow = places.firstRow + rowIndex;
  const fromOwnRow = (): string | null =>
    formula === null ? null : rowFormula(column, formula, sheetRow, places);
  if (row.parts.length === 0) return row.kind === "group" ? null : fromOwnRow();
  if (totals === "recompute" && formula !== null) return fromOwnRow();
  const parts = row.parts.filter((part) => isNumber(table.rows[part]?.cells[index]));
  if (totals !== "sum" || parts.length === 0) return null;
  return sumFormula(
    sheetColumn(index, places),
    parts.map((part) => places.firstRow + part + 1),
  );
}

/** The formula of a column in one row, rounded as the plan rounds it. */
function rowFormula(
  column: EvaluatedColumn,
  formula: Formula,
  sheetRow: number,
  places: SheetPlaces,
): string {
  const text = printFormula(formula, (index) => `${sheetColumn(index, places)}${sheetRow + 1}`);
  const whole = formula.kind === "operation" ? `(${text})` : text;
  const scaled = column.spec.kind === "percent" ? `${whole}*100` : text;
  const decimals = roundedPlaces(column);
  return decimals === null ? scaled : `IFERROR(ROUND(${scaled},${decimals}),"")`;
}

function sheetColumn(index: number, { columns }: SheetPlaces): string {
  return columnName(columns.get(index) ?? 0);
}

function printFormula(formula: Formula, cell: (index: number) => string): string {
  if (formula.kind === "column") return cell(formula.index);
  if (formula.kind === "number")
    return String(Number(formula.value.digits) / 10 ** formula.value.scale);
  const side = (part: Formula): string =>
    part.kind === "operation" &&
    (formula.sign === "*" || formula.sign === "/" || part === formula.right)
      ? `(${printFormula(part, cell)})`
      : printFormula(part, cell);
  return `${side(formula.left)}${formula.sign}${side(formula.right)}`;
}

/**
 * Ranges that a function of a spreadsheet takes at most. Source: Excel specifications and limits,
 * “Arguments in a function”.
 */
const MAX_ARGUMENTS = 250;

/** "SUM(C5:C9,C11)" over rows of a column, counted from 1. */
function sumFormula(column: string, rows: readonly number[]): string {
  const ranges: string[] = [];
  for (let index = 0; index < rows.length; index++) {
    const first = rows[index] ?? 0;
    while (rows[index + 1] === (rows[index] ?? 0) + 1) index++;
    const last = rows[index] ?? 0;
    ranges.push(first === last ? `${column}${first}` : `${column}${first}:${column}${last}`);
  }
  const sums: string[] = [];
  for (let start = 0; start < ranges.length; start += MAX_ARGUMENTS)
    sums.push(`SUM(${ranges.slice(start, start + MAX_ARGUMENTS).join(",")})`);
  return sums.join("+");
}
