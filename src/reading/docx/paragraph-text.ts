import { withoutStrayMarks } from "../../base/text.js";
import { upperCase } from "../../base/text.js";
import type { SourceMark } from "../source-text.js";
import { type LegacyEncoding, convertLegacy } from "../../knowledge/legacy-fonts.js";

/**
 * A piece of a paragraph as it stands in the file: letters of one look, a call of a note, or a
 * place where a page break cuts the paragraph.
 */
export type Piece =
  | {
      readonly kind: "text";
      readonly text: string;
      readonly bold: boolean;
      readonly italic: boolean;
      readonly upper: boolean;
      readonly old: OldFont | null;
    }
  | { readonly kind: "note"; readonly note: string }
  | { readonly kind: "split" };
/**
 * An encoding from before Unicode; the capitals' font of TCVN3 shows the same codes as capitals.
 */
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
const INVISIBLE = /[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]/gu;
const BLANKS = /[ \t\n\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+/gu;
const UNFOLDED = /[\t\n\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]| {2}/u;

/**
 * Put the pieces of one paragraph together: old fonts converted, NFC, blanks folded, marks where
 * letters differ from the rest.
 */
export function composeText(pieces: readonly Piece[]): ParagraphText {
  const { joined, converted } = convertOldFonts(mergeAlike(pieces));
  const { text, spans, notes } = fold(joined);
  const [bold, italic] = [
    spans.length > 0 && spans.every((span) => span.bold),
    spans.length > 0 && spans.every((span) => span.italic),
  ];
  const marks: SourceMark[] = [
    ...(bold ? [] : marksOf("bold", spans)),
    ...(italic ? [] : marksOf("italic", spans)),
    ...notes.map(({ at, note }): SourceMark => ({ kind: "note", from: at, to: at, note })),
  ];
  return {
    text,
    marks: marks.sort((a, b) => a.from - b.from || a.to - b.to),
    bold,
    italic,
    converted,
  };
}

/**
 * Programs cut text into pieces at will, even between a letter and its tone: what looks alike is
 * one piece.
 */
function mergeAlike(pieces: readonly Piece[]): Piece[] {
  const merged: Piece[] = [];
  for (const piece of pieces) {
    const last = merged.at(-1);
    const alike =
      piece.kind === "text" &&
      last?.kind === "text" &&
      last.bold === piece.bold &&
      last.italic === piece.italic &&
      last.upper === piece.upper &&
      last.old === piece.old;
    if (alike) merged[merged.length - 1] = { ...last, text: last.text + piece.text };
    else merged.push(piece);
  }
  return merged;
}

function convertOldFonts(pieces: readonly Piece[]): {
  readonly joined: Piece[];
  readonly converted: LegacyEncoding[];
} {
  const unicode = new Set(
    pieces.flatMap((piece) =>
      piece.kind === "text" && piece.old && UNICODE_VIETNAMESE.test(piece.text)
        ? [piece.old.encoding]
        : [],
    ),
  );
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

/** Letters of one look, without a blank at either end. Between spans stand only blanks. */
interface Span {
  readonly from: number;
  readonly to: number;
  readonly bold: boolean;
  readonly italic: boolean;
}

interface Folded {
  readonly text: string;
  readonly spans: readonly Span[];
  readonly notes: readonly { readonly at: number; readonly note: string }[];
}

/**
 * Blanks beside a tab or a line break go, a blank or break at an end goes; several of a kind are
 * one. A note stands right behind what it is called at.
 */
function fold(pieces: readonly Piece[]): Folded {
  let text = "";
  let waiting = "";
  const spans: Span[] = [];
  const notes: { at: number; note: string }[] = [];
  for (const piece of composed(pieces)) {
    if (piece.kind === "note") notes.push({ at: text.length, note: piece.note });
    if (piece.kind !== "text" || piece.text === "") continue;
    const plain = UNFOLDED.test(piece.text) ? piece.text.replace(BLANKS, strongest) : piece.text;
    const [before, after] = [isBlank(plain[0]) ? 1 : 0, isBlank(plain.at(-1)) ? 1 : 0];
    const letters = plain.slice(before, plain.length - after);
    waiting = strongest(waiting + plain.slice(0, before));
    if (letters === "") continue;
    if (text !== "") text += waiting;
    spans.push({
      from: text.length,
      to: text.length + letters.length,
      bold: piece.bold,
      italic: piece.italic,
    });
    text += letters;
    waiting = after === 1 ? plain.slice(-1) : "";
  }
  return { text, spans, notes };
}

/** What several blanks are together. */
function strongest(blanks: string): string {
  return blanks.includes("\n") ? "\n" : blanks.includes("\t") ? "\t" : blanks === "" ? "" : " ";
}

/**
 * Pieces in NFC. A tone that begins a piece belongs to the letter that ends the piece before it,
 * and takes its look.
 */
function composed(pieces: readonly Piece[]): Piece[] {
  const clean = pieces.map((piece) =>
    piece.kind === "text" ? { ...piece, text: piece.text.replace(INVISIBLE, "") } : piece,
  );
  const texts = clean.filter((piece): piece is TextPiece => piece.kind === "text");
  const joined = texts.map(({ text }) => text).join("");
  if (joined.normalize("NFC") === joined && withoutStrayMarks(joined) === joined) return clean;
  return clean.map((piece, index) => {
    if (piece.kind !== "text") return piece;
    const next = clean[index + 1];
    const before = clean[index - 1];
    const own = before?.kind === "text" ? piece.text.replace(/^\p{M}+/u, "") : piece.text;
    const borrowed = next?.kind === "text" ? (/^\p{M}+/u.exec(next.text)?.[0] ?? "") : "";
    return { ...piece, text: withoutStrayMarks((own + borrowed).normalize("NFC")) };
  });
}

const isBlank = (sign: string | undefined): boolean =>
  sign === " " || sign === "\t" || sign === "\n";

/** Stretches of a look; blanks between two letters of the look belong to it, others do not. */
function marksOf(kind: "bold" | "italic", spans: readonly Span[]): SourceMark[] {
  const marks: { kind: "bold" | "italic"; from: number; to: number }[] = [];
  let goesOn = false;
  for (const span of spans) {
    const last = marks.at(-1);
    if (span[kind] && goesOn && last) last.to = span.to;
    else if (span[kind]) marks.push({ kind, from: span.from, to: span.to });
    goesOn = span[kind];
  }
  return marks;
}
