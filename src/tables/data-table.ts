import type { Place } from "../base/diagnostic.js";
import type { Decimal } from "../base/numbers.js";
import type { DataColumn, DataColumnNode, Method } from "../plan/data-table.js";
import type { Share } from "../allocation/apportion.js";
import type { Formula } from "./formula.js";

/**
 * What a cell holds: text, an exact number, or nothing. Nothing is not zero. Dates are text,
 * "2024-06-30".
 */
export type Value = string | Decimal | null;

/** A column of an evaluated data table. */
export interface EvaluatedColumn {
  readonly spec: DataColumn;
  readonly numeric: boolean;
  readonly formula: Formula | null;
  readonly totals: "sum" | "recompute" | "none";
  /** "hộ", "triệu đồng"; null when the plan does not say. */
  readonly unit: string | null;
  /** What stands under its name: "3=4+5". */
  readonly number: string | null;
  /** Decimals of a rate are always shown; those of other numbers as far as they go. */
  readonly fixedPlaces: number;
}

/** A row of an evaluated data table, in the order of printing. */
export interface EvaluatedRow {
  readonly kind: "group" | "item" | "includes" | "sub-total" | "total" | "note";
  /** 0 for the outermost rows. */
  readonly level: number;
  /** "I", "1", "-" */
  readonly mark: string;
  /** By which citations name it: "tong", "xa-an-khuong". */
  readonly name: string;
  /** The unit it belongs to; null for rows of none. */
  readonly unit: string | null;
  /** By column. */
  readonly cells: readonly Value[];
  /** Rows that add up to it, by their places in the list. */
  readonly parts: readonly number[];
  readonly path: readonly (string | number)[];
  readonly at: (column: string | null) => Place;
}

/** How a column was divided over the units. */
export interface Division {
  readonly column: string;
  readonly title: string;
  readonly method: Method;
  readonly step: Decimal;
  /** The group of rows it was divided in; null for the whole table. */
  readonly group: string | null;
  readonly shares: readonly Share[];
  /** How a unit came by its weight: "0,5 × 12 + 0,2 × 7". */
  readonly weightOf: (unit: string) => string;
}

/**
 * A cell of a two-way division: its row's and its column's totals, and the whole. In whole rounding
 * units.
 */
export interface SplitCell {
  readonly column: string;
  readonly title: string;
  readonly unit: string;
  readonly group: string | null;
  readonly row: bigint;
  readonly down: bigint;
  readonly whole: bigint;
  readonly value: bigint;
}

/** A table whose every number is known. */
export interface EvaluatedTable {
  readonly id: string;
  readonly title: string | null;
  readonly unit: string | null;
  readonly note: string | null;
  readonly head: readonly DataColumnNode[];
  /** All columns, shown or not, from left to right. */
  readonly columns: readonly EvaluatedColumn[];
  readonly rows: readonly EvaluatedRow[];
  /** The column that names the units; null when rows belong to none. */
  readonly key: number | null;
  readonly allAssignees: string | null;
  /** Totals by column, whether or not there is a row for them. */
  readonly totals: readonly Value[];
  readonly divisions: readonly Division[];
  readonly splits: readonly SplitCell[];
  readonly path: readonly (string | number)[];
}

/** Whether a value is a number. */
export function isNumber(value: Value | undefined): value is Decimal {
  return typeof value === "object" && value !== null;
}
