import type { Twip } from "../../base/units.js";
import type { Piece } from "../pages/box.js";
import { shiftItem } from "../pages/page.js";
import type { MeasuredCell } from "./measure-rows.js";

/** Fewest lines of a cell on either side of the cut, as for paragraphs. */
const MIN_LINES = 2;

/**
 * Split a row at the end of the page: the lines of each cell that fit, and the rest. Null when no
 * cell has a line that fits, or all fit.
 */
export function splitRow(
  cells: readonly MeasuredCell[],
  room: Twip,
  lineWidth: Twip,
): readonly [Piece, Piece] | null {
  const cuts = cells.map((cell) => linesIn(cell, room, lineWidth));
  const allFit = cells.every(({ lines }, index) => lines.length === cuts[index]);
  if (allFit || cuts.every((count) => count === 0)) return null;
  const upper = cells.map((cell, index) => ({ ...cell, lines: cell.lines.slice(0, cuts[index]) }));
  const lower = cells.map((cell, index) => ({ ...cell, lines: cell.lines.slice(cuts[index]) }));
  // Where the row is cut there is no air below the text; the row below keeps the air above its own.
  const heightAbove = ({ lines, style }: MeasuredCell): Twip =>
    lineWidth + style.before + lines.length * style.lineHeight;
  return [
    { ...setCells(upper, lineWidth), height: Math.max(...upper.map(heightAbove)) },
    {
      ...setCells(lower, lineWidth),
      height: Math.max(...lower.map((cell) => heightAbove(cell) + cell.style.after)),
      split: (nextRoom) => splitRow(lower, nextRoom, lineWidth),
    },
  ];
}

function linesIn({ lines, style }: MeasuredCell, room: Twip, lineWidth: Twip): number {
  const fit = Math.floor((room - lineWidth - style.before) / style.lineHeight);
  if (fit >= lines.length) return lines.length;
  const count = Math.min(fit, lines.length - MIN_LINES);
  return count >= MIN_LINES ? count : 0;
}

function setCells(cells: readonly MeasuredCell[], lineWidth: Twip): Omit<Piece, "height"> {
  return {
    items: cells.flatMap(({ lines, style }) =>
      lines.flatMap(({ items }, line) => {
        const top = lineWidth + style.before + line * style.lineHeight;
        return items.map((item) => shiftItem(item, 0, top));
      }),
    ),
    notes: cells.flatMap(({ lines }) => lines.flatMap(({ notes }) => notes)),
  };
}
