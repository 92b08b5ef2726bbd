/**
 * Units of length. The core speaks twips (1/20 pt), the unit Word writes, so that Word file and PDF
 * share one geometry; people speak millimetres and points.
 */
export type Mm = number;
export type Pt = number;
export type Twip = number;

/** Millimetres to whole twips, rounded as Word rounds them: 20 mm is 1134 twips. */
export function twipsFromMm(mm: Mm): Twip {
  return Math.round((mm * 1440) / 25.4);
}

/** Points to twips: 1 pt is 20 twips. */
export function twipsFromPt(pt: Pt): Twip {
  return pt * 20;
}

/** Twips to points, for the PDF, whose unit is the point. */
export function ptFromTwips(twips: Twip): Pt {
  return twips / 20;
}
