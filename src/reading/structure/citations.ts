import { slugOf } from "../../base/text.js";
import type { PartialDate } from "../../base/dates.js";
import { isoDate } from "../../base/dates.js";
import type { CitedDocument } from "../../plan/schema.js";
import { type Knowledge, wordPattern } from "../../knowledge/knowledge.js";

/** A document that a text cites, and the letters that cite it. */
export interface FoundCitation {
  readonly document: CitedDocument;
  readonly from: number;
  readonly to: number;
}

/**
 * "90/QĐ-TTg", "02/2022/QĐ-TTg", "17/2022//TT-BLĐTBXH", "83/2015/QH13", "05-NQ/TW"; a number that
 * was not given yet ("/QĐ-UBND").
 */
const SYMBOL = String.raw`(?:\d{1,5}[a-zA-Z]?(?:\s?/\s?\d{4})?\s?/{1,2}\s?|/)(?!\d)[\p{L}\d&.]*[\p{L}\d](?:\s?[-–]\s?[\p{Lu}][\p{L}\d&.]*[\p{L}\d]|\s?[-–]\s?\p{Lu}+)*(?:/[\p{Lu}]+)?|\d{1,5}\s?[-–]\s?[\p{Lu}]{2,}[\p{L}]*/[\p{Lu}][\p{L}.]*`;
const BLANKS = String.raw`[\s.…_]*`;
const DATE = String.raw`ngày\s*(?:(\d{1,2})\s?[/.-]\s?(\d{1,2})\s?[/.-]\s?(\d{4})|(\d{1,2}|${BLANKS})\s*tháng\s*(\d{1,2}|${BLANKS})\s*năm\s*(\d{4}))`;

interface Patterns {
  readonly open: RegExp;
  /** The same at a text's start. */
  readonly first: RegExp;
  readonly next: RegExp;
  readonly date: RegExp;
  readonly issuer: RegExp;
  readonly about: RegExp;
  readonly type: RegExp;
  readonly named: RegExp;
}
const MADE = new WeakMap<Knowledge, Patterns>();

function patternsOf(knowledge: Knowledge): Patterns {
  const known = MADE.get(knowledge);
  if (known) return known;
  const types = wordPattern(knowledge.documentTypes);
  const cited = String.raw`(${types})\s+(?:((?:số\s*:?\s*)?)(${SYMBOL}))`;
  const made: Patterns = {
    open: new RegExp(String.raw`(?<![\p{L}\d])${cited}`, "gu"),
    first: new RegExp(`^${cited}`, "u"),
    next: new RegExp(String.raw`^\s*(?:,|và)\s+số\s*:?\s*(${SYMBOL})`, "u"),
    date: new RegExp(String.raw`^\s*,?\s*${DATE}`, "u"),
    issuer: new RegExp(String.raw`^(?:${wordPattern(knowledge.issuers)})(?![\p{L}])`, "u"),
    about: new RegExp(
      String.raw`(?<![\p{L}\d])(?:${wordPattern(knowledge.aboutOpeners)})(?![\p{L}])`,
      "gu",
    ),
    type: new RegExp(String.raw`^(?:các\s+)?(?:${types})(?![\p{L}])`, "u"),
    named: new RegExp(String.raw`^(${wordPattern(knowledge.namedTypes)})\s+(?=[\p{L}])`, "u"),
  };
  MADE.set(knowledge, made);
  return made;
}

/** Every document cited in a text by its symbol, in order. What it is about is left to the text. */
export function findCitations(text: string, knowledge: Knowledge): readonly FoundCitation[] {
  const patterns = patternsOf(knowledge);
  const found: FoundCitation[] = [];
  let at = 0;
  for (const match of text.matchAll(patterns.open)) {
    if (match.index < at) continue;
    const type = match[1] ?? "";
    let from = match.index;
    let to = from + match[0].length;
    let symbol = match[3] ?? "";
    for (;;) {
      const rest = readRest(text, to, patterns);
      found.push({
        document: {
          type: nameOfType(type),
          name: null,
          symbol: tidySymbol(symbol),
          date: rest.date,
          issuer: rest.issuer,
          about: null,
        },
        from,
        to: rest.to,
      });
      at = rest.to;
      const next = patterns.next.exec(text.slice(at));
      if (!next) break;
      symbol = next[1] ?? "";
      from = at + next[0].indexOf("số");
      to = at + next[0].length;
    }
  }
  return found;
}

/**
 * A citation that fills a text from its start, with what the document is about: as legal bases are
 * written. Null when the text is none.
 */
export function readBasis(text: string, knowledge: Knowledge): CitedDocument | null {
  const patterns = patternsOf(knowledge);
  const match = patterns.first.exec(text);
  if (match) {
    const rest = readRest(text, match[0].length, patterns);
    const about = text.slice(rest.to).trim().replace(/^,\s*/u, "");
    return {
      type: nameOfType(match[1] ?? ""),
      name: null,
      symbol: tidySymbol(match[3] ?? ""),
      date: rest.date,
      issuer: rest.issuer,
      about: about === "" ? null : about,
    };
  }
  const named = patterns.named.exec(text);
  if (!named) return null;
  const body = text.slice(named[0].length);
  const dated = new RegExp(String.raw`\s+(?:số\s+(${SYMBOL}))?\s*,?\s*(?:${DATE})?`, "u");
  const cut = [...body.matchAll(new RegExp(dated, "gu"))].find((one) => one[0].trim() !== "");
  const name = (cut ? body.slice(0, cut.index) : body).trim();
  const rest = cut
    ? body
        .slice(cut.index + cut[0].length)
        .trim()
        .replace(/^,\s*/u, "")
    : "";
  if (name === "") return null;
  const date = cut ? partsOf(cut.slice(1)) : null;
  return {
    type: nameOfType(named[1] ?? ""),
    name,
    symbol: cut?.[1] === undefined ? null : tidySymbol(cut[1]),
    date: date === null ? null : dateValue(date),
    issuer: null,
    about: rest === "" ? null : rest,
  };
}

