import type { Deflate } from "../../base/deflate.js";
import { hashBytes, printHash } from "../../base/sha256.js";
import { FACES, type FaceName, type PackedFont } from "../../typeface/font-file.js";
import type { Face } from "../../typeface/face.js";
import type { Family } from "../../typeface/family.js";
import type { Subsetter } from "../../typeface/subset.js";
import { crc32 } from "../../base/crc32.js";

/** A face ready to be embedded in a Word file. */
export interface EmbeddedFont extends PackedFont {
  readonly family: string;
  readonly slot: FaceName;
}

/** What a Word file is made with besides the document. */
export interface WordTools {
  readonly deflate: Deflate;
  /** Loaded only when the subset of a face was not precomputed. */
  readonly subsetter: () => Promise<Subsetter>;
}

/**
 * What Word may need to type on: Latin with all Vietnamese letters, punctuation, currency, common
 * signs.
 */
const RANGES = [
  [0x20, 0x7e],
  [0xa0, 0x17f],
  [0x1a0, 0x1a1],
  [0x1af, 0x1b0],
  [0x300, 0x309],
  [0x323, 0x323],
  [0x1ea0, 0x1ef9],
  [0x2010, 0x2026],
  [0x202f, 0x203a],
  [0x20ab, 0x20ac],
  [0x2116, 0x2116],
  [0x2190, 0x2193],
  [0x2212, 0x2212],
  [0x2248, 0x2248],
  [0x2260, 0x2265],
  [0x25a0, 0x25a1],
  [0x25cf, 0x25cf],
] as const;

const packed = new WeakMap<Face, PackedFont>();

/**
 * The four faces for a Word file. They are the same for every document: those of the product are
 * precomputed when it is built, an office's own are made once a run.
 */
export async function embedFonts(
  family: Family,
  { deflate, subsetter }: WordTools,
): Promise<readonly EmbeddedFont[]> {
  const fonts: EmbeddedFont[] = [];
  for (const slot of FACES) {
    const face = family[slot];
    const font = face.prepared ?? packed.get(face) ?? packFont(face, await subsetter(), deflate);
    packed.set(face, font);
    fonts.push({ ...font, family: face.family, slot });
  }
  return fonts;
}

/** Subset, obfuscate and deflate one face. */
export function packFont(face: Face, subsetter: Subsetter, deflate: Deflate): PackedFont {
  const program = subsetter.byCharacters(face, RANGES);
  const hash = printHash(hashBytes(program)).slice(0, 32).toUpperCase();
  const bytes = obfuscate(program, hash);
  return {
    key: `{${hash.replace(/^(.{8})(.{4})(.{4})(.{4})/u, "$1-$2-$3-$4-")}}`,
    packed: deflate.raw(bytes),
    size: bytes.length,
    crc: crc32(bytes),
  };
}

/**
 * The first 32 bytes are crossed with the key read backwards. Source: ECMA-376 Part 4, 2.8.1 (font
 * embedding).
 */
function obfuscate(program: Uint8Array, hexKey: string): Uint8Array<ArrayBuffer> {
  const key = Array.from({ length: 16 }, (_, index) =>
    Number.parseInt(hexKey.slice(30 - index * 2, 32 - index * 2), 16),
  );
  const out = new Uint8Array(program);
  for (let index = 0; index < 32; index++) out[index] = (out[index] ?? 0) ^ (key[index % 16] ?? 0);
  return out;
}
