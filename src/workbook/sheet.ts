import { capitalize } from "../base/text.js";
import { plainText } from "../resolve/markup.js";
import { type HeadColumn, type HeadRow, type RenderText, headRows } from "../resolve/table-head.js";
import { COLUMN_NUMBER, HEAD, NOTE, UNIT } from "./cell-looks.js";
import { columnWidths, rowsWithHeights } from "./measure-sheet.js";
import type { CellLook, Worksheet, WorksheetCell } from "./workbook.js";

/** What stands above a table: what its appendix is called, what it belongs to, its title. */
export interface Caption {
  /** Name of the sheet. */
  readonly name: string;
  readonly lines: readonly CaptionLine[];
  /** How the plan lays the page; null when the table decides. */
  readonly landscape: boolean | null;
}

export interface CaptionLine {
  readonly text: string;
  readonly look: CellLook;
}

/** A table of either kind, as a sheet takes it. */
export interface SheetTable {
  readonly unit: string | null;
  readonly head: readonly HeadColumn[];
  /** The rows below the head; `first` is the place of the first of them in the sheet, from 0. */
  readonly rows: (first: number) => readonly (readonly WorksheetCell[])[];
  readonly note: string | null;
  /** Columns that are seen; hidden ones come after them. */
  readonly columns: number;
  readonly hiddenColumns: number;
  readonly landscape: boolean;
  readonly frozenColumns: number;
}

/** A sheet: the caption, the table with its head and unit, the note below it. */
export function buildSheet(caption: Caption, table: SheetTable, render: RenderText): Worksheet {
  const plain = (text: string): string => plainText(render(text, []));
  const line = (text: string, look: CellLook): WorksheetCell[] => [
    { column: 0, value: text, formula: null, look, columns: table.columns, rows: 1 },
  ];
  const above = [
    ...caption.lines.map(({ text, look }) => line(text, look)),
    ...(table.unit === null ? [] : [line(`Đơn vị tính: ${plain(capitalize(table.unit))}`, UNIT)]),
  ];
  const headCells = placeHead(headRows(table.head, render));
  const head = { first: above.length, last: above.length + headCells.length - 1 };
  const rows = [
    ...above,
    ...headCells,
    ...table.rows(head.last + 1),
    ...(table.note === null ? [] : [line(plain(table.note), NOTE)]),
  ];
  const widths = columnWidths(rows, table.columns + table.hiddenColumns, head);
  return {
    name: caption.name,
    landscape: caption.landscape ?? table.landscape,
    columns: widths.map((width, index) => ({ width, hidden: index >= table.columns })),
    rows: rowsWithHeights(rows, widths, head),
    head,
    frozenColumns: table.frozenColumns,
  };
}

/** Cells of a head at their columns: beside the cells above that go down into their row. */
function placeHead(rows: readonly HeadRow[]): readonly (readonly WorksheetCell[])[] {
  const taken = new Set<string>();
  return rows.map(({ kind, cells }, row) => {
    let column = 0;
    return cells.map(({ text, columns, rows: down }): WorksheetCell => {
      while (taken.has(`${row}:${column}`)) column++;
      const first = column;
      for (let below = 0; below < down; below++)
        for (let across = 0; across < columns; across++)
          taken.add(`${row + below}:${first + across}`);
      column += columns;
      const look = kind === "names" ? HEAD : COLUMN_NUMBER;
      return { column: first, value: plainText(text), formula: null, look, columns, rows: down };
    });
  });
}
