import { listNames } from "../base/list-names.js";
import { type Diagnostic, type PlanPath, both, planError } from "../base/diagnostic.js";
import type { Allocate, Split } from "../plan/data-table.js";
import type { EvaluatedColumn } from "./data-table.js";
import { formulaColumns } from "./formula.js";

/** Columns over which a row's total is divided. */
export interface DividedGroup {
  readonly split: Split;
  readonly columns: readonly string[];
  readonly path: PlanPath;
}

/** Columns, and what each is computed from. */
interface ColumnNeeds {
  readonly columns: readonly EvaluatedColumn[];
  readonly byId: ReadonlyMap<string, number>;
  /** The group that divides a row's total over this column and others. */
  readonly splitOf: (column: string) => DividedGroup | null;
  /** Place of a field of a column in the plan. */
  readonly pathOf: (column: string, field: string) => PlanPath;
}

/**
 * An order of columns in which each comes after those it is computed from.
 * Errors: columns computed from themselves, an allocation by a column that is not there or has no
 * numbers.
 */
export function orderColumns(needs: ColumnNeeds): {
  readonly order: readonly number[];
  readonly problems: readonly Diagnostic[];
} {
  const sorter = new ColumnSorter(needs);
  needs.columns.forEach((_, index) => sorter.visit(index));
  return sorter;
}

/** Sorts by depth-first search. Source: Cormen and others, Introduction to Algorithms, 20.4. */
class ColumnSorter {
  readonly order: number[] = [];
  readonly problems: Diagnostic[] = [];
  readonly #state: ("new" | "open" | "done")[];

  constructor(private readonly needs: ColumnNeeds) {
    this.#state = needs.columns.map(() => "new");
  }

  visit(index: number): void {
    const column = this.needs.columns[index];
    if (column === undefined || this.#state[index] === "done") return;
    if (this.#state[index] === "open") {
      this.problems.push(this.#circle(column));
      this.#state[index] = "done";
      return;
    }
    this.#state[index] = "open";
    for (const needed of this.#neededBy(column)) this.visit(needed);
    // A circle that came back here has settled this column.
    if (this.#isDone(index)) return;
    this.#state[index] = "done";
    this.order.push(index);
  }

  #isDone(index: number): boolean {
    return this.#state[index] === "done";
  }

  #neededBy(column: EvaluatedColumn): readonly number[] {
    const { spec, formula } = column;
    const group = this.needs.splitOf(spec.id);
    const named = [
      ...(spec.allocate === null ? [] : this.#allocationNames(spec.allocate)),
      ...(group === null ? [] : [{ id: group.split.of, use: "chia" }]),
    ];
    return [
      ...(formula === null ? [] : formulaColumns(formula)),
      ...named.flatMap(({ id, use }) => this.#find(id, use, column)),
    ];
  }

  /** Columns that an allocation names, with the words that say for what. */
  #allocationNames({ by, criteria, floor, ceiling }: Allocate): readonly NamedColumn[] {
    return [
      ...(by !== null && (by !== "equal" || this.needs.byId.has("equal"))
        ? [{ id: by, use: "theo" }]
        : []),
      ...(criteria ?? []).flatMap((group) =>
        group.criteria.map(({ of }) => ({ id: of, use: "theo" })),
      ),
      ...(typeof floor === "string" ? [{ id: floor, use: "với mức tối thiểu ở" }] : []),
      ...(typeof ceiling === "string" ? [{ id: ceiling, use: "với mức tối đa ở" }] : []),
    ];
  }

  #find(id: string, use: string, column: EvaluatedColumn): readonly number[] {
    const { byId, columns, pathOf } = this.needs;
    const index = byId.get(id);
    const found = index === undefined ? undefined : columns[index];
    const path = pathOf(column.spec.id, "allocate");
    if (index === undefined || found === undefined) {
      this.problems.push(missingColumn({ id, use }, [...byId.keys()], path));
      return [];
    }
    if (!found.numeric) this.problems.push(notOfNumbers({ id, use }, found.spec.kind, path));
    return [index];
  }

  #circle({ spec, formula }: EvaluatedColumn): Diagnostic {
    return planError(
      "formula-circle",
      this.needs.pathOf(spec.id, formula === null ? "allocate" : "formula"),
      both(
        `cột “${spec.title}” tính từ chính nó`,
        `the column “${spec.title}” is computed from itself`,
      ),
      both(
        "đổi cột được dùng để không thành vòng",
        "use another column so that there is no circle",
      ),
    );
  }
}

/** A column by its name, and the Vietnamese words for its part in the allocation. */
interface NamedColumn {
  readonly id: string;
  readonly use: string;
}

function missingColumn(
  { id, use }: NamedColumn,
  ids: readonly string[],
  path: PlanPath,
): Diagnostic {
  return planError(
    "unknown-column",
    path,
    both(
      `phân bổ ${use} cột “${id}”, bảng không có cột đó`,
      `the allocation names the column “${id}”, which is not there`,
    ),
    both(`các cột: ${listNames(ids)}`, `columns: ${listNames(ids)}`),
  );
}

function notOfNumbers({ id, use }: NamedColumn, kind: string, path: PlanPath): Diagnostic {
  return planError(
    "not-a-number",
    path,
    both(
      `phân bổ ${use} cột “${id}”, nhưng đó là cột ${kind}, không phải cột số`,
      `the allocation uses the column “${id}”, which is of the kind ${kind} and not of numbers`,
    ),
    both(
      "dùng một cột count, money hoặc percent",
      "use a column of the kind count, money or percent",
    ),
  );
}
