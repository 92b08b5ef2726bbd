import { type Diagnostic, both, fileError, parsePath, planError } from "../../base/diagnostic.js";
import { printCodePoint } from "../../base/text.js";
import type { Pt, Twip } from "../../base/units.js";
import { type Style, runFace } from "../../document/styles.js";
import type { Inline, Origin } from "../../document/tree.js";
import type { Face } from "../../typeface/face.js";
import { type Family, faceOf } from "../../typeface/family.js";

/** Signs `from`, up to and without `to`, in one face and size. */
export interface Span {
  readonly face: Face;
  readonly size: Pt;
  readonly rise: Twip;
  readonly from: number;
  readonly to: number;
}

/**
 * The text of a paragraph, measured sign by sign. A line break is the code point 10, of no width.
 */
export interface MeasuredText {
  readonly codes: readonly number[];
  readonly glyphs: readonly SizedGlyph[];
  /** Spans in order; line breaks may stand between them. */
  readonly spans: readonly Span[];
  /** Footnotes called, with the position of the call. */
  readonly notes: readonly { readonly at: number; readonly number: number }[];
}

/** A glyph at a size. */
export interface SizedGlyph {
  readonly id: number;
  /** True width, for drawing. */
  readonly advance: Twip;
  /** Width as word processors measure it, for breaking lines. */
  readonly measure: Twip;
}

/** Footnote numbers: 58 % of the size, raised by a third, as word processors set a superscript. */
export const SUPERSCRIPT = { size: 0.58, rise: 1 / 3 } as const;

/**
 * LibreOffice measures text on a device of 8640 dots an inch, six to a twip, and rounds every
 * glyph's width to a whole dot. Lines break where the sum of these widths passes the limit: over
 * 16,000 lines in four faces and five sizes, without exception.
 */
const DOTS_PER_TWIP = 6;

export const LINE_BREAK = 10;
export const SPACE = 32;
const NO_GLYPH: SizedGlyph = { id: 0, advance: 0, measure: 0 };

const sized = new WeakMap<Face, Map<Pt, Map<number, SizedGlyph | null>>>();

/** Glyphs of a face at a size, each measured once. */
function glyphsAt(face: Face, size: Pt): (code: number) => SizedGlyph | null {
  const sizes = sized.get(face) ?? new Map<Pt, Map<number, SizedGlyph | null>>();
  sized.set(face, sizes);
  const known = sizes.get(size) ?? new Map<number, SizedGlyph | null>();
  sizes.set(size, known);
  const scale = (size * 20) / face.unitsPerEm;
  return (code) => {
    const found = known.get(code);
    if (found !== undefined) return found;
    const glyph = face.glyph(code);
    const advance = (glyph?.advance ?? 0) * scale;
    const made =
      glyph === null
        ? null
        : { id: glyph.id, advance, measure: Math.round(advance * DOTS_PER_TWIP) / DOTS_PER_TWIP };
    known.set(code, made);
    return made;
  };
}

/**
 * Measure inlines. Signs the face lacks are reported, at the place in the plan they came from, and
 * measure nothing.
 */
export function collectInlines(
  inlines: readonly Inline[],
  style: Style,
  family: Family,
  origin: Origin,
  problems: Diagnostic[],
): MeasuredText {
  const codes: number[] = [];
  const glyphs: SizedGlyph[] = [];
  const spans: Span[] = [];
  const notes: { at: number; number: number }[] = [];

  const add = (text: string, face: Face, size: Pt, rise: Twip): void => {
    const from = codes.length;
    const glyphOf = glyphsAt(face, size);
    for (let at = 0; at < text.length; at++) {
      const code = text.codePointAt(at) ?? 0;
      if (code > 0xffff) at++;
      const glyph = glyphOf(code);
      if (glyph === null) {
        problems.push(missingGlyph(code, text, face, origin));
        continue;
      }
      codes.push(code);
      glyphs.push(glyph);
    }
    spans.push({ face, size, rise, from, to: codes.length });
  };

  for (const inline of inlines) {
    if (inline.kind === "break") {
      codes.push(LINE_BREAK);
      glyphs.push(NO_GLYPH);
    } else if (inline.kind === "footnote") {
      if (!inline.again) notes.push({ at: codes.length, number: inline.number });
      add(
        String(inline.number),
        faceOf(family, style),
        style.size * SUPERSCRIPT.size,
        style.size * 20 * SUPERSCRIPT.rise,
      );
    } else {
      add(inline.text, faceOf(family, runFace(style, inline.marks)), style.size, 0);
    }
  }
  return { codes, glyphs, spans, notes };
}

function missingGlyph(code: number, text: string, face: Face, origin: Origin): Diagnostic {
  const sign = String.fromCodePoint(code);
  const message = both(
    `phông ${face.postscriptName} không có chữ “${sign}” (${printCodePoint(code)}), trong “${text.slice(0, 40)}”`,
    `the font ${face.postscriptName} lacks “${sign}” (${printCodePoint(code)}), in “${text.slice(0, 40)}”`,
  );
  const hint = both(
    "thay bằng chữ hoặc dấu thường; ô trống viết □",
    "use ordinary letters or signs; a box is □",
  );
  if (origin.plan !== null)
    return planError("missing-glyph", parsePath(origin.plan), message, hint);
  return fileError("missing-glyph", origin.template ?? { file: "document.hbs" }, message, hint);
}
