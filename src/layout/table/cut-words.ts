import { type Diagnostic, both } from "../../base/diagnostic.js";
import type { TableCell } from "../../document/tree.js";
import type { Piece } from "../pages/box.js";
import { problemAt } from "../problem-at.js";

/** A word longer than this is an address or a code, and may be cut. */
const MAX_WORD = 24;

/** Longest part of a word shown on either side of the cut. */
const NEAR = 60;

/**
 * The first word or number of a cell that is wider than its column; a number that is cut reads as
 * two. Null when there is none.
 */
export function cutWord(lines: readonly Piece[]): string | null {
  for (const { items } of lines) {
    for (const item of items) {
      const run = item.kind === "text" && !item.brokenAtSpace ? item.runs.at(-1) : undefined;
      if (!run) continue;
      const { codes } = run.text;
      const [before, after] = [codes[run.to - 1], codes[run.to]].map((code) =>
        code === undefined ? "" : String.fromCodePoint(code),
      );
      if (!/[\p{L}\d.,]/u.test(before ?? "") || !/[\p{L}\d.,%]/u.test(after ?? "")) continue;
      const word = wordAround(codes, run.to);
      if ([...word].length <= MAX_WORD || /^[\d.,]+%?$/u.test(word)) return word;
    }
  }
  return null;
}

/** The word around a position, at most `NEAR` characters to either side. */
function wordAround(codes: readonly number[], at: number): string {
  let [from, to] = [at, at];
  while (from > 0 && at - from < NEAR && !isBlank(codes[from - 1] ?? 0)) from--;
  while (to < codes.length && to - at < NEAR && !isBlank(codes[to] ?? 0)) to++;
  return String.fromCodePoint(...codes.slice(from, to));
}

function isBlank(code: number): boolean {
  return code === 10 || code === 0x20 || code === 0xa0;
}

/** A column too narrow for a word of this cell. */
export function tooNarrow(word: string, { origin }: TableCell): Diagnostic {
  const message = both(
    `cột hẹp hơn “${word}”, phải cắt đôi`,
    `the column is narrower than “${word}”, which would be cut`,
  );
  const hint = both(
    "cho cột rộng thêm (width, minWidth), để phụ lục ngang (landscape: true), bớt cột, " +
      "hoặc giảm tableSize",
    "widen the column (width, minWidth), turn the appendix (landscape: true), " +
      "leave out columns, or lower tableSize",
  );
  return problemAt(origin, "column-too-narrow", { message, hint, file: "table.hbs" });
}

/** Most narrow columns that are reported one by one. */
const MAX_NARROW = 3;

/**
 * Findings on narrow columns, by column. Many are one finding, at the first: the table is too wide
 * for its page.
 */
export function narrowColumns(narrow: ReadonlyMap<number, Diagnostic>): readonly Diagnostic[] {
  const problems = [...narrow.values()];
  const [first] = problems;
  if (!first || narrow.size <= MAX_NARROW) return problems;
  const message = both(
    `bảng rộng quá trang: ${narrow.size} cột không đủ chỗ cho số hay chữ của mình`,
    `the table is too wide for its page: ${narrow.size} columns have no room ` +
      "for their numbers or words",
  );
  const hint = both(
    "để phụ lục ngang (landscape: true hoặc auto), giảm tableSize, bớt cột, " +
      "hoặc tách thành hai bảng",
    "turn the appendix (landscape: true or auto), lower tableSize, leave out columns, " +
      "or make two tables of it",
  );
  return [{ ...first, message, hint }];
}
