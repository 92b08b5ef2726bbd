import { addDecimals, trimDecimal } from "../base/numbers.js";
import { foldText } from "../base/text.js";
import { evaluateFormula, formulaHas, roundFraction } from "./formula.js";
import {
  type SettledColumn,
  type SettledLedger,
  type SettledRow,
  type Value,
  isNumber,
} from "./ledger.js";

/** The units among which tables divide, each once, in the order in which they first come; where none divides, of all tables that name units. Rows meant for everyone name none. */
export function unitNames(ledgers: ReadonlyMap<string, SettledLedger>): string[] {
  const naming = [...ledgers.values()].filter(({ key }) => key !== null);
  const dividing = naming.filter(({ divisions, splits }) => divisions.length + splits.length > 0);
  const names = new Map<string, string>();
  for (const ledger of dividing.length > 0 ? dividing : naming) {
    for (const { unit } of ledger.rows)
      if (unit !== null && !isEveryone(unit, ledger) && !names.has(foldText(unit)))
        names.set(foldText(unit), unit);
  }
  return [...names.values()];
}

/** A unit as the tables write it, whatever the blanks and capitals of the name; null when no table names it. */
export function findUnit(ledgers: ReadonlyMap<string, SettledLedger>, name: string): string | null {
  for (const ledger of ledgers.values()) {
    const row =
      ledger.key === null
        ? undefined
        : ledger.rows.find(
            ({ unit }) => unit !== null && namesUnit(unit, name) && !isEveryone(unit, ledger),
          );
    if (row) return foldText(row.unit ?? "") === foldText(name) ? row.unit : name;
  }
  return null;
}

/** What a table gives to one unit: its rows and those meant for everyone, under the groups they stand in, with sums of their own. Null when there is nothing. */
export function unitShare(ledger: SettledLedger, unit: string): SettledLedger | null {
  if (ledger.key === null) return null;
  const { rows } = ledger;
  const kept = new Set<number>();
  rows.forEach((row, index) => {
    if (
      row.unit === null ||
      row.kind !== "item" ||
      !(namesUnit(row.unit, unit) || isEveryone(row.unit, ledger))
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
  // Groups, sub-totals and the total stay when one of their rows does; they come before or after their parts, so go on until none is new.
  for (let before = -1; before !== kept.size;) {
    before = kept.size;
    rows.forEach((row, index) => row.parts.some((part) => kept.has(part)) && kept.add(index));
  }
  const places = new Map([...kept].sort((a, b) => a - b).map((index, place) => [index, place]));
  const share = [...places.keys()].map((index): SettledRow => {
    const row = rows[index] as SettledRow;
    return {
      ...row,
      parts: row.parts.flatMap((part) => places.get(part) ?? []),
      cells: [...row.cells],
    };
  });
  const done = new Set<SettledRow>();
  const settle = (row: SettledRow): readonly Value[] => {
    if (row.parts.length === 0 || done.has(row)) return row.cells;
    done.add(row);
    const parts = row.parts.map((part) => settle(share[part] as SettledRow));
    const cells = row.cells as Value[];
    ledger.columns.forEach((column, index) => {
      if (column.totals === "sum") {
        const given = parts.map((values) => values[index] ?? null).filter(isNumber);
        cells[index] = given.length > 0 ? addDecimals(given) : null;
      }
    });
    ledger.columns.forEach((column, index) => {
      if (column.totals === "recompute") cells[index] = computeValue(column, cells);
    });
    return cells;
  };
  share.forEach(settle);
  const own = share.filter(({ kind }) => kind === "item");
  const totals: Value[] = ledger.columns.map(({ totals: rule }, index) => {
    const given = own.map(({ cells }) => cells[index] ?? null).filter(isNumber);
    return rule === "sum" && given.length > 0 ? addDecimals(given) : null;
  });
  ledger.columns.forEach((column, index) => {
    if (column.totals === "recompute") totals[index] = computeValue(column, totals);
  });
  // A total of a single row says nothing new.
  const shown =
    items === 1 ? share.filter(({ kind }) => kind !== "total" && kind !== "sub-total") : share;
  const at = new Map(shown.map((row, place) => [row, place]));
  return {
    ...ledger,
    rows: shown.map((row) => ({
      ...row,
      parts: row.parts.flatMap((part) => at.get(share[part] as SettledRow) ?? []),
    })),
    totals,
  };
}

/** A computed column's value from the other cells of its row, rounded as the column is. */
export function computeValue(column: SettledColumn, cells: readonly Value[]): Value {
  const { spec, formula } = column;
  if (formula === null) return null;
  const exact = evaluateFormula(formula, (index) => {
    const value = cells[index];
    return isNumber(value) ? value : null;
  });
  if (exact === null) return null;
  const rate = spec.kind === "percent";
  const scaled = rate ? { ...exact, numerator: exact.numerator * 100n } : exact;
  return trimDecimal(roundFraction(scaled, roundedPlaces(column) ?? MOST_PLACES));
}

/** Decimals to which a column with a division is rounded: rates and money to two, counts and đồng to none, unless it says otherwise. Null without a division. */
export function roundedPlaces({ spec, formula, unit }: SettledColumn): number | null {
  if (formula === null || !formulaHas(formula, "/")) return null;
  return spec.decimals ?? (spec.kind === "count" || unit?.toLowerCase() === "đồng" ? 0 : 2);
}

/** Decimals that sums and products of written numbers can have. */
const MOST_PLACES = 18;

/** Whether a cell names a unit, alone or in a list: "Xã A, Xã B và Xã C". */
function namesUnit(cell: string, unit: string): boolean {
  return (
    foldText(cell) === foldText(unit) ||
    cell.split(/[,;\n]| và /u).some((part) => foldText(part) === foldText(unit))
  );
}

function isEveryone(unit: string, { everyone }: SettledLedger): boolean {
  return everyone !== null && foldText(unit) === foldText(everyone);
}
