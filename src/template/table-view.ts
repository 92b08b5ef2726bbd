import { type PlanPath, assertNever, printPath } from "../base/diagnostic.js";
import { cellsPath } from "../plan/walk.js";
import { formatNumber } from "../base/numbers.js";
import {
  type Cell,
  type Column,
  type LeafColumn,
  type Row,
  type TypedTable,
  leavesOf,
} from "../plan/typed-table.js";
import { Markup, escapeText } from "../resolve/markup.js";
import type { CellView, RowView } from "./view-types.js";

export type RenderText = (text: string, path: PlanPath) => Markup;

/**
 * A row before it is evaluated: where its cells are in the plan, and how many rows each goes down.
 */
interface FlatRow {
  readonly cells: readonly {
    readonly cell: Cell;
    readonly path: PlanPath;
    readonly rows: number;
  }[];
  readonly kind: "item" | "group" | "sub-total" | "total" | "band";
}

/** Shares, head and rows of a table, as templates see them. */
export function tableView(
  table: TypedTable,
  path: PlanPath,
  render: RenderText,
): {
  readonly shares: string;
  readonly head: readonly RowView[];
  readonly rows: readonly RowView[];
} {
  const leaves = table.columns.flatMap(leavesOf);
  const show = (cell: Cell, at: PlanPath): Markup | string => showCell(cell, at, render);
  const flat = flattenRows(table.rows, [...path, "rows"]);
  const rows = flat.map(({ cells, kind }, index): RowView => {
    const next = flat[index + 1]?.kind;
    return {
      strong: kind !== "item",
      keep:
        (next !== undefined && (kind === "group" || kind === "band")) ||
        next === "sub-total" ||
        next === "total",
      cells:
        kind === "band"
          ? cells.map(({ cell, path: at }) => ({
              text: show(cell, at),
              align: "left",
              spans: true,
              columns: leaves.length,
              rows: 1,
              path: printPath(at),
            }))
          : cells.map(({ cell, path: at, rows: down }, column) => ({
              text: show(cell, at),
              align: leaves[leaves.length - cells.length + column]?.align ?? "left",
              spans: down > 1,
              columns: 1,
              rows: down,
              path: printPath(at),
            })),
    };
  });
  return {
    shares: leaves.map(shareName).join(" "),
    head: headView(headColumns(table.columns, [...path, "columns"]), render),
    rows,
  };
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

/** A column, or columns under one name, as heads of tables see them. */
export type HeadColumn = { readonly title: string; readonly path: PlanPath } & (
  { readonly columns: readonly HeadColumn[] } | { readonly columns: null; readonly number: Cell }
);

/** The head of a table as it is drawn. */
export function headColumns(columns: readonly Column[], path: PlanPath): HeadColumn[] {
  return columns.map((column, index) => {
    const own = [...path, index];
    const { title } = column;
    return column.columns === null
      ? { title, path: own, columns: null, number: column.number }
      : { title, path: own, columns: headColumns(column.columns, [...own, "columns"]) };
  });
}

/**
 * Rows of names, one a level; a name without columns of its own goes down to the last. Then the row
 * of column numbers, if there is one.
 */
export function headView(columns: readonly HeadColumn[], render: RenderText): RowView[] {
  const [depth, width] = [
    depthOf(columns),
    (column: HeadColumn): number =>
      column.columns === null ? 1 : column.columns.reduce((sum, inner) => sum + width(inner), 0),
  ];
  const levels: CellView[][] = Array.from({ length: depth }, () => []);
  const numbers: CellView[] = [];
  let numbered = false;
  const visit = (list: readonly HeadColumn[], level: number): void =>
    list.forEach((column) => {
      const group = column.columns !== null;
      const [wide, high] = [width(column), group ? 1 : depth - level];
      const title: PlanPath = [...column.path, "title"];
      levels[level]?.push({
        text: render(column.title, title),
        align: "center",
        spans: wide > 1 || high > 1,
        columns: wide,
        rows: high,
        path: printPath(title),
      });
      if (column.columns !== null) return visit(column.columns, level + 1);
      numbered ||= column.number !== null;
      const at: PlanPath = [...column.path, "number"];
      numbers.push({
        text: italic(showCell(column.number, at, render)),
        align: "center",
        spans: false,
        columns: 1,
        rows: 1,
        path: printPath(at),
      });
    });
  visit(columns, 0);
  const head = levels.map((cells): RowView => ({ strong: true, keep: true, cells }));
  return numbered ? [...head, { strong: false, keep: true, cells: numbers }] : head;
}

/** Text in italics; nothing stays nothing. */
export function italic(text: Markup | string): Markup | string {
  const inner = typeof text === "string" ? escapeText(text) : text.toHTML();
  return inner === "" ? "" : new Markup(`<i>${inner}</i>`);
}

function depthOf(columns: readonly HeadColumn[]): number {
  return Math.max(
    1,
    ...columns.map(({ columns: inner }) => (inner === null ? 1 : 1 + depthOf(inner))),
  );
}

function showCell(cell: Cell, at: PlanPath, render: RenderText): Markup | string {
  return cell === null ? "" : typeof cell === "number" ? formatNumber(cell) : render(cell, at);
}

/** Rows one after the other; shared cells stand in the first of their rows and span the others. */
export function flattenRows(rows: readonly Row[], path: PlanPath): FlatRow[] {
  return rows.flatMap((row, index): FlatRow[] => {
    const at: PlanPath = [...path, index];
    switch (row.kind) {
      case "band":
        return [{ kind: "band", cells: [{ cell: row.band, path: [...at, "band"], rows: 1 }] }];
      case "span": {
        const [first, ...rest] = flattenRows(row.rows, [...at, "rows"]);
        if (!first) return [];
        const shared = row.span.map((cell, column) => ({
          cell,
          path: [...at, "span", column],
          rows: rest.length + 1,
        }));
        return [{ ...first, cells: [...shared, ...first.cells] }, ...rest];
      }
      case "cells": {
        const owner = cellsPath(row, at);
        return [
          {
            kind: row.role,
            cells: row.cells.map((cell, column) => ({ cell, path: [...owner, column], rows: 1 })),
          },
        ];
      }
      default:
        return assertNever(row);
    }
  });
}
