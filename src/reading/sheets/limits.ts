/**
 * Limits against hostile or mistaken input. The tables of 3,321 communes with 20 columns are 4 MB
 * when unpacked. Sizes in bytes.
 */
export const SHEET_LIMITS = {
  file: 40_000_000,
  cells: 1_000_000,
  rows: 100_000,
  columns: 500,
} as const;
