import { ownValue } from "../base/own-value.js";
import { at } from "../base/list.js";
import { plainDecimal } from "../base/numbers.js";
import { slugOf } from "../base/text.js";
import { type EvaluatedRow, type Value, isNumber } from "./data-table.js";
import type { TableWork, WorkRow } from "./table-work.js";

/** Rows in the order of printing: groups with their sums, sub-totals, the total. */
export function rowsInPrintOrder(work: TableWork, totals: readonly Value[]): EvaluatedRow[] {
  const { dataTable, rows, top } = work;
  const { total, groups } = dataTable;
  const names = rowNames(work);
  const printed = rows.flatMap((row, index) =>
    row.level === 0 ? printedRows(index, work, names) : [],
  );
  const totalRow: PrintedRow = { row: rowOfTotals(work, totals), index: null, parts: top };
  const wanted = total.place !== "none" && totals.some(isNumber);
  const all = [
    ...(wanted && total.place === "first" ? [totalRow] : []),
    ...printed,
    ...(wanted && total.place === "last" ? [totalRow] : []),
  ];
  // Where a group has a sub-total, its sum stands there.
  const places = new Map(
    all.flatMap(({ index }, place) => (index === null ? [] : [[index, place]])),
  );
  // Parts by their printed places; where groups print no sums, by the rows inside them.
  const placesOf = (parts: readonly number[]): number[] =>
    parts.flatMap((part) => {
      const row = at(rows, part);
      return row.parts.length > 0 && groups.sums === "none"
        ? placesOf(row.parts)
        : [places.get(part) ?? -1];
    });
  return all.map(({ row, index, parts }, place) => {
    const holdsSum = index === null || places.get(index) === place;
    const bare = row.kind === "group" && groups.sums !== "head";
    return { ...row, parts: holdsSum && !bare ? placesOf(parts) : [] };
  });
}

/** A row that is printed, the row of the table it stands for, and what adds up to it. */
interface PrintedRow {
  readonly row: EvaluatedRow;
  /** Null for the row of totals. */
  readonly index: number | null;
  readonly parts: readonly number[];
}

/** A row with all below it, and its sub-total. */
function printedRows(
  index: number,
  work: TableWork,
  names: ReadonlyMap<WorkRow, string>,
): PrintedRow[] {
  const { dataTable, shape, rows } = work;
  const { sums, label } = dataTable.groups;
  const row = at(rows, index);
  const isGroup = row.parts.length > 0;
  const shared = {
    level: row.level,
    path: row.node.path,
    at: row.node.at,
    unit: row.unit,
    name: names.get(row) ?? "",
    parts: [],
  };
  const kind = row.node.kind === "item" && isGroup ? "group" : row.node.kind;
  const own: EvaluatedRow = { ...shared, kind, mark: row.mark, cells: cellsOf(row, work) };
  const inner: PrintedRow[] = [];
  for (let next = index + 1; (rows[next]?.level ?? 0) > row.level; next++)
    if (rows[next]?.level === row.level + 1) inner.push(...printedRows(next, work, names));
  const subTotal: EvaluatedRow = {
    ...shared,
    kind: "sub-total",
    name: `${shared.name}-cong`,
    unit: null,
    mark: "",
    cells: withLabel(label, row.cells, shape),
  };
  const after = isGroup && sums === "after" ? [{ row: subTotal, index, parts: row.parts }] : [];
  return [{ row: own, index, parts: row.parts }, ...inner, ...after];
}

/** A group's own row carries its sum only when sums stand at the head. */
function cellsOf(row: WorkRow, { dataTable, shape }: TableWork): readonly Value[] {
  if (row.node.kind === "note") {
    const note = ownValue(row.node.cells, "note");
    return [typeof note === "string" ? note : String(note ?? "")];
  }
  if (row.parts.length === 0 || dataTable.groups.sums === "head") return row.cells;
  return row.cells.map((value, index) => (shape.columns[index]?.numeric ? null : value));
}

function rowOfTotals(
  { dataTable, path, shape }: TableWork,
  totals: readonly Value[],
): EvaluatedRow {
  const own = [...path, "total"];
  return {
    kind: "total",
    level: 0,
    mark: "",
    name: "tong",
    unit: null,
    parts: [],
    path: own,
    at: () => ({ in: "plan", path: own }),
    cells: withLabel(dataTable.total.label, totals, shape),
  };
}

/** Numbers, with words in the column of names. */
function withLabel(label: string, cells: readonly Value[], shape: TableWork["shape"]): Value[] {
  return cells.map((value, index) =>
    shape.columns[index]?.numeric ? value : index === shape.label ? label : null,
  );
}

/**
 * Names by which citations call rows; one that several rows would have goes after that of the row
 * above: "da2-xa-an-khuong".
 */
function rowNames({ rows, shape }: TableWork): ReadonlyMap<WorkRow, string> {
  const { label } = shape;
  const key = shape.key ?? label;
  const own = rows.map(
    (row) => row.node.id ?? slugOf(textOf(row.cells[key] ?? row.cells[label] ?? null)),
  );
  const counts = new Map<string, number>();
  for (const name of own) counts.set(name, (counts.get(name) ?? 0) + 1);
  const longer = rows.map((row, index) => {
    const name = own[index] ?? "";
    const above = row.parent === null ? "" : (own[row.parent] ?? "");
    return (counts.get(name) ?? 0) > 1 && above !== "" ? `${above}-${name}` : name;
  });
  // What is still alike is numbered, so that no name is ambiguous: "xa-thanh-an-1",
  // "xa-thanh-an-2".
  const alike = new Map<string, number>();
  for (const name of longer) alike.set(name, (alike.get(name) ?? 0) + 1);
  const given = new Map<string, number>();
  return new Map(
    rows.map((row, index) => {
      const name = longer[index] ?? "";
      if (name === "" || (alike.get(name) ?? 0) < 2) return [row, name];
      given.set(name, (given.get(name) ?? 0) + 1);
      return [row, `${name}-${given.get(name)}`];
    }),
  );
}

/** A value as words: a number is written plainly. */
function textOf(value: Value): string {
  if (value === null) return "";
  return isNumber(value) ? plainDecimal(value) : value;
}
