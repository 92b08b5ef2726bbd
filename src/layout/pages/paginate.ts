import type { Twip } from "../../base/units.js";
import { type Box, type Piece, heightOf } from "./box.js";

/** A piece on its page: its top, from the top of the text block. */
export interface PlacedPiece {
  readonly y: Twip;
  readonly piece: Piece;
}

export interface PlacedPage {
  readonly pieces: readonly PlacedPiece[];
  /** Footnotes that stand at the foot of this page, in order. */
  readonly notes: readonly number[];
  /**
   * The box that goes on at the top of this page, and with which piece; null when the page starts
   * with a box, or inside a piece.
   */
  readonly resumed: { readonly box: Box; readonly piece: number } | null;
}

/** Height of the footnotes called on a page, the line above them included; 0 for none. */
export type NotesHeight = (notes: readonly number[]) => Twip;

/**
 * Give every piece a page. Boxes flow down; a box breaks only as its `breaking` and its pieces
 * allow (widows and orphans of two lines, no broken heading); a chain of boxes that keep with the
 * next moves to a new page together when the box at its end cannot start on this one.
 */
export function paginate(
  boxes: readonly Box[],
  height: Twip,
  notesHeight: NotesHeight,
): PlacedPage[] {
  const flow = new Flow(height, notesHeight);
  let index = 0;
  while (index < boxes.length) {
    const end = chainEnd(boxes, index);
    const chain = boxes.slice(index, end);
    if (!flow.atTop && !flow.takes(chain)) flow.newPage(null);
    for (const box of chain) flow.place(box);
    index = end;
  }
  return flow.finish();
}

/** A chain runs over boxes that keep with the next, up to and with the first that does not. */
function chainEnd(boxes: readonly Box[], start: number): number {
  let end = start;
  while (boxes[end]?.keepNext) end++;
  return Math.min(end + 1, boxes.length);
}

class Flow {
  readonly #pages: PlacedPage[] = [];
  #pieces: PlacedPiece[] = [];
  #notes: number[] = [];
  #resumed: PlacedPage["resumed"] = null;
  #y: Twip = 0;
  #after: Twip = 0;

  constructor(
    private readonly height: Twip,
    private readonly notesHeight: NotesHeight,
  ) {}

  get atTop(): boolean {
    return this.#pieces.length === 0;
  }

  newPage(resumed: PlacedPage["resumed"]): void {
    this.#pages.push({ pieces: this.#pieces, notes: this.#notes, resumed: this.#resumed });
    this.#pieces = [];
    this.#notes = [];
    this.#resumed = resumed;
    this.#y = 0;
    this.#after = 0;
  }

