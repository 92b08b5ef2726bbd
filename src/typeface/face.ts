import type { FaceMetrics, FontFile, PackedFont, PackedOutlines } from "./font-file.js";
import type { Pt, Twip } from "../base/units.js";

/** A glyph of a face: its number in the font, and its width in font units. */
interface Glyph {
  readonly id: number;
  readonly advance: number;
}

/** One face of a family, opened: what layout measures with and writers embed. Immutable. */
export interface Face extends Omit<FaceMetrics, "glyphs"> {
  readonly file: string;
  readonly bytes: Uint8Array;
  /** Its precomputed subset for Word files, if any. */
  readonly prepared: PackedFont | null;
  /** Its precomputed usual subset for PDFs, if any. */
  readonly outlines: (() => PackedOutlines) | null;
  /** Glyph of a code point, or null when the face lacks it. */
  glyph(codePoint: number): Glyph | null;
}

/** Characters printed with the glyph of another: a no-break hyphen looks like a hyphen. */
const SUBSTITUTES: ReadonlyMap<number, number> = new Map([[0x2011, 0x2d]]);

const opened = new WeakMap<Uint8Array, Face>();

/**
 * Open a TrueType font. Returns null when the bytes are no font that can be embedded. The same
 * bytes are opened once; a font with precomputed metrics is not parsed again.
 */
export async function openFace(font: FontFile): Promise<Face | null> {
  const known = opened.get(font.bytes);
  if (known) return known;
  const metrics = font.metrics ?? (await import("./read-metrics.js")).readMetrics(font.bytes);
  if (metrics === null) return null;
  const { glyphs, ...facts } = metrics;
  const byCode = new Map<number, Glyph>();
  for (let at = 0; at < glyphs.length; at += 3)
    byCode.set(glyphs[at] ?? 0, { id: glyphs[at + 1] ?? 0, advance: glyphs[at + 2] ?? 0 });
  const face: Face = {
    ...facts,
    file: font.file,
    bytes: font.bytes,
    prepared: font.prepared,
    outlines: font.outlines,
    glyph: (codePoint) => byCode.get(SUBSTITUTES.get(codePoint) ?? codePoint) ?? null,
  };
  opened.set(font.bytes, face);
  return face;
}

/**
 * Width of a text in twips: unkerned, unhinted, unrounded, as word processors measure when kerning
 * is off.
 */
export function measureText(face: Face, size: Pt, text: string): Twip {
  let units = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.codePointAt(at) ?? 0;
    if (code > 0xffff) at++;
    units += face.glyph(code)?.advance ?? 0;
  }
  return (units * size * 20) / face.unitsPerEm;
}
