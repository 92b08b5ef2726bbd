import { slugOf } from "../../base/text.js";
import { readNumber } from "./amounts.js";
import { type GridCell, ORDER, TOTAL, type TableGrid, bareNumber } from "./table-grid.js";

/** A column of a table of numbers, as it was found. */
export interface FoundColumn {
  readonly id: string;
  readonly title: string;
  readonly kind: "order" | "text" | "count" | "money" | "percent";
  /** Digits behind the comma, the same in all its cells. */
  readonly decimals: number;
  /** What the row of column numbers says: "2=3+4". */
  readonly number: string;
  readonly values: readonly (number | string | null)[];
  /** What the row of totals says. */
  readonly total: number | null;
}

/** Names that rows of plan data, and citations of cells, have of their own. */
const RESERVED: ReadonlySet<string> = new Set(["rows", "includes", "note", "id", "tong"]);
const PLAIN_NUMBER = /^(?:0|[1-9]\d{0,2}(?:\.\d{3})*|[1-9]\d{3,})(?:,\d+)?$/u;
const MONEY = /đồng|kinh phí|vốn|ngân sách|số tiền|dự toán/iu;
const RATE = /%|tỷ lệ|tỉ lệ/iu;

/**
 * Read the columns of a table. Null where one holds what could not be computed and printed alike:
 * mixed decimals, words among numbers.
 */
export function readColumns(
  grid: TableGrid,
  items: readonly (readonly GridCell[])[],
  total: readonly GridCell[],
  unit: string | null,
): readonly FoundColumn[] | null {
  const columns: FoundColumn[] = [];
  for (let x = 0; x < grid.width; x++) {
    const title = titleOf(grid, x);
    const base =
      slugOf(title)
        .split("-")
        .slice(0, 3)
        .join("-")
        .replace(/^[^a-z]+/u, "") || "cot";
    let id = base;
    for (let copy = 2; RESERVED.has(id) || columns.some((one) => one.id === id); copy++)
      id = `${base}-${copy}`;
    const column = readColumn(
      title,
      items.map((row) => row[x]?.text ?? ""),
      total[x]?.text ?? "",
      unit,
    );
    if (column === null) return null;
    columns.push({ id, title, number: grid.numbers?.[x]?.text ?? "", ...column });
  }
  return columns;
}

function titleOf({ head }: TableGrid, x: number): string {
  for (let y = head.length - 1; y >= 0; y--) {
    const text = head[y]?.[x]?.text ?? "";
    if (text !== "") return text;
  }
  return "";
}

function readColumn(
  title: string,
  cells: readonly string[],
  total: string,
  unit: string | null,
): Omit<FoundColumn, "id" | "title" | "number"> | null {
  const filled = cells.filter((text) => text !== "");
  if (
    ORDER.test(title) &&
    filled.length === cells.length &&
    cells.every((text) => /^(?:\d+|[IVX]+)$/u.test(text)) &&
    (total === "" || TOTAL.test(total))
  )
    return { kind: "order", decimals: 0, values: cells, total: null };
  if (filled.length > 0 && filled.every((text) => PLAIN_NUMBER.test(text))) {
    const places = new Set(
      [...filled, ...(total === "" ? [] : [total])].map((text) => text.split(",")[1]?.length ?? 0),
    );
    if (places.size !== 1 || (total !== "" && !PLAIN_NUMBER.test(total))) return null;
    const kind = RATE.test(title)
      ? "percent"
      : MONEY.test(`${title} ${unit ?? ""}`) && unit !== null
        ? "money"
        : "count";
    return {
      kind,
      decimals: [...places][0] ?? 0,
      values: cells.map((text) => (text === "" ? null : readNumber(text))),
      total: total === "" ? null : readNumber(total),
    };
  }
  return total === "" || TOTAL.test(total)
    ? {
        kind: "text",
        decimals: 0,
        values: cells.map((text) => (text === "" ? null : text)),
        total: null,
      }
    : null;
}

// --- Formulas that hold in every row ----------------------------------------------------------------

/**
 * Rows from which a formula is no accident: found in the numbers alone, said by a column's name as
 * well, printed above it.
 */
const ENOUGH = { found: 3, named: 2, printed: 1 } as const;

/**
 * Formulas of columns, by id: rates of two columns, sums of the columns that follow a total, what
 * is left of two. Only those that hold in every row and in the totals.
 */
