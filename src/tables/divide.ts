import {
  type Diagnostic,
  type PlanPath,
  type Place,
  type LocalizedText,
  both,
  following,
  planError,
} from "../base/diagnostic.js";
import { nearest } from "../base/nearest.js";
import { type Decimal, decimalOf, formatDecimal, trimDecimal } from "../base/numbers.js";
import { foldText } from "../base/text.js";
import type { Allocate, NumberOrName, Split } from "../plan/data-table.js";
import { apportion } from "../allocation/apportion.js";
import { numberOrZero } from "./values.js";
import { type Division, type EvaluatedColumn, type SplitCell, isNumber } from "./data-table.js";
import type { WorkRow } from "./evaluate-table.js";
import { type Margin, fillTwoWay } from "../allocation/two-way.js";
import { type CriterionGroup, type Scores, weightOf, wholeWeights } from "../allocation/weights.js";

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
  return inGroups(units, String(allocate.total).includes("*"), context).flatMap(
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
      const division = divideOver(total, rows, allocate, column, context, group);
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

function divideOver(
  total: Decimal,
  rows: readonly WorkRow[],
  allocate: Allocate,
  column: EvaluatedColumn,
  context: DivisionContext,
  group: string | null,
): Division | null {
  const refuse = (path: PlanPath, message: LocalizedText, hint: LocalizedText): null => {
    context.problems.push(
      following(planError("allocation", [...context.path, ...path], message, hint), context.table),
    );
    return null;
  };
  const step = decimalOf(allocate.step);
  const whole = inSteps(total, step);
  if (whole === null)
    return refuse(
      ["total"],
      both(
        `tổng ${formatDecimal(total)} không chia hết cho đơn vị làm tròn ${formatDecimal(step)}`,
        `the total ${formatDecimal(total)} is no multiple of the rounding unit ${formatDecimal(step)}`,
      ),
      both("sửa tổng, hoặc đặt step nhỏ hơn", "correct the total, or use a smaller step"),
    );
  const excluded = matchUnits(allocate.exclude, rows, ["exclude"], context);
  const fixed = matchUnits(Object.keys(allocate.fixed), rows, ["fixed"], context);
  if (excluded === null || fixed === null) return null;
  const taking = rows.filter(({ unit }) => !excluded.has(foldText(unit ?? "")));
  const weights = wholeWeights(taking.map((row) => weightOfRow(row, allocate, context)));
  const bounds = taking.map((row): readonly [bigint, bigint | null] => {
    const name = fixed.get(foldText(row.unit ?? ""));
    if (name !== undefined) {
      const amount = inSteps(decimalOf(allocate.fixed[name] ?? 0), step);
      if (amount !== null) return [amount, amount];
      refuse(
        ["fixed", name],
        both(
          `phần ấn định của “${name}” không chia hết cho đơn vị làm tròn ${formatDecimal(step)}`,
          `the fixed part of “${name}” is no multiple of the rounding unit ${formatDecimal(step)}`,
        ),
        both("sửa số, hoặc đặt step nhỏ hơn", "correct it, or use a smaller step"),
      );
    }
    const bound = (value: number | string | null): Decimal | null => {
      if (value === null || typeof value === "number")
        return value === null ? null : decimalOf(value);
      const cell = row.cells[context.byId.get(value) ?? -1];
      return isNumber(cell) ? cell : null;
    };
    const [least, most] = [bound(allocate.floor), bound(allocate.ceiling)];
    // A floor is rounded up to whole rounding units, a ceiling down: neither is broken.
    return [
      least === null ? 0n : stepsUp(least, step),
      most === null ? null : stepsDown(most, step),
    ];
  });
  const claimants = taking.map(({ unit }, place) => {
    const [floor, ceiling] = bounds[place] ?? [0n, null];
    return { id: unit ?? "", weight: weights[place] ?? 0n, floor, ceiling };
  });
  const shared = apportion(whole, claimants, allocate.method);
  if (!shared.ok) {
    // A unit that stands there twice is reported where it stands.
    if (shared.reason.code === "id-twice") return null;
    const { message } = shared.reason;
    const inGroup =
      group === null ? both("", "") : both(` trong nhóm “${group}”`, ` in the group “${group}”`);
    const scaled =
      formatDecimal(step) === "1"
        ? both("", "")
        : both(` (tính bằng ${formatDecimal(step)})`, ` (in units of ${formatDecimal(step)})`);
    return refuse(
      [],
      both(
        `không phân bổ được cột “${column.spec.title}”${inGroup.vi}: ${message.vi}${scaled.vi}`,
        `the column “${column.spec.title}” cannot be allocated${inGroup.en}: ${message.en}${scaled.en}`,
      ),
      both(
        "xem lại tổng, mức tối thiểu, tối đa và trọng số",
        "look at the total, floors, ceilings and weights",
      ),
    );
  }
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
          : both(`có phải là “${near}”?`, `did you mean “${near}”?`),
      ),
    );
  }
  return missing.length > 0 ? null : new Map(names.map((name) => [foldText(name), name]));
}

