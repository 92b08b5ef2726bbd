import { listNames } from "../../base/list-names.js";
import {
  type Diagnostic,
  type PlanPath,
  type LocalizedText,
  both,
  planError,
} from "../../base/diagnostic.js";
import { nearest } from "../../base/nearest.js";
import { columnName } from "../../base/numbers.js";
import { foldText, slugOf } from "../../base/text.js";
import { type Grid, columnOf } from "./grid.js";

/** A column of a table, as it is looked for in a sheet. */
export interface WantedColumn {
  readonly id: string;
  /** Its name, after the names of the groups it stands in. */
  readonly titles: readonly string[];
  /** What the plan or a mapping file says it is called there; null when nothing. */
  readonly called: string | number | null;
  /** Where the plan says so. */
  readonly calledAt: PlanPath;
  /** Whether the table cannot do without it. */
  readonly required: boolean;
  /** A column of order numbers: I, 1, -. */
  readonly order: boolean;
}

/** What offices call the column of order numbers. */
const ORDER_NAMES: ReadonlySet<string> = new Set([
  "tt",
  "stt",
  "số tt",
  "s.t.t",
  "t.t",
  "số thứ tự",
  "thứ tự",
]);

/** Which column of the sheet each wanted one is, and the row of the head's last names. */
export interface Matched {
  readonly columns: ReadonlyMap<string, number>;
  readonly head: number;
}

/** Names of a column from the top of the head down, merged cells counting for all they cover. */
type HeadPath = readonly string[];

const MAX_HEAD_ROWS = 6;
const SEARCHED_ROWS = 40;

/** What is asked of a sheet's head. */
export interface HeadSearch {
  readonly grid: Grid;
  readonly wanted: readonly WantedColumn[];
  /** The last row of names, from 0; null when it is to be found. */
  readonly head: number | null;
  /** Where the plan names the sheet. */
  readonly path: PlanPath;
}

/** A row that may end the head, and how many of the wanted columns it names. */
interface HeadCandidate {
  readonly head: number;
  readonly paths: readonly HeadPath[];
  readonly found: number;
}

/**
 * Find the head of a sheet and the wanted columns in it: by the name the plan gives, by the table's
 * own names with or without those of their groups, by id. Errors: columns that are not there, or
 * twice.
 */
export function matchColumns(search: HeadSearch, problems: Diagnostic[]): Matched | null {
  const { wanted, path } = search;
  const best = findHead(search);
  const byLetter = wanted.every((column) => !column.required || isLetter(column));
  if (best === null || (best.found === 0 && !byLetter)) {
    problems.push(noHead(search, best));
    return null;
  }
  const columns = new Map<string, number>();
  let whole = true;
  const taken = new Set<number>();
  // What the table computes itself is only compared, and takes no column that another needs.
  for (const column of [
    ...wanted.filter(({ required }) => required),
    ...wanted.filter(({ required }) => !required),
  ]) {
    const found = placesOf(column, best.paths);
    const [only] = found;
    if (found.length === 1 && only !== undefined && (column.required || !taken.has(only))) {
      taken.add(only);
      columns.set(column.id, only);
      continue;
    }
    if (!column.required) continue;
    whole = false;
    const called = {
      column,
      name: column.called === null ? column.titles.join(" / ") : String(column.called),
      at: column.called === null ? path : column.calledAt,
    };
    problems.push(
      found.length > 1
        ? columnTwice(search.grid, called, found)
        : columnMissing(search.grid, called, best),
    );
  }
  return whole ? { columns, head: best.head } : null;
}

/** The row whose names fit most of the wanted columns, the first of several. */
function findHead({ grid, wanted, head }: HeadSearch): HeadCandidate | null {
  const rows = head !== null ? [head] : grid.rows.slice(0, SEARCHED_ROWS).map((_, row) => row);
  let best: HeadCandidate | null = null;
  for (const row of rows) {
    const paths = headPaths(grid, row);
    const found = wanted.filter(
      (column) => findColumn(column, paths).length === 1 && !isLetter(column),
    ).length;
    if (best === null || found > best.found) best = { head: row, paths, found };
  }
  return best;
}

/** Columns of the sheet that may be the wanted one: by its letter, or by its names. */
function placesOf(column: WantedColumn, paths: readonly HeadPath[]): readonly number[] {
  return isLetter(column)
    ? [letterOf(column)].filter((place) => place >= 0 && place < paths.length)
    : findColumn(column, paths);
}

function noHead({ grid, path }: HeadSearch, best: HeadCandidate | null): Diagnostic {
  const first =
    best?.paths
      .map((names) => names.at(-1) ?? "")
      .filter((name) => name !== "")
      .slice(0, 12)
      .join(", ") ?? "";
  return planError(
    "sheet-head",
    path,
    both(
      `không tìm thấy dòng tên cột trong ${sheetName(grid, "vi")}`,
      `no row of column names was found in ${sheetName(grid, "en")}`,
    ),
    first === ""
      ? both("trang tính trống", "the sheet is empty")
      : both(
          `ghi columns: { ma-cot: tên hoặc chữ cái của cột }; dòng đầu có: ${first}`,
          `give columns: { id: name or letter of the column }; the first row has: ${first}`,
        ),
  );
}

