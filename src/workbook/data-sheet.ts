import { at } from "../base/list.js";
import { plainText } from "../resolve/markup.js";
import { fitsPortrait } from "../resolve/page-fit.js";
import { type RenderText, dataHead } from "../resolve/table-head.js";
import { alignmentOf, isAside, isFromSheet, isGrouped, isStrong } from "../resolve/table-rows.js";
import {
  type EvaluatedColumn,
  type EvaluatedRow,
  type EvaluatedTable,
  type Value,
  isNumber,
} from "../tables/data-table.js";
import { formulaColumns } from "../tables/formula.js";
import { PLAIN, numberFormat, sheetAlign } from "./cell-looks.js";
import { type SheetPlaces, liveFormula } from "./live-formulas.js";
import type { SheetTable } from "./sheet.js";
import type { CellLook, WorksheetCell } from "./workbook.js";

/** Columns from the left that stay in sight, at most. */
const MAX_FROZEN = 3;

/**
 * A data table with live formulas. Columns that are only computed with come along, hidden, so that
 * formulas stay alive. `size` is that of letters in tables, in points.
 */
export function dataSheetTable(
  table: EvaluatedTable,
  size: number,
  render: RenderText,
): SheetTable {
  const shown = table.columns.flatMap(({ spec }, index) => (spec.show ? [index] : []));
  const columns = [...shown, ...hiddenColumns(table, shown)];
  const places = new Map(columns.map((index, place) => [index, place]));
  const nameColumn = table.columns.findIndex(({ spec }) => spec.kind === "text" && spec.show);
  const grouped = isGrouped(table);
  const { unit, note } = table;
  return {
    unit,
    head: dataHead(table),
    rows: (firstRow) => {
      const context: SheetContext = {
        table,
        grouped,
        shown,
        columns,
        places: { columns: places, firstRow },
        render,
      };
      return table.rows.map((row, index) => sheetRow(row, index, context));
    },
    note,
    columns: shown.length,
    hiddenColumns: columns.length - shown.length,
    landscape: !fitsPortrait(table, size),
    frozenColumns: Math.min((places.get(nameColumn) ?? 0) + 1, MAX_FROZEN),
  };
}

/** Columns that formulas of shown ones need. */
function hiddenColumns({ columns }: EvaluatedTable, shown: readonly number[]): readonly number[] {
  const needed = shown.flatMap((index) => {
    const formula = columns[index]?.formula ?? null;
    return formula === null ? [] : formulaColumns(formula);
  });
  return [...new Set(needed.filter((index) => !shown.includes(index)))];
}

/** What the cells of a sheet are made from. */
interface SheetContext {
  readonly table: EvaluatedTable;
  readonly grouped: boolean;
  /** Columns of the table that are seen; then those of the sheet, hidden ones at the end. */
  readonly shown: readonly number[];
  readonly columns: readonly number[];
  readonly places: SheetPlaces;
  readonly render: RenderText;
}

function sheetRow(row: EvaluatedRow, rowIndex: number, context: SheetContext): WorksheetCell[] {
  const { table, grouped, columns, places } = context;
  if (row.kind === "note") return [noteCell(row, context)];
  return columns.map((index, place): WorksheetCell => {
    const column = at(table.columns, index);
    const value = row.cells[index] ?? null;
    return {
      column: place,
      value: cellValue(row, column, value, context.render),
      formula: isNumber(value) ? liveFormula(table, row, index, rowIndex, places) : null,
      look: {
        bold: isStrong(row, grouped),
        italic: isAside(row),
        align: sheetAlign(alignmentOf(column)),
        bordered: true,
        format: formatOf(column, value),
      },
      columns: 1,
      rows: 1,
    };
  });
}

function noteCell(row: EvaluatedRow, { shown, render }: SheetContext): WorksheetCell {
  const [note] = row.cells;
  const value = typeof note === "string" ? rowText(row, note, render) : "";
  const look: CellLook = { ...PLAIN, italic: true, bordered: true };
  return { column: 0, value, formula: null, look, columns: shown.length, rows: 1 };
}

function cellValue(
  row: EvaluatedRow,
  { spec }: EvaluatedColumn,
  value: Value,
  render: RenderText,
): WorksheetCell["value"] {
  if (spec.kind === "order") return row.mark || null;
  if (typeof value !== "string") return value;
  const isDay = spec.kind === "date" && /^\d{4}-\d\d-\d\d$/u.test(value);
  return isDay ? { date: value } : rowText(row, value, render);
}

function rowText(row: EvaluatedRow, text: string, render: RenderText): string {
  return isFromSheet(row) ? text : plainText(render(text, []));
}

/** The format of a cell: decimals as the printed table shows them. */
function formatOf({ spec, fixedPlaces }: EvaluatedColumn, value: Value): string {
  if (isNumber(value)) return numberFormat(Math.max(value.scale, fixedPlaces));
  return spec.kind === "date" && value !== null ? "dd/mm/yyyy" : "@";
}
