import { type TextLine, isInk } from "./lines.js";
import { plainText } from "./styled-text.js";

/** Lines of a page, top to bottom, with the page's height. */
export interface PageLines {
  readonly page: number;
  readonly height: number;
  readonly lines: readonly TextLine[];
  /** Where the first table begins and the last one ends; what is beyond stands alone. */
  readonly tables: readonly { readonly top: number; readonly bottom: number }[];
}

export interface Furniture {
  readonly line: TextLine;
  readonly why: "page-number" | "running-head";
  readonly text: string;
}

const NUMBER = /^(?:[-–—]\s*)?(?:Trang\s*(?:số\s*)?)?\d{1,4}(?:\s*[/|]\s*\d{1,4})?(?:\s*[-–—])?$/iu;
/** Running heads and numbers stand in the outer parts of a page. */
const OUTER = 0.12;
const MOST_LINES = 3;

/** Page numbers, and lines that page after page repeats at the same place. */
export function findFurniture(pages: readonly PageLines[]): Furniture[] {
  const edges = pages.map(edgeLines);
  const seen = new Map<string, number>();
  const key = (line: TextLine, text: string): string => `${Math.round(line.y / 4)} ${text.replace(/\d+/gu, "#")}`;
  const read = edges.map((lines) => lines.map((line) => ({ line, text: plainText(line) })));
  for (const lines of read) for (const name of new Set(lines.map(({ line, text }) => key(line, text)))) seen.set(name, (seen.get(name) ?? 0) + 1);
  return read.flatMap((lines) => lines.flatMap(({ line, text }): Furniture[] => {
    const artifact = line.glyphs.every((glyph) => glyph.artifact || !isInk(glyph));
    if (NUMBER.test(text) && (artifact || standsAlone(line, lines.map((one) => one.line)))) return [{ line, text, why: "page-number" }];
    const repeated = (seen.get(key(line, text)) ?? 0) >= Math.max(3, pages.length * 0.3);
    return artifact || repeated ? [{ line, text, why: "running-head" }] : [];
  }));
}

/** Lines in the outer parts of the page that no table holds. */
function edgeLines({ lines, height }: PageLines): TextLine[] {
  const upper = lines.filter((line) => line.y < height * OUTER).slice(0, MOST_LINES);
  const lower = lines.filter((line) => line.y > height * (1 - OUTER)).slice(-MOST_LINES);
  return [...upper, ...lower];
}

/** Nothing else on its line; digits in a line of text never do. */
function standsAlone(line: TextLine, others: readonly TextLine[]): boolean {
  return others.every((one) => one === line || Math.abs(one.y - line.y) > line.size * 0.5);
}
