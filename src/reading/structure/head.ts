import type { SourceParagraph } from "../source-text.js";
import { type Knowledge, wordPattern } from "../../knowledge/knowledge.js";
import { readLabel } from "./labels.js";

/**
 * The head of a document: what stands above its legal bases, each line with its paragraph. Null
 * where the source has none.
 */
export interface Head {
  readonly issuer: readonly string[];
  readonly nation: boolean;
  /**
   * The head of another order: of the Party, of the Youth Union. Their forms are not the decree's.
   */
  readonly otherOrder: string | null;
  /**
   * What was typed before the stroke: "" when it was left blank; null when there is no such line.
   */
  readonly number: string | null;
  readonly symbol: string | null;
  readonly place: string | null;
  readonly date: {
    readonly day: number | null;
    readonly month: number | null;
    readonly year: number | null;
  } | null;
  readonly type: string | null;
  readonly subject: readonly SourceParagraph[];
  /** Lines of the head that say none of this: "DỰ THẢO", "HỎA TỐC". */
  readonly others: readonly SourceParagraph[];
  /** How many paragraphs the head takes. */
  readonly length: number;
}

const NATION = /^C[ỘO]NG\s+H(?:ÒA|OÀ|OA)\s+X[ÃA]\s+H[ỘO]I\s+CH[ỦU]\s+NGH[ĨI]A\s+VI[ỆE]T\s+NAM/iu;
const MOTTO = /^[-–]*\s*[ĐD][ộo]c\s+l[ậa]p\s*[-–—]\s*T[ựu]\s+do\s*[-–—]\s*H[ạa]nh\s+ph[úu]c/iu;
const NUMBER = /^S[ốo]\s*[:.]?\s*([^/]*?)\s*\/\s*([\p{L}\d&.]+(?:\s?[-–]\s?[\p{L}\d&.]+)*)/u;
const BLANK_DATE = String.raw`[\s.…_]*`;
const DATE = new RegExp(
  String.raw`^(.*?)[,.]?\s*ngày\s*(\d{1,2}|${BLANK_DATE})\s*tháng\s*(\d{1,2}|${BLANK_DATE})` +
    String.raw`\s*năm\s*(\d{4}|${BLANK_DATE})\.?$`,
  "iu",
);
const SLASH_DATE = /^(.*?)[,.]?\s*ngày\s*(\d{1,2})\s?[/.-]\s?(\d{1,2})\s?[/.-]\s?(\d{4})\.?$/iu;
const NATION_OPENS = /^C[ỘO]NG\s+H(?:ÒA|OÀ|OA)/iu;
const DATE_OPENS = new RegExp(
  String.raw`ngày\s*(?:\d{1,2}|${BLANK_DATE})\s*` +
    String.raw`(?:tháng\s*(?:\d{1,2}|${BLANK_DATE})\s*(?:năm\s*)?)?$`,
  "iu",
);
const OTHER_ORDER =
  /^(?:ĐẢNG CỘNG SẢN VIỆT NAM|ĐOÀN (?:TNCS|THANH NIÊN CỘNG SẢN) HỒ CHÍ MINH|ĐOÀN TNCS HCM)$/u;
const STARS = /^[*\s]+$/u;
const RULE = /^[-–—_*=\s]+$/u;
/** No head is longer; a type further down is a word of the text. */
const MAX_PARAGRAPHS = 24;

/** How the head's type and what stands below the head are told. */
interface HeadPatterns {
  readonly type: RegExp;
  readonly opensBody: RegExp;
}

/** Read the head from the first paragraphs of a document. */
export function readHead(paragraphs: readonly SourceParagraph[], knowledge: Knowledge): Head {
  const patterns: HeadPatterns = {
    type: new RegExp(`^(${wordPattern(knowledge.documentTypes)})$`, "iu"),
    opensBody: new RegExp(`^(?:${wordPattern(knowledge.basisLeads)})(?![\\p{L}])`, "u"),
  };
  // A type below the first basis, the first section or a long sentence is a word of the text.
  const opens = paragraphs
    .slice(0, MAX_PARAGRAPHS)
    .findIndex(
      (one) => patterns.opensBody.test(one.text) || one.text.length > LONG || isSection(one),
    );
  const above = paragraphs.slice(0, opens < 0 ? MAX_PARAGRAPHS : opens);
  const found = above.findIndex((one) => isType(one, patterns));
  const upTo = found < 0 ? headWithoutType(above) : found;
  const typed = found < 0 ? undefined : paragraphs[found];
  const title = typed ? readTitle(typed, patterns) : { type: null, subject: [] };
  const { subject, length } = readSubject(paragraphs, typed ? found + 1 : upTo, title.subject, {
    opensBody: patterns.opensBody,
    known: typed ? "type" : opens < 0 ? "nothing" : "bases",
  });
  const { type } = title;
  const facts = readFacts(paragraphs.slice(0, upTo));
  const end = facts.nation || facts.number !== null ? length : endOfFactsBelow(paragraphs, length);
  if (paragraphs.slice(length, end).some(({ text }) => isFact(text)))
    return {
      ...readFacts([...paragraphs.slice(0, upTo), ...paragraphs.slice(length, end)]),
      type,
      subject,
      length: withLetter(paragraphs, end).length,
    };
  const letter = withLetter(paragraphs, length);
  return {
    ...facts,
    others: [...facts.others, ...letter.others],
    type,
    subject,
    length: letter.length,
  };
}

