/**
 * Cutting paragraphs into lines as programs do, and finding out whether they were put together
 * again.
 */
import type { SourceText } from "../../src/reading/source-text.js";

export interface Wrapping {
  readonly width: number;
  /**
   * Empty lines: after every line, between paragraphs, nowhere, here and there, or as some PDF
   * programs leave them: after the first line and the last.
   */
  readonly blanks: "every" | "between" | "none" | "some" | "first and last";
  /**
   * Blanks by which the first line of a paragraph is set in; when hidden the line is shorter, but
   * nothing shows.
   */
  readonly indent: number;
  readonly hidden: boolean;
  /** What stands every twenty lines. */
  readonly pages: "" | "form feed" | "gap" | "number";
}

const LINES_A_PAGE = 20;

export function wrapText(
  paragraphs: readonly string[],
  { width, blanks, indent, hidden, pages }: Wrapping,
): string {
  const rows: string[] = [];
  let count = 0;
  let page = 1;
  for (const paragraph of paragraphs) {
    const lines = cut(paragraph, width - indent, width);
    for (const [at, line] of lines.entries()) {
      const last = at === lines.length - 1;
      rows.push((at === 0 && !hidden ? " ".repeat(indent) : "") + line);
      count += 1;
      if (
        blanks === "every" ||
        (blanks === "between" && last) ||
        (blanks === "some" && (count * 7919) % 10 < 3) ||
        (blanks === "first and last" && (at === 0 ? lines.length > 1 : last))
      )
        rows.push("");
      if (pages !== "" && count % LINES_A_PAGE === 0) {
        page += 1;
        rows.push(
          pages === "form feed" ? `\f${page}` : "",
          ...(pages === "number" ? [String(page)] : []),
          "",
        );
      }
    }
  }
  return rows.join("\n");
}

function cut(paragraph: string, first: number, width: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of paragraph.split(" ")) {
    if (line !== "" && line.length + 1 + word.length > (lines.length === 0 ? first : width)) {
      lines.push(line);
      line = word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, line];
}

/** Paragraphs of a document in reading order, those in tables too. */
export function paragraphsOf(text: SourceText): string[] {
  return text.blocks.flatMap((block) =>
    block.kind === "paragraph"
      ? [block.text]
      : block.rows.flatMap((row) =>
          row.flatMap((cell) => cell.paragraphs.map((paragraph) => paragraph.text)),
        ),
  );
}

/** The letters without blanks: what must be the same however lines are cut. */
export function lettersOf(texts: readonly string[]): string {
  return texts.join("").replace(/\s+/gu, "");
}

/** Ends of paragraphs that are in both, and in each. */
export function compareEnds(
  wanted: readonly string[],
  found: readonly string[],
): { readonly both: number; readonly wanted: number; readonly found: number } {
  const [one, other] = [endsOf(wanted), endsOf(found)];
  return {
    both: [...one].filter((end) => other.has(end)).length,
    wanted: one.size,
    found: other.size,
  };
}

function endsOf(texts: readonly string[]): Set<number> {
  let end = 0;
  return new Set(texts.map((text) => (end += lettersOf([text]).length)));
}
