import type { Diagnostic } from "../../base/diagnostic.js";
import type { Edit } from "../../plan/edits.js";

/** What the page asks of the thread that lays plans out. */
export type PreviewRequest =
  | { readonly kind: "open"; readonly data: unknown }
  | { readonly kind: "edit"; readonly seq: number; readonly edits: readonly Edit[] }
  /** The pages that can be seen, the first and the last, counted from 0. */
  | { readonly kind: "look"; readonly from: number; readonly to: number }
  /** Which page a path of the plan is on. */
  | { readonly kind: "find"; readonly path: string };

/** A word to be drawn; lengths in points from the paper's upper left corner. */
export interface DrawnWord {
  readonly text: string;
  readonly x: number;
  readonly baseline: number;
  /** Place of the face in `FACE_NAMES`. */
  readonly face: number;
  readonly size: number;
}

/** A line of text: where it stands, and where its text comes from. */
export interface DrawnLine {
  readonly path: string | null;
  readonly left: number;
  readonly right: number;
  readonly baseline: number;
  readonly size: number;
  readonly words: readonly DrawnWord[];
}

export interface DrawnPage {
  readonly index: number;
  readonly width: number;
  readonly height: number;
  readonly lines: readonly DrawnLine[];
  /** From x, y to x, y; thickness. */
  readonly rules: readonly (readonly [number, number, number, number, number])[];
}

/** A data table as it comes out, in words as they are printed. */
export interface TableNumbers {
  /** Ids of all columns. */
  readonly columns: readonly string[];
  /** Cells of each row that the plan has, by the row's path. */
  readonly rows: Readonly<Record<string, readonly string[]>>;
  readonly totals: readonly string[];
}

/** Sizes of all pages, for scrolling. */
export interface PageSize {
  readonly width: number;
  readonly height: number;
}

/** What comes back: for the edits up to `seq`. */
export interface PreviewAnswer {
  readonly seq: number;
  /** The newest version has errors: pages are those of an earlier one. */
  readonly stale: boolean;
  /** Null while the plan has errors: the pages before stay. */
  readonly sizes: readonly PageSize[] | null;
  readonly pages: readonly DrawnPage[];
  readonly findings: readonly Diagnostic[];
  /** Numbers in front of nodes as they are printed, by the node's path. */
  readonly labels: Readonly<Record<string, string>>;
  /** The path that was asked for, and the first page that it is on. */
  readonly found: { readonly path: string; readonly page: number } | null;
  /** What data tables come to, by their ids; null when it is as it was told before. */
  readonly numbers: Readonly<Record<string, TableNumbers>> | null;
  /** How long laying out took, in milliseconds. */
  readonly took: number;
}

/** Faces by their place in `DrawnWord.face`. */
export const FACE_NAMES = ["regular", "bold", "italic", "boldItalic", "signs"] as const;
