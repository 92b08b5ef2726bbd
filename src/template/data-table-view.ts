import {
  type EvaluatedColumn,
  type EvaluatedTable,
  type EvaluatedRow,
  type Value,
  isNumber,
} from "../tables/data-table.js";
import type { EvaluatedPlan } from "../tables/evaluate-plan.js";
import { formatShortDate } from "../base/dates.js";
import { type PlanPath, printPath } from "../base/diagnostic.js";
import { formatDecimal } from "../base/numbers.js";
import type { DataColumn, DataColumnNode } from "../plan/data-table.js";
import { DEFAULT_PROFILE } from "../plan/profile.js";
import { Markup, escapeText } from "../resolve/markup.js";
import { type HeadColumn, type RenderText, headView, italic, shareName } from "./table-view.js";
import type { CellView, RowView } from "./view-types.js";

/**
 * Shares, head and rows of an evaluated table of numbers, as templates see them. `size` is that of
 * letters in tables, in points.
 */
export function dataTableView(
  dataTable: EvaluatedTable,
  size: number,
  render: RenderText,
): {
  readonly shares: string;
  readonly head: readonly RowView[];
  readonly rows: readonly RowView[];
} {
  const shown = dataTable.columns
    .map((column, index) => ({ column, index }))
    .filter(({ column }) => column.spec.show);
  const numbers = new Map(dataTable.columns.map(({ spec, number }) => [spec.id, number]));
  const grouped = isGrouped(dataTable);
  return {
    shares: shown
      .map(({ column, index }) => shareName(withNames(dataTable, column, index, size)))
      .join(" "),
    head: headView(shownHead(dataTable.head, [...dataTable.path, "columns"], numbers), render),
    rows: dataTable.rows.map((row, place): RowView => {
      const next = dataTable.rows[place + 1]?.kind;
      const strong = isStrong(row, grouped);
      const keep =
        (next !== undefined && row.kind === "group") ||
        next === "sub-total" ||
        (next === "total" && row.kind !== "group");
      const path = printPath(row.path);
      // What was read from a spreadsheet is taken as it stands: a star there is a star.
      const written: RenderText =
        row.at(null).in === "file" ? (text) => new Markup(escapeText(text)) : render;
      const style =
        row.kind === "includes" || row.kind === "note" ? italic : (text: Markup | string) => text;
      if (row.kind === "note")
        return {
          strong,
          keep,
          cells: [
            {
              text: style(written(String(row.cells[0] ?? ""), row.path)),
              align: "left",
              spans: true,
              columns: shown.length,
              rows: 1,
              path,
            },
          ],
        };
      return {
        strong,
        keep,
        cells: shown.map(({ column, index }): CellView => ({
          text: style(
            column.spec.kind === "order"
              ? row.mark
              : showValue(row.cells[index] ?? null, column, row, written),
          ),
          align: alignOf(column),
          spans: false,
          columns: 1,
          rows: 1,
          path,
        })),
      };
    }),
  };
}

/** Rows in bold: totals, and the outer two levels of a table that has groups. */
export function isStrong({ kind, level }: EvaluatedRow, grouped: boolean): boolean {
  if (kind === "total" || kind === "sub-total") return true;
  return kind === "group" ? level < 2 : kind === "item" && level === 0 && grouped;
}

/** Whether a table has groups of rows. */
export function isGrouped({ rows }: EvaluatedTable): boolean {
  return rows.some(({ kind }) => kind === "group");
}

function showValue(
  value: Value,
  column: EvaluatedColumn,
  row: EvaluatedRow,
  render: RenderText,
): Markup | string {
  if (value === null) return "";
  return isNumber(value) || column.spec.kind === "date"
    ? showPlain(value, column)
    : render(value, [...row.path, column.spec.id]);
}

/** A value as it is printed, without markup. */
export function showPlain(value: Exclude<Value, null>, column: EvaluatedColumn): string {
  return isNumber(value)
    ? printNumber(value, column)
    : column.spec.kind === "date"
      ? printDate(value)
      : value;
}

/** A number as its column shows it: "4.034", "0,44". */
export function printNumber(
  value: Exclude<Value, string | null>,
  { fixedPlaces }: EvaluatedColumn,
): string {
  return formatDecimal(value, { whole: 1, fraction: fixedPlaces });
}

