import { type PDFContext, PDFName, type PDFRef } from "pdf-lib";
import type { Deflate } from "../../base/deflate.js";
import { hashBytes } from "../../base/sha256.js";
import type { Face } from "../../typeface/face.js";
import { subsetGlyphs } from "../../typeface/subset-glyphs.js";
import { WrittenObject, addPacked, asciiString, latin, num } from "./objects.js";

/** The glyphs of one face that a document shows, and what each says. */
export class UsedFace {
  /** Code point said by each glyph number. */
  readonly #codes = new Map<number, number>();

  constructor(
    readonly face: Face,
    /** "F1": its name in content streams. */
    readonly name: string,
  ) {}

  note(glyph: number, code: number): void {
    if (!this.#codes.has(glyph)) this.#codes.set(glyph, code);
  }

  /** Glyphs in order, with what they say. */
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
 * Write the faces: subset TrueType programs under their own glyph numbers, so that content could be written before the subset was
 * made. Gives the font dictionary of the pages.
 */
export function writeFonts(context: PDFContext, use: FontUse, deflate: Deflate): PDFRef {
  const fonts = context.obj({});
  for (const used of use.all) fonts.set(PDFName.of(used.name), writeFont(context, used, deflate));
  return context.register(fonts);
}

function writeFont(context: PDFContext, used: UsedFace, deflate: Deflate): PDFRef {
  const { face } = used;
  const shown = used.shown();
  const glyphs = shown.map(([glyph]) => glyph);
  const widths = new Map(shown.map(([glyph, code]) => [glyph, face.glyph(code)?.advance ?? 0]));
  const program = subsetGlyphs(face, glyphs);
  const name = PDFName.of(`${subsetTag(glyphs)}+${face.postscriptName}`);
  const scale = 1000 / face.unitsPerEm;
  const italic = face.italicAngle !== 0;
  const descriptor = context.register(context.obj({
    Type: "FontDescriptor",
    FontName: name,
    // Serif, non-symbolic; italic where it is.
    Flags: 2 | 32 | (italic ? 64 : 0),
    FontBBox: face.bbox.map((edge) => Math.round(edge * scale)),
    ItalicAngle: face.italicAngle,
    Ascent: Math.round(face.ascent * scale),
    Descent: Math.round(face.descent * scale),
    CapHeight: Math.round(face.capHeight * scale),
    StemV: face.bold ? 140 : 80,
    FontFile2: addPacked(context, deflate.zlib(program), { Length1: program.length }),
  }));
  const descendant = context.register(context.obj({
    Type: "Font",
    Subtype: "CIDFontType2",
    BaseFont: name,
    CIDSystemInfo: { Registry: asciiString("Adobe"), Ordering: asciiString("Identity"), Supplement: 0 },
    FontDescriptor: descriptor,
    CIDToGIDMap: "Identity",
    DW: 0,
    W: new WrittenObject(widthArray(glyphs, (glyph) => num((widths.get(glyph) ?? 0) * scale))),
  }));
  return context.register(context.obj({
    Type: "Font",
    Subtype: "Type0",
    BaseFont: name,
    Encoding: "Identity-H",
    DescendantFonts: [descendant],
    ToUnicode: addPacked(context, deflate.zlib(latin(toUnicode(shown)))),
  }));
}

/** Six capital letters made from the glyphs in the subset: the same glyphs give the same tag. */
function subsetTag(glyphs: readonly number[]): string {
  return [...hashBytes(latin(glyphs.join(" "))).slice(0, 6)].map((byte) => String.fromCharCode(65 + (byte % 26))).join("");
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
    const rows = part.map(([glyph, code]) => `<${hex4(glyph)}> <${utf16(String.fromCodePoint(code))}>`);
    blocks.push(`${part.length} beginbfchar\n${rows.join("\n")}\nendbfchar`);
  }
  return `/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n${blocks.join("\n")}\nendcmap\nCMapName currentdict /CMap defineresource pop\nend\nend`;
}

function utf16(sign: string): string {
  let out = "";
  for (let index = 0; index < sign.length; index++) out += hex4(sign.charCodeAt(index));
  return out;
}

function hex4(value: number): string {
  return value.toString(16).toUpperCase().padStart(4, "0");
}
