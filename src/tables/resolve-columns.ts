import { type Diagnostic, type PlanPath, both, planError } from "../base/diagnostic.js";
import { MONEY_UNITS } from "../base/money.js";
import { nearest } from "../base/nearest.js";
import { type Decimal, decimalsEqual } from "../base/numbers.js";
import { dataTableColumns, dataTableKey } from "../plan/table-presets.js";
import {
  type DataTable,
  type DataColumn,
  type DataColumnNode,
  type Split,
  dataColumnLeaves,
} from "../plan/data-table.js";
import type { Plan } from "../plan/schema.js";
import { missingProgramme } from "../plan/projects.js";
import {
  type Formula,
  type FormulaColumn,
  formulaColumns,
  formulaHas,
  formulaNumbers,
  parseFormula,
} from "./formula.js";
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

/** Columns over which a row's total is divided. */
export interface DividedGroup {
  readonly split: Split;
  readonly columns: readonly string[];
  readonly path: PlanPath;
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
    const columns = this.#resolveAll(taken);
    const byId = new Map(columns.map(({ spec }, index) => [spec.id, index]));
    const label = Math.max(
      0,
      columns.findIndex(({ spec }) => spec.kind === "text" && spec.show),
    );
    const groups = new Map(
      dividedGroups(
        this.#head,
        this.dataTable.columns === null ? [...this.path, "layout"] : [...this.path, "columns"],
        this.dataTable.columns === null,
      ).flatMap((group) => group.columns.map((id) => [id, group] as const)),
    );
    const splitOf = (column: string): DividedGroup | null => groups.get(column) ?? null;
    return {
      head: this.#head,
      columns,
      byId,
      label,
      key: this.#findKey(columns, byId, label),
      splitOf,
      order: this.#columnOrder(columns, byId, splitOf),
      pathOf: (column, field) => this.#columnPath(column, field),
    };
  }

  #resolveAll(fromOther: readonly EvaluatedColumn[]): EvaluatedColumn[] {
    const own = dataColumnLeaves(this.#head);
    // Rows taken over bring the columns they have more, to compute with.
    const taken = fromOther.filter(({ spec }) => !own.some((column) => column.id === spec.id));
    const specs: DataColumn[] = [
      ...own,
      ...taken.map(({ spec }) => ({
        ...spec,
        show: false,
        formula: null,
        allocate: null,
        declared: null,
        number: null,
      })),
    ];
    const seen = new Set<string>();
    for (const { id } of own) {
      if (seen.has(id))
        this.#fault(
          "column-twice",
          ["columns"],
          `mã cột “${id}” dùng hai lần`,
          `the column id “${id}” is used twice`,
          "đặt mỗi cột một mã",
          "give each column its own id",
        );
      seen.add(id);
    }
    const numbers = this.#columnNumbers(own);
    const names = specs.map(({ id }, index) => ({
      id,
      number: numbers[index]?.split("=")[0]?.trim() ?? null,
    }));
    return specs.map((spec, index): EvaluatedColumn => {
      const numeric = spec.kind === "count" || spec.kind === "money" || spec.kind === "percent";
      const formula = this.#formula(spec, names);
      const divides = formula !== null && formulaHas(formula, "/");
      const totals = !numeric
        ? "none"
        : (spec.total ?? (divides ? "recompute" : spec.kind === "percent" ? "none" : "sum"));
      if (totals === "recompute" && formula === null)
        this.#fault(
          "no-formula",
          ["columns"],
          `cột “${spec.title}” tính lại tổng từ công thức nhưng không có công thức`,
          `the column “${spec.title}” computes its total again but has no formula`,
          "thêm formula:, hoặc đổi total",
          "add formula:, or change total",
        );
      // A table in millions of đồng counts its households in households.
      const ofTable =
        spec.kind === "count" &&
        Object.hasOwn(MONEY_UNITS, this.dataTable.unit?.toLowerCase() ?? "")
          ? null
          : this.dataTable.unit;
      const unit =
        spec.unit ??
        (spec.kind === "percent"
          ? "%"
          : (ofTable ?? (spec.kind === "money" ? (this.plan.programme?.unit ?? null) : null)));
      return {
        spec,
        numeric,
        formula,
        totals,
        unit,
        number: numbers[index] ?? null,
        fixedPlaces: spec.kind === "percent" ? placesOf(spec) : 0,
      };
    });
  }

  /**
   * "A", "B" for words, "1", "2" for numbers, with the formula where there is one: "3=4+5". A
   * formula by numbers asks for them, too.
   */
  #columnNumbers(columns: readonly DataColumn[]): (string | null)[] {
    let [letters, counted] = [0, 0];
    const numbered =
      this.dataTable.columnNumbers || columns.some(({ formula }) => formula?.includes("="));
    const own = columns.map((spec): string | null => {
      if (spec.number !== null) return String(spec.number);
      if (!numbered || !spec.show) return null;
      if (spec.formula?.includes("=")) {
        const [own = ""] = spec.formula.split("=");
        if (own.trim() !== String(++counted)) {
          const [vi, en] = [
            `công thức “${spec.formula}” đứng ở cột số ${counted}`,
            `the formula “${spec.formula}” stands in column number ${counted}`,
          ];
          this.problems.push(
            planError(
              "column-number",
              this.#columnPath(spec.id, "formula"),
              both(vi, en),
              both(
                `viết ${counted}=…; các cột số được đánh 1, 2, 3 từ trái sang`,
                `write ${counted}=…; columns of numbers count 1, 2, 3 from the left`,
              ),
            ),
          );
        }
        return spec.formula.replace(/\s+/gu, "");
      }
      return spec.kind === "order" || spec.kind === "text" || spec.kind === "date"
        ? String.fromCharCode(65 + letters++)
        : String(++counted);
    });
    const names = columns.map(({ id }, index) => ({ id, number: own[index] ?? null }));
    return own.map((number, index) => {
      const spec = columns[index];
      if (!numbered || number === null || number.includes("=") || !spec?.formula) return number;
      const parsed = parseFormula(spec.formula, names);
      const shown = parsed.ok ? printByNumbers(parsed.formula, own) : null;
      return shown === null ? number : `${number}=${shown}`;
    });
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
      dividedGroups(this.#head, [], true).length > 0 ||
      this.dataTable.assignees !== null
      ? label
      : null;
  }

  /** What a column is computed from comes before it. */
  #columnOrder(
    columns: readonly EvaluatedColumn[],
    byId: ReadonlyMap<string, number>,
    splitOf: TableShape["splitOf"],
  ): number[] {
    const order: number[] = [];
    const state = columns.map(() => "new");
    const visit = (index: number): void => {
      if (state[index] === "done") return;
      const column = columns[index] as EvaluatedColumn;
      if (state[index] === "open") {
        const field = column.formula === null ? "allocate" : "formula";
        this.problems.push(
          planError(
            "formula-circle",
            this.#columnPath(column.spec.id, field),
            both(
              `cột “${column.spec.title}” tính từ chính nó`,
              `the column “${column.spec.title}” is computed from itself`,
            ),
            both(
              "đổi cột được dùng để không thành vòng",
              "use another column so that there is no circle",
            ),
          ),
        );
        state[index] = "done";
        return;
      }
      state[index] = "open";
      const { allocate } = column.spec;
      const needs = [...(column.formula === null ? [] : formulaColumns(column.formula))];
      const name = (id: string, field: string): void => {
        const found = byId.get(id);
        if (found !== undefined && columns[found]?.numeric === false) {
          this.problems.push(
            planError(
              "not-a-number",
              this.#columnPath(column.spec.id, "allocate"),
              both(
                `phân bổ ${field} cột “${id}”, nhưng đó là cột ${columns[found].spec.kind}, không phải cột số`,
                `the allocation uses the column “${id}”, which is of the kind ${columns[found].spec.kind} and not of numbers`,
              ),
              both(
                "dùng một cột count, money hoặc percent",
                "use a column of the kind count, money or percent",
              ),
            ),
          );
        }
        if (found !== undefined) needs.push(found);
        else
          this.problems.push(
            planError(
              "unknown-column",
              this.#columnPath(column.spec.id, "allocate"),
              both(
                `phân bổ ${field} cột “${id}”, bảng không có cột đó`,
                `the allocation names the column “${id}”, which is not there`,
              ),
              both(
                `các cột: ${[...byId.keys()].join(", ")}`,
                `columns: ${[...byId.keys()].join(", ")}`,
              ),
            ),
          );
      };
      if (allocate !== null) {
        if (allocate.by !== null && (allocate.by !== "equal" || byId.has("equal")))
          name(allocate.by, "theo");
        for (const { criteria } of allocate.criteria ?? [])
          for (const { of } of criteria) name(of, "theo");
        if (typeof allocate.floor === "string") name(allocate.floor, "với mức tối thiểu ở");
        if (typeof allocate.ceiling === "string") name(allocate.ceiling, "với mức tối đa ở");
      }
      const group = splitOf(column.spec.id);
      if (group !== null) name(group.split.of, "chia");
      needs.forEach(visit);
      if (state[index] === "done") return;
      state[index] = "done";
      order.push(index);
    };
    columns.forEach((_, index) => visit(index));
    return order;
  }

  #fault(code: Code, path: PlanPath, vi: string, en: string, hintVi: string, hintEn: string): void {
    this.problems.push(
      planError(code, [...this.path, ...path], both(vi, en), both(hintVi, hintEn)),
    );
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

