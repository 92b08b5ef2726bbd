import { ownValue } from "../base/own-value.js";
import {
  type Diagnostic,
  type PlanPath,
  type Place,
  type LocalizedText,
  both,
  following,
  isUnder,
  planError,
  printPath,
  withoutConsequences,
} from "../base/diagnostic.js";
import { MONEY_UNITS, type MoneyUnit } from "../base/money.js";
import { suggest } from "../base/suggest.js";
import { type Decimal, addDecimals, decimalOf, shiftDecimal } from "../base/numbers.js";
import { exactFigure, figureNames, findFigure } from "../plan/figure.js";
import type { NumberOrName, SheetRows } from "../plan/data-table.js";
import type { Plan, Programme, Project, WrittenProject } from "../plan/schema.js";
import { placedProjects } from "../plan/projects.js";
import type { Cell } from "../plan/typed-table.js";
import type { RowNode } from "./collect-rows.js";
import {
  type EvaluatedColumn,
  type EvaluatedTable,
  type EvaluatedRow,
  type Value,
  isNumber,
} from "./data-table.js";
import { evaluateTable } from "./evaluate-table.js";

/** A plan whose tables are evaluated and whose every amount is known: what templates work on. */
export type EvaluatedPlan = Omit<Plan, "programme"> & {
  readonly programme: Programme | null;
  readonly dataTables: ReadonlyMap<string, EvaluatedTable>;
};

/**
 * An evaluated plan, and what was wrong on the way. Its numbers may be used only when nothing was.
 */
export interface Evaluated {
  readonly plan: EvaluatedPlan;
  readonly problems: readonly Diagnostic[];
}

/**
 * Evaluate a plan's numbers: its tables in the order in which they need each other, and the
 * programme's amounts that are totals of tables. `sheets` are the rows that were read from
 * spreadsheets.
 */
export function evaluatePlan(plan: Plan, sheets: SheetRows): Evaluated {
  return new PlanEvaluator(plan, sheets).evaluate();
}

/** Findings of one table that are told one by one; of more, how many there are. */
const MAX_FINDINGS = 50;

class PlanEvaluator {
  readonly #problems: Diagnostic[] = [];
  readonly #dataTables = new Map<string, EvaluatedTable>();
  readonly #open = new Set<string>();
  /** Tables with findings of their own. */
  readonly #faulty = new Set<string>();

  constructor(
    private readonly plan: Plan,
    private readonly sheets: SheetRows,
  ) {}

  evaluate(): Evaluated {
    const { plan } = this;
    for (const [id, { rows }] of Object.entries(plan.tables))
      if (rows.kind !== "file" || this.sheets.has(id)) this.#dataTable(id);
    const programme: Programme | null =
      plan.programme === null
        ? null
        : {
            ...plan.programme,
            projects: plan.programme.projects.map((project, index) =>
              this.#project(project, ["programme", "projects", index]),
            ),
          };
    // In the order of the plan, whatever the order in which they were needed.
    const dataTables = new Map(
      Object.keys(plan.tables).flatMap((id) => {
        const dataTable = this.#dataTables.get(id);
        return dataTable ? [[id, dataTable] as const] : [];
      }),
    );
    return {
      plan: { ...plan, programme, dataTables },
      problems: this.#problems,
    };
  }

