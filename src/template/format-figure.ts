import { type DigitCounts, addDecimals, decimalOf, formatDecimal, formatNumber, subtractDecimals } from "../base/numbers.js";
import { type Figure, type FigureTree, isFigure } from "../plan/schema.js";

/** The value a figure stands for: given, or the sum of its parts. Null for a range. */
export function figureValue(figure: Figure): string | null {
  if (figure.value !== null) return formatNumber(figure.value, counts(figure));
  if (figure.from !== null || figure.parts === null) return null;
  return formatDecimal(addDecimals(partValues(figure).map(decimalOf)), counts(figure));
}

function counts({ digits, decimals }: Figure): DigitCounts {
  return { whole: digits ?? 1, fraction: decimals ?? 0 };
}

export function partValues(figure: Figure): number[] {
  return Object.values(figure.parts ?? {}).map((part) => (typeof part === "number" ? part : part.value));
}

const BOUND_WORDS = {
  "at-least": (text: string) => `từ ${text} trở lên`,
  "at-most": (text: string) => `không quá ${text}`,
  below: (text: string) => `dưới ${text}`,
  above: (text: string) => `trên ${text}`,
  about: (text: string) => `khoảng ${text}`,
} as const;

/**
 * A figure as it reads in a sentence: "1.438 hộ", "từ 1,5% trở lên", "từ 2,22% xuống còn 1,12%".
 * `bare` leaves the words of the bound out.
 */
export function formatFigure(figure: Figure, bare = false): string {
  const { from, to } = figure;
  if (from !== null && to !== null) {
    const [first, last] = [withUnit(formatNumber(from, counts(figure)), figure), withUnit(formatNumber(to, counts(figure)), figure)];
    if (bare) return `${first} - ${last}`;
    return to < from ? `từ ${first} xuống còn ${last}` : `từ ${first} lên ${last}`;
  }
  const text = withUnit(figureValue(figure) ?? "", figure);
  return figure.bound === null || bare ? text : BOUND_WORDS[figure.bound](text);
}

/** One named piece of a figure: a part, an end of its range, or the change between them. Null when there is no such piece. */
export function figurePiece(figure: Figure, steps: readonly string[]): string | null {
  const [first, second] = steps;
  const digits = counts(figure);
  if (first === "parts" && second !== undefined && steps.length === 2) {
    const part = figure.parts !== null && Object.hasOwn(figure.parts, second) ? figure.parts[second] : undefined;
    if (part === undefined) return null;
    return withUnit(formatNumber(typeof part === "number" ? part : part.value, digits), figure);
  }
  if (steps.length !== 1 || figure.from === null || figure.to === null) return null;
  if (first === "from") return withUnit(formatNumber(figure.from, digits), figure);
  if (first === "to") return withUnit(formatNumber(figure.to, digits), figure);
  if (first === "change") {
    const change = subtractDecimals(decimalOf(figure.to), decimalOf(figure.from));
    return withUnit(formatDecimal({ ...change, digits: change.digits < 0n ? -change.digits : change.digits }, digits), figure);
  }
  return null;
}

function withUnit(text: string, { unit }: Figure): string {
  if (unit === null) return text;
  return unit === "%" ? `${text}%` : `${text} ${unit}`;
}

/** Follow a dotted name into the figures: the figure, and the steps left over. Null when the name leads nowhere. */
export function findFigure(tree: FigureTree, steps: readonly string[]): { figure: Figure; rest: readonly string[] } | null {
  let node: Figure | FigureTree = tree;
  for (let index = 0; index < steps.length; index++) {
    if (isFigure(node)) return { figure: node, rest: steps.slice(index) };
    const step = steps[index] ?? "";
    const next: Figure | FigureTree | undefined = Object.hasOwn(node, step) ? node[step] : undefined;
    if (next === undefined) return null;
    node = next;
  }
  return isFigure(node) ? { figure: node, rest: [] } : null;
}

/** Every name that can be cited: "figures.ho_ngheo.giam", … */
export function figureNames(tree: FigureTree, prefix = "figures"): string[] {
  return Object.entries(tree).flatMap(([name, node]) =>
    isFigure(node)
      ? [`${prefix}.${name}`, ...Object.keys(node.parts ?? {}).map((part) => `${prefix}.${name}.parts.${part}`)]
      : figureNames(node, `${prefix}.${name}`));
}
