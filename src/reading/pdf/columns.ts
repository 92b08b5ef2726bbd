import { isLabel } from "./labels.js";
import { type Segment, isInk, lineFrom, segmentsOf } from "./lines.js";
import type { Glyph } from "./glyph.js";
import { plainText } from "./styled-text.js";

/**
 * Two columns of text side by side without rules: the head of the page, or recipients and
 * signature.
 */
export interface TwoColumns {
  readonly top: number;
  readonly left: readonly Glyph[];
  readonly right: readonly Glyph[];
}

/** Segments that overlap in height. */
interface Band {
  readonly segments: Segment[];
  top: number;
  bottom: number;
}

/** The white between the columns. */
interface Gutter {
  readonly from: number;
  readonly to: number;
}

interface Region {
  readonly bands: Band[];
  gutter: Gutter;
}

const NARROWEST = 6;
/** Once columns are known, less is enough. */
const TOUCHING = 2;
const ALIGNED = 4;

/** Part the glyphs of a page into regions of two columns and the rest. */
export function findColumns(glyphs: readonly Glyph[]): {
  readonly regions: readonly TwoColumns[];
  readonly rest: readonly Glyph[];
} {
  const regions = findRegions(bandsOf(segmentsOf(glyphs)));
  const columns = regions.map((region) => partRegion(region, glyphs));
  const taken = new Set([
    ...regions.flatMap((region) => segmentsIn(region).flatMap((segment) => segment.glyphs)),
    ...columns.flatMap(({ blanks }) => blanks),
  ]);
  return {
    regions: columns.map(({ top, left, right }): TwoColumns => ({ top, left, right })),
    rest: glyphs.filter((glyph) => !taken.has(glyph)),
  };
}

/** Bands one below the other between which one white runs down. */
function findRegions(bands: readonly Band[]): readonly Region[] {
  const regions: Region[] = [];
  let open: Region | null = null;
  for (const [index, band] of bands.entries()) {
    if (open !== null && extendRegion(open, band)) continue;
    const gutter = gutterOf(band, null);
    open = gutter === null ? null : { bands: [band], gutter };
    if (open === null) continue;
    regions.push(open);
    takeAbove(open, bands.slice(0, index), regions);
  }
  return regions;
}

/** Add a band to the region above it, where it belongs there. */
function extendRegion(region: Region, band: Band): boolean {
  const last = region.bands.at(-1);
  const further =
    last && band.top - last.bottom < sizeOf(band) * 3 ? gutterOf(band, region.gutter) : null;
  if (further === null && !belongsBelow(region, band)) return false;
  region.bands.push(band);
  region.gutter = further
    ? {
        from: Math.max(region.gutter.from, further.from),
        to: Math.min(region.gutter.to, further.to),
      }
    : narrowed(region.gutter, band);
  return true;
}

/**
 * What stands in the right column above the first common line, a title above the signature, goes
 * to the region as well.
 */
function takeAbove(region: Region, above: readonly Band[], regions: readonly Region[]): void {
  for (const band of above.toReversed()) {
    if (regions.some(({ bands }) => bands.includes(band)) || !belongsAbove(region, band)) return;
    region.bands.unshift(band);
    region.gutter = narrowed(region.gutter, band);
  }
}

function segmentsIn(region: Region): readonly Segment[] {
  return region.bands.flatMap((band) => band.segments);
}

/** Part a region into its columns. Blanks the file wrote go with the letters around them. */
function partRegion(
  region: Region,
  glyphs: readonly Glyph[],
): TwoColumns & { readonly blanks: readonly Glyph[] } {
  const middle = (region.gutter.from + region.gutter.to) / 2;
  const [from, to] = [
    Math.min(...region.bands.map(({ top }) => top)),
    Math.max(...region.bands.map(({ bottom }) => bottom)),
  ];
  const blanks = glyphs.filter((glyph) => !isInk(glyph) && glyph.y >= from && glyph.y <= to);
  const column = (side: "left" | "right"): Glyph[] => [
    ...segmentsIn(region)
      .filter((segment) => segment.x0 < middle === (side === "left"))
      .flatMap((segment) => segment.glyphs),
    ...blanks.filter((glyph) => glyph.x + glyph.width / 2 < middle === (side === "left")),
  ];
  return { top: from, left: column("left"), right: column("right"), blanks };
}

function bandsOf(segments: readonly Segment[]): Band[] {
  const bands: Band[] = [];
  const spans = segments
    .map((segment) => ({
      segment,
      top: segment.y - segment.size * 0.7,
      bottom: segment.y + segment.size * 0.15,
    }))
    .sort((a, b) => a.top - b.top);
  for (const { segment, top, bottom } of spans) {
    const band = bands.at(-1);
    if (band && top < band.bottom - segment.size * 0.12) {
      band.segments.push(segment);
      band.bottom = Math.max(band.bottom, bottom);
    } else bands.push({ segments: [segment], top, bottom });
  }
  return bands;
}

/**
 * The widest white between two parts of a band, or the one that goes on from `above`; null when it
 * is a label's, typed with blanks, or no wider than blanks of a justified line.
 */
