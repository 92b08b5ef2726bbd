import {
  type DigitCounts,
  decimalOf,
  formatDecimal,
  formatNumber,
  subtractDecimals,
} from "../base/numbers.js";
import { type Figure, exactFigure } from "../plan/figure.js";

/** Whether a number is cited with its unit and bound ("từ 30 hộ trở lên"), or alone ("30"). */
export type CitedForm = "full" | "bare";

/** The value a figure stands for: given, or the sum of its parts. Null for a range. */
function figureValue(figure: Figure): string | null {
  const value = exactFigure(figure);
  return value === null ? null : formatDecimal(value, counts(figure));
}

function counts({ digits, decimals }: Figure): DigitCounts {
  return { whole: digits ?? 1, fraction: decimals ?? 0 };
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
 * The bare form leaves the words of the bound out.
 */
export function formatFigure(figure: Figure, form: CitedForm): string {
  const { from, to } = figure;
  if (from !== null && to !== null) {
    const [first, last] = [
      withUnit(formatNumber(from, counts(figure)), figure),
      withUnit(formatNumber(to, counts(figure)), figure),
    ];
    if (form === "bare") return `${first} - ${last}`;
    return to < from ? `từ ${first} xuống còn ${last}` : `từ ${first} lên ${last}`;
  }
  const text = withUnit(figureValue(figure) ?? "", figure);
  return figure.bound === null || form === "bare" ? text : BOUND_WORDS[figure.bound](text);
}

/**
 * One named piece of a figure: a part, an end of its range, or the change between them. Null when
 * there is no such piece.
 */
export function figurePiece(figure: Figure, steps: readonly string[]): string | null {
  const [first, second] = steps;
  const digits = counts(figure);
  if (first === "parts" && second !== undefined && steps.length === 2) {
    const part =
      figure.parts !== null && Object.hasOwn(figure.parts, second)
        ? figure.parts[second]
        : undefined;
    if (part === undefined) return null;
    return withUnit(formatNumber(part.value, digits), figure);
  }
  if (steps.length !== 1 || figure.from === null || figure.to === null) return null;
  if (first === "from") return withUnit(formatNumber(figure.from, digits), figure);
  if (first === "to") return withUnit(formatNumber(figure.to, digits), figure);
  if (first === "change") {
    const change = subtractDecimals(decimalOf(figure.to), decimalOf(figure.from));
    return withUnit(
      formatDecimal(
        { ...change, digits: change.digits < 0n ? -change.digits : change.digits },
        digits,
      ),
      figure,
    );
  }
  return null;
}

function withUnit(text: string, { unit }: Figure): string {
  if (unit === null) return text;
  return unit === "%" ? `${text}%` : `${text} ${unit}`;
}
