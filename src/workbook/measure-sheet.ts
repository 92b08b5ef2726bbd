import type { Decimal } from "../base/numbers.js";
import type { Worksheet, WorksheetCell, WorksheetRow } from "./workbook.js";

/**
 * The least width of a column, the most a column of text takes, and the least of a table: digits.
 */
const MIN_COLUMN = 6;
const MAX_COLUMN = 32;
const MIN_TABLE = 70;
/** Room beside the text of a column, in digits. */
const PADDING = 2;
/** Bold letters are about so much wider. */
const BOLD = 1.1;

type Rows = readonly (readonly WorksheetCell[])[];

/**
 * Widths of so many columns, in digits: the longest word of the head and most of the content can be
 * read, and what stands above and below the table fits into all of them together.
 */
export function columnWidths(rows: Rows, count: number, head: Worksheet["head"]): number[] {
  const widths = Array.from({ length: count }, () => MIN_COLUMN);
  rows.forEach((cells, row) => {
    if (row < head.first) return;
    for (const { column, columns, value } of cells) {
      if (columns > 1 || value === null) continue;
      const text = shownText(value);
      const wanted = row <= head.last ? longestWord(text) + 1 : Math.min(text.length, MAX_COLUMN);
      widths[column] = Math.max(widths[column] ?? 0, wanted + PADDING);
    }
  });
  const missing = MIN_TABLE - sum(widths);
  return missing <= 0
    ? widths
    : widths.map((width) => Math.round(width * (1 + missing / (MIN_TABLE - missing))));
}

/** Rows as high as their text needs; a cell over several rows makes the last of them higher. */
export function rowsWithHeights(
  rows: Rows,
  widths: readonly number[],
  head: Worksheet["head"],
): WorksheetRow[] {
  const lines = rows.map(() => 1);
  const raise = (row: number, cell: WorksheetCell): void => {
    const given = sum(lines.slice(row, row + cell.rows));
    const last = row + cell.rows - 1;
    const needed = linesOf(cell, widths);
    if (needed > given) lines[last] = (lines[last] ?? 1) + needed - given;
  };
  rows.forEach((cells, row) => cells.forEach((cell) => cell.rows === 1 && raise(row, cell)));
  rows
    .slice(0, head.last + 1)
    .forEach((cells, row) => cells.forEach((cell) => cell.rows > 1 && raise(row, cell)));
  return rows.map((cells, row) => ({ cells, lines: lines[row] ?? 1 }));
}

function linesOf(
  { value, column, columns, look }: WorksheetCell,
  widths: readonly number[],
): number {
  if (typeof value !== "string") return 1;
  return wrappedLines(value, sum(widths.slice(column, column + columns)) - 1, look.bold);
}

/** Lines a text takes in a width of so many digits, broken between words. */
function wrappedLines(text: string, width: number, bold: boolean): number {
  let [lines, used] = [1, 0];
  for (const word of text.split(/[ \n]+/u)) {
    const length = word.length * (bold ? BOLD : 1);
    if (used > 0 && used + 1 + length > width) [lines, used] = [lines + 1, length];
    else used += (used > 0 ? 1 : 0) + length;
  }
  return lines;
}

/** A text as long as what a cell shows. */
function shownText(value: NonNullable<WorksheetCell["value"]>): string {
  if (typeof value === "string") return value;
  return "date" in value ? "00/00/0000" : "0".repeat(shownDigits(value));
}

/** Characters a number takes: its digits, the signs between thousands, the decimal sign. */
function shownDigits({ digits, scale }: Decimal): number {
  const length = digits.toString().length;
  const thousands = Math.floor(Math.max(0, length - scale - 1) / 3);
  return length + thousands + (scale > 0 ? 1 : 0);
}

function longestWord(text: string): number {
  return Math.max(...text.split(/\s+/u).map((word) => word.length));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