  /** A table by its id; null when it is being evaluated already. */
  #dataTable(id: string): EvaluatedTable | null {
    const known = this.#dataTables.get(id);
    if (known) return known;
    const written = ownValue(this.plan.tables, id);
    if (!written || this.#open.has(id)) return null;
    this.#open.add(id);
    const problems: Diagnostic[] = [];
    const evaluated = evaluateTable(
      id,
      written,
      {
        plan: this.plan,
        sheet: this.sheets.get(id) ?? [],
        numberOf: (name, at, unit) => this.#number(name, at, unit),
        amountOf: (project, source, path) => {
          const amount = this.#amount(project.funding?.[source] ?? null, path);
          return amount === null
            ? null
            : numberOf(inUnit(decimalOf(amount), this.plan.programme?.unit ?? null, written.unit));
        },
        columnsOf: (other) => this.#dataTable(other)?.columns ?? [],
        rowsOf: (other, path, label) =>
          this.#other(other, path, (dataTable) => takeRows(dataTable, label)),
        unitsOf: (other, path) =>
          this.#other(other, path, ({ rows }) =>
            rows.flatMap(({ unit }) => (unit === null ? [] : [unit])),
          ),
      },
      problems,
    );
    const reported = withoutEchoes(
      problems,
      ["tables", id],
      written.rows.kind === "from" && this.#faulty.has(written.rows.from),
    );
    if (reported.length > 0) this.#faulty.add(id);
    this.#problems.push(...reported.slice(0, MAX_FINDINGS));
    if (reported.length > MAX_FINDINGS)
      this.#problems.push(
        planError(
          "table-more",
          ["tables", id],
          both(
            `còn ${reported.length - MAX_FINDINGS} lỗi nữa trong bảng này`,
            `${reported.length - MAX_FINDINGS} more mistakes in this table`,
          ),
          both("sửa các lỗi trên rồi chạy lại", "correct those above and run again"),
        ),
      );
    this.#open.delete(id);
    this.#dataTables.set(id, evaluated);
    return evaluated;
  }

  #other<T>(id: string, path: PlanPath, use: (dataTable: EvaluatedTable) => T): T | null {
    const dataTable = this.#dataTable(id);
    if (dataTable !== null) return use(dataTable);
    if (Object.hasOwn(this.plan.tables, id)) this.#problems.push(circle({ in: "plan", path }, id));
    else
      this.#unknown({ in: "plan", path }, id, Object.keys(this.plan.tables), both("bảng", "table"));
    return null;
  }

  // --- Numbers by name -----------------------------------------------------------------------------------------------

  #number(name: NumberOrName, at: Place, unit: string | null): Decimal | null {
    if (typeof name === "number") return decimalOf(name);
    const [first = "", ...rest] = name.trim().split(".");
    if (first === "figures") return this.#figure(name, rest, at);
    if (first === "programme") return this.#programme(name, rest, at, unit);
    if (Object.hasOwn(this.plan.tables, first)) return this.#cell(name, first, rest, at, unit);
    if (/^\d/u.test(name.trim())) {
      const plain = /^(\d{1,3}(?:\.\d{3})+)(?:,(\d+))?/u.exec(name.trim());
      this.#problems.push({
        code: "number-form",
        severity: "error",
        at,
        message: both(
          `“${name}” không phải số, cũng không phải tên một số`,
          `“${name}” is no number, nor the name of one`,
        ),
        hint: plain
          ? both(
              `viết số liền, không dấu chấm: ${(plain[1] ?? "").replace(/\./gu, "")}${plain[2] === undefined ? "" : `.${plain[2]}`}`,
              `write it without dots: ${(plain[1] ?? "").replace(/\./gu, "")}${plain[2] === undefined ? "" : `.${plain[2]}`}`,
            )
          : both(
              "chỉ viết số, không kèm đơn vị; đơn vị ghi ở programme.unit",
              "write the number alone; its unit is programme.unit",
            ),
      });
      return null;
    }
    return this.#unknown(
      at,
      name,
      [
        ...figureNames(this.plan.figures),
        ...Object.keys(this.plan.tables).map((id) => `${id}.tong`),
        ...(this.plan.programme === null ? [] : ["programme.tong"]),
      ],
      both("số nào tên", "number called"),
    );
  }

  #figure(name: string, steps: readonly string[], at: Place): Decimal | null {
    const found = findFigure(this.plan.figures, steps);
    const part = found?.rest[0] === "parts" ? found.figure.parts?.[found.rest[1] ?? ""] : undefined;
    const value =
      found === null
        ? null
        : found.rest.length === 0
          ? exactFigure(found.figure)
          : part === undefined
            ? null
            : decimalOf(part.value);
    return (
      value ?? this.#unknown(at, name, figureNames(this.plan.figures), both("số liệu", "figure"))
    );
  }

  /** "programme.da2.tw", "programme.da2.tong", "programme.tong.tw", "programme.tong" */
  #programme(
    name: string,
    [target = "", source = "tong"]: readonly string[],
    at: Place,
    unit: string | null,
  ): Decimal | null {
    const { programme } = this.plan;
    const all = placedProjects(programme?.projects ?? []);
    const found = all.filter(({ project, depth }) =>
      target === "tong" ? depth === 1 : project.id === target,
    );
    if (
      programme === null ||
      found.length === 0 ||
      (source !== "tong" && !Object.hasOwn(programme.sources, source))
    ) {
      const names =
        programme === null
          ? []
          : ["tong", ...all.map(({ project }) => project.id)].flatMap((id) =>
              ["tong", ...Object.keys(programme.sources)].map((part) => `programme.${id}.${part}`),
            );
      return this.#unknown(at, name, names, both("khoản kinh phí", "amount"));
    }
    const sum = (project: WrittenProject, place: PlanPath): Decimal[] => [
      ...Object.entries(project.funding ?? {}).flatMap(([id, amount]): Decimal[] => {
        if (source !== "tong" && id !== source) return [];
        const known = this.#amount(amount, [...place, "funding", id]);
        return known === null ? [] : [decimalOf(known)];
      }),
      ...(project.projects ?? []).flatMap((sub, index) => sum(sub, [...place, "projects", index])),
    ];
    const given = found.flatMap(({ project, path: place }) => sum(project, place));
    // Not given is not zero.
    return given.length === 0 ? null : inUnit(addDecimals(given), programme.unit, unit);
  }

  /** "phan-bo.tong.nstw", "phan-bo.xa-an-khuong.nstw" */
  #cell(
    name: string,
    id: string,
    [row = "", column = ""]: readonly string[],
    at: Place,
    unit: string | null,
  ): Decimal | null {
    const dataTable = this.#dataTable(id);
    if (dataTable === null) {
      this.#problems.push(circle(at, id));
      return null;
    }
    const found = findCell(dataTable, row, column);
    if (found === null) return this.#unknown(at, name, cellNames(dataTable), both("ô", "cell"));
    if (isNumber(found.value)) return inUnit(found.value, found.column.unit, unit);
    this.#problems.push(
      at.in === "plan"
        ? following(
            planError(
              "cell-empty",
              at.path,
              both(`ô “${name}” không có số`, `the cell “${name}” has no number`),
              both(
                "điền số trong bảng, hoặc dẫn ô khác",
                "give it a number in the table, or name another cell",
              ),
            ),
            ["tables"],
          )
        : circle(at, id),
    );
    return null;
  }

  /** A programme's amount: as written, or the number it names, in the programme's unit. */
  #amount(amount: number | string | null, path: PlanPath): number | null {
    if (typeof amount !== "string") return amount;
    const value = this.#number(amount, { in: "plan", path }, this.plan.programme?.unit ?? null);
    return value === null ? null : numberOf(value);
  }

  #project(project: WrittenProject, path: PlanPath): Project {
    return {
      ...project,
      funding:
        project.funding === null
          ? null
          : Object.fromEntries(
              Object.entries(project.funding).map(([source, amount]) => [
                source,
                this.#amount(amount, [...path, "funding", source]),
              ]),
            ),
      projects:
        project.projects?.map((sub, index) => this.#project(sub, [...path, "projects", index])) ??
        null,
    };
  }

  #unknown(at: Place, name: string, names: readonly string[], what: LocalizedText): null {
    this.#problems.push({
      code: "unknown-number",
      severity: "error",
      at,
      follows: [["tables"]],
      message: both(`không có ${what.vi} “${name}”`, `there is no ${what.en} “${name}”`),
      hint: suggest(name, names, {
        none: both("kế hoạch chưa khai báo số nào loại này", "the plan declares none of this kind"),
      }),
    });
    return null;
  }
}