export function findFormulas(columns: readonly FoundColumn[]): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const numbers = columns.filter(({ kind }) => kind === "count" || kind === "money");
  for (const [x, column] of columns.entries()) {
    const printed = printedFormula(column, columns);
    if (printed !== null) found.set(column.id, printed);
    else if (column.kind === "percent") {
      const pair = numbers
        .flatMap((part) => numbers.map((whole) => [part, whole] as const))
        .find(
          ([part, whole]) =>
            part !== whole &&
            holds(column, [part, whole], ([a = 0, b = 0]) =>
              b === 0 ? null : round((100 * a) / b, column.decimals),
            ),
        );
      if (pair) found.set(column.id, `${pair[0].id}/${pair[1].id}`);
    } else if (column.kind === "count" || column.kind === "money") {
      const before = columns.slice(0, x);
      const [a, b] = [before.at(-2), before.at(-1)];
      const parts = [
        ...followers(columns, x),
        ...followers([...before].reverse(), -1).map((list) => [...list].reverse()),
      ].find((list) =>
        holds(column, list, (values) => values.reduce((sum, value) => sum + value, 0), {
          rows: ENOUGH.named,
        }),
      );
      const product = MONEY_SUM.test(column.title)
        ? pairsOf(before.filter((one) => numbers.includes(one))).find(
            (pair) =>
              column.total !== null &&
              holds({ ...column, total: null }, pair, ([one = 0, other = 0]) => one * other, {
                totals: false,
              }),
          )
        : undefined;
      if (product) found.set(column.id, product.map(({ id }) => id).join("*"));
      else if (/^(?:Tổng|Cộng)/iu.test(column.title) && parts)
        found.set(column.id, parts.map(({ id }) => id).join("+"));
      else if (
        /cuối|còn/iu.test(column.title) &&
        a &&
        b &&
        numbers.includes(a) &&
        numbers.includes(b) &&
        holds(column, [a, b], ([whole = 0, part = 0]) => whole - part)
      )
        found.set(column.id, `${a.id}-${b.id}`);
    }
  }
  return found;
}

/**
 * The formula that the row of column numbers says ("5=3+4", "(5)=(3)+(4)"), where it is one of sums
 * and differences and holds.
 */
function printedFormula(column: FoundColumn, columns: readonly FoundColumn[]): string | null {
  const parts = /^\d+=(\d+(?:[+-]\d+)+)$/u.exec(bareNumber(column.number))?.[1];
  if (parts === undefined || (column.kind !== "count" && column.kind !== "money")) return null;
  const terms = [...parts.matchAll(/([+-]?)(\d+)/gu)].map(([, sign = "", number]) => ({
    sign,
    column: columns.find((one) => /^\d+/u.exec(bareNumber(one.number))?.[0] === number),
  }));
  const from = terms.flatMap(({ column: one }) =>
    one !== undefined && one !== column && (one.kind === "count" || one.kind === "money")
      ? [one]
      : [],
  );
  if (from.length !== terms.length) return null;
  const right = holds(
    column,
    from,
    (values) =>
      values.reduce((sum, value, index) => sum + (terms[index]?.sign === "-" ? -value : value), 0),
    { rows: ENOUGH.printed },
  );
  return right
    ? terms
        .map(
          ({ sign, column: one }, index) =>
            `${index > 0 && sign === "" ? "+" : sign}${one?.id ?? ""}`,
        )
        .join("")
    : null;
}

/** Names of what is a quantity times a price. */
const MONEY_SUM = /thành tiền|kinh phí|số tiền|tổng tiền/iu;

function pairsOf(
  columns: readonly FoundColumn[],
): readonly (readonly [FoundColumn, FoundColumn])[] {
  return columns.flatMap((one, index) =>
    columns.slice(index + 1).map((other) => [one, other] as const),
  );
}

/** Lists of two and more number columns right behind a column. */
function followers(
  columns: readonly FoundColumn[],
  x: number,
): readonly (readonly FoundColumn[])[] {
  const lists: FoundColumn[][] = [];
  const list: FoundColumn[] = [];
  for (const column of columns.slice(x + 1)) {
    if (column.kind !== "count" && column.kind !== "money") break;
    list.push(column);
    if (list.length > 1) lists.push([...list]);
  }
  return lists;
}

function holds(
  column: FoundColumn,
  from: readonly FoundColumn[],
  compute: (values: readonly number[]) => number | null,
  needed: { readonly rows?: number; readonly totals?: boolean } = {},
): boolean {
  const agrees = (
    value: number | string | null,
    parts: readonly (number | string | null)[],
  ): boolean => {
    if (typeof value !== "number") return parts.every((part) => part === null);
    const computed = compute(parts.map((part) => (typeof part === "number" ? part : 0)));
    return computed !== null && Math.abs(computed - value) < 1e-9;
  };
  const rows = column.values.filter((value) => typeof value === "number").length;
  return (
    rows >= (needed.rows ?? ENOUGH.found) &&
    column.values.every((value, row) =>
      agrees(
        value,
        from.map(({ values }) => values[row] ?? null),
      ),
    ) &&
    (needed.totals === false ||
      (column.total === null
        ? column.kind === "percent"
        : agrees(
            column.total,
            from.map(({ total }) => total),
          )))
  );
}

function round(value: number, places: number): number {
  const factor = 10 ** places;
  return Math.round(value * factor + 1e-9) / factor;
}
