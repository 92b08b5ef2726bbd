/**
 * Numbers the Vietnamese way: thousands parted by a point, decimals by a comma (4.034; 0,44).
 * The decree has no clause on number format; this is the custom of every plan read.
 */

/**
 * An exact decimal: `digits` / 10^`scale`. 0.44 is {44n, 2}. Money and rates are added in this
 * form, never as floats.
 */
export interface Decimal {
  readonly digits: bigint;
  readonly scale: number;
}

/**
 * The exact decimal a JavaScript number was written as: 0.1 gives 1/10. Errors: none for finite
 * numbers.
 */
export function decimalOf(value: number): Decimal {
  const [mantissa = "0", exponent = "0"] = String(value).toLowerCase().split("e");
  const [whole = "0", fraction = ""] = mantissa.split(".");
  const scale = fraction.length - Number(exponent);
  const digits = BigInt(whole + fraction);
  return scale >= 0 ? { digits, scale } : { digits: digits * 10n ** BigInt(-scale), scale: 0 };
}

/** Sum of decimals, exact. */
export function addDecimals(terms: readonly Decimal[]): Decimal {
  const scale = Math.max(0, ...terms.map((term) => term.scale));
  const digits = terms.reduce(
    (sum, term) => sum + term.digits * 10n ** BigInt(scale - term.scale),
    0n,
  );
  return trimDecimal({ digits, scale });
}

/** Difference, exact. */
export function subtractDecimals(a: Decimal, b: Decimal): Decimal {
  return addDecimals([a, { digits: -b.digits, scale: b.scale }]);
}

/** Product with a power of ten, exact: triệu to đồng is `shiftDecimal(x, 6)`. */
export function shiftDecimal(value: Decimal, power: number): Decimal {
  const scale = value.scale - power;
  return trimDecimal(
    scale >= 0
      ? { digits: value.digits, scale }
      : { digits: value.digits * 10n ** BigInt(-scale), scale: 0 },
  );
}

export function decimalsEqual(a: Decimal, b: Decimal): boolean {
  return subtractDecimals(a, b).digits === 0n;
}

/** The same number without closing zeros. */
export function trimDecimal({ digits, scale }: Decimal): Decimal {
  while (scale > 0 && digits % 10n === 0n) [digits, scale] = [digits / 10n, scale - 1];
  return { digits, scale };
}

/** How many digits a number shows at least: "02 hộ", "3,0%". */
export interface DigitCounts {
  readonly whole: number;
  readonly fraction: number;
}
const SHORTEST: DigitCounts = { whole: 1, fraction: 0 };

/** "4.034", "0,44", "-1.250,5". */
export function formatDecimal(exact: Decimal, least: DigitCounts = SHORTEST): string {
  const missing = Math.max(0, least.fraction - exact.scale);
  const value = { digits: exact.digits * 10n ** BigInt(missing), scale: exact.scale + missing };
  const negative = value.digits < 0n;
  const digits = (negative ? -value.digits : value.digits)
    .toString()
    .padStart(value.scale + 1, "0");
  const whole = digits.slice(0, digits.length - value.scale).padStart(least.whole, "0");
  const fraction = value.scale > 0 ? `,${digits.slice(-value.scale)}` : "";
  return `${negative ? "-" : ""}${whole.replace(/\B(?=(\d{3})+$)/g, ".")}${fraction}`;
}

/** A JavaScript number written the Vietnamese way. */
export function formatNumber(value: number, least: DigitCounts = SHORTEST): string {
  return formatDecimal(decimalOf(value), least);
}

/** Plain digits with a point, as programs read them: "4034.5". */
export function plainDecimal({ digits, scale }: Decimal): string {
  const text = (digits < 0n ? -digits : digits).toString().padStart(scale + 1, "0");
  return `${digits < 0n ? "-" : ""}${scale === 0 ? text : `${text.slice(0, -scale)}.${text.slice(-scale)}`}`;
}

/** How spreadsheets call columns, from 0: "A", "B", … "Z", "AA". */
export function columnName(column: number): string {
  return (
    (column >= 26 ? columnName(Math.floor(column / 26) - 1) : "") +
    String.fromCharCode(65 + (column % 26))
  );
}

/** I, II, III, IV … for sections and appendices. Defined for 1 to 3999. */
export function romanNumeral(value: number): string {
  const steps: readonly [number, string][] = [
    [1000, "M"],
    [900, "CM"],
    [500, "D"],
    [400, "CD"],
    [100, "C"],
    [90, "XC"],
    [50, "L"],
    [40, "XL"],
    [10, "X"],
    [9, "IX"],
    [5, "V"],
    [4, "IV"],
    [1, "I"],
  ];
  let rest = value;
  let out = "";
  for (const [size, sign] of steps) while (rest >= size) [out, rest] = [out + sign, rest - size];
  return out;
}

/**
 * Letters of points (điểm) in the Vietnamese order: no f, j, w, z; đ after d. The decree's own
 * lists run a, b, c, d, đ, e, g. ă, â, ê, ô, ơ, ư are not used for points. After y the letters
 * double: aa, bb.
 *
 * Source: Nghị định 30/2020/NĐ-CP, Phụ lục I, Phần I, Mục II, khoản 6, điểm d and đ (as the decree
 * letters them).
 */
export const POINT_LETTERS = [..."abcdđeghiklmnopqrstuvxy"] as const;

export function pointLetter(position: number): string {
  const count = POINT_LETTERS.length;
  const letter = POINT_LETTERS[(position - 1) % count] ?? "";
  return letter.repeat(Math.floor((position - 1) / count) + 1);
}