/**
 * One mistake, one finding: while a table, or the one it takes its rows from, has a mistake of its
 * own, numbers that do not come out in it are not reported; nor is what cannot be divided further
 * while what comes before it cannot be divided.
 */
function withoutEchoes(
  problems: readonly Diagnostic[],
  table: PlanPath,
  fromFaulty: boolean,
): readonly Diagnostic[] {
  const causes = withoutConsequences(problems, [table]);
  if (causes.length > 0 || fromFaulty) return causes;
  return problems.filter(({ follows = [] }) =>
    follows.every((path) => path.length === table.length || !problems.some(causeUnder(path))),
  );
}

/** A finding under a path that is not itself a consequence of what is there. */
function causeUnder(path: PlanPath): (finding: Diagnostic) => boolean {
  return ({ at, follows = [] }) =>
    at.in === "plan" &&
    isUnder(at.path, path) &&
    !follows.some((other) => printPath(other) === printPath(path));
}

/** A cell of an evaluated table by the names of its row and column. Null when there is none. */
export function findCell(
  dataTable: EvaluatedTable,
  row: string,
  column: string,
): {
  readonly value: Value;
  readonly column: EvaluatedColumn;
  readonly row: EvaluatedRow | null;
} | null {
  const index = dataTable.columns.findIndex(({ spec }) => spec.id === column);
  const evaluated = dataTable.columns[index];
  if (!evaluated) return null;
  if (row === "tong")
    return { value: dataTable.totals[index] ?? null, column: evaluated, row: null };
  const found = dataTable.rows.find(({ name }) => name === row);
  return found ? { value: found.cells[index] ?? null, column: evaluated, row: found } : null;
}

