import { faceOf } from "./faces.js";
import type { Glyph } from "./glyph.js";
import { PDF_LIMITS } from "./limits.js";
import { type Matrix, IDENTITY, multiply } from "./matrix.js";
import type { RawFont, RawPage } from "./pdf-library.js";
import { type Rule, rulesOfPath } from "./rules.js";

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

/** A page while its operators are followed. */
interface PageReading {
  readonly state: State;
  readonly saved: State[];
  /** Of each marked content that is open, whether it is an artifact. */
  readonly artifacts: boolean[];
  readonly placed: Placed[];
  readonly rules: Rule[];
  readonly font: RawPage["font"];
  /** The annotation that is being drawn, 0 for none, and how many were. */
  annotation: number;
  annotations: number;
  pictures: boolean;
}

/** What an operator does with its operands. */
type Operation = (reading: PageReading, operands: readonly unknown[]) => void;

/** What the operators of a page place on it. */
export type PlacedContent = Pick<PageReading, "placed" | "rules" | "pictures">;

/** Follow a page's operators and note every glyph and every line drawn. */
export function followOperators(raw: RawPage): PlacedContent {
  const reading = openPage(raw);
  raw.operators.forEach((operator, index) => {
    OPERATIONS.get(operator)?.(reading, listOf(raw.operands[index]));
  });
  return reading;
}

function openPage(raw: RawPage): PageReading {
  return {
    state: {
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
    },
    saved: [],
    artifacts: [],
    placed: [],
    rules: [],
    font: (name) => raw.font(name),
    annotation: 0,
    annotations: 0,
    pictures: false,
  };
}

function save({ state, saved }: PageReading): void {
  saved.push({ ...state });
}

function restore({ state, saved }: PageReading): void {
  Object.assign(state, saved.pop());
}

function transform({ state }: PageReading, matrix: readonly unknown[]): void {
  state.ctm = multiply(state.ctm, matrixOf(matrix));
}

function nextLine({ state }: PageReading, x: number, y: number): void {
  state.line = multiply(state.line, [1, 0, 0, 1, x, y]);
  state.text = state.line;
}

const placePicture: Operation = (reading) => {
  reading.pictures = true;
};

const beginMarked: Operation = ({ artifacts }, [tag]) => {
  artifacts.push(tag === "Artifact");
};

const placeText: Operation = ({ state, placed, artifacts, annotation }, [glyphs]) => {
  if (placed.length < PDF_LIMITS.glyphsOfPage)
    showText(listOf(glyphs), state, { artifact: artifacts.some(Boolean), annotation }, placed);
};

/** Operators that save, restore and move the page's coordinates. */
const GRAPHICS: readonly (readonly [string, Operation])[] = [
  ["save", save],
  ["restore", restore],
  [
    "transform",
    (reading, matrix) => {
      transform(reading, matrix);
      reading.pictures = true;
    },
  ],
  [
    "paintFormXObjectBegin",
    (reading, [matrix]) => {
      save(reading);
      if (matrix) transform(reading, listOf(matrix));
    },
  ],
  ["paintFormXObjectEnd", restore],
  [
    "beginAnnotation",
    (reading, [, , placing, matrix]) => {
      save(reading);
      reading.annotation = ++reading.annotations;
      for (const one of [placing, matrix]) if (one) transform(reading, listOf(one));
    },
  ],
  [
    "endAnnotation",
    (reading) => {
      reading.annotation = 0;
      restore(reading);
    },
  ],
];

/** An operator that sets one number of the text state. */
function setter(name: "charSpacing" | "wordSpacing" | "leading" | "rise" | "mode"): Operation {
  return ({ state }, [value]) => {
    state[name] = finite(value);
  };
}

/** Operators that say how text is set. */
const TEXT_STATE: readonly (readonly [string, Operation])[] = [
  ["setCharSpacing", setter("charSpacing")],
  ["setWordSpacing", setter("wordSpacing")],
  ["setLeading", setter("leading")],
  ["setTextRise", setter("rise")],
  ["setTextRenderingMode", setter("mode")],
  [
    "setHScale",
    ({ state }, [percent]) => {
      state.stretch = finite(percent) / 100;
    },
  ],
  [
    "setFont",
    ({ state, font }, [name, size]) => {
      state.font = typeof name === "string" ? font(name) : NO_FONT;
      state.size = finite(size);
    },
  ],
];

/** Operators that say where text stands. */
const TEXT_POSITION: readonly (readonly [string, Operation])[] = [
  [
    "beginText",
    ({ state }) => {
      state.text = state.line = IDENTITY;
    },
  ],
  [
    "setTextMatrix",
    ({ state }, matrix) => {
      state.text = state.line = matrixOf(matrix.length === 1 ? listOf(matrix[0]) : matrix);
    },
  ],
  ["moveText", (reading, [x, y]) => nextLine(reading, finite(x), finite(y))],
  [
    "setLeadingMoveText",
    (reading, [x, y]) => {
      reading.state.leading = -finite(y);
      nextLine(reading, finite(x), finite(y));
    },
  ],
  ["nextLine", (reading) => nextLine(reading, 0, -reading.state.leading)],
];

/** Operators that mark or place something. */
const PLACING: readonly (readonly [string, Operation])[] = [
  ["beginMarkedContent", beginMarked],
  ["beginMarkedContentProps", beginMarked],
  [
    "endMarkedContent",
    ({ artifacts }) => {
      artifacts.pop();
    },
  ],
  ["paintImageXObject", placePicture],
  ["paintInlineImageXObject", placePicture],
  ["paintImageMaskXObject", placePicture],
  ["showText", placeText],
  ["showSpacedText", placeText],
  [
    "constructPath",
    ({ state, rules }, path) => {
      rules.push(...rulesOfPath(path, state.ctm));
    },
  ],
];

const OPERATIONS: ReadonlyMap<string, Operation> = new Map([
  ...GRAPHICS,
  ...TEXT_STATE,
  ...TEXT_POSITION,
  ...PLACING,
]);

/**
 * A glyph with the direction in which its text runs, in quarters of a turn; null for any other
 * angle.
 */
export interface Placed extends Glyph {
  readonly quadrant: 0 | 1 | 2 | 3 | null;
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
  const quadrant = quadrantOf(full);
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
          quadrant,
          run,
          ...where,
        });
    }
    x += advance;
  }
  state.text = multiply(state.text, [1, 0, 0, 1, x, 0]);
}

function quadrantOf([a, b]: Matrix): Placed["quadrant"] {
  const [x, y] = [Math.abs(a), Math.abs(b)];
  if (y <= x * 0.02) return a >= 0 ? 0 : 2;
  if (x <= y * 0.02) return b > 0 ? 1 : 3;
  return null;
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
