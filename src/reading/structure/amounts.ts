import { MONEY_UNITS, type MoneyUnit } from "../../base/money.js";

/** An amount of money as a text writes it. */
export interface FoundAmount {
  readonly value: number;
  readonly unit: MoneyUnit;
  readonly from: number;
  readonly to: number;
}

/** What people write for the units of money. */
const UNIT_WORDS: readonly (readonly [words: string, unit: MoneyUnit])[] = [
  ["nghìn tỷ đồng", "tỷ đồng"], ["tỷ đồng", "tỷ đồng"], ["tỉ đồng", "tỷ đồng"], ["triệu đồng", "triệu đồng"], ["nghìn đồng", "nghìn đồng"], ["ngàn đồng", "nghìn đồng"],
  ["đồng", "đồng"], ["tỷ", "tỷ đồng"], ["triệu", "triệu đồng"], ["trđ", "triệu đồng"],
];
const NUMBER = String.raw`(?<![\p{L}\d/.,-])(\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:,\d+)?)`;
const AMOUNT = new RegExp(String.raw`${NUMBER}\s*(${UNIT_WORDS.map(([words]) => words.replace(" ", String.raw`\s+`)).join("|")})(?![\p{L}])`, "giu");

/** Every amount of money in a text, in order. "nghìn tỷ" is counted in tỷ. */
export function findAmounts(text: string): readonly FoundAmount[] {
  return [...text.matchAll(AMOUNT)].flatMap((match) => {
    const words = (match[2] ?? "").replace(/\s+/gu, " ").toLowerCase();
    const unit = UNIT_WORDS.find(([one]) => one === words)?.[1];
    // "5 triệu người" is no money: a bare "triệu" or "tỷ" counts only where a sign or the line's end follows.
    if (unit === undefined || (!words.includes("đồng") && words !== "trđ" && /^\s+[\p{L}]/u.test(text.slice(match.index + match[0].length)))) return [];
    const value = readNumber(match[1] ?? "") * (words.startsWith("nghìn tỷ") ? 1000 : 1);
    return [{ value, unit, from: match.index, to: match.index + match[0].length }];
  });
}

/** "1.234,5" as a number. */
export function readNumber(text: string): number {
  return Number(text.replace(/\./gu, "").replace(",", "."));
}

/** An amount in another unit, without the noise of binary fractions. */
export function inUnit({ value, unit }: Pick<FoundAmount, "value" | "unit">, wanted: MoneyUnit): number {
  const shift = MONEY_UNITS[unit] - MONEY_UNITS[wanted];
  return shift === 0 ? value : Number(`${value}e${shift}`);
}
