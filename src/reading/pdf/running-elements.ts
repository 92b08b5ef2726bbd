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

export interface RunningElement {
  readonly line: TextLine;
  readonly why: "page-number" | "running-head";
  readonly text: string;
}

const NUMBER = /^(?:[-–—]\s*)?(?:Trang\s*(?:số\s*)?)?\d{1,4}(?:\s*[/|]\s*\d{1,4})?(?:\s*[-–—])?$/iu;
/** Running heads and numbers stand in the outer parts of a page. */
const OUTER = 0.12;
const MAX_LINES = 3;

/** Page numbers, and lines that page after page repeats in the margin. */
export function findRunningElements(pages: readonly PageLines[]): RunningElement[] {
  const edges = pages.map((page) => ({ ...page, lines: edgeLines(page).map(edgeLine) }));
  const seen = new Map<string, number>();
  for (const { lines } of edges)
    for (const key of new Set(lines.map((one) => one.key))) seen.set(key, (seen.get(key) ?? 0) + 1);
  const enough = Math.max(3, pages.length * 0.3);
  const margins = new Map<string, boolean>();
  const isRepeated = ({ line, key }: EdgeLine, height: number): boolean => {
    if ((seen.get(key) ?? 0) < enough) return false;
    const name = `${height} ${key}`;
    const found =
      margins.get(name) ??
      isInMargin(
        line,
        height,
        edges.filter(
          (one) => one.height === height && !one.lines.some((other) => other.key === key),
        ),
      );
    margins.set(name, found);
    return found;
  };
  return edges.flatMap((page) =>
    page.lines.flatMap((edge): RunningElement[] => {
      const { line, text } = edge;
      const artifact = line.glyphs.every((glyph) => glyph.artifact || !isInk(glyph));
      if (
        NUMBER.test(text) &&
        (artifact ||
          standsAlone(
            line,
            page.lines.map((one) => one.line),
          ))
      )
        return [{ line, text, why: "page-number" }];
      return artifact || isRepeated(edge, page.height) ? [{ line, text, why: "running-head" }] : [];
    }),
  );
}

interface EdgeLine {
  readonly line: TextLine;
  readonly text: string;
  /** Its place and words, numbers of pages left out. */
  readonly key: string;
}

function edgeLine(line: TextLine): EdgeLine {
  const text = plainText(line);
  const words = text
    .replace(/(trang\s*(?:số\s*)?)\d+/giu, "$1#")
    .replace(/\d+(?=\s*\/\s*\d+$)/u, "#");
  return { line, text, key: `${Math.round(line.y / 4)} ${words}` };
}

/**
 * Titles of appendices are repeated at the top of pages too, but where other pages have their text.
 */
function isInMargin(
  line: TextLine,
  height: number,
  others: readonly { readonly lines: readonly EdgeLine[] }[],
): boolean {
  const upper = line.y < height / 2;
  return others.every(({ lines }) =>
    lines.every(
      (one) =>
        NUMBER.test(one.text) ||
        one.line.y < height / 2 !== upper ||
        (upper ? one.line.y > line.y + 3 : one.line.y < line.y - 3),
    ),
  );
}

/** Lines in the outer parts of the page that no table holds. */
function edgeLines({ lines, height }: PageLines): TextLine[] {
  const upper = lines.filter((line) => line.y < height * OUTER).slice(0, MAX_LINES);
  const lower = lines.filter((line) => line.y > height * (1 - OUTER)).slice(-MAX_LINES);
  return [...upper, ...lower];
}

/** Nothing else on its line; digits in a line of text never do. */
function standsAlone(line: TextLine, others: readonly TextLine[]): boolean {
  return others.every((one) => one === line || Math.abs(one.y - line.y) > line.size * 0.5);
}
