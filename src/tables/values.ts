import { formatShortDate } from "../base/dates.js";
import { type Diagnostic, type Place, type LocalizedText, both } from "../base/diagnostic.js";
import {
  type Decimal,
  decimalOf,
  formatDecimal,
  formatNumber,
  trimDecimal,
} from "../base/numbers.js";
import type { DataColumn } from "../plan/data-table.js";
import { IsoDate } from "../plan/schema.js";
import type { Cell } from "../plan/typed-table.js";
import type { Value } from "./data-table.js";
import type { Code } from "../base/codes.js";

/**
 * Most decimals of a column that says nothing: counts have none, rates two, money as many as it is
 * written with.
 */
export function placesOf({ kind, decimals }: DataColumn): number {
  return decimals ?? (kind === "count" ? 0 : kind === "percent" ? 2 : 6);
}

const WHOLE: Decimal = { digits: 0n, scale: 0 };

/** A finding about a cell. */
export function cellError(
  code: Code,
  at: Place,
  message: LocalizedText,
  hint: LocalizedText,
): Diagnostic {
  return { code, severity: "error", at, message, hint };
}

/** The value of a written cell, by the kind of its column; what it may not be is a finding. */
export function readValue(
  cell: Cell | undefined,
  column: DataColumn,
  at: () => Place,
  problems: Diagnostic[],
): Value {
  if (cell === null || cell === undefined || cell === "") return null;
  const { kind } = column;
  if (kind === "text" || kind === "order")
    return typeof cell === "number" ? String(cell).replace(".", ",") : printIsoDate(cell);
  const read = kind === "date" ? dateValue(cell, column) : numberValue(cell, column);
  if (!("code" in read)) return read.value;
  problems.push(cellError(read.code, at(), read.message, read.hint));
  return null;
}

/** The value of a cell, or why it has none. */
type ReadCell =
  | { readonly value: Value }
  | { readonly code: Code; readonly message: LocalizedText; readonly hint: LocalizedText };

function dateValue(cell: string | number, { title }: DataColumn): ReadCell {
  const value = typeof cell === "string" ? readDate(cell) : null;
  if (value !== null) return { value };
  return {
    code: "wrong-date",
    message: both(
      `“${cell}” không phải ngày, ở cột “${title}”`,
      `“${cell}” is not a date, in the column “${title}”`,
    ),
    hint: both("viết 2024-06-30 hoặc 30/6/2024", "write 2024-06-30 or 30/6/2024"),
  };
}

function numberValue(cell: string | number, column: DataColumn): ReadCell {
  const { title } = column;
  if (typeof cell === "string")
    return {
      code: "text-in-number",
      message: both(
        `chữ “${shorten(cell)}” ở cột số “${title}”`,
        `text “${shorten(cell)}” in the column of numbers “${title}”`,
      ),
      hint: both(
        "viết số trơn (4034; 4.5); để trống khi chưa có số",
        "write a bare number (4034; 4.5); leave it empty when there is none",
      ),
    };
  const value = trimDecimal(decimalOf(cell));
  if (value.digits < 0n && !column.signed)
    return {
      code: "negative",
      message: both(
        `số âm ${formatNumber(cell)} ở cột “${title}”`,
        `negative number ${formatNumber(cell)} in the column “${title}”`,
      ),
      hint: both(
        "sửa số; nếu cột này được phép âm, ghi signed: true ở cột",
        "correct it; if the column may be negative, give it signed: true",
      ),
    };
  const places = placesOf(column);
  if (value.scale <= places) return { value };
  return {
    code: "too-many-decimals",
    message: both(
      `${formatDecimal(value)} có ${value.scale} chữ số sau dấu phẩy; cột “${title}” nhận nhiều nhất ${places}`,
      `${formatDecimal(value)} has ${value.scale} decimals; the column “${title}” takes at most ${places}`,
    ),
    hint: both("làm tròn số, hoặc đặt decimals: ở cột", "round it, or give the column decimals:"),
  };
}

/**
 * A date as people write it, as "2024-06-30"; months and years alone stay as they are: "6/2024",
 * "2024".
 */
function readDate(text: string): string | null {
  const [, day, month, year] = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/u.exec(text.trim()) ?? [];
  const iso =
    day !== undefined && month !== undefined
      ? `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`
      : text.trim();
  if (IsoDate.safeParse(iso).success) return iso;
  return /^(?:(?:0?[1-9]|1[0-2])\/)?\d{4}$/u.test(text.trim()) ? text.trim() : null;
}

/**
 * A day that stands alone in a cell of words, as people write it: YAML and spreadsheets give
 * "2026-03-15".
 */
function printIsoDate(text: string): string {
  if (!/^\d{4}-\d\d-\d\d$/u.test(text) || !IsoDate.safeParse(text).success) return text;
  const [year = 0, month = 1, day = 1] = text.split("-").map(Number);
  return formatShortDate({ year, month, day });
}

/** A cell's number, or zero. */
export function numberOrZero(value: Value | undefined): Decimal {
  return typeof value === "object" && value !== null ? value : WHOLE;
}

/** A long text, cut for a message. */
function shorten(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}
