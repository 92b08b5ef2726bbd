import { type LocalizedText, both } from "../base/diagnostic.js";
import { apportion } from "./apportion.js";

/** A table of whole numbers with given margins, or why there is none. */
export type TwoWay =
  | { readonly ok: true; readonly cells: readonly (readonly bigint[])[] }
  | { readonly ok: false; readonly message: LocalizedText };

/**
 * Fill a table whose row totals and column totals are both given, in proportion: each cell is row ×
 * column / total, rounded down or up, so that every margin holds exactly. Among all such tables it
 * is one with the least sum of roundings; ties are evaluated by the rows' and columns' names, not
 * by their order.
 *
 * Method: rows are rounded by largest remainder, then columns are brought right by exchanges within
 * rows along the cheapest chains of columns (successive shortest paths), which keeps the sum of
 * roundings least. A controlled rounding always exists.
 *
 * Source: L. H. Cox, L. R. Ernst, Controlled Rounding, INFOR 20 (1982); B. D. Causey, L. H. Cox, L.
 * R. Ernst, JASA 80 (1985).
 */
export function fillTwoWay(rows: readonly Margin[], columns: readonly Margin[]): TwoWay {
  const reason = unfillable(rows, columns);
  if (reason !== null) return { ok: false, message: reason };
  const total = sum(rows);
  if (total === 0n) return { ok: true, cells: rows.map(() => columns.map(() => 0n)) };
  // In the order of names, so that the order given does not matter.
  const rowOrder = order(rows);
  const columnOrder = order(columns);
  const sortedColumns = columnOrder.map((index) => columns[index] as Margin);
  const table = rowOrder.map((index) =>
    roundRow((rows[index] as Margin).total, sortedColumns, total),
  );
  balance(table, sortedColumns, total);
  const cells = rows.map(() => columns.map(() => 0n));
  rowOrder.forEach((row, r) =>
    columnOrder.forEach((column, c) => {
      (cells[row] as bigint[])[column] = table[r]?.[c]?.value ?? 0n;
    }),
  );
  return { ok: true, cells };
}

/** A row or a column: its name and its total, in whole rounding units. */
export interface Margin {
  readonly id: string;
  readonly total: bigint;
}

function unfillable(rows: readonly Margin[], columns: readonly Margin[]): LocalizedText | null {
  const negative = [...rows, ...columns].find(({ total }) => total < 0n);
  if (negative)
    return both(`tổng của “${negative.id}” là số âm`, `the total of “${negative.id}” is negative`);
  for (const list of [rows, columns]) {
    const seen = new Set<string>();
    const twice = list.find(({ id }) => seen.has(id) || !seen.add(id));
    if (twice) return both(`“${twice.id}” ghi hai lần`, `“${twice.id}” is given twice`);
  }
  const [across, down] = [sum(rows), sum(columns)];
  if (across === down) return null;
  const [more, by] = across > down ? ["hàng", across - down] : ["cột", down - across];
  return both(
    `các hàng cộng lại là ${across}, các cột cộng lại là ${down}: ${more} thừa ${by}`,
    `the rows add up to ${across}, the columns to ${down}: the ${across > down ? "rows" : "columns"} are over by ${by}`,
  );
}

function sum(margins: readonly Margin[]): bigint {
  return margins.reduce((whole, { total }) => whole + total, 0n);
}

function order(margins: readonly Margin[]): number[] {
  return margins
    .map((_, index) => index)
    .sort((a, b) => ((margins[a] as Margin).id < (margins[b] as Margin).id ? -1 : 1));
}

/**
 * A cell while it is rounded: its value, the part of a unit that its exact share has over the
 * whole, and whether it is rounded up.
 */
interface Cell {
  value: bigint;
  /** In parts of the grand total. 0: the exact share is whole, the cell cannot change. */
  readonly part: bigint;
  up: boolean;
}

