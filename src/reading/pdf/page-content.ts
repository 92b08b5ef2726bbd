import { PDF_LIMITS } from "./limits.js";
import type { RawFont, RawPage } from "./pdf-library.js";
import { type Matrix, IDENTITY, multiply } from "./matrix.js";
import { type Rule, rulesOfPath } from "./rules.js";
import { type Face, faceOf } from "./faces.js";

/** One glyph where it stands: points from the upper left corner of the page, `y` the baseline. */
export interface Glyph {
  readonly text: string;
  /** It is seen: no blank. */
  readonly ink: boolean;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly size: number;
  readonly face: Face;
  /** Marked by the file as no part of the document (page numbers, running heads). */
  readonly artifact: boolean;
  /** The annotation it is drawn by (a seal, a stamp), counted from 1; 0 for the page itself. */
  readonly annotation: number;
}

export interface PageContent {
  readonly page: number;
  readonly width: number;
  readonly height: number;
  readonly glyphs: readonly Glyph[];
  readonly rules: readonly Rule[];
  /** Text that runs aslant: watermarks. */
  readonly aslant: readonly string[];
  /** Something is placed on the page that is no text: a picture, as in scanned pages. */
  readonly pictures: boolean;
}

interface State {
  ctm: Matrix;
  text: Matrix;
  line: Matrix;
  font: RawFont;
  size: number;
  charSpacing: number;
  wordSpacing: number;
  stretch: number;
  leading: number;
  rise: number;
  mode: number;
}

/** A glyph as pdf.js hands it over; numbers between glyphs are shifts. */
interface RawGlyph {
  readonly unicode?: unknown;
  readonly width?: unknown;
  readonly isSpace?: unknown;
}

const NO_FONT: RawFont = { name: "", bold: false, italic: false, scale: 0.001 };

/** Follow a page's operators and note every glyph and every line drawn. */
export function readContent(page: number, raw: RawPage): PageContent {
  const state: State = {
    ctm: [...raw.transform] as unknown as Matrix,
    text: IDENTITY,
    line: IDENTITY,
    font: NO_FONT,
    size: 0,
    charSpacing: 0,
    wordSpacing: 0,
    stretch: 1,
    leading: 0,
    rise: 0,
    mode: 0,
  };
  const stack: State[] = [];
  const marked: boolean[] = [];
  const placed: Placed[] = [];
  const rules: Rule[] = [];
  let [annotation, annotations, pictures] = [0, 0, false];
  const nextLine = (x: number, y: number): void => {
    state.line = multiply(state.line, [1, 0, 0, 1, x, y]);
    state.text = state.line;
  };
  raw.operators.forEach((operator, index) => {
    const args = listOf(raw.operands[index]);
    const number = (at: number): number => finite(args[at]);
    switch (operator) {
      case "save":
        stack.push({ ...state });
        break;
      case "restore":
        Object.assign(state, stack.pop());
        break;
      case "transform":
        state.ctm = multiply(state.ctm, matrixOf(args));
        pictures = true;
        break;
      case "paintFormXObjectBegin":
        stack.push({ ...state });
        if (args[0]) state.ctm = multiply(state.ctm, matrixOf(listOf(args[0])));
        break;
      case "beginAnnotation":
        stack.push({ ...state });
        annotation = ++annotations;
        for (const one of [args[2], args[3]])
          if (one) state.ctm = multiply(state.ctm, matrixOf(listOf(one)));
        break;
      case "endAnnotation":
        annotation = 0;
        Object.assign(state, stack.pop());
        break;
      case "paintFormXObjectEnd":
        Object.assign(state, stack.pop());
        break;
      case "paintImageXObject":
      case "paintInlineImageXObject":
      case "paintImageMaskXObject":
        pictures = true;
        break;
      case "beginMarkedContent":
      case "beginMarkedContentProps":
        marked.push(args[0] === "Artifact");
        break;
      case "endMarkedContent":
        marked.pop();
        break;
      case "beginText":
        state.text = state.line = IDENTITY;
        break;
      case "setCharSpacing":
        state.charSpacing = number(0);
        break;
      case "setWordSpacing":
        state.wordSpacing = number(0);
        break;
      case "setHScale":
        state.stretch = number(0) / 100;
        break;
      case "setLeading":
        state.leading = number(0);
        break;
      case "setTextRise":
        state.rise = number(0);
        break;
      case "setTextRenderingMode":
        state.mode = number(0);
        break;
      case "setFont":
        state.font = typeof args[0] === "string" ? raw.font(args[0]) : NO_FONT;
        state.size = number(1);
        break;
      case "setTextMatrix":
        state.text = state.line = matrixOf(args.length === 1 ? listOf(args[0]) : args);
        break;
      case "moveText":
        nextLine(number(0), number(1));
        break;
      case "setLeadingMoveText":
        state.leading = -number(1);
        nextLine(number(0), number(1));
        break;
      case "nextLine":
        nextLine(0, -state.leading);
        break;
      case "showText":
      case "showSpacedText":
        if (placed.length < PDF_LIMITS.glyphsOfPage)
          showText(listOf(args[0]), state, { artifact: marked.includes(true), annotation }, placed);
        break;
      case "constructPath":
        rules.push(...rulesOfPath(args, state.ctm));
        break;
      default:
        break;
    }
  });
  return turnUpright({ page, width: raw.width, height: raw.height, placed, rules, pictures });
}