  finish(): PlacedPage[] {
    if (this.#pieces.length > 0 || this.#pages.length === 0) this.newPage(null);
    return this.#pages;
  }

  /**
   * Whether a chain can start here: all but its last box whole, and of that one what its breaking
   * asks for.
   */
  takes(chain: readonly Box[]): boolean {
    let y = this.#y;
    let after = this.#after;
    const notes = [...this.#notes];
    for (const [position, box] of chain.entries()) {
      y += Math.max(after, box.before);
      const fits = this.#fitting(box.pieces, 0, y + closingOf(box), notes);
      const last = position === chain.length - 1;
      if (last)
        return (
          this.#breakable(box, box.pieces, 0, fits, true) > 0 ||
          this.#splits(
            box.pieces,
            fits,
            y + closingOf(box) + heightOf(box.pieces.slice(0, fits)),
            false,
          ) !== null
        );
      if (fits < box.pieces.length) return false;
      y += heightOf(box.pieces);
      after = box.after;
      notes.push(...box.pieces.flatMap((piece) => piece.notes));
    }
    return true;
  }

  /** Put a box on this page and as many more as it needs. */
  place(box: Box): void {
    let pieces = box.pieces;
    let next = 0;
    let begun = false;
    while (next < pieces.length) {
      const space =
        !begun && (!this.atTop || this.#pages.length === 0) ? Math.max(this.#after, box.before) : 0;
      const repeated = begun ? (box.parts?.repeated ?? []) : [];
      for (const piece of repeated) this.#put(piece);
      const fits = this.#fitting(pieces, next, this.#y + space + closingOf(box), this.#notes);
      let count = this.#breakable(box, pieces, next, fits, !begun);
      const parted = this.#splits(
        pieces,
        next + fits,
        this.#y + space + closingOf(box) + heightOf(pieces.slice(next, next + fits)),
        fits === 0 && (this.atTop || begun),
      );
      if (parted !== null) count = fits;
      // A page that holds nothing yet must take something, or the flow would never end.
      else if (count === 0 && (this.atTop || begun)) count = Math.max(fits, 1);
      if (count > 0 || parted !== null) {
        this.#y += space;
        const top = this.#y - heightOf(repeated);
        const placed = [
          ...pieces.slice(next, next + count),
          ...(parted === null ? [] : [parted[0]]),
        ];
        for (const piece of placed) this.#put(piece);
        if (box.parts)
          this.#pieces.push({
            y: top,
            piece: {
              height: 0,
              items: box.parts.frame(
                next,
                placed.map((piece) => piece.height),
                repeated.length > 0,
              ),
              notes: [],
            },
          });
        next += count;
        begun = true;
      }
      if (next < pieces.length) {
        this.newPage(begun && parted === null ? { box, piece: next } : null);
        if (parted !== null) pieces = replaced(pieces, new Map([[next, parted[1]]]));
        else if (begun && box.parts) pieces = replaced(pieces, box.parts.resume(next));
      }
    }
    this.#after = box.after;
  }

  #put(piece: Piece): void {
    this.#pieces.push({ y: this.#y, piece });
    this.#notes.push(...piece.notes);
    this.#y += piece.height;
  }

  /**
   * How many pieces, from one on and from a height on, fit on this page with the footnotes they
   * call.
   */
  #fitting(
    pieces: readonly Piece[],
    from: number,
    start: Twip,
    notesBefore: readonly number[],
  ): number {
    let y = start;
    const notes = [...notesBefore];
    for (let index = from; index < pieces.length; index++) {
      const piece = pieces[index];
      if (!piece) break;
      y += piece.height;
      notes.push(...piece.notes);
      if (y > this.height - this.notesHeight(notes) + TOLERANCE) return index - from;
    }
    return pieces.length - from;
  }

  /** How many of the pieces that fit may stay, by the box's rules and the pieces' own. */
  #breakable(
    box: Box,
    pieces: readonly Piece[],
    from: number,
    fits: number,
    first: boolean,
  ): number {
    const total = pieces.length - from;
    if (fits >= total) return total;
    if (box.breaking === "whole") return 0;
    let count = Math.min(fits, total - box.breaking.atTop);
    while (count > 0 && pieces[from + count - 1]?.keepNext) count--;
    return count >= Math.min(first ? box.breaking.atFoot : 1, total) ? count : 0;
  }

  /**
   * The parts of a piece that no page holds, when some of it can stand from here on. `alone`: the
   * page has nothing else to hold.
   */
  #splits(
    pieces: readonly Piece[],
    index: number,
    y: Twip,
    alone: boolean,
  ): readonly [Piece, Piece] | null {
    const piece = pieces[index];
    if (piece?.split === undefined || !(alone || piece.height > this.height)) return null;
    return piece.split(this.height - this.notesHeight(this.#notes) - y);
  }
}

function closingOf({ parts }: Box): Twip {
  return parts?.closing ?? 0;
}

function replaced(pieces: readonly Piece[], changes: ReadonlyMap<number, Piece>): readonly Piece[] {
  if (changes.size === 0) return pieces;
  const out = [...pieces];
  for (const [index, piece] of changes) out[index] = piece;
  return out;
}

/** Less than a twentieth of a point: sums of fractions are not exact. */
const TOLERANCE: Twip = 0.9;
