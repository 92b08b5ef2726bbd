import type { Excluded, SourcePlace } from "../source-text.js";
import { encodingOfFont, isCapitalFont } from "../../knowledge/legacy-fonts.js";
import type { RunLook } from "./looks.js";
import { type Lists, startCounting } from "./numbering.js";
import { type OldFont, type Piece, composeText } from "./paragraph-text.js";
import { type NoticeList, openNotices } from "./notices.js";
import type { Styles } from "./styles.js";
import { type XmlNode, descendantsOf } from "./xml-tree.js";

/** What is known of a file while it is read, and what is gathered on the way. */
export interface Reading {
  readonly styles: Styles;
  readonly lists: Lists;
  readonly notices: NoticeList;
  readonly excluded: Excluded[];
  /** The label of the next paragraph of a list. */
  readonly count: (list: string, level: number) => string | null;
  /** The name of a called note; its text is read when the body is. */
  readonly callNote: (kind: NoteKind, id: string, at: SourcePlace) => string | null;
  readonly oldFont: (font: string | null) => OldFont | null;
}
export type NoteKind = "footnote" | "endnote";

export interface CalledNote {
  readonly name: string;
  readonly node: XmlNode;
  readonly at: SourcePlace;
}

/**
 * A text that runs on by itself: the body, a text box, a note, a header. Fields may begin in one of
 * its paragraphs and end in another.
 */
export interface Story {
  readonly reading: Reading;
  /** Paragraphs of the body count; those of other stories stand where the story is called. */
  readonly counts: boolean;
  line: number;
  fields: readonly Field[];
  /** Page numbers in headers are kept, to be told as such. */
  readonly pageNumbers: "dropped" | "kept";
  hasPageNumber: boolean;
}

/** A field that is open: its instruction, or its result, is what comes next. */
interface Field {
  readonly instruction: string;
  readonly phase: "instruction" | "result";
}

/**
 * What stands around a run and is shown in it: looks of the styles of its paragraph and table,
 * nearest first.
 */
export type Surroundings = readonly RunLook[];

export function openReading(
  styles: Styles,
  lists: Lists,
  findNote: (kind: NoteKind, id: string) => XmlNode | null,
): { readonly reading: Reading; readonly notes: readonly CalledNote[] } {
  const notes: CalledNote[] = [];
  const names = new Map<string, string>();
  const fonts = new Map<string, OldFont | null>();
  const reading: Reading = {
    styles,
    lists,
    notices: openNotices(),
    excluded: [],
    count: startCounting(lists),
    callNote: (kind, id, at) => {
      const key = `${kind} ${id}`;
      const node = names.has(key) ? null : findNote(kind, id);
      if (node) {
        names.set(key, String(notes.length + 1));
        notes.push({ name: String(notes.length + 1), node, at });
      }
      return names.get(key) ?? null;
    },
    oldFont: (font) => {
      if (font === null || font === "") return null;
      const known = fonts.get(font);
      if (known !== undefined) return known;
      const encoding = encodingOfFont(font);
      const old = encoding && { encoding, capitals: isCapitalFont(font) };
      fonts.set(font, old);
      return old;
    },
  };
  return { reading, notes };
}

/** A story of its own at a place of the body. */
export function openStory(reading: Reading, line: number): Story {
  return { reading, counts: false, line, fields: [], pageNumbers: "dropped", hasPageNumber: false };
}

export function placeIn(story: Story): SourcePlace {
  return { page: null, line: story.line };
}

/** What is not read still counts, or later places would be wrong. */
export function passLines(story: Story, node: XmlNode): void {
  if (story.counts) story.line += descendantsOf(node, "p").length;
}

/** Put text aside, with the reason. */
export function leaveOut(story: Story, why: Excluded["why"], pieces: readonly Piece[]): void {
  const { text } = composeText(pieces);
  if (text !== "") story.reading.excluded.push({ why, text, at: placeIn(story) });
}

/** Letters without a look, for text that is put aside. */
export function plainPiece(text: string): Piece {
  return { kind: "text", text, bold: false, italic: false, upper: false, old: null };
}

/** All text inside an element, deleted or not, a paragraph a line. */
export function plainText(node: XmlNode): string {
  if (node.name === "t" || node.name === "delText" || node.name === "m:t") return node.text;
  if (node.name === "tab") return "\t";
  const text = node.children.map(plainText).join("");
  return node.name === "p" ? `${text}\n` : text;
}