function roundRow(rowTotal: bigint, columns: readonly Margin[], total: bigint): Cell[] {
  const shares = apportion(
    rowTotal,
    columns.map(({ id, total: weight }) => ({ id, weight, floor: 0n, ceiling: null })),
  );
  return columns.map(({ total: columnTotal }, index): Cell => {
    const exact = rowTotal * columnTotal;
    const value = shares.ok ? (shares.shares[index]?.share ?? 0n) : 0n;
    return { value, part: exact % total, up: value > exact / total };
  });
}

/**
 * Bring the columns to their totals: while one has too much, pass a unit along the cheapest chain
 * of exchanges to one that has too little.
 */
function balance(table: readonly Cell[][], columns: readonly Margin[], total: bigint): void {
  const over = columns.map(
    ({ total: wanted }, column) =>
      table.reduce((whole, row) => whole + (row[column]?.value ?? 0n), 0n) - wanted,
  );
  for (;;) {
    const from = over.findIndex((excess) => excess > 0n);
    if (from < 0) return;
    const chain = cheapestChain(table, over, from, total);
    // A controlled rounding always exists, so a chain does too.
    if (chain === null) throw new Error("no chain of exchanges");
    for (const { row, give, take } of chain) {
      const cells = table[row];
      const [giver, taker] = [cells?.[give], cells?.[take]];
      if (!giver || !taker) continue;
      giver.value -= 1n;
      giver.up = false;
      taker.value += 1n;
      taker.up = true;
    }
    const to = chain.at(-1)?.take ?? from;
    over[from] = (over[from] ?? 0n) - 1n;
    over[to] = (over[to] ?? 0n) + 1n;
  }
}

/** Within one row, a unit goes from a column rounded up to one rounded down. */
interface Exchange {
  readonly row: number;
  readonly give: number;
  readonly take: number;
  /** How much worse the rounding gets, in parts of the grand total. */
  readonly cost: bigint;
}

/**
 * Bellman and Ford over the columns: the cheapest way from a column with too much to one with too
 * little.
 */
function cheapestChain(
  table: readonly Cell[][],
  over: readonly bigint[],
  from: number,
  total: bigint,
): Exchange[] | null {
  const best = cheapestExchanges(table, over.length);
  const distance: (bigint | null)[] = over.map((_, column) => (column === from ? 0n : null));
  const reached: (Exchange | null)[] = over.map(() => null);
  for (let round = 0; round < over.length; round++) {
    let changed = false;
    for (const exchange of best) {
      const start = distance[exchange.give];
      if (start === null || start === undefined) continue;
      const known = distance[exchange.take];
      if (known !== null && known !== undefined && known <= start + exchange.cost) continue;
      distance[exchange.take] = start + exchange.cost;
      reached[exchange.take] = exchange;
      changed = true;
    }
    if (!changed) break;
  }
  let target = -1;
  let least = total * BigInt(over.length + 1);
  over.forEach((excess, column) => {
    const found = distance[column];
    if (excess < 0n && found !== null && found !== undefined && found < least)
      [target, least] = [column, found];
  });
  if (target < 0) return null;
  const chain: Exchange[] = [];
  for (let column = target; column !== from;) {
    const step = reached[column];
    if (!step) return null;
    chain.unshift(step);
    column = step.give;
  }
  return chain;
}

/** For each pair of columns the row where passing a unit costs least. */
function cheapestExchanges(table: readonly Cell[][], width: number): Exchange[] {
  const best: (Exchange | undefined)[] = [];
  table.forEach((cells, row) => {
    for (let give = 0; give < width; give++) {
      const giver = cells[give];
      if (!giver?.up) continue;
      for (let take = 0; take < width; take++) {
        const taker = cells[take];
        if (!taker || taker.up || taker.part === 0n) continue;
        const cost = giver.part - taker.part;
        const known = best[give * width + take];
        if (!known || cost < known.cost) best[give * width + take] = { row, give, take, cost };
      }
    }
  });
  return best.filter((exchange) => exchange !== undefined);
}
