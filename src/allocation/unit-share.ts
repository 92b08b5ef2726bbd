import { addDecimals, trimDecimal } from "../base/numbers.js";
import { foldText } from "../base/text.js";
import { evaluateFormula, formulaHas, roundFraction } from "./formula.js";
import { type SettledColumn, type SettledLedger, type SettledRow, type Value, isNumber } from "./ledger.js";

/** The units among which tables divide, each once, in the order in which they first come; where none divides, of all tables that name units. Rows meant for everyone name none. */
export function unitNames(ledgers: ReadonlyMap<string, SettledLedger>): string[] {
  const naming = [...ledgers.values()].filter(({ key }) => key !== null);
  const dividing = naming.filter(({ divisions, splits }) => divisions.length + splits.length > 0);
  const names = new Map<string, string>();
  for (const ledger of dividing.length > 0 ? dividing : naming) {
    for (const { unit } of ledger.rows) if (unit !== null && !isEveryone(unit, ledger) && !names.has(foldText(unit))) names.set(foldText(unit), unit);
  }
  return [...names.values()];
}

/** A unit as the tables write it, whatever the blanks and capitals of the name; null when no table names it. */
export function findUnit(ledgers: ReadonlyMap<string, SettledLedger>, name: string): string | null {
  for (const ledger of ledgers.values()) {
    const row = ledger.key === null ? undefined : ledger.rows.find(({ unit }) => unit !== null && foldText(unit) === foldText(name) && !isEveryone(unit, ledger));
    if (row) return row.unit;
  }
  return null;
}

/** What a table gives to one unit: its rows and those meant for everyone, under the groups they stand in, with sums of their own. Null when there is nothing. */
export function unitShare(ledger: SettledLedger, unit: string): SettledLedger | null {
  if (ledger.key === null) return null;
  const { rows } = ledger;
  const kept = new Set<number>();
  rows.forEach((row, index) => {
    if (row.unit === null || row.kind !== "item" || (foldText(row.unit) !== foldText(unit) && !isEveryone(row.unit, ledger))) return;
    kept.add(index);
    for (let next = index + 1; rows[next]?.kind === "includes" && (rows[next]?.level ?? 0) > row.level; next++) kept.add(next);
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
    return { ...row, parts: row.parts.flatMap((part) => places.get(part) ?? []), cells: [...row.cells] };
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
        if (given.length > 0) cells[index] = addDecimals(given);
      }
    });
    ledger.columns.forEach((column, index) => {
      if (column.totals === "recompute") cells[index] = computeValue(column, cells);
    });
    return cells;
  };
  share.forEach(settle);
  const total = share.find(({ kind }) => kind === "total");
  const totals = total ? ledger.columns.map(({ numeric }, index) => (numeric ? (total.cells[index] ?? null) : null)) : (share[0]?.cells ?? []);
  // A total of a single row says nothing new.
  const shown = items === 1 ? share.filter(({ kind }) => kind !== "total" && kind !== "sub-total") : share;
  const at = new Map(shown.map((row, place) => [row, place]));
  return { ...ledger, rows: shown.map((row) => ({ ...row, parts: row.parts.flatMap((part) => at.get(share[part] as SettledRow) ?? []) })), totals };
}

/** A computed column's value from the other cells of its row, rounded as the column is. */
export function computeValue({ spec, formula }: SettledColumn, cells: readonly Value[]): Value {
  if (formula === null) return null;
  const exact = evaluateFormula(formula, (index) => {
    const value = cells[index];
    return isNumber(value) ? value : null;
  });
  if (exact === null) return null;
  const rate = spec.kind === "percent";
  const scaled = rate ? { ...exact, numerator: exact.numerator * 100n } : exact;
  return trimDecimal(roundFraction(scaled, formulaHas(formula, "/") ? (spec.decimals ?? (rate ? 2 : 0)) : MOST_PLACES));
}

/** Decimals that sums and products of written numbers can have. */
const MOST_PLACES = 18;

function isEveryone(unit: string, { everyone }: SettledLedger): boolean {
  return everyone !== null && foldText(unit) === foldText(everyone);
}
