import { type LocalizedText, both } from "../../base/diagnostic.js";
import { capitalize } from "../../base/text.js";
import { issuerLines } from "../../plan/issuer-lines.js";
import type { Knowledge } from "../../knowledge/knowledge.js";
import type { SourceBlock, SourceText } from "../source-text.js";
import type { Data, DataObject } from "./data.js";
import type { Guesses } from "./guesses.js";
import type { Head } from "./head.js";
import { guessIssuer, properName } from "./issuer-name.js";
import { planMarkup } from "./markup.js";

/**
 * The head as plan data: header, issuer, symbol, number, date, type, subject. Null when no year is
 * named anywhere: a plan cannot be without.
 */
export function headData(
  head: Head,
  source: SourceText,
  knowledge: Knowledge,
  { guess }: Guesses,
): DataObject | null {
  const { blocks } = source;
  const top = blocks[0]?.at ?? { page: null, line: 1 };
  const { issuer, guess: guessed } = issuerData(head, source, knowledge);
  if (guessed !== null)
    guess(issuer, "name", guessed, head.issuer.length > 0 ? "medium" : "low", top);
  const year = yearOf(head, blocks);
  if (year.value === 0) return null;
  const date: DataObject = {
    ...(inCalendar(head.date?.day, 31) ? { day: head.date?.day } : {}),
    ...(inCalendar(head.date?.month, 12) ? { month: head.date?.month } : {}),
    year: year.value,
  };
  if (year.guessed)
    guess(
      date,
      "year",
      both(
        `năm lấy từ nội dung (${year.value}); nguồn không ghi năm ban hành`,
        `the year is taken from the text (${year.value}); the source does not date itself`,
      ),
      "medium",
      top,
    );
  return {
    ...(headerOf(head) === "full" ? {} : { header: headerOf(head) }),
    issuer,
    ...(head.symbol === null ? {} : { symbol: head.symbol }),
    number: numberData(head.number),
    date,
    ...(head.type === null || head.type === "KẾ HOẠCH"
      ? {}
      : { type: capitalize(head.type.toLowerCase()) }),
    subject: subjectData(head),
  };
}

/**
 * Which lines of the head the plan prints: those that the source has. A head of another order
 * cannot be printed by the decree's template.
 */
function headerOf({ nation, issuer, otherOrder, number, date }: Head): "full" | "number" | "none" {
  if (nation || (issuer.length > 0 && otherOrder === null)) return "full";
  return number !== null || date !== null ? "number" : "none";
}

/** "08" is the number 8; "8a" and "008" are written as they are. */
function numberData(typed: string | null): Data {
  if (typed === null || typed === "") return null;
  return /^\d+$/u.test(typed) && String(Number(typed)).padStart(2, "0") === typed
    ? Number(typed)
    : typed;
}

/** Whether a day or month is one that there is; the schema knows which month has how many days. */
function inCalendar(value: number | null | undefined, most: number): boolean {
  return value !== null && value !== undefined && value >= 1 && value <= most;
}

/** Lines of a name in a plan's head. */
const MAX_HEAD_LINES = 4;

/** Lines, the last of too many joined to one. */
function atMost(lines: readonly string[], most: number): string[] {
  return lines.length <= most
    ? [...lines]
    : [...lines.slice(0, most - 1), lines.slice(most - 1).join(" ")];
}

function issuerData(
  head: Head,
  { blocks, excluded }: SourceText,
  knowledge: Knowledge,
): { readonly issuer: DataObject; readonly guess: LocalizedText | null } {
  const texts = blocks.flatMap((block) => (block.kind === "paragraph" ? [block.text] : []));
  const place = head.place === null ? {} : { place: head.place };
  if (head.issuer.length > 0) {
    const { superior, name, lines, guessed } = properName(head.issuer, texts, knowledge);
    const usual = issuerLines(name);
    const same =
      usual.length === lines.length && usual.every((line, index) => line === lines[index]);
    return {
      issuer: {
        name,
        ...(same ? {} : { lines: atMost(lines, MAX_HEAD_LINES) }),
        ...(superior === null ? {} : { superior }),
        ...place,
      },
      guess: guessed
        ? both(
            "chữ hoa, chữ thường của tên cơ quan suy từ dòng in hoa ở đầu trang",
            "the small letters of the agency's name are made from the capitals at the head",
          )
        : null,
    };
  }
  const guessed = guessIssuer(
    texts,
    [...excluded.filter(({ why }) => why === "seal").map(({ text }) => text)],
    knowledge,
  );
  return {
    issuer: { name: guessed ?? "…", ...place },
    guess:
      guessed === null
        ? both(
            "nguồn không ghi tên cơ quan ban hành; điền tên vào đây",
            "the source does not name its agency; write the name here",
          )
        : both(
            "nguồn không có phần đầu; tên cơ quan lấy từ trong bài",
            "the source has no head; the agency's name is taken from the text",
          ),
  };
}

/**
 * The year of issue: as the head says; else as the subject says; else as a dated line says; else
 * the one that the text names most. Years of other documents and of periods do not count.
 */
function yearOf(
  head: Head,
  blocks: readonly SourceBlock[],
): { readonly value: number; readonly guessed: boolean } {
  if (head.date?.year) return { value: head.date.year, guessed: false };
  const texts = blocks.flatMap((block) => (block.kind === "paragraph" ? [block.text] : []));
  const dated = texts
    .filter((text) => text.length < 80)
    .map((text) => /ngày\s+\d{1,2}\s+tháng\s+\d{1,2}\s+năm\s+(\d{4})\.?$/u.exec(text)?.[1])
    .find((year) => year !== undefined);
  const named = head.subject.flatMap(({ text }) => yearsIn(text));
  const counts = new Map<number, number>();
  for (const year of texts.flatMap(yearsIn)) counts.set(year, (counts.get(year) ?? 0) + 1);
  return {
    value:
      dated !== undefined
        ? Number(dated)
        : (named.at(-1) ?? [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? 0),
    guessed: true,
  };
}

/**
 * Years that may be the year of issue: "năm 2026", not "giai đoạn 2021-2025", "năm học 2026-2027",
 * nor the date of another document.
 */
function yearsIn(text: string): number[] {
  const own = text
    .replace(/(?:giai đoạn|năm học|nhiệm kỳ|khóa)\s+\d{4}\s*[-–]\s*\d{4}/giu, "")
    .replace(
      /ngày\s+\d{1,2}(?:\s*[/.-]\s*\d{1,2}\s*[/.-]\s*|\s+tháng\s+\d{1,2}\s+năm\s+)\d{4}/giu,
      "",
    )
    .replace(/\d+\/\d{4}\//gu, "")
    .replace(/^Căn cứ.*/u, "");
  return [...own.matchAll(/(?<!\d)(?:19[5-9]\d|20\d\d)(?![\d/])/gu)].map(([year]) => Number(year));
}

function subjectData({ subject }: Head): Data {
  const lines = subject
    .flatMap((paragraph) => {
      let from = 0;
      return paragraph.text.split("\n").map((line) => {
        const span = { paragraph, from, to: from + line.length };
        from += line.length + 1;
        return planMarkup(span);
      });
    })
    .filter((line) => line !== "");
  if (lines.length === 0) return "…";
  return lines.length === 1
    ? (lines[0] ?? "…")
    : lines.length <= 6
      ? lines
      : [...lines.slice(0, 5), lines.slice(5).join(" ")];
}
