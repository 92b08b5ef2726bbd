import { deflateSync, zlibSync } from "fflate";

/**
 * Compression as the World brings it: `raw` for zip archives, `zlib` for PDF streams. The same
 * bytes always pack to the same bytes.
 */
export interface Deflate {
  raw(bytes: Uint8Array): Uint8Array;
  zlib(bytes: Uint8Array): Uint8Array;
  /** As tight as can be, for what is packed once and written many times. */
  zlibTight(bytes: Uint8Array): Uint8Array;
}

/** Compression in plain JavaScript, for a world without a native one: a browser. */
export const portableDeflate: Deflate = {
  raw: (bytes) => deflateSync(new Uint8Array(bytes), { level: 6 }),
  zlib: (bytes) => zlibSync(new Uint8Array(bytes), { level: 6 }),
  zlibTight: (bytes) => zlibSync(new Uint8Array(bytes), { level: 9 }),
};
