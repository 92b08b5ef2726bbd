import { formatShortDate } from "../base/dates.js";
import { type Decimal, formatDecimal } from "../base/numbers.js";
import { type EvaluatedColumn, type Value, isNumber } from "../tables/data-table.js";

/**
 * A value of a data table as its column prints it, without markup: "4.034", "0,44", "30/6/2024".
 */
export function formatValue(value: Exclude<Value, null>, column: EvaluatedColumn): string {
  if (isNumber(value)) return formatColumnNumber(value, column);
  return column.spec.kind === "date" ? formatDate(value) : value;
}

/** A number with as many decimals as its column always shows. */
export function formatColumnNumber(value: Decimal, { fixedPlaces }: EvaluatedColumn): string {
  return formatDecimal(value, { whole: 1, fraction: fixedPlaces });
}

/** "2024-06-30" as "30/6/2024"; months and years alone as they are. */
function formatDate(date: string): string {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/u.exec(date) ?? [];
  return year === undefined
    ? date
    : formatShortDate({ year: Number(year), month: Number(month), day: Number(day) });
}
