import { type Matrix, apply } from "./matrix.js";

/** A line drawn level or upright: x0 ≤ x1, y0 ≤ y1, points from the upper left corner. */
export interface Rule {
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
}

/** What pdf.js says is done with a path, and the steps inside it. */
const STROKES: ReadonlySet<unknown> = new Set([20, 21, 24, 25, 26, 27]);
const FILLS: ReadonlySet<unknown> = new Set([22, 23, 24, 25, 26, 27]);
const [MOVE, LINE, CURVE, QUADRATIC, CLOSE] = [0, 1, 2, 3, 4];
/** Numbers that follow a step. */
const OPERANDS: Readonly<Record<number, number>> = {
  [MOVE]: 2,
  [LINE]: 2,
  [CURVE]: 6,
  [QUADRATIC]: 4,
  [CLOSE]: 0,
};

/** A filled box as thin as this is a line: Word and others draw borders so. */
const THICKEST = 2.6;
const SHORTEST = 2;
const ASKEW = 0.7;

/** The level and upright lines of a path: strokes, sides of boxes, and thin filled boxes. */
export function rulesOfPath(args: readonly unknown[], ctm: Matrix): Rule[] {
  const [paint, paths] = args;
  const [stroked, filled] = [STROKES.has(paint), FILLS.has(paint)];
  if (!(stroked || filled) || !Array.isArray(paths)) return [];
  const rules: Rule[] = [];
  for (const corners of subpathsOf(paths[0], ctm)) {
    if (stroked) {
      corners.forEach((to, index) => {
        const from = corners[index - 1];
        if (from) add(rules, from, to);
      });
    } else {
      const [xs, ys] = [corners.map(([x]) => x), corners.map(([, y]) => y)];
      const [left, right, top, bottom] = [
        Math.min(...xs),
        Math.max(...xs),
        Math.min(...ys),
        Math.max(...ys),
      ];
      if (bottom - top <= THICKEST && right - left > THICKEST)
        add(rules, [left, (top + bottom) / 2], [right, (top + bottom) / 2]);
      else if (right - left <= THICKEST && bottom - top > THICKEST)
        add(rules, [(left + right) / 2, top], [(left + right) / 2, bottom]);
    }
  }
  return rules;
}

type Corner = readonly [x: number, y: number];

function subpathsOf(path: unknown, ctm: Matrix): Corner[][] {
  if (!ArrayBuffer.isView(path) && !Array.isArray(path)) return [];
  const values = path as ArrayLike<number>;
  const subpaths: Corner[][] = [];
  let corners: Corner[] = [];
  for (let at = 0; at < values.length;) {
    const step = values[at] ?? CLOSE;
    const operands = OPERANDS[step];
    if (operands === undefined) break;
    if (step === MOVE) subpaths.push((corners = []));
    if (step === CLOSE && corners[0]) corners.push(corners[0]);
    // A curve is no ruled line; only where it ends counts.
    if (operands > 0)
      corners.push(apply(ctm, values[at + operands - 1] ?? 0, values[at + operands] ?? 0));
    at += 1 + operands;
  }
  return subpaths.filter(
    (one) => one.length > 1 && one.every(([x, y]) => Number.isFinite(x) && Number.isFinite(y)),
  );
}

function add(rules: Rule[], [ax, ay]: Corner, [bx, by]: Corner): void {
  const [width, height] = [Math.abs(ax - bx), Math.abs(ay - by)];
  if (height <= ASKEW && width >= SHORTEST)
    rules.push({
      x0: Math.min(ax, bx),
      y0: (ay + by) / 2,
      x1: Math.max(ax, bx),
      y1: (ay + by) / 2,
    });
  else if (width <= ASKEW && height >= SHORTEST)
    rules.push({
      x0: (ax + bx) / 2,
      y0: Math.min(ay, by),
      x1: (ax + bx) / 2,
      y1: Math.max(ay, by),
    });
}
