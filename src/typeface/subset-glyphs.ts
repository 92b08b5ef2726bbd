import type { Face } from "./face.js";

/** Bits of a composite glyph's flags. Source: OpenType specification, table glyf. */
const COMPONENT = {
  wordArguments: 0x0001,
  scale: 0x0008,
  more: 0x0020,
  xyScale: 0x0040,
  twoByTwo: 0x0080,
} as const;

/** Tables a TrueType program needs inside a PDF whose text is written in glyph numbers. */
const KEPT = ["head", "hhea", "maxp", "hmtx", "loca", "glyf"] as const;

/**
 * A TrueType program with the outlines of some glyphs only, under their old numbers: for a PDF. No
 * hinting, no layout tables, no names. Components of composite glyphs come along (all Vietnamese
 * letters are composites). The same glyphs give the same bytes.
 *
 * Errors: throws on a font without TrueType outlines; `openFace` takes no other.
 * Source: OpenType specification, tables head, maxp, loca, glyf; ISO 32000-1, 9.9 (embedded font
 * programs).
 */
export function subsetGlyphs(face: Face, glyphs: Iterable<number>): Uint8Array {
  const tables = tableDirectory(face.bytes);
  const table = (tag: string): DataView => {
    const found = tables.get(tag);
    if (!found) throw new Error(`${face.file} has no table ${tag}`);
    return found;
  };
  const longOffsets = table("head").getInt16(50) === 1;
  const loca = table("loca");
  const glyf = table("glyf");
  const count = table("maxp").getUint16(4);
  const offset = (glyph: number): number =>
    longOffsets ? loca.getUint32(glyph * 4) : loca.getUint16(glyph * 2) * 2;
  const outline = (glyph: number): Uint8Array =>
    new Uint8Array(glyf.buffer, glyf.byteOffset + offset(glyph), offset(glyph + 1) - offset(glyph));

  const wanted = closure([0, ...glyphs], outline);
  const kept = [...wanted].filter((glyph) => glyph < count).sort((a, b) => a - b);
  const outlines = new Uint8Array(
    kept.reduce((sum, glyph) => sum + padded(outline(glyph).length), 0),
  );
  const offsets = new DataView(new ArrayBuffer((count + 1) * 4));
  const widths = new Uint8Array(table("hmtx").byteLength);
  let at = 0;
  let next = 0;
  for (const glyph of kept) {
    for (; next <= glyph; next++) offsets.setUint32(next * 4, at);
    outlines.set(withoutHints(outline(glyph)), at);
    at += padded(outline(glyph).length);
  }
  for (; next <= count; next++) offsets.setUint32(next * 4, at);
  copyWidths(table("hmtx"), widths, table("hhea").getUint16(34), kept);

  const head = copyOf(table("head"));
  new DataView(head.buffer).setUint32(8, 0);
  new DataView(head.buffer).setInt16(50, 1);
  const maxp = copyOf(table("maxp"));
  // No instructions are left, so nothing may be needed for them.
  if (maxp.length >= 32) maxp.fill(0, 14, 28);
  return pack({
    head,
    hhea: copyOf(table("hhea")),
    maxp,
    hmtx: widths,
    loca: new Uint8Array(offsets.buffer),
    glyf: outlines,
  });
}

function tableDirectory(bytes: Uint8Array): Map<string, DataView> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const tables = new Map<string, DataView>();
  for (let index = 0; index < view.getUint16(4); index++) {
    const row = 12 + index * 16;
    const tag = String.fromCharCode(...bytes.subarray(row, row + 4));
    tables.set(
      tag,
      new DataView(
        bytes.buffer,
        bytes.byteOffset + view.getUint32(row + 8),
        view.getUint32(row + 12),
      ),
    );
  }
  return tables;
}

/** Glyphs with all their components, and theirs. */
function closure(glyphs: readonly number[], outline: (glyph: number) => Uint8Array): Set<number> {
  const seen = new Set<number>();
  const waiting = [...glyphs];
  for (let glyph = waiting.pop(); glyph !== undefined; glyph = waiting.pop()) {
    if (seen.has(glyph)) continue;
    seen.add(glyph);
    eachComponent(outline(glyph), (component) => waiting.push(component));
  }
  return seen;
}