function isType({ text }: SourceParagraph, { type }: HeadPatterns): boolean {
  const [line = ""] = text.split("\n");
  const first = line.trim();
  return (
    (type.test(first) && (!/\p{Ll}/u.test(line) || /^kế hoạch$/iu.test(first))) ||
    (LONG_TYPE.test(first) && line.length < 120)
  );
}

/** The type of the document, and what of the subject stands in the same paragraph. */
function readTitle(
  typed: SourceParagraph,
  { type }: HeadPatterns,
): { readonly type: string; readonly subject: readonly SourceParagraph[] } {
  const [line = "", ...rest] = typed.text.split("\n");
  const first = line.trim();
  const long = LONG_TYPE.exec(first);
  const name = long && !type.test(first) ? (long[1] ?? "") : first;
  return {
    type: name,
    subject: [
      ...(name === first ? [] : [cut(typed, typed.text.indexOf(long?.[2] ?? ""), line.length)]),
      ...(rest.length > 0 ? [cut(typed, line.length + 1)] : []),
    ],
  };
}

/** The subject: lines below the type; without one, what stands right over the bases. */
function readSubject(
  paragraphs: readonly SourceParagraph[],
  start: number,
  begun: readonly SourceParagraph[],
  {
    opensBody,
    known,
  }: Pick<HeadPatterns, "opensBody"> & { readonly known: "type" | "bases" | "nothing" },
): { readonly subject: readonly SourceParagraph[]; readonly length: number } {
  const subject = [...begun];
  let length = start;
  for (
    let next = paragraphs[length];
    next !== undefined && subject.length < 6;
    next = paragraphs[length]
  ) {
    if (
      (opensBody.test(next.text) && (subject.length > 0 || known !== "type")) ||
      isSection(next) ||
      /:$/u.test(next.text) ||
      LETTER.test(next.text)
    )
      break;
    if (subject.length > 0 && (!goesOn(subject.at(-1), next) || isFact(next.text))) break;
    if (known === "nothing" || (known === "bases" && next.text.length > LONG)) break;
    if (!RULE.test(next.text)) subject.push(next);
    length++;
  }
  return { subject, length };
}

/** Some put the title first, and the agency, number and date below it: where these end. */
function endOfFactsBelow(paragraphs: readonly SourceParagraph[], start: number): number {
  let end = start;
  for (
    let next = paragraphs[end];
    next !== undefined &&
    end - start < 10 &&
    (isFact(next.text) || !/\p{Ll}/u.test(next.text)) &&
    !isSection(next);
    next = paragraphs[end]
  )
    end++;
  return end;
}

/** "Kính gửi: …", which a plan does not have. */
const LETTER = /^Kính gửi\b/iu;

function withLetter(
  paragraphs: readonly SourceParagraph[],
  from: number,
): { readonly others: readonly SourceParagraph[]; readonly length: number } {
  if (!LETTER.test(paragraphs[from]?.text ?? "")) return { others: [], length: from };
  let end = from + 1;
  while (readLabel(paragraphs[end]?.text ?? "")?.marker === "-" || paragraphs[end]?.label === "-")
    end++;
  return { others: paragraphs.slice(from, end), length: end };
}

/** Whether a line says something that only heads say. */
function isFact(text: string): boolean {
  return text
    .split(/[\n\t]/u)
    .some(
      (line) =>
        NATION.test(line) ||
        MOTTO.test(line) ||
        NUMBER.test(line) ||
        ((DATE.test(line) || SLASH_DATE.test(line)) && line.length < 80),
    );
}

/** "KẾ HOẠCH TUYỂN SINH", "KẾ HOẠCH CÔNG TÁC THÁNG 11": the type with the subject in its line. */
const LONG_TYPE = /^(KẾ HOẠCH)\s+(\P{Ll}+)$/u;

/** Letters of a line of a head; a subject may be longer where it stands under its type. */
const LONG = 400;
/** An agency's name on one line is no longer. */
const LONG_NAME = 90;

/** "I. MỤC ĐÍCH, YÊU CẦU" */
function isSection(paragraph: SourceParagraph): boolean {
  const label = readLabel(paragraph.text);
  return paragraph.label !== null || (label !== null && label.marker !== "-");
}

/** Whether a line under the subject belongs to it: no sentence has ended, and it looks the same. */
function goesOn(last: SourceParagraph | undefined, next: SourceParagraph): boolean {
  if (last === undefined || RULE.test(next.text)) return true;
  if (/[.;:]$/u.test(last.text)) return false;
  // An agency's name under a title that stands first.
  if (/\p{Ll}/u.test(last.text) && !/\p{Ll}/u.test(next.text)) return false;
  const centred = last.look.align === "center";
  return centred
    ? next.look.align === "center" ||
        (next.look.align === null && last.look.bold === next.look.bold && next.text.length < 90)
    : !/[.;:]$/u.test(next.text) && next.text.length < 90 && last.look.bold === next.look.bold;
}

