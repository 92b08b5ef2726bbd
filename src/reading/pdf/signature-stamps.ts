import { type Segment, lineFrom, segmentsOf } from "./lines.js";
import type { Glyph } from "./page-content.js";
import { plainText } from "./styled-text.js";

/** Words that only the picture of a digital signature has. */
const SURE =
  /^(?:Ký (?:bởi|số bởi|điện tử bởi)|Người ký|Được ký bởi|Digitally signed by|Signed by|Thời gian ký|Ngày ký|Signing date)\s*:?|CỤC CHỨNG THỰC SỐ|BẢO MẬT THÔNG TIN|đã ký lên văn bản này|\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/iu;
/** Words that belong to it when they stand beside such ones. */
const LIKELY =
  /^(?:E-?mail|Cơ quan|Tổ chức|Chức vụ|Thời gian|Ngày|Date|Location|Reason|Nơi ký|Lý do)\s*:/iu;

export interface Seals {
  readonly seals: readonly { readonly text: string; readonly y: number }[];
  readonly rest: readonly Glyph[];
}

/**
 * A word of each such line, blanks left out: most pages have none, and are not looked at more
 * closely.
 */
const HINT =
  /Kýbởi|Kýsốbởi|Kýđiệntửbởi|Ngườiký|Đượckýbởi|signedby|Thờigianký|Ngàyký|Signingdate|CHỨNGTHỰCSỐ|BẢOMẬTTHÔNGTIN|đãkýlênvănbản|\d{4}-\d\d-\d\dT\d\d:\d\d/iu;

/** Take the pictures of digital signatures out of a page: one text each, lines top to bottom. */
export function takeSeals(glyphs: readonly Glyph[]): Seals {
  const inked = glyphs.filter((glyph) => glyph.ink);
  const hint = (some: readonly Glyph[]): boolean =>
    some.some((glyph) => glyph.face.encoding !== null) ||
    HINT.test(
      some
        .map((glyph) => glyph.text)
        .join("")
        .normalize("NFC"),
    );
  if (!hint(inked) && !hint([...inked].sort((a, b) => a.y - b.y || a.x - b.x)))
    return { seals: [], rest: glyphs };
  const stamps = glyphs.filter((glyph) => glyph.annotation > 0);
  const seals: { text: string; y: number }[] = [];
  const taken = new Set<Glyph>();
  const take = (segments: readonly Segment[]): void => {
    const sorted = [...segments].sort((a, b) => a.y - b.y || a.x0 - b.x0);
    seals.push({ text: sorted.map(textOf).join("\n"), y: sorted[0]?.y ?? 0 });
    for (const segment of sorted) for (const glyph of segment.glyphs) taken.add(glyph);
  };
  for (const annotation of new Set(stamps.map((glyph) => glyph.annotation))) {
    const segments = segmentsOf(stamps.filter((glyph) => glyph.annotation === annotation));
    if (segments.some((segment) => SURE.test(textOf(segment)))) take(segments);
  }
  const others = segmentsOf(glyphs.filter((glyph) => glyph.annotation === 0));
  const texts = new Map(others.map((segment) => [segment, textOf(segment)]));
  const sure = others.filter((segment) => SURE.test(texts.get(segment) ?? ""));
  const free = new Set(others);
  for (const anchor of sure) {
    if (!free.has(anchor)) continue;
    // Lines of one seal stand one below the other from one edge, in one size.
    const group = [anchor];
    free.delete(anchor);
    for (let grown = true; grown;) {
      grown = false;
      for (const one of free) {
        const near = group.some(
          (member) =>
            Math.abs(member.y - one.y) <= member.size * 1.6 &&
            Math.abs(member.size - one.size) <= 1 &&
            Math.min(member.x1, one.x1) > Math.max(member.x0, one.x0),
        );
        const text = texts.get(one) ?? "";
        const aligned =
          group.some((member) => Math.abs(member.x0 - one.x0) <= 2) &&
          others.filter(
            (other) =>
              Math.abs(other.x0 - one.x0) <= 2 &&
              Math.abs(other.size - one.size) <= 1 &&
              !group.includes(other),
          ).length <= 8;
        if (
          !near ||
          !(
            SURE.test(text) ||
            LIKELY.test(text) ||
            (aligned && isBetween(one, sure, others, texts))
          )
        )
          continue;
        group.push(one);
        free.delete(one);
        grown = true;
      }
    }
    take(group);
  }
  return { seals, rest: glyphs.filter((glyph) => !taken.has(glyph)) };
}

/**
 * A line that carries on one above it: more of the seal's words stand below it, or it is small
 * print itself.
 */
function isBetween(
  one: Segment,
  sure: readonly Segment[],
  others: readonly Segment[],
  texts: ReadonlyMap<Segment, string>,
): boolean {
  const below = others.some(
    (other) =>
      other.y > one.y &&
      other.y - one.y < one.size * 4 &&
      Math.abs(other.size - one.size) <= 1 &&
      (sure.includes(other) || LIKELY.test(texts.get(other) ?? "")),
  );
  return below || one.size <= 9.5;
}

function textOf(segment: Segment): string {
  return plainText(lineFrom(0, segment.y, segment.glyphs));
}
