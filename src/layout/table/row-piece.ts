import type { Twip } from "../../base/units.js";
import type { LayoutContext } from "../context.js";
import type { Piece } from "../pages/box.js";
import { shiftItem } from "../pages/page.js";
import type { MeasuredCell, MeasuredRow } from "./measure-rows.js";
import { splitRow } from "./split-row.js";

/**
 * One row as a piece: the text of its cells. `labels` are those of earlier rows, repeated here.
 * Lines are drawn page by page.
 */
export function rowPiece(
  row: MeasuredRow,
  heights: readonly Twip[],
  index: number,
  { styles }: LayoutContext,
  labels: readonly MeasuredCell[] = [],
): Piece {
  const { lineWidth } = styles;
  const cells = [...labels, ...row.cells];
  return {
    height: heights[index] ?? 0,
    items: cells.flatMap((cell) => {
      const top = lineWidth + cell.style.before + shiftDown(cell, heights, index);
      return cell.lines.flatMap(({ items }, line) =>
        items.map((item) => shiftItem(item, 0, top + line * cell.style.lineHeight)),
      );
    }),
    notes: cells.flatMap(({ lines }) => lines.flatMap(({ notes }) => notes)),
    keepWithNext: row.keepWithNext,
    split: (room) => splitRow(cells, room, lineWidth),
  };
}

/** How far a cell's content stands below the top of its rows. */
function shiftDown(
  { cell, height, verticalAlign }: MeasuredCell,
  heights: readonly Twip[],
  index: number,
): Twip {
  if (verticalAlign === "top") return 0;
  const room = heights.slice(index, index + cell.rows).reduce((sum, row) => sum + row, 0);
  return (room - height) / 2;
}
