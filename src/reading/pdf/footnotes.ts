import { type TextLine, isInk, lineFrom } from "./lines.js";
import type { Rule } from "./rules.js";
import { plainText } from "./styled-text.js";

/** A footnote as it stands at the foot of a page, its number taken off. */
interface FootNote {
  readonly number: string;
  readonly lines: readonly TextLine[];
}

export interface FootOfPage {
  readonly notes: readonly FootNote[];
  /** Lines before the first number: what a note of the page before goes on with. */
  readonly goingOn: readonly TextLine[];
  readonly rest: readonly TextLine[];
}

const NUMBER = /^[([]?(\d{1,3}|\*{1,3})[)\]]?/u;

/**
 * The notes below the short rule at the foot of a page. `body` is the size of the document's text.
 */
export function takeFootnotes(
  lines: readonly TextLine[],
  rules: readonly Rule[],
  body: number,
): FootOfPage {
  const none: FootOfPage = { notes: [], goingOn: [], rest: lines };
  const small = (line: TextLine): boolean => line.size <= body - 0.8;
  const left = Math.min(...lines.map(({ x0 }) => x0));
  for (const rule of rules
    .filter(
      (one) =>
        one.y1 - one.y0 < 1 && one.x1 - one.x0 > 40 && one.x1 - one.x0 < 260 && one.x0 - left < 40,
    )
    .sort((a, b) => b.y0 - a.y0)) {
    const below = lines.filter((line) => line.y > rule.y0);
    if (below.length === 0 || !below.every(small) || !below.some(startsNote)) continue;
    return collect(
      below,
      lines.filter((line) => line.y <= rule.y0),
    );
  }
  // Without a rule: small lines at the very end, the first with a raised number.
  const last = lines.findLastIndex((line) => !small(line));
  const below = lines.slice(last + 1);
  return last >= 0 && below[0] !== undefined && startsRaised(below[0])
    ? collect(below, lines.slice(0, last + 1))
    : none;
}

function collect(below: readonly TextLine[], rest: readonly TextLine[]): FootOfPage {
  const notes: { number: string; lines: TextLine[] }[] = [];
  const goingOn: TextLine[] = [];
  for (const line of below) {
    const number = startsNote(line) ? NUMBER.exec(plainText(line))?.[1] : undefined;
    if (number !== undefined) notes.push({ number, lines: [withoutNumber(line, number)] });
    else (notes.at(-1)?.lines ?? goingOn).push(line);
  }
  return { notes, goingOn, rest };
}

function startsRaised(line: TextLine): boolean {
  const first = line.glyphs[0];
  return (
    first !== undefined &&
    first.size <= line.size * 0.8 &&
    first.y < line.y - line.size * 0.12 &&
    NUMBER.test(first.text)
  );
}

/** A raised number, or one with a bracket or a blank after it. */
function startsNote(line: TextLine): boolean {
  return startsRaised(line) || /^[([]?(?:\d{1,3}|\*{1,3})[)\]]?\s/u.test(plainText(line));
}

function withoutNumber(line: TextLine, number: string): TextLine {
  let left = number.length;
  let from = 0;
  while (left > 0 && from < line.glyphs.length) {
    const glyph = line.glyphs[from++];
    if (glyph && isInk(glyph) && /[\d*]/u.test(glyph.text)) left -= glyph.text.length;
  }
  while (from < line.glyphs.length && /^[)\].\s]*$/u.test(line.glyphs[from]?.text ?? "x")) from++;
  return lineFrom(line.page, line.y, line.glyphs.slice(from));
}
