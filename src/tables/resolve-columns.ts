import {
  type Diagnostic,
  type LocalizedText,
  type PlanPath,
  both,
  planError,
} from "../base/diagnostic.js";
import { MONEY_UNITS } from "../base/money.js";
import { nearest } from "../base/nearest.js";
import { type Decimal, decimalsEqual } from "../base/numbers.js";
import { dataTableColumns, dataTableKey } from "../plan/table-presets.js";
import {
  type DataTable,
  type DataColumn,
  type DataColumnNode,
  dataColumnLeaves,
} from "../plan/data-table.js";
import type { Plan } from "../plan/schema.js";
import { missingProgramme } from "../plan/projects.js";
import {
  type Formula,
  type FormulaColumn,
  formulaHas,
  formulaNumbers,
  parseFormula,
} from "./formula.js";
import { type DividedGroup, orderColumns } from "./column-order.js";
import { numberColumns } from "./number-columns.js";
import { placesOf } from "./values.js";
import type { EvaluatedColumn } from "./data-table.js";
import type { Code } from "../base/codes.js";

/** The columns of a data table, before there are rows. */
export interface TableShape {
  readonly head: readonly DataColumnNode[];
  readonly columns: readonly EvaluatedColumn[];
  readonly byId: ReadonlyMap<string, number>;
  /** The column that names rows: the first of words. */
  readonly label: number;
  /** The column of units, if any. */
  readonly key: number | null;
  /** Columns in an order in which each comes after those it is computed from. */
  readonly order: readonly number[];
  /** The group that divides a row's total over this column and others. */
  readonly splitOf: (column: string) => DividedGroup | null;
  /** The place of a field of a column in the plan, as far as the plan writes it. */
  readonly pathOf: (column: string, field: string) => PlanPath;
}

/**
 * Evaluate the columns of a data table: kinds, units, formulas, numbers under the names. `taken`
 * are columns that come with rows of another data table.
 */
export function resolveColumns(
  path: PlanPath,
  dataTable: DataTable,
  plan: Plan,
  taken: readonly EvaluatedColumn[],
  problems: Diagnostic[],
): TableShape {
  return new ColumnResolver(path, dataTable, plan, problems).evaluate(taken);
}

class ColumnResolver {
  readonly #head: readonly DataColumnNode[];

  constructor(
    private readonly path: PlanPath,
    private readonly dataTable: DataTable,
    private readonly plan: Plan,
    private readonly problems: Diagnostic[],
  ) {
    this.#head = dataTableColumns(dataTable, plan);
  }

  evaluate(taken: readonly EvaluatedColumn[]): TableShape {
    if (
      this.dataTable.columns === null &&
      this.dataTable.layout === "funding" &&
      this.plan.programme === null
    ) {
      this.problems.push(
        missingProgramme(
          [...this.path, "layout"],
          "kế hoạch chưa có programme nên bảng kinh phí không có nguồn vốn nào",
          "the plan has no programme, so a funding table has no sources",
        ),
      );
    }
    const columns = this.#columns(taken);
    const byId = new Map(columns.map(({ spec }, index) => [spec.id, index]));
    const label = Math.max(
      0,
      columns.findIndex(({ spec }) => spec.kind === "text" && spec.show),
    );
    const groups = new Map(
      this.#dividedGroups().flatMap((group) => group.columns.map((id) => [id, group] as const)),
    );
    const splitOf = (column: string): DividedGroup | null => groups.get(column) ?? null;
    return {
      head: this.#head,
      columns,
      byId,
      label,
      key: this.#findKey(columns, byId, label),
      splitOf,
      order: this.#order(columns, byId, splitOf),
      pathOf: (column, field) => this.#columnPath(column, field),
    };
  }

