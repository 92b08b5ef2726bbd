import { decimalOf } from "../base/numbers.js";
import { type LeafColumn, type TypedTable, leavesOf } from "../plan/typed-table.js";
import { plainText } from "../resolve/markup.js";
import { type RenderText, typedHead } from "../resolve/table-head.js";
import { type FlatCell, type FlatRow, flattenRows } from "../resolve/table-rows.js";
import { PLAIN, numberFormat, sheetAlign } from "./cell-looks.js";
import type { SheetTable } from "./sheet.js";
import type { WorksheetCell } from "./workbook.js";

/** More columns than this want a landscape page. */
const PORTRAIT_COLUMNS = 8;

/** A table written cell by cell: its numbers and texts, without formulas. */
export function typedSheetTable(table: TypedTable, render: RenderText): SheetTable {
  const leaves = table.columns.flatMap(leavesOf);
  const { unit, note } = table;
  return {
    unit,
    head: typedHead(table.columns, []),
    rows: () =>
      flattenRows(table.rows, []).map((row) =>
        row.cells.map((cell, index) =>
          row.kind === "band"
            ? bandCell(cell, leaves.length, render)
            : sheetCell(cell, leaves.length - row.cells.length + index, { row, leaves, render }),
        ),
      ),
    note,
    columns: leaves.length,
    hiddenColumns: 0,
    landscape: leaves.length > PORTRAIT_COLUMNS,
    frozenColumns: 1,
  };
}

function bandCell({ cell }: FlatCell, columns: number, render: RenderText): WorksheetCell {
  const value = plainText(render(String(cell), []));
  const look = { ...PLAIN, bold: true, bordered: true, format: "@" };
  return { column: 0, value, formula: null, look, columns, rows: 1 };
}

/** Where a cell stands, and how its text is read. */
interface CellContext {
  readonly row: FlatRow;
  readonly leaves: readonly LeafColumn[];
  readonly render: RenderText;
}

function sheetCell(
  { cell, rows }: FlatCell,
  column: number,
  { row, leaves, render }: CellContext,
): WorksheetCell {
  const number = typeof cell === "number" ? decimalOf(cell) : null;
  return {
    column,
    value: number ?? (typeof cell === "string" ? plainText(render(cell, [])) : null),
    formula: null,
    columns: 1,
    rows,
    look: {
      ...PLAIN,
      bold: row.kind !== "item",
      align: sheetAlign(leaves[column]?.align ?? "left"),
      bordered: true,
      format: number === null ? "@" : numberFormat(number.scale),
    },
  };
}
