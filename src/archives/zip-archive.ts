import { Inflate } from "fflate";
import { crc32 } from "../base/crc32.js";

/** Parts of a zip by their names in small letters: names in Office files do not tell case apart. */
export interface ZipArchive {
  readonly names: readonly string[];
  /** What the directory says of each part. */
  readonly entries: readonly ZipEntry[];
  /** A part's name as it is written. */
  written(name: string): string;
  /**
   * The bytes of a part, null when there is none. What is unpacked counts against the limit of the
   * whole archive.
   */
  read(name: string): Uint8Array<ArrayBuffer> | ZipFault | null;
}

/** A part as the directory tells of it. */
interface ZipEntry {
  /** In small letters. */
  readonly name: string;
  readonly crc: number;
  /** Bytes when unpacked. */
  readonly size: number;
}

type ZipFault = "broken" | "locked" | "too-large";

interface Entry {
  readonly written: string;
  readonly flags: number;
  readonly method: number;
  readonly crc: number;
  readonly packed: number;
  readonly size: number;
  readonly offset: number;
}

const END = 0x06054b50;
const END_64_LOCATOR = 0x07064b50;
const END_64 = 0x06064b50;
const ENTRY = 0x02014b50;
const LOCAL = 0x04034b50;
const END_LENGTH = 22;
const ENTRY_LENGTH = 46;
const LOCAL_LENGTH = 30;
/** What stands in fields of 16 and 32 bits whose values are told elsewhere, in fields of 64. */
const ELSEWHERE = 0xffffffff;
const MAX_COMMENT = 65_535;
/**
 * So little is unpacked at a time that even the densest archive is seen to be too large before it
 * fills the memory.
 */
const STEP = 16_384;

/**
 * Open a zip without unpacking anything. fflate's own opener believes the sizes an archive claims
 * and does not compare checksums; here every part is counted while it is unpacked, and must have
 * the size and checksum it is said to have: a digit that was damaged is not read as another.
 */
export function openZip(bytes: Uint8Array, limit: number): ZipArchive | "broken" {
  try {
    const entries = readDirectory(new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength));
    let left = limit;
    return {
      names: [...entries.keys()],
      entries: [...entries].map(([name, { crc, size }]) => ({ name, crc, size })),
      written: (name) => entries.get(name.toLowerCase())?.written ?? name,
      read: (name) => {
        const entry = entries.get(name.toLowerCase());
        if (entry === undefined) return null;
        const part = unpack(bytes, entry, left);
        if (typeof part !== "string") left -= part.length;
        return part;
      },
    };
  } catch {
    // Reading outside the bytes: the directory points where nothing is.
    return "broken";
  }
}

function readDirectory(view: DataView): Map<string, Entry> {
  let end = view.byteLength - END_LENGTH;
  const first = Math.max(0, end - MAX_COMMENT);
  while (view.getUint32(end, true) !== END) if (--end < first) throw new RangeError("no directory");
  let [count, at] = [view.getUint16(end + 10, true), view.getUint32(end + 16, true)];
  const locator = end - 20;
  if (locator >= 0 && view.getUint32(locator, true) === END_64_LOCATOR) {
    const end64 = readLong(view, locator + 8);
    if (view.getUint32(end64, true) === END_64)
      [count, at] = [readLong(view, end64 + 32), readLong(view, end64 + 48)];
  }
  const entries = new Map<string, Entry>();
  const names = new TextDecoder();
  for (; count > 0; count--) {
    if (view.getUint32(at, true) !== ENTRY) throw new RangeError("no entry");
    const [nameLength, extraLength, noteLength] = [
      view.getUint16(at + 28, true),
      view.getUint16(at + 30, true),
      view.getUint16(at + 32, true),
    ];
    const name = names.decode(
      new Uint8Array(view.buffer, view.byteOffset + at + ENTRY_LENGTH, nameLength),
    );
    const [size, packed, offset] = readSizes(view, at, at + ENTRY_LENGTH + nameLength, extraLength);
    const written = name.replaceAll("\\", "/").replace(/^\//u, "");
    const entry = {
      written,
      flags: view.getUint16(at + 8, true),
      method: view.getUint16(at + 10, true),
      crc: view.getUint32(at + 16, true),
      packed,
      size,
      offset,
    };
    // Some programs of Windows write the paths with backslashes.
    entries.set(written.toLowerCase(), entry);
    at += ENTRY_LENGTH + nameLength + extraLength + noteLength;
  }
  return entries;
}

/**
 * Size, packed size and place of an entry; those that do not fit stand in an extra field, in this
 * order.
 */
function readSizes(
  view: DataView,
  entry: number,
  extra: number,
  extraLength: number,
): readonly [size: number, packed: number, offset: number] {
  const short = [
    view.getUint32(entry + 24, true),
    view.getUint32(entry + 20, true),
    view.getUint32(entry + 42, true),
  ] as const;
  for (let at = extra; at + 4 <= extra + extraLength; at += 4 + view.getUint16(at + 2, true)) {
    if (view.getUint16(at, true) !== 1) continue;
    let next = at + 4;
    const long = (value: number): number =>
      value === ELSEWHERE ? readLong(view, (next += 8) - 8) : value;
    return [long(short[0]), long(short[1]), long(short[2])];
  }
  return short;
}

function readLong(view: DataView, at: number): number {
  return view.getUint32(at, true) + view.getUint32(at + 4, true) * 0x100000000;
}

function unpack(
  bytes: Uint8Array,
  entry: Entry,
  limit: number,
): Uint8Array<ArrayBuffer> | ZipFault {
  if ((entry.flags & 1) !== 0) return "locked";
  if (entry.size > limit) return "too-large";
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (entry.offset + LOCAL_LENGTH > bytes.length || view.getUint32(entry.offset, true) !== LOCAL)
    return "broken";
  const start =
    entry.offset +
    LOCAL_LENGTH +
    view.getUint16(entry.offset + 26, true) +
    view.getUint16(entry.offset + 28, true);
  const packed = bytes.subarray(start, start + entry.packed);
  if (packed.length !== entry.packed) return "broken";
  const part =
    entry.method === 0
      ? new Uint8Array(packed)
      : entry.method === 8
        ? inflate(packed, entry.size)
        : null;
  return part === null || part.length !== entry.size || crc32(part) >>> 0 !== entry.crc
    ? "broken"
    : part;
}

/** Null when the data is damaged. Unpacking ends soon after there is more than was promised. */
function inflate(packed: Uint8Array, size: number): Uint8Array<ArrayBuffer> | null {
  const out = new Uint8Array(size);
  let found = 0;
  const stream = new Inflate((chunk) => {
    if (found + chunk.length <= size) out.set(chunk, found);
    found += chunk.length;
  });
  try {
    for (let at = 0; at < packed.length && found <= size; at += STEP)
      stream.push(packed.subarray(at, at + STEP), at + STEP >= packed.length);
  } catch {
    return null;
  }
  return found === size ? out : null;
}
