import type { Twip } from "../base/units.js";

/** LibreOffice keeps the edges of columns as parts of ten thousand of the table. */
const PARTS = 10_000;

/**
 * Widths of columns in whole twips; both writers use these very numbers. Edges stand where
 * LibreOffice can keep them, so that its columns are not a twip narrower than Word's: an edge is
 * rounded to a ten-thousandth of the width, and that down to a whole twip.
 */
export function columnWidths(shares: readonly number[], width: Twip): Twip[] {
  let shareBefore = 0;
  let left: Twip = 0;
  return shares.map((share, index) => {
    shareBefore += share;
    const last = index === shares.length - 1;
    const right = last ? width : stableEdge(Math.round(shareBefore * width), width);
    const columnWidth = right - left;
    left = right;
    return columnWidth;
  });
}

/**
 * The nearest edge that rounding does not move. Of two equally near the wider is taken, so that
 * text that just fits still does.
 */
function stableEdge(edge: Twip, width: Twip): Twip {
  for (let distance = 0; distance < width; distance++) {
    for (const near of [edge + distance, edge - distance])
      if (Math.floor((Math.round((near * PARTS) / width) * width) / PARTS) === near) return near;
  }
  return edge;
}
