import { columnName } from "../../base/numbers.js";

/** A cell of a spreadsheet as it was read. */
export type GridCell =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "number"; readonly value: number; readonly percent: boolean }
  | { readonly kind: "date"; readonly iso: string }
  | { readonly kind: "truth"; readonly value: boolean }
  | { readonly kind: "error"; readonly code: string }
  /** A formula whose result was not stored. */
  | { readonly kind: "unknown"; readonly formula: string };

/** One sheet: rows of cells, and what is to be known of its form. Rows and columns count from 0. */
export interface Grid {
  readonly file: string;
  /** Null for a CSV file, which has no sheets. */
  readonly sheet: string | null;
  readonly rows: readonly (readonly (GridCell | null)[])[];
  readonly hidden: ReadonlySet<number>;
  readonly merges: readonly Merge[];
  /** Lines of a text file on which rows begin, and of fields the column; null in a workbook. */
  readonly places: readonly FieldPlaces[] | null;
}

/** Cells that are one cell. */
export interface Merge {
  readonly top: number;
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
}

/** Where the fields of a row of a text file begin. */
export interface FieldPlaces {
  readonly line: number;
  readonly columns: readonly number[];
}

/** "C7" for row 6, column 2. */
export function cellName(row: number, column: number): string {
  return `${columnName(column)}${row + 1}`;
}

/** 2 for "C"; null when the text names no column. */
export function columnOf(name: string): number | null {
  if (!/^[A-Z]{1,3}$/u.test(name)) return null;
  return [...name].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
}
