import type { Twip } from "../../base/units.js";
import { type Box, type Fragment, type Piece, heightOf } from "./box.js";

/** A piece on its page: its top, from the top of the text block. */
interface PlacedPiece {
  readonly y: Twip;
  readonly piece: Piece;
}

export interface PlacedPage {
  readonly pieces: readonly PlacedPiece[];
  /** Footnotes that stand at the foot of this page, in order. */
  readonly notes: readonly number[];
  /**
   * The box that continues at the top of this page, and with which piece; null when the page starts
   * with a box, or inside a piece.
   */
  readonly continued: { readonly box: Box; readonly piece: number } | null;
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
    if (!flow.pageIsEmpty && !flow.takes(chain)) flow.newPage(null);
    for (const box of chain) flow.place(box);
    index = end;
  }
  return flow.finish();
}

/** A chain runs over boxes that keep with the next, up to and with the first that does not. */
function chainEnd(boxes: readonly Box[], start: number): number {
  let end = start;
  while (boxes[end]?.keepWithNext) end++;
  return Math.min(end + 1, boxes.length);
}

/** What is left of a box: its pieces from `next` on. */
interface Remainder {
  readonly box: Box;
  readonly pieces: readonly Piece[];
  readonly next: number;
  /** Whether earlier pieces stand on a page already. */
  readonly begun: boolean;
}

/** The part of a remainder for one page: whole pieces, and the halves of one that is split. */
interface Share {
  readonly count: number;
  readonly split: readonly [Piece, Piece] | null;
}

class Flow {
  readonly #pages: PlacedPage[] = [];
  readonly #height: Twip;
  readonly #notesHeight: NotesHeight;
  #pieces: PlacedPiece[] = [];
  #notes: number[] = [];
  #continued: PlacedPage["continued"] = null;
  #y: Twip = 0;
  #after: Twip = 0;

  constructor(height: Twip, notesHeight: NotesHeight) {
    this.#height = height;
    this.#notesHeight = notesHeight;
  }

  get pageIsEmpty(): boolean {
    return this.#pieces.length === 0;
  }

  newPage(continued: PlacedPage["continued"]): void {
    this.#pages.push({ pieces: this.#pieces, notes: this.#notes, continued: this.#continued });
    this.#pieces = [];
    this.#notes = [];
    this.#continued = continued;
    this.#y = 0;
    this.#after = 0;
  }

  finish(): PlacedPage[] {
    if (this.#pieces.length > 0 || this.#pages.length === 0) this.newPage(null);
    return this.#pages;
  }

  /**
   * Whether a chain can start here: all its boxes but the last fit whole, and of the last as much
   * as its breaking demands.
   */
  takes(chain: readonly Box[]): boolean {
    let y = this.#y;
    let after = this.#after;
    const notes = [...this.#notes];
    for (const [position, box] of chain.entries()) {
      y += Math.max(after, box.before);
      const whole = wholeBox(box);
      const fits = this.#fitting(whole, y + bottomRuleOf(box), notes);
      if (position === chain.length - 1)
        return (
          breakable(whole, fits) > 0 ||
          this.#split(
            { piece: box.pieces[fits], box },
            y + bottomRuleOf(box) + heightOf(box.pieces.slice(0, fits)),
            "too-high",
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
    let left = wholeBox(box);
    while (left.next < left.pieces.length) left = this.#placeShare(left);
    this.#after = box.after;
  }

  /** Place as much of a box as fits this page; start a new page for the rest. */
  #placeShare(left: Remainder): Remainder {
    const { box } = left;
    const top = this.#y + this.#spaceAbove(left);
    const repeated = left.begun ? (box.fragmentation?.repeated ?? []) : [];
    // A note of the head stands on the page where the head stood first.
    for (const piece of repeated) this.#put({ ...piece, notes: [] });
    const start = top + heightOf(repeated);
    const { count, split } = this.#share(left, start);
    const placed = left.pieces.slice(left.next, left.next + count);
    if (split !== null) placed.push(split[0]);
    if (placed.length > 0) {
      this.#y = start;
      for (const piece of placed) this.#put(piece);
      this.#putFrame(box, top, {
        from: left.next,
        heights: placed.map((piece) => piece.height),
        repeated: repeated.length > 0,
      });
    }
    const next = left.next + count;
    const begun = left.begun || placed.length > 0;
    if (next >= left.pieces.length) return { ...left, next, begun };
    this.newPage(begun && split === null ? { box, piece: next } : null);
    const changes =
      split !== null
        ? new Map([[next, split[1]]])
        : begun
          ? box.fragmentation?.continueAt(next)
          : undefined;
    return { box, pieces: replaced(left.pieces, changes), next, begun };
  }

  /** Space above a box is dropped at the top of a page, but not at the top of the section. */
  #spaceAbove({ box, begun }: Remainder): Twip {
    const dropped = begun || (this.pageIsEmpty && this.#pages.length > 0);
    return dropped ? 0 : Math.max(this.#after, box.before);
  }

  /** How much of a box comes onto this page when its pieces start at this height. */
  #share(left: Remainder, start: Twip): Share {
    const { box, pieces, next } = left;
    // A page that holds nothing yet must take something, or the flow would never end.
    const mustTake = this.pageIsEmpty || left.begun;
    const fits = this.#fitting(left, start + bottomRuleOf(box), this.#notes);
    const split = this.#split(
      { piece: pieces[next + fits], box },
      start + bottomRuleOf(box) + heightOf(pieces.slice(next, next + fits)),
      fits === 0 && mustTake ? "alone" : "too-high",
    );
    if (split !== null) return { count: fits, split };
    const count = breakable(left, fits);
    return { count: count === 0 && mustTake ? Math.max(fits, 1) : count, split };
  }

