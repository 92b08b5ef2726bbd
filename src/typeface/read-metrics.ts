import * as fontkit from "fontkit";
import type { FaceMetrics } from "./font-file.js";

/** Read a TrueType font's metrics. Null when the bytes are no TrueType font with outlines. */
export function readMetrics(bytes: Uint8Array): FaceMetrics | null {
  try {
    const font = fontkit.create(bytes as Parameters<typeof fontkit.create>[0]);
    if (
      !("unitsPerEm" in font) ||
      !(font.unitsPerEm > 0) ||
      font.numGlyphs < 2 ||
      !("glyf" in (font as unknown as { directory: { tables: object } }).directory.tables)
    )
      return null;
    const os2 = font["OS/2"] as { usWeightClass?: number } | undefined;
    const glyphs: number[] = [];
    for (const code of [...font.characterSet].sort((a, b) => a - b)) {
      const glyph = font.glyphForCodePoint(code);
      if (glyph.id !== 0) glyphs.push(code, glyph.id, glyph.advanceWidth);
    }
    return {
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
      glyphs,
    };
  } catch {
    return null;
  }
}
