import type { SourceCell, SourceTable } from "../source-text.js";
import type { DataObject } from "./data.js";
import { plainMarkup } from "./markup.js";

/** One cell of a table on its grid: what stands there, and whether it began there. */
export interface GridCell {
  readonly text: string;
  readonly begins: boolean;
  readonly columns: number;
  readonly rows: number;
  /** All its letters are bold. */
  readonly bold: boolean;
}

/**
 * A table on its grid: the rows of names, the row of column numbers where there is one, and the
 * rows.
 */
export interface TableGrid {
  readonly width: number;
  /** A row across the whole table above the names: its title. */
  readonly title: string | null;
  readonly head: readonly (readonly GridCell[])[];
  readonly numbers: readonly GridCell[] | null;
  readonly rows: readonly (readonly GridCell[])[];
}

/** Put a table onto its grid. Null when nothing is in it. */
export function readGrid(table: SourceTable): TableGrid | null {
  const whole = gridOf(table);
  const width = whole.reduce((most, row) => Math.max(most, row.length), 0);
  const title = titleRow(whole, width);
  const grid = title === null ? whole : whole.slice(1);
  if (grid.length === 0 || width === 0) return null;
  const deep = headDepth(grid, Math.max(0, table.head - (title === null ? 0 : 1)));
  // The row of column numbers stands below the names; some files count it to the head.
  const at = deep > 1 && isNumberRow(grid[deep - 1] ?? []) ? deep - 1 : deep;
  const numbers = at < grid.length && isNumberRow(grid[at] ?? []) ? (grid[at] ?? null) : null;
  const head = numbers ? at : deep;
  return {
    width,
    title,
    head: grid.slice(0, head),
    numbers,
    rows: grid.slice(head + (numbers ? 1 : 0)),
  };
}

/** The text of a first row that goes across the whole table; null for any other row. */
function titleRow(grid: TableGrid["rows"], width: number): string | null {
  const first = grid[0]?.[0];
  return grid.length > 2 &&
    width > 1 &&
    first?.begins === true &&
    first.columns >= width &&
    first.text !== ""
    ? first.text
    : null;
}

/** A row that sums up. */
export const TOTAL = /^(?:TỔNG|Tổng|CỘNG|Cộng)(?:\s|$|:)/u;

function gridOf({ rows }: SourceTable): GridCell[][] {
  const grid: GridCell[][] = [];
  rows.forEach((row, y) => {
    let x = 0;
    for (const cell of row) {
      while (grid[y]?.[x] !== undefined) x++;
      const text = textOf(cell);
      const bold = cell.paragraphs.length > 0 && cell.paragraphs.every(({ look }) => look.bold);
      for (let down = 0; down < Math.max(1, cell.rows) && y + down < rows.length; down++) {
        for (let right = 0; right < Math.max(1, cell.columns); right++) {
          (grid[y + down] ??= [])[x + right] = {
            text: down === 0 && right === 0 ? text : "",
            begins: down === 0 && right === 0,
            columns: cell.columns,
            rows: cell.rows,
            bold,
          };
        }
      }
      x += Math.max(1, cell.columns);
    }
  });
  const width = grid.reduce((most, row) => Math.max(most, row.length), 0);
  return grid.map((row) =>
    Array.from(
      { length: width },
      (_, x) => row[x] ?? { text: "", begins: true, columns: 1, rows: 1, bold: false },
    ),
  );
}

function textOf({ paragraphs }: SourceCell): string {
  return paragraphs
    .map(({ text, label }) => `${label === null ? "" : `${label} `}${text}`)
    .join(" ")
    .replace(/\s+/gu, " ")
    .trim();
}

/** Names of the column that numbers the rows. */
export const ORDER = /^(?:S?TT|Số TT|Số thứ tự|No\.?)$/iu;
/** What a cell of numbers looks like. */
export const NUMERIC = /^[-–(]?\d[\d.,\s]*%?\)?$/u;

/**
 * Rows of names: those that the file says are, and those that cells of them reach down to; without
 * a word of the file, up to the first row with numbers.
 */
function headDepth(grid: readonly (readonly GridCell[])[], told: number): number {
  let depth = Math.max(told, 1);
  for (let y = 0; y < Math.min(depth, grid.length); y++)
    for (const cell of grid[y] ?? []) if (cell.begins) depth = Math.max(depth, y + cell.rows);
  if (told === 0) {
    // A group of columns over one row of names: the names below belong to the head as well.
    while (
      depth < Math.min(4, grid.length - 1) &&
      (grid[depth - 1] ?? []).some(
        (cell) => cell.begins && cell.columns > 1 && cell.columns < (grid[0]?.length ?? 0),
      ) &&
      !(grid[depth] ?? []).some(({ text }) => NUMERIC.test(text))
    )
      depth++;
  }
  return Math.min(depth, grid.length);
}

/** "(1) (2) (3=1+2)", "A B 1 2", "(5)=(3)+(4)": the row of column numbers. */
function isNumberRow(row: readonly GridCell[]): boolean {
  const filled = row.filter(({ text }) => text !== "").map(({ text }) => bareNumber(text));
  if (
    filled.length < 2 ||
    filled.length < row.length - 1 ||
    !filled.every((text) => /^(?:\d{1,2}|[A-ZĐ])(?:=[\d+\-*/:x×.,%]+)?$/u.test(text))
  )
    return false;
  const numbers = filled
    .filter((text) => /^\d/u.test(text))
    .map((text) => Number(/^\d+/u.exec(text)?.[0]));
  return (
    numbers.length > 0 &&
    numbers.every((number, index) => index === 0 || number === (numbers[index - 1] ?? 0) + 1)
  );
}

/**
 * Names of columns as a tree: columns under common names in groups, the others as `leaves` makes
 * them of the columns from one place to another.
 */
export function headTree(
  head: TableGrid["head"],
  from: number,
  to: number,
  leaves: (from: number, to: number, title: string) => readonly DataObject[],
  level = 0,
): DataObject[] {
  const out: DataObject[] = [];
  for (let x = from; x < to;) {
    const cell = head[level]?.[x];
    const end = Math.min(to, x + Math.max(1, cell?.columns ?? 1));
    const below = level + Math.max(1, cell?.rows ?? 1);
    if (end > x + 1 && below < head.length)
      out.push({
        title: plainMarkup(cell?.text ?? "") || "…",
        columns: headTree(head, x, end, leaves, below),
      });
    else out.push(...leaves(x, end, cell?.text ?? ""));
    x = end;
  }
  return out;
}

/**
 * What the row of column numbers says of one: a number, or a formula; nothing where it is empty.
 */
export function columnNumber(text: string): DataObject {
  return text === "" ? {} : { number: /^\d+$/u.test(text) ? Number(text) : text };
}

/** A column number without brackets and blanks: "(5) = (3)+(4)" is "5=3+4". */
export function bareNumber(text: string): string {
  return text.replace(/[()[\]\s]/gu, "");
}
