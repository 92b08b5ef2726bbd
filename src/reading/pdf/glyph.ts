import type { Face } from "./faces.js";

/** One glyph where it stands: points from the upper left corner of the page, `y` the baseline. */
export interface Glyph {
  readonly text: string;
  /** It is seen: no blank. */
  readonly ink: boolean;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly size: number;
  readonly face: Face;
  /** Marked by the file as no part of the document (page numbers, running heads). */
  readonly artifact: boolean;
  /** The annotation it is drawn by (a seal, a stamp), counted from 1; 0 for the page itself. */
  readonly annotation: number;
}
