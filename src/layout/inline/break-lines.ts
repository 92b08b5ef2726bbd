import type { Twip } from "../../base/units.js";
import { LINE_BREAK, type MeasuredText, SPACE } from "./collect.js";

/** A line of a paragraph: characters from `start` to `end`, blanks at its end left out. */
export interface BrokenLine {
  readonly start: number;
  readonly end: number;
  readonly width: Twip;
  readonly spaces: number;
  readonly ending: Ending;
}

/** A closed line ends the paragraph, or at a forced break: it is not stretched. */
type Ending = "closed" | "wrapped";

/** Sums of sixths are not exact; half a sixth is less than any true difference. */
const TOLERANCE: Twip = 1 / 12;

const HYPHEN = 0x2d;
const EN_DASH = 0x2013;
const EM_DASH = 0x2014;
const ELLIPSIS = 0x2026;
const SLASH = 0x2f;
const QUESTION = 0x3f;
const EXCLAMATION = 0x21;
const ZERO_WIDTH_SPACE = 0x200b;

/**
 * Break a paragraph into lines: greedily, by first fit, without shrinking, as word processors do
 * with justification by stretching only. The first character that passes the limit decides; the
 * break is the last opportunity before it.
 *
 * Opportunities: after a space; after "-" and "–" inside a word; around "—"; after "…" before a
 * letter; after "?" and "!" inside a word; after a zero-width space. "/" gives none, but in a token
 * with "/" the break after an earlier hyphen is taken only when the overflow comes no later than
 * the character after the slash: the rule LibreOffice follows.
 */
export function breakLines(text: MeasuredText, width: Twip, firstIndent: Twip): BrokenLine[] {
  const { codes } = text;
  const lines: BrokenLine[] = [];
  const length = codes.length;
  let start = 0;
  let limit = width - firstIndent;
  while (start < length) {
    const at = firstBeyond(text, start, limit);
    if (at >= length || codes[at] === LINE_BREAK) {
      lines.push(lineOf(text, start, at, "closed"));
      start = at + 1;
      if (at >= length) break;
      limit = width;
      if (start >= length) lines.push(lineOf(text, start, start, "closed"));
      continue;
    }
    const end = Math.max(lastOpportunity(codes, start, at), start + 1);
    lines.push(lineOf(text, start, end, "wrapped"));
    start = end;
    while (codes[start] === SPACE) start++;
    if (start >= length) {
      const last = lines.pop();
      if (last) lines.push({ ...last, ending: "closed" });
    }
    limit = width;
  }
  return lines;
}

/**
 * The first character from `start` on that passes the limit, or at which the line ends anyway. Each
 * stretch of one face is a whole number of twips wide, in sum.
 */
function firstBeyond({ codes, glyphs, spans }: MeasuredText, start: number, limit: Twip): number {
  let span = spanAt(spans, start);
  let spanEnd = spans[span]?.to ?? codes.length;
  /** Width up to the span, and up to the character. */
  let [before, used] = [0, 0];
  let at = start;
  for (; at < codes.length && codes[at] !== LINE_BREAK; at++) {
    if (at >= spanEnd) {
      used = before + Math.round(used - before);
      before = used;
      while ((spans[span]?.to ?? Infinity) <= at) span++;
      spanEnd = spans[span]?.to ?? codes.length;
    }
    const advance = glyphs[at]?.measure ?? 0;
    if (used + advance > limit + TOLERANCE && codes[at] !== SPACE) return at;
    used += advance;
  }
  return at;
}

