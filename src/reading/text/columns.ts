import type { SourceCell, SourceParagraph, SourceTable } from "../source-text.js";
import { type TextLine, inkOf } from "./text-lines.js";

/**
 * Lines, or lines that stand side by side, as they are read: a row of the left and right column.
 */
export interface SideBySide {
  readonly rows: readonly {
    readonly left: readonly TextLine[];
    readonly right: readonly TextLine[];
  }[];
}

/** The national title, which stands on the right of the head. */
const NATIONAL = /(?:CỘNG H(?:ÒA|OÀ) XÃ HỘI|Độc lập\s*[-–]\s*Tự do\s*[-–])/u;
/** Number, then place and date. One blank may be all that parts them. */
const NUMBER_AND_PLACE =
  /^(Số\s*:.*?\/\s?[\p{Lu}\d][\p{Lu}\d&.-]*|Số\s*:[\s.…\d/-]*?)\s+((?:\p{Lu}\S*\s+){0,5}?\p{Lu}[^,]*,\s*ngày\s.*)$/u;
const MAX_HEAD = 8;

/**
 * The head of a page whose two columns stand on the same lines. Null when they stand one under the
 * other.
 */
export function headColumns(
  lines: readonly TextLine[],
): { readonly columns: SideBySide; readonly count: number } | null {
  const head = lines.slice(0, MAX_HEAD);
  const national = head.findIndex(({ text }) => NATIONAL.test(text));
  if (
    national < 0 ||
    !head.some(({ text }) => splitNational(text) !== null || NUMBER_AND_PLACE.test(text))
  )
    return null;
  const first: { left: TextLine[]; right: TextLine[] } = { left: [], right: [] };
  for (const [at, line] of head.entries()) {
    const numbered = NUMBER_AND_PLACE.exec(line.text);
    if (numbered)
      return {
        columns: {
          rows: [first, { left: [cut(line, numbered[1])], right: [cut(line, numbered[2])] }],
        },
        count: at + 1,
      };
    const halves = splitNational(line.text) ?? splitWide(line.wide);
    if (halves) {
      first.left.push(cut(line, halves[0]));
      first.right.push(cut(line, halves[1]));
    } else if (/^KẾ HOẠCH/u.test(line.text) || line.text.length > 60)
      return { columns: { rows: [first] }, count: at };
    else (NATIONAL.test(line.text) || line.indent >= 30 ? first.right : first.left).push(line);
  }
  return { columns: { rows: [first] }, count: head.length };
}

/** “HUYỆN … Độc lập - Tự do - Hạnh phúc”: what stands before the words of the national title. */
function splitNational(text: string): [string, string] | null {
  const at = text.search(NATIONAL);
  return at > 3 ? [text.slice(0, at), text.slice(at)] : null;
}

/**
 * Words parted by so many blanks that they stand in two columns. “Số:         /KH-UBND” has room
 * for the number.
 */
function splitWide(wide: string): [string, string] | null {
  const trimmed = wide.trim();
  const gaps = [...trimmed.matchAll(/ {4,}/gu)].filter(
    ({ index }) => !/(?:Số|ngày|tháng)\s*:?$/u.test(trimmed.slice(0, index)),
  );
  const gap = gaps[0];
  return gap ? [trimmed.slice(0, gap.index), trimmed.slice(gap.index + gap[0].length)] : null;
}

const RECIPIENTS = /^N[ơƠ][iI] [nN][hH][ậẬ][nN]/u;
const SIGNING = /^(?:(?:TM|KT|TL|TUQ|Q)\.\s*\p{Lu}|(?:PHÓ )?(?:CHỦ TỊCH|TRƯỞNG|GIÁM ĐỐC))/u;
/** Lines between the first of one column and the first of the other. */
const STAGGERED = 4;
/** Least place of a column on the right. */
const RIGHT = 25;

/**
 * Recipients and signature side by side, “Nơi nhận:      TM. ỦY BAN NHÂN DÂN”, from the first of
 * these lines on. Either column may begin some lines above the other. Null when they do not begin
 * here, or stand one under the other.
 */
export function signatureColumns(
  lines: readonly TextLine[],
): { readonly columns: SideBySide; readonly count: number } | null {
  const first = lines[0];
  if (
    !first ||
    !(RECIPIENTS.test(first.text) || (first.indent >= RIGHT && SIGNING.test(first.text)))
  )
    return null;
  const begin = lines.slice(0, STAGGERED + 1);
  const signing = begin.find((line) => SIGNING.test(rightOf(line)));
  if (!signing || !begin.some(({ text }) => RECIPIENTS.test(text))) return null;
  const middle = signing.wide.lastIndexOf(rightOf(signing)) / 2;
  const left: TextLine[] = [];
  const right: TextLine[] = [];
  let count = 0;
  for (const line of lines) {
    const split = splitWide(line.wide);
    const rightOnly = !split && line.wide.search(/\S/u) > middle;
    // Behind the name of who signs, and the recipients, the document goes on.
    const named = right.length > 1 && !SIGNING.test(right.at(-1)?.text ?? "");
    const item = /^[-–+•*]|^\p{Ll}/u.test(line.text);
    if (/^PHỤ LỤC|^Phụ lục\s+[IVX\d]/u.test(line.text) || (named && !split && !item)) break;
    if (split) {
      left.push(cut(line, split[0]));
      right.push(cut(line, split[1]));
    } else (rightOnly ? right : left).push(line);
    count += 1;
  }
  return { columns: { rows: [{ left, right }] }, count };
}

/** What a line says in a column on the right. */
function rightOf(line: TextLine): string {
  return splitWide(line.wide)?.[1] ?? (line.indent >= RIGHT ? line.text : "");
}

function cut(line: TextLine, words: string | undefined): TextLine {
  return { ...line, ...inkOf(words ?? ""), wide: words ?? "", cells: [], indent: 0 };
}

/**
 * Columns as Word's tables without lines are read. `settle` makes paragraphs of a column's lines.
 */
export function columnsTable(
  columns: SideBySide,
  evaluate: (lines: readonly TextLine[]) => readonly SourceParagraph[],
): SourceTable {
  const cell = (lines: readonly TextLine[]): SourceCell => ({
    paragraphs: evaluate(lines),
    columns: 1,
    rows: 1,
  });
  const first = [...(columns.rows[0]?.left ?? []), ...(columns.rows[0]?.right ?? [])].sort(
    (a, b) => a.number - b.number,
  )[0];
  return {
    kind: "table",
    rows: columns.rows.map(({ left, right }) => [cell(left), cell(right)]),
    ruled: false,
    head: 0,
    at: { page: first?.page ?? null, line: first?.number ?? 1 },
  };
}
