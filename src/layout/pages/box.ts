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

/** Splits a piece into the part that fits a height and the rest; null when nothing fits. */
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
  /** Null for a box that page breaks do not change the look of; only tables have it. */
  readonly fragmentation: Fragmentation | null;
}

/** How a box looks different where a page break cuts it. */
export interface Fragmentation {
  /** Height of the line that closes the box on each page. */
  readonly bottomRule: Twip;
  /** Repeated at the top of every page the box goes on to: the head. */
  readonly repeated: readonly Piece[];
  /** Pieces that are different when piece `from` starts a page, by their place in the box. */
  continueAt(from: number): ReadonlyMap<number, Piece>;
  /** The lines around the pieces on one page. */
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