function gutterOf(band: Band, above: Gutter | null): Gutter | null {
  const sorted = [...band.segments].sort((a, b) => a.x0 - b.x0);
  const gaps: (Gutter & { readonly typed: boolean; readonly size: number })[] = [];
  let end = sorted[0]?.x1 ?? 0;
  for (const segment of sorted.slice(1)) {
    if (segment.rightColumn && segment.x0 > end && above === null)
      return { from: end, to: segment.x0 };
    if (segment.x0 - end > Math.max(NARROWEST, segment.size * 0.8))
      gaps.push({ from: end, to: segment.x0, typed: segment.blanks > 1, size: segment.size });
    end = Math.max(end, segment.x1);
  }
  gaps.sort((a, b) => b.to - b.from - (a.to - a.from));
  if (above)
    return (
      gaps.find(
        ({ from, to }) => Math.min(to, above.to) - Math.max(from, above.from) >= TOUCHING,
      ) ?? null
    );
  // "Số:      /KH-UBND" leaves room for a number; only much more room is a way to make columns.
  const best = gaps.find(({ from, to, typed, size }) => !typed || to - from > size * 5);
  if (best === undefined) return null;
  const { from, to } = best;
  const left = sorted.filter((segment) => segment.x1 <= from + 0.1);
  const text = left.map((segment) => plainText(lineFrom(0, segment.y, segment.glyphs))).join(" ");
  return !isLabel(text) && to - from > 2.2 * usualBlank(sorted) ? best : null;
}

function usualBlank(segments: readonly Segment[]): number {
  const gaps: number[] = [];
  for (const { glyphs } of segments) {
    glyphs.forEach((glyph, index) => {
      const before = glyphs[index - 1];
      const gap = before === undefined ? 0 : glyph.x - (before.x + before.width);
      if (gap > glyph.size * 0.15) gaps.push(gap);
    });
  }
  // Where every blank is so wide that words are segments of their own, the white between segments
  // is the blank.
  const row = segments.filter((segment) => segment.y === segments[0]?.y);
  if (row.length > 3)
    gaps.push(...row.slice(1).map((segment, index) => segment.x0 - (row[index]?.x1 ?? 0)));
  gaps.sort((a, b) => a - b);
  return gaps[Math.floor(gaps.length / 2)] ?? 0;
}

function belongsBelow(region: Region, band: Band): boolean {
  const side = sideOf(region, band);
  if (side === null) return false;
  const column = region.bands
    .flatMap((one) => one.segments)
    .filter((segment) => segment.x0 < region.gutter.from === (side === "left"));
  const last = region.bands.at(-1);
  const gap = band.top - (last?.bottom ?? 0);
  const size = sizeOf(band);
  const [x0, x1] = spanOf(band);
  const middles = column.map((segment) => (segment.x0 + segment.x1) / 2).sort((a, b) => a - b);
  const centred = Math.abs((x0 + x1) / 2 - (middles[middles.length >> 1] ?? 0)) <= ALIGNED;
  const lefts = column.filter((segment) => Math.abs(segment.x0 - x0) <= 3);
  const sameSize = column.some((segment) => Math.abs(segment.size - size) <= 1);
  // Room is left for a signature above the name.
  if (side === "right") return centred && gap < size * 9 && column.length > 0;
  return (
    gap < size * 1.6 &&
    sameSize &&
    ((centred && column.length > 0) ||
      lefts.length >= 2 ||
      (lefts.length > 0 &&
        band.segments.some((segment) => /^[-–+•]/u.test(segment.glyphs[0]?.text ?? ""))))
  );
}

function belongsAbove(region: Region, band: Band): boolean {
  if (sideOf(region, band) !== "right") return false;
  const column = region.bands
    .flatMap((one) => one.segments)
    .filter((segment) => segment.x0 >= region.gutter.to - 0.1);
  const [x0, x1] = spanOf(band);
  const first = region.bands[0];
  return (
    first !== undefined &&
    first.top - band.bottom < sizeOf(band) * 1.6 &&
    column.some((segment) => Math.abs((segment.x0 + segment.x1) / 2 - (x0 + x1) / 2) <= ALIGNED)
  );
}

function sideOf(region: Region, band: Band): "left" | "right" | null {
  const [x0, x1] = spanOf(band);
  if (x1 <= region.gutter.to - TOUCHING && x0 < region.gutter.from) return "left";
  return x0 >= region.gutter.from + TOUCHING && x1 > region.gutter.to ? "right" : null;
}

function narrowed({ from, to }: Gutter, band: Band): Gutter {
  const [x0, x1] = spanOf(band);
  return x0 < from ? { from: Math.max(from, x1), to } : { from, to: Math.min(to, x0) };
}

function spanOf(band: Band): readonly [number, number] {
  return [
    Math.min(...band.segments.map(({ x0 }) => x0)),
    Math.max(...band.segments.map(({ x1 }) => x1)),
  ];
}

function sizeOf(band: Band): number {
  return Math.max(...band.segments.map(({ size }) => size));
}