/** A wanted column, what it is called, and where the plan says so. */
interface CalledColumn {
  readonly column: WantedColumn;
  readonly name: string;
  readonly at: PlanPath;
}

function columnTwice(
  grid: Grid,
  { column, name, at }: CalledColumn,
  found: readonly number[],
): Diagnostic {
  const letters = found.map(columnName).join(", ");
  return planError(
    "sheet-column-twice",
    at,
    both(
      `${sheetName(grid, "vi")} có nhiều cột tên “${name}”: ${letters}`,
      `${sheetName(grid, "en")} has several columns named “${name}”: ${letters}`,
    ),
    both(
      `chọn một: columns: { ${column.id}: ${letters.split(",")[0]} }`,
      `choose one: columns: { ${column.id}: ${letters.split(",")[0]} }`,
    ),
  );
}

function columnMissing(
  grid: Grid,
  { column, name, at }: CalledColumn,
  { paths, head }: HeadCandidate,
): Diagnostic {
  const names = paths.map((path) => path.join(" / ")).filter((text) => text !== "");
  const near = nearest(name, names);
  return planError(
    "sheet-column-missing",
    at,
    both(
      `${sheetName(grid, "vi")} không có cột “${name}” (mã ${column.id})`,
      `${sheetName(grid, "en")} has no column “${name}” (id ${column.id})`,
    ),
    near !== null
      ? suggest(column.id, near)
      : both(
          `các cột ở dòng ${head + 1}: ${listNames(names)}`,
          `columns at row ${head + 1}: ${listNames(names)}`,
        ),
  );
}

function suggest(id: string, near: string): LocalizedText {
  return both(
    `có phải là “${near}”? ghi columns: { ${id}: "${near}" }`,
    `did you mean “${near}”? give columns: { ${id}: "${near}" }`,
  );
}

/** "trang Xã của tệp so-lieu.xlsx" */
function sheetName({ file, sheet }: Grid, language: "vi" | "en"): string {
  if (sheet === null) return language === "vi" ? `tệp ${file}` : `the file ${file}`;
  return language === "vi" ? `trang “${sheet}” của tệp ${file}` : `the sheet “${sheet}” of ${file}`;
}

function isLetter({ called }: WantedColumn): boolean {
  return typeof called === "number" || (typeof called === "string" && columnOf(called) !== null);
}

function letterOf({ called }: WantedColumn): number {
  return typeof called === "number" ? called - 1 : (columnOf(called ?? "") ?? -1);
}

/** The names over each column, for a head that ends at a row. */
function headPaths(grid: Grid, last: number): HeadPath[] {
  const first = Math.max(0, last - MAX_HEAD_ROWS + 1);
  const textAt = (row: number, column: number): string => {
    const cell = grid.rows[row]?.[column];
    return cell?.kind === "text"
      ? cell.text.replace(/\s+/gu, " ").trim()
      : cell?.kind === "number"
        ? String(cell.value)
        : "";
  };
  const width = Math.max(0, ...grid.rows.slice(first, last + 1).map((row) => row.length));
  const merged = new Map<string, string>();
  for (const { top, left, bottom, right } of grid.merges) {
    if (bottom < first || top > last) continue;
    const text = textAt(top, left);
    for (let row = Math.max(top, first); row <= Math.min(bottom, last); row++)
      for (let column = left; column <= Math.min(right, width - 1); column++)
        merged.set(`${row}:${column}`, text);
  }
  return Array.from({ length: width }, (_, column): HeadPath => {
    const names: string[] = [];
    for (let row = first; row <= last; row++) {
      const text = merged.get(`${row}:${column}`) ?? textAt(row, column);
      if (text !== "" && names.at(-1) !== text) names.push(text);
    }
    // A column without a name at the last row has none.
    const own = merged.get(`${last}:${column}`) ?? textAt(last, column);
    return own === "" ? [] : names;
  });
}

/** Columns that may be the wanted one, by the strictest rule under which there is any. */
function findColumn(
  { id, titles, called, required, order }: WantedColumn,
  paths: readonly HeadPath[],
): number[] {
  const endsWith = (names: HeadPath, end: readonly string[]): boolean =>
    names.length >= end.length &&
    end.every(
      (name, index) => foldText(names[names.length - end.length + index] ?? "") === foldText(name),
    );
  const where = (test: (names: HeadPath) => boolean): number[] =>
    paths.flatMap((names, column) => (names.length > 0 && test(names) ? [column] : []));
  if (called !== null)
    return where((names) =>
      endsWith(
        names,
        String(called)
          .split("/")
          .map((part) => part.trim()),
      ),
    );
  if (order)
    return where(
      (names) => ORDER_NAMES.has(foldText(names.at(-1) ?? "")) || endsWith(names, titles),
    ).slice(0, 1);
  const rules = [
    (names: HeadPath) => endsWith(names, titles),
    (names: HeadPath) => endsWith(names, titles.slice(-1)),
    (names: HeadPath) => slugOf(names.at(-1) ?? "") === id || slugOf(names.join(" ")) === id,
  ];
  for (const rule of required ? rules : rules.slice(0, 1)) {
    const found = where(rule);
    if (found.length > 0) return found;
  }
  return [];
}
