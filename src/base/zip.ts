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

/** Pack parts into a zip, in an order of its own, so that the same parts give the same bytes. */
export function zipParts(
  parts: Parts,
  packed: readonly (readonly [name: string, part: PackedPart])[],
  deflate: Deflate,
): Uint8Array {
  const chunks: Uint8Array[] = [];
  const archive = new Zip((error, chunk) => {
    if (error) throw error;
    chunks.push(chunk);
  });
  const add = (name: string, facts: PackedPart): void => {
    const file = Object.assign(new ZipPassThrough(name), {
      size: facts.size,
      crc: facts.crc,
      compression: DEFLATED,
      mtime: EPOCH,
    });
    archive.add(file);
    file.ondata?.(null, new Uint8Array(facts.packed), true);
  };
  for (const name of [...parts.keys()].sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1))) {
    const part = parts.get(name) ?? "";
    const bytes = typeof part === "string" ? strToU8(part) : new Uint8Array(part);
    add(name, { packed: deflate.raw(bytes), size: bytes.length, crc: crc32(bytes) });
  }
  for (const [name, part] of packed) add(name, part);
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
