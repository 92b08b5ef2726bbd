import type { SourceParagraph, SourceTable } from "../source-text.js";
import { type Knowledge, wordPattern } from "../../knowledge/knowledge.js";
import type { Label } from "./labels.js";

/** Letters of one paragraph. */
export interface Span {
  readonly paragraph: SourceParagraph;
  readonly from: number;
  readonly to: number;
}

/** What a node of the outline is, in the words of plan data. */
type OutlineKind = "heading" | "lead" | "clause" | "item" | "text" | "table";

/** A node of the outline as it was found, faults included: its label is the one of the source. */
export interface OutlineNode {
  readonly label: Label | null;
  kind: OutlineKind;
  /** Title of a heading or lead; the text of everything else. */
  title: Span;
  /** What goes on in the line of a lead. */
  text: Span | null;
  readonly table: SourceTable | null;
  readonly children: OutlineNode[];
  /** The kind is not sure. */
  doubted: boolean;
}

export function spanText({ paragraph, from, to }: Span): string {
  return paragraph.text.slice(from, to);
}

/**
 * Depths of labels when nothing else tells: a label of a smaller rank does not stand inside one of
 * a greater.
 */
const RANKS: Readonly<Record<string, number>> = {
  "Phần I": 0,
  "Chương I": 0.5,
  "A.": 1,
  "I.": 2,
  "Điều 1.": 2.5,
  "1.": 3,
  "1.1.": 4,
  "1)": 5,
  "1.1.1.": 5,
  "1.1.1.1.": 6,
  "": 6.5,
  "a)": 7,
  "a.": 7,
  "(1)": 8,
  "(a)": 9,
  "-": 20,
  "+": 21,
  "*": 22,
};
export function rankOf(marker: string): number {
  return RANKS[marker] ?? 6.5;
}

/** Sentences end so; a colon promises more. */
export const ENDS = /(?:[.;!?…]|\.\/\.)["”’)\]]*$/u;
export const PROMISES = /:\s*$/u;
/** Sentences of money look like fields; they are read as funding. */
export const MONEY = /^[^:]*(?:kinh phí|vốn)/iu;
/** A line of its own in brackets. */
export const NOTE = /^\(.*\)[.;]?$/su;

export function wordCount(text: string): number {
  return text.split(/\s+/u).filter((word) => word !== "").length;
}

/** "Dự án 2: …", "Tiểu dự án 3 - Dự án 4: …", "Dự án 2. …". */
export function projectPattern(knowledge: Knowledge): RegExp {
  const names = wordPattern(knowledge.projectNames);
  return new RegExp(
    String.raw`^((?:${names})\s+\d{1,2}(?:\s*[-–,]\s*(?:thuộc\s+)?(?:${names})\s+\d{1,2})?)` +
      String.raw`\s*(:|\.|[-–])\s+(?=\S)`,
    "u",
  );
}
