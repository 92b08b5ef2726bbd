import { both } from "../base/diagnostic.js";
import { twipsFromMm } from "../base/units.js";
import { placeRows } from "../document/table-cells.js";
import type {
  CellRole,
  Inline,
  Table,
  TableCell,
  TableColumn,
  TableRow,
} from "../document/tree.js";
import type { MarkupProblems } from "./markup-problems.js";
import { type Element, childElements } from "./parse-markup.js";

const CELL_ALIGNS = ["left", "center", "right", "decimal"] as const;

/** Columns by content keep at least a tenth of the table for themselves. */
const MAX_SHARED = 0.9;

/** A table from its element; `inlinesOf` builds the text of a cell. */
export function buildTable(
  element: Element,
  inlinesOf: (cell: Element) => readonly Inline[],
  problems: MarkupProblems,
): Table {
  const columns = tableColumns(element, problems);
  const children = childElements(element);
  const head = children.filter(({ name }) => name === "head");
  const rows = children.filter(({ name }) => name === "row");
  const row = (source: Element, role: CellRole): TableRow => ({
    keepWithNext: source.attributes["keep"] === "true",
    cells: childElements(source).map((cell): TableCell => ({
      role,
      align: source.name === "head" ? "center" : cellAlign(cell),
      columns: spanOf(cell, "columns", problems),
      rows: spanOf(cell, "rows", problems),
      inlines: inlinesOf(cell),
      origin: cell.origin,
    })),
  });
  const strength = (source: Element): string | undefined => source.attributes["strong"];
  const table: Table = {
    kind: "table",
    columns,
    origin: element.origin,
    head: head.map((source) =>
      row(source, strength(source) === "false" ? "table-cell" : "table-head"),
    ),
    rows: rows.map((source) =>
      row(source, strength(source) === "true" ? "table-strong" : "table-cell"),
    ),
  };
  checkRows(table.head, head, columns.length, problems);
  checkRows(table.rows, rows, columns.length, problems);
  return table;
}

function cellAlign(cell: Element): TableCell["align"] {
  return CELL_ALIGNS.find((align) => align === cell.attributes["align"]) ?? "left";
}

/**
 * Every row fills the table's columns, with the cells that come down from above; none goes down
 * past the last row.
 */
function checkRows(
  rows: readonly TableRow[],
  sources: readonly Element[],
  columns: number,
  problems: MarkupProblems,
): void {
  placeRows(rows).forEach(({ cells, width }, index) => {
    const source = sources[index];
    if (!source) return;
    if (width !== columns)
      problems.report(
        source,
        "markup-cells",
        both(
          `dòng có ${width} ô, cần ${columns}`,
          `the row has ${width} cells, ${columns} are needed`,
        ),
      );
    const left = rows.length - index;
    const cellSources = childElements(source);
    cells.forEach(({ cell }, column) => {
      const cellSource = cellSources[column];
      if (!cellSource || cell.rows <= left) return;
      problems.report(
        cellSource,
        "markup-span",
        both(
          `ô gộp ${cell.rows} dòng, chỉ còn ${left}`,
          `the cell spans ${cell.rows} rows, ${left} are left`,
        ),
      );
    });
  });
}

function spanOf(cell: Element, name: "columns" | "rows", problems: MarkupProblems): number {
  const given = cell.attributes[name];
  if (given === undefined || given === "1") return 1;
  const value = Number(given);
  if (Number.isInteger(value) && value > 0) return value;
  problems.report(
    cell,
    "markup-number",
    both(
      `${name}="${given}" phải là số nguyên dương`,
      `${name}="${given}" must be a positive whole number`,
    ),
  );
  return 1;
}

/**
 * Widths of a table's columns: "20 auto auto:15:60", percent of the table, or by content within
 * millimetres. Percents of all columns are fitted to the table.
 */
function tableColumns(element: Element, problems: MarkupProblems): readonly TableColumn[] {
  const given = element.attributes["shares"] ?? "";
  const tokens = given.trim().split(/\s+/u);
  const columns = tokens.map(tableColumn).filter((column) => column !== null);
  if (columns.length < tokens.length) {
    problems.report(
      element,
      "markup-shares",
      both(
        `shares="${given}" không phải các số dương hoặc auto`,
        `shares="${given}" are not positive numbers or auto`,
      ),
    );
    return [{ share: 1 }];
  }
  const whole = columns.reduce((sum, { share }) => sum + (share ?? 0), 0);
  const byContent = columns.some(({ share }) => share === null);
  const room = byContent ? Math.min(whole, MAX_SHARED) : 1;
  return columns.map((column) =>
    column.share === null ? column : { share: (column.share / whole) * room },
  );
}

function tableColumn(token: string): TableColumn | null {
  const bounds = /^auto(?::(\d*(?:\.\d+)?):(\d*(?:\.\d+)?))?$/u.exec(token);
  if (bounds)
    return {
      share: null,
      least: twipsFromMm(Number(bounds[1] ?? 0)),
      most: bounds[2] ? twipsFromMm(Number(bounds[2])) : null,
    };
  return Number(token) > 0 ? { share: Number(token) / 100 } : null;
}
