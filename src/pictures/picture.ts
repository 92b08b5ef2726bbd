/** A picture file as it was read, with what layout and writers need to know of it. */
export interface Picture {
  readonly format: "png" | "jpeg";
  /** Size in pixels. */
  readonly width: number;
  readonly height: number;
  /**
   * Pixels an inch, as the file declares them; null when it declares none, or pixels that are not
   * square.
   */
  readonly density: number | null;
  readonly bytes: Uint8Array;
}

/**
 * Pixels an inch of a picture that does not declare its density: what screens and scanners assume.
 */
export const USUAL_DENSITY = 96;
