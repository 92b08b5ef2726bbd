import { type Segment, lineFrom, segmentsOf } from "./lines.js";
import type { Glyph } from "./glyph.js";
import { plainText } from "./styled-text.js";

/** Words that only the picture of a digital signature has. */
const SURE =
  /^(?:Ký (?:bởi|số bởi|điện tử bởi)|Người ký|Được ký bởi|Digitally signed by|Signed by|Thời gian ký|Ngày ký|Signing date)\s*:?|CỤC CHỨNG THỰC SỐ|BẢO MẬT THÔNG TIN|đã ký lên văn bản này|\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/iu;
/** Words that belong to it when they stand beside such ones. */
const LIKELY =
  /^(?:E-?mail|Cơ quan|Tổ chức|Chức vụ|Thời gian|Ngày|Date|Location|Reason|Nơi ký|Lý do)\s*:/iu;

/** Pictures of digital signatures, and what else stands on the page. */
export interface ExtractedStamps {
  readonly stamps: readonly { readonly text: string; readonly y: number }[];
  readonly rest: readonly Glyph[];
}

/**
 * A word of each such line, blanks left out: most pages have none, and are not looked at more
 * closely.
 */
const HINT =
  /Kýbởi|Kýsốbởi|Kýđiệntửbởi|Ngườiký|Đượckýbởi|signedby|Thờigianký|Ngàyký|Signingdate|CHỨNGTHỰCSỐ|BẢOMẬTTHÔNGTIN|đãkýlênvănbản|\d{4}-\d\d-\d\dT\d\d:\d\d/iu;

/** Take the pictures of digital signatures out of a page: one text each, lines top to bottom. */
export function extractStamps(glyphs: readonly Glyph[]): ExtractedStamps {
  if (!mayHaveStamps(glyphs)) return { stamps: [], rest: glyphs };
  const found = [...annotationStamps(glyphs), ...printedStamps(glyphs)].map((segments) =>
    [...segments].sort((a, b) => a.y - b.y || a.x0 - b.x0),
  );
  const taken = new Set(found.flatMap((stamp) => stamp.flatMap((segment) => segment.glyphs)));
  return {
    stamps: found.map((stamp) => ({
      text: stamp.map(textOf).join("\n"),
      y: stamp[0]?.y ?? 0,
    })),
    rest: glyphs.filter((glyph) => !taken.has(glyph)),
  };
}

/** Whether a page has a word of a signature, as the file orders its letters or as they stand. */
function mayHaveStamps(glyphs: readonly Glyph[]): boolean {
  const inked = glyphs.filter((glyph) => glyph.ink);
  const hint = (some: readonly Glyph[]): boolean =>
    some.some((glyph) => glyph.face.encoding !== null) ||
    HINT.test(
      some
        .map((glyph) => glyph.text)
        .join("")
        .normalize("NFC"),
    );
  return hint(inked) || hint([...inked].sort((a, b) => a.y - b.y || a.x - b.x));
}

/** Stamps that are annotations of the page. */
function annotationStamps(glyphs: readonly Glyph[]): readonly (readonly Segment[])[] {
  const drawn = glyphs.filter((glyph) => glyph.annotation > 0);
  return [...new Set(drawn.map((glyph) => glyph.annotation))]
    .map((annotation) => segmentsOf(drawn.filter((glyph) => glyph.annotation === annotation)))
    .filter((segments) => segments.some((segment) => SURE.test(textOf(segment))));
}

/** The lines of a page's own text, and which of them are a signature's beyond doubt. */
interface StampSearch {
  readonly lines: readonly Segment[];
  readonly texts: ReadonlyMap<Segment, string>;
  readonly sure: readonly Segment[];
}

/** Stamps that are printed into the page itself. */
function printedStamps(glyphs: readonly Glyph[]): readonly (readonly Segment[])[] {
  const lines = segmentsOf(glyphs.filter((glyph) => glyph.annotation === 0));
  const texts = new Map(lines.map((segment) => [segment, textOf(segment)]));
  const sure = lines.filter((segment) => SURE.test(texts.get(segment) ?? ""));
  const free = new Set(lines);
  const stamps: (readonly Segment[])[] = [];
  for (const anchor of sure)
    if (free.has(anchor)) stamps.push(growStamp(anchor, free, { lines, texts, sure }));
  return stamps;
}

/** Lines of one stamp stand one below the other from one edge, in one size. */
function growStamp(anchor: Segment, free: Set<Segment>, search: StampSearch): readonly Segment[] {
  const stamp = [anchor];
  free.delete(anchor);
  for (let grown = true; grown;) {
    grown = false;
    for (const line of free) {
      if (!belongsTo(line, stamp, search)) continue;
      stamp.push(line);
      free.delete(line);
      grown = true;
    }
  }
  return stamp;
}

function belongsTo(line: Segment, stamp: readonly Segment[], search: StampSearch): boolean {
  const near = stamp.some(
    (member) =>
      Math.abs(member.y - line.y) <= member.size * 1.6 &&
      Math.abs(member.size - line.size) <= 1 &&
      Math.min(member.x1, line.x1) > Math.max(member.x0, line.x0),
  );
  if (!near) return false;
  const text = search.texts.get(line) ?? "";
  return (
    SURE.test(text) ||
    LIKELY.test(text) ||
    (isAligned(line, stamp, search) && isBetween(line, search))
  );
}

/** A line that begins at the stamp's edge, where few others of its size do. */
function isAligned(line: Segment, stamp: readonly Segment[], { lines }: StampSearch): boolean {
  return (
    stamp.some((member) => Math.abs(member.x0 - line.x0) <= 2) &&
    lines.filter(
      (other) =>
        Math.abs(other.x0 - line.x0) <= 2 &&
        Math.abs(other.size - line.size) <= 1 &&
        !stamp.includes(other),
    ).length <= 8
  );
}

/**
 * A line that carries on one above it: more of the stamp's words stand below it, or it is small
 * print itself.
 */
function isBetween(line: Segment, { lines, texts, sure }: StampSearch): boolean {
  const below = lines.some(
    (other) =>
      other.y > line.y &&
      other.y - line.y < line.size * 4 &&
      Math.abs(other.size - line.size) <= 1 &&
      (sure.includes(other) || LIKELY.test(texts.get(other) ?? "")),
  );
  return below || line.size <= 9.5;
}

function textOf(segment: Segment): string {
  return plainText(lineFrom(0, segment.y, segment.glyphs));
}