/** The units of the whole table, or of each group of rows that has an id. */
function inGroups(
  units: readonly WorkRow[],
  grouped: boolean,
  context: DivisionContext,
): { readonly group: string | null; readonly rows: readonly WorkRow[] }[] {
  if (!grouped) return [{ group: null, rows: units }];
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

// --- Two ways --------------------------------------------------------------------------------------------------------

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
  if (source === undefined) return [];
  const refuse = (path: PlanPath, message: LocalizedText, hint: LocalizedText): SplitCell[] => {
    context.problems.push(splitError([...context.path, ...path], message, hint, context));
    return [];
  };
  const named = Object.keys(split.totals ?? split.ratio ?? {});
  const part = split.totals === null ? "ratio" : "totals";
  const [stray, missing] = [
    named.find((id) => !columns.includes(id)),
    columns.find((id) => !named.includes(id)),
  ];
  if (stray !== undefined)
    return refuse(
      [part, stray],
      both(`nhóm cột không có cột “${stray}”`, `the group has no column “${stray}”`),
      both(`các cột: ${columns.join(", ")}`, `columns: ${columns.join(", ")}`),
    );
  if (missing !== undefined)
    return refuse(
      [part],
      both(`thiếu cột “${missing}”`, `the column “${missing}” is missing`),
      both(
        "ghi cho mọi cột trong nhóm; 0 nếu không có",
        "give every column of the group; 0 for none",
      ),
    );
  const step = decimalOf(split.step);
  const names = Object.values(split.totals ?? {});
  const units = context.rows.filter(({ unit, cells }) => unit !== null && isNumber(cells[source]));
  return inGroups(
    units,
    names.some((name) => String(name).includes("*")),
    context,
  ).flatMap(({ group, rows }): SplitCell[] => {
    const margins = rows.map((row) => ({
      id: row.unit ?? "",
      total: inSteps(numberOrZero(row.cells[source]), step),
    }));
    const odd = margins.find(({ total }) => total === null);
    if (odd)
      return refuse(
        ["of"],
        both(
          `tổng của “${odd.id}” không chia hết cho đơn vị làm tròn ${formatDecimal(step)}`,
          `the total of “${odd.id}” is no multiple of the rounding unit ${formatDecimal(step)}`,
        ),
        both("đặt step nhỏ hơn", "use a smaller step"),
      );
    const across = margins.map(({ id, total }) => ({ id, total: total ?? 0n }));
    const down = downMargins(
      split,
      columns,
      across.reduce((sum, { total }) => sum + total, 0n),
      step,
      group,
      context,
    );
    if (down === null) return [];
    const filled = fillTwoWay(across, down);
    if (!filled.ok) {
      const inGroup =
        group === null ? both("", "") : both(` trong nhóm “${group}”`, ` in the group “${group}”`);
      return refuse(
        [],
        both(
          `không chia hai chiều được${inGroup.vi}: ${filled.message.vi}${formatDecimal(step) === "1" ? "" : ` (tính bằng ${formatDecimal(step)})`}`,
          `no two-way division${inGroup.en}: ${filled.message.en}${formatDecimal(step) === "1" ? "" : ` (in units of ${formatDecimal(step)})`}`,
        ),
        both(
          "sửa tổng của các hàng hoặc của các cột cho bằng nhau",
          "make the totals of rows and of columns equal",
        ),
      );
    }
    const whole = across.reduce((sum, { total }) => sum + total, 0n);
    return rows.flatMap((row, r) =>
      columns.flatMap((id, c): SplitCell[] => {
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
  });
}

function downMargins(
  split: Split,
  columns: readonly string[],
  whole: bigint,
  step: Decimal,
  group: string | null,
  context: DivisionContext,
): (Margin & { readonly given: boolean })[] | null {
  if (split.ratio !== null) {
    const weights = wholeWeights(columns.map((id) => decimalOf(split.ratio?.[id] ?? 0)));
    const shared = apportion(
      whole,
      columns.map((id, index) => ({ id, weight: weights[index] ?? 0n, floor: 0n, ceiling: null })),
    );
    if (shared.ok) return shared.shares.map(({ id, share }) => ({ id, total: share, given: true }));
    context.problems.push(
      splitError(
        [...context.path, "ratio"],
        shared.reason.message,
        both("xem lại tỷ lệ", "look at the ratio"),
        context,
      ),
    );
    return null;
  }
  const margins = columns.map((id) => {
    const column = context.columns[context.byId.get(id) ?? -1];
    const name = split.totals?.[id] ?? 0;
    const path = [...context.path, "totals", id];
    const total = context.numberOf(
      typeof name === "string" ? name.replace("*", group ?? "") : name,
      { in: "plan", path },
      column?.unit ?? null,
    );
    if (total === null) return { id, total: 0n, given: false };
    const steps = inSteps(total, step);
    if (steps === null) {
      context.problems.push(
        splitError(
          path,
          both(
            `tổng ${formatDecimal(total)} không chia hết cho đơn vị làm tròn ${formatDecimal(step)}`,
            `the total ${formatDecimal(total)} is no multiple of the rounding unit ${formatDecimal(step)}`,
          ),
          both("đặt step nhỏ hơn", "use a smaller step"),
          context,
        ),
      );
    }
    return { id, total: steps, given: true };
  });
  return margins.every((margin): margin is Margin & { given: boolean } => margin.total !== null)
    ? margins
    : null;
}

// --- Rounding units ----------------------------------------------------------------------------------------------------

/** How many rounding units an amount is; null when it is no whole number of them. */
function inSteps(amount: Decimal, step: Decimal): bigint | null {
  const [numerator, denominator] = overStep(amount, step);
  return numerator % denominator === 0n ? numerator / denominator : null;
}

function stepsUp(amount: Decimal, step: Decimal): bigint {
  const [numerator, denominator] = overStep(amount, step);
  return (numerator + denominator - 1n) / denominator;
}

function stepsDown(amount: Decimal, step: Decimal): bigint {
  const [numerator, denominator] = overStep(amount, step);
  return numerator / denominator;
}

function overStep(amount: Decimal, step: Decimal): readonly [bigint, bigint] {
  const scale = Math.max(amount.scale, step.scale);
  return [
    amount.digits * 10n ** BigInt(scale - amount.scale),
    step.digits * 10n ** BigInt(scale - step.scale),
  ];
}

function inUnits(count: bigint, step: Decimal): Decimal {
  return trimDecimal({ digits: count * step.digits, scale: step.scale });
}
