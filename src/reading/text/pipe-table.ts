import type { SourceCell, SourceTable } from "../source-text.js";
import { readInk } from "./markdown.js";
import { INK, type TextLine } from "./text-lines.js";

const ROW = /^\|.*\|$/u;
const SEPARATOR = /^\|(?:\s*:?-+:?\s*\|)+$/u;

/** A table drawn with strokes, “| a | b |”, that begins with the first of these lines; null when none does. */
export function pipeTable(lines: readonly TextLine[]): { readonly block: SourceTable; readonly count: number } | null {
  let count = 0;
  while (ROW.test(lines[count]?.text ?? "")) count += 1;
  const rows = lines.slice(0, count);
  const separator = rows.findIndex(({ text }) => SEPARATOR.test(text));
  const wide = rows.filter(({ text }) => !SEPARATOR.test(text));
  // Without the row of dashes, two rows alike say that it is a table.
  const columns = cellsOf(wide[0]).length;
  if (wide.length === 0 || (separator < 0 && (count < 2 || wide.some((row) => cellsOf(row).length !== columns)))) return null;
  const block: SourceTable = { kind: "table", rows: wide.map((row) => cellsOf(row).map((inked) => cellOf(inked, row))), ruled: true, head: Math.max(0, separator), at: placeOf(wide[0]) };
  return { block, count };
}

function cellsOf(row: TextLine | undefined): string[] {
  return (row?.inked ?? "").replace(/^\||\|$/gu, "").split("|").map((cell) => cell.trim());
}

function cellOf(inked: string, row: TextLine): SourceCell {
  const { text, marks, bold, italic } = readInk(inked.replaceAll(INK.lineBreak, "\n"));
  const paragraph = { kind: "paragraph" as const, text, marks, label: null, at: placeOf(row), look: { align: null, bold, italic, outline: 0 } };
  return { paragraphs: text === "" ? [] : [paragraph], columns: 1, rows: 1 };
}

function placeOf(row: TextLine | undefined): { readonly page: number | null; readonly line: number } {
  return { page: row?.page ?? null, line: row?.number ?? 1 };
}
