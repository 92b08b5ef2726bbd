import type { CellLook } from "./workbook.js";

/** Text as it comes: the look that all others vary. */
export const PLAIN: CellLook = {
  bold: false,
  italic: false,
  align: "left",
  bordered: false,
  format: "General",
};
/** Names above a table: of its appendix, its own. */
export const LABEL: CellLook = { ...PLAIN, bold: true, align: "center" };
/** The document an appendix belongs to. */
export const REFERENCE: CellLook = { ...PLAIN, italic: true, align: "center" };
/** Unit of measure, above a table at the right. */
export const UNIT: CellLook = { ...PLAIN, italic: true, align: "right" };
/** Names of columns. */
export const HEAD: CellLook = { ...PLAIN, bold: true, align: "center", bordered: true };
/** Numbers of columns, below their names. */
export const COLUMN_NUMBER: CellLook = { ...HEAD, bold: false, italic: true };
/** Words below a table. */
export const NOTE: CellLook = { ...PLAIN, italic: true };

/** The format of numbers with so many decimals: "#,##0.00". */
export function numberFormat(decimals: number): string {
  return decimals === 0 ? "#,##0" : `#,##0.${"0".repeat(decimals)}`;
}

/** A spreadsheet has no alignment by the decimal sign; numbers of one format stand right. */
export function sheetAlign(align: CellLook["align"] | "decimal"): CellLook["align"] {
  return align === "decimal" ? "right" : align;
}
