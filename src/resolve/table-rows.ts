import { type PlanPath, assertNever } from "../base/diagnostic.js";
import type { Cell, LeafColumn, Row } from "../plan/typed-table.js";
import { valuePath } from "../plan/fields.js";
import type { EvaluatedColumn, EvaluatedRow, EvaluatedTable } from "../tables/data-table.js";

// --- Tables written cell by cell -----------------------------------------------------------------

/** A row with every cell that begins in it. */
export interface FlatRow {
  readonly kind: "item" | "group" | "sub-total" | "total" | "band";
  readonly cells: readonly FlatCell[];
}

export interface FlatCell {
  readonly cell: Cell;
  readonly path: PlanPath;
  /** Rows it goes down. */
  readonly rows: number;
}

/** Rows one after the other; shared cells stand in the first of their rows and span the others. */
export function flattenRows(rows: readonly Row[], path: PlanPath): readonly FlatRow[] {
  return rows.flatMap((row, index) => flattenRow(row, [...path, index]));
}

function flattenRow(row: Row, path: PlanPath): readonly FlatRow[] {
  switch (row.kind) {
    case "band":
      return [{ kind: "band", cells: [{ cell: row.band, path: [...path, "band"], rows: 1 }] }];
    case "span": {
      const [first, ...others] = flattenRows(row.rows, [...path, "rows"]);
      if (!first) return [];
      const shared = placedCells(row.span, [...path, "span"], others.length + 1);
      return [{ ...first, cells: [...shared, ...first.cells] }, ...others];
    }
    case "cells":
      return [{ kind: row.role, cells: placedCells(row.cells, valuePath(row, path, "cells"), 1) }];
    default:
      return assertNever(row);
  }
}

function placedCells(cells: readonly Cell[], path: PlanPath, rows: number): readonly FlatCell[] {
  return cells.map((cell, column) => ({ cell, path: [...path, column], rows }));
}

// --- Data tables ---------------------------------------------------------------------------------

/** Whether a table has groups of rows. */
export function isGrouped({ rows }: EvaluatedTable): boolean {
  return rows.some(({ kind }) => kind === "group");
}

/** Rows in bold: totals, and the outer two levels of a table that has groups. */
export function isStrong({ kind, level }: EvaluatedRow, grouped: boolean): boolean {
  if (kind === "total" || kind === "sub-total") return true;
  return kind === "group" ? level < 2 : kind === "item" && level === 0 && grouped;
}

/** Rows in italics: what another row contains, and words across the table. */
export function isAside({ kind }: EvaluatedRow): boolean {
  return kind === "includes" || kind === "note";
}

/** Whether a row was read from a spreadsheet: its texts have no marks, a star there is a star. */
export function isFromSheet(row: EvaluatedRow): boolean {
  return row.at(null).in === "file";
}

/** How the cells of a column stand, where the plan does not say: by the kind of its values. */
export function alignmentOf({ spec, numeric }: EvaluatedColumn): LeafColumn["align"] {
  if (spec.align !== null) return spec.align;
  if (numeric) return spec.kind === "money" ? "decimal" : "right";
  return spec.kind === "text" ? "left" : "center";
}
