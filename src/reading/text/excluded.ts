import type { Excluded } from "../source-text.js";
import type { TextLine } from "./text-lines.js";

/** Lines of the document, and what stands in the file beside it. */
export interface Sifted {
  readonly lines: readonly TextLine[];
  readonly excluded: readonly Excluded[];
}

/**
 * Take out what is not text of the document: traces of digital signatures, a PDF's bookmarks, page
 * numbers, running heads.
 */
export function siftLines(lines: readonly TextLine[]): Sifted {
  const excluded: Excluded[] = [];
  const sift = (
    left: readonly TextLine[],
    why: Excluded["why"],
    groups: readonly (readonly TextLine[])[],
  ): readonly TextLine[] => {
    for (const group of groups)
      excluded.push({
        why,
        text: group.map(({ text }) => text).join("\n"),
        at: { page: group[0]?.page ?? null, line: group[0]?.number ?? 1 },
      });
    return withoutGaps(left, new Set(groups.flat()));
  };
  let left = sift(lines, "seal", findSeals(lines));
  left = sift(
    left,
    "bookmark",
    [findBookmarks(left)].filter((group) => group.length > 0),
  );
  left = sift(
    left,
    "page-number",
    findPageNumbers(left).map((line) => [line]),
  );
  left = sift(
    left,
    "running-head",
    findRunningHeads(left).map((line) => [line]),
  );
  return { lines: left, excluded: excluded.sort((a, b) => a.at.line - b.at.line) };
}

/** Empty lines above what was taken out count for the next line that stays. */
function withoutGaps(lines: readonly TextLine[], out: ReadonlySet<TextLine>): TextLine[] {
  let carried = 0;
  const kept: TextLine[] = [];
  for (const line of lines) {
    if (out.has(line)) carried += line.blanks;
    else {
      kept.push(carried > 0 ? { ...line, blanks: line.blanks + carried } : line);
      carried = 0;
    }
  }
  return kept;
}

/**
 * What signing programs leave in the text: how such a trace begins, what may follow, how it ends.
 */
const SEALS: readonly { readonly first: RegExp; readonly more: RegExp; readonly last: RegExp }[] = [
  { first: /^CỤC CHỨNG THỰC SỐ/u, more: /./u, last: /đã ký lên văn bản này/u },
  {
    first: /^(?:Người ký|Ký bởi)\s?:/u,
    more: /^(?:Email|Cơ quan|Tổ chức|Chức vụ|Thời gian ký|Ngày ký)\s?:/u,
    last: /^(?:Thời gian ký|Ngày ký)\s?:/u,
  },
  {
    first: /^(?:Signature Not Verified|Digitally signed by)/u,
    more: /^(?:Digitally signed by|Date|Reason|Location|Signing time)\b/u,
    last: /^(?:Location|Signing time)\b/u,
  },
];
const MAX_SEAL = 8;

function findSeals(lines: readonly TextLine[]): TextLine[][] {
  const found: TextLine[][] = [];
  for (let at = 0; at < lines.length; at++) {
    const kind = SEALS.find(({ first }) => first.test(lines[at]?.text ?? ""));
    if (!kind) continue;
    const group = lines.slice(at, at + 1);
    let ended = kind.last.test(group[0]?.text ?? "");
    for (const line of lines.slice(at + 1, at + MAX_SEAL)) {
      if (
        ended ||
        !kind.more.test(line.text) ||
        SEALS.some(({ first }) => kind.first.source === first.source && first.test(line.text))
      )
        break;
      group.push(line);
      ended = kind.last.test(line.text);
    }
    // The first kind takes any line, so its end must be there.
    if (kind.more.source === "." && !ended) continue;
    found.push(group);
    at += group.length - 1;
  }
  return found;
}

/**
 * Programs that turn PDF into text append its bookmarks: lines behind the last page, set in by a
 * tab, that say headings again.
 */
function findBookmarks(lines: readonly TextLine[]): TextLine[] {
  let from = lines.length;
  while (from > 0 && lines[from - 1]?.tabbed === true) from -= 1;
  const tail = lines.slice(from);
  const said = new Set(lines.slice(0, from).map(({ text }) => text));
  return from > 0 && tail.filter(({ text }) => said.has(text)).length * 2 > tail.length ? tail : [];
}

const PAGE_NUMBER =
  /^(?:[-–—]\s?)?(?:(?:trang|page)\s)?(\d{1,3})(?:\s?\/\s?\d{1,3})?(?:\s?[-–—])?$/iu;
/** Least lines between numbers of two pages, where no form feed tells pages. */
const MIN_PAGE = 10;

function findPageNumbers(lines: readonly TextLine[]): TextLine[] {
  const numbers = lines.flatMap((line) => {
    const number = PAGE_NUMBER.exec(line.text)?.[1];
    return number === undefined ? [] : [{ line, number: Number(number) }];
  });
  const edges = new Set(pageEdges(lines).map(({ line }) => line));
  return numbers
    .filter(({ line, number }, index) => {
      if (line.page !== null) return edges.has(line);
      // Without pages a number alone is believed when the one before or after is its neighbour, a
      // page away.
      return [numbers[index - 1], numbers[index + 1]].some(
        (near) =>
          near !== undefined &&
          Math.abs(near.number - number) === 1 &&
          (near.line.number - line.number) * (near.number - number) >= MIN_PAGE,
      );
    })
    .map(({ line }) => line);
}

/** First and last lines of pages. */
function pageEdges(lines: readonly TextLine[]): PageEdge[] {
  return lines.flatMap((line, at): PageEdge[] => {
    if (line.page === null) return [];
    if (lines[at - 1]?.page !== line.page) return [{ line, side: "head" }];
    return lines[at + 1]?.page !== line.page ? [{ line, side: "foot" }] : [];
  });
}

interface PageEdge {
  readonly line: TextLine;
  readonly side: "head" | "foot";
}

/** Pages that must say the same at the same edge: three, and half of all. Numbers may differ. */
const MIN_PAGES = 3;

function findRunningHeads(lines: readonly TextLine[]): TextLine[] {
  const edges = pageEdges(lines).map(({ line, side }) => ({
    line,
    saying: `${side} ${line.text.replace(/\d+/gu, "0")}`,
  }));
  const times = new Map<string, number>();
  for (const { saying } of edges) times.set(saying, (times.get(saying) ?? 0) + 1);
  const pages = new Set(lines.map(({ page }) => page)).size;
  return edges
    .filter(({ saying }) => (times.get(saying) ?? 0) >= Math.max(MIN_PAGES, pages / 2))
    .map(({ line }) => line);
}
