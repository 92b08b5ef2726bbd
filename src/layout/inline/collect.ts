import { type Diagnostic, assertNever, both } from "../../base/diagnostic.js";
import { printCodePoint } from "../../base/text.js";
import { type Pt, type Twip, twipsFromPt } from "../../base/units.js";
import { continuesRun } from "../../document/runs.js";
import { type Style, runFace } from "../../document/styles.js";
import {
  type Inline,
  NO_ORIGIN,
  type NoChange,
  type Origin,
  type TextRun,
} from "../../document/tree.js";
import type { Face } from "../../typeface/face.js";
import { type Family, faceOf } from "../../typeface/family.js";
import type { Report } from "../context.js";
import { problemAt } from "../problem-at.js";

/** The text of one paragraph or cell. */
export interface ParagraphText {
  /** What is put in front of the text: a label, the number of a footnote. */
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

/** Characters `from`, up to and without `to`, from one place. */
export interface OriginSpan {
  readonly from: number;
  readonly to: number;
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
export interface SizedGlyph {
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
  const collector = new Collector(style, family, text.origin, report);
  const leadEnd = collector.add(text.lead);
  collector.add(text.inlines);
  return collector.measured(leadEnd);
}

class Collector {
  readonly #codes: number[] = [];
  readonly #glyphs: SizedGlyph[] = [];
  readonly #spans: Span[] = [];
  readonly #origins: OriginSpan[] = [];
  readonly #notes: { readonly at: number; readonly number: number }[] = [];
  readonly #style: Style;
  readonly #family: Family;
  readonly #origin: Origin;
  readonly #report: Report;

  constructor(style: Style, family: Family, origin: Origin, report: Report) {
    this.#style = style;
    this.#family = family;
    this.#origin = origin;
    this.#report = report;
  }

  measured(leadEnd: number): MeasuredText {
    return {
      codes: this.#codes,
      glyphs: this.#glyphs,
      spans: this.#spans,
      leadEnd,
      origins: this.#origins,
      notes: this.#notes,
    };
  }

  /** Add inlines. Gives the position after them. */
  add(inlines: readonly Inline[]): number {
    for (let index = 0; index < inlines.length; index++) {
      const inline = inlines[index];
      if (!inline) break;
      switch (inline.kind) {
        case "break":
          this.#codes.push(LINE_BREAK);
          this.#glyphs.push(NO_GLYPH);
          break;
        case "footnote":
          if (!inline.again) this.#notes.push({ at: this.#codes.length, number: inline.number });
          this.#addNumber(inline.number);
          break;
        case "text": {
          const runs = runsFrom(inline, inlines, index);
          this.#addRuns(inline, runs);
          index += runs.length - 1;
          break;
        }
        default:
          assertNever(inline);
      }
    }
    return this.#codes.length;
  }

  /** The raised number of a footnote. */
  #addNumber(number: number): void {
    const { size } = this.#style;
    this.#addSpan(
      {
        face: faceOf(this.#family, this.#style),
        size: size * SUPERSCRIPT.size,
        rise: twipsFromPt(size) * SUPERSCRIPT.rise,
      },
      [{ text: String(number), origin: this.#origin }],
    );
  }

  /** Runs that continue each other, in the look of the first. Here a change would get its look. */
  #addRuns({ marks, change }: TextRun, runs: readonly TextRun[]): void {
    if (change !== undefined) assertNever(change);
    const face = faceOf(this.#family, runFace(this.#style, marks));
    this.#addSpan({ face, size: this.#style.size, rise: 0 }, runs);
  }

  #addSpan(
    look: Pick<Span, "face" | "size" | "rise">,
    pieces: readonly Pick<TextRun, "text" | "origin">[],
  ): void {
    const { face, size, rise } = look;
    const [codes, glyphs] = [this.#codes, this.#glyphs];
    const from = codes.length;
    const glyphOf = glyphsAt(face, size);
    for (const { text, origin } of pieces) {
      const start = codes.length;
      for (let at = 0; at < text.length; at++) {
        const code = text.codePointAt(at) ?? 0;
        if (code > 0xffff) at++;
        const glyph = glyphOf(code);
        if (glyph === null) {
          const whole = pieces.map((piece) => piece.text).join("");
          this.#report(missingGlyph(code, whole, face, origin));
          continue;
        }
        codes.push(code);
        glyphs.push(glyph);
      }
      this.#addOrigin(start, origin);
    }
    this.#spans.push({ face, size, rise, from, to: codes.length });
  }

  /** What stands from here on comes from this place. */
  #addOrigin(from: number, origin: Origin): void {
    const to = this.#codes.length;
    const last = this.#origins.at(-1);
    if (last?.origin === origin) this.#origins[this.#origins.length - 1] = { ...last, to };
    else if (to > from) this.#origins.push({ from, to, origin });
  }
}

/** A run, and those after it that are set in one go with it. */
function runsFrom(first: TextRun, inlines: readonly Inline[], index: number): readonly TextRun[] {
  const runs = [first];
  for (let next = index + 1; next < inlines.length; next++) {
    const inline = inlines[next];
    if (inline?.kind !== "text" || !continuesRun(first, inline)) break;
    runs.push(inline);
  }
  return runs;
}

/** Where the character at a position comes from: the closest stretch that holds it or ends before. */
export function originAt({ origins }: MeasuredText, position: number): Origin {
  const holding = origins.findLast(({ from }) => from <= position) ?? origins[0];
  return holding?.origin ?? NO_ORIGIN;
}

function missingGlyph(code: number, text: string, face: Face, origin: Origin): Diagnostic {
  const shown = String.fromCodePoint(code);
  const name = `“${shown}” (${printCodePoint(code)})`;
  const start = text.slice(0, 40);
  const message = both(
    `phông ${face.postscriptName} không có chữ ${name}, trong “${start}”`,
    `the font ${face.postscriptName} lacks ${name}, in “${start}”`,
  );
  const hint = both(
    "thay bằng chữ hoặc dấu thường; ô trống viết □",
    "use ordinary letters or signs; a box is □",
  );
  return problemAt(origin, "missing-glyph", { message, hint, file: "document.hbs" });
}