/**
 * Call for each component of a composite glyph. Returns the position where the components end; 0
 * for a simple glyph.
 */
function eachComponent(bytes: Uint8Array, found: (glyph: number, flagsAt: number) => void): number {
  if (bytes.length < 10) return 0;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getInt16(0) >= 0) return 0;
  let at = 10;
  for (let more = true; more;) {
    const flags = view.getUint16(at);
    found(view.getUint16(at + 2), at);
    at += 4 + (flags & COMPONENT.wordArguments ? 4 : 2);
    at +=
      flags & COMPONENT.scale
        ? 2
        : flags & COMPONENT.xyScale
          ? 4
          : flags & COMPONENT.twoByTwo
            ? 8
            : 0;
    more = (flags & COMPONENT.more) !== 0;
  }
  return at;
}

/** The outline with its instructions left out. */
function withoutHints(bytes: Uint8Array): Uint8Array {
  const end = eachComponent(bytes, () => undefined);
  if (end > 0) {
    const out = bytes.slice(0, end);
    const view = new DataView(out.buffer);
    eachComponent(bytes, (_glyph, flagsAt) =>
      view.setUint16(flagsAt, view.getUint16(flagsAt) & ~0x0100),
    );
    return out;
  }
  if (bytes.length < 10) return bytes;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const lengthAt = 10 + view.getInt16(0) * 2;
  const instructions = view.getUint16(lengthAt);
  const out = new Uint8Array(bytes.length - instructions);
  out.set(bytes.subarray(0, lengthAt));
  out.set(bytes.subarray(lengthAt + 2 + instructions), lengthAt + 2);
  return out;
}

/** Widths and bearings of the kept glyphs; the others are zero, which packs to nothing. */
function copyWidths(hmtx: DataView, out: Uint8Array, long: number, kept: readonly number[]): void {
  const source = new Uint8Array(hmtx.buffer, hmtx.byteOffset, hmtx.byteLength);
  const copy = (from: number, length: number): void =>
    out.set(source.subarray(from, from + length), from);
  for (const glyph of kept) {
    if (glyph < long) copy(glyph * 4, 4);
    else copy(long * 4 + (glyph - long) * 2, 2);
  }
  // Glyphs past the last long entry take their width from it.
  copy((long - 1) * 4, 4);
}

function padded(length: number): number {
  return (length + 3) & ~3;
}

function copyOf(view: DataView): Uint8Array<ArrayBuffer> {
  return new Uint8Array(new Uint8Array(view.buffer, view.byteOffset, view.byteLength));
}

function pack(tables: Readonly<Record<(typeof KEPT)[number], Uint8Array>>): Uint8Array {
  const tags = [...KEPT].sort();
  const start = 12 + tags.length * 16;
  const out = new Uint8Array(
    start + tags.reduce((sum, tag) => sum + padded(tables[tag].length), 0),
  );
  const view = new DataView(out.buffer);
  const power = Math.floor(Math.log2(tags.length));
  view.setUint32(0, 0x00010000);
  view.setUint16(4, tags.length);
  view.setUint16(6, 2 ** power * 16);
  view.setUint16(8, power);
  view.setUint16(10, tags.length * 16 - 2 ** power * 16);
  let at = start;
  tags.forEach((tag, index) => {
    const bytes = tables[tag];
    const row = 12 + index * 16;
    out.set(
      [...tag].map((letter) => letter.charCodeAt(0)),
      row,
    );
    out.set(bytes, at);
    view.setUint32(row + 4, checksum(view, at, padded(bytes.length)));
    view.setUint32(row + 8, at);
    view.setUint32(row + 12, bytes.length);
    at += padded(bytes.length);
  });
  const head = view.getUint32(12 + tags.indexOf("head") * 16 + 8);
  view.setUint32(head + 8, (0xb1b0afba - checksum(view, 0, out.length)) >>> 0);
  return out;
}

function checksum(view: DataView, from: number, length: number): number {
  let sum = 0;
  for (let at = from; at < from + length; at += 4) sum = (sum + view.getUint32(at)) >>> 0;
  return sum;
}
