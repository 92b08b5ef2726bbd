import { addDecimals, decimalOf, decimalsEqual } from "../../base/numbers.js";
import type { SourceTable } from "../source-text.js";
import type { Data, DataObject } from "./data.js";
import { type FoundColumn, findFormulas, readColumns } from "./data-table-columns.js";
import { plainMarkup } from "./markup.js";
import {
  type GridCell,
  TOTAL,
  type TableGrid,
  columnNumber,
  headTree,
  readGrid,
} from "./table-grid.js";

type GridRow = readonly GridCell[];

/** Rows of one level under the row that sums them up. */
interface Group {
  /** Place among the rows. */
  readonly at: number;
  readonly rows: readonly number[];
}

/** A table that adds up: its rows of items in groups, its total, and the column that names rows. */
interface SummedTable {
  readonly grid: TableGrid;
  readonly items: readonly GridRow[];
  readonly total: TotalRow;
  readonly columns: readonly FoundColumn[];
  readonly groups: readonly Group[];
  readonly key: number;
}

/** The only row that sums up, above or below the others. */
interface TotalRow {
  readonly place: "first" | "last";
  readonly row: GridRow;
}

/**
 * A printed table as a table of numbers, whose totals are computed: only where a first or last row
 * sums up the others, group by group where they are grouped (I, 1, 2, II, 1 …), and every sum is
 * right, so that nothing is printed otherwise than it was. Null for all other tables.
 */
export function dataTableData(table: SourceTable, unit: string | null): DataObject | null {
  const summed = readSummed(table, unit);
  if (summed === null) return null;
  const { grid, items, total, columns, groups, key } = summed;
  const formulas = findFormulas(columns);
  const grouped = groups.some(({ rows }) => rows.length > 0);
  const names = items.map((row) => row[key]?.text ?? "");
  return {
    ...(grid.title === null ? {} : { title: plainMarkup(grid.title) }),
    ...(unit === null ? {} : { unit }),
    ...(grouped || new Set(names).size !== names.length ? {} : { key: columns[key]?.id ?? "" }),
    columns: headTree(grid.head, 0, grid.width, (from, to) =>
      columns.slice(from, to).map((column) => columnData(column, formulas)),
    ),
    rows: groups.map(({ at, rows }) => rowData(at, rows, columns, formulas)),
    ...(grouped ? { order: ["I", "1"] } : {}),
    ...totalData(total),
  };
}

/** Read a table that adds up; null for one that does not, or is no table of numbers. */
function readSummed(table: SourceTable, unit: string | null): SummedTable | null {
  const grid = readGrid(table);
  const total = grid === null ? null : findTotal(grid);
  if (grid === null || total === null) return null;
  const items = grid.rows.filter((row) => row !== total.row);
  if (items.some((row) => row.some((cell) => cell.columns > 1))) return null;
  const columns = readColumns(grid, items, total.row, unit);
  const groups = columns === null ? null : groupsOf(items, columns);
  if (columns === null || groups === null || !addsUp(columns, groups)) return null;
  const key = columns.findIndex(({ kind }) => kind === "text");
  const sums = columns.some(
    (column) => (column.kind === "count" || column.kind === "money") && column.total !== null,
  );
  if (key < 0 || items.some((row) => row[key]?.text === "") || !sums) return null;
  return { grid, items, total, columns, groups, key };
}

/** The row of totals; null when there is not just one, or when cells go over several rows. */
function findTotal({ rows }: TableGrid): TotalRow | null {
  if (rows.length < 3 || rows.some((row) => row.some((cell) => cell.rows > 1))) return null;
  const sums = rows.filter((row) => TOTAL.test(firstWords(row)));
  const [row] = sums;
  if (row === undefined || sums.length !== 1) return null;
  if (row === rows[0]) return { place: "first", row };
  return row === rows.at(-1) ? { place: "last", row } : null;
}

/** The first cell of a row that has words. */
function firstWords(row: GridRow): string {
  return row.find(({ text }) => /\p{L}{2}/u.test(text))?.text ?? "";
}

function rowData(
  index: number,
  inner: readonly number[],
  columns: readonly FoundColumn[],
  formulas: ReadonlyMap<string, string>,
): DataObject {
  return {
    ...Object.fromEntries(
      columns.flatMap(({ id, kind, values }): (readonly [string, Data])[] => {
        const value = values[index] ?? null;
        if (kind === "text") return value === null ? [] : [[id, plainMarkup(String(value))]];
        // What is computed is not written: sums of groups, and formulas.
        return kind === "order" || value === null || inner.length > 0 || formulas.has(id)
          ? []
          : [[id, value]];
      }),
    ),
    ...(inner.length === 0
      ? {}
      : { rows: inner.map((one) => rowData(one, [], columns, formulas)) }),
  };
}

/** What is to be said of the total: where it is called otherwise, or stands first. */
function totalData({ place, row }: TotalRow): DataObject {
  const label = firstWords(row);
  if (place === "last" && label === "Tổng cộng") return {};
  return {
    total: {
      ...(label === "Tổng cộng" ? {} : { label }),
      ...(place === "first" ? { place: "first" } : {}),
    },
  };
}

/**
 * Rows under the Roman numbers above them; each alone where there are none. Null where numbers go
 * otherwise.
 */
function groupsOf(
  items: readonly GridRow[],
  columns: readonly FoundColumn[],
): readonly Group[] | null {
  const order = columns.findIndex(({ kind }) => kind === "order");
  const marks = items.map((row) => (order < 0 ? "" : (row[order]?.text ?? "")));
  if (!marks.some((mark) => /^[IVX]+$/u.test(mark)))
    return items.map((_, index) => ({ at: index, rows: [] }));
  const groups: { at: number; rows: number[] }[] = [];
  for (const [index, mark] of marks.entries()) {
    const group = groups.at(-1);
    if (/^[IVX]+$/u.test(mark)) groups.push({ at: index, rows: [] });
    else if (group !== undefined && mark === String(group.rows.length + 1)) group.rows.push(index);
    else return null;
  }
  return groups;
}

/** Whether every total, of groups and of the whole, is the sum that it should be. */
function addsUp(columns: readonly FoundColumn[], groups: readonly Group[]): boolean {
  return columns.every(({ kind, values, total }) => {
    if (kind !== "count" && kind !== "money") return true;
    const sum = (rows: readonly number[]): ReturnType<typeof addDecimals> =>
      addDecimals(
        rows.flatMap((row) => (typeof values[row] === "number" ? [decimalOf(values[row])] : [])),
      );
    const equals = (rows: readonly number[], value: unknown): boolean =>
      decimalsEqual(sum(rows), decimalOf(typeof value === "number" ? value : 0));
    return (
      (total === null ||
        equals(
          groups.map(({ at }) => at),
          total,
        )) &&
      groups.every(({ at, rows }) => rows.length === 0 || equals(rows, values[at]))
    );
  });
}

function columnData(
  { id, title, kind, decimals, number, total }: FoundColumn,
  formulas: ReadonlyMap<string, string>,
): DataObject {
  const formula = formulas.get(id);
  return {
    id,
    title: plainMarkup(title) || "…",
    ...(kind === "text" ? {} : { kind }),
    ...(formula === undefined ? {} : { formula }),
    ...(decimals > 0 ? { decimals } : {}),
    // Prices have no total; products have the sum of theirs.
    ...(total === null && (kind === "count" || kind === "money")
      ? { total: "none" }
      : formula?.includes("*")
        ? { total: "sum" }
        : {}),
    ...columnNumber(number),
  };
}
