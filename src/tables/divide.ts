import {
  type Diagnostic,
  type LocalizedText,
  type Place,
  type PlanPath,
  both,
  following,
  planError,
} from "../base/diagnostic.js";
import { apportion } from "../allocation/apportion.js";
import { type CriterionGroup, type Scores, weightOf, wholeWeights } from "../allocation/weights.js";
import { nearest } from "../base/nearest.js";
import { type Decimal, decimalOf, formatDecimal } from "../base/numbers.js";
import { didYouMean } from "../base/suggest.js";
import { foldText } from "../base/text.js";
import type { Allocate, NumberOrName } from "../plan/data-table.js";
import { type Division, type EvaluatedColumn, isNumber } from "./data-table.js";
import {
  groupNote,
  inSteps,
  inUnits,
  noMultiple,
  stepNote,
  stepsDown,
  stepsUp,
} from "./rounding-units.js";
import type { WorkRow } from "./table-work.js";
import { numberOrZero } from "./values.js";

/** What divisions work on: the rows and columns of one data table. */
export interface DivisionContext {
  readonly rows: readonly WorkRow[];
  readonly columns: readonly EvaluatedColumn[];
  readonly byId: ReadonlyMap<string, number>;
  readonly problems: Diagnostic[];
  readonly numberOf: (name: NumberOrName, at: Place, unit: string | null) => Decimal | null;
  /** Place of the division in the plan. */
  readonly path: PlanPath;
  /** Place of the table. */
  readonly table: PlanPath;
}

/**
 * Divide a column's total over the units, in the whole table or in each group of rows, and write
 * the shares into the rows.
 */
export function divideColumn(index: number, context: DivisionContext): Division[] {
  const column = context.columns[index] as EvaluatedColumn;
  const { allocate } = column.spec;
  if (allocate === null) return [];
  const units = context.rows.filter(({ unit }) => unit !== null);
  // A column of weights that is not there was told already.
  const weights = [
    ...(allocate.by === null || allocate.by === "equal" ? [] : [allocate.by]),
    ...(allocate.criteria ?? []).flatMap(({ criteria }) => criteria.map(({ of }) => of)),
  ];
  if (weights.some((id) => !context.byId.has(id))) return [];
  return inGroups(units, groupingOf([allocate.total]), context).flatMap(
    ({ group, rows }): Division[] => {
      const named =
        typeof allocate.total === "string"
          ? allocate.total.replace("*", group ?? "")
          : allocate.total;
      const total = context.numberOf(
        named,
        { in: "plan", path: [...context.path, "total"] },
        column.unit,
      );
      if (total === null) return [];
      const task = { total, rows, group, column, allocate, step: decimalOf(allocate.step) };
      const division = divideOver(task, context);
      if (division === null) return [];
      const shares = new Map(division.shares.map(({ id, share }) => [id, share]));
      for (const row of rows) {
        const share = shares.get(row.unit ?? "");
        row.cells[index] = share === undefined ? null : inUnits(share, division.step);
      }
      return [division];
    },
  );
}

/** One total that is divided over rows. */
interface DivisionTask {
  readonly total: Decimal;
  readonly rows: readonly WorkRow[];
  readonly group: string | null;
  readonly column: EvaluatedColumn;
  readonly allocate: Allocate;
  readonly step: Decimal;
}

