import { type Diagnostic, assertNever, both } from "../../base/diagnostic.js";
import { similarSign } from "../../base/similar-signs.js";
import { printCodePoint } from "../../base/text.js";
import { type Pt, type Twip, twipsFromPt } from "../../base/units.js";
import { continuesRun, joinRuns } from "../../document/runs.js";
import { type Style, runFace } from "../../document/styles.js";
import {
  type Inline,
  NO_ORIGIN,
  type NoChange,
  type Origin,
  type TextRun,
  textOf,
} from "../../document/tree.js";
import type { Face } from "../../typeface/face.js";
import { type Family, faceOf } from "../../typeface/family.js";
import { type Report, problemAt } from "../problem-at.js";

/** The text of one paragraph or cell. */
export interface ParagraphText {
  /** Set in front of the text: a label, or the number of a footnote. */
  readonly lead: readonly Inline[];
  readonly inlines: readonly Inline[];
  readonly origin: Origin;
}

/** Characters `from`, up to and without `to`, in one face and size. */
export interface Span {
  readonly face: Face;
  readonly size: Pt;
  readonly rise: Twip;
  readonly from: number;
  readonly to: number;
  readonly change?: NoChange;
}

/** Characters from position `from` to the next such span share one origin. */
interface OriginSpan {
  readonly from: number;
  readonly origin: Origin;
}

/**
 * The text of a paragraph, measured character by character. A line break is the code point 10, of
 * no width.
 */
export interface MeasuredText {
  readonly codes: readonly number[];
  readonly glyphs: readonly SizedGlyph[];
  /** Spans in order; line breaks may stand between them. */
  readonly spans: readonly Span[];
  /** Where the lead ends and the text begins. */
  readonly leadEnd: number;
  /** Where the text comes from, in order: a cited figure has another origin than its sentence. */
  readonly origins: readonly OriginSpan[];
  /** Footnotes called, with the position of the call. */
  readonly notes: readonly { readonly at: number; readonly number: number }[];
}

/** A glyph at a size. */
interface SizedGlyph {
  readonly id: number;
  /** True width, for drawing. */
  readonly advance: Twip;
  /** Width as word processors measure it, for breaking lines. */
  readonly measure: Twip;
}

/** Footnote numbers: 58 % of the size, raised by a third, as word processors set a superscript. */
const SUPERSCRIPT = { size: 0.58, rise: 1 / 3 } as const;

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
  const measured = sizes.get(size) ?? new Map<number, SizedGlyph | null>();
  sizes.set(size, measured);
  const scale = twipsFromPt(size) / face.unitsPerEm;
  return (code) => {
    const known = measured.get(code);
    if (known !== undefined) return known;
    const glyph = face.glyph(code);
    const advance = (glyph?.advance ?? 0) * scale;
    const sizedGlyph =
      glyph === null
        ? null
        : { id: glyph.id, advance, measure: Math.round(advance * DOTS_PER_TWIP) / DOTS_PER_TWIP };
    measured.set(code, sizedGlyph);
    return sizedGlyph;
  };
}

/**
 * Measure the text of a paragraph.
 * Errors: characters that the face lacks, each at the place its text comes from; they take no room.
 */
export function collectInlines(
  text: ParagraphText,
  style: Style,
  family: Family,
  report: Report,
): MeasuredText {
  const out: Collected = {
    codes: [],
    glyphs: [],
    spans: [],
    leadEnd: 0,
    origins: NO_ORIGINS,
    notes: [],
  };
  const setting = { style, family, origin: text.origin, report };
  addInlines(text.lead, setting, out);
  out.leadEnd = out.codes.length;
  addInlines(text.inlines, setting, out);
  return out;
}

const NO_ORIGINS: readonly OriginSpan[] = [];

/** A measured text in the making. */
interface Collected extends MeasuredText {
  readonly codes: number[];
  readonly glyphs: SizedGlyph[];
  readonly spans: Span[];
  leadEnd: number;
  origins: readonly OriginSpan[];
  readonly notes: { readonly at: number; readonly number: number }[];
}

/** Style and fonts of a text, and where it comes from. */
interface Setting {
  readonly style: Style;
  readonly family: Family;
  readonly origin: Origin;
  readonly report: Report;
}

