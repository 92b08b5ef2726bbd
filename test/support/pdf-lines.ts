import { output } from "./tools.js";

/** A line of text on a page, as poppler sees it. Lengths in points. */
export interface SeenLine {
  readonly page: number;
  /** Foot of the line's words. */
  readonly y: number;
  readonly text: string;
}

/** Height of raised numbers, as a share of the usual height of words. */
const RAISED = 0.75;

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

/** The lines of a PDF: words whose feet are within 3 points are one line, read left to right. */
export async function readLines(pdf: string): Promise<SeenLine[]> {
  const xml = await output("pdftotext", ["-bbox", pdf, "-"]);
  const lines: SeenLine[] = [];
  xml
    .split("<page ")
    .slice(1)
    .forEach((page, index) => {
      const rows: { y: number; words: { x: number; text: string }[] }[] = [];
      const words = [
        ...page.matchAll(
          /<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="[\d.-]+" yMax="([\d.-]+)">(.*?)<\/word>/gu,
        ),
      ].map(([, x, top, y, text = ""]) => ({
        x: Number(x),
        y: Number(y),
        height: Number(y) - Number(top),
        text: unescape(text),
      }));
      const usual = median(words.map(({ height }) => height));
      for (const { x, y, height, text } of words) {
        // Raised numbers of notes stand between two lines: which one is chance.
        if (/^\d+$/u.test(text) && height < RAISED * usual) continue;
        const row = rows.find((one) => Math.abs(one.y - y) < 3);
        if (row) row.words.push({ x, text });
        else rows.push({ y, words: [{ x, text }] });
      }
      rows.sort((a, b) => a.y - b.y);
      for (const row of rows) {
        row.words.sort((a, b) => a.x - b.x);
        lines.push({
          page: index + 1,
          y: row.y,
          text: row.words.map((word) => word.text).join(" "),
        });
      }
    });
  return lines;
}

function unescape(text: string): string {
  return text
    .replace(/&lt;/g, "<")
    .replace(/&gt;/g, ">")
    .replace(/&quot;/g, '"')
    .replace(/&amp;/g, "&");
}

/** How two renderings of one document agree. */
export interface Parity {
  readonly lines: number;
  readonly equal: number;
  readonly samePage: number;
  readonly largestDistance: number;
  readonly differences: readonly {
    readonly ours: readonly SeenLine[];
    readonly theirs: readonly SeenLine[];
  }[];
}

/**
 * Compare line by line; where they part, the stretch up to the next common line is one difference.
 */
export function compareLines(ours: readonly SeenLine[], theirs: readonly SeenLine[]): Parity {
  const differences: { ours: SeenLine[]; theirs: SeenLine[] }[] = [];
  let [equal, samePage, largestDistance] = [0, 0, 0];
  let [i, j] = [0, 0];
  // Poppler's box of a line hangs on the font's descent, which the two writers state differently:
  // take the common offset out.
  const offsets: number[] = [];
  const pairs: [SeenLine, SeenLine][] = [];
  while (i < ours.length || j < theirs.length) {
    const [a, b] = [ours[i], theirs[j]];
    if (a && b && a.text === b.text) {
      equal++;
      if (a.page === b.page) {
        samePage++;
        offsets.push(b.y - a.y);
        pairs.push([a, b]);
      }
      i++;
      j++;
      continue;
    }
    const [di, dj] = nextCommon(ours, theirs, i, j);
    differences.push({ ours: ours.slice(i, i + di), theirs: theirs.slice(j, j + dj) });
    i += di;
    j += dj;
  }
  const usual = [...offsets].sort((a, b) => a - b)[Math.floor(offsets.length / 2)] ?? 0;
  for (const [a, b] of pairs)
    largestDistance = Math.max(largestDistance, Math.abs(b.y - a.y - usual));
  return {
    lines: Math.max(ours.length, theirs.length),
    equal,
    samePage,
    largestDistance,
    differences,
  };
}

/** The shortest way forward to a line both have. */
function nextCommon(
  ours: readonly SeenLine[],
  theirs: readonly SeenLine[],
  i: number,
  j: number,
): [number, number] {
  for (let total = 1; total < 400; total++) {
    for (let di = 0; di <= total; di++) {
      const a = ours[i + di];
      const b = theirs[j + total - di];
      if (a && b && a.text === b.text) return [di, total - di];
    }
  }
  return [ours.length - i, theirs.length - j];
}
