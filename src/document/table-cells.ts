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
  readonly left: number;
}

/** Place cells as HTML does: each row's cells from left to right in the columns that no cell from above covers. */
export function placeRows(rows: readonly TableRow[]): PlacedRow[] {
  let open: readonly OpenSpan[] = [];
  return rows.map((row) => {
    const covers = open;
    const cells: PlacedCell[] = [];
    const begun: OpenSpan[] = [];
    let column = 0;
    for (const cell of row.cells) {
      for (let cover = coverAt(covers, column); cover; cover = coverAt(covers, column)) column += cover.columns;
      cells.push({ cell, column });
      if (cell.rows > 1) begun.push({ column, columns: cell.columns, left: cell.rows });
      column += cell.columns;
    }
    const width = row.cells.reduce((sum, { columns }) => sum + columns, 0) + covers.reduce((sum, { columns }) => sum + columns, 0);
    open = begun.length === 0 && covers.length === 0
      ? covers
      : [...covers, ...begun].map((span) => ({ ...span, left: span.left - 1 })).filter(({ left }) => left > 0).sort((a, b) => a.column - b.column);
    return { cells, covers, width };
  });
}

function coverAt(covers: readonly Cover[], column: number): Cover | undefined {
  return covers.length === 0 ? undefined : covers.find((cover) => cover.column === column);
}