/** "2024-06-30" as "30/6/2024"; months and years alone as they are. */
function printDate(date: string): string {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/u.exec(date) ?? [];
  return year === undefined
    ? date
    : formatShortDate({ year: Number(year), month: Number(month), day: Number(day) });
}

function alignOf({ spec, numeric }: EvaluatedColumn): CellView["align"] {
  if (spec.align !== null) return spec.align;
  if (numeric) return spec.kind === "money" ? "decimal" : "right";
  return spec.kind === "text" ? "left" : "center";
}

/** The head without the columns that are only computed with. */
function shownHead(
  columns: readonly DataColumnNode[],
  path: PlanPath,
  numbers: ReadonlyMap<string, string | null>,
): HeadColumn[] {
  return columns.flatMap((column, index): HeadColumn[] => {
    const own = [...path, index];
    const { title } = column;
    if (column.columns === null)
      return column.show
        ? [{ title, path: own, columns: null, number: numbers.get(column.id) ?? null }]
        : [];
    const inner = shownHead(column.columns, [...own, "columns"], numbers);
    return inner.length === 0 ? [] : [{ title, path: own, columns: inner }];
  });
}

// --- Upright or across -------------------------------------------------------------------------------------------------

/**
 * About how wide a sign of twelve points and the air of a cell are, and how wide an upright page's
 * text is, in millimetres.
 */
const SIGN = 2.15;
const AIR = 4;
const PORTRAIT = 165;
/** Letters of a column that want to stand in one line: of names, of other text. */
const NAME_SIGNS = 18;
const TEXT_SIGNS = 16;

/** The column that names rows is, where nothing else was said, as wide as most names. */
function withNames(
  dataTable: EvaluatedTable,
  { spec }: EvaluatedColumn,
  index: number,
  size: number,
): DataColumn {
  const free = spec.width === null && spec.minWidth === null && spec.maxWidth === null;
  return free && index === labelOf(dataTable)
    ? {
        ...spec,
        minWidth: Math.max(
          MIN_WIDTH,
          Math.round(longestName(dataTable, index) * signWidth(size) + AIR),
        ),
      }
    : spec;
}

/** Size of letters in a plan's tables, in points. */
export function tableSize({ profile }: EvaluatedPlan): number {
  return (profile ?? DEFAULT_PROFILE).tableSize;
}

/** The least width a column may be given, in millimetres. */
const MIN_WIDTH = 5;

function labelOf({ columns }: EvaluatedTable): number {
  return columns.findIndex(({ spec }) => spec.kind === "text" && spec.show);
}

function longestName({ rows }: EvaluatedTable, index: number): number {
  return rows.reduce((most, { kind, cells }) => {
    const value = kind === "note" ? null : cells[index];
    return typeof value === "string" ? Math.max(most, Math.min(value.length, NAME_SIGNS)) : most;
  }, 0);
}

function signWidth(size: number): number {
  return (SIGN * size) / 12;
}

/**
 * Whether a table goes onto an upright page without breaking words or numbers. An estimate by
 * letters: layout measures later.
 */
export function fitsPortrait(dataTable: EvaluatedTable, size: number): boolean {
  const needed = dataTable.columns.reduce(
    (sum, column, index) =>
      column.spec.show
        ? sum +
          Math.max(
            longestWord(column.spec) * signWidth(size) + AIR,
            columnNeed(dataTable, column, index, size),
          )
        : sum,
    0,
  );
  return needed <= PORTRAIT;
}

function columnNeed(
  dataTable: EvaluatedTable,
  column: EvaluatedColumn,
  index: number,
  size: number,
): number {
  if (column.spec.kind === "order") return 3 * signWidth(size) + AIR;
  const signs = dataTable.rows.reduce((most, row) => {
    const value = row.kind === "note" ? null : row.cells[index];
    return value === null || value === undefined
      ? most
      : Math.max(
          most,
          isNumber(value) ? printNumber(value, column).length : Math.min(value.length, TEXT_SIGNS),
        );
  }, 0);
  return Math.max(column.spec.minWidth ?? 0, signs * signWidth(size) + AIR);
}

function longestWord({ title }: DataColumn): number {
  return Math.max(...title.split(/\s+/u).map((word) => word.length));
}
