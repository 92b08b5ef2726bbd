import type { LocalizedText } from "../base/diagnostic.js";

/**
 * An existing document as it was read, before anything is understood of it: paragraphs and tables
 * in reading order, each with its place. What Word, PDF and plain text readers give, and what
 * `structure/` takes.
 */
export interface SourceText {
  readonly blocks: readonly SourceBlock[];
  /** Footnotes and endnotes by the name that `SourceMark`s call them. */
  readonly footnotes: ReadonlyMap<string, readonly SourceParagraph[]>;
  /**
   * Text of the file that is not text of the document, with the reason: page numbers, running
   * heads, seals, bookmarks.
   */
  readonly excluded: readonly Excluded[];
  /**
   * What reading changed or could not understand: tracked changes accepted, old fonts converted, a
   * drawing passed over.
   */
  readonly notices: readonly Notice[];
}

export type SourceBlock = SourceParagraph | SourceTable;

/**
 * Where something stands in the source. Lines and pages count from 1; a Word file has no pages, and
 * its lines are paragraphs.
 */
export interface SourcePlace {
  readonly page: number | null;
  readonly line: number;
}

/**
 * One paragraph: NFC, blanks folded, no blank at either end. "\n" is a line break inside the
 * paragraph, "\t" a tab.
 */
export interface SourceParagraph {
  readonly kind: "paragraph";
  readonly text: string;
  readonly marks: readonly SourceMark[];
  /**
   * The number or bullet that the program of the file writes by itself ("1.1.", "a)", "-"); null
   * when there is none, or it is typed in the text.
   */
  readonly label: string | null;
  readonly at: SourcePlace;
  readonly look: SourceLook;
}

/**
 * Letters from `from` up to `to` that look other than the rest, or (from = to) a call of a
 * footnote. Sorted; marks of one kind do not overlap.
 */
export type SourceMark =
  | { readonly kind: "bold" | "italic"; readonly from: number; readonly to: number }
  | { readonly kind: "note"; readonly from: number; readonly to: number; readonly note: string };

/** How a paragraph looks. Plain text knows little of it. */
export interface SourceLook {
  readonly align: "left" | "center" | "right" | null;
  /** The whole paragraph is bold, or italic. */
  readonly bold: boolean;
  readonly italic: boolean;
  /**
   * Level of a heading of the outline, from 1, where the file says so (a style of Word, a mark of
   * Markdown); 0 for none.
   */
  readonly outline: number;
  /** Depth in a list that the program of the file keeps, from 0; null where it keeps none. */
  readonly level: number | null;
}

export const PLAIN_LOOK: SourceLook = {
  align: null,
  bold: false,
  italic: false,
  outline: 0,
  level: null,
};

/**
 * A table, or what Word files set side by side without lines (the head of the page, recipients and
 * signature).
 */
export interface SourceTable {
  readonly kind: "table";
  readonly rows: readonly (readonly SourceCell[])[];
  /** Whether lines are drawn: without them it may be two columns of text. */
  readonly ruled: boolean;
  /** Rows of the head, where the file says so. */
  readonly head: number;
  readonly at: SourcePlace;
}

/** A cell stands in the row where it begins; cells that are covered by another are not there. */
export interface SourceCell {
  readonly paragraphs: readonly SourceParagraph[];
  readonly columns: number;
  readonly rows: number;
}

const LEFT_OUT = [
  "page-number",
  "running-head",
  "seal",
  "bookmark",
  "repeated-head",
  "deleted",
  "artifact",
] as const;
export interface Excluded {
  readonly why: (typeof LEFT_OUT)[number];
  readonly text: string;
  readonly at: SourcePlace;
}

export interface Notice {
  readonly code: string;
  readonly at: SourcePlace;
  readonly message: LocalizedText;
}
