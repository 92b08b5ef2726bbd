import { Zip, ZipPassThrough, strToU8 } from "fflate";
import { crc32 } from "./crc32.js";
import type { Deflate } from "./deflate.js";

/** Parts of an Office file by their paths. */
export type Parts = ReadonlyMap<string, string | Uint8Array>;

/** A part that is deflated already. */
export interface PackedPart {
  readonly packed: Uint8Array;
  /** Of the bytes before deflation. */
  readonly size: number;
  readonly crc: number;
}

/**
 * Every part carries the oldest time a zip can hold: the same document has the same bytes on every
 * day and in every place.
 */
const EPOCH = "1980-01-01T00:00:00";

/** The zip format's number for deflate. */
const DEFLATED = 8;

/** Deflate one part. */
export function packPart(part: string | Uint8Array, deflate: Deflate): PackedPart {
  const bytes = typeof part === "string" ? strToU8(part) : new Uint8Array(part);
  return { packed: deflate.raw(bytes), size: bytes.length, crc: crc32(bytes) };
}

/**
 * Put deflated parts into a zip, in an order of its own, so that the same parts give the same
 * bytes; `last` in the order given.
 */
export function zipPacked(
  parts: ReadonlyMap<string, PackedPart>,
  last: readonly (readonly [name: string, part: PackedPart])[],
): Uint8Array {
  const chunks: Uint8Array[] = [];
  const archive = new Zip((error, chunk) => {
    if (error) throw error;
    chunks.push(chunk);
  });
  const ordered = [...parts].sort(([a], [b]) => rank(a) - rank(b) || (a < b ? -1 : 1));
  for (const [name, facts] of [...ordered, ...last]) {
    const file = Object.assign(new ZipPassThrough(name), {
      size: facts.size,
      crc: facts.crc,
      compression: DEFLATED,
      mtime: EPOCH,
    });
    archive.add(file);
    file.ondata?.(null, new Uint8Array(facts.packed), true);
  }
  archive.end();
  return joinBytes(chunks);
}

export function joinBytes(chunks: readonly Uint8Array[]): Uint8Array {
  const out = new Uint8Array(chunks.reduce((sum, chunk) => sum + chunk.length, 0));
  let at = 0;
  for (const chunk of chunks) {
    out.set(chunk, at);
    at += chunk.length;
  }
  return out;
}

/** Readers look for the content types and the root relationships first. */
function rank(name: string): number {
  return name === "[Content_Types].xml" ? 0 : name === "_rels/.rels" ? 1 : 2;
}
