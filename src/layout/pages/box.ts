import type { Twip } from "../../base/units.js";
import type { PageItem } from "./page.js";

/** A piece that is never broken: a line, a table row, a whole signature block. Items are relative to its top left corner. */
export interface Piece {
  readonly height: Twip;
  readonly items: readonly PageItem[];
  /** Footnotes called inside; they must stand on the same page. */
  readonly notes: readonly number[];
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
  /** Fewest pieces left at the foot of a page and carried to the next when the box is broken; "whole": it is never broken. */
  readonly breaking: "whole" | { readonly atFoot: number; readonly atTop: number };
  /** Repeated at the top of every page the box goes on to: the head of a table. */
  readonly repeated: readonly Piece[];
}

export function heightOf(pieces: readonly Piece[]): Twip {
  return pieces.reduce((sum, piece) => sum + piece.height, 0);
}
