import { beginsWithLabel, isCapitals } from "./labels.js";
import { type TextLine, isInk } from "./lines.js";
import { plainText } from "./styled-text.js";

/** The edges between which lines of text run. */
export interface Frame {
  readonly left: number;
  readonly right: number;
  /** How much further right the margin may lie: lines that are not justified show it only about. */
  readonly slack: number;
}

/**
 * Where lines stand: between margins of pages, in a ruled cell, or in one of two columns without
 * rules.
 */
export interface TextRegion {
  readonly where: "page" | "cell" | "column";
  readonly frame: (line: TextLine) => Frame;
  /** The usual distance of baselines for text of a size. */
  readonly leading: (size: number) => number;
  /** Where first lines of paragraphs usually begin; null when unknown. */
  readonly indent: number | null;
}

/** Lines of one paragraph, not yet text. */
export interface LineGroup {
  readonly lines: readonly TextLine[];
  readonly align: "left" | "center" | "right" | null;
}

interface Open {
  readonly lines: TextLine[];
  readonly texts: string[];
  readonly align: LineGroup["align"];
}

/** How far edges may differ and still be one edge. */
const EDGE = 2.5;
const CENTER = 2;

/** Join lines that stand one below the other into paragraphs, by geometry. */
export function joinLines(lines: readonly TextLine[], region: TextRegion): LineGroup[] {
  const texts = lines.map(plainText);
  const centred = findCentred(lines, texts, region);
  const groups: Open[] = [];
  lines.forEach((line, index) => {
    const text = texts[index] ?? "";
    const open = groups.at(-1);
    const align = centred[index] === true ? "center" : alignOf(line, region);
    const goesOn =
      open !== undefined &&
      (open.align === "center" || align === "center"
        ? open.align === align &&
          (region.where === "cell"
            ? flowsOn(open, line, text, region)
            : sameTitle(open, line, text, region))
        : flowsOn(open, line, text, region));
    if (goesOn) {
      open.lines.push(line);
      open.texts.push(text);
    } else groups.push({ lines: [line], texts: [text], align });
  });
  return groups;
}

/**
 * Lines in the middle between the edges. A wide line is so when its neighbour of the same look is.
 */
function findCentred(
  lines: readonly TextLine[],
  texts: readonly string[],
  region: TextRegion,
): boolean[] {
  const middles = lines.map((line) => (line.x0 + line.x1) / 2);
  if (region.where === "column") {
    const middle = [...middles].sort((a, b) => a - b)[Math.floor(middles.length / 2)] ?? 0;
    const lefts = lines.map(({ x0 }) => x0);
    const alike = lines.length > 1 && Math.max(...lefts) - Math.min(...lefts) <= EDGE;
    return lines.map(
      (_, index) =>
        !alike && lines.length > 1 && Math.abs((middles[index] ?? 0) - middle) <= CENTER + 1,
    );
  }
  const inMiddle = lines.map((line, index) => {
    const { left, right, slack } = region.frame(line);
    const off = (middles[index] ?? 0) - (left + right) / 2;
    return (
      off >= -CENTER &&
      off <= CENTER + (line.bold || isCapitals(texts[index] ?? "") === true ? slack / 2 : 0)
    );
  });
  const sure = lines.map((line, index) => {
    if (inMiddle[index] !== true) return false;
    const { left, right } = region.frame(line);
    const air = region.where === "cell" ? 2 : 12;
    const first = region.indent !== null && Math.abs(line.x0 - left - region.indent) <= 1.5;
    return (
      line.x0 - left > air &&
      right - line.x1 > air &&
      !(first && !line.bold && isCapitals(texts[index] ?? "") !== true)
    );
  });
  const alike = (a: TextLine | undefined, b: TextLine): boolean =>
    a !== undefined &&
    a.page === b.page &&
    a.bold === b.bold &&
    a.italic === b.italic &&
    Math.abs(a.size - b.size) <= 0.5 &&
    Math.abs(b.y - a.y) <= region.leading(b.size) + 3;
  const spread = (index: number, step: 1 | -1): boolean => {
    for (let at = index; at >= 0 && at < lines.length; at += step) {
      const [line, next] = [lines[at], lines[at + step]];
      if (line === undefined || inMiddle[at] !== true) return false;
      if (sure[at] === true) return true;
      if (next === undefined || !alike(next, line)) return false;
    }
    return false;
  };
  return lines.map(
    (line, index) =>
      sure[index] === true ||
      (inMiddle[index] === true &&
        (line.bold || line.italic || region.where === "cell") &&
        (spread(index, 1) || spread(index, -1))),
  );
}

function alignOf(line: TextLine, region: TextRegion): LineGroup["align"] {
  const { left, right } = region.frame(line);
  if (region.where === "column") return null;
  return right - line.x1 <= EDGE && line.x0 - left > (right - left) * 0.4 ? "right" : null;
}

