import { hashBytes, printHash } from "../base/sha256.js";

/** Hexadecimal digits of a seal: those of a SHA-256. */
const DIGITS = 64;

/** What a PDF's identifier is until the file is sealed. */
export const UNSEALED = "0".repeat(DIGITS);

/** Both identifiers of a file, in the trailer or the dictionary of the cross-references. */
const IDENTIFIERS = /\/ID\s*\[\s*<([0-9a-f]{64})>\s*<([0-9a-f]{64})>\s*\]/u;

/**
 * Seal a PDF that was written with the identifiers `UNSEALED`: they become the hash of all other
 * bytes of the file. Changes the bytes in place.
 * Source: ISO 32000-1, 14.4 (file identifiers are best made from the file's contents).
 */
export function sealPdf(bytes: Uint8Array): Uint8Array {
  const places = identifiers(bytes);
  if (places === null) throw new Error("a PDF without identifiers cannot be sealed");
  const seal = new TextEncoder().encode(printHash(hashBytes(bytes)));
  for (const { at } of places) bytes.set(seal, at);
  return bytes;
}

/** Whether a PDF bears a seal of ours and nothing of it was changed since. */
export function pdfSealHolds(bytes: Uint8Array): boolean {
  const places = identifiers(bytes);
  const [first, second] = places ?? [];
  if (first === undefined || second === undefined || first.text !== second.text) return false;
  const unsealed = bytes.slice();
  const blank = new TextEncoder().encode(UNSEALED);
  for (const { at } of [first, second]) unsealed.set(blank, at);
  return printHash(hashBytes(unsealed)) === first.text;
}

/** Where the identifiers stand that the end of the file leads to. */
function identifiers(
  bytes: Uint8Array,
): readonly { readonly at: number; readonly text: string }[] | null {
  const end = latin(bytes.subarray(-END));
  const start = Number(/startxref\s+(\d+)\s+%%EOF\s*$/u.exec(end)?.[1] ?? NaN);
  if (!(start < bytes.length)) return null;
  const dictionary = latin(bytes.subarray(start, start + DICTIONARY));
  const found = IDENTIFIERS.exec(dictionary);
  if (found === null) return null;
  const [whole, first = "", second = ""] = found;
  const from = start + found.index;
  return [
    { at: from + whole.indexOf(first), text: first },
    { at: from + whole.lastIndexOf(second), text: second },
  ];
}

/** Bytes at the end of a file that hold the place of its cross-references. */
const END = 64;
/** Bytes within which the dictionary of our cross-references stands. */
const DICTIONARY = 1024;

function latin(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes);
}
