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
  const { rows } = dataTable;
  const kept = new Set<number>();
  rows.forEach((row, index) => {
    if (
      row.unit === null ||
      row.kind !== "item" ||
      !(namesUnit(row.unit, unit) || isEveryone(row.unit, dataTable))
    )
      return;
    kept.add(index);
    for (
      let next = index + 1;
      rows[next]?.kind === "includes" && (rows[next]?.level ?? 0) > row.level;
      next++
    )
      kept.add(next);
  });
  if (kept.size === 0) return null;
  const items = kept.size;
  // Groups, sub-totals and the total stay when one of their rows does; they come before or after
  // their parts, so go on until none is new.
  for (let before = -1; before !== kept.size;) {
    before = kept.size;
    rows.forEach((row, index) => row.parts.some((part) => kept.has(part)) && kept.add(index));
  }
  const places = new Map([...kept].sort((a, b) => a - b).map((index, place) => [index, place]));
  const share = [...places.keys()].map((index): EvaluatedRow => {
    const row = rows[index] as EvaluatedRow;
    return {
      ...row,
      parts: row.parts.flatMap((part) => places.get(part) ?? []),
      cells: [...row.cells],
    };
  });
  const done = new Set<EvaluatedRow>();
  const evaluate = (row: EvaluatedRow): readonly Value[] => {
    if (row.parts.length === 0 || done.has(row)) return row.cells;
    done.add(row);
    const parts = row.parts.map((part) => evaluate(share[part] as EvaluatedRow));
    const cells = row.cells as Value[];
    dataTable.columns.forEach((column, index) => {
      if (column.totals === "sum") {
        const given = parts.map((values) => values[index] ?? null).filter(isNumber);
        cells[index] = given.length > 0 ? addDecimals(given) : null;
      }
    });
    dataTable.columns.forEach((column, index) => {
      if (column.totals === "recompute") cells[index] = computeValue(column, cells);
    });
    return cells;
  };
  share.forEach(evaluate);
  const own = share.filter(({ kind }) => kind === "item");
  const totals: Value[] = dataTable.columns.map(({ totals: rule }, index) => {
    const given = own.map(({ cells }) => cells[index] ?? null).filter(isNumber);
    return rule === "sum" && given.length > 0 ? addDecimals(given) : null;
  });
  dataTable.columns.forEach((column, index) => {
    if (column.totals === "recompute") totals[index] = computeValue(column, totals);
  });
  // A total of a single row says nothing new.
  const shown =
    items === 1 ? share.filter(({ kind }) => kind !== "total" && kind !== "sub-total") : share;
  const at = new Map(shown.map((row, place) => [row, place]));
  return {
    ...dataTable,
    rows: shown.map((row) => ({
      ...row,
      parts: row.parts.flatMap((part) => at.get(share[part] as EvaluatedRow) ?? []),
    })),
    totals,
  };
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
