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
}

/** Height of the footnotes called on a page, the line above them included; 0 for none. */
export type NotesHeight = (notes: readonly number[]) => Twip;

/**
 * Give every piece a page. Boxes flow down; a box breaks only as its `breaking` allows (widows and orphans of two lines, no broken
 * heading); a chain of boxes that keep with the next moves to a new page together when the box at its end cannot start on this one.
 */
export function paginate(boxes: readonly Box[], height: Twip, notesHeight: NotesHeight): PlacedPage[] {
  const flow = new Flow(height, notesHeight);
  let index = 0;
  while (index < boxes.length) {
    const end = chainEnd(boxes, index);
    const chain = boxes.slice(index, end);
    if (!flow.atTop && !flow.takes(chain)) flow.newPage();
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
  #y: Twip = 0;
  #after: Twip = 0;

  constructor(
    private readonly height: Twip,
    private readonly notesHeight: NotesHeight,
  ) {}

  get atTop(): boolean {
    return this.#pieces.length === 0;
  }

  newPage(): void {
    this.#pages.push({ pieces: this.#pieces, notes: this.#notes });
    this.#pieces = [];
    this.#notes = [];
    this.#y = 0;
    this.#after = 0;
  }

  finish(): PlacedPage[] {
    if (this.#pieces.length > 0 || this.#pages.length === 0) this.newPage();
    return this.#pages;
  }

  /** Whether a chain can start here: all but its last box whole, and of that one what its breaking asks for. */
  takes(chain: readonly Box[]): boolean {
    let y = this.#y;
    let after = this.#after;
    const notes = [...this.#notes];
    for (const [position, box] of chain.entries()) {
      y += Math.max(after, box.before);
      const fits = this.#fitting(box.pieces, y, notes);
      const last = position === chain.length - 1;
      if (last) return this.#breakable(box, fits) > 0;
      if (fits < box.pieces.length) return false;
      y += heightOf(box.pieces);
      after = box.after;
      notes.push(...box.pieces.flatMap((piece) => piece.notes));
    }
    return true;
  }

  place(box: Box): void {
    let rest = box.pieces;
    let first = true;
    while (rest.length > 0) {
      const space = first && (!this.atTop || this.#pages.length === 0) ? Math.max(this.#after, box.before) : 0;
      if (!first) for (const piece of box.repeated) this.#put(piece);
      const fits = this.#fitting(rest, this.#y + space, this.#notes);
      let count = first ? this.#breakable({ ...box, pieces: rest }, fits) : this.#breakable({ ...box, pieces: rest, breaking: box.breaking === "whole" ? "whole" : { ...box.breaking, atFoot: 1 } }, fits);
      // A page that holds nothing yet must take something, or the flow would never end.
      if (count === 0 && (this.atTop || !first)) count = Math.max(fits, 1);
      if (count > 0) {
        this.#y += space;
        for (const piece of rest.slice(0, count)) this.#put(piece);
        rest = rest.slice(count);
        first = false;
      }
      if (rest.length > 0) this.newPage();
    }
    this.#after = box.after;
  }

  #put(piece: Piece): void {
    this.#pieces.push({ y: this.#y, piece });
    this.#notes.push(...piece.notes);
    this.#y += piece.height;
  }

  /** How many pieces from `y` on fit on this page, with the footnotes they call. */
  #fitting(pieces: readonly Piece[], start: Twip, notesBefore: readonly number[]): number {
    let y = start;
    const notes = [...notesBefore];
    for (const [index, piece] of pieces.entries()) {
      y += piece.height;
      notes.push(...piece.notes);
      if (y > this.height - this.notesHeight(notes) + TOLERANCE) return index;
    }
    return pieces.length;
  }

  /** How many of the pieces that fit may stay, by the box's rules. */
  #breakable(box: Pick<Box, "pieces" | "breaking">, fits: number): number {
    const total = box.pieces.length;
    if (fits >= total) return total;
    if (box.breaking === "whole") return 0;
    const count = Math.min(fits, total - box.breaking.atTop);
    return count >= Math.min(box.breaking.atFoot, total) ? count : 0;
  }
}

/** Less than a twentieth of a point: sums of fractions are not exact. */
const TOLERANCE: Twip = 0.9;
