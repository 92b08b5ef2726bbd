import type { SourceCell, SourceTable } from "../source-text.js";
import { plainMarkup } from "./markup.js";
import type { Data, DataObject } from "./data.js";

/** One cell of a table on its grid: what stands there, and whether it began there. */
interface GridCell {
  readonly text: string;
  readonly begins: boolean;
  readonly columns: number;
  readonly rows: number;
}

/** A printed table as a table of a plan: names of columns with their groups, rows, labels that go over several rows. Null when it has no rows. */
export function tableData(table: SourceTable): DataObject | null {
  const grid = gridOf(table);
  const width = Math.max(0, ...grid.map((row) => row.length));
  if (grid.length === 0 || width === 0) return null;
  const deep = headDepth(grid, table.head);
  // The row of column numbers stands below the names; some files count it to the head.
  const at = deep > 1 && isNumberRow(grid[deep - 1] ?? []) ? deep - 1 : deep;
  const numbers = at < grid.length && isNumberRow(grid[at] ?? []) ? grid[at] : undefined;
  const head = numbers ? at : deep;
  const rows = grid.slice(head + (numbers ? 1 : 0));
  const columns = columnsOf(grid.slice(0, head), 0, width, 0, numbers ?? null, rows);
  return { columns, rows: rowsOf(rows, 0, width) };
}

function gridOf({ rows }: SourceTable): GridCell[][] {
  const grid: GridCell[][] = [];
  rows.forEach((row, y) => {
    let x = 0;
    for (const cell of row) {
      while (grid[y]?.[x] !== undefined) x++;
      const text = textOf(cell);
      for (let down = 0; down < Math.max(1, cell.rows) && y + down < rows.length; down++) {
        for (let right = 0; right < Math.max(1, cell.columns); right++) {
          (grid[y + down] ??= [])[x + right] = { text: down === 0 && right === 0 ? text : "", begins: down === 0 && right === 0, columns: cell.columns, rows: cell.rows };
        }
      }
      x += Math.max(1, cell.columns);
    }
  });
  const width = Math.max(0, ...grid.map((row) => row.length));
  return grid.map((row) => Array.from({ length: width }, (_, x) => row[x] ?? { text: "", begins: true, columns: 1, rows: 1 }));
}

function textOf({ paragraphs }: SourceCell): string {
  return paragraphs.map(({ text, label }) => `${label === null ? "" : `${label} `}${text}`).join(" ").replace(/\s+/gu, " ").trim();
}

/** Names of the column that numbers the rows. */
const ORDER = /^(?:S?TT|Số TT|Số thứ tự|No\.?)$/iu;
const NUMERIC = /^[-–(]?\d[\d.,\s]*%?\)?$/u;

/** Rows of names: those that the file says are, and those that cells of them reach down to; without a word of the file, up to the first row with numbers. */
function headDepth(grid: readonly (readonly GridCell[])[], told: number): number {
  let depth = Math.max(told, 1);
  for (let y = 0; y < Math.min(depth, grid.length); y++) for (const cell of grid[y] ?? []) if (cell.begins) depth = Math.max(depth, y + cell.rows);
  if (told === 0) {
    // A group of columns over one row of names: the names below belong to the head as well.
    while (depth < Math.min(4, grid.length - 1) && (grid[depth - 1] ?? []).some((cell) => cell.begins && cell.columns > 1 && cell.columns < (grid[0]?.length ?? 0)) && !(grid[depth] ?? []).some(({ text }) => NUMERIC.test(text))) depth++;
  }
  return Math.min(depth, grid.length);
}

/** "(1) (2) (3=1+2)", "A B 1 2": the row of column numbers. */
function isNumberRow(row: readonly GridCell[]): boolean {
  const filled = row.filter(({ text }) => text !== "");
  return filled.length > 1 && filled.length >= row.length - 1 && filled.every(({ text }) => /^\(?(?:\d{1,2}|[A-ZĐ]|\d{1,2}\s*=\s*[\d+\-*/:x×()\s]+)\)?$/u.test(text)) && filled.filter(({ text }) => /\d/u.test(text)).every(({ text }, index, all) => index === 0 || Number(/\d+/u.exec(text)?.[0]) === Number(/\d+/u.exec(all[index - 1]?.text ?? "")?.[0]) + 1);
}

function columnsOf(head: readonly (readonly GridCell[])[], from: number, to: number, level: number, numbers: readonly GridCell[] | null, rows: readonly (readonly GridCell[])[]): DataObject[] {
  const columns: DataObject[] = [];
  for (let x = from; x < to;) {
    const cell = head[level]?.[x];
    const wide = Math.max(1, cell?.columns ?? 1);
    const title = cell?.text ?? "";
    const below = level + Math.max(1, cell?.rows ?? 1);
    if (wide > 1 && below < head.length) {
      columns.push({ title: plainMarkup(title) || "…", columns: columnsOf(head, x, Math.min(to, x + wide), below, numbers, rows) });
      x += wide;
      continue;
    }
    for (let right = 0; right < wide && x < to; right++, x++) {
      const values = rows.map((row) => row[x]?.text ?? "").filter((text) => text !== "");
      const numeric = values.length > 0 && values.filter((text) => NUMERIC.test(text)).length * 2 > values.length;
      const number = numbers?.[x]?.text ?? "";
      columns.push({ title: right === 0 && title !== "" ? plainMarkup(title) : "…", ...(numeric && ORDER.test(title) ? { align: "center" } : numeric ? { align: values.some((text) => text.includes(",")) ? "decimal" as const : "right" as const } : {}), ...(number === "" ? {} : { number: /^\d+$/u.test(number) ? Number(number) : number }) });
    }
  }
  return columns;
}

function rowsOf(rows: readonly (readonly GridCell[])[], left: number, width: number): Data[] {
  const out: Data[] = [];
  for (let y = 0; y < rows.length;) {
    const row = rows[y] ?? [];
    const first = row[left];
    if (left === 0 && first?.begins === true && first.columns >= width && first.text !== "") {
      out.push({ band: plainMarkup(first.text) });
      y++;
      continue;
    }
    const high = first?.begins === true ? Math.min(first.rows, rows.length - y) : 1;
    let shared = 0;
    while (high > 1 && left + shared < width - 1 && row[left + shared]?.begins === true && row[left + shared]?.rows === high) shared++;
    if (shared > 0) {
      out.push({ span: row.slice(left, left + shared).map(valueOf), rows: rowsOf(rows.slice(y, y + high), left + shared, width) });
      y += high;
      continue;
    }
    const cells = row.slice(left).map(valueOf);
    const label = row.find(({ text }) => /\p{L}/u.test(text))?.text ?? "";
    out.push(left === 0 && /^(?:TỔNG|Tổng|CỘNG|Cộng)(?:\s|$)/u.test(label) ? { cells, kind: "total" } : cells);
    y++;
  }
  return out;
}

function valueOf({ text }: GridCell): string | null {
  return text === "" ? null : plainMarkup(text);
}
