import { type Decimal, addDecimals, decimalOf, formatDecimal, shiftDecimal } from "./numbers.js";

/** The units in which plans state money, with the power of ten that leads to đồng. */
export const MONEY_UNITS = { đồng: 0, "nghìn đồng": 3, "triệu đồng": 6, "tỷ đồng": 9 } as const;
export type MoneyUnit = keyof typeof MONEY_UNITS;

/** Money (số tiền) in đồng, exact. */
export type Money = Decimal;

/** An amount written in a unit, as money: 3.5 triệu đồng is 3,500,000 đồng. */
export function moneyOf(amount: number, unit: MoneyUnit): Money {
  return shiftDecimal(decimalOf(amount), MONEY_UNITS[unit]);
}

export function sumMoney(amounts: readonly Money[]): Money {
  return addDecimals(amounts);
}

/** "4.034 triệu đồng", exact, in the unit asked for. */
export function formatMoney(money: Money, unit: MoneyUnit): string {
  return `${formatAmount(money, unit)} ${unit}`;
}

/** "4.034", without the unit. */
export function formatAmount(money: Money, unit: MoneyUnit): string {
  return formatDecimal(shiftDecimal(money, -MONEY_UNITS[unit]));
}
