import type { Twip } from "../base/units.js";
import type { TableCell } from "./tree.js";

/** Geometry of a table, measured once: pages and Word file both use these numbers. */
export interface TableGrid {
  readonly widths: readonly Twip[];
  /**
   * Distance from the end of a decimal cell's text to its right margin, so that the decimal commas
   * of a column line up. Cells not listed end at the margin.
   */
  readonly decimalIndents: ReadonlyMap<TableCell, Twip>;
}

/**
 * How page breaks affected a table; the Word file is written to match. Rows are counted from the
 * first below the head.
 */
export interface TableFlow {
  /** Rows that stay on the page of the next. */
  readonly keepWithNext: ReadonlySet<number>;
  /** Rows that start a page: labels that span them are repeated there. */
  readonly continuedRows: ReadonlySet<number>;
  /** Rows that no page holds: they are split. */
  readonly splitRows: ReadonlySet<number>;
}

/** How a table came out of layout. */
export interface TableLayout {
  readonly grid: TableGrid;
  readonly flow: TableFlow;
}
