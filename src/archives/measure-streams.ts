import { FlateErrorCode, Inflate } from "fflate";
import { MAX_UNPACKED } from "./limits.js";

/** Flate makes at most this many bytes of one. */
const MAX_FOLD = 1_032;
/** Bytes of an encrypted file: its streams cannot be measured before they are read. */
const MAX_ENCRYPTED = 4_000_000;
const PIECE = 4_096;

/**
 * Measure what a PDF's streams unfold to before pdf.js holds all of it in memory at once. Errors:
 * no PDF or one cut short; too large; a page with more drawing than a document has.
 */
export function measureStreams(bytes: Uint8Array): "fine" | "broken" | "tooLarge" | "tooDense" {
  if (find(bytes, "%PDF-", 0, 1_024) < 0) return "broken";
  const tail = Math.max(0, bytes.length - 4_096);
  if (
    find(bytes, "startxref", tail, bytes.length) < 0 &&
    find(bytes, "%%EOF", tail, bytes.length) < 0
  )
    return "broken";
  const encrypted = find(bytes, "/Encrypt", 0, bytes.length) >= 0;
  // Of an encrypted file nothing can be measured but how much there is.
  if (encrypted) return bytes.length > MAX_ENCRYPTED ? "tooLarge" : "fine";
  let total = 0;
  for (
    let at = find(bytes, "stream", 0, bytes.length);
    at >= 0;
    at = find(bytes, "stream", at, bytes.length)
  ) {
    const dictionary = dictionaryBefore(bytes, at);
    at += "stream".length;
    while (bytes[at] === 13 || bytes[at] === 10) at++;
    const mark = find(bytes, END, at, bytes.length);
    const end = mark < 0 ? bytes.length : mark;
    const size = unfolded({ bytes, at, end, dictionary });
    // Pictures are not unpacked; but a stream may only say that it is one.
    if (size > MAX_UNPACKED) return "tooLarge";
    if (!/\/Subtype\s*\/Image\b/u.test(dictionary)) total += size;
    if (size > MAX_DRAWN && !NOT_DRAWN.test(dictionary)) return "tooDense";
    if (total > MAX_UNPACKED) return "tooLarge";
    at = Math.min(bytes.length, end + END.length);
  }
  return "fine";
}

/** Bytes of what is drawn on one page: a page of text has some 20 kB, a map a few MB. */
const MAX_DRAWN = 8_000_000;
/** Streams that are no drawing: pictures, fonts, files inside, lists of objects. */
const NOT_DRAWN =
  /\/Subtype\s*\/(?:Image|XML|Type1C|CIDFontType0C|OpenType)\b|\/Length1\b|\/Type\s*\/(?:EmbeddedFile|ObjStm|XRef|Metadata)\b|\/Params\b|\/N\s+[134]\b/u;

const END = "endstream";

interface Stream {
  readonly bytes: Uint8Array;
  readonly at: number;
  /** Where its end is marked. The mark may also stand inside it. */
  readonly end: number;
  readonly dictionary: string;
}

/** Packing by repeats, which is not measured here, makes at most this many bytes of one. */
const LZW_FOLD = 2_700;
/** How much other filters make of one byte, at most, by their long and short names. */
const FOLDS: readonly (readonly [RegExp, number])[] = [
  [/\/(?:LZWDecode|LZW)\b/gu, LZW_FOLD],
  [/\/(?:RunLengthDecode|RL)\b/gu, 64],
  [/\/(?:ASCIIHexDecode|AHx)\b/gu, 1],
];
/** Letters for bytes, as some programs write every stream. */
const ASCII85 = /\/(?:ASCII85Decode|A85)\b/gu;

/**
 * What a stream unfolds to: an upper bound where that is small or the filters are old ones,
 * measured otherwise.
 */
function unfolded({ bytes, at, end, dictionary }: Stream): number {
  const count = (filter: RegExp): number => dictionary.match(filter)?.length ?? 0;
  const told = Number(/\/Length\s+(\d+)\b(?!\s+\d+\s+R\b)/u.exec(dictionary)?.[1] ?? 0);
  const length = Math.min(bytes.length, Math.max(end, at + told)) - at;
  // Filters that are named elsewhere in the file may be any.
  if (/\/Filter\s+\d+\s+\d+\s+R\b/u.test(dictionary))
    return LZW_FOLD * inflatedSize(bytes, at, length, MAX_LAYERS);
  const flates = count(/\/(?:FlateDecode|Fl)\b/gu);
  const layers = Math.max(1, flates);
  const others = FOLDS.filter(([filter]) => count(filter) > 0);
  if (others.length > 0)
    return (
      length *
      others.reduce((fold, [filter, times]) => fold * times ** count(filter), MAX_FOLD ** flates)
    );
  let packed: Uint8Array | null = bytes.subarray(at, at + length);
  const letters = count(ASCII85);
  for (let layer = 0; layer < letters && packed !== null; layer++) packed = fromAscii85(packed);
  if (packed === null) return Infinity;
  if (letters > 0) return inflatedSize(packed, 0, packed.length, layers);
  return flates === 1 && told > 0 && length * MAX_FOLD <= SMALL
    ? length
    : inflatedSize(bytes, at, length, layers);
}

