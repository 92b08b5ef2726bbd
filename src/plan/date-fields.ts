import { isValid } from "date-fns/isValid";
import { z } from "zod";
import { maybe } from "./fields.js";
import { BARE, choice, unionByKey } from "./union-by-key.js";

/** A calendar date, "2022-01-18". */
export const IsoDate = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/u)
  .refine(isCalendarDay)
  .meta({ title: "Ngày (năm-tháng-ngày, ví dụ 2022-01-18)" });

/** A date that a draft may leave open: the day, or the day and the month. */
export const IssueDate = z
  .strictObject({
    day: maybe(z.int().min(1).max(31)).meta({ title: "Ngày (để trống khi chưa biết)" }),
    month: maybe(z.int().min(1).max(12)).meta({ title: "Tháng (để trống khi chưa biết)" }),
    year: z.int().min(1945).max(2200).meta({ title: "Năm" }),
  })
  .refine(
    ({ day, month, year }) =>
      day === null ||
      month === null ||
      isCalendarDay(`${year}-${twoDigits(month)}-${twoDigits(day)}`),
    { path: ["day"] },
  )
  .meta({ title: "Ngày ban hành" });

/** The date of a cited document, in either form. */
export const CitedDate = unionByKey(z.union([IsoDate, IssueDate]), [
  choice(BARE, IsoDate),
  choice("year", IssueDate),
]);

/** Whether the calendar has the day that "2022-01-18" names, in no time zone. */
function isCalendarDay(iso: string): boolean {
  const date = new Date(`${iso}T00:00:00Z`);
  // A day too many comes out as a day of the next month.
  return isValid(date) && date.toISOString().startsWith(iso);
}

function twoDigits(number: number): string {
  return String(number).padStart(2, "0");
}
