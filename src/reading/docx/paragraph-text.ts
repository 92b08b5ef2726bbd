import { upperCase } from "../../base/text.js";
import type { SourceMark } from "../source-text.js";
import { type LegacyEncoding, convertLegacy } from "../text/legacy-fonts.js";

/** A piece of a paragraph as it stands in the file: letters of one look, a call of a note, or a place where a page break cuts the paragraph. */
export type Piece =
  | { readonly kind: "text"; readonly text: string; readonly bold: boolean; readonly italic: boolean; readonly upper: boolean; readonly old: OldFont | null }
  | { readonly kind: "note"; readonly note: string }
  | { readonly kind: "split" };
/** An encoding from before Unicode; the capitals' font of TCVN3 shows the same codes as capitals. */
export interface OldFont {
  readonly encoding: LegacyEncoding;
  readonly capitals: boolean;
}
type TextPiece = Extract<Piece, { readonly kind: "text" }>;

/** The text of a paragraph as the rest of the product takes it. */
export interface ParagraphText {
  readonly text: string;
  readonly marks: readonly SourceMark[];
  readonly bold: boolean;
  readonly italic: boolean;
  /** Encodings that letters were converted from. */
  readonly converted: readonly LegacyEncoding[];
}

/** Letters that no old encoding has: a text with them is Unicode, though its font be an old one. */
const UNICODE_VIETNAMESE = /[ăđơưĂĐƠƯ\u1ea0-\u1ef9]/u;
/** What shows nothing: optional hyphens, marks of direction, joiners. */
const INVISIBLE = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]/gu;
const BLANKS: ReadonlySet<string> = new Set(" \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000");
const [BOLD, ITALIC] = [1, 2] as const;

/** Put the pieces of one paragraph together: old fonts converted, NFC, blanks folded, marks where letters differ from the rest. */
export function composeText(pieces: readonly Piece[]): ParagraphText {
  const { joined, converted } = convertOldFonts(mergeAlike(pieces));
  const folded = fold(joined);
  const { text, looks, notes } = folded;
  const [bold, italic] = [isWhole(text, looks, BOLD), isWhole(text, looks, ITALIC)];
  const marks: SourceMark[] = [
    ...(bold ? [] : marksOf("bold", text, looks, BOLD)),
    ...(italic ? [] : marksOf("italic", text, looks, ITALIC)),
    ...notes.map(({ at, note }): SourceMark => ({ kind: "note", from: at, to: at, note })),
  ];
  return { text, marks: marks.sort((a, b) => a.from - b.from || a.to - b.to), bold, italic, converted };
}

/** Programs cut text into pieces at will, even between a letter and its tone: what looks alike is one piece. */
function mergeAlike(pieces: readonly Piece[]): Piece[] {
  const merged: Piece[] = [];
  for (const piece of pieces) {
    const last = merged.at(-1);
    const alike = piece.kind === "text" && last?.kind === "text" && last.bold === piece.bold && last.italic === piece.italic && last.upper === piece.upper && last.old === piece.old;
    if (alike) merged[merged.length - 1] = { ...last, text: last.text + piece.text };
    else merged.push(piece);
  }
  return merged;
}

function convertOldFonts(pieces: readonly Piece[]): { readonly joined: Piece[]; readonly converted: LegacyEncoding[] } {
  const unicode = new Set(pieces.flatMap((piece) => (piece.kind === "text" && piece.old && UNICODE_VIETNAMESE.test(piece.text) ? [piece.old.encoding] : [])));
  const converted = new Set<LegacyEncoding>();
  const joined = pieces.map((piece): Piece => {
    if (piece.kind !== "text") return piece;
    const old = piece.old && !unicode.has(piece.old.encoding) ? piece.old : null;
    const text = old ? convertLegacy(piece.text, old.encoding) : piece.text;
    if (old && text !== piece.text) converted.add(old.encoding);
    return piece.upper || old?.capitals ? { ...piece, text: upperCase(text) } : { ...piece, text };
  });
  return { joined, converted: [...converted] };
}

interface Folded {
  readonly text: string;
  /** The look of each unit of `text`: BOLD, ITALIC, both. */
  readonly looks: readonly number[];
  readonly notes: readonly { readonly at: number; readonly note: string }[];
}

/** Blanks beside a tab or a line break go, a blank or break at an end goes; several of a kind are one. A note stands right behind what it is called at. */
function fold(pieces: readonly Piece[]): Folded {
  let text = "";
  let waiting = "";
  const looks: number[] = [];
  const notes: { at: number; note: string }[] = [];
  for (const piece of composed(pieces)) {
    if (piece.kind === "note") notes.push({ at: text.length, note: piece.note });
    if (piece.kind !== "text") continue;
    const look = (piece.bold ? BOLD : 0) | (piece.italic ? ITALIC : 0);
    for (let at = 0; at < piece.text.length; at++) {
      const sign = piece.text[at] ?? "";
      if (sign === "\n") waiting = "\n";
      else if (sign === "\t") waiting = waiting === "\n" ? "\n" : "\t";
      else if (BLANKS.has(sign)) waiting ||= " ";
      else {
        if (waiting !== "" && text !== "") {
          text += waiting;
          looks.push(0);
        }
        waiting = "";
        text += sign;
        looks.push(look);
      }
    }
  }
  return { text, looks, notes };
}

/** Pieces in NFC. A tone that begins a piece belongs to the letter that ends the piece before it, and takes its look. */
function composed(pieces: readonly Piece[]): Piece[] {
  const clean = pieces.map((piece) => (piece.kind === "text" ? { ...piece, text: piece.text.replace(INVISIBLE, "") } : piece));
  const texts = clean.filter((piece): piece is TextPiece => piece.kind === "text");
  const joined = texts.map(({ text }) => text).join("");
  if (joined.normalize("NFC") === joined) return clean;
  return clean.map((piece, index) => {
    if (piece.kind !== "text") return piece;
    const next = clean[index + 1];
    const before = clean[index - 1];
    const own = before?.kind === "text" ? piece.text.replace(/^\p{M}+/u, "") : piece.text;
    const borrowed = next?.kind === "text" ? (/^\p{M}+/u.exec(next.text)?.[0] ?? "") : "";
    return { ...piece, text: (own + borrowed).normalize("NFC") };
  });
}

const isBlank = (sign: string | undefined): boolean => sign === " " || sign === "\t" || sign === "\n";

function isWhole(text: string, looks: readonly number[], bit: number): boolean {
  return text !== "" && looks.every((look, at) => (look & bit) !== 0 || isBlank(text[at]));
}

/** Stretches of a look; blanks between two letters of the look belong to it, others do not. */
function marksOf(kind: "bold" | "italic", text: string, looks: readonly number[], bit: number): SourceMark[] {
  const marks: { kind: "bold" | "italic"; from: number; to: number }[] = [];
  let open: { kind: "bold" | "italic"; from: number; to: number } | null = null;
  for (let at = 0; at < text.length; at++) {
    if (isBlank(text[at])) continue;
    if (((looks[at] ?? 0) & bit) === 0) open = null;
    else if (open) open.to = at + 1;
    else marks.push((open = { kind, from: at, to: at + 1 }));
  }
  return marks;
}
