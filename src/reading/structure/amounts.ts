import { MONEY_UNITS, type MoneyUnit } from "../../base/money.js";

/** An amount of money as a text writes it. */
export interface FoundAmount {
  readonly value: number;
  readonly unit: MoneyUnit;
  /** The unit as it is written: "tỉ", "triệu". */
  readonly words: string;
  /**
   * One end of a range ("3 - 5 triệu đồng"), or a part of an amount in two units ("12 triệu 500
   * nghìn đồng"): it stands for nothing alone.
   */
  readonly partial: boolean;
  readonly from: number;
  readonly to: number;
}

/** What people write for the units of money. */
const UNIT_WORDS: readonly (readonly [words: string, unit: MoneyUnit])[] = [
  ["nghìn tỷ đồng", "tỷ đồng"],
  ["tỷ đồng", "tỷ đồng"],
  ["tỉ đồng", "tỷ đồng"],
  ["triệu đồng", "triệu đồng"],
  ["nghìn đồng", "nghìn đồng"],
  ["ngàn đồng", "nghìn đồng"],
  ["đồng", "đồng"],
  ["đ", "đồng"],
  ["tỉ", "tỷ đồng"],
  ["tỷ", "tỷ đồng"],
  ["triệu", "triệu đồng"],
  ["trđ", "triệu đồng"],
];
const NUMBER = String.raw`(?<![\p{L}\d/.,-])(\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:,\d+)?)`;
const UNITS = UNIT_WORDS.map(([words]) => words.replace(" ", String.raw`\s+`)).join("|");
const AMOUNT = new RegExp(String.raw`${NUMBER}\s*(${UNITS})(?![\p{L}])`, "giu");

/** Every amount of money in a text, in order. "nghìn tỷ" is counted in tỷ. */
export function findAmounts(text: string): readonly FoundAmount[] {
  const found = [...text.matchAll(AMOUNT)].flatMap((match): FoundAmount[] => {
    const written = (match[2] ?? "").replace(/\s+/gu, " ");
    const words = written.toLowerCase();
    const unit = UNIT_WORDS.find(([one]) => one === words)?.[1];
    const after = text.slice(match.index + match[0].length);
    // "5 triệu người" is no money: a bare "triệu" or "tỷ" counts only where a sign, a number or the
    // line's end follows.
    if (
      unit === undefined ||
      (!words.includes("đồng") && words !== "trđ" && words !== "đ" && /^\s+\p{L}/u.test(after))
    )
      return [];
    const value = readNumber(match[1] ?? "") * (words.startsWith("nghìn tỷ") ? 1000 : 1);
    const range = /\d\s*(?:[-–]|đến)\s*$/u.test(textBefore(text, match.index));
    return [
      {
        value,
        unit,
        words: written,
        partial: range,
        from: match.index,
        to: match.index + match[0].length,
      },
    ];
  });
  const touches = (a: FoundAmount | undefined, b: FoundAmount | undefined): boolean =>
    a !== undefined && b !== undefined && /^\s*$/u.test(text.slice(a.to, b.from));
  return found.map((one, index) => ({
    ...one,
    partial: one.partial || touches(found[index - 1], one) || touches(one, found[index + 1]),
  }));
}

/** Letters before a place that are looked at: a word or two. */
const BEFORE = 40;

/** The few letters before a place in a text. */
export function textBefore(text: string, place: number): string {
  return text.slice(Math.max(0, place - BEFORE), place);
}

/** "1.234,5" as a number. */
export function readNumber(text: string): number {
  return Number(text.replace(/\./gu, "").replace(",", "."));
}

/** An amount in another unit, without the noise of binary fractions. */
export function inUnit(
  { value, unit }: Pick<FoundAmount, "value" | "unit">,
  wanted: MoneyUnit,
): number {
  const shift = MONEY_UNITS[unit] - MONEY_UNITS[wanted];
  return shift === 0 ? value : Number(`${value}e${shift}`);
}
