/** One line of a text file that holds words, with what its surroundings say. */
export interface TextLine {
  /**
   * Place in the file; lines and pages count from 1. Pages are known only where the file has form
   * feeds.
   */
  readonly number: number;
  readonly page: number | null;
  /** Trimmed, blanks folded; marks of emphasis are in it as `INK` signs. */
  readonly inked: string;
  /** The same without the signs. */
  readonly text: string;
  /**
   * As it stands in the file, tabs as blanks up to the next eighth column: columns side by side
   * show here.
   */
  readonly wide: string;
  /** What tabs part, when they do: cells of a table. */
  readonly cells: readonly string[];
  readonly indent: number;
  readonly tabbed: boolean;
  /**
   * Blanks at its end: some programs leave one where a paragraph ends, Markdown breaks a line by
   * two.
   */
  readonly trailing: number;
  /** Empty lines above, up to the line before. */
  readonly blanks: number;
  /** Level of a Markdown heading; 0 for none. */
  readonly outline: number;
  /** The next line belongs to the same paragraph, after a break of line. */
  readonly glued: boolean;
}

/**
 * Signs put into lines while they are read. Noncharacters of Unicode, which no text may hold:
 * `readText` takes them out of the file first. `star` and `pipe` are letters that Markdown escapes.
 */
export const INK = {
  bold: "\ufdd0",
  boldEnd: "\ufdd1",
  italic: "\ufdd2",
  italicEnd: "\ufdd3",
  lineBreak: "\ufdd4",
  star: "\ufdd5",
  pipe: "\ufdd6",
} as const;
export const ANY_INK = /[\ufdd0-\ufdd6]/gu;
const TAB = 8;

/** The lines of a text that hold words. A form feed begins a page. */
export function splitLines(text: string): TextLine[] {
  const paged = text.includes("\f");
  let page = 1;
  let blanks = 0;
  const lines: TextLine[] = [];
  for (const [index, row] of text.split("\n").entries()) {
    for (const [part, piece] of row.split("\f").entries()) {
      if (part > 0) page += 1;
      if (piece.trim() === "") {
        if (part === 0) blanks += 1;
        continue;
      }
      lines.push({
        ...lineOf(piece),
        number: index + 1,
        page: paged ? page : null,
        tabbed: piece.startsWith("\t"),
        blanks,
        outline: 0,
        glued: false,
      });
      blanks = 0;
    }
  }
  const margin = lines.reduce((least, line) => Math.min(least, line.indent), Infinity);
  return margin > 0 ? lines.map((line) => ({ ...line, indent: line.indent - margin })) : lines;
}

type Shape = Pick<TextLine, "inked" | "text" | "wide" | "cells" | "indent" | "trailing">;

function lineOf(piece: string): Shape {
  const wide = expandTabs(piece);
  return {
    ...inkOf(wide),
    wide: wide.trimEnd(),
    cells: piece
      .trim()
      .split("\t")
      .map((cell) => cell.trim()),
    indent: wide.length - wide.trimStart().length,
    trailing: wide.length - wide.trimEnd().length,
  };
}

/** The text of a line with and without its signs. */
export function inkOf(words: string): Pick<TextLine, "inked" | "text"> {
  const inked = words.trim().replace(/[ \t]+/gu, " ");
  return {
    inked,
    text: inked
      .replaceAll(INK.star, "*")
      .replaceAll(INK.pipe, "|")
      .replaceAll(INK.lineBreak, " ")
      .replace(ANY_INK, ""),
  };
}

function expandTabs(piece: string): string {
  if (!piece.includes("\t")) return piece;
  let wide = "";
  for (const letter of piece)
    wide += letter === "\t" ? " ".repeat(TAB - (wide.length % TAB)) : letter;
  return wide;
}
