import type { Twip } from "../../base/units.js";
import { LAYOUT_ARTIFACT, type LineItem } from "../pages/page.js";
import type { MeasuredRow } from "./measure-rows.js";

/** A row on a page, with the height of the part of it on that page. */
export interface FramedRow {
  readonly row: MeasuredRow;
  /** The row that follows in the table, on this page or the next. */
  readonly next: MeasuredRow | undefined;
  readonly height: Twip;
}

/**
 * The lines around the rows of a table on one page. Neighbouring cells share a border, and an
 * unbroken line is drawn as one. No line crosses a cell over several rows; at the end of the page
 * every cell is closed.
 */
export function tableFrame(
  rows: readonly FramedRow[],
  edges: readonly Twip[],
  thickness: Twip,
): LineItem[] {
  const width = edges.at(-1) ?? 0;
  const line = (x1: Twip, y1: Twip, x2: Twip, y2: Twip): LineItem => ({
    kind: "line",
    x1,
    y1,
    x2,
    y2,
    thickness,
    tag: LAYOUT_ARTIFACT,
  });
  const out: LineItem[] = [line(0, thickness / 2, width, thickness / 2)];
  let y = 0;
  rows.forEach(({ next, height }, index) => {
    y += height;
    const middle = y + thickness / 2;
    const covers = index === rows.length - 1 ? [] : (next?.covers ?? []);
    let from = 0;
    for (const { column, columns } of covers) {
      if (column > from) out.push(line(edges[from] ?? 0, middle, edges[column] ?? 0, middle));
      from = column + columns;
    }
    if (from < edges.length - 1) out.push(line(edges[from] ?? 0, middle, width, middle));
  });
  const bottom = y + thickness;
  edges.forEach((x, edge) => {
    let [top, at] = [0, 0];
    for (const { row, height } of rows) {
      if (crosses(row, edge)) {
        if (at > top) out.push(line(x, top, x, at + thickness));
        top = at + height;
      }
      at += height;
    }
    if (at > top) out.push(line(x, top, x, bottom));
  });
  return out;
}

/** Whether a cell of the row spans this edge between columns. */
function crosses({ cells, covers }: MeasuredRow, edge: number): boolean {
  return (
    cells.some(
      ({ cell, column }) => cell.columns > 1 && column < edge && edge < column + cell.columns,
    ) || covers.some(({ column, columns }) => column < edge && edge < column + columns)
  );
}
