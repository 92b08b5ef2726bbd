import type { SourceCell, SourceTable } from "../source-text.js";
import { readInk } from "./markdown.js";
import { INK, type TextLine } from "./text-lines.js";

const ROW = /^\|.*\|$/u;
const SEPARATOR = /^\|(?:\s*:?-+:?\s*\|)+$/u;

/** A table drawn with strokes, “| a | b |”, that begins with a line; null when none does. */
export function pipeTable(
  lines: readonly TextLine[],
  at: number,
): { readonly block: SourceTable; readonly count: number } | null {
  let count = 0;
  while (ROW.test(lines[at + count]?.text ?? "")) count += 1;
  const rows = lines.slice(at, at + count);
  const separator = rows.findIndex(({ text }) => SEPARATOR.test(text));
  const wide = rows.filter(({ text }) => !SEPARATOR.test(text));
  // Without the row of dashes, two rows alike say that it is a table.
  const columns = cellsOf(wide[0]).length;
  if (
    wide.length === 0 ||
    (separator < 0 && (count < 2 || wide.some((row) => cellsOf(row).length !== columns)))
  )
    return null;
  return {
    block: tableOf(
      wide.map((row) => ({ row, cells: cellsOf(row) })),
      Math.max(0, separator),
    ),
    count,
  };
}

/**
 * Least cells a row, and rows, for what tabs part to be a table: a label may have a tab behind it.
 */
const MIN_CELLS = 3;
const MIN_ROWS = 2;

/**
 * A table whose cells are parted by tabs, as text copied out of Word and Excel has them, that
 * begins with a line; null when none does.
 */
export function tabTable(
  lines: readonly TextLine[],
  at: number,
): { readonly block: SourceTable; readonly count: number } | null {
  let count = 0;
  while (
    (lines[at + count]?.cells.length ?? 0) >= MIN_CELLS &&
    (count === 0 || lines[at + count]?.blanks === 0)
  )
    count += 1;
  return count < MIN_ROWS
    ? null
    : {
        block: tableOf(
          lines.slice(at, at + count).map((row) => ({ row, cells: row.cells })),
          0,
        ),
        count,
      };
}

function tableOf(
  rows: readonly { readonly row: TextLine; readonly cells: readonly string[] }[],
  head: number,
): SourceTable {
  return {
    kind: "table",
    rows: rows.map(({ row, cells }) => cells.map((inked) => cellOf(inked, row))),
    ruled: true,
    head,
    at: placeOf(rows[0]?.row),
  };
}

function cellsOf(row: TextLine | undefined): string[] {
  return (row?.inked ?? "")
    .replace(/^\||\|$/gu, "")
    .split("|")
    .map((cell) => cell.trim());
}

function cellOf(inked: string, row: TextLine): SourceCell {
  const { text, marks, bold, italic } = readInk(inked.replaceAll(INK.lineBreak, "\n"));
  const paragraph = {
    kind: "paragraph" as const,
    text,
    marks,
    label: null,
    at: placeOf(row),
    look: { align: null, bold, italic, outline: 0, level: null },
  };
  return { paragraphs: text === "" ? [] : [paragraph], columns: 1, rows: 1 };
}

function placeOf(row: TextLine | undefined): {
  readonly page: number | null;
  readonly line: number;
} {
  return { page: row?.page ?? null, line: row?.number ?? 1 };
}