function addInlines(inlines: readonly Inline[], setting: Setting, out: Collected): void {
  for (let index = 0; index < inlines.length; index++) {
    const inline = inlines[index];
    if (!inline) break;
    switch (inline.kind) {
      case "break":
        out.codes.push(LINE_BREAK);
        out.glyphs.push(NO_GLYPH);
        break;
      case "footnote":
        if (!inline.again) out.notes.push({ at: out.codes.length, number: inline.number });
        addNoteNumber(inline.number, setting, out);
        break;
      case "text":
        index = addRuns(inline, inlines, index, setting, out) - 1;
        break;
      default:
        assertNever(inline);
    }
  }
}

/** The raised number of a footnote. */
function addNoteNumber(number: number, setting: Setting, out: Collected): void {
  const { style, family, origin } = setting;
  const face = faceOf(family, style);
  const size = style.size * SUPERSCRIPT.size;
  const rise = twipsFromPt(style.size) * SUPERSCRIPT.rise;
  const from = out.codes.length;
  addText(String(number), glyphsAt(face, size), origin, out);
  out.spans.push({ face, size, rise, from, to: out.codes.length });
}

/**
 * Add a run, and those after it that continue it, in the look of the first. Here a change would get
 * its look. Returns the index of the inline after them.
 */
function addRuns(
  first: TextRun,
  inlines: readonly Inline[],
  index: number,
  { style, family, report }: Setting,
  out: Collected,
): number {
  if (first.change !== undefined) assertNever(first.change);
  const { size } = style;
  const face = faceOf(family, runFace(style, first.marks));
  const glyphOf = glyphsAt(face, size);
  const from = out.codes.length;
  let next = index;
  for (
    let run: Inline | undefined = first;
    run?.kind === "text" && continuesRun(first, run);
    run = inlines[++next]
  ) {
    const missing = addText(run.text, glyphOf, run.origin, out);
    for (const code of missing) report(missingGlyph(code, inlines.slice(index), face, run.origin));
  }
  out.spans.push({ face, size, rise: 0, from, to: out.codes.length });
  return next;
}

/** Add the characters of a text that have a glyph. Returns those that have none. */
function addText(
  text: string,
  glyphOf: (code: number) => SizedGlyph | null,
  origin: Origin,
  out: Collected,
): readonly number[] {
  const { codes, glyphs, origins } = out;
  const start = codes.length;
  let missing = NONE_MISSING;
  for (let at = 0; at < text.length; at++) {
    const code = text.codePointAt(at) ?? 0;
    if (code > 0xffff) at++;
    const glyph = glyphOf(code);
    if (glyph === null) {
      missing = [...missing, code];
      continue;
    }
    codes.push(code);
    glyphs.push(glyph);
  }
  // Nearly every text has one origin; an array literal takes less memory than one that grew.
  if (origins.length === 0) out.origins = [{ from: start, origin }];
  else if (origins.at(-1)?.origin !== origin) out.origins = [...origins, { from: start, origin }];
  return missing;
}

const NONE_MISSING: readonly number[] = [];

/** Where the character at a position comes from. */
export function originAt({ origins }: MeasuredText, position: number): Origin {
  return origins.findLast(({ from }) => from <= position)?.origin ?? NO_ORIGIN;
}

/** The beginning of a text, cut between letters. */
function firstLetters(text: string): string {
  return [...text.slice(0, 80)].slice(0, 40).join("");
}

/** A character that the face lacks, in the first of these inlines. */
function missingGlyph(
  code: number,
  inlines: readonly Inline[],
  face: Face,
  origin: Origin,
): Diagnostic {
  const shown = String.fromCodePoint(code);
  const name = `“${shown}” (${printCodePoint(code)})`;
  const start = firstLetters(textOf(joinRuns(inlines).slice(0, 1)));
  const message = both(
    `phông ${face.postscriptName} không có chữ ${name}, trong “${start}”`,
    `the font ${face.postscriptName} lacks ${name}, in “${start}”`,
  );
  const similar = similarSign(code);
  const hint =
    similar === null
      ? both(
          "thay bằng chữ hoặc dấu thường; ô trống viết □",
          "use ordinary letters or signs; a box is □",
        )
      : both(`viết “${similar}” thay cho nó`, `write “${similar}” instead`);
  return problemAt(origin, "missing-glyph", { message, hint, file: "document.hbs" });
}
