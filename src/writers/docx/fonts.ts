import type { Deflate } from "../../base/deflate.js";
import { hashBytes, printHash } from "../../base/sha256.js";
import { FACES, type FaceName, type PackedFont } from "../../typeface/font-file.js";
import type { Face } from "../../typeface/face.js";
import type { Family } from "../../typeface/family.js";
import { CARRIED_LETTERS, isCarried } from "../../typeface/carried-letters.js";
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
  /** Code points of the text that are no usual letters, in order. */
  readonly rare: readonly number[];
  /** Loaded only when the subset of a face was not precomputed. */
  readonly subsetter: () => Promise<Subsetter>;
}

const packed = new WeakMap<Face, PackedFont>();

/**
 * The faces for a Word file. The text's four are the same for nearly every document: those of the
 * product are precomputed when it is built, an office's own are made once a run. A document with
 * rarer characters gets faces of its own, and that for signs where it needs it: what a Word file
 * does not carry, programs take from any font they find.
 */
export async function embedFonts(
  family: Family,
  { deflate, rare, subsetter }: WordTools,
): Promise<readonly EmbeddedFont[]> {
  const fonts: EmbeddedFont[] = [];
  const { regular, signs } = family;
  const more = rare.filter(
    (code) =>
      regular.glyph(code) !== null && !isCarried(code) && (signs?.glyph(code) ?? null) === null,
  );
  for (const slot of FACES) {
    const face = family[slot];
    if (more.length > 0) {
      const font = packFont(face, await subsetter(), deflate, more);
      fonts.push({ ...font, family: face.family, slot });
      continue;
    }
    const font = face.prepared ?? packed.get(face) ?? packFont(face, await subsetter(), deflate);
    packed.set(face, font);
    fonts.push({ ...font, family: face.family, slot });
  }
  if (signs === null) return fonts;
  const font = signs.prepared ?? packed.get(signs) ?? packWhole(signs, deflate);
  packed.set(signs, font);
  return [...fonts, { ...font, family: signs.family, slot: "regular" }];
}

/** Subset, obfuscate and deflate one face, with characters beyond the usual ones. */
export function packFont(
  face: Face,
  subsetter: Subsetter,
  deflate: Deflate,
  more: readonly number[] = [],
): PackedFont {
  return packProgram(
    subsetter.byCharacters(face, [
      ...CARRIED_LETTERS,
      ...more.map((code) => [code, code] as const),
    ]),
    deflate,
  );
}

/**
 * A face as it is. That for signs is: LibreOffice keeps the fonts of a document it has opened for
 * the next one, and would look for a sign in a subset that lacks it.
 */
export function packWhole({ bytes }: Face, deflate: Deflate): PackedFont {
  return packProgram(bytes, deflate);
}

function packProgram(program: Uint8Array, deflate: Deflate): PackedFont {
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
