import type { Twip } from "../../base/units.js";
import type { Table, TableRow } from "../../document/tree.js";
import type { LayoutContext } from "../context.js";
import { ElementList } from "../elements.js";
import { type Box, type Piece, heightOf } from "../pages/box.js";
import { headTooTall, labelTooTall } from "../too-tall.js";
import { narrowColumns } from "./cut-words.js";
import { fragmentTable } from "./fragment-table.js";
import { type MeasuredRows, type TableContext, columnEdges, measureRows } from "./measure-rows.js";
import { rowPiece } from "./row-piece.js";

/**
 * A table as a box: a piece a row; the head repeated on each page, labels of several rows repeated
 * where their rows continue. Borders are shared by neighbours and count once in height.
 */
export function tableBox(table: Table, section: LayoutContext): Box {
  const grid = section.grids.get(table);
  if (!grid) throw new Error("a table was laid out before its grid was measured");
  const context: TableContext = {
    ...section,
    parent: section.elements.add("Table", section.parent, table.origin),
    grid,
    edges: columnEdges(grid.widths),
  };
  const head = measureRows(table.head, "head", context);
  const body = measureRows(table.rows, "body", context);
  const narrowBelow = [...body.narrow].filter(([column]) => !head.narrow.has(column));
  const narrow = new Map([...head.narrow, ...narrowBelow]);
  for (const problem of narrowColumns(narrow)) context.report(problem);
  const repeatedHead = repeatHead(table, head, context);
  const glued = gluedRows(body);
  const headPieces = head.rows.map((row, index) => rowPiece(row, head.heights, index, context));
  const bodyPieces = body.rows.map((row, index): Piece => {
    const piece = rowPiece(row, body.heights, index, context);
    return glued.has(index) ? { ...piece, keepWithNext: true } : piece;
  });
  reportTooTall(headPieces, body, context);
  return {
    before: 0,
    after: 0,
    pieces: [...headPieces, ...bodyPieces],
    keepWithNext: false,
    breaking: { orphans: 1, widows: 1 },
    fragmentation: fragmentTable({ head, repeatedHead, body }, context),
  };
}

/** The head as later pages repeat it: word processors leave the calls of footnotes out there. */
function repeatHead(table: Table, head: MeasuredRows, context: TableContext): MeasuredRows {
  const callsNotes = table.head.some((row) =>
    row.cells.some(({ inlines }) => inlines.some(({ kind }) => kind === "footnote")),
  );
  return callsNotes
    ? measureRows(table.head.map(withoutNotes), "head", {
        ...context,
        elements: new ElementList(),
      })
    : head;
}

function withoutNotes(row: TableRow): TableRow {
  return {
    ...row,
    cells: row.cells.map((cell) => ({
      ...cell,
      inlines: cell.inlines.filter(({ kind }) => kind !== "footnote"),
    })),
  };
}

/** Report a head that leaves no room for rows, and labels too high for any page. */
function reportTooTall(
  head: readonly Piece[],
  { spans }: MeasuredRows,
  { pageHeight, report }: LayoutContext,
): void {
  const headHeight = heightOf(head);
  // Under a head that fills half a page no table can be read, and word processors do not repeat it.
  if (headHeight > pageHeight / 2)
    report(
      headTooTall(
        { height: headHeight, items: head.flatMap(({ items }) => items) },
        pageHeight / 2,
      ),
    );
  const room = pageHeight - headHeight;
  for (const { cell } of spans)
    if (cell.height > room)
      report(
        labelTooTall(
          { height: cell.height, items: cell.lines.flatMap(({ items }) => items) },
          room,
        ),
      );
}

/** Rows that stay together so that a label of several rows has room where it begins. */
function gluedRows({ heights, spans }: MeasuredRows): ReadonlySet<number> {
  const glued = new Set<number>();
  for (const { cell, first, last } of spans) {
    let room: Twip = heights[first] ?? 0;
    for (let row = first; row < last && room < cell.height; row++) {
      glued.add(row);
      room += heights[row + 1] ?? 0;
    }
  }
  return glued;
}