/** Names of a table's cells: those of the totals first. */
export function cellNames(dataTable: EvaluatedTable): string[] {
  const columns = dataTable.columns.filter(({ numeric }) => numeric).map(({ spec }) => spec.id);
  return [
    "tong",
    ...dataTable.rows
      .slice(0, 200)
      .flatMap(({ name, kind }) =>
        name === "" || kind === "total" || kind === "note" ? [] : [name],
      ),
  ].flatMap((row) => columns.map((column) => `${dataTable.id}.${row}.${column}`));
}

/**
 * The rows of an evaluated table, for another one: the same units in the same groups, with the
 * numbers they have there.
 */
function takeRows(dataTable: EvaluatedTable, label: string): RowNode[] {
  const named =
    dataTable.key ?? dataTable.columns.findIndex(({ spec }) => spec.kind === "text" && spec.show);
  const top: RowNode[] = [];
  const open: { readonly level: number; readonly children: RowNode[] }[] = [];
  for (const row of dataTable.rows) {
    if (row.kind !== "group" && (row.kind !== "item" || row.unit === null)) continue;
    const children: RowNode[] = [];
    const cells = Object.fromEntries(
      row.cells.flatMap((value, index): [string, Cell][] => {
        const spec = dataTable.columns[index]?.spec;
        if (
          value === null ||
          spec === undefined ||
          spec.kind === "order" ||
          (row.kind === "group" && isNumber(value))
        )
          return [];
        // A unit keeps the name that tells it from others.
        return [
          [
            spec.id,
            isNumber(value)
              ? numberOf(value)
              : index === dataTable.key && row.unit !== null
                ? row.unit
                : value,
          ],
        ];
      }),
    );
    // The other table may call its column of names otherwise.
    const name = row.unit ?? row.cells[named] ?? null;
    if (!Object.hasOwn(cells, label) && typeof name === "string") cells[label] = name;
    while ((open.at(-1)?.level ?? -1) >= row.level) open.pop();
    (open.at(-1)?.children ?? top).push({
      kind: "item",
      id: null,
      path: row.path,
      at: row.at,
      children,
      includes: [],
      cells,
    });
    open.push({ level: row.level, children });
  }
  return top;
}

/** The nearest JavaScript number: the very one for up to 15 digits. */
function numberOf({ digits, scale }: Decimal): number {
  return Number(digits) / 10 ** scale;
}

/** A number in another unit, when both are units of money. */
function inUnit(value: Decimal, from: string | null, to: string | null): Decimal {
  const [a, b] = [moneyUnit(from), moneyUnit(to)];
  return a === null || b === null || a === b
    ? value
    : shiftDecimal(value, MONEY_UNITS[a] - MONEY_UNITS[b]);
}

/** "Triệu đồng" as the unit of money it is. */
export function moneyUnit(unit: string | null): MoneyUnit | null {
  const name = unit?.toLowerCase() ?? "";
  return Object.hasOwn(MONEY_UNITS, name) ? (name as MoneyUnit) : null;
}

function circle(at: Place, id: string): Diagnostic {
  return {
    code: "table-circle",
    severity: "error",
    at,
    follows: [["tables"]],
    message: both(
      `bảng “${id}” cần số của chính nó`,
      `the table “${id}” needs a number of its own`,
    ),
    hint: both(
      "sửa các tham chiếu để không thành vòng",
      "change the references so that there is no circle",
    ),
  };
}
