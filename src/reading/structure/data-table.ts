import { addDecimals, decimalOf, decimalsEqual } from "../../base/numbers.js";
import type { SourceTable } from "../source-text.js";
import type { Data, DataObject } from "./data.js";
import { type FoundColumn, findFormulas, readColumns } from "./data-table-columns.js";
import { plainMarkup } from "./markup.js";
import { type GridCell, TOTAL, columnNumber, headTree, readGrid } from "./table-grid.js";

type GridRow = readonly GridCell[];

/** Rows of one level under the row that sums them up. */
interface Group {
  /** Place among the rows. */
  readonly at: number;
  readonly rows: readonly number[];
}

/**
 * A printed table as a table of numbers, whose totals are computed: only where a first or last row
 * sums up the others, group by group where they are grouped (I, 1, 2, II, 1 …), and every sum is
 * right, so that nothing is printed otherwise than it was. Null for all other tables.
 */
export function dataTableData(table: SourceTable, unit: string | null): DataObject | null {
  const grid = readGrid(table);
  if (
    grid === null ||
    grid.rows.length < 3 ||
    grid.rows.some((row) => row.some(({ rows }) => rows > 1))
  )
    return null;
  const sums = grid.rows.map((row) =>
    TOTAL.test(row.find(({ text }) => /\p{L}{2}/u.test(text))?.text ?? ""),
  );
  const at = sums.findIndex(Boolean);
  if (sums.filter(Boolean).length !== 1 || (at !== 0 && at !== grid.rows.length - 1)) return null;
  const items = grid.rows.filter((_, index) => index !== at);
  const total = grid.rows[at] ?? [];
  if (items.some((row) => row.some(({ columns }) => columns > 1))) return null;
  const columns = readColumns(grid, items, total, unit);
  const groups = columns === null ? null : groupsOf(items, columns);
  if (columns === null || groups === null || !addsUp(columns, groups)) return null;
  const key = columns.findIndex(({ kind }) => kind === "text");
  if (
    key < 0 ||
    items.some((row) => row[key]?.text === "") ||
    !columns.some(({ kind, total: sum }) => (kind === "count" || kind === "money") && sum !== null)
  )
    return null;
  const formulas = findFormulas(columns);
  const grouped = groups.some(({ rows }) => rows.length > 0);
  const names = items.map((row) => row[key]?.text ?? "");
  const label = total.find(({ text }) => /\p{L}{2}/u.test(text))?.text ?? "";
  const rowData = (index: number, inner: readonly number[]): DataObject => ({
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
    ...(inner.length === 0 ? {} : { rows: inner.map((one) => rowData(one, [])) }),
  });
  return {
    ...(grid.title === null ? {} : { title: plainMarkup(grid.title) }),
    ...(unit === null ? {} : { unit }),
    ...(grouped || new Set(names).size !== names.length ? {} : { key: columns[key]?.id ?? "" }),
    columns: headTree(grid.head, 0, grid.width, (from, to) =>
      columns.slice(from, to).map((column) => columnData(column, formulas)),
    ),
    rows: groups.map(({ at: index, rows }) => rowData(index, rows)),
    ...(grouped ? { order: ["I", "1"] } : {}),
    ...(at === 0 || label !== "Tổng cộng"
      ? {
          total: {
            ...(label === "Tổng cộng" ? {} : { label }),
            ...(at === 0 ? { place: "first" } : {}),
          },
        }
      : {}),
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
