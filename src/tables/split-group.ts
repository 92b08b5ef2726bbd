import {
  type Diagnostic,
  type LocalizedText,
  type PlanPath,
  both,
  following,
  planError,
} from "../base/diagnostic.js";
import { apportion } from "../allocation/apportion.js";
import { type Margin, fillTwoWay } from "../allocation/two-way.js";
import { wholeWeights } from "../allocation/weights.js";
import { type Decimal, decimalOf, formatDecimal } from "../base/numbers.js";
import type { Split } from "../plan/data-table.js";
import { type SplitCell, isNumber } from "./data-table.js";
import { type DivisionContext, groupingOf, inGroups } from "./divide.js";
import { groupNote, inSteps, inUnits, noMultiple, stepNote } from "./rounding-units.js";
import type { WorkRow } from "./table-work.js";
import { numberOrZero } from "./values.js";

/** A mistake of a two-way division: it may follow from the division of the column it divides. */
function splitError(
  path: PlanPath,
  message: LocalizedText,
  hint: LocalizedText,
  { table }: DivisionContext,
): Diagnostic {
  const columns = ["columns", "adjust"].map((part) => [...table, part]);
  return following(planError("split", path, message, hint), table, ...columns);
}

/** A group of columns over which the totals of rows are divided. */
interface SplitTask {
  readonly split: Split;
  readonly columns: readonly string[];
  readonly step: Decimal;
  /** Place of the column of totals among all columns. */
  readonly source: number;
}

/** The rows of the table, or of one of its groups. */
interface SplitRows {
  readonly group: string | null;
  readonly rows: readonly WorkRow[];
}

/** The total of a column; null in `given` where the plan leaves it open. */
interface ColumnMargin extends Margin {
  readonly given: boolean;
}

/**
 * Divide the totals of rows over the columns of a group so that both margins hold, and write the
 * numbers into the rows.
 */
export function splitGroup(
  split: Split,
  columns: readonly string[],
  context: DivisionContext,
): SplitCell[] {
  const source = context.byId.get(split.of);
  if (source === undefined || !namesItsColumns(split, columns, context)) return [];
  const task = { split, columns, source, step: decimalOf(split.step) };
  const units = context.rows.filter(({ unit, cells }) => unit !== null && isNumber(cells[source]));
  return inGroups(units, groupingOf(Object.values(split.totals ?? {})), context).flatMap((rows) =>
    splitRows(task, rows, context),
  );
}

function splitRows(
  task: SplitTask,
  { group, rows }: SplitRows,
  context: DivisionContext,
): SplitCell[] {
  const { step, source } = task;
  const margins = rows.map((row) => ({
    id: row.unit ?? "",
    total: inSteps(numberOrZero(row.cells[source]), step),
  }));
  const odd = margins.find(({ total }) => total === null);
  if (odd)
    return refuse(context, ["of"], {
      message: noMultiple(`tổng của “${odd.id}”`, `the total of “${odd.id}”`, step),
      hint: SMALLER_STEP,
    });
  const across = margins.map(({ id, total }) => ({ id, total: total ?? 0n }));
  const whole = across.reduce((sum, { total }) => sum + total, 0n);
  const down = columnMargins(task, whole, group, context);
  if (down === null) return [];
  const filled = fillTwoWay(across, down);
  if (!filled.ok) return refuse(context, [], impossible(filled.message, group, step));
  return rows.flatMap((row, r) =>
    task.columns.flatMap((id, c): SplitCell[] => {
      // A column whose total is not given has no numbers, which is not the same as zeros.
      if (down[c]?.given === false) return [];
      const value = filled.cells[r]?.[c] ?? 0n;
      const place = context.byId.get(id) ?? -1;
      row.cells[place] = inUnits(value, step);
      return [
        {
          column: id,
          title: context.columns[place]?.spec.title ?? id,
          unit: row.unit ?? "",
          group,
          row: across[r]?.total ?? 0n,
          down: down[c]?.total ?? 0n,
          whole,
          value,
        },
      ];
    }),
  );
}

