import { slugOf } from "../base/text.js";
import { type EvaluatedRow, type Value, isNumber } from "./data-table.js";
import type { TableWork, WorkRow } from "./evaluate-table.js";

/** Rows in the order of printing: groups with their sums, sub-totals, the total. */
export function rowsInPrintOrder(
  { dataTable, path, shape, rows, top }: TableWork,
  totals: readonly Value[],
): EvaluatedRow[] {
  const { groups, total } = dataTable;
  const out: EvaluatedRow[] = [];
  const places = new Map<number, number>();
  const add = (row: EvaluatedRow): number => out.push(row) - 1;
  const names = rowNames(rows, shape.key ?? shape.label, shape.label);
  const shared = (row: WorkRow): Pick<EvaluatedRow, "level" | "path" | "at" | "unit" | "name"> => ({
    level: row.level,
    path: row.node.path,
    at: row.node.at,
    unit: row.unit,
    name: names.get(row) ?? "",
  });
  const blankNumbers = (cells: readonly Value[]): Value[] =>
    cells.map((value, index) => (shape.columns[index]?.numeric ? null : value));
  const labelled = (label: string, cells: readonly Value[]): Value[] =>
    cells.map((value, index) =>
      shape.columns[index]?.numeric ? value : index === shape.label ? label : null,
    );
  // A group's own row carries its sum only when sums stand at the head.
  const visit = (index: number): void => {
    const row = rows[index] as WorkRow;
    const isGroup = row.parts.length > 0;
    const bare = isGroup && groups.sums !== "head";
    places.set(
      index,
      add({
        ...shared(row),
        kind: row.node.kind === "item" ? (isGroup ? "group" : "item") : row.node.kind,
        mark: row.mark,
        parts: [],
        cells:
          row.node.kind === "note"
            ? [String(row.node.cells["note"] ?? "")]
            : bare
              ? blankNumbers(row.cells)
              : row.cells,
      }),
    );
    let next = index + 1;
    while (next < rows.length && (rows[next]?.level ?? 0) > row.level) {
      if (rows[next]?.level === row.level + 1) visit(next);
      next++;
    }
    if (isGroup && groups.sums === "after") {
      places.set(
        index,
        add({
          ...shared(row),
          kind: "sub-total",
          name: `${shared(row).name}-cong`,
          unit: null,
          mark: "",
          parts: [],
          cells: labelled(groups.label, row.cells),
        }),
      );
    }
  };
  const wanted = total.place !== "none" && totals.some(isNumber);
  const totalRow: EvaluatedRow = {
    kind: "total",
    level: 0,
    mark: "",
    name: "tong",
    unit: null,
    parts: [],
    path: [...path, "total"],
    at: () => ({ in: "plan", path: [...path, "total"] }),
    cells: labelled(total.label, totals),
  };
  if (wanted && total.place === "first") add(totalRow);
  rows.forEach((row, index) => {
    if (row.level === 0) visit(index);
  });
  if (wanted && total.place === "last") add(totalRow);
  // Parts by their printed places; where groups print no sums, by the rows inside them.
  const printedParts = (parts: readonly number[]): number[] =>
    parts.flatMap((part) => {
      const row = rows[part] as WorkRow;
      return row.parts.length > 0 && groups.sums === "none"
        ? printedParts(row.parts)
        : [places.get(part) ?? -1];
    });
  const ownParts = new Map<EvaluatedRow, readonly number[]>([[totalRow, top]]);
  for (const [index, place] of places)
    ownParts.set(out[place] as EvaluatedRow, (rows[index] as WorkRow).parts);
  return out.map((row) => ({
    ...row,
    parts:
      row.kind === "group" && groups.sums !== "head" ? [] : printedParts(ownParts.get(row) ?? []),
  }));
}

/**
 * Names by which citations call rows; one that several rows would have goes after that of the row
 * above: "da2-xa-an-khuong".
 */
function rowNames(
  rows: readonly WorkRow[],
  key: number,
  label: number,
): ReadonlyMap<WorkRow, string> {
  const own = rows.map(
    (row) => row.node.id ?? slugOf(String(row.cells[key] ?? row.cells[label] ?? "")),
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
