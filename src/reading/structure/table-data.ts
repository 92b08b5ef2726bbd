import type { SourceTable } from "../source-text.js";
import type { Data, DataObject } from "./data.js";
import { plainMarkup } from "./markup.js";
import {
  type GridCell,
  NUMERIC,
  ORDER,
  TOTAL,
  type TableGrid,
  columnNumber,
  headTree,
  readGrid,
} from "./table-grid.js";

/**
 * A printed table as a table of a plan: names of columns with their groups, rows, labels that go
 * over several rows. Null when it has no rows.
 */
export function tableData(table: SourceTable): DataObject | null {
  const grid = readGrid(table);
  return grid === null
    ? null
    : {
        ...(grid.title === null ? {} : { title: plainMarkup(grid.title) }),
        columns: columnsOf(grid),
        rows: rowsOf(grid.rows, 0, grid.width),
      };
}

function columnsOf({ head, width, numbers, rows }: TableGrid): DataObject[] {
  return headTree(head, 0, width, (from, to, title) =>
    Array.from({ length: to - from }, (_, index) => {
      const values = rows.map((row) => row[from + index]?.text ?? "").filter((text) => text !== "");
      const numeric =
        values.length > 0 && values.filter((text) => NUMERIC.test(text)).length * 2 > values.length;
      const align = !numeric
        ? null
        : ORDER.test(title)
          ? "center"
          : values.some((text) => text.includes(","))
            ? "decimal"
            : "right";
      return {
        title: index === 0 && title !== "" ? plainMarkup(title) : "…",
        ...(align === null ? {} : { align }),
        ...columnNumber(numbers?.[from + index]?.text ?? ""),
      };
    }),
  );
}

type GridRow = readonly GridCell[];

function rowsOf(rows: readonly GridRow[], left: number, width: number): Data[] {
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
    const shared = high > 1 ? labelColumns(row, left, width, high) : 0;
    if (shared > 0) {
      out.push({
        span: row.slice(left, left + shared).map(valueOf),
        rows: rowsOf(rows.slice(y, y + high), left + shared, width),
      });
      y += high;
      continue;
    }
    const cells = row.slice(left).map(valueOf);
    const kind = left === 0 ? specialKind(row, rows) : null;
    out.push(kind === null ? cells : { cells, kind });
    y++;
  }
  return out;
}

/** How many columns of labels go over the same rows. */
function labelColumns(row: GridRow, left: number, width: number, high: number): number {
  let shared = 0;
  while (
    left + shared < width - 1 &&
    row[left + shared]?.begins === true &&
    row[left + shared]?.rows === high
  )
    shared++;
  return shared;
}

/** A row that sums up, or heads the rows below it; null for all others. */
function specialKind(row: GridRow, rows: readonly GridRow[]): "total" | "group" | null {
  const label = row.find(({ text }) => /\p{L}/u.test(text))?.text ?? "";
  if (TOTAL.test(label)) return "total";
  return spansColumns(row) || standsOut(row, rows) ? "group" : null;
}

/** A name that goes on over empty columns. */
function spansColumns(row: GridRow): boolean {
  return (
    row.some(({ begins, columns, text }) => begins && columns > 1 && text !== "") &&
    row.every(
      ({ begins, text }) =>
        !begins || text === "" || !NUMERIC.test(text) || /^[IVX\d.]+$/u.test(text),
    )
  );
}

/** A row that is bold where others are not. */
function standsOut(row: GridRow, rows: readonly GridRow[]): boolean {
  const filled = row.filter(({ begins, text }) => begins && text !== "");
  return (
    filled.length > 1 &&
    filled.every(({ bold }) => bold) &&
    rows.some((other) => other.some(({ text, bold }) => text !== "" && !bold))
  );
}

function valueOf({ text }: GridCell): string | null {
  return text === "" ? null : plainMarkup(text);
}