interface Rest {
  readonly date: CitedDocument["date"];
  readonly issuer: string | null;
  readonly to: number;
}

/** Date and issuer, which may follow a symbol. */
function readRest(text: string, start: number, patterns: Patterns): Rest {
  let to = start;
  let date: CitedDocument["date"] = null;
  const dated = patterns.date.exec(text.slice(to));
  const parts = dated ? partsOf(dated) : null;
  if (dated && parts !== null) {
    date = dateValue(parts);
    to += dated[0].length;
  }
  const led = /^\s*,?\s*(?:của\s+)?/u.exec(text.slice(to));
  const nameFrom = to + (led?.[0].length ?? 0);
  if (!patterns.issuer.test(text.slice(nameFrom))) return { date, issuer: null, to };
  const nameTo = endOfIssuer(text, nameFrom, patterns);
  const issuer = text.slice(nameFrom, nameTo);
  // Some write the date behind the agency.
  const late = date === null ? patterns.date.exec(text.slice(nameTo)) : null;
  const parted = late ? partsOf(late) : null;
  return late && parted !== null
    ? { date: dateValue(parted), issuer, to: nameTo + late[0].length }
    : { date, issuer, to: nameTo };
}

/**
 * An agency's name goes on to what the document is about, to a sign, or to the next document. A
 * comma may stand inside (Bộ Văn hóa, Thể thao và Du lịch).
 */
function endOfIssuer(text: string, from: number, { about, type }: Patterns): number {
  let end = text.length;
  for (const match of text.slice(from).matchAll(about)) {
    // "Ban Tổ chức", "Bộ Kế hoạch": parts of a name are written with capitals.
    if (/^\p{Lu}/u.test(match[0])) continue;
    end = from + match.index;
    break;
  }
  for (const match of text
    .slice(from, end)
    .matchAll(/[;.:()“”"/]|,|\s(?:và|cùng|hoặc)\s|\sngày\s+\d/gu)) {
    const after = text.slice(from + match.index + match[0].length).trimStart();
    const goesOn =
      /^(?:,|\s)/u.test(match[0]) &&
      /^\p{Lu}/u.test(after) &&
      !type.test(after) &&
      !/^(?:UBND|HĐND|Chủ tịch|Thủ tướng|Chính phủ|Bộ trưởng)/u.test(after);
    const smallName =
      /^\s(?:và)\s/u.test(match[0]) &&
      /^(?:xã hội|đào tạo|phát triển|môi trường|du lịch|truyền thông|công nghệ|gia đình|thông tin|thể thao)/u.test(
        after,
      );
    if (goesOn || smallName) continue;
    end = from + match.index;
    break;
  }
  return from + text.slice(from, end).trimEnd().length;
}

/** The date in the groups of DATE, counted from the last six. */
function partsOf(groups: readonly (string | undefined)[]): PartialDate | null {
  const [day, month, year, longDay, longMonth, longYear] = groups.slice(-6);
  const number = (text: string | undefined): number | null =>
    text !== undefined && /\d/u.test(text) ? Number(text) : null;
  const parts = {
    day: number(day ?? longDay),
    month: number(month ?? longMonth),
    year: number(year ?? longYear) ?? 0,
  };
  if (
    parts.year < 1945 ||
    parts.year > 2200 ||
    (parts.month ?? 1) > 12 ||
    (parts.month ?? 1) < 1 ||
    (parts.day ?? 1) < 1
  )
    return null;
  const last = new Date(Date.UTC(parts.year, parts.month ?? 1, 0)).getUTCDate();
  return (parts.day ?? 1) > last ? null : parts;
}

function dateValue(parts: PartialDate): CitedDocument["date"] {
  return parts.day !== null && parts.month !== null ? isoDate(parts) : parts;
}

/** "quyết định" as "Quyết định"; old places of tone marks stay as they are. */
function nameOfType(type: string): string {
  const words = type.replace(/\s+/gu, " ");
  return words.slice(0, 1).toUpperCase() + words.slice(1);
}

function tidySymbol(symbol: string): string {
  return symbol.replace(/\s+/gu, "");
}

/**
 * A short name for a document in plan data: "829/QĐ-UBND" gives "qd-829", "27/2022/NĐ-CP" gives
 * "nd-27-2022".
 */
export function documentId({ symbol, type }: CitedDocument): string {
  const [, number = "", year = "", letters = ""] =
    /^(\d*[a-zA-Z]?)(?:\/(\d{4}))?[/-]{1,2}(.*)$/u.exec(symbol ?? "") ?? [];
  const kind = slugOf(letters.split(/[-/]/u)[0] ?? "") || slugOf(type);
  return [/^[a-z]/u.test(kind) ? kind : `vb-${kind}`, number.toLowerCase(), year]
    .filter((part) => part !== "")
    .join("-");
}
