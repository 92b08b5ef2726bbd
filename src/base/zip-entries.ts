import { inflateSync, strFromU8 } from "fflate";
import { DEFLATED } from "./zip.js";

/** A part as the list at the end of a zip tells of it. */
export interface ZipEntry {
  readonly name: string;
  readonly crc: number;
  /** Bytes when unpacked, as the list says. */
  readonly size: number;
  readonly packedSize: number;
  /** 0: stored, 8: deflated. */
  readonly method: number;
  /** Where its local header begins. */
  readonly at: number;
}

/**
 * The parts of a zip, by the list at its end; null when there is no such list.
 * Source: APPNOTE.TXT of PKWARE, 4.3.12 (central directory), 4.3.16 (its end).
 */
export function listEntries(bytes: Uint8Array): readonly ZipEntry[] | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = findEnd(view);
  if (end < 0) return null;
  const count = view.getUint16(end + 10, LITTLE);
  let at = view.getUint32(end + 16, LITTLE);
  const entries: ZipEntry[] = [];
  for (let index = 0; index < count; index++) {
    if (at + ENTRY > view.byteLength || view.getUint32(at, LITTLE) !== ENTRY_MARK) return null;
    const [name, extra, comment] = [28, 30, 32].map((place) => view.getUint16(at + place, LITTLE));
    if (name === undefined || extra === undefined || comment === undefined) return null;
    entries.push({
      name: strFromU8(bytes.subarray(at + ENTRY, at + ENTRY + name)),
      crc: view.getUint32(at + 16, LITTLE),
      size: view.getUint32(at + 24, LITTLE),
      packedSize: view.getUint32(at + 20, LITTLE),
      method: view.getUint16(at + 10, LITTLE),
      at: view.getUint32(at + 42, LITTLE),
    });
    at += ENTRY + name + extra + comment;
  }
  return entries;
}

/**
 * A part's bytes, no more than its entry says it has; null when they cannot be unpacked.
 */
export function readEntry(bytes: Uint8Array, entry: ZipEntry): Uint8Array | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (entry.at + LOCAL > view.byteLength) return null;
  const name = view.getUint16(entry.at + 26, LITTLE);
  const extra = view.getUint16(entry.at + 28, LITTLE);
  const from = entry.at + LOCAL + name + extra;
  const packed = bytes.subarray(from, from + entry.packedSize);
  if (entry.method === 0) return packed;
  if (entry.method !== DEFLATED) return null;
  try {
    return inflateSync(packed, { out: new Uint8Array(entry.size) });
  } catch {
    return null;
  }
}

const LITTLE = true;
const ENTRY_MARK = 0x02014b50;
const END_MARK = 0x06054b50;
/** Fixed lengths: of an entry in the list, of the list's end, of a part's own header. */
const ENTRY = 46;
const END = 22;
const LOCAL = 30;

function findEnd(view: DataView): number {
  const first = Math.max(0, view.byteLength - END - 0xffff);
  for (let at = view.byteLength - END; at >= first; at--)
    if (view.getUint32(at, LITTLE) === END_MARK) return at;
  return -1;
}
