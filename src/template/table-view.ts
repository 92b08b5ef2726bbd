import { type PlanPath, printPath } from "../base/diagnostic.js";
import { type LeafColumn, type TypedTable, leavesOf } from "../plan/typed-table.js";
import { italic } from "../resolve/markup.js";
import {
  type HeadRow,
  type RenderText,
  headRows,
  renderCell,
  typedHead,
} from "../resolve/table-head.js";
import { type FlatRow, flattenRows } from "../resolve/table-rows.js";
import type { RowView, TableView } from "./view-types.js";

/** The part of a table that both kinds of tables have. */
export type GridView = Pick<TableView, "shares" | "head" | "rows">;

/** Shares, head and rows of a table written cell by cell, as templates see them. */
export function tableView(table: TypedTable, path: PlanPath, render: RenderText): GridView {
  const leaves = table.columns.flatMap(leavesOf);
  const rows = flattenRows(table.rows, [...path, "rows"]);
  return {
    shares: leaves.map(shareName).join(" "),
    head: headView(headRows(typedHead(table.columns, [...path, "columns"]), render)),
    rows: rows.map((row, index) => rowView(row, rows[index + 1]?.kind ?? null, leaves, render)),
  };
}

function rowView(
  { kind, cells }: FlatRow,
  next: FlatRow["kind"] | null,
  leaves: readonly LeafColumn[],
  render: RenderText,
): RowView {
  const opens = kind === "group" || kind === "band";
  const band = kind === "band";
  return {
    strong: kind !== "item",
    keep: (next !== null && opens) || next === "sub-total" || next === "total",
    cells: cells.map(({ cell, path, rows }, index) => ({
      text: renderCell(cell, path, render),
      // Cells that rows share are missing at the left of all rows but the first.
      align: band ? "left" : (leaves[leaves.length - cells.length + index]?.align ?? "left"),
      spans: band || rows > 1,
      columns: band ? leaves.length : 1,
      rows,
      path: printPath(path),
    })),
  };
}

/** The head of a table: names in bold, column numbers in italics. */
export function headView(rows: readonly HeadRow[]): readonly RowView[] {
  return rows.map(({ kind, cells }) => ({
    strong: kind === "names",
    keep: true,
    cells: cells.map(({ text, columns, rows: down, path }) => ({
      text: kind === "names" ? text : italic(text),
      align: "center",
      spans: columns > 1 || down > 1,
      columns,
      rows: down,
      path: printPath(path),
    })),
  }));
}

/** "12", "auto", "auto:20:60": percent, or by content within millimetres. */
export function shareName({
  width,
  minWidth,
  maxWidth,
}: Pick<LeafColumn, "width" | "minWidth" | "maxWidth">): string {
  if (width !== null) return String(width);
  return minWidth === null && maxWidth === null
    ? "auto"
    : `auto:${minWidth ?? ""}:${maxWidth ?? ""}`;
}
