import type { Marker } from "../plan/markers.js";
import type { Markup } from "../resolve/markup.js";

/**
 * What templates see. These types are the contract with an office's own templates, and
 * `templates/README.md` is generated from them: every comment here is its manual.
 * Texts are resolved: marks, citations and footnotes are markup already. Every name is always
 * present: null, "" or an empty list when the plan says nothing.
 */

/** Version of the view. It rises when a name is taken away or means something else. */
export const VIEW_VERSION = 1;

/** The plan: `plan` in `document.hbs`. */
export interface PlanView {
  /** Which head is printed: full; number (number and date only); none. */
  readonly header: "full" | "number" | "none";
  readonly issuer: IssuerView;
  /** Number of the document as it is printed; blanks while it has none. */
  readonly number: string;
  /** Symbol after the number: KH-UBND. */
  readonly symbol: string;
  /** Date in words: ngày 05 tháng 02 năm 2026. */
  readonly date: string;
  /** Date for the file's own records: 2026-02-05. */
  readonly dated: string;
  /** Type of document: Kế hoạch. */
  readonly type: string;
  /** The same in capitals. */
  readonly typeUpper: string;
  /** Lines of the subject. */
  readonly subject: readonly TextView[];
  /** Type and subject in one line: the file's title. */
  readonly title: string;
  /** The decision the plan is issued with; null for a plan of its own. */
  readonly attachedTo: AttachmentView | null;
  readonly bases: readonly BasisView[];
  /** Xét đề nghị của …; null when there is none. */
  readonly proposal: ProposalView | null;
  /** Sentence that enacts the plan, without its colon; null when there is none. */
  readonly enactment: TextView | null;
  /** Formats of the outline's levels, separated by blanks. */
  readonly numbering: string;
  readonly body: readonly NodeView[];
  /** Closing sentence without “./.”; null when there is none. */
  readonly closing: TextView | null;
  /** Recipients in the order of print: the line “Lưu” last. */
  readonly recipients: readonly RecipientView[];
  /** Initials of who drafted it, and how many copies; null when not given. */
  readonly drafter: string | null;
  readonly signature: SignatureView | null;
  readonly appendices: readonly AppendixView[];
  /** Footnotes in the order they are called. */
  readonly footnotes: readonly FootnoteView[];
}

/** A text with its place in the plan. */
export interface TextView {
  readonly text: Markup;
  /** Place in the plan, for `at="…"`. */
  readonly path: string;
}

/** The agency that issues the plan: `plan.issuer`. */
export interface IssuerView {
  readonly name: string;
  /** Name used in sentences; the full name when none is given. */
  readonly short: string;
  /** Lines of its name at the head, in capitals. */
  readonly lines: readonly string[];
  /** Lines of its superior's name, in capitals; empty when it has none. */
  readonly superior: readonly string[];
  /** Place before the date; null when not given. */
  readonly place: string | null;
  readonly path: string;
}

/** `plan.attachedTo`. */
interface AttachmentView {
  /** Ban hành kèm theo Quyết định số … */
  readonly citation: string;
  readonly path: string;
}

/** One paragraph of legal bases: each of `plan.bases`. */
export interface BasisView {
  /** Opening words: Căn cứ. */
  readonly lead: string;
  readonly parts: readonly TextView[];
  readonly path: string;
}

/** `plan.proposal`. */
export interface ProposalView {
  readonly lead: string;
  readonly by: string;
  /** The document of the proposal, cited; null when none is given. */
  readonly document: string | null;
  readonly path: string;
}

/** Each of `plan.recipients`. */
export interface RecipientView {
  readonly text: string;
  readonly path: string;
}

/** `plan.signature`; null when nobody signs. */
interface SignatureView {
  /** Powers and offices, in capitals. */
  readonly lines: readonly string[];
  /** Another office, above the name. */
  readonly office: string | null;
  readonly name: string | null;
  readonly path: string;
}

/** Each of `plan.appendices`. */
export interface AppendixView {
  readonly id: string;
  /** Phụ lục II. */
  readonly label: string;
  readonly title: Markup;
  /** Kèm theo Kế hoạch số …, without brackets. */
  readonly reference: string;
  readonly landscape: boolean;
  readonly numbering: string;
  readonly body: readonly NodeView[] | null;
  readonly path: string;
}

/** Each of `plan.footnotes`. */
interface FootnoteView extends TextView {
  readonly number: number;
}

/** How a numbered node is numbered: names that every such node has. */
export interface NumberedView {
  /** auto: the level's format; none; or a format of its own. */
  readonly marker: string;
  /** A number of its own; "" for the natural one. */
  readonly number: string;
  /** Formats of the levels inside; "" for those of the level. */
  readonly numbering: string;
  /** By which it is cited; "" when it has none. */
  readonly id: string;
  readonly items: readonly TextView[];
  readonly body: readonly NodeView[] | null;
}

/**
 * A node of the outline: each of `nodes` in `sections.hbs`. Which names say something depends on
 * its `kind`; the others are empty.
 */
