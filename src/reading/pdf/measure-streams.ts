import { Inflate } from "fflate";
import { PDF_LIMITS } from "./limits.js";

/** Flate makes at most this many bytes of one. */
const MOST_FOLD = 1_032;
const PIECE = 65_536;

/**
 * Measure what a PDF's streams unfold to before pdf.js holds all of it in memory at once. Errors: no PDF or one cut short; too large.
 * Small files cannot unfold beyond the limit and are not measured. Pictures are, since a stream may only say that it is one.
 */
export function measureStreams(bytes: Uint8Array): "fine" | "broken" | "tooLarge" {
  if (find(bytes, "%PDF-", 0, 1_024) < 0) return "broken";
  const tail = Math.max(0, bytes.length - 4_096);
  if (find(bytes, "startxref", tail, bytes.length) < 0 && find(bytes, "%%EOF", tail, bytes.length) < 0) return "broken";
  let total = 0;
  if (bytes.length * MOST_FOLD <= PDF_LIMITS.unpacked) return "fine";
  if (find(bytes, "/Encrypt", 0, bytes.length) >= 0 && bytes.length > PDF_LIMITS.encrypted) return "tooLarge";
  for (let at = find(bytes, "stream", 0, bytes.length); at >= 0; at = find(bytes, "stream", at, bytes.length)) {
    at += 6;
    while (bytes[at] === 13 || bytes[at] === 10) at++;
    if (!isFlate(bytes, at)) continue;
    total += unfolded(bytes, at, PDF_LIMITS.unpacked - total);
    if (total > PDF_LIMITS.unpacked) return "tooLarge";
  }
  return "fine";
}

/** A zlib head: method 8, and both bytes together a multiple of 31. */
function isFlate(bytes: Uint8Array, at: number): boolean {
  const [first, second] = [bytes[at], bytes[at + 1]];
  return first !== undefined && second !== undefined && (first & 0x0f) === 8 && ((first << 8) | second) % 31 === 0;
}

function unfolded(bytes: Uint8Array, at: number, limit: number): number {
  let size = 0;
  let ended = false;
  const inflate = new Inflate((piece, final) => {
    size += piece.length;
    ended ||= final;
  });
  try {
    for (let from = at + 2; from < bytes.length && !ended && size <= limit; from += PIECE) inflate.push(bytes.subarray(from, from + PIECE));
  } catch {
    // What does not unfold here does not unfold in pdf.js either; so far it counts.
  }
  return size;
}

function find(bytes: Uint8Array, sign: string, from: number, to: number): number {
  const first = sign.charCodeAt(0);
  for (let at = bytes.indexOf(first, from); at >= 0 && at < to; at = bytes.indexOf(first, at + 1)) {
    let same = 1;
    while (same < sign.length && bytes[at + same] === sign.charCodeAt(same)) same++;
    if (same === sign.length) return at;
  }
  return -1;
}
