/**
 * How much of a PDF is read at most. An office's plan with its appendices stays far below each of
 * these.
 */
export const PDF_LIMITS = {
  pages: 2_000,
  bytes: 200_000_000,
  glyphsOfPage: 200_000,
  glyphs: 8_000_000,
  operatorsOfPage: 1_000_000,
} as const;
