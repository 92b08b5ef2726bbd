import type { Twip } from "../../base/units.js";
import { columnWidths } from "../../document/column-widths.js";
import type { Table, TableRow } from "../../document/tree.js";
import { type LayoutContext, linePieces, shiftItem } from "../build-boxes.js";
import type { Box, Piece } from "../pages/box.js";
import { LAYOUT_ARTIFACT, type LineItem, type PageItem } from "../pages/page.js";

/** A table as a box: a piece a row, the head repeated on each page. Borders are shared by neighbours and count once in height. */
export function tableBox(table: Table, width: Twip, context: LayoutContext): Box {
  const { lineWidth } = context.styles;
  const widths = columnWidths(table.shares, width);
  const element = context.elements.add("Table", context.parent, table.origin);
  const inTable = { ...context, parent: element };
  const row = (source: TableRow, head: boolean): Piece => rowPiece(source, widths, head, inTable);
  const head = table.head.map((source) => row(source, true));
  const body = table.rows.map((source) => row(source, false));
  const first = [...head, ...body][0];
  // The line above the first row belongs to the table, not to any row.
  const topLine: LineItem = { kind: "line", x1: 0, y1: lineWidth / 2, x2: width, y2: lineWidth / 2, thickness: lineWidth, tag: LAYOUT_ARTIFACT };
  const withTop = (piece: Piece): Piece => ({ ...piece, items: [topLine, ...piece.items] });
  const pieces = [...head, ...body].map((piece) => (piece === first ? withTop(piece) : piece));
  return {
    before: 0, after: 0, pieces, keepNext: false,
    breaking: { atFoot: head.length + 1, atTop: 1 },
    repeated: head.map((piece, index) => (index === 0 ? withTop(piece) : piece)),
  };
}

function rowPiece(row: TableRow, widths: readonly Twip[], head: boolean, context: LayoutContext): Piece {
  const { styles, elements } = context;
  const { cellPadding, lineWidth } = styles;
  const rowElement = elements.add("TR", context.parent, row.cells[0]?.origin ?? { plan: null, template: null });
  const items: PageItem[] = [];
  const notes: number[] = [];
  let height = 0;
  let left = 0;
  row.cells.forEach((cell, column) => {
    const width = widths[column] ?? 0;
    const style = { ...styles.of[cell.role], align: cell.align };
    const element = elements.add(head ? "TH" : "TD", rowElement, cell.origin);
    const inner = { left: left + cellPadding, width: width - 2 * cellPadding };
    let y = lineWidth + style.before;
    for (const piece of linePieces({ label: null, inlines: cell.inlines, origin: cell.origin }, style, inner, element, context)) {
      items.push(...piece.items.map((item) => shiftItem(item, 0, y)));
      notes.push(...piece.notes);
      y += piece.height;
    }
    // An empty cell is as high as one line.
    if (cell.inlines.length === 0) y += style.pitch;
    height = Math.max(height, y + style.after);
    left += width;
  });
  const edges = [0, ...widths.map((_, column) => widths.slice(0, column + 1).reduce((sum, one) => sum + one, 0))];
  for (const x of edges) items.push({ kind: "line", x1: x, y1: 0, x2: x, y2: height + lineWidth, thickness: lineWidth, tag: LAYOUT_ARTIFACT });
  items.push({ kind: "line", x1: 0, y1: height + lineWidth / 2, x2: left, y2: height + lineWidth / 2, thickness: lineWidth, tag: LAYOUT_ARTIFACT });
  return { height, items, notes };
}