/**
 * Five letters for four bytes; "z" for four zeros. Null when that is too much. Source: PDF
 * 32000-1:2008, 7.4.3.
 */
function fromAscii85(letters: Uint8Array): Uint8Array | null {
  const most =
    letters.length + letters.reduce((zeros, letter) => zeros + (letter === 0x7a ? 3 : 0), 4);
  if (most > MAX_UNPACKED) return null;
  const view = new DataView(new ArrayBuffer(most));
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
  return new Uint8Array(view.buffer, 0, size);
}

/** What a stream of this size can become at most needs no measuring. */
const SMALL = 20_000_000;
/** Streams packed several times over: more than this is no document. */
const MAX_LAYERS = 4;

/**
 * Unfold piece by piece and count, in little memory, as many layers as there are. What is not
 * packed is as large as it is. Where packed bytes do not end with the stream, the mark of its end
 * stood inside them: it goes on to a later one.
 */
function inflatedSize(bytes: Uint8Array, at: number, length: number, layers: number): number {
  if (!isFlate(bytes, at)) return length;
  if (layers > MAX_LAYERS) return Infinity;
  const { size, ended } = inflate(bytes.subarray(at, at + length), layers);
  if (ended || size > MAX_UNPACKED || at + length >= bytes.length) return Math.max(length, size);
  const next = find(bytes, END, Math.min(bytes.length, at + 2 * length + END.length), bytes.length);
  return inflatedSize(bytes, at, (next < 0 ? bytes.length : next) - at, layers);
}

/** Takes bytes of a layer, and whether more of them follow. */
type TakeBytes = (bytes: Uint8Array, position: "more-follow" | "last") => void;

function inflate(
  packed: Uint8Array,
  layers: number,
): { readonly size: number; readonly ended: boolean } {
  let most = 0;
  /** Takes the bytes of one layer; those of the last one are only counted. */
  const layerAt = (left: number): TakeBytes => {
    let [size, silent] = [0, 0];
    let below: TakeBytes | null = left > 0 ? layerAt(left - 1) : null;
    const unpack = new Inflate((more) => {
      if (more.length > 0) silent = 0;
      below?.(more, "more-follow");
    });
    return (bytes, position) => {
      size += bytes.length;
      most = Math.max(most, size);
      if (most > MAX_UNPACKED) throw new RangeError("too large");
      if (size === bytes.length && !isFlate(bytes, 0)) below = null;
      for (
        let from = size === bytes.length ? 2 : 0;
        below !== null && from < bytes.length;
        from += PIECE
      ) {
        // Bytes that unfold to nothing hide what comes behind them.
        if ((silent += PIECE) > MAX_SILENT) most = Infinity;
        const isLast = position === "last" && from + PIECE >= bytes.length;
        unpack.push(bytes.subarray(from, from + PIECE), isLast);
      }
    };
  };
  try {
    layerAt(layers)(packed, "last");
    return { size: most, ended: true };
  } catch (error) {
    // Too large, cut short, or what does not unfold here and does not in pdf.js either; so far it
    // counts.
    return {
      size: most,
      ended: (error as { readonly code?: number }).code !== FlateErrorCode.UnexpectedEOF,
    };
  }
}

/** Packed bytes in a row that may unfold to nothing. */
const MAX_SILENT = 65_536;

/**
 * The text of a stream's dictionary, as far as it can be told: back to the beginning of the object.
 * Letters of names may be written as numbers ("#41").
 */
function dictionaryBefore(bytes: Uint8Array, at: number): string {
  const text = String.fromCharCode(...bytes.subarray(Math.max(0, at - MAX_DICTIONARY), at));
  return text
    .slice(Math.max(0, text.lastIndexOf(" obj")))
    .replace(/#([0-9a-f]{2})/giu, (_whole, code: string) =>
      String.fromCharCode(parseInt(code, 16)),
    );
}

/** Longest dictionary of a stream. */
const MAX_DICTIONARY = 16_384;

/** A zlib head: method 8, and both bytes together a multiple of 31. */
function isFlate(bytes: Uint8Array, at: number): boolean {
  const [first, second] = [bytes[at], bytes[at + 1]];
  return (
    first !== undefined &&
    second !== undefined &&
    (first & 0x0f) === 8 &&
    ((first << 8) | second) % 31 === 0
  );
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
