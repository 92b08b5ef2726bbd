import type { Twip } from "../../base/units.js";
import type { Fragmentation, Piece } from "../pages/box.js";
import {
  type MeasuredRows,
  type RowSpan,
  type TableContext,
  asArtifact,
  measureContinued,
  rowHeight,
} from "./measure-rows.js";
import { rowPiece } from "./row-piece.js";
import { tableFrame } from "./table-frame.js";

/** A table's rows, measured; the head also as later pages repeat it. */
interface MeasuredTable {
  readonly head: MeasuredRows;
  readonly repeatedHead: MeasuredRows;
  readonly body: MeasuredRows;
}

/** How a table looks on each of its pages. Pieces are its rows, those of the head first. */
export function fragmentTable(
  { head, repeatedHead, body }: MeasuredTable,
  context: TableContext,
): Fragmentation {
  const headCount = head.rows.length;
  const rows = [...head.rows, ...body.rows];
  return {
    bottomRule: context.styles.lineWidth,
    repeated: repeatedHead.rows.map((row, index) =>
      asArtifact(rowPiece(row, repeatedHead.heights, index, context)),
    ),
    continueAt(from) {
      const changed = continuedRows(body, from - headCount, context);
      return new Map([...changed].map(([index, piece]) => [index + headCount, piece]));
    },
    drawFrame({ from, heights, repeated }) {
      const repeatedRows = repeated ? head.rows : [];
      const placed = [...repeatedRows, ...rows.slice(from, from + heights.length)];
      const placedHeights = [...(repeated ? repeatedHead.heights : []), ...heights];
      const framed = placed.map((row, index) => ({
        row,
        height: placedHeights[index] ?? 0,
        next: index === repeatedRows.length - 1 ? undefined : placed[index + 1],
      }));
      return tableFrame(framed, context.edges, context.styles.lineWidth);
    },
  };
}

/**
 * The rows that differ when a page starts with row `from`: that row repeats the labels that span
 * it; the last rows of these may be higher or lower.
 */
function continuedRows(
  body: MeasuredRows,
  from: number,
  context: TableContext,
): ReadonlyMap<number, Piece> {
  const continued = body.spans
    .filter(({ first, last }) => first < from && from <= last)
    .map((span): RowSpan => ({ ...span, first: from, cell: measureContinued(span.cell, context) }));
  if (continued.length === 0) return new Map();
  const spans = [...continued, ...body.spans.filter(({ first }) => first >= from)];
  const lastRows = [...new Set(continued.map(({ last }) => last))].sort((a, b) => a - b);
  const heights = heightsWith(spans, lastRows, body);
  const labels = continued.map(({ cell }) => cell);
  return new Map(
    [from, ...lastRows].flatMap((index): [number, Piece][] => {
      const row = body.rows[index];
      if (!row) return [];
      return [[index, rowPiece(row, heights, index, context, index === from ? labels : [])]];
    }),
  );
}

/** Heights of rows when these cells span them: only the last rows of labels change. */
function heightsWith(
  spans: readonly RowSpan[],
  lastRows: readonly number[],
  body: MeasuredRows,
): readonly Twip[] {
  const heights = [...body.heights];
  for (const index of lastRows) {
    const row = body.rows[index];
    const ending = spans.filter(({ last }) => last === index);
    if (row) heights[index] = rowHeight(index, row, heights, ending);
  }
  return heights;
}
