import { type WordStatistics, timesTogether } from "./word-statistics.js";
import { announces, isCapitals, openingOf } from "./line-starts.js";
import type { TextLine } from "./text-lines.js";

/**
 * Parts of a plan by how its lines make paragraphs: in the head and under the signature each line
 * is one, the subject's lines are one together.
 */
export type Region = "head" | "title" | "subject" | "body" | "recipients" | "signature";

const TITLES =
  /^(?:K\s?Ế\s?\s?H\s?O\s?Ạ\s?C\s?H|PHƯƠNG ÁN|ĐỀ ÁN|CHƯƠNG TRÌNH|QUYẾT ĐỊNH|BÁO CÁO|TỜ TRÌNH|HƯỚNG DẪN)$/u;
/** The head is at most this long. */
const MAX_HEAD = 30;
/** Longest subject, in lines. */
const MAX_SUBJECT = 14;
/** Longest list of titles and names under a signature. */
const MAX_SIGNATURE = 8;

const RECIPIENTS = /^N[ơƠ][iI] [nN][hH][ậẬ][nN]\s*:?/u;
const SIGNATURE =
  /^(?:TM|KT|TL|TUQ|Q)\.\s?\p{Lu}{2}|^(?:PHÓ )?CHỦ TỊCH$|^(?:PHÓ )?(?:TRƯỞNG|GIÁM ĐỐC)/u;
/** Begins of a text behind the subject, apart from bases: enactments and preambles. */
const TEXT_BEGINS =
  /^(?:Ủy ban|Uỷ ban|UBND|Nhằm|Để |Trên cơ sở|Theo |Trong năm|Năm \d{4},|Thực hiện .{0,60}\bsố\s*\d)/u;

/** The region of each line. */
export function regionsOf(lines: readonly TextLine[], statistics: WordStatistics): Region[] {
  const regions: Region[] = lines.map(() => "body");
  const fill = (from: number, to: number, region: Region): void => {
    for (let at = from; at < to; at++) regions[at] = region;
  };
  const title = lines.slice(0, MAX_HEAD).findIndex(({ text }) => TITLES.test(text));
  if (title >= 0) {
    fill(0, title, "head");
    regions[title] = "title";
    fill(
      title + 1,
      title +
        1 +
        subjectLength(lines.slice(title + 1, title + 1 + MAX_SUBJECT), {
          statistics,
          spaced: isSpaced(lines),
        }),
      "subject",
    );
  } else
    fill(
      0,
      lines
        .slice(0, MAX_HEAD)
        .findLastIndex(({ text }) => /^Độc lập|,\s*ngày\s.*\snăm\s/u.test(text)) + 1,
      "head",
    );
  for (let at = Math.max(title, 0); at < lines.length;) {
    const { text } = lines[at] ?? { text: "" };
    const end = RECIPIENTS.test(text)
      ? fillRecipients(lines, at, regions)
      : SIGNATURE.test(text) && regions[at] === "body"
        ? fillSignature(lines, at, regions)
        : at;
    at = Math.max(end, at + 1);
  }
  return regions;
}

/** Lines have empty lines between them throughout: none of them says anything. */
function isSpaced(lines: readonly TextLine[]): boolean {
  return lines.filter(({ blanks }) => blanks > 0).length > 0.8 * lines.length;
}

/** Lines of the subject, first of which is the one under the title. */
function subjectLength(
  lines: readonly TextLine[],
  { statistics, spaced }: { readonly statistics: WordStatistics; readonly spaced: boolean },
): number {
  let length = 0;
  for (const [at, line] of lines.entries()) {
    const before = lines[at - 1];
    const opening = openingOf(line.text);
    if (at === 0) {
      if (opening === "label" || /^Căn cứ\s/u.test(line.text)) return 0;
    } else if (before && !before.glued) {
      const goesOn =
        /^\p{Ll}|^\d/u.test(line.text) ||
        announces(before.text) === 2 ||
        /[,–-]$/u.test(before.text) ||
        (isCapitals(before.text) && isCapitals(line.text)) ||
        timesTogether(statistics, before.text, line.text) > 0;
      if (opening === "opener" || (opening === "label" && !goesOn)) return length;
      if (
        !goesOn &&
        ((line.blanks > 0 && !spaced) || TEXT_BEGINS.test(line.text) || /[.;:]$/u.test(before.text))
      )
        return length;
    }
    length = at + 1;
  }
  return length;
}

/** From “Nơi nhận:” to the last recipient; returns where it ends. */
function fillRecipients(lines: readonly TextLine[], from: number, regions: Region[]): number {
  let at = from;
  for (; at < lines.length; at++) {
    const { text } = lines[at] ?? { text: "" };
    const item = /^[-–+•*]/u.test(text);
    const saved = /^[-–+•*]?\s*Lưu\s*:/u.test(lines[at - 1]?.text ?? "");
    if (
      at > from &&
      !item &&
      (SIGNATURE.test(text) ||
        isCapitals(text) ||
        (saved && !/^\p{Ll}/u.test(text)) ||
        openingOf(text) === "label")
    )
      break;
    regions[at] = "recipients";
  }
  return at;
}

/** Titles of who signs, and the name; returns where they end. */
function fillSignature(lines: readonly TextLine[], from: number, regions: Region[]): number {
  let at = from;
  for (; at < Math.min(from + MAX_SIGNATURE, lines.length); at++) {
    const { text } = lines[at] ?? { text: "" };
    if (
      RECIPIENTS.test(text) ||
      /^PHỤ LỤC|^Phụ lục|^BIỂU/u.test(text) ||
      openingOf(text) === "label" ||
      text.length > 60
    )
      break;
    const named =
      at > from &&
      !isCapitals(lines[at - 1]?.text ?? "") &&
      !SIGNATURE.test(lines[at - 1]?.text ?? "");
    if (named && !/^(?:Đã ký|\(.*\))$/iu.test(lines[at - 1]?.text ?? "")) break;
    regions[at] = "signature";
  }
  return at;
}