  #columns(fromOther: readonly EvaluatedColumn[]): EvaluatedColumn[] {
    const own = dataColumnLeaves(this.#head);
    this.#findTwice(own);
    const specs = [...own, ...takenColumns(fromOther, own)];
    const { numbers, problems } = numberColumns(own, {
      columnNumbers: this.dataTable.columnNumbers,
      pathOf: (id) => this.#columnPath(id, "formula"),
    });
    this.problems.push(...problems);
    const names = specs.map(({ id }, index) => ({
      id,
      number: numbers[index]?.split("=")[0]?.trim() ?? null,
    }));
    return specs.map((spec, index) => ({
      ...this.#column(spec, this.#formula(spec, names)),
      number: numbers[index] ?? null,
    }));
  }

  #column(spec: DataColumn, formula: Formula | null): Omit<EvaluatedColumn, "number"> {
    const totals = totalsRule(spec, formula);
    if (totals === "recompute" && formula === null)
      this.#fault("no-formula", {
        message: both(
          `cột “${spec.title}” tính lại tổng từ công thức nhưng không có công thức`,
          `the column “${spec.title}” computes its total again but has no formula`,
        ),
        hint: both("thêm formula:, hoặc đổi total", "add formula:, or change total"),
      });
    return {
      spec,
      numeric: isNumeric(spec),
      formula,
      totals,
      unit: this.#unit(spec),
      fixedPlaces: spec.kind === "percent" ? placesOf(spec) : 0,
    };
  }

  #unit({ kind, unit }: DataColumn): string | null {
    if (unit !== null) return unit;
    if (kind === "percent") return "%";
    const ofTable = this.dataTable.unit;
    // A table in millions of đồng counts its households in households.
    const inMoney = Object.hasOwn(MONEY_UNITS, ofTable?.toLowerCase() ?? "");
    if (ofTable !== null && !(kind === "count" && inMoney)) return ofTable;
    return kind === "money" ? (this.plan.programme?.unit ?? null) : null;
  }

  #findTwice(columns: readonly DataColumn[]): void {
    const seen = new Set<string>();
    for (const { id } of columns) {
      if (seen.has(id))
        this.#fault("column-twice", {
          message: both(`mã cột “${id}” dùng hai lần`, `the column id “${id}” is used twice`),
          hint: both("đặt mỗi cột một mã", "give each column its own id"),
        });
      seen.add(id);
    }
  }

  #formula(spec: DataColumn, names: readonly FormulaColumn[]): Formula | null {
    if (spec.formula === null) return null;
    const parsed = parseFormula(spec.formula, names);
    if (!parsed.ok) {
      const near =
        parsed.unknown === null
          ? null
          : nearest(
              parsed.unknown,
              names.map(({ id }) => id),
            );
      this.problems.push(
        planError(
          "formula",
          this.#columnPath(spec.id, "formula"),
          parsed.message,
          near === null
            ? both(
                `các cột: ${names.map(({ id }) => id).join(", ")}`,
                `columns: ${names.map(({ id }) => id).join(", ")}`,
              )
            : both(`có phải là “${near}”?`, `did you mean “${near}”?`),
        ),
      );
      return null;
    }
    if (
      spec.kind === "percent" &&
      formulaNumbers(parsed.formula).some((value) => decimalsEqual(value, HUNDRED))
    ) {
      this.problems.push(
        planError(
          "percent-twice",
          this.#columnPath(spec.id, "formula"),
          both("cột percent tự nhân 100", "a percent column multiplies by 100 itself"),
          both("bỏ 100 khỏi công thức: giam/dau", "take 100 out of the formula: fall/start"),
        ),
      );
    }
    return parsed.formula;
  }

  /** The place of a column in the plan, as far as the plan writes it. */
  #columnPath(id: string, field: string): PlanPath {
    const visit = (columns: readonly DataColumnNode[], path: PlanPath): PlanPath | null => {
      for (const [index, column] of columns.entries()) {
        const own = [...path, index];
        if (column.columns !== null) {
          const inner = visit(column.columns, [...own, "columns"]);
          if (inner) return inner;
        } else if (column.id === id) return [...own, field];
      }
      return null;
    };
    if (this.dataTable.columns === null)
      return id in this.dataTable.adjust
        ? [...this.path, "adjust", id, field]
        : [...this.path, "layout"];
    return visit(this.dataTable.columns, [...this.path, "columns"]) ?? [...this.path, "columns"];
  }

  #findKey(
    columns: readonly EvaluatedColumn[],
    byId: ReadonlyMap<string, number>,
    label: number,
  ): number | null {
    const name = dataTableKey(this.dataTable);
    if (name !== null) {
      const index = byId.get(name);
      if (index !== undefined) return index;
      this.problems.push(unknownColumn(name, [...this.path, "key"], byId));
      return null;
    }
    return columns.some(({ spec }) => spec.allocate !== null) ||
      this.#dividedGroups().length > 0 ||
      this.dataTable.assignees !== null
      ? label
      : null;
  }

  #order(
    columns: readonly EvaluatedColumn[],
    byId: ReadonlyMap<string, number>,
    splitOf: TableShape["splitOf"],
  ): readonly number[] {
    const { order, problems } = orderColumns({
      columns,
      byId,
      splitOf,
      pathOf: (id, field) => this.#columnPath(id, field),
    });
    this.problems.push(...problems);
    return order;
  }

  /** Groups of columns that divide a total; those of a ready layout are placed at its name. */
  #dividedGroups(): readonly DividedGroup[] {
    return this.dataTable.columns === null
      ? dividedGroups(this.#head, () => [...this.path, "layout"])
      : dividedGroups(this.#head, (steps) => [...this.path, "columns", ...steps]);
  }

  /** A finding about the columns as a whole. */
  #fault(
    code: Code,
    { message, hint }: { readonly message: LocalizedText; readonly hint: LocalizedText },
  ): void {
    this.problems.push(planError(code, [...this.path, "columns"], message, hint));
  }
}

