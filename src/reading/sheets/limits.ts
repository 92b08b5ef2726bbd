/**
 * Limits against hostile or mistaken input. The tables of 3,321 communes with 20 columns are 4 MB
 * when unpacked. Sizes in bytes.
 */
export const SHEET_LIMITS = {
  file: 40_000_000,
  /** A cell takes some 600 bytes while the library holds it. */
  cells: 520_000,
  /** Of one sheet, or of the texts that cells share, unpacked. */
  part: 24_000_000,
  rows: 110_000,
  columns: 500,
} as const;
