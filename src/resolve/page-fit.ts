import { at } from "../base/list.js";
import type { DataColumn } from "../plan/data-table.js";
import { DEFAULT_PROFILE } from "../plan/profile.js";
import { type EvaluatedColumn, type EvaluatedTable, isNumber } from "../tables/data-table.js";
import type { EvaluatedPlan } from "../tables/evaluate-plan.js";
import { formatColumnNumber } from "./format-value.js";

/**
 * Estimates by letters of how wide tables are, made before layout measures them: they choose
 * between an upright and a landscape page, and give names of rows room.
 */

/** Width of a usual letter of twelve points, in millimetres. */
const LETTER_WIDTH = 2.15;
/** Room at both sides of a cell's text, in millimetres. */
const CELL_PADDING = 4;
/** Width of the text of an upright page, in millimetres. */
const PORTRAIT_WIDTH = 165;
/** Letters of a column that want to stand in one line: of names, of other text, of marks. */
const NAME_LETTERS = 18;
const TEXT_LETTERS = 16;
const MARK_LETTERS = 3;
/** The least width a column may be given, in millimetres. */
const MIN_WIDTH = 5;

/** Size of letters in a plan's tables, in points. */
export function tableSize({ profile }: EvaluatedPlan): number {
  return (profile ?? DEFAULT_PROFILE).tableSize;
}

/**
 * Whether a table goes onto an upright page without breaking words or numbers. `size` is that of
 * letters in tables, in points.
 */
export function fitsPortrait(table: EvaluatedTable, size: number): boolean {
  const widths = table.columns.map((column, index) =>
    column.spec.show ? estimatedWidth(table, column, index, size) : 0,
  );
  return widths.reduce((sum, width) => sum + width, 0) <= PORTRAIT_WIDTH;
}

/**
 * The column as it asks for its width. The column that names rows is, where the plan asks for
 * nothing, as wide as most names.
 */
export function columnWithNameWidth(
  table: EvaluatedTable,
  index: number,
  size: number,
): DataColumn {
  const { spec } = at(table.columns, index);
  const free = spec.width === null && spec.minWidth === null && spec.maxWidth === null;
  if (!free || index !== nameColumn(table)) return spec;
  const wanted = Math.round(widthOf(longestName(table, index), size));
  return { ...spec, minWidth: Math.max(MIN_WIDTH, wanted) };
}

function estimatedWidth(
  { rows }: EvaluatedTable,
  column: EvaluatedColumn,
  index: number,
  size: number,
): number {
  const { spec } = column;
  const head = widthOf(longestWord(spec), size);
  if (spec.kind === "order") return Math.max(head, widthOf(MARK_LETTERS, size));
  const letters = rows.map(({ kind, cells }) => {
    const value = kind === "note" ? null : (cells[index] ?? null);
    if (value === null) return 0;
    return isNumber(value)
      ? formatColumnNumber(value, column).length
      : Math.min(value.length, TEXT_LETTERS);
  });
  return Math.max(head, spec.minWidth ?? 0, widthOf(greatest(letters), size));
}

/** Width of so many letters in a cell, in millimetres. */
function widthOf(letters: number, size: number): number {
  return (letters * LETTER_WIDTH * size) / 12 + CELL_PADDING;
}

function nameColumn({ columns }: EvaluatedTable): number {
  return columns.findIndex(({ spec }) => spec.kind === "text" && spec.show);
}

function longestName({ rows }: EvaluatedTable, index: number): number {
  const lengths = rows.map(({ kind, cells }) => {
    const value = kind === "note" ? null : cells[index];
    return typeof value === "string" ? Math.min(value.length, NAME_LETTERS) : 0;
  });
  return greatest(lengths);
}

function longestWord({ title }: DataColumn): number {
  return greatest(title.split(/\s+/u).map((word) => word.length));
}

/** The greatest of some lengths, 0 for none; a table has more rows than a call takes arguments. */
function greatest(lengths: readonly number[]): number {
  return lengths.reduce((most, length) => Math.max(most, length), 0);
}
