import { at } from "../base/list.js";
import { printPath } from "../base/diagnostic.js";
import { formatValue } from "../resolve/format-value.js";
import { Markup, escapeText, italic } from "../resolve/markup.js";
import { columnWithNameWidth } from "../resolve/page-fit.js";
import { type RenderText, dataHead, headRows } from "../resolve/table-head.js";
import { alignmentOf, isAside, isFromSheet, isGrouped, isStrong } from "../resolve/table-rows.js";
import {
  type EvaluatedColumn,
  type EvaluatedRow,
  type EvaluatedTable,
  isNumber,
} from "../tables/data-table.js";
import { type GridView, headView, shareName } from "./table-view.js";
import type { CellView, RowView } from "./view-types.js";

/**
 * Shares, head and rows of a data table, as templates see them. `size` is that of letters in
 * tables, in points.
 */
export function dataTableView(table: EvaluatedTable, size: number, render: RenderText): GridView {
  const shown = table.columns.flatMap(({ spec }, index) => (spec.show ? [index] : []));
  const grouped = isGrouped(table);
  return {
    shares: shown.map((index) => shareName(columnWithNameWidth(table, index, size))).join(" "),
    head: headView(headRows(dataHead(table), render)),
    rows: table.rows.map((row, index): RowView => {
      const next = table.rows[index + 1]?.kind ?? null;
      return {
        strong: isStrong(row, grouped),
        keep: keepsWithNext(row.kind, next),
        cells:
          row.kind === "note"
            ? [noteCell(row, shown.length, render)]
            : shown.map((column) => cellView(row, at(table.columns, column), column, render)),
      };
    }),
  };
}

/** A group stays with its first row, the last row with the sum below it. */
function keepsWithNext(kind: EvaluatedRow["kind"], next: EvaluatedRow["kind"] | null): boolean {
  if (kind === "group") return next !== null;
  return next === "sub-total" || next === "total";
}

function noteCell(row: EvaluatedRow, columns: number, render: RenderText): CellView {
  const [note] = row.cells;
  const text = typeof note === "string" ? rendering(row, render)(note, row.path) : "";
  return {
    text: italic(text),
    align: "left",
    spans: true,
    columns,
    rows: 1,
    path: printPath(row.path),
  };
}

function cellView(
  row: EvaluatedRow,
  column: EvaluatedColumn,
  index: number,
  render: RenderText,
): CellView {
  const text =
    column.spec.kind === "order" ? row.mark : cellText(row, column, index, rendering(row, render));
  return {
    text: isAside(row) ? italic(text) : text,
    align: alignmentOf(column),
    spans: false,
    columns: 1,
    rows: 1,
    path: printPath(row.path),
  };
}

function cellText(
  row: EvaluatedRow,
  column: EvaluatedColumn,
  index: number,
  render: RenderText,
): Markup | string {
  const value = row.cells[index] ?? null;
  if (value === null) return "";
  return isNumber(value) || column.spec.kind === "date"
    ? formatValue(value, column)
    : render(value, [...row.path, column.spec.id]);
}

/** How the texts of a row become markup: what a spreadsheet says is taken as it stands. */
function rendering(row: EvaluatedRow, render: RenderText): RenderText {
  return isFromSheet(row) ? (text) => new Markup(escapeText(text)) : render;
}
