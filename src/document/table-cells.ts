import type { TableCell, TableRow } from "./tree.js";

/** A cell and the column it starts in. */
export interface PlacedCell {
  readonly cell: TableCell;
  readonly column: number;
}

/** Columns of a row that a cell from above takes. */
export interface Cover {
  readonly column: number;
  readonly columns: number;
}

export interface PlacedRow {
  readonly cells: readonly PlacedCell[];
  readonly covers: readonly Cover[];
  /** Columns taken, by cells and covers together. */
  readonly width: number;
}

interface OpenSpan extends Cover {
  /** First row that is free again. */
  readonly end: number;
}

/**
 * Place cells as HTML does: each row's cells from left to right in the columns that no cell from
 * above covers.
 */
export function placeRows(rows: readonly TableRow[]): PlacedRow[] {
  let open: readonly OpenSpan[] = [];
  return rows.map((row, index) => {
    // The list stays the same while no span begins or ends: tables have thousands of rows.
    if (open.some(({ end }) => end === index)) open = open.filter(({ end }) => end > index);
    const covers = open;
    let column = 0;
    let width = 0;
    let spanBegins = false;
    for (const cover of covers) width += cover.columns;
    const cells = row.cells.map((cell): PlacedCell => {
      for (let cover = coverAt(covers, column); cover; cover = coverAt(covers, column))
        column += cover.columns;
      const placed = { cell, column };
      if (cell.rows > 1) spanBegins = true;
      column += cell.columns;
      width += cell.columns;
      return placed;
    });
    if (spanBegins) open = [...covers, ...spansFrom(cells, index)].sort(byColumn);
    return { cells, covers, width };
  });
}

/** The cells of a row that go on into later rows. */
function spansFrom(cells: readonly PlacedCell[], row: number): OpenSpan[] {
  return cells
    .filter(({ cell }) => cell.rows > 1)
    .map(({ cell, column }) => ({ column, columns: cell.columns, end: row + cell.rows }));
}

function byColumn(a: Cover, b: Cover): number {
  return a.column - b.column;
}

function coverAt(covers: readonly Cover[], column: number): Cover | undefined {
  for (const cover of covers) if (cover.column === column) return cover;
  return undefined;
}
