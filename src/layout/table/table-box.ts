import type { Twip } from "../../base/units.js";
import { tableGrid } from "../../document/table-grid.js";
import type { Table, TableRow } from "../../document/tree.js";
import { measureLook } from "../../typeface/family.js";
import { type LayoutContext, shiftItem } from "../build-boxes.js";
import { ElementList } from "../elements.js";
import { type Box, type Piece, heightOf } from "../pages/box.js";
import {
  type MeasuredCell,
  type MeasuredRow,
  type MeasuredRows,
  type RowSpan,
  asArtifact,
  columnEdges,
  measureAgain,
  measureRows,
  rowHeight,
} from "./measure-rows.js";
import { headTooTall, labelTooTall } from "../too-tall.js";
import { foldNarrow } from "./cut-words.js";
import { splitRow } from "./split-row.js";
import { tableFrame } from "./table-frame.js";

/**
 * A table as a box: a piece a row; the head repeated on each page, labels of several rows said
 * again where their rows go on. Borders are shared by neighbours and count once in height.
 */
export function tableBox(table: Table, width: Twip, context: LayoutContext): Box {
  const { lineWidth } = context.styles;
  const grid = tableGrid(table, width, context.styles, measureLook(context.family));
  const edges = columnEdges(grid.widths);
  const inTable = {
    ...context,
    parent: context.elements.add("Table", context.parent, table.origin),
  };
  const narrow = new Set<number>();
  const told = context.problems.length;
  const head = measureRows(table.head, true, grid, inTable, narrow);
  const body = measureRows(table.rows, false, grid, inTable, narrow);
  if (narrow.size > MAX_NARROW)
    context.problems.splice(told, Infinity, ...foldNarrow(context.problems.slice(told)));
  const glued = gluedRows(body);
  // Word processors leave the calls of footnotes out where they repeat a head.
  const called = table.head.some((row) =>
    row.cells.some(({ inlines }) => inlines.some(({ kind }) => kind === "footnote")),
  );
  const repeatedHead = called
    ? measureRows(
        table.head.map(withoutNotes),
        true,
        grid,
        { ...inTable, elements: new ElementList() },
        null,
      )
    : head;
  const headPieces = head.rows.map((row, index) => rowPiece(row, head.heights, index, [], inTable));
  const bodyPieces = body.rows.map((row, index) => ({
    ...rowPiece(row, body.heights, index, [], inTable),
    ...(glued.has(index) ? { keepNext: true } : {}),
  }));
  const rows = [...head.rows, ...body.rows];
  const headCount = head.rows.length;
  // Under a head that fills half a page no table can be read, and word processors do not repeat it.
  if (heightOf(headPieces) > context.pageHeight / 2)
    context.problems.push(
      headTooTall(
        { height: heightOf(headPieces), items: headPieces.flatMap(({ items }) => items) },
        context.pageHeight / 2,
      ),
    );
  const room = context.pageHeight - heightOf(headPieces);
  for (const { cell } of body.spans)
    if (cell.height > room)
      context.problems.push(
        labelTooTall(
          { height: cell.height, items: cell.lines.flatMap(({ items }) => items) },
          room,
        ),
      );
  return {
    before: 0,
    after: 0,
    pieces: [...headPieces, ...bodyPieces],
    keepNext: false,
    breaking: { atFoot: 1, atTop: 1 },
    parts: {
      closing: lineWidth,
      repeated: repeatedHead.rows.map((row, index) =>
        asArtifact(rowPiece(row, repeatedHead.heights, index, [], inTable)),
      ),
      resume(from) {
        const changed = resumedRows(
          body,
          from - headCount,
          (cell) => measureAgain(cell, grid, inTable),
          inTable,
        );
        return new Map([...changed].map(([index, piece]) => [index + headCount, piece]));
      },
      frame(from, heights, repeated) {
        const placed = [
          ...(repeated ? rows.slice(0, headCount) : []),
          ...rows.slice(from, from + heights.length),
        ];
        const all = [...(repeated ? repeatedHead.heights : []), ...heights];
        return tableFrame(
          placed.map((row, index) => ({
            row,
            height: all[index] ?? 0,
            next: repeated && index === headCount - 1 ? undefined : placed[index + 1],
          })),
          edges,
          lineWidth,
        );
      },
    },
  };
}

/**
 * Columns too narrow that are told one by one; more of them are one finding: the table is too wide.
 */
const MAX_NARROW = 3;

function withoutNotes(row: TableRow): TableRow {
  return {
    ...row,
    cells: row.cells.map((cell) => ({
      ...cell,
      inlines: cell.inlines.filter(({ kind }) => kind !== "footnote"),
    })),
  };
}

/** Rows that stay together so that a label of several rows has room where it begins. */
function gluedRows({ heights, spans }: MeasuredRows): ReadonlySet<number> {
  const glued = new Set<number>();
  for (const { cell, first, last } of spans) {
    let room = heights[first] ?? 0;
    for (let row = first; row < last && room < cell.height; row++) {
      glued.add(row);
      room += heights[row + 1] ?? 0;
    }
  }
  return glued;
}

/**
 * The rows that differ when a page starts with row `from`: that row says again the labels that span
 * it; the last rows of these may be higher or lower.
 */
function resumedRows(
  body: MeasuredRows,
  from: number,
  again: (cell: MeasuredCell) => MeasuredCell,
  context: LayoutContext,
): ReadonlyMap<number, Piece> {
  const open = body.spans
    .filter(({ first, last }) => first < from && from <= last)
    .map((span): RowSpan => ({ ...span, first: from, cell: again(span.cell) }));
  if (open.length === 0) return new Map();
  const spans = [...open, ...body.spans.filter(({ first }) => first >= from)];
  const heights = [...body.heights];
  const changed = [...new Set(open.map(({ last }) => last))].sort((a, b) => a - b);
  for (const index of changed) {
    const row = body.rows[index];
    if (row)
      heights[index] = rowHeight(
        index,
        row,
        heights,
        spans.filter(({ last }) => last === index),
      );
  }
  return new Map(
    [from, ...changed].flatMap((index): [number, Piece][] => {
      const row = body.rows[index];
      return row
        ? [
            [
              index,
              rowPiece(
                row,
                heights,
                index,
                index === from ? open.map(({ cell }) => cell) : [],
                context,
              ),
            ],
          ]
        : [];
    }),
  );
}

/**
 * One row as a piece: the text of its cells. `labels` are those of earlier rows, said again. Lines
 * are drawn page by page.
 */
function rowPiece(
  row: MeasuredRow,
  heights: readonly Twip[],
  index: number,
  labels: readonly MeasuredCell[],
  { styles }: LayoutContext,
): Piece {
  const height = heights[index] ?? 0;
  const roomOf = ({ cell }: MeasuredCell): Twip =>
    heights.slice(index, index + cell.rows).reduce((sum, one) => sum + one, 0);
  const cells = [...labels, ...row.cells];
  return {
    height,
    items: cells.flatMap((cell) => {
      const sink = cell.sink === 0 ? 0 : (roomOf(cell) - cell.height) * cell.sink;
      const top = styles.lineWidth + cell.style.before + sink;
      return cell.lines.flatMap(({ items }, line) =>
        items.map((item) => shiftItem(item, 0, top + line * cell.style.pitch)),
      );
    }),
    notes: cells.flatMap(({ lines }) => lines.flatMap(({ notes }) => notes)),
    keepNext: row.keepNext,
    split: (room) => splitRow(cells, room, styles.lineWidth),
  };
}
