import { addDecimals, trimDecimal } from "../base/numbers.js";
import { foldText } from "../base/text.js";
import { evaluateFormula, formulaHas, roundFraction } from "./formula.js";
import {
  type EvaluatedColumn,
  type EvaluatedTable,
  type EvaluatedRow,
  type Value,
  isNumber,
} from "./data-table.js";

/**
 * The units among which tables divide, each once, in the order in which they first come; where none
 * divides, of all tables that name units. Rows meant for allAssignees name none.
 */
export function unitNames(dataTables: ReadonlyMap<string, EvaluatedTable>): string[] {
  const naming = [...dataTables.values()].filter(({ key }) => key !== null);
  const dividing = naming.filter(({ divisions, splits }) => divisions.length + splits.length > 0);
  const names = new Map<string, string>();
  for (const dataTable of dividing.length > 0 ? dividing : naming) {
    for (const { unit } of dataTable.rows)
      if (unit !== null && !isEveryone(unit, dataTable) && !names.has(foldText(unit)))
        names.set(foldText(unit), unit);
  }
  return [...names.values()];
}

/**
 * A unit as the tables write it, whatever the blanks and capitals of the name; null when no table
 * names it.
 */
export function findUnit(
  dataTables: ReadonlyMap<string, EvaluatedTable>,
  name: string,
): string | null {
  for (const dataTable of dataTables.values()) {
    const row =
      dataTable.key === null
        ? undefined
        : dataTable.rows.find(
            ({ unit }) => unit !== null && namesUnit(unit, name) && !isEveryone(unit, dataTable),
          );
    if (row) return foldText(row.unit ?? "") === foldText(name) ? row.unit : name;
  }
  return null;
}

/**
 * What a table gives to one unit: its rows and those meant for allAssignees, under the groups they
 * stand in, with sums of their own. Null when there is nothing.
 */
export function unitShare(dataTable: EvaluatedTable, unit: string): EvaluatedTable | null {
  if (dataTable.key === null) return null;
  const own = rowsOf(dataTable, unit);
  if (own.size === 0) return null;
  const { columns, rows } = dataTable;
  const share = sumAgain(columns, keepRows(rows, withGroups(rows, own)));
  // A total of a single row says nothing new.
  const shown =
    own.size === 1 ? share.filter(({ kind }) => kind !== "total" && kind !== "sub-total") : share;
  const places = new Map(shown.map((row, place) => [row, place]));
  return {
    ...dataTable,
    rows: shown.map((row) => ({
      ...row,
      parts: row.parts.flatMap((part) => places.get(share[part] as EvaluatedRow) ?? []),
    })),
    totals: sumOf(
      columns,
      share.filter(({ kind }) => kind === "item").map(({ cells }) => cells),
    ),
  };
}

/** Rows that name the unit or all of them, with the rows of what they include. */
function rowsOf(dataTable: EvaluatedTable, unit: string): Set<number> {
  const { rows } = dataTable;
  const own = new Set<number>();
  rows.forEach((row, index) => {
    if (row.unit === null || row.kind !== "item") return;
    if (!namesUnit(row.unit, unit) && !isEveryone(row.unit, dataTable)) return;
    own.add(index);
    for (let next = index + 1; rows[next]?.kind === "includes"; next++) {
      if ((rows[next]?.level ?? 0) <= row.level) break;
      own.add(next);
    }
  });
  return own;
}

/** Groups, sub-totals and the total stay when one of their rows does. */
function withGroups(rows: readonly EvaluatedRow[], own: ReadonlySet<number>): Set<number> {
  const kept = new Set(own);
  // They come before or after their parts, so go on until none is new.
  for (let before = -1; before !== kept.size;) {
    before = kept.size;
    rows.forEach((row, index) => row.parts.some((part) => kept.has(part)) && kept.add(index));
  }
  return kept;
}

/** Copies of some rows, with their parts at their new places. */
function keepRows(rows: readonly EvaluatedRow[], kept: ReadonlySet<number>): EvaluatedRow[] {
  const indexes = [...kept].sort((a, b) => a - b);
  const places = new Map(indexes.map((index, place) => [index, place]));
  return indexes.map((index) => {
    const row = rows[index] as EvaluatedRow;
    return { ...row, parts: row.parts.flatMap((part) => places.get(part) ?? []) };
  });
}

/** The same rows with the sums of what is left of their parts. */
function sumAgain(
  columns: readonly EvaluatedColumn[],
  rows: readonly EvaluatedRow[],
): readonly EvaluatedRow[] {
  const done = new Map<number, readonly Value[]>();
  const cellsAt = (index: number): readonly Value[] => {
    const { parts, cells } = rows[index] as EvaluatedRow;
    const known = done.get(index);
    if (known !== undefined || parts.length === 0) return known ?? cells;
    done.set(index, cells);
    const summed = sumOf(columns, parts.map(cellsAt), cells);
    done.set(index, summed);
    return summed;
  };
  return rows.map((row, index) => ({ ...row, cells: cellsAt(index) }));
}

/** Sums of rows, column by column; `given` stands where a column has none. */
function sumOf(
  columns: readonly EvaluatedColumn[],
  rows: readonly (readonly Value[])[],
  given: readonly Value[] = [],
): readonly Value[] {
  const sums = columns.map(({ totals }, index): Value => {
    if (totals !== "sum") return given[index] ?? null;
    const numbers = rows.map((cells) => cells[index] ?? null).filter(isNumber);
    return numbers.length > 0 ? addDecimals(numbers) : null;
  });
  // In the order of columns: one that is computed again may need another.
  columns.forEach((column, index) => {
    if (column.totals === "recompute") sums[index] = computeValue(column, sums);
  });
  return sums;
}

/** A computed column's value from the other cells of its row, rounded as the column is. */
export function computeValue(column: EvaluatedColumn, cells: readonly Value[]): Value {
  const { spec, formula } = column;
  if (formula === null) return null;
  const exact = evaluateFormula(formula, (index) => {
    const value = cells[index];
    return isNumber(value) ? value : null;
  });
  if (exact === null) return null;
  const rate = spec.kind === "percent";
  const scaled = rate ? { ...exact, numerator: exact.numerator * 100n } : exact;
  return trimDecimal(roundFraction(scaled, roundedPlaces(column) ?? MAX_PLACES));
}

/**
 * Decimals to which a column with a division is rounded: rates and money to two, counts and đồng to
 * none, unless it says otherwise. Null without a division.
 */
export function roundedPlaces({ spec, formula, unit }: EvaluatedColumn): number | null {
  if (formula === null || !formulaHas(formula, "/")) return null;
  return spec.decimals ?? (spec.kind === "count" || unit?.toLowerCase() === "đồng" ? 0 : 2);
}

/** Decimals that sums and products of written numbers can have. */
const MAX_PLACES = 18;

/** Whether a cell names a unit, alone or in a list: "Xã A, Xã B và Xã C". */
function namesUnit(cell: string, unit: string): boolean {
  return (
    foldText(cell) === foldText(unit) ||
    cell.split(/[,;\n]| và /u).some((part) => foldText(part) === foldText(unit))
  );
}

function isEveryone(unit: string, { allAssignees }: EvaluatedTable): boolean {
  return allAssignees !== null && foldText(unit) === foldText(allAssignees);
}
