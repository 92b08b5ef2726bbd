/**
 * Units of length. The core speaks twips (1/20 pt), the unit Word writes, so that Word file and PDF
 * share one geometry; people speak millimetres and points.
 *
 * A length named in one unit is refused where another is asked for. Sums and products of lengths
 * are plain numbers, as TypeScript has no operators for types of our own, and take the unit of the
 * place they are put into; so arithmetic reads as usual, and costs nothing at run time. Between
 * units there are only the functions below.
 */
type Length<Unit extends string> = number & { readonly unit?: Unit };

export type Mm = Length<"mm">;
export type Pt = Length<"pt">;
export type Twip = Length<"twip">;

const TWIPS_PER_POINT = 20;
const TWIPS_PER_INCH = 1440;
const MM_PER_INCH = 25.4;

/** Millimetres to whole twips, rounded as Word rounds them: 20 mm is 1134 twips. */
export function twipsFromMm(mm: Mm): Twip {
  return Math.round((mm * TWIPS_PER_INCH) / MM_PER_INCH);
}

/** Twips to millimetres. */
export function mmFromTwips(twips: Twip): Mm {
  return (twips * MM_PER_INCH) / TWIPS_PER_INCH;
}

/** Twips to whole millimetres, for people to read. */
export function wholeMmFromTwips(twips: Twip): Mm {
  return Math.round((twips * MM_PER_INCH) / TWIPS_PER_INCH);
}

/** Inches to twips, not rounded: sizes of pictures, whose pixels are counted by the inch. */
export function twipsFromInches(inches: number): Twip {
  return inches * TWIPS_PER_INCH;
}

/** Points to twips: 1 pt is 20 twips. */
export function twipsFromPt(points: Pt): Twip {
  return points * TWIPS_PER_POINT;
}

/** Twips to points, for the PDF, whose unit is the point. */
export function ptFromTwips(twips: Twip): Pt {
  return twips / TWIPS_PER_POINT;
}

/** Twips to points, to a hundredth: as places on a page are written. */
export function roundedPtFromTwips(twips: Twip): Pt {
  return Math.round(twips * (100 / TWIPS_PER_POINT)) / 100;
}