/** The place of the first span that ends behind a position. */
function spanAt(spans: MeasuredText["spans"], position: number): number {
  let [low, high] = [0, spans.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((spans[middle]?.to ?? Infinity) <= position) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The line between two positions, measured without the blanks at its end. */
function lineOf(text: MeasuredText, start: number, end: number, ending: Ending): BrokenLine {
  let stop = end;
  while (stop > start && text.codes[stop - 1] === SPACE) stop--;
  let [width, spaces] = [0, 0];
  for (let index = start; index < stop; index++) {
    width += text.glyphs[index]?.advance ?? 0;
    if (text.codes[index] === SPACE) spaces++;
  }
  return { start, end: stop, width, spaces, ending };
}

/**
 * The last position at or before `at` where the line may end; `at` itself when a single token fills
 * the line.
 */
function lastOpportunity(codes: readonly number[], start: number, at: number): number {
  for (let k = at; k > start; k--) {
    const before = codes[k - 1] ?? 0;
    const after = codes[k] ?? 0;
    if (breaksBetweenWords(before, after) || (after === EM_DASH && k < at)) return k;
    if (after === SPACE || codes[k - 2] === SPACE) continue;
    if (breaksInsideWord(before, after)) return k;
    if (before === SLASH && !isDigit(after) && k < at) {
      const space = lastSpace(codes, start, k - 1);
      return space > start ? space : at;
    }
  }
  return at;
}

/** After a space or a long dash, whatever follows; after an ellipsis, before a letter. */
function breaksBetweenWords(before: number, after: number): boolean {
  if (before === SPACE || before === ZERO_WIDTH_SPACE || before === EM_DASH) return true;
  return before === ELLIPSIS && isLetter(after);
}

/** After a hyphen or short dash; after a question or exclamation mark inside the word. */
function breaksInsideWord(before: number, after: number): boolean {
  if (before === HYPHEN || before === EN_DASH) return true;
  if (before > LAST_LETTER || after > LAST_LETTER) return breaksAtSign(before, after);
  return (before === QUESTION || before === EXCLAMATION) && (isLetter(after) || isDigit(after));
}

/** The last of the letters that Vietnamese is written with. */
const LAST_LETTER = 0x202f;

/**
 * Around signs that stand for a word by themselves, and before units such as ‰ and ℃ that follow a
 * letter; all other signs hang together with their neighbours. As LibreOffice 7.4 breaks: measured
 * over 1,614 signs, each between letters and beside itself.
 * Source: Unicode Standard Annex #14, classes ID, PO.
 */
function breaksAtSign(before: number, after: number): boolean {
  const word = (code: number): boolean => isLetter(code) || isDigit(code) || standsForWord(code);
  if (standsForWord(before)) return word(after);
  if (standsForWord(after)) return word(before);
  return isLetter(before) && inRanges(after, UNITS);
}

type Ranges = readonly (readonly [first: number, last: number])[];

/** Signs of class ID among those that are printed. */
const WORD_SIGNS: Ranges = [
  [0x231a, 0x231b],
  [0x23f1, 0x23f3],
  [0x2600, 0x2603],
  [0x2614, 0x2615],
  [0x2618, 0x2618],
  [0x261a, 0x261f],
  [0x2639, 0x263b],
  [0x2668, 0x2668],
  [0x267f, 0x267f],
  [0x26bd, 0x26c8],
  [0x26cd, 0x26cd],
  [0x26cf, 0x26d1],
  [0x26d3, 0x26d4],
  [0x26d8, 0x26d9],
  [0x26dc, 0x26dc],
  [0x26df, 0x26e1],
  [0x26ea, 0x26ea],
  [0x26f1, 0x26f5],
  [0x26f7, 0x26fa],
  [0x26fd, 0x26ff],
  [0x2701, 0x2704],
  [0x2708, 0x2709],
  [0x270b, 0x270d],
  [0x2764, 0x2764],
];
const UNITS: Ranges = [
  [0x2030, 0x2037],
  [0x2103, 0x2103],
  [0x2109, 0x2109],
];

function standsForWord(code: number): boolean {
  return code >= 0x231a && inRanges(code, WORD_SIGNS);
}

function inRanges(code: number, ranges: Ranges): boolean {
  return ranges.some(([first, last]) => first <= code && code <= last);
}

function lastSpace(codes: readonly number[], start: number, from: number): number {
  for (let k = from; k > start; k--) if (codes[k - 1] === SPACE) return k;
  return start;
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

function isLetter(code: number): boolean {
  return /\p{L}/u.test(String.fromCodePoint(code));
}
