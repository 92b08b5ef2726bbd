import type { Twip } from "../../base/units.js";
import type { PageItem } from "./page.js";

/**
 * A line, a table row, a whole signature block: never broken, unless it says how. Items are
 * relative to its top left corner.
 */
export interface Piece {
  readonly height: Twip;
  readonly items: readonly PageItem[];
  /** Footnotes called inside; they must stand on the same page. */
  readonly notes: readonly number[];
  /** Stays on the page of the next piece. */
  readonly keepNext?: boolean;
  /**
   * For a piece higher than any page: what fits into a height, and the rest; null when nothing
   * does.
   */
  readonly split?: (room: Twip) => readonly [Piece, Piece] | null;
}

/** One block, measured, before it has a page. */
export interface Box {
  /** Space above; dropped at the top of a page, but not at the top of a section. */
  readonly before: Twip;
  /** Space below; the larger of it and the next space above counts. */
  readonly after: Twip;
  readonly pieces: readonly Piece[];
  /** Must have the start of the next box on its own last page. */
  readonly keepNext: boolean;
  /**
   * Fewest pieces left at the foot of a page and carried to the next when the box is broken;
   * "whole": it is never broken.
   */
  readonly breaking: "whole" | { readonly atFoot: number; readonly atTop: number };
  /** What a table adds on each page it comes onto; null for all else. */
  readonly parts: BoxParts | null;
}

/** A box that looks different where a page's end cuts it. */
export interface BoxParts {
  /** Height of the line that closes the box on each page. */
  readonly closing: Twip;
  /** Repeated at the top of every page the box goes on to: the head. */
  readonly repeated: readonly Piece[];
  /** Pieces that are different when piece `from` starts a page. */
  resume(from: number): ReadonlyMap<number, Piece>;
  /**
   * What is drawn around the pieces that came onto one page. `from` is the first of them, `heights`
   * theirs; the repeated ones stand before.
   */
  frame(from: number, heights: readonly Twip[], repeated: boolean): readonly PageItem[];
}

export function heightOf(pieces: readonly Piece[]): Twip {
  return pieces.reduce((sum, piece) => sum + piece.height, 0);
}
