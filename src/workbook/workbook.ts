import type { Decimal } from "../base/numbers.js";

/** Tables of a document as a spreadsheet: what the finance office goes on with. */
export interface Workbook {
  readonly title: string;
  /** "2024-04-01" */
  readonly dated: string;
  readonly sheets: readonly Worksheet[];
}

export interface Worksheet {
  /** At most 31 characters, without []:*?/\ and unlike the other names. */
  readonly name: string;
  readonly landscape: boolean;
  readonly columns: readonly WorksheetColumn[];
  readonly rows: readonly WorksheetRow[];
  /** Rows of column names, from 0: they stay in sight, and are repeated on each printed page. */
  readonly head: { readonly first: number; readonly last: number };
  /** Columns from the left that stay in sight. */
  readonly frozenColumns: number;
}

export interface WorksheetRow {
  readonly cells: readonly WorksheetCell[];
  /** Lines of text it is high. */
  readonly lines: number;
}

interface WorksheetColumn {
  /** In widths of a digit. */
  readonly width: number;
  readonly hidden: boolean;
}

export interface WorksheetCell {
  /** From 0. */
  readonly column: number;
  readonly value: string | Decimal | { readonly date: string } | null;
  /** Live formula, without "="; `value` is what it gives now. */
  readonly formula: string | null;
  readonly look: CellLook;
  /** Columns and rows it covers. */
  readonly columns: number;
  readonly rows: number;
}

export interface CellLook {
  readonly bold: boolean;
  readonly italic: boolean;
  readonly align: "left" | "center" | "right";
  readonly bordered: boolean;
  /** Form of numbers: "#,##0.00"; "@" for text; "General". */
  readonly format: string;
}
