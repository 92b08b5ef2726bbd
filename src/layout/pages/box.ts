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
  readonly keepWithNext?: boolean;
  /** For a piece higher than any page. */
  readonly split?: SplitPiece;
}

/** What of a piece fits into a height, and the rest; null when nothing does. */
type SplitPiece = (room: Twip) => readonly [Piece, Piece] | null;

/** One block, measured, before it has a page. */
export interface Box {
  /** Space above; dropped at the top of a page, but not at the top of a section. */
  readonly before: Twip;
  /** Space below; the larger of it and the next space above counts. */
  readonly after: Twip;
  readonly pieces: readonly Piece[];
  /** Must have the start of the next box on its own last page. */
  readonly keepWithNext: boolean;
  /**
   * Fewest pieces left at the foot of a page (orphans) and carried to the next (widows) when the
   * box is broken; "whole": it is never broken.
   */
  readonly breaking: "whole" | { readonly orphans: number; readonly widows: number };
  /** How a box looks that pages cut, when it does not look the same: a table. */
  readonly fragmentation: Fragmentation | null;
}

/** A box that looks different where the end of a page cuts it. */
export interface Fragmentation {
  /** Height of the line that closes the box on each page. */
  readonly bottomRule: Twip;
  /** Repeated at the top of every page the box goes on to: the head. */
  readonly repeated: readonly Piece[];
  /** Pieces that are different when piece `from` starts a page, by their place in the box. */
  continueAt(from: number): ReadonlyMap<number, Piece>;
  /** What is drawn around the pieces that came onto one page. */
  drawFrame(fragment: Fragment): readonly PageItem[];
}

/** The pieces of a box on one page. */
export interface Fragment {
  /** The first of them, without the repeated ones. */
  readonly from: number;
  readonly heights: readonly Twip[];
  /** Whether the repeated pieces stand above them. */
  readonly repeated: boolean;
}

/** Height of pieces under each other. */
export function heightOf(pieces: readonly Piece[]): Twip {
  return pieces.reduce((sum, piece) => sum + piece.height, 0);
}