/** Null when the total cannot be divided; then a finding says why. */
function divideOver(task: DivisionTask, context: DivisionContext): Division | null {
  const { rows, group, column, allocate, step } = task;
  const whole = inSteps(task.total, step);
  if (whole === null) return refuse(context, ["total"], oddTotal(task));
  const excluded = matchUnits(allocate.exclude, rows, ["exclude"], context);
  const fixed = matchUnits(Object.keys(allocate.fixed), rows, ["fixed"], context);
  if (excluded === null || fixed === null) return null;
  const taking = rows.filter(({ unit }) => !excluded.has(foldText(unit ?? "")));
  const weights = wholeWeights(taking.map((row) => weightOfRow(row, allocate, context)));
  const claimants = taking.map((row, index) => {
    const [floor, ceiling] = boundsOf(row, fixed, task, context);
    return { id: row.unit ?? "", weight: weights[index] ?? 0n, floor, ceiling };
  });
  const shared = apportion(whole, claimants, allocate.method);
  if (!shared.ok)
    // A unit that stands there twice is reported where it stands.
    return shared.reason.code === "id-twice"
      ? null
      : refuse(context, [], impossible(task, shared.reason.message));
  return {
    column: column.spec.id,
    title: column.spec.title,
    method: allocate.method,
    step,
    group,
    shares: shared.shares,
    weightOf: (unit) =>
      printWeight(
        rows.find((row) => row.unit === unit),
        allocate,
        context,
      ),
  };
}

/** The least and most that a row may be given, in rounding units; its fixed part is both. */
function boundsOf(
  row: WorkRow,
  fixed: ReadonlyMap<string, string>,
  { allocate, step }: DivisionTask,
  context: DivisionContext,
): readonly [floor: bigint, ceiling: bigint | null] {
  const name = fixed.get(foldText(row.unit ?? ""));
  if (name !== undefined) {
    const amount = inSteps(decimalOf(allocate.fixed[name] ?? 0), step);
    if (amount !== null) return [amount, amount];
    refuse(context, ["fixed", name], oddFixed(name, step));
  }
  const bound = (value: number | string | null): Decimal | null => {
    if (typeof value === "number") return decimalOf(value);
    const cell = value === null ? null : row.cells[context.byId.get(value) ?? -1];
    return isNumber(cell) ? cell : null;
  };
  const [least, most] = [bound(allocate.floor), bound(allocate.ceiling)];
  return [least === null ? 0n : stepsUp(least, step), most === null ? null : stepsDown(most, step)];
}

/** What is said of a division that cannot be made. */
interface Refusal {
  readonly message: LocalizedText;
  readonly hint: LocalizedText;
}

/** Such a finding may follow from any other mistake of the table. */
function refuse(context: DivisionContext, path: PlanPath, { message, hint }: Refusal): null {
  const finding = planError("allocation", [...context.path, ...path], message, hint);
  context.problems.push(following(finding, context.table));
  return null;
}

function oddTotal({ total, step }: DivisionTask): Refusal {
  const shown = formatDecimal(total);
  return {
    message: noMultiple(`tổng ${shown}`, `the total ${shown}`, step),
    hint: both("sửa tổng, hoặc đặt step nhỏ hơn", "correct the total, or use a smaller step"),
  };
}

function oddFixed(name: string, step: Decimal): Refusal {
  return {
    message: noMultiple(`phần ấn định của “${name}”`, `the fixed part of “${name}”`, step),
    hint: both("sửa số, hoặc đặt step nhỏ hơn", "correct it, or use a smaller step"),
  };
}

function impossible({ column, group, step }: DivisionTask, why: LocalizedText): Refusal {
  const { title } = column.spec;
  const [inGroup, scaled] = [groupNote(group), stepNote(step)];
  return {
    message: both(
      `không phân bổ được cột “${title}”${inGroup.vi}: ${why.vi}${scaled.vi}`,
      `the column “${title}” cannot be allocated${inGroup.en}: ${why.en}${scaled.en}`,
    ),
    hint: both(
      "xem lại tổng, mức tối thiểu, tối đa và trọng số",
      "look at the total, floors, ceilings and weights",
    ),
  };
}

/**
 * How a unit's weight is made up: "0,5 × 12 (Hộ nghèo) + max(0,4 × 3 (DTTS); 0,3 × 2 (Nhà tạm))".
 */
