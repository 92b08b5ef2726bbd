import { type Diagnostic, both, fileError, planError } from "../../base/diagnostic.js";
import { printCodePoint } from "../../base/text.js";
import type { Pt, Twip } from "../../base/units.js";
import { type Style, runFace } from "../../document/styles.js";
import type { Inline, Origin } from "../../document/tree.js";
import type { Face } from "../../typeface/face.js";
import { type Family, faceOf } from "../../typeface/family.js";

/** A span of text in one face and size. */
export interface Span {
  readonly face: Face;
  readonly size: Pt;
  readonly rise: Twip;
}

/** The text of a paragraph, measured sign by sign. A line break is the code point 10, of no width. */
export interface MeasuredText {
  readonly codes: readonly number[];
  readonly glyphs: readonly number[];
  /** True widths, for drawing. */
  readonly advances: readonly Twip[];
  /** Widths as word processors measure them, for breaking lines. */
  readonly measures: readonly Twip[];
  readonly spans: readonly Span[];
  /** Index into `spans` of each sign. */
  readonly spanOf: readonly number[];
  /** Footnotes called, with the position of the call. */
  readonly notes: readonly { readonly at: number; readonly number: number }[];
}

/** Footnote numbers: 58 % of the size, raised by a third, as word processors set a superscript. */
export const SUPERSCRIPT = { size: 0.58, rise: 1 / 3 } as const;

/**
 * LibreOffice measures text on a device of 8640 dots an inch, six to a twip, and rounds every glyph's width to a whole dot. Lines break
 * where the sum of these widths passes the limit: over 16,000 lines in four faces and five sizes, without exception.
 */
const DOTS_PER_TWIP = 6;

export const LINE_BREAK = 10;
export const SPACE = 32;

/** Measure inlines. Signs the face lacks are reported, at the place in the plan they came from, and measure nothing. */
export function collectInlines(inlines: readonly Inline[], style: Style, family: Family, origin: Origin, problems: Diagnostic[]): MeasuredText {
  const codes: number[] = [];
  const glyphs: number[] = [];
  const advances: Twip[] = [];
  const measures: Twip[] = [];
  const spanOf: number[] = [];
  const spans: Span[] = [];
  const notes: { at: number; number: number }[] = [];

  const add = (text: string, span: Span): void => {
    const index = spans.push(span) - 1;
    const scale = (span.size * 20) / span.face.unitsPerEm;
    for (const sign of text) {
      const code = sign.codePointAt(0) ?? 0;
      const glyph = span.face.glyph(code);
      if (glyph === null) {
        problems.push(missingGlyph(code, text, span.face, origin));
        continue;
      }
      codes.push(code);
      glyphs.push(glyph.id);
      advances.push(glyph.advance * scale);
      measures.push(Math.round(glyph.advance * scale * DOTS_PER_TWIP) / DOTS_PER_TWIP);
      spanOf.push(index);
    }
  };

  for (const inline of inlines) {
    if (inline.kind === "break") {
      codes.push(LINE_BREAK);
      glyphs.push(0);
      advances.push(0);
      measures.push(0);
      spanOf.push(Math.max(spans.length - 1, 0));
      if (spans.length === 0) spans.push({ face: faceOf(family, style), size: style.size, rise: 0 });
    } else if (inline.kind === "footnote") {
      notes.push({ at: codes.length, number: inline.number });
      const face = faceOf(family, style);
      add(String(inline.number), { face, size: style.size * SUPERSCRIPT.size, rise: style.size * 20 * SUPERSCRIPT.rise });
    } else {
      const look = runFace(style, inline.marks);
      add(inline.text, { face: faceOf(family, look), size: style.size, rise: 0 });
    }
  }
  return { codes, glyphs, advances, measures, spans, spanOf, notes };
}

function missingGlyph(code: number, text: string, face: Face, origin: Origin): Diagnostic {
  const sign = String.fromCodePoint(code);
  const message = both(
    `phông ${face.postscriptName} không có chữ “${sign}” (${printCodePoint(code)}), trong “${text.slice(0, 40)}”`,
    `the font ${face.postscriptName} lacks “${sign}” (${printCodePoint(code)}), in “${text.slice(0, 40)}”`,
  );
  const hint = both("thay bằng chữ hoặc dấu thường; ô trống viết □", "use ordinary letters or signs; a box is □");
  if (origin.plan !== null) return planError("missing-glyph", origin.plan, message, hint);
  return fileError("missing-glyph", origin.template ?? { file: "document.hbs" }, message, hint);
}
