import { type LocalizedText, type PlanPath, assertNever, both } from "../base/diagnostic.js";
import {
  type Decimal,
  addDecimals,
  decimalOf,
  decimalsEqual,
  formatDecimal,
} from "../base/numbers.js";
import { type Row, type TypedTable, leavesOf } from "../plan/typed-table.js";
import { walkPlan } from "../plan/walk.js";
import type { Fault, Rule } from "./rule.js";

declare module "../base/codes.js" {
  interface RuleCodes {
    "typed-total": true;
  }
}

/** Columns that are not added up. */
const NO_SUM = /%|tỷ lệ|tỉ lệ|đơn giá|định mức|bình quân|mức |hệ số|^s?tt$|số thứ tự|năm$/iu;
const NUMBER = /^-?(?:\d{1,3}(?:\.\d{3})+|\d+)(?:,\d+)?$/u;

/**
 * The typed totals of tables that are written cell by cell are what their rows add up to: the total
 * of all rows, or of those of one level of numbers (A, I, 1, 1.1, -), a group of the rows below it.
 * A warning: who typed it may have had a reason.
 */
export const typedTotal: Rule = {
  code: "typed-total",
  severity: "warning",
  because: { reason: "dòng tổng, dòng nhóm gõ tay phải bằng các dòng cộng lại" },
  good: `
body:
  - table:
      columns: [{ title: TT }, { title: Nội dung }, { title: Số lượng }]
      rows:
        - [1, Trồng rừng, "30"]
        - [2, Chăm sóc, "20"]
        - { kind: total, cells: [null, Cộng, "50"] }
`,
  bad: `
body:
  - table:
      columns: [{ title: TT }, { title: Nội dung }, { title: Số lượng }]
      rows:
        - [1, Trồng rừng, "30"]
        - [2, Chăm sóc, "20"]
        - { kind: total, cells: [null, Cộng, "51"] } # ←
`,
  check({ plan }) {
    const faults: Fault[] = [];
    walkPlan(plan, {
      node: (node, path) => {
        if (node.kind === "table" && typeof node.table !== "string")
          faults.push(...checkTable(node.table, [...path, "table"]));
      },
    });
    return faults;
  },
};

interface FlatRow {
  readonly cells: readonly (string | number | null)[];
  readonly kind: "item" | "group" | "sub-total" | "total";
  readonly path: PlanPath;
}

function flatten(
  rows: readonly Row[],
  path: PlanPath,
  left: readonly (string | number | null)[],
): FlatRow[] {
  return rows.flatMap((row, index): FlatRow[] => {
    switch (row.kind) {
      case "band":
        return [];
      case "span":
        return flatten(row.rows, [...path, index, "rows"], [...left, ...row.span]);
      case "cells":
        return [{ cells: [...left, ...row.cells], kind: row.role, path: [...path, index] }];
      default:
        return assertNever(row);
    }
  });
}

function checkTable(table: TypedTable, path: PlanPath): Fault[] {
  const rows = flatten(table.rows, [...path, "rows"], []);
  const totals = rows.filter(({ kind }) => kind === "total");
  const items = rows.filter(({ kind }) => kind === "item" || kind === "group");
  const [total] = totals;
  if (totals.length !== 1 || !total || items.length < 2) return [];
  return table.columns.flatMap(leavesOf).flatMap(({ title }, column): Fault[] => {
    const given = numberOf(total.cells[column]);
    const values = items.map(({ cells, path: at }) => ({
      value: numberOf(cells[column]),
      level: levelOf(cells[0]),
      path: at,
    }));
    if (
      given === null ||
      NO_SUM.test(title) ||
      values.filter(({ value }) => value !== null).length < 2
    )
      return [];
    const groups = wrongGroups(values);
    if (groups.length > 0) return groups.map((group) => differs(table, title, GROUP, group));
    const levels = [...new Set(values.map(({ level }) => level))].sort((x, y) => x - y);
    const sums = levels.map((level) => sum(values.filter((one) => one.level === level)));
    if ([sum(values), ...sums].some((one) => decimalsEqual(one, given))) return [];
    return [
      differs(table, title, TOTAL, { path: total.path, given, computed: sums[0] ?? sum(values) }),
    ];
  });
}

interface Entry {
  readonly value: Decimal | null;
  readonly level: number;
  readonly path: PlanPath;
}

/** Levels of rows by their marks, highest first: A, I, 1, 1.1, a), -. */
const LEVELS: readonly RegExp[] = [/^[A-HĐ]$/u, /^[IVX]+$/u, /^\d+$/u, /^\d+\.\d+/u, /./u];

function levelOf(mark: string | number | null | undefined): number {
  const at = LEVELS.findIndex((pattern) => pattern.test(String(mark ?? "").replace(/[.)]+$/u, "")));
  return at < 0 ? LEVELS.length : at;
}

function sum(entries: readonly Entry[]): Decimal {
  return addDecimals(entries.flatMap(({ value }) => value ?? []));
}

/**
 * Groups whose number is not the sum of the rows one level below it. Only where every such row has
 * a number.
 */
function wrongGroups(entries: readonly Entry[]): readonly WrongSum[] {
  return entries.flatMap((entry, index) => {
    const next = entries[index + 1];
    if (
      entry.value === null ||
      entry.level > 2 ||
      next === undefined ||
      next.level <= entry.level ||
      next.level >= LEVELS.length
    )
      return [];
    const end = entries.findIndex((one, at) => at > index && one.level <= entry.level);
    const inner = entries
      .slice(index + 1, end < 0 ? entries.length : end)
      .filter(({ level }) => level === next.level);
    const computed = sum(inner);
    return inner.length < 2 ||
      inner.some(({ value }) => value === null) ||
      decimalsEqual(computed, entry.value)
      ? []
      : [{ path: entry.path, given: entry.value, computed }];
  });
}

/** A typed number that is not the sum of its rows. */
interface WrongSum {
  readonly path: PlanPath;
  readonly given: Decimal;
  readonly computed: Decimal;
}

const GROUP = both("cộng nhóm", "the group");
const TOTAL = both("dòng tổng", "the total");

function differs(
  table: TypedTable,
  title: string,
  what: LocalizedText,
  { path, given, computed }: WrongSum,
): Fault {
  const [shown, added] = [formatDecimal(given), formatDecimal(computed)];
  const name = table.title === null ? "" : ` “${table.title}”`;
  return {
    path,
    message: both(
      `bảng${name}, cột “${title}”: ${what.vi} ghi ${shown}, các dòng cộng lại ${added}`,
      `table${name}, column “${title}”: ${what.en} says ${shown}, the rows add up to ${added}`,
    ),
    hint: both(
      "sửa số sai; hoặc khai báo bảng ở tables: để tổng được cộng sẵn",
      "correct the number that is wrong, or declare the table in tables:, whose totals are " +
        "computed",
    ),
  };
}

function numberOf(cell: string | number | null | undefined): Decimal | null {
  if (typeof cell === "number") return decimalOf(cell);
  const text = (cell ?? "").replace(/\*/gu, "").trim();
  return NUMBER.test(text) ? decimalOf(Number(text.replace(/\./gu, "").replace(",", "."))) : null;
}