export type NodeView = { readonly path: string } & NodeNames &
  (
    | { readonly kind: "heading"; readonly title: Markup }
    | { readonly kind: "lead"; readonly title: Markup; readonly text: Markup | null }
    | { readonly kind: "clause" | "item" | "text" | "see"; readonly text: Markup }
    | { readonly kind: "table"; readonly table: TableView | null }
    | { readonly kind: "picture"; readonly picture: PictureView }
    | {
        readonly kind: "programme";
        readonly skin: string;
        readonly numbering: string;
        readonly projects: readonly ProjectView[];
      }
    | { readonly kind: "funding"; readonly funding: FundingView | null }
  );

/** Names that every node has. */
export interface NodeNames extends NumberedView {
  /** Of headings and run-in headings. */
  readonly title: Markup | null;
  readonly text: Markup | null;
  /** Of tables. */
  readonly table: TableView | null;
  /** Of pictures. */
  readonly picture: PictureView | null;
  /** Of places where projects are printed: those projects. */
  readonly projects: readonly ProjectView[];
  /** Which of the three layouts of projects: lettered, itemised, funding-first. */
  readonly skin: string;
  /** Of places where funding is printed. */
  readonly funding: FundingView | null;
}

/** A project: each of `projects`. */
export interface ProjectView {
  readonly id: string;
  /** Official number: Dự án 2. */
  readonly official: string;
  /** Official number and title. */
  readonly title: Markup;
  readonly marker: string;
  readonly number: string;
  readonly numbering: string;
  /** Opening paragraph. */
  readonly text: Markup | null;
  /** An outline of its own, printed in place of all else. */
  readonly body: readonly NodeView[] | null;
  /** Whether it is a sub-project. */
  readonly sub: boolean;
  /** Whether it, or a sub-project, has funding. */
  readonly funded: boolean;
  readonly funding: FundingView | null;
  /** (Phụ lục … kèm theo). */
  readonly see: Markup | null;
  readonly fields: readonly FieldView[];
  readonly projects: readonly ProjectView[];
  readonly path: string;
}

/** A part of a project with a name: each of `fields`. */
export interface FieldView {
  readonly name: Markup;
  readonly text: Markup | null;
  readonly marker: string;
  readonly items: readonly TextView[];
  readonly body: readonly NodeView[] | null;
  readonly path: string;
}

/** Funding by source: `funding`. */
export interface FundingView {
  /** Name of the part: Dự kiến kinh phí; null when it has none. */
  readonly heading: Markup | null;
  /** Sentence with the total. */
  readonly total: Markup;
  /** Sentence before the sources, where it stands alone: Trong đó:. */
  readonly parts: Markup | null;
  /** Sign before each source. */
  readonly marker: string;
  readonly sources: readonly SourceView[];
  readonly path: string;
}

/** Each of `funding.sources`. */
export interface SourceView {
  /** Name, amount, note. */
  readonly text: string;
  readonly path: string;
}

/** A picture: `picture` in `picture.hbs`. */
export interface PictureView {
  /** Its file, as the plan names it. */
  readonly file: string;
  /** Read aloud in its place. */
  readonly alt: string;
  /** Caption, without “Hình 1.”; null when it has none. */
  readonly title: Markup | null;
  /** Width in millimetres; "" for its natural size. */
  readonly width: string;
  readonly path: string;
}

/** A table: `table` in `table.hbs`. */
export interface TableView {
  readonly title: Markup | null;
  /** Unit of measure. */
  readonly unit: Markup | null;
  /** Widths of the columns: percent, auto, auto:least:most (mm). */
  readonly shares: string;
  readonly head: readonly RowView[];
  readonly rows: readonly RowView[];
  readonly note: Markup | null;
  readonly path: string;
}

/** A row of a table: each of `table.head`, `table.rows`. */
export interface RowView {
  /** In bold. */
  readonly strong: boolean;
  /** Stays on the page of the next row: a group with its first row, a total with the last. */
  readonly keep: boolean;
  readonly cells: readonly CellView[];
}

/** A cell: each of `cells`. */
export interface CellView {
  readonly text: Markup | string;
  readonly align: "left" | "center" | "right" | "decimal";
  /** Takes more than one column or row. */
  readonly spans: boolean;
  readonly columns: number;
  readonly rows: number;
  readonly path: string;
}

/** What a node's names say when its kind says nothing of them. */
export const NO_NODE: NodeNames = {
  title: null,
  text: null,
  marker: "auto",
  number: "",
  numbering: "",
  id: "",
  items: [],
  body: null,
  table: null,
  picture: null,
  projects: [],
  skin: "",
  funding: null,
};

/**
 * Markers in attributes: "auto" takes the format of the depth, "none" leaves the node unnumbered.
 */
export function markerName(marker: Marker | null): string {
  return marker === null ? "auto" : marker === "" ? "none" : marker;
}

/** Formats of the levels inside a node, separated by blanks; "Phần I" keeps its blank as "_". */
export function numberingNames(numbering: readonly Marker[] | null): string {
  return (numbering ?? []).map((marker) => markerName(marker).replace(" ", "_")).join(" ");
}