/** Whether totals or ratios are given for the group's columns, and for no others. */
function namesItsColumns(
  split: Split,
  columns: readonly string[],
  context: DivisionContext,
): boolean {
  const named = Object.keys(split.totals ?? split.ratio ?? {});
  const part = split.totals === null ? "ratio" : "totals";
  const stray = named.find((id) => !columns.includes(id));
  const missing = columns.find((id) => !named.includes(id));
  if (stray !== undefined)
    refuse(context, [part, stray], {
      message: both(`nhóm cột không có cột “${stray}”`, `the group has no column “${stray}”`),
      hint: both(`các cột: ${columns.join(", ")}`, `columns: ${columns.join(", ")}`),
    });
  else if (missing !== undefined)
    refuse(context, [part], {
      message: both(`thiếu cột “${missing}”`, `the column “${missing}” is missing`),
      hint: both(
        "ghi cho mọi cột trong nhóm; 0 nếu không có",
        "give every column of the group; 0 for none",
      ),
    });
  return stray === undefined && missing === undefined;
}

/** Totals of the columns, in rounding units: by ratio, or as given. Null when they cannot be. */
function columnMargins(
  task: SplitTask,
  whole: bigint,
  group: string | null,
  context: DivisionContext,
): readonly ColumnMargin[] | null {
  const { split, columns } = task;
  if (split.ratio === null) return givenMargins(task, group, context);
  const weights = wholeWeights(columns.map((id) => decimalOf(split.ratio?.[id] ?? 0)));
  const shared = apportion(
    whole,
    columns.map((id, index) => ({ id, weight: weights[index] ?? 0n, floor: 0n, ceiling: null })),
  );
  if (shared.ok) return shared.shares.map(({ id, share }) => ({ id, total: share, given: true }));
  const { message } = shared.reason;
  refuse(context, ["ratio"], { message, hint: both("xem lại tỷ lệ", "look at the ratio") });
  return null;
}

function givenMargins(
  { split, columns, step }: SplitTask,
  group: string | null,
  context: DivisionContext,
): readonly ColumnMargin[] | null {
  const margins = columns.map((id): ColumnMargin | null => {
    const { unit = null } = context.columns[context.byId.get(id) ?? -1] ?? {};
    const name = split.totals?.[id] ?? 0;
    const named = typeof name === "string" ? name.replace("*", group ?? "") : name;
    const path = [...context.path, "totals", id];
    const total = context.numberOf(named, { in: "plan", path }, unit);
    if (total === null) return { id, total: 0n, given: false };
    const steps = inSteps(total, step);
    if (steps !== null) return { id, total: steps, given: true };
    const shown = formatDecimal(total);
    refuse(context, ["totals", id], {
      message: noMultiple(`tổng ${shown}`, `the total ${shown}`, step),
      hint: SMALLER_STEP,
    });
    return null;
  });
  return margins.every((margin) => margin !== null) ? margins : null;
}

/** What is said of a two-way division that cannot be made. */
interface Refusal {
  readonly message: LocalizedText;
  readonly hint: LocalizedText;
}

function refuse(context: DivisionContext, path: PlanPath, { message, hint }: Refusal): SplitCell[] {
  context.problems.push(splitError([...context.path, ...path], message, hint, context));
  return [];
}

const SMALLER_STEP = both("đặt step nhỏ hơn", "use a smaller step");

function impossible(why: LocalizedText, group: string | null, step: Decimal): Refusal {
  const [inGroup, scaled] = [groupNote(group), stepNote(step)];
  return {
    message: both(
      `không chia hai chiều được${inGroup.vi}: ${why.vi}${scaled.vi}`,
      `no two-way division${inGroup.en}: ${why.en}${scaled.en}`,
    ),
    hint: both(
      "sửa tổng của các hàng hoặc của các cột cho bằng nhau",
      "make the totals of rows and of columns equal",
    ),
  };
}
