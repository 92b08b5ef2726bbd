import type { Glyph } from "./glyph.js";

/** Glyphs of one line of text, left to right. */
export interface TextLine {
  readonly page: number;
  readonly glyphs: readonly Glyph[];
  readonly x0: number;
  readonly x1: number;
  /** The baseline. */
  readonly y: number;
  /** The size most of its letters have. */
  readonly size: number;
  /** The whole line is bold, or italic. */
  readonly bold: boolean;
  readonly italic: boolean;
}

/** Letters drawn twice this near (of their size) are one letter made to look bold. */
const OVERPRINT = 0.1;

/** Glyphs on one baseline; numbers raised above it (notes) and lowered below it join it. */
export function linesOf(page: number, glyphs: readonly Glyph[]): TextLine[] {
  const rows = baselines(glyphs);
  // The tallest first, so that what is raised finds the line it belongs to.
  const order = [...rows].sort((a, b) => b.size - a.size || a.y - b.y);
  const kept: Row[] = [];
  for (const row of order) {
    const near = kept
      .filter(
        (one) =>
          row.y > one.y - one.size * 0.62 &&
          row.y < one.y + one.size * 0.35 &&
          fitsBetween(row, one),
      )
      .sort((a, b) => Math.abs(a.y - row.y) - Math.abs(b.y - row.y))[0];
    if (near && (row.size <= near.size * 0.8 || Math.abs(near.y - row.y) < near.size * 0.3))
      near.glyphs.push(...row.glyphs);
    else kept.push(row);
  }
  return kept
    .sort((a, b) => a.y - b.y)
    .flatMap(({ glyphs: some, y }) => {
      const sorted = withoutOverprints(some.sort((a, b) => a.x - b.x));
      return sorted.some(isInk) ? [lineFrom(page, y, sorted)] : [];
    });
}

/** A line out of glyphs that stand in order. */
export function lineFrom(page: number, y: number, glyphs: readonly Glyph[]): TextLine {
  const ink = glyphs.filter(isInk);
  const [first, last] = [ink[0], ink.at(-1)];
  return {
    page,
    y,
    glyphs: trimmed(glyphs),
    size: usualSize(ink),
    x0: first?.x ?? 0,
    x1: ink.reduce(
      (most, one) => Math.max(most, one.x + one.width),
      last ? last.x + last.width : 0,
    ),
    bold: ink.every((one) => one.face.bold),
    italic: ink.every((one) => one.face.italic),
  };
}

export function isInk(glyph: Glyph): boolean {
  return glyph.ink;
}

interface Row {
  readonly y: number;
  readonly size: number;
  readonly glyphs: Glyph[];
}

function baselines(glyphs: readonly Glyph[]): Row[] {
  const rows: { y: number; glyphs: Glyph[] }[] = [];
  for (const glyph of [...glyphs].sort((a, b) => a.y - b.y)) {
    const row = rows.at(-1);
    if (row && glyph.y - row.y <= 0.6) row.glyphs.push(glyph);
    else rows.push({ y: glyph.y, glyphs: [glyph] });
  }
  return rows.map(({ y, glyphs: some }) => ({ y, glyphs: some, size: usualSize(some) }));
}

/** Glyphs on one baseline without a wide gap between them. */
export interface Segment {
  readonly x0: number;
  readonly x1: number;
  readonly y: number;
  readonly size: number;
  readonly glyphs: readonly Glyph[];
  /** Blanks typed in the gap before it. */
  readonly blanks: number;
  /** Its words always stand in the right of two columns, however near the left one comes. */
  readonly rightColumn: boolean;
}

/** What the upper right of a page begins with, blanks left out. */
const NATION = /CỘNGHÒAXÃHỘICHỦNGHĨA|ĐẢNGCỘNGSẢNVIỆTNAM/u;

interface Part {
  readonly glyphs: Glyph[];
  readonly blanks: number;
  readonly rightColumn?: boolean;
}

/** A long name of an agency may come as near to the nation's as one word to the next. */
function splitAtNation(part: Part): Part[] {
  if (!part.glyphs.some(({ text }) => /^[CĐ]/u.test(text))) return [part];
  const found = NATION.exec(part.glyphs.map(({ text }) => text).join(""));
  if (!found) return [part];
  if (found.index === 0) return [{ ...part, rightColumn: true }];
  let [at, index] = [0, 0];
  for (; at < found.index; index++) at += part.glyphs[index]?.text.length ?? 1;
  return [
    { ...part, glyphs: part.glyphs.slice(0, index) },
    { glyphs: part.glyphs.slice(index), blanks: 0, rightColumn: true },
  ];
}

/** A gap this wide (of the size) parts a baseline into segments. */
const WIDE = 0.9;

export function segmentsOf(glyphs: readonly Glyph[]): Segment[] {
  return baselines(glyphs).flatMap(({ y, glyphs: row }) => {
    const parts: { readonly glyphs: Glyph[]; readonly blanks: number }[] = [];
    let [end, blanks] = [-Infinity, 0];
    for (const glyph of row.sort((a, b) => a.x - b.x)) {
      if (!isInk(glyph)) {
        blanks++;
        continue;
      }
      if (glyph.x - end > glyph.size * WIDE) parts.push({ glyphs: [], blanks });
      parts.at(-1)?.glyphs.push(glyph);
      [end, blanks] = [Math.max(end, glyph.x + glyph.width), 0];
    }
    return parts
      .flatMap(splitAtNation)
      .map(({ glyphs: part, blanks: before, rightColumn = false }): Segment => ({
        rightColumn,
        x0: part[0]?.x ?? 0,
        x1: part.reduce((most, one) => Math.max(most, one.x + one.width), 0),
        y,
        size: usualSize(part),
        glyphs: part,
        blanks: before,
      }));
  });
}

function fitsBetween(row: Row, line: Row): boolean {
  return row.glyphs.every(
    (glyph) =>
      !isInk(glyph) ||
      line.glyphs.every(
        (one) =>
          !isInk(one) ||
          Math.min(one.x + one.width, glyph.x + glyph.width) - Math.max(one.x, glyph.x) <
            0.5 * Math.min(one.width, glyph.width) + 0.1,
      ),
  );
}

function withoutOverprints(glyphs: readonly Glyph[]): Glyph[] {
  const kept: Glyph[] = [];
  for (const glyph of glyphs) {
    let twin = -1;
    for (let index = kept.length - 1; index >= 0 && index > kept.length - 5; index--) {
      const one = kept[index];
      if (one && one.x < glyph.x - glyph.size * OVERPRINT) break;
      if (
        one &&
        one.text === glyph.text &&
        isInk(one) &&
        Math.abs(one.x - glyph.x) < glyph.size * OVERPRINT &&
        one.width > glyph.size * OVERPRINT
      )
        twin = index;
    }
    const one = kept[twin];
    if (one) kept[twin] = { ...one, face: { ...one.face, bold: true } };
    else kept.push(glyph);
  }
  return kept;
}

function trimmed(glyphs: readonly Glyph[]): readonly Glyph[] {
  const from = glyphs.findIndex(isInk);
  const to = glyphs.findLastIndex(isInk);
  return glyphs.slice(from, to + 1);
}

function usualSize(glyphs: readonly Glyph[]): number {
  const counts = new Map<number, number>();
  for (const { size } of glyphs) {
    const step = Math.round(size * 4) / 4;
    counts.set(step, (counts.get(step) ?? 0) + 1);
  }
  let [best, most] = [0, 0];
  for (const [size, count] of counts)
    if (count > most || (count === most && size > best)) [best, most] = [size, count];
  return best;
}