function printWeight(
  row: WorkRow | undefined,
  allocate: Allocate,
  context: DivisionContext,
): string {
  const column = (id: string): string => {
    const place = context.byId.get(id) ?? -1;
    return `${formatDecimal(numberOrZero(row?.cells[place]))} (${context.columns[place]?.spec.title ?? id})`;
  };
  if (allocate.by !== null)
    return allocate.by === "equal" && !context.byId.has("equal") ? "1" : column(allocate.by);
  const part = ({
    of,
    coefficient,
  }: {
    readonly of: string;
    readonly coefficient: number;
  }): string => `${formatDecimal(decimalOf(coefficient))} × ${column(of)}`;
  return (allocate.criteria ?? [])
    .map(({ kind, criteria }) => {
      const parts = criteria.map(part).join("; ");
      return kind === "highest" ? `max(${parts})` : parts;
    })
    .join(" + ");
}

function weightOfRow(row: WorkRow, allocate: Allocate, context: DivisionContext): Decimal {
  const valueOf = (id: string): Decimal => numberOrZero(row.cells[context.byId.get(id) ?? -1]);
  if (allocate.by !== null)
    return allocate.by === "equal" && !context.byId.has("equal")
      ? { digits: 1n, scale: 0 }
      : valueOf(allocate.by);
  const groups = (allocate.criteria ?? []).map(({ kind, criteria }): CriterionGroup => ({
    kind: kind === "highest" ? "highest" : "sum",
    of: criteria.map(({ of, coefficient }) => ({ id: of, coefficient: decimalOf(coefficient) })),
  }));
  const scores: Scores = new Map(
    groups.flatMap(({ of }) => of.map(({ id }) => [id, valueOf(id)] as const)),
  );
  return weightOf(scores, groups);
}

/**
 * Names of units as the table writes them; a name that is not there is a finding. Null when there
 * was one.
 */
function matchUnits(
  names: readonly string[],
  rows: readonly WorkRow[],
  path: PlanPath,
  context: DivisionContext,
): ReadonlyMap<string, string> | null {
  const known = new Set(rows.map(({ unit }) => foldText(unit ?? "")));
  const missing = names.filter((name) => !known.has(foldText(name)));
  for (const name of missing) {
    const near = nearest(
      name,
      rows.map(({ unit }) => unit ?? ""),
    );
    context.problems.push(
      planError(
        "unit-unknown",
        [...context.path, ...path],
        both(`bảng không có đơn vị “${name}”`, `the table has no unit “${name}”`),
        near === null
          ? both("viết đúng như ở cột tên đơn vị", "write it as the column of units does")
          : didYouMean(near),
      ),
    );
  }
  return missing.length > 0 ? null : new Map(names.map((name) => [foldText(name), name]));
}

/** A total with a star in its name is one for each group of rows. */
export function groupingOf(totals: readonly (number | string)[]): "table" | "group" {
  return totals.some((name) => String(name).includes("*")) ? "group" : "table";
}

/** The units of the whole table, or of each group of rows that has an id. */
export function inGroups(
  units: readonly WorkRow[],
  by: "table" | "group",
  context: DivisionContext,
): { readonly group: string | null; readonly rows: readonly WorkRow[] }[] {
  if (by === "table") return [{ group: null, rows: units }];
  const groups = new Map<string, WorkRow[]>();
  for (const row of units) {
    if (row.group === null) {
      context.problems.push(
        planError(
          "group-unnamed",
          row.node.path,
          both(
            `dòng “${row.unit ?? ""}” không thuộc nhóm nào có mã, nên không rõ tổng nào được chia`,
            `the row “${row.unit ?? ""}” is in no group with an id, so it is not clear which total is divided`,
          ),
          both("đặt id: cho dòng nhóm phía trên", "give the group's row an id:"),
        ),
      );
      return [];
    }
    const list = groups.get(row.group);
    if (list) list.push(row);
    else groups.set(row.group, [row]);
  }
  return [...groups].map(([group, rows]) => ({ group, rows }));
}
