import type { Twip } from "../../base/units.js";
import { shiftItem } from "../build-boxes.js";
import type { Piece } from "../pages/box.js";
import type { MeasuredCell } from "./measure-rows.js";

/** Fewest lines of a cell on either side of the cut, as for paragraphs. */
const MIN_LINES = 2;

/**
 * Cut a row where the page ends: each cell gives the lines that fit, and goes on with the rest.
 * Null when no cell has a line that fits.
 */
export function splitRow(
  cells: readonly MeasuredCell[],
  room: Twip,
  lineWidth: Twip,
): readonly [Piece, Piece] | null {
  const cuts = cells.map((cell) => linesIn(cell, room, lineWidth));
  if (
    cuts.every((count) => count === 0) ||
    cells.every(({ lines }, index) => lines.length === cuts[index])
  )
    return null;
  const first = cells.map((cell, index) => ({ ...cell, lines: cell.lines.slice(0, cuts[index]) }));
  const rest = cells.map((cell, index) => ({ ...cell, lines: cell.lines.slice(cuts[index]) }));
  const restHeight = Math.max(
    ...rest.map(
      ({ lines, style }) => lineWidth + style.before + lines.length * style.pitch + style.after,
    ),
  );
  return [
    {
      ...setCells(first, lineWidth),
      height: Math.max(
        ...first.map(({ lines, style }) => lineWidth + style.before + lines.length * style.pitch),
      ),
    },
    {
      ...setCells(rest, lineWidth),
      height: restHeight,
      split: (again) => splitRow(rest, again, lineWidth),
    },
  ];
}

function linesIn({ lines, style }: MeasuredCell, room: Twip, lineWidth: Twip): number {
  const fit = Math.floor((room - lineWidth - style.before) / style.pitch);
  if (fit >= lines.length) return lines.length;
  const count = Math.min(fit, lines.length - MIN_LINES);
  return count >= MIN_LINES ? count : 0;
}

function setCells(cells: readonly MeasuredCell[], lineWidth: Twip): Omit<Piece, "height"> {
  return {
    items: cells.flatMap(({ lines, style }) =>
      lines.flatMap(({ items }, line) =>
        items.map((item) => shiftItem(item, 0, lineWidth + style.before + line * style.pitch)),
      ),
    ),
    notes: cells.flatMap(({ lines }) => lines.flatMap(({ notes }) => notes)),
  };
}
