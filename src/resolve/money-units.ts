import { type Diagnostic, type PlanPath, both } from "../base/diagnostic.js";
import { MONEY_UNITS, type MoneyUnit } from "../base/money.js";
import { unknownName } from "./unknown.js";

/** "triệu" and "triệu đồng" name the same unit; null for words that name none. */
export function namedUnit(words: string): MoneyUnit | null {
  const name = [words, `${words} đồng`].find((word) => Object.hasOwn(MONEY_UNITS, word));
  return (name as MoneyUnit | undefined) ?? null;
}

/** The finding for words that name no unit of money. */
export function unknownUnit(name: string, path: PlanPath): Diagnostic {
  const allowed = Object.keys(MONEY_UNITS);
  const what = both("đơn vị tiền", "unit of money");
  return unknownName({ code: "unknown-unit", name, allowed, what }, path);
}
