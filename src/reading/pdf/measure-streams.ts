import { Inflate } from "fflate";
import { PDF_LIMITS } from "./limits.js";

/** Flate makes at most this many bytes of one. */
const MOST_FOLD = 1_032;
const PIECE = 4_096;

/**
 * Measure what a PDF's streams unfold to before pdf.js holds all of it in memory at once. Errors: no PDF or one cut short; too large.
 */
export function measureStreams(bytes: Uint8Array): "fine" | "broken" | "tooLarge" {
  if (find(bytes, "%PDF-", 0, 1_024) < 0) return "broken";
  const tail = Math.max(0, bytes.length - 4_096);
  if (find(bytes, "startxref", tail, bytes.length) < 0 && find(bytes, "%%EOF", tail, bytes.length) < 0) return "broken";
  const encrypted = find(bytes, "/Encrypt", 0, bytes.length) >= 0;
  // Of an encrypted file nothing can be measured but how much there is.
  if (encrypted) return bytes.length > PDF_LIMITS.encrypted ? "tooLarge" : "fine";
  let total = 0;
  for (let at = find(bytes, "stream", 0, bytes.length); at >= 0; at = find(bytes, "stream", at, bytes.length)) {
    const dictionary = dictionaryBefore(bytes, at);
    at += 6;
    while (bytes[at] === 13 || bytes[at] === 10) at++;
    const end = find(bytes, "endstream", at, bytes.length);
    const length = (end < 0 ? bytes.length : end) - at;
    const size = unfolded({ bytes, at, length, dictionary });
    // Pictures are not unpacked; but a stream may only say that it is one.
    if (size > PDF_LIMITS.unpacked) return "tooLarge";
    if (!/\/Subtype\s*\/Image\b/u.test(dictionary)) total += size;
    if (total > PDF_LIMITS.unpacked) return "tooLarge";
    at += Math.max(0, length);
  }
  return "fine";
}

interface Stream {
  readonly bytes: Uint8Array;
  readonly at: number;
  readonly length: number;
  readonly dictionary: string;
}

/** How much other filters make of one byte, at most, by their long and short names. */
const FOLDS: readonly (readonly [RegExp, number])[] = [[/\/(?:LZWDecode|LZW)\b/gu, 2_700], [/\/(?:RunLengthDecode|RL)\b/gu, 64], [/\/(?:ASCIIHexDecode|AHx)\b/gu, 1]];
/** Letters for bytes, as some programs write every stream. */
const ASCII85 = /\/(?:ASCII85Decode|A85)\b/u;

/** What a stream unfolds to: an upper bound where that is small or the filters are old ones, measured otherwise. */
function unfolded({ bytes, at, length, dictionary }: Stream): number {
  let fold = 1;
  let others = 0;
  for (const [filter, times] of FOLDS) {
    const count = dictionary.match(filter)?.length ?? 0;
    fold *= times ** count;
    others += count;
  }
  const flates = dictionary.match(/\/(?:FlateDecode|Fl)\b/gu)?.length ?? 0;
  if (others > 0) return length * fold * MOST_FOLD ** flates;
  if (ASCII85.test(dictionary)) {
    const packed = fromAscii85(bytes.subarray(at, at + length));
    return isFlate(packed, 0) ? inflatedSize(packed, 0, packed.length) : packed.length;
  }
  if (!isFlate(bytes, at)) return length;
  return flates < 2 && /\/Filter\s*[[/]/u.test(dictionary) && length * MOST_FOLD <= SMALL ? length : inflatedSize(bytes, at, length);
}

/** Five letters for four bytes; "z" for four zeros. Too much of it comes back as it is. Source: PDF 32000-1:2008, 7.4.3. */
function fromAscii85(letters: Uint8Array): Uint8Array {
  const zeros = letters.reduce((count, letter) => count + (letter === 0x7a ? 1 : 0), 0);
  if (letters.length + 3 * zeros > PDF_LIMITS.unpacked) return new Uint8Array(letters.length + 3 * zeros);
  const out = new Uint8Array(letters.length + 3 * zeros + 4);
  const view = new DataView(out.buffer);
  let [value, count, size] = [0, 0, 0];
  for (const letter of letters) {
    if (letter === 0x7e) break;
    if (letter === 0x7a && count === 0) size += 4;
    if (letter < 0x21 || letter > 0x75) continue;
    value = value * 85 + (letter - 0x21);
    if (++count < 5) continue;
    view.setUint32(size, value);
    size += 4;
    [value, count] = [0, 0];
  }
  if (count > 1) {
    view.setUint32(size, value * 85 ** (5 - count) + 85 ** (5 - count) - 1);
    size += count - 1;
  }
  return out.subarray(0, size);
}

/** What a stream of this size can become at most needs no measuring. */
const SMALL = 20_000_000;
/** Streams packed several times over: more than this is no document. */
const MOST_LAYERS = 4;

/** Unfold piece by piece and count, in little memory; what comes out packed again is unfolded in turn. */
function inflatedSize(bytes: Uint8Array, at: number, length: number): number {
  let most = length;
  const layerAt = (depth: number): ((piece: Uint8Array) => void) => {
    let [size, inflate, below]: [number, Inflate | null, ((piece: Uint8Array) => void) | null] = [0, null, null];
    return (piece) => {
      size += piece.length;
      most = Math.max(most, size);
      if (size > PDF_LIMITS.unpacked) throw new RangeError("too large");
      let from = 0;
      if (size === piece.length && depth < MOST_LAYERS && isFlate(piece, 0)) {
        below = layerAt(depth + 1);
        inflate = new Inflate((more) => {
          if (more.length > 0) below?.(more);
        });
        from = 2;
      }
      for (; inflate !== null && from < piece.length; from += PIECE) inflate.push(piece.subarray(from, from + PIECE));
    };
  };
  try {
    layerAt(0)(bytes.subarray(at, at + length));
  } catch {
    // Too large, or what does not unfold here and does not in pdf.js either; so far it counts.
  }
  return most;
}

/** The text of a stream's dictionary, as far as it can be told: back to the beginning of the object. */
function dictionaryBefore(bytes: Uint8Array, at: number): string {
  const text = String.fromCharCode(...bytes.subarray(Math.max(0, at - 1_024), at));
  return text.slice(Math.max(0, text.lastIndexOf(" obj")));
}

/** A zlib head: method 8, and both bytes together a multiple of 31. */
function isFlate(bytes: Uint8Array, at: number): boolean {
  const [first, second] = [bytes[at], bytes[at + 1]];
  return first !== undefined && second !== undefined && (first & 0x0f) === 8 && ((first << 8) | second) % 31 === 0;
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
