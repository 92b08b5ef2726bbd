import { type PDFContext, PDFName, type PDFRef } from "pdf-lib";
import type { Deflate } from "../../base/deflate.js";
import { hashBytes } from "../../base/sha256.js";
import type { PackedOutlines } from "../../typeface/font-file.js";
import type { Face } from "../../typeface/face.js";
import { subsetGlyphs } from "../../typeface/subset-glyphs.js";
import { WrittenObject, addPacked, asciiString, latin, num } from "./objects.js";

/** The glyphs of one face that a document shows, and the character each stands for. */
export class UsedFace {
  readonly face: Face;
  /** "F1": its name in content streams. */
  readonly name: string;
  /** Code point by glyph number. */
  readonly #codes = new Map<number, number>();

  constructor(face: Face, name: string) {
    this.face = face;
    this.name = name;
  }

  /** Record that a glyph is shown for a code point. */
  note(glyph: number, code: number): void {
    if (!this.#codes.has(glyph)) this.#codes.set(glyph, code);
  }

  /** Glyphs in order, with their code points. */
  shown(): readonly (readonly [glyph: number, code: number])[] {
    return [...this.#codes].sort(([a], [b]) => a - b);
  }
}

/** Remembers which glyphs of which faces are drawn. */
export class FontUse {
  readonly #faces = new Map<Face, UsedFace>();

  of(face: Face): UsedFace {
    const known = this.#faces.get(face);
    if (known) return known;
    const used = new UsedFace(face, `F${this.#faces.size + 1}`);
    this.#faces.set(face, used);
    return used;
  }

  get all(): readonly UsedFace[] {
    return [...this.#faces.values()];
  }
}

/**
 * Write the faces as subset TrueType programs under their own glyph numbers, so that content could
 * be written before the subsets were made. Returns the font dictionary of the pages.
 */
export function writeFonts(context: PDFContext, use: FontUse, deflate: Deflate): PDFRef {
  const fonts = context.obj({});
  for (const used of use.all) fonts.set(PDFName.of(used.name), writeFont(context, used, deflate));
  return context.register(fonts);
}

/**
 * What nearly every plan is written with: Latin, all Vietnamese letters, punctuation, some symbols.
 */
const USUAL = [
  [0x20, 0x7e],
  [0xa0, 0xa0],
  [0xa7, 0xa7],
  [0xab, 0xab],
  [0xad, 0xad],
  [0xb0, 0xb3],
  [0xb7, 0xb7],
  [0xbb, 0xbd],
  [0xc0, 0xc3],
  [0xc8, 0xca],
  [0xcc, 0xcd],
  [0xd2, 0xd5],
  [0xd7, 0xd7],
  [0xd9, 0xda],
  [0xdd, 0xdd],
  [0xe0, 0xe3],
  [0xe8, 0xea],
  [0xec, 0xed],
  [0xf2, 0xf5],
  [0xf7, 0xf7],
  [0xf9, 0xfa],
  [0xfd, 0xfd],
  [0x102, 0x103],
  [0x110, 0x111],
  [0x128, 0x129],
  [0x168, 0x169],
  [0x1a0, 0x1a1],
  [0x1af, 0x1b0],
  [0x1ea0, 0x1ef9],
  [0x2013, 0x2014],
  [0x2018, 0x2019],
  [0x201c, 0x201d],
  [0x2022, 0x2022],
  [0x2026, 0x2026],
  [0x20ab, 0x20ab],
  [0x2116, 0x2116],
  [0x2264, 0x2265],
  [0x25a1, 0x25a1],
] as const;

interface UsualSubset {
  readonly subset: PackedOutlines;
  readonly codes: ReadonlyMap<number, number>;
}

const usual = new WeakMap<Face, UsualSubset>();

/**
 * The subset of a face for the glyphs shown. The usual one holds some 250 glyphs in 11 kB and
 * serves every document of the face: that of the product's faces is made when the product is built.
 * A document with rarer characters gets a subset of its own.
 */
function subsetFor(used: UsedFace, deflate: Deflate): PackedOutlines {
  const { face } = used;
  let common = usual.get(face);
  if (!common) {
    const subset = face.outlines?.() ?? usualOutlines(face, deflate);
    common = { subset, codes: new Map(subset.glyphs) };
    usual.set(face, common);
  }
  const { subset, codes } = common;
  const shown = used.shown();
  return shown.every(([glyph, code]) => codes.get(glyph) === code)
    ? subset
    : packOutlines(face, shown, (bytes) => deflate.zlib(bytes));
}

/** The subset of a face that nearly every plan is written with. */
export function usualOutlines(face: Face, deflate: Deflate): PackedOutlines {
  const codes = new Map<number, number>();
  for (const [first, last] of USUAL) {
    for (let code = first; code <= last; code++) {
      const glyph = face.glyph(code);
      if (glyph && !codes.has(glyph.id)) codes.set(glyph.id, code);
    }
  }
  return packOutlines(
    face,
    [...codes].sort(([a], [b]) => a - b),
    (bytes) => deflate.zlibTight(bytes),
  );
}

function packOutlines(
  face: Face,
  rows: PackedOutlines["glyphs"],
  pack: (bytes: Uint8Array) => Uint8Array,
): PackedOutlines {
  const glyphs = rows.map(([glyph]) => glyph);
  const codes = new Map(rows);
  const program = subsetGlyphs(face, glyphs);
  const scale = 1000 / face.unitsPerEm;
  return {
    glyphs: rows,
    tag: subsetTag(glyphs),
    program: pack(program),
    programLength: program.length,
    widths: widthArray(glyphs, (glyph) =>
      num((face.glyph(codes.get(glyph) ?? 0)?.advance ?? 0) * scale),
    ),
    toUnicode: pack(latin(toUnicode(rows))),
  };
}

function writeFont(context: PDFContext, used: UsedFace, deflate: Deflate): PDFRef {
  const { face } = used;
  const subset = subsetFor(used, deflate);
  const name = PDFName.of(`${subset.tag}+${face.postscriptName}`);
  const scale = 1000 / face.unitsPerEm;
  const descriptor = context.register(
    context.obj({
      Type: "FontDescriptor",
      FontName: name,
      // Serif, non-symbolic; italic where it is.
      Flags: 2 | 32 | (face.italicAngle !== 0 ? 64 : 0),
      FontBBox: face.bbox.map((edge) => Math.round(edge * scale)),
      ItalicAngle: face.italicAngle,
      Ascent: Math.round(face.ascent * scale),
      Descent: Math.round(face.descent * scale),
      CapHeight: Math.round(face.capHeight * scale),
      StemV: face.bold ? 140 : 80,
      FontFile2: addPacked(context, subset.program, { Length1: subset.programLength }),
    }),
  );
  const descendant = context.register(
    context.obj({
      Type: "Font",
      Subtype: "CIDFontType2",
      BaseFont: name,
      CIDSystemInfo: {
        Registry: asciiString("Adobe"),
        Ordering: asciiString("Identity"),
        Supplement: 0,
      },
      FontDescriptor: descriptor,
      CIDToGIDMap: "Identity",
      DW: 0,
      W: new WrittenObject(subset.widths),
    }),
  );
  return context.register(
    context.obj({
      Type: "Font",
      Subtype: "Type0",
      BaseFont: name,
      Encoding: "Identity-H",
      DescendantFonts: [descendant],
      ToUnicode: addPacked(context, subset.toUnicode),
    }),
  );
}

/** Six capital letters made from the glyphs in the subset: the same glyphs give the same tag. */
function subsetTag(glyphs: readonly number[]): string {
  return [...hashBytes(latin(glyphs.join(" "))).slice(0, 6)]
    .map((byte) => String.fromCharCode(65 + (byte % 26)))
    .join("");
}

/** Runs of neighbouring glyphs share one entry: "[3[250 333]17[500]]". */
function widthArray(glyphs: readonly number[], widthOf: (glyph: number) => string): string {
  let out = "[";
  let previous = -2;
  for (const glyph of glyphs) {
    if (glyph === previous + 1) out += ` ${widthOf(glyph)}`;
    else out += `${previous < 0 ? "" : "]"}${glyph}[${widthOf(glyph)}`;
    previous = glyph;
  }
  return `${out}${previous < 0 ? "" : "]"}]`;
}

/** Glyph numbers to text, at most a hundred a block, as the CMap format asks. */
function toUnicode(shown: readonly (readonly [number, number])[]): string {
  const blocks: string[] = [];
  for (let start = 0; start < shown.length; start += 100) {
    const part = shown.slice(start, start + 100);
    const rows = part.map(
      ([glyph, code]) => `<${hex4(glyph)}> <${utf16(String.fromCodePoint(code))}>`,
    );
    blocks.push(`${part.length} beginbfchar\n${rows.join("\n")}\nendbfchar`);
  }
  return [
    "/CIDInit /ProcSet findresource begin",
    "12 dict begin",
    "begincmap",
    "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
    "/CMapName /Adobe-Identity-UCS def",
    "/CMapType 2 def",
    "1 begincodespacerange",
    "<0000> <FFFF>",
    "endcodespacerange",
    ...blocks,
    "endcmap",
    "CMapName currentdict /CMap defineresource pop",
    "end",
    "end",
  ].join("\n");
}

function utf16(character: string): string {
  let out = "";
  for (let index = 0; index < character.length; index++) out += hex4(character.charCodeAt(index));
  return out;
}

function hex4(value: number): string {
  return value.toString(16).toUpperCase().padStart(4, "0");
}