function dividedGroups(
  nodes: readonly DataColumnNode[],
  path: PlanPath,
  ready: boolean,
): DividedGroup[] {
  return nodes.flatMap((node, index): DividedGroup[] => {
    if (node.columns === null) return [];
    const own: PlanPath = ready ? path : [...path, index];
    const inner = dividedGroups(node.columns, ready ? path : [...own, "columns"], ready);
    return node.split === null
      ? inner
      : [
          {
            split: node.split,
            columns: dataColumnLeaves(node.columns).map(({ id }) => id),
            path: ready ? path : [...own, "split"],
          },
          ...inner,
        ];
  });
}

/** A formula by the numbers under the columns: "4+5+6". Null when a column has none. */
function printByNumbers(formula: Formula, numbers: readonly (string | null)[]): string | null {
  // A number of its own would be read as that of a column.
  if (formula.kind === "number") return null;
  if (formula.kind === "column") return numbers[formula.index]?.split("=")[0] ?? null;
  const [left, right] = [
    printByNumbers(formula.left, numbers),
    printByNumbers(formula.right, numbers),
  ];
  if (left === null || right === null) return null;
  const strong = formula.sign === "*" || formula.sign === "/";
  const weak = (part: Formula): boolean =>
    part.kind === "operation" && (part.sign === "+" || part.sign === "-");
  const first = strong && weak(formula.left) ? `(${left})` : left;
  const second =
    (strong && formula.right.kind === "operation") || (formula.sign === "-" && weak(formula.right))
      ? `(${right})`
      : right;
  return `${first}${formula.sign === "*" ? "x" : formula.sign}${second}`;
}
