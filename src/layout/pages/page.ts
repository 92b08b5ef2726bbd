import { assertNever } from "../../base/diagnostic.js";
import type { Twip } from "../../base/units.js";
import type { TableLayout } from "../../document/table-layout.js";
import type { Origin, PictureBlock, Table } from "../../document/tree.js";
import type { MeasuredText, Span } from "../inline/collect.js";

/**
 * A document laid out: every line on its page. Lengths in twips from the paper's top left corner.
 */
export interface PagedDocument {
  readonly title: string;
  readonly language: string;
  readonly pages: readonly Page[];
  /** Structure elements in reading order; items on pages point here. */
  readonly elements: readonly StructureElement[];
  /** How each table of the tree came out. */
  readonly tables: ReadonlyMap<Table, TableLayout>;
  /** How large each picture of the tree came out. */
  readonly pictureSizes: ReadonlyMap<PictureBlock, PictureSize>;
}

export interface Page {
  /** Name of the section, and the number within it, counted from 1. */
  readonly section: string;
  readonly number: number;
  readonly width: Twip;
  readonly height: Twip;
  readonly items: readonly PageItem[];
}

export type PageItem = TextItem | LineItem | FieldItem | PictureItem;

/** One line of text, or one part of it between two stops. */
export interface TextItem {
  readonly kind: "text";
  readonly x: Twip;
  readonly baseline: Twip;
  readonly runs: readonly GlyphRun[];
  /** Added to every space, to fill a justified line. */
  readonly spaceExtra: Twip;
  /**
   * The line was broken at a blank: one is written after it, or words would run together when read
   * aloud or copied.
   */
  readonly brokenAtSpace: boolean;
  readonly tag: Tag;
  readonly origin: Origin;
}

/**
 * The part of a span that stands on one line: characters `from`, up to and without `to`, of a
 * measured text. The text says where each of them comes from (`originAt`).
 */
export interface GlyphRun extends Span {
  readonly text: MeasuredText;
}

/** The text of a run. */
export function runText({ text, from, to }: GlyphRun): string {
  return String.fromCodePoint(...text.codes.slice(from, to));
}

/** A straight line: a rule or a border of a table. */
export interface LineItem {
  readonly kind: "line";
  readonly x1: Twip;
  readonly y1: Twip;
  readonly x2: Twip;
  readonly y2: Twip;
  readonly thickness: Twip;
  readonly tag: Tag;
}

/** Size of a picture on the page. */
export interface PictureSize {
  readonly width: Twip;
  readonly height: Twip;
}

/** A picture, its upper left corner at `x`, `y`. */
export interface PictureItem extends PictureSize {
  readonly kind: "picture";
  /** Name of its file. */
  readonly file: string;
  readonly x: Twip;
  readonly y: Twip;
  readonly tag: Tag;
  readonly origin: Origin;
}

/** An empty place for a digital signature: nothing is drawn, a signing program fills it. */
export interface FieldItem {
  readonly kind: "field";
  /** Name of the field in the file; one of each in a document. */
  readonly name: string;
  /** What it is for, read aloud. */
  readonly description: string;
  readonly x: Twip;
  /** Upper edge. */
  readonly y: Twip;
  readonly width: Twip;
  readonly height: Twip;
  /** Its element in the structure. */
  readonly element: number;
}

/** The same item at another place. */
export function shiftItem(item: PageItem, dx: Twip, dy: Twip): PageItem {
  switch (item.kind) {
    case "text":
      return { ...item, x: item.x + dx, baseline: item.baseline + dy };
    case "field":
    case "picture":
      return { ...item, x: item.x + dx, y: item.y + dy };
    case "line":
      return { ...item, x1: item.x1 + dx, x2: item.x2 + dx, y1: item.y1 + dy, y2: item.y2 + dy };
    default:
      return assertNever(item);
  }
}

/** Whether an item belongs to the document's structure or is an artifact, not read aloud. */
export type Tag =
  | { readonly kind: "content"; readonly element: number }
  | { readonly kind: "artifact"; readonly type: "Layout" | "Pagination" };

export const LAYOUT_ARTIFACT: Tag = { kind: "artifact", type: "Layout" };
export const PAGINATION_ARTIFACT: Tag = { kind: "artifact", type: "Pagination" };

export type StructureType =
  | "Document"
  | "Sect"
  | "P"
  | "H"
  | "L"
  | "LI"
  | "Lbl"
  | "LBody"
  | "Table"
  | "TR"
  | "TH"
  | "TD"
  | "Note"
  | "Figure"
  | "Caption"
  | "Form";

/** An element of the document's logical structure. */
export interface StructureElement {
  readonly type: StructureType;
  /** Of headings: 1 is the highest. 0 for all else. */
  readonly level: number;
  readonly parent: number | null;
  /**
   * Text of headings, for bookmarks; of lists, how they are numbered: "Decimal", "LowerAlpha",
   * "Disc".
   */
  readonly title: string;
  /** Of cells: how many columns and rows they span, and what a head cell heads. */
  readonly span: {
    readonly columns: number;
    readonly rows: number;
    readonly scope: "Column" | "Row";
  } | null;
  /** Of figures: what is read aloud in their place. */
  readonly alt: string;
  readonly origin: Origin;
}