/** A glyph with the direction in which its text runs, in quarters of a turn; null when aslant. */
interface Placed extends Glyph {
  readonly quarter: 0 | 1 | 2 | 3 | null;
  readonly run: number;
}

function showText(
  glyphs: readonly unknown[],
  state: State,
  where: Pick<Glyph, "artifact" | "annotation">,
  into: Placed[],
): void {
  const { font, size, stretch, charSpacing, wordSpacing } = state;
  const full = multiply(state.ctm, state.text);
  const along = Math.hypot(full[0], full[1]);
  const seen = Math.abs(size) * Math.hypot(full[2], full[3]);
  const face = faceOf(font.name, { bold: font.bold || state.mode === 2, italic: font.italic });
  const quarter = quarterOf(full);
  const run = into.length;
  let x = 0;
  for (const glyph of glyphs) {
    if (typeof glyph === "number") {
      x -= ((glyph * size) / 1000) * stretch;
      continue;
    }
    const { unicode, width, isSpace } = (glyph ?? {}) as RawGlyph;
    const text = typeof unicode === "string" ? unicode : "";
    const advance =
      (finite(width) * font.scale * size + charSpacing + (isSpace === true ? wordSpacing : 0)) *
      stretch;
    if (text !== "") {
      const at = [
        full[0] * x + full[2] * state.rise + full[4],
        full[1] * x + full[3] * state.rise + full[5],
      ] as const;
      if (Number.isFinite(at[0]) && Number.isFinite(at[1]))
        into.push({
          text,
          ink: text.trim() !== "",
          x: at[0],
          y: at[1],
          width: Math.abs(advance) * along,
          size: seen,
          face,
          quarter,
          run,
          ...where,
        });
    }
    x += advance;
  }
  state.text = multiply(state.text, [1, 0, 0, 1, x, 0]);
}

function quarterOf([a, b]: Matrix): Placed["quarter"] {
  const [x, y] = [Math.abs(a), Math.abs(b)];
  if (y <= x * 0.02) return a >= 0 ? 0 : 2;
  if (x <= y * 0.02) return b > 0 ? 1 : 3;
  return null;
}

interface Drawn {
  readonly page: number;
  readonly width: number;
  readonly height: number;
  readonly placed: readonly Placed[];
  readonly rules: readonly Rule[];
  readonly pictures: boolean;
}

/** Turn the page so that most of its text runs from left to right. */
function turnUpright({ page, width, height, placed, rules, pictures }: Drawn): PageContent {
  const counts = [0, 0, 0, 0];
  for (const { quarter, ink } of placed)
    if (quarter !== null && ink) counts[quarter] = (counts[quarter] ?? 0) + 1;
  const main = counts.indexOf(Math.max(...counts));
  const turn = (x: number, y: number): readonly [number, number] =>
    main === 1
      ? [y, width - x]
      : main === 2
        ? [width - x, height - y]
        : main === 3
          ? [height - y, x]
          : [x, y];
  const aslant = new Map<number, string>();
  const sideways = new Map<number, Placed[]>();
  const glyphs: Glyph[] = [];
  for (const one of placed) {
    if (one.quarter === main && main === 0) {
      glyphs.push(one);
      continue;
    }
    const [x, y] = turn(one.x, one.y);
    if (one.quarter === main) glyphs.push({ ...one, x, y });
    else if (one.quarter === null) aslant.set(one.run, (aslant.get(one.run) ?? "") + one.text);
    else sideways.set(one.run, [...(sideways.get(one.run) ?? []), { ...one, x, y }]);
  }
  // A narrow cell's words standing on end are one word as far as the page is concerned.
  for (const run of sideways.values()) {
    const [first] = run;
    if (!first) continue;
    const ys = run.map((one) => one.y);
    glyphs.push({
      ...first,
      text: run
        .map((one) => one.text)
        .join("")
        .trim(),
      x: first.x - first.size / 2,
      width: first.size / 2,
      y: (Math.min(...ys) + Math.max(...ys)) / 2,
    });
  }
  const upright = rules.map((rule): Rule => {
    const [[x0, y0], [x1, y1]] = [turn(rule.x0, rule.y0), turn(rule.x1, rule.y1)];
    return {
      x0: Math.min(x0, x1),
      y0: Math.min(y0, y1),
      x1: Math.max(x0, x1),
      y1: Math.max(y0, y1),
    };
  });
  const [across, down] = main % 2 === 1 ? [height, width] : [width, height];
  return {
    page,
    width: across,
    height: down,
    glyphs,
    rules: upright,
    aslant: [...aslant.values()].map((text) => text.trim()).filter((text) => text !== ""),
    pictures,
  };
}

function listOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  return ArrayBuffer.isView(value) ? Array.from(value as Float32Array) : [];
}

function matrixOf(values: readonly unknown[]): Matrix {
  const [a, b, c, d, e, f] = (values.length === 1 ? listOf(values[0]) : values).map(finite);
  return [a ?? 1, b ?? 0, c ?? 0, d ?? 1, e ?? 0, f ?? 0];
}

function finite(value: unknown): number {
  return typeof value === "number" && Number.isFinite(value) ? value : 0;
}
