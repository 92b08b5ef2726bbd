import type { PlanPath } from "../base/diagnostic.js";
import { formatNumber } from "../base/numbers.js";
import type { DataColumnNode } from "../plan/data-table.js";
import type { Cell, Column } from "../plan/typed-table.js";
import type { EvaluatedTable } from "../tables/data-table.js";
import type { Markup } from "./markup.js";

/** Turns a text of the plan into markup; the path is its place in the plan. */
export type RenderText = (text: string, path: PlanPath) => Markup;

/** A column as the head of a table sees it, or columns under one name. */
export type HeadColumn = { readonly title: string; readonly path: PlanPath } & (
  { readonly columns: readonly HeadColumn[] } | { readonly columns: null; readonly number: Cell }
);

/** A row of a table's head: names of columns, or the numbers by which formulas call them. */
export interface HeadRow {
  readonly kind: "names" | "numbers";
  readonly cells: readonly HeadCell[];
}

interface HeadCell {
  readonly text: Markup | string;
  /** Columns and rows it covers. */
  readonly columns: number;
  readonly rows: number;
  readonly path: PlanPath;
}

/** The columns of a table written cell by cell. `path` is the place of the list of columns. */
export function typedHead(columns: readonly Column[], path: PlanPath): readonly HeadColumn[] {
  return columns.map((column, index) => {
    const at = [...path, index];
    const { title } = column;
    return column.columns === null
      ? { title, path: at, columns: null, number: column.number }
      : { title, path: at, columns: typedHead(column.columns, [...at, "columns"]) };
  });
}

/** The columns of a data table without those that are only computed with. */
export function dataHead({ head, columns, path }: EvaluatedTable): readonly HeadColumn[] {
  const numbers = new Map(columns.map(({ spec, number }) => [spec.id, number]));
  return shownColumns(head, [...path, "columns"], numbers);
}

function shownColumns(
  columns: readonly DataColumnNode[],
  path: PlanPath,
  numbers: ReadonlyMap<string, string | null>,
): readonly HeadColumn[] {
  return columns.flatMap((column, index): HeadColumn[] => {
    const at = [...path, index];
    const { title } = column;
    if (column.columns === null)
      return column.show
        ? [{ title, path: at, columns: null, number: numbers.get(column.id) ?? null }]
        : [];
    const inner = shownColumns(column.columns, [...at, "columns"], numbers);
    return inner.length === 0 ? [] : [{ title, path: at, columns: inner }];
  });
}

/**
 * The rows of a head: names, a row a level, where a name without columns of its own goes down to
 * the last; then the row of column numbers, if any column has one.
 */
export function headRows(columns: readonly HeadColumn[], render: RenderText): readonly HeadRow[] {
  const depth = depthOf(columns);
  const levels: HeadCell[][] = Array.from({ length: depth }, () => []);
  const visit = (list: readonly HeadColumn[], level: number): void =>
    list.forEach((column) => {
      const path = [...column.path, "title"];
      levels[level]?.push({
        text: render(column.title, path),
        columns: leavesOf(column).length,
        rows: column.columns === null ? depth - level : 1,
        path,
      });
      if (column.columns !== null) visit(column.columns, level + 1);
    });
  visit(columns, 0);
  const names = levels.map((cells): HeadRow => ({ kind: "names", cells }));
  const leaves = columns.flatMap(leavesOf);
  if (leaves.every(({ number }) => number === null)) return names;
  return [...names, { kind: "numbers", cells: leaves.map((leaf) => numberCell(leaf, render)) }];
}

type LeafHead = Extract<HeadColumn, { readonly columns: null }>;

function numberCell({ number, path }: LeafHead, render: RenderText): HeadCell {
  const at = [...path, "number"];
  return { text: renderCell(number, at, render), columns: 1, rows: 1, path: at };
}

function leavesOf(column: HeadColumn): readonly LeafHead[] {
  return column.columns === null ? [column] : column.columns.flatMap(leavesOf);
}

function depthOf(columns: readonly HeadColumn[]): number {
  const depths = columns.map(({ columns: inner }) => (inner === null ? 1 : 1 + depthOf(inner)));
  return Math.max(1, ...depths);
}

/** A cell as it was written: its text resolved, its number as numbers are written here. */
export function renderCell(cell: Cell, path: PlanPath, render: RenderText): Markup | string {
  if (cell === null) return "";
  return typeof cell === "number" ? formatNumber(cell) : render(cell, path);
}