/**
 * Whether a line in the middle belongs to the title above it: same look, same distance, capitals or
 * not alike.
 */
function sameTitle(open: Open, line: TextLine, text: string, region: TextRegion): boolean {
  const last = open.lines.at(-1);
  if (last === undefined || last.page !== line.page) return false;
  const capitals = open.texts.every((one) => isCapitals(one) === true);
  const looks =
    last.bold === line.bold &&
    last.italic === line.italic &&
    Math.abs(last.size - line.size) <= 0.5;
  return (
    looks &&
    capitals === (isCapitals(text) === true) &&
    line.y - last.y <= region.leading(line.size) + 2.5
  );
}

/** Whether a line carries on the paragraph above it. */
function flowsOn(open: Open, line: TextLine, text: string, region: TextRegion): boolean {
  const [first, last] = [open.lines[0], open.lines.at(-1)];
  if (first === undefined || last === undefined || Math.abs(last.size - line.size) > 0.8)
    return false;
  const gap = last.page === line.page ? line.y - last.y : null;
  const own = ownLeading(open.lines);
  const leading = own ?? region.leading(line.size);
  if (gap !== null && (gap > leading + line.size * 0.45 || gap < line.size * 0.3)) return false;
  if (endsEarly(last, line, region.frame(last).right)) return false;
  const labelled = beginsWithLabel(text);
  if (region.where !== "page")
    return !(labelled && (region.where === "column" || endsSentence(open.texts.at(-1) ?? "")));
  const indents = indentsOf(open.lines, first, line, region);
  if (labelled) return isLabelInside(text, indents);
  if (!sameWeight(open, line, text)) return false;
  if (indents.second !== null)
    return (
      Math.abs(indents.here - indents.second) <= EDGE &&
      !(gap !== null && own !== null && gap > own + 1.5)
    );
  return isSecondLine(open, text, indents, { gap, leading, usual: region.indent });
}

/** How far lines of a paragraph stand in: the first, the second, and one that may follow. */
interface Indents {
  readonly first: number;
  /** Null for a paragraph of one line. */
  readonly second: number | null;
  readonly here: number;
}

function indentsOf(
  lines: readonly TextLine[],
  first: TextLine,
  line: TextLine,
  region: TextRegion,
): Indents {
  const indent = (one: TextLine): number => one.x0 - region.frame(one).left;
  const [, second] = lines;
  return {
    first: indent(first),
    second: second === undefined ? null : indent(second),
    here: indent(line),
  };
}

/** What looks like a label inside a paragraph: set out as its other lines are. */
function isLabelInside(text: string, { first, second, here }: Indents): boolean {
  return (
    first > EDGE &&
    Math.abs(here - (second ?? 0)) <= EDGE &&
    !/^[-–+•]$/u.test(text) &&
    here < first - EDGE
  );
}

/** Distances that tell whether a line is the second of a paragraph. */
interface LineSpacing {
  /** From the line above; null across pages. */
  readonly gap: number | null;
  readonly leading: number;
  /** Where first lines usually begin; null when unknown. */
  readonly usual: number | null;
}

/** Whether a line is the second of a paragraph of which only the first is known. */
function isSecondLine(
  open: Open,
  text: string,
  { first, here }: Indents,
  { gap, leading, usual }: LineSpacing,
): boolean {
  const before = open.texts.at(-1) ?? "";
  if (here < first - EDGE) return true;
  if (gap !== null && gap > leading + 1.5) return false;
  if (here > first + EDGE) return beginsWithLabel(open.texts[0] ?? "");
  if (first > EDGE) return /^\p{Ll}/u.test(text) || !endsSentence(before);
  return (
    usual === null ||
    !endsSentence(before) ||
    usual <= EDGE ||
    open.lines.length > 1 ||
    gap === null
  );
}

function sameWeight(open: Open, line: TextLine, text: string): boolean {
  const bold = open.lines.every((one) => one.bold);
  return (
    !bold ||
    line.bold ||
    /^\p{Ll}/u.test(text) ||
    !(isCapitals(open.texts.join(" ")) === true || endsSentence(open.texts.at(-1) ?? ""))
  );
}

function endsSentence(text: string): boolean {
  return /[.;:!?…](?:["”»)])?$/u.test(text);
}

function ownLeading(lines: readonly TextLine[]): number | null {
  const [a, b] = lines.slice(-2);
  return a && b && a.page === b.page ? b.y - a.y : null;
}

/** Whether the first word of the next line would have had room on this one. */
function endsEarly(last: TextLine, next: TextLine, right: number): boolean {
  let end = next.x0;
  for (const glyph of next.glyphs) {
    if (!isInk(glyph) || glyph.x - end > glyph.size * 0.17) break;
    end = Math.max(end, glyph.x + glyph.width);
  }
  return last.x1 + last.size * 0.23 + (end - next.x0) < right - 0.6;
}