/** Where the head ends when no type is named: after the last line that is sure to be of a head. */
function headWithoutType(paragraphs: readonly SourceParagraph[]): number {
  let end = 0;
  paragraphs.slice(0, 12).forEach(({ text }, index) => {
    if (
      text
        .split("\n")
        .some(
          (line) =>
            NATION.test(line) ||
            MOTTO.test(line) ||
            NUMBER.test(line) ||
            DATE.test(line) ||
            SLASH_DATE.test(line) ||
            OTHER_ORDER.test(line),
        )
    )
      end = index + 1;
  });
  return end;
}

type Facts = Pick<
  Head,
  "issuer" | "nation" | "otherOrder" | "number" | "symbol" | "place" | "date" | "others"
>;

interface HeadLine {
  readonly text: string;
  readonly paragraph: SourceParagraph;
}

/** The lines of a head; what narrow columns broke is one line again: the nation's name, a date. */
function linesOf(paragraphs: readonly SourceParagraph[]): readonly HeadLine[] {
  const lines: HeadLine[] = paragraphs.flatMap((paragraph) =>
    paragraph.text.split(/[\n\t]/u).map((raw) => ({ text: raw.trim(), paragraph })),
  );
  const out: HeadLine[] = [];
  for (const line of lines.filter(
    ({ text }) => text !== "" && !RULE.test(text) && !STARS.test(text),
  )) {
    const last = out.at(-1);
    const joined = last === undefined ? "" : `${last.text} ${line.text}`;
    const nation =
      last !== undefined &&
      NATION_OPENS.test(last.text) &&
      !NATION.test(last.text) &&
      !/\p{Ll}/u.test(line.text);
    const date =
      last !== undefined &&
      DATE_OPENS.test(last.text) &&
      !DATE.test(last.text) &&
      /^(?:tháng|năm|\d{4}\b)/iu.test(line.text);
    if (last !== undefined && (nation || date)) out[out.length - 1] = { ...last, text: joined };
    else out.push(line);
  }
  return out;
}

function readFacts(paragraphs: readonly SourceParagraph[]): Facts {
  const issuer: string[] = [];
  const others: SourceParagraph[] = [];
  let [nation, numbered] = [false, false];
  let otherOrder: string | null = null;
  let number: string | null = null;
  let symbol: string | null = null;
  let place: string | null = null;
  let date: Head["date"] = null;
  for (const { text: line, paragraph } of linesOf(paragraphs)) {
    if (MOTTO.test(line)) continue;
    const own = line.replace(/^.*\/[\p{Lu}\d-]+\s+(?=\p{Lu}[\p{L}\s.]*,\s*ngày)/u, "");
    const dated = DATE.exec(own) ?? SLASH_DATE.exec(own);
    const numbers = NUMBER.exec(line);
    if (NATION.test(line)) nation = true;
    else if (OTHER_ORDER.test(line)) {
      otherOrder = line;
      others.push({ ...paragraph, text: line, marks: [] });
    } else if (numbers || dated) {
      if (numbers) {
        numbered = true;
        number = (numbers[1] ?? "")
          .replace(/[.…_]+/gu, "")
          .replace(/\s+/gu, " ")
          .trim();
        symbol = (numbers[2] ?? "").replace(/\s+/gu, "");
      }
      if (dated) {
        place = (dated[1] ?? "").replace(/[,.…\s]+$/u, "").trim() || null;
        date = { day: numberIn(dated[2]), month: numberIn(dated[3]), year: numberIn(dated[4]) };
      }
    } else if (
      !numbered &&
      !/\p{Ll}/u.test(line) &&
      issuer.length < 5 &&
      line.length <= LONG_NAME &&
      !/^(?:DỰ THẢO|HỎA TỐC|KHẨN|THƯỢNG KHẨN|MẬT|TỐI MẬT|TUYỆT MẬT)/u.test(line)
    )
      issuer.push(line);
    else others.push({ ...paragraph, text: line, marks: [] });
  }
  return { issuer, nation, otherOrder, number, symbol, place, date, others };
}

function numberIn(text: string | undefined): number | null {
  return text !== undefined && /\d/u.test(text) ? Number(text) : null;
}

/** The rest of a paragraph from a letter on. */
export function cut(
  paragraph: SourceParagraph,
  from: number,
  to = paragraph.text.length,
): SourceParagraph {
  return {
    ...paragraph,
    text: paragraph.text.slice(from, to),
    label: from > 0 ? null : paragraph.label,
    marks: paragraph.marks
      .filter(
        (mark) =>
          (mark.to > from && mark.from < to) ||
          (mark.kind === "note" && mark.from >= from && mark.from <= to),
      )
      .map((mark) => ({
        ...mark,
        from: Math.max(mark.from, from) - from,
        to: Math.min(mark.to, to) - from,
      })),
  };
}