const HUNDRED: Decimal = { digits: 100n, scale: 0 };

/** A column that the table does not have, with the nearest name. */
export function unknownColumn(
  name: string,
  path: PlanPath,
  byId: ReadonlyMap<string, number>,
): Diagnostic {
  const near = nearest(name, byId.keys());
  const ids = [...byId.keys()].join(", ");
  return planError(
    "unknown-column",
    path,
    both(`bảng không có cột “${name}”`, `the table has no column “${name}”`),
    near !== null
      ? both(`có phải là “${near}”?`, `did you mean “${near}”?`)
      : both(`các cột: ${ids}`, `columns: ${ids}`),
  );
}

/** Rows taken over bring the columns they have more, to compute with; these are not shown. */
function takenColumns(
  taken: readonly EvaluatedColumn[],
  own: readonly DataColumn[],
): readonly DataColumn[] {
  return taken
    .filter(({ spec }) => own.every(({ id }) => id !== spec.id))
    .map(({ spec }) => ({
      ...spec,
      show: false,
      formula: null,
      allocate: null,
      declared: null,
      number: null,
    }));
}

function isNumeric({ kind }: DataColumn): boolean {
  return kind === "count" || kind === "money" || kind === "percent";
}

/** How a column's total comes about when the plan does not say: rates have none, quotients anew. */
function totalsRule(spec: DataColumn, formula: Formula | null): EvaluatedColumn["totals"] {
  if (!isNumeric(spec)) return "none";
  if (spec.total !== null) return spec.total;
  if (formula !== null && formulaHas(formula, "/")) return "recompute";
  return spec.kind === "percent" ? "none" : "sum";
}

/** Groups with a division, outer ones first. `pathOf` places the steps from the list of columns. */
function dividedGroups(
  nodes: readonly DataColumnNode[],
  pathOf: (steps: PlanPath) => PlanPath,
): readonly DividedGroup[] {
  return nodes.flatMap((node, index): readonly DividedGroup[] => {
    if (node.columns === null) return [];
    const inner = dividedGroups(node.columns, (steps) => pathOf([index, "columns", ...steps]));
    if (node.split === null) return inner;
    const columns = dataColumnLeaves(node.columns).map(({ id }) => id);
    return [{ split: node.split, columns, path: pathOf([index, "split"]) }, ...inner];
  });
}
