import { withoutStrayMarks } from "../../base/text.js";
import { convertLegacy } from "../../knowledge/legacy-fonts.js";
import type { SourceMark } from "../source-text.js";
import type { Face } from "./faces.js";
import { type TextLine, isInk } from "./lines.js";
import type { Glyph } from "./glyph.js";

/** Letters with the face they are set in; a call of a footnote has no letters. */
export interface Piece {
  readonly text: string;
  readonly face: Face;
  /** The text is a small raised number. */
  readonly raised: boolean;
}

/** Bullets and signs of symbol fonts, and signs that have a plain form. */
const PLAIN: ReadonlyMap<string, string> = new Map([
  ["\u00a0", " "],
  ["\u2002", " "],
  ["\u2003", " "],
  ["\u2009", " "],
  ["\u202f", " "],
  ["\u00ad", "-"],
  ["\u2010", "-"],
  ["\u2011", "-"],
  ["\uf0b7", "•"],
  ["\uf0a7", "▪"],
  ["\uf0d8", "➢"],
  ["\uf0fc", "✓"],
  ["\uf02d", "-"],
  ["\uf06f", "□"],
  ["\uf076", "❖"],
  ["\uf0a8", "□"],
  ["\uf0fe", "☑"],
  ["\uf0fd", "☒"],
  ["\uf0e8", "➔"],
  ["\ufb00", "ff"],
  ["\ufb01", "fi"],
  ["\ufb02", "fl"],
  ["\ufb03", "ffi"],
  ["\ufb04", "ffl"],
  ["\u200b", ""],
  ["\ufeff", ""],
  ["\u0000", ""],
]);

/** A gap wider than this part of the size is a blank where the file wrote none. */
const BLANK = 0.17;
/** A blank the file wrote that takes no more room than this is none. */
const NO_BLANK = 0.06;

const known = new WeakMap<TextLine, readonly Piece[]>();

/**
 * The letters of a line, blanks decided by gaps. Asked for over and over, so what was found is
 * kept.
 */
export function piecesOf(line: TextLine): readonly Piece[] {
  let pieces = known.get(line);
  if (pieces === undefined) known.set(line, (pieces = readPieces(line)));
  return pieces;
}

function readPieces(line: TextLine): Piece[] {
  const pieces: { text: string; face: Face; raised: boolean }[] = [];
  const tracking = usualGap(line.glyphs);
  let last: Glyph | null = null;
  let blankWritten = false;
  for (const glyph of line.glyphs) {
    if (!isInk(glyph)) {
      blankWritten = true;
      continue;
    }
    const gap = last === null ? 0 : glyph.x - (last.x + last.width);
    const size = Math.max(glyph.size, last?.size ?? 0);
    const blank =
      last !== null &&
      (blankWritten
        ? gap > size * NO_BLANK + Math.min(tracking, size * 0.1)
        : gap > size * BLANK + tracking);
    const raised = glyph.size <= line.size * 0.8 && glyph.y < line.y - line.size * 0.15;
    const piece = pieces.at(-1);
    const text =
      glyph.text.length === 1
        ? (PLAIN.get(glyph.text) ?? glyph.text)
        : [...glyph.text].map((sign) => PLAIN.get(sign) ?? sign).join("");
    if (piece && piece.face === glyph.face && piece.raised === raised)
      piece.text += (blank ? " " : "") + text;
    else {
      if (piece && blank) piece.text += " ";
      pieces.push({ text, face: glyph.face, raised });
    }
    [last, blankWritten] = [glyph, false];
  }
  return pieces.map((piece) =>
    piece.face.encoding === null
      ? piece
      : { ...piece, text: convertLegacy(piece.text, piece.face.encoding) },
  );
}

/** Letters set wide apart stand so all along the line: the gap most of them have. */
function usualGap(glyphs: readonly Glyph[]): number {
  if (glyphs.length < 8 || glyphs.some((glyph) => !isInk(glyph))) return 0;
  const gaps = glyphs
    .slice(1)
    .map((glyph, index) => glyph.x - ((glyphs[index]?.x ?? 0) + (glyphs[index]?.width ?? 0)))
    .sort((a, b) => a - b);
  return Math.max(0, gaps[Math.floor(gaps.length / 2)] ?? 0);
}

export function plainText(line: TextLine): string {
  return piecesOf(line)
    .map(({ text }) => text)
    .join("")
    .normalize("NFC")
    .trim();
}

/** Text and marks of a paragraph. `notes` names the footnotes that raised numbers may call. */
export interface StyledText {
  readonly text: string;
  readonly marks: readonly SourceMark[];
  readonly bold: boolean;
  readonly italic: boolean;
}

export function styledText(
  pieces: readonly Piece[],
  notes: (number: string) => string | null,
): StyledText {
  const ink = pieces.filter(({ text }) => text.trim() !== "");
  const whole = {
    bold: ink.length > 0 && ink.every(({ face }) => face.bold),
    italic: ink.length > 0 && ink.every(({ face }) => face.italic),
  };
  let text = "";
  const marks: SourceMark[] = [];
  for (const piece of pieces) {
    const note = piece.raised ? notes(piece.text.trim()) : null;
    if (note !== null) {
      const at = text.trimEnd().length;
      marks.push({ kind: "note", from: at, to: at, note });
      text = text.slice(0, at) + (/\s$/u.test(piece.text) || text.length > at ? " " : "");
      continue;
    }
    const fresh = text === "" || /\s$/u.test(text) ? piece.text.trimStart() : piece.text;
    const from = text.length;
    // A mark of sound may stand in a piece of its own: it joins the letter before it.
    text = withoutStrayMarks((text + fresh).replace(/ {2,}/gu, " ").normalize("NFC"));
    for (const kind of ["bold", "italic"] as const) {
      if (whole[kind] || !piece.face[kind] || fresh.trim() === "") continue;
      const before = marks.findLast((mark) => mark.kind === kind);
      if (before && text.slice(before.to, from).trim() === "" && before.to <= from)
        marks[marks.indexOf(before)] = { kind, from: before.from, to: text.length };
      else marks.push({ kind, from, to: text.length });
    }
  }
  const end = text.trimEnd().length;
  const cut = marks.map((mark): SourceMark => {
    const to = Math.min(mark.to, end);
    return mark.kind === "note"
      ? { ...mark, from: to, to }
      : {
          ...mark,
          from: Math.min(mark.from, to),
          to: Math.min(mark.from, to) + text.slice(Math.min(mark.from, to), to).trimEnd().length,
        };
  });
  return {
    text: text.slice(0, end),
    marks: cut
      .filter((mark) => mark.kind === "note" || mark.to > mark.from)
      .sort((a, b) => a.from - b.from || a.to - b.to),
    ...whole,
  };
}