  #put(piece: Piece): void {
    this.#pieces.push({ y: this.#y, piece });
    this.#notes.push(...piece.notes);
    this.#y += piece.height;
  }

  /** Draw the lines around the pieces of a box on this page, as a piece without height. */
  #putFrame({ fragmentation }: Box, top: Twip, fragment: Fragment): void {
    if (fragmentation === null) return;
    const items = fragmentation.drawFrame(fragment);
    this.#pieces.push({ y: top, piece: { height: 0, items, notes: [] } });
  }

  /** How many of the pieces left fit from a height on, with the footnotes they call. */
  #fitting({ pieces, next }: Remainder, start: Twip, notesBefore: readonly number[]): number {
    let y = start;
    const notes = [...notesBefore];
    for (let index = next; index < pieces.length; index++) {
      const piece = pieces[index];
      if (!piece) break;
      y += piece.height;
      notes.push(...piece.notes);
      if (y > this.#height - this.#notesHeight(notes) + TOLERANCE) return index - next;
    }
    return pieces.length - next;
  }

  /**
   * The parts of a piece when some of it can stand from a height on. A piece is split when no page
   * holds it under what is repeated there (`too-high`), or when it stands `alone` on its page and
   * does not fit.
   */
  #split(
    { piece, box }: { readonly piece: Piece | undefined; readonly box: Box },
    y: Twip,
    when: "too-high" | "alone",
  ): readonly [Piece, Piece] | null {
    if (piece?.split === undefined) return null;
    const room = this.#height - heightOf(box.fragmentation?.repeated ?? []);
    if (when === "too-high" && piece.height <= room) return null;
    return piece.split(this.#height - this.#notesHeight(this.#notes) - y);
  }
}

function wholeBox(box: Box): Remainder {
  return { box, pieces: box.pieces, next: 0, begun: false };
}

/** How many of the pieces that fit may stay, by the box's rules and the pieces' own. */
function breakable({ box, pieces, next, begun }: Remainder, fits: number): number {
  const total = pieces.length - next;
  if (fits >= total) return total;
  if (box.breaking === "whole") return 0;
  let count = Math.min(fits, total - box.breaking.widows);
  while (count > 0 && pieces[next + count - 1]?.keepWithNext) count--;
  return count >= Math.min(begun ? 1 : box.breaking.orphans, total) ? count : 0;
}

function bottomRuleOf({ fragmentation }: Box): Twip {
  return fragmentation?.bottomRule ?? 0;
}

function replaced(
  pieces: readonly Piece[],
  changes: ReadonlyMap<number, Piece> | undefined,
): readonly Piece[] {
  if (changes === undefined || changes.size === 0) return pieces;
  const out = [...pieces];
  for (const [index, piece] of changes) out[index] = piece;
  return out;
}

/** Less than a twentieth of a point: sums of fractions are not exact. */
const TOLERANCE: Twip = 0.9;
