import type { Twip } from "../base/units.js";

/**
 * The document tree: what is said where, in which role. It knows typography and nothing of plans.
 * Plain tagged values, JSON-safe, never changed after they are built. Labels ("1.1.", "a)") are
 * evaluated text.
 */
export interface DocumentTree {
  readonly title: string;
  readonly language: "vi-VN";
  /**
   * Day the document is dated, for the files' own records; parts not known yet count as the first.
   */
  readonly dated: string;
  readonly sections: readonly Section[];
  readonly footnotes: readonly Footnote[];
}

/**
 * A run of pages with one paper orientation. Pages count from 1 in each section; the first shows no
 * number.
 */
export interface Section {
  readonly name: string;
  readonly landscape: boolean;
  readonly blocks: readonly Block[];
  readonly origin: Origin;
}

export type Block = Paragraph | Heading | Rule | Columns | Table;

export interface Paragraph {
  readonly kind: "paragraph";
  readonly role: ParagraphRole;
  /** Number or dash in front of the text, or null. */
  readonly label: string | null;
  readonly inlines: readonly Inline[];
  /** Announces what follows ("…, trong đó:") and stays on its page. */
  readonly announces: boolean;
  readonly origin: Origin;
}

/** A title with a place in the outline. Level 1 is the highest; a level is never skipped. */
export interface Heading {
  readonly kind: "heading";
  readonly role: HeadingRole;
  readonly level: number;
  readonly label: string | null;
  readonly inlines: readonly Inline[];
  readonly origin: Origin;
}

/**
 * A horizontal line under the paragraph before it, centred, its length a share of that paragraph's
 * widest line.
 */
export interface Rule {
  readonly kind: "rule";
  readonly share: number;
  readonly origin: Origin;
}

/**
 * Blocks side by side without borders: the head of the document, the signature block. Never broken
 * over pages.
 */
export interface Columns {
  readonly kind: "columns";
  readonly role: "masthead" | "closing";
  /** Widths of the columns as shares of the text width; they add up to 1. */
  readonly shares: readonly number[];
  readonly rows: readonly (readonly (readonly Block[])[])[];
  readonly origin: Origin;
}

/** A table with borders. The head is repeated on every page. */
export interface Table {
  readonly kind: "table";
  readonly columns: readonly TableColumn[];
  readonly head: readonly TableRow[];
  readonly rows: readonly TableRow[];
  readonly origin: Origin;
}

/** How wide a column is: a share of the table, or as its content asks, within bounds. */
export type TableColumn =
  | { readonly share: number }
  | { readonly share: null; readonly least: Twip; readonly most: Twip | null };

export interface TableRow {
  readonly cells: readonly TableCell[];
  /** Stays on the page of the row after it. */
  readonly keepNext: boolean;
}

/** A cell stands in the first column that is free, as in HTML. */
export interface TableCell {
  readonly role: CellRole;
  /** "decimal": right, with the decimal signs of the column under each other. */
  readonly align: "left" | "center" | "right" | "decimal";
  /** How many columns and rows it spans. */
  readonly columns: number;
  readonly rows: number;
  readonly inlines: readonly Inline[];
  readonly origin: Origin;
}

export type Inline = TextRun | LineBreak | FootnoteCall;

/** Flat text with marks; a redline will be a mark too. */
export interface TextRun {
  readonly kind: "text";
  readonly text: string;
  readonly marks: readonly Mark[];
}
export type Mark = "bold" | "italic" | "upright" | "light";

export interface LineBreak {
  readonly kind: "break";
}

export interface FootnoteCall {
  readonly kind: "footnote";
  readonly number: number;
  /** The note was called before: only its number stands here. */
  readonly again: boolean;
}

export interface Footnote {
  readonly number: number;
  readonly inlines: readonly Inline[];
  readonly origin: Origin;
}

/**
 * Where a piece of the document comes from: the plan's path, the template's line. It travels to the
 * glyphs.
 */
export interface Origin {
  /** As people write it: "body[0].heading". */
  readonly plan: string | null;
  readonly template: {
    readonly file: string;
    readonly line: number;
    readonly column: number;
  } | null;
}

export const HEADING_ROLES = ["part", "section", "clause-heading", "point-heading"] as const;
export type HeadingRole = (typeof HEADING_ROLES)[number];

export const CELL_ROLES = ["table-head", "table-cell", "table-strong"] as const;
export type CellRole = (typeof CELL_ROLES)[number];

export const PARAGRAPH_ROLES = [
  "nation",
  "motto",
  "superior",
  "issuer",
  "number",
  "date",
  "type",
  "subject",
  "attachment",
  "basis",
  "enactment",
  "part-label",
  "body",
  "lead",
  "clause",
  "item",
  "see",
  "closing",
  "recipients-title",
  "recipient",
  "drafter",
  "signature-head",
  "signature-line",
  "signature-office",
  "signature-name",
  "appendix-label",
  "appendix-title",
  "appendix-reference",
  "table-title",
  "table-unit",
  "table-note",
  "footnote",
  "page-number",
] as const;
export type ParagraphRole = (typeof PARAGRAPH_ROLES)[number];

export type Role = ParagraphRole | HeadingRole | CellRole;

/** The text of inlines, marks dropped. */
export function textOf(inlines: readonly Inline[]): string {
  return inlines
    .map((inline) =>
      inline.kind === "text" ? inline.text : inline.kind === "break" ? "\n" : `[${inline.number}]`,
    )
    .join("");
}

/** Label and text as they read: "1. Mục đích". */
export function readText(block: {
  readonly label: string | null;
  readonly inlines: readonly Inline[];
}): string {
  const text = textOf(block.inlines);
  return block.label === null ? text : `${block.label} ${text}`;
}

/**
 * Inlines with the label in front, for layout and writers: the label takes the paragraph's own
 * style.
 */
export function labelled(block: {
  readonly label: string | null;
  readonly inlines: readonly Inline[];
}): readonly Inline[] {
  return block.label === null
    ? block.inlines
    : [{ kind: "text", text: `${block.label} `, marks: [] }, ...block.inlines];
}
