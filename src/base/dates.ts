/** A date of which the day, or day and month, may not be known yet. */
export interface PartialDate {
  readonly day: number | null;
  readonly month: number | null;
  readonly year: number;
}

/**
 * The gap left for a hand or the numbering system to fill. No-break spaces, so that neither Word
 * nor XML folds it.
 */
export const BLANK = "\u00a0".repeat(7);

/**
 * Write a date as the head of an administrative document does: "ngày 05 tháng 02 năm 2026", but
 * "ngày 05 tháng 3 năm 2026": days below 10 take a leading zero; of the months, only 1 and 2 do.
 * What is not known yet stays blank.
 *
 * Source: Nghị định 30/2020/NĐ-CP, Phụ lục I, Phần I, Mục II, khoản 4, điểm b.
 */
export function formatIssueDate({ day, month, year }: PartialDate): string {
  return `ngày ${day === null ? BLANK : pad(day)} tháng ${month === null ? BLANK : padMonth(month)} năm ${year}`;
}

/**
 * "18/01/2022": the short form customary inside citations; months 3 to 9 stay bare, as in the long
 * form.
 */
export function formatShortDate({ day, month, year }: PartialDate): string {
  return `${day === null ? BLANK : pad(day)}/${month === null ? BLANK : padMonth(month)}/${year}`;
}

/** "2022-08-01": unknown parts count as the first. */
export function isoDate({ day, month, year }: PartialDate): string {
  return `${year}-${pad(month ?? 1)}-${pad(day ?? 1)}`;
}

function pad(day: number): string {
  return String(day).padStart(2, "0");
}

function padMonth(month: number): string {
  return month <= 2 ? pad(month) : String(month);
}
