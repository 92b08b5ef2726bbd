import type { Twip } from "../base/units.js";

/** LibreOffice keeps the edges of columns as parts of ten thousand of the table. */
const PARTS = 10_000;

/**
 * Widths of columns in whole twips; both writers use these very numbers. Edges stand where LibreOffice can keep them, so that its columns
 * are not a twip narrower than Word's: an edge is rounded to a ten-thousandth of the width, and that down to a whole twip.
 */
export function columnWidths(shares: readonly number[], width: Twip): Twip[] {
  let [share, left] = [0, 0];
  return shares.map((one, index) => {
    share += one;
    const right = index === shares.length - 1 ? width : lastingEdge(Math.round(share * width), width);
    const own = right - left;
    left = right;
    return own;
  });
}

/** The edge at or just before this one that rounding does not move. */
function lastingEdge(edge: Twip, width: Twip): Twip {
  const kept = Math.floor((Math.round((edge * PARTS) / width) * width) / PARTS);
  return kept === edge || kept <= 0 ? edge : lastingEdge(kept > edge ? edge - 1 : kept, width);
}
