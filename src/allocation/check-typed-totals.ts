import { type Diagnostic, type PlanPath, both } from "../base/diagnostic.js";
import { type Decimal, addDecimals, decimalOf, decimalsEqual, formatDecimal } from "../base/numbers.js";
import type { Node, Plan, WrittenProject } from "../plan/schema.js";
import { type Row, type TableData, leavesOf } from "../plan/table.js";

/** Columns that are not added up. */
const NO_SUM = /%|tỷ lệ|tỉ lệ|đơn giá|định mức|bình quân|mức |hệ số|^s?tt$|số thứ tự|năm$/iu;
const NUMBER = /^-?(?:\d{1,3}(?:\.\d{3})+|\d+)(?:,\d+)?$/u;

/**
 * Compare the typed totals of tables that are written cell by cell with what their rows add up to. A total that is the sum of all rows, of those with Roman
 * numbers, or of those without, is right; any other is a warning: who typed it may have had a reason.
 */
export function checkTypedTotals(plan: Plan): readonly Diagnostic[] {
  const problems: Diagnostic[] = [];
  const visitNodes = (nodes: readonly Node[] | null, path: PlanPath): void => nodes?.forEach((node, index) => {
    if (typeof node === "string") return;
    if ("table" in node && typeof node.table !== "string") problems.push(...checkTable(node.table, [...path, index, "table"]));
    if ("body" in node) visitNodes(node.body, [...path, index, "body"]);
  });
  const visitProjects = (projects: readonly WrittenProject[] | null, path: PlanPath): void => projects?.forEach((project, index) => {
    visitNodes(project.body, [...path, index, "body"]);
    visitProjects(project.projects, [...path, index, "projects"]);
  });
  visitNodes(plan.body, ["body"]);
  visitProjects(plan.programme?.projects ?? null, ["programme", "projects"]);
  plan.appendices.forEach(({ body }, index) => visitNodes(body, ["appendices", index, "body"]));
  return problems;
}

interface FlatRow {
  readonly cells: readonly (string | number | null)[];
  readonly kind: "item" | "group" | "sub-total" | "total";
  readonly path: PlanPath;
}

function flatten(rows: readonly Row[], path: PlanPath, left: readonly (string | number | null)[]): FlatRow[] {
  return rows.flatMap((row, index): FlatRow[] => {
    if ("band" in row) return [];
    if ("span" in row) return flatten(row.rows, [...path, index, "rows"], [...left, ...row.span]);
    const [cells, kind] = "cells" in row ? [row.cells, row.kind] as const : [row, "item"] as const;
    return [{ cells: [...left, ...cells], kind, path: [...path, index] }];
  });
}

function checkTable(table: TableData, path: PlanPath): Diagnostic[] {
  const rows = flatten(table.rows, [...path, "rows"], []);
  const totals = rows.filter(({ kind }) => kind === "total");
  const items = rows.filter(({ kind }) => kind === "item" || kind === "group");
  const [total] = totals;
  if (totals.length !== 1 || !total || items.length < 2) return [];
  return table.columns.flatMap(leavesOf).flatMap(({ title }, column): Diagnostic[] => {
    const given = numberOf(total.cells[column]);
    const values = items.map(({ cells }) => ({ value: numberOf(cells[column]), roman: /^[IVX]+$|^[A-ZĐ]$/u.test(String(cells[0] ?? "")) }));
    if (given === null || NO_SUM.test(title) || values.filter(({ value }) => value !== null).length < 2) return [];
    const sum = (wanted: (one: (typeof values)[number]) => boolean): Decimal => addDecimals(values.filter(wanted).flatMap(({ value }) => value ?? []));
    const all = sum(() => true);
    const grouped = values.some(({ roman }) => roman);
    const sums = grouped ? [all, sum(({ roman }) => roman), sum(({ roman }) => !roman)] : [all];
    if (sums.some((one) => decimalsEqual(one, given))) return [];
    const [shown, computed] = [formatDecimal(given), formatDecimal(grouped ? (sums[1] ?? all) : all)];
    return [{
      code: "typed-total", severity: "warning", at: { in: "plan", path: total.path },
      message: both(`bảng${table.title === null ? "" : ` “${table.title}”`}, cột “${title}”: dòng tổng ghi ${shown}, các dòng cộng lại ${computed}`, `table${table.title === null ? "" : ` “${table.title}”`}, column “${title}”: the total says ${shown}, the rows add up to ${computed}`),
      hint: both("sửa số sai; hoặc khai báo bảng ở tables: để tổng được cộng sẵn", "correct the number that is wrong, or declare the table in tables:, whose totals are computed"),
    }];
  });
}

function numberOf(cell: string | number | null | undefined): Decimal | null {
  if (typeof cell === "number") return decimalOf(cell);
  const text = (cell ?? "").replace(/\*/gu, "").trim();
  return NUMBER.test(text) ? decimalOf(Number(text.replace(/\./gu, "").replace(",", "."))) : null;
}
