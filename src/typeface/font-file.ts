export const FACES = ["regular", "bold", "italic", "boldItalic"] as const;
export type FaceName = (typeof FACES)[number];

/**
 * A font file as it was read; `metrics`, `prepared`, its subset for Word files, and `outlines`, its
 * usual subset for PDFs, where they were made ahead.
 */
export interface FontFile {
  readonly file: string;
  readonly bytes: Uint8Array;
  readonly metrics: FaceMetrics | null;
  readonly prepared: PackedFont | null;
  readonly outlines: (() => PackedOutlines) | null;
}

/** What layout and writers need to know of a font. Lengths in font units. */
export interface FaceMetrics {
  readonly family: string;
  readonly postscriptName: string;
  readonly unitsPerEm: number;
  readonly ascent: number;
  readonly descent: number;
  readonly lineGap: number;
  readonly capHeight: number;
  readonly italicAngle: number;
  readonly bbox: readonly [number, number, number, number];
  readonly bold: boolean;
  /** Code point, glyph number, advance; and so on. */
  readonly glyphs: readonly number[];
}

/** A font subset as it goes into a Word file: obfuscated under its key, deflated. */
export interface PackedFont {
  /** "{C60C09F0-…}" */
  readonly key: string;
  readonly packed: Uint8Array;
  /** Of the bytes before deflation. */
  readonly size: number;
  readonly crc: number;
}

/** A font subset as it goes into a PDF, deflated; glyphs keep their numbers. */
export interface PackedOutlines {
  /** Glyph number and the code point it says, pair by pair. */
  readonly glyphs: readonly (readonly [glyph: number, code: number])[];
  /** Six letters that stand before the font's name. */
  readonly tag: string;
  readonly program: Uint8Array;
  /** Of the program before deflation. */
  readonly programLength: number;
  /** The array of widths, as a PDF writes it. */
  readonly widths: string;
  readonly toUnicode: Uint8Array;
}

export type FontFiles = Readonly<Record<FaceName, FontFile>>;
