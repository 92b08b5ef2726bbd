import { type PlanPath, printPath } from "../base/diagnostic.js";
import { formatNumber } from "../base/numbers.js";
import { type Cell, type Column, type LeafColumn, type Row, type TableData, headRows, leavesOf } from "../plan/table.js";
import type { Markup } from "./markup.js";

type RenderText = (text: string, path: PlanPath) => Markup;

/** A cell as templates see it. `spans` is true when it takes more than one column or row. */
interface CellView {
  readonly text: Markup | string;
  readonly align: LeafColumn["align"];
  readonly spans: boolean;
  readonly columns: number;
  readonly rows: number;
  readonly path: string;
}

interface RowView {
  readonly strong: boolean;
  /** Stays on the page of the next row: a group with its first row, a total with the last. */
  readonly keep: boolean;
  readonly cells: readonly CellView[];
}

/** A row before it is settled: where its cells are in the plan, and how many rows each goes down. */
interface FlatRow {
  readonly cells: readonly { readonly cell: Cell; readonly path: PlanPath; readonly rows: number }[];
  readonly kind: "item" | "group" | "sub-total" | "total" | "band";
}

/** Shares, head and rows of a table, as templates see them. */
export function tableView(table: TableData, path: PlanPath, render: RenderText): { readonly shares: string; readonly head: readonly RowView[]; readonly rows: readonly RowView[] } {
  const leaves = table.columns.flatMap(leavesOf);
  const show = (cell: Cell, at: PlanPath): Markup | string => (cell === null ? "" : typeof cell === "number" ? formatNumber(cell) : render(cell, at));
  const flat = flatten(table.rows, [...path, "rows"]);
  const rows = flat.map(({ cells, kind }, index): RowView => {
    const next = flat[index + 1]?.kind;
    return {
      strong: kind !== "item",
      keep: (next !== undefined && (kind === "group" || kind === "band")) || next === "sub-total" || next === "total",
      cells: kind === "band"
        ? cells.map(({ cell, path: at }) => ({ text: show(cell, at), align: "left", spans: true, columns: leaves.length, rows: 1, path: printPath(at) }))
        : cells.map(({ cell, path: at, rows: down }, column) => ({
            text: show(cell, at), align: leaves[leaves.length - cells.length + column]?.align ?? "left",
            spans: down > 1, columns: 1, rows: down, path: printPath(at),
          })),
    };
  });
  return { shares: leaves.map(shareName).join(" "), head: headView(table.columns, [...path, "columns"], render, show), rows };
}

/** "12", "auto", "auto:20:60": percent, or by content within millimetres. */
function shareName({ width, minWidth, maxWidth }: LeafColumn): string {
  if (width !== null) return String(width);
  return minWidth === null && maxWidth === null ? "auto" : `auto:${minWidth ?? ""}:${maxWidth ?? ""}`;
}

/** Rows of names, one a level; a name without columns of its own goes down to the last. Then the row of column numbers, if there is one. */
function headView(columns: readonly Column[], path: PlanPath, render: RenderText, show: (cell: Cell, path: PlanPath) => Markup | string): RowView[] {
  const depth = Math.max(...columns.map(headRows));
  const levels: CellView[][] = Array.from({ length: depth }, () => []);
  const numbers: CellView[] = [];
  const visit = (list: readonly Column[], at: PlanPath, level: number): void => list.forEach((column, index) => {
    const own: PlanPath = [...at, index];
    const group = "columns" in column;
    const [width, height] = [leavesOf(column).length, group ? 1 : depth - level];
    levels[level]?.push({ text: render(column.title, [...own, "title"]), align: "center", spans: width > 1 || height > 1, columns: width, rows: height, path: printPath([...own, "title"]) });
    if (group) visit(column.columns, [...own, "columns"], level + 1);
    else numbers.push({ text: show(column.number, [...own, "number"]), align: "center", spans: false, columns: 1, rows: 1, path: printPath([...own, "number"]) });
  });
  visit(columns, path, 0);
  const head = levels.map((cells): RowView => ({ strong: true, keep: true, cells }));
  return columns.flatMap(leavesOf).some(({ number }) => number !== null) ? [...head, { strong: false, keep: true, cells: numbers }] : head;
}

/** Rows one after the other; shared cells stand in the first of their rows and span the others. */
function flatten(rows: readonly Row[], path: PlanPath): FlatRow[] {
  return rows.flatMap((row, index): FlatRow[] => {
    const at: PlanPath = [...path, index];
    if ("band" in row) return [{ kind: "band", cells: [{ cell: row.band, path: [...at, "band"], rows: 1 }] }];
    if ("span" in row) {
      const [first, ...rest] = flatten(row.rows, [...at, "rows"]);
      if (!first) return [];
      const shared = row.span.map((cell, column) => ({ cell, path: [...at, "span", column], rows: rest.length + 1 }));
      return [{ ...first, cells: [...shared, ...first.cells] }, ...rest];
    }
    const [cells, kind, owner] = "cells" in row ? [row.cells, row.kind, [...at, "cells"]] as const : [row, "item", at] as const;
    return [{ kind, cells: cells.map((cell, column) => ({ cell, path: [...owner, column], rows: 1 })) }];
  });
}
