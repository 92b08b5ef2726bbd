import * as fontkit from "fontkit";
import type { FontFile, PackedFont } from "../base/world.js";
import type { Pt, Twip } from "../base/units.js";

/** A glyph of a face: its number in the font, and its width in font units. */
export interface Glyph {
  readonly id: number;
  readonly advance: number;
}

/** One face of a family, opened: what layout measures with and writers embed. Immutable; widths are remembered. */
export interface Face {
  readonly file: string;
  readonly bytes: Uint8Array;
  /** Its subset for Word files, where that was made ahead. */
  readonly prepared: PackedFont | null;
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
  /** Glyph of a code point, or null when the face lacks it. */
  glyph(codePoint: number): Glyph | null;
}

/** Signs that print as another: Word's no-break hyphen is a hyphen that does not break. */
const SUBSTITUTES: ReadonlyMap<number, number> = new Map([[0x2011, 0x2d]]);

const opened = new WeakMap<Uint8Array, Face>();

/** Open a TrueType font. Returns null when the bytes are no font that can be embedded. The same bytes are opened once. */
export function openFace({ file, bytes, prepared }: FontFile): Face | null {
  const known = opened.get(bytes);
  if (known) return known;
  let font: fontkit.Font;
  try {
    const created = fontkit.create(bytes as Buffer);
    if (!("unitsPerEm" in created) || !(created.unitsPerEm > 0) || created.numGlyphs < 2) return null;
    font = created;
    font.glyphForCodePoint(0x41);
  } catch {
    return null;
  }
  const glyphs = new Map<number, Glyph | null>();
  const os2 = font["OS/2"] as { usWeightClass?: number } | undefined;
  const face: Face = {
    file, bytes, prepared,
    family: font.familyName ?? "Unknown",
    postscriptName: font.postscriptName ?? "Unknown",
    unitsPerEm: font.unitsPerEm,
    ascent: font.ascent,
    descent: font.descent,
    lineGap: font.lineGap,
    capHeight: font.capHeight,
    italicAngle: font.italicAngle,
    bbox: [font.bbox.minX, font.bbox.minY, font.bbox.maxX, font.bbox.maxY],
    bold: (os2?.usWeightClass ?? 400) >= 600,
    glyph(codePoint) {
      const cached = glyphs.get(codePoint);
      if (cached !== undefined) return cached;
      const wanted = SUBSTITUTES.get(codePoint) ?? codePoint;
      const found = font.hasGlyphForCodePoint(wanted) ? font.glyphForCodePoint(wanted) : null;
      const glyph = found === null || found.id === 0 ? null : { id: found.id, advance: found.advanceWidth };
      glyphs.set(codePoint, glyph);
      return glyph;
    },
  };
  opened.set(bytes, face);
  return face;
}

/** Width of a text in twips: unkerned, unhinted, unrounded, as word processors measure when kerning is off. */
export function measureText(face: Face, size: Pt, text: string): Twip {
  let units = 0;
  for (const sign of text) units += face.glyph(sign.codePointAt(0) ?? 0)?.advance ?? 0;
  return (units * size * 20) / face.unitsPerEm;
}
