import type { Twip } from "../base/units.js";

/** Widths of columns in whole twips; the last takes what rounding left. Both writers use these very numbers. */
export function columnWidths(shares: readonly number[], width: Twip): Twip[] {
  const widths = shares.map((share) => Math.round(share * width));
  const spare = width - widths.reduce((sum, one) => sum + one, 0);
  return widths.map((one, index) => (index === widths.length - 1 ? one + spare : one));
}
