import { type LocalizedText, both } from "../base/diagnostic.js";
import { type Decimal, formatDecimal, trimDecimal } from "../base/numbers.js";

/** How many rounding units an amount is; null when it is no whole number of them. */
export function inSteps(amount: Decimal, step: Decimal): bigint | null {
  const [numerator, denominator] = overStep(amount, step);
  return numerator % denominator === 0n ? numerator / denominator : null;
}

/** The same, rounded up: a floor is not broken. */
export function stepsUp(amount: Decimal, step: Decimal): bigint {
  const [numerator, denominator] = overStep(amount, step);
  return (numerator + denominator - 1n) / denominator;
}

/** The same, rounded down: a ceiling is not broken. */
export function stepsDown(amount: Decimal, step: Decimal): bigint {
  const [numerator, denominator] = overStep(amount, step);
  return numerator / denominator;
}

function overStep(amount: Decimal, step: Decimal): readonly [bigint, bigint] {
  const scale = Math.max(amount.scale, step.scale);
  return [
    amount.digits * 10n ** BigInt(scale - amount.scale),
    step.digits * 10n ** BigInt(scale - step.scale),
  ];
}

/** So many rounding units as an amount. */
export function inUnits(count: bigint, step: Decimal): Decimal {
  return trimDecimal({ digits: count * step.digits, scale: step.scale });
}

/** " (tính bằng 0,1)", where numbers in a message count rounding units other than 1. */
export function stepNote(step: Decimal): LocalizedText {
  const shown = formatDecimal(step);
  return shown === "1" ? both("", "") : both(` (tính bằng ${shown})`, ` (in units of ${shown})`);
}

/** " trong nhóm “A”", where a division is of one group of rows. */
export function groupNote(group: string | null): LocalizedText {
  if (group === null) return both("", "");
  return both(` trong nhóm “${group}”`, ` in the group “${group}”`);
}

/** What is said of an amount that is no whole number of rounding units. */
export function noMultiple(vi: string, en: string, step: Decimal): LocalizedText {
  const shown = formatDecimal(step);
  return both(
    `${vi} không chia hết cho đơn vị làm tròn ${shown}`,
    `${en} is no multiple of the rounding unit ${shown}`,
  );
}
