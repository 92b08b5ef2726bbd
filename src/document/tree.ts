import type { Twip } from "../base/units.js";
import type { Marks } from "./marks.js";

/**
 * The document tree: what is said where, in which role. It knows typography and nothing of plans.
 * Plain tagged values, JSON-safe, never changed after they are built. Labels ("1.1.", "a)") are
 * text: they are counted before the tree is built.
 *
 * `C` is the kind of changes that the tree may carry. The trees that templates make carry none, so
 * that a function which cannot show changes asks for a plain `DocumentTree` and is never given one
 * with changes.
 */
export interface DocumentTree<C extends Change = NoChange> {
  readonly title: string;
  readonly language: "vi-VN";
  /**
   * Day the document is dated, for the files' own records; parts not known yet count as the first.
   */
  readonly dated: string;
  readonly sections: readonly Section<C>[];
  readonly footnotes: readonly Footnote<C>[];
  /** Who made the changes and when; a change names its revision by its place here. */
  readonly revisions?: readonly Revision[];
}

/** What happened to a part of the document between two versions. */
export interface Change {
  readonly kind: "inserted" | "deleted" | "moved";
  /** Place of its author and day in `DocumentTree.revisions`. */
  readonly revision: number;
}

/** The changes of a tree that has none. */
export type NoChange = never;

interface Revision {
  readonly author: string;
  /** "2024-03-05" */
  readonly date: string;
}

/** Carried by every part of the tree that can change from one version to the next. */
interface Versioned<C extends Change> {
  /** Names the part in all versions: an id of the plan, or the place it first stood at. */
  readonly key?: string;
  readonly change?: C;
}

/**
 * A run of pages with one paper orientation. Pages count from 1 in each section; the first shows no
 * number.
 */
export interface Section<C extends Change = NoChange> {
  readonly name: string;
  readonly landscape: boolean;
  readonly blocks: readonly Block<C>[];
  readonly origin: Origin;
}

export type Block<C extends Change = NoChange> =
  Paragraph<C> | Heading<C> | Rule<C> | Columns<C> | Table<C> | PictureBlock<C>;

export interface Paragraph<C extends Change = NoChange> extends Versioned<C> {
  readonly kind: "paragraph";
  readonly role: ParagraphRole;
  /** Number or dash in front of the text, or null. */
  readonly label: string | null;
  readonly inlines: readonly Inline<C>[];
  /** It ends in a colon ("…, trong đó:") and stays on the page of what follows. */
  readonly introducesNext: boolean;
  readonly origin: Origin;
}

/** A title with a place in the outline. Level 1 is the highest; a level is never skipped. */
export interface Heading<C extends Change = NoChange> extends Versioned<C> {
  readonly kind: "heading";
  readonly role: HeadingRole;
  readonly level: number;
  readonly label: string | null;
  readonly inlines: readonly Inline<C>[];
  readonly origin: Origin;
}

/**
 * A horizontal line under the paragraph before it, centred, its length a share of that paragraph's
 * widest line.
 */
interface Rule<C extends Change = NoChange> extends Versioned<C> {
  readonly kind: "rule";
  readonly share: number;
  readonly origin: Origin;
}

/**
 * Blocks side by side without borders: the head of the document, the signature block. Never broken
 * over pages.
 */
export interface Columns<C extends Change = NoChange> extends Versioned<C> {
  readonly kind: "columns";
  readonly role: "masthead" | "closing";
  /** Widths of the columns as shares of the text width; they add up to 1. */
  readonly shares: readonly number[];
  readonly rows: readonly (readonly (readonly Block<C>[])[])[];
  readonly origin: Origin;
}

/** A table with borders. The head is repeated on every page. */
export interface Table<C extends Change = NoChange> extends Versioned<C> {
  readonly kind: "table";
  readonly columns: readonly TableColumn[];
  readonly head: readonly TableRow<C>[];
  readonly rows: readonly TableRow<C>[];
  readonly origin: Origin;
}

/** A picture from a file beside the plan, with its caption. Never broken over pages. */
export interface PictureBlock<C extends Change = NoChange> extends Versioned<C> {
  readonly kind: "picture";
  /** Name of the file, as the plan names it. */
  readonly file: string;
  /** Read aloud in its place. */
  readonly alt: string;
  /** Null for its natural size. */
  readonly width: Twip | null;
  /** "Hình 1." and its words, under the picture. */
  readonly caption: Caption<C> | null;
  readonly origin: Origin;
}

interface Caption<C extends Change = NoChange> {
  readonly label: string;
  readonly inlines: readonly Inline<C>[];
  readonly origin: Origin;
}

/** How wide a column is: a share of the table, or as its content asks, within bounds. */
export type TableColumn =
  | { readonly share: number }
  | { readonly share: null; readonly least: Twip; readonly most: Twip | null };

export interface TableRow<C extends Change = NoChange> extends Versioned<C> {
  readonly cells: readonly TableCell<C>[];
  /** Stays on the page of the row after it. */
  readonly keepWithNext: boolean;
}

/** A cell is placed in the first free column, as in HTML. */
export interface TableCell<C extends Change = NoChange> extends Versioned<C> {
  readonly role: CellRole;
  /** "decimal": right, with the decimal commas of the column lined up. */
  readonly align: "left" | "center" | "right" | "decimal";
  /** How many columns and rows it spans. */
  readonly columns: number;
  readonly rows: number;
  readonly inlines: readonly Inline<C>[];
  readonly origin: Origin;
}

export type Inline<C extends Change = NoChange> = TextRun<C> | LineBreak | FootnoteCall;

/** Flat text with one set of marks and one origin. */
export interface TextRun<C extends Change = NoChange> extends Versioned<C> {
  readonly kind: "text";
  readonly text: string;
  readonly marks: Marks;
  /** Where these words come from; often the place of the whole paragraph. */
  readonly origin: Origin;
}

interface LineBreak {
  readonly kind: "break";
}

export interface FootnoteCall {
  readonly kind: "footnote";
  readonly number: number;
  /** The note was called before: only its number is repeated. */
  readonly again: boolean;
}

export interface Footnote<C extends Change = NoChange> {
  readonly number: number;
  readonly inlines: readonly Inline<C>[];
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

/** Origin of what is in no plan and no template: page numbers, the document itself. */
export const NO_ORIGIN: Origin = { plan: null, template: null };

export type HeadingRole = "part" | "section" | "clause-heading" | "point-heading";

export type CellRole = "table-head" | "table-cell" | "table-strong";

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
export function textOf(inlines: readonly Inline<Change>[]): string {
  return inlines
    .map((inline) =>
      inline.kind === "text" ? inline.text : inline.kind === "break" ? "\n" : `[${inline.number}]`,
    )
    .join("");
}

/** Label and text as they read: "1. Mục đích". */
export function readText(block: {
  readonly label: string | null;
  readonly inlines: readonly Inline<Change>[];
}): string {
  const text = textOf(block.inlines);
  return block.label === null ? text : `${block.label} ${text}`;
}
