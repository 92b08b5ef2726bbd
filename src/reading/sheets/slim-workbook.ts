import { strToU8, zipSync } from "fflate";
import { MAX_UNPACKED } from "../../archives/limits.js";
import { openZip } from "../../archives/zip-archive.js";
import { countCells } from "./count-cells.js";
import { SHEET_LIMITS } from "./limits.js";

/** Parts from which no cell is read: pictures, charts, comments, other workbooks. */
const PASSED_OVER =
  /(?:^|\/)(?:media|embeddings|printersettings|drawings|charts|externallinks|pivot\w*|querytables|tables|comments?\w*|threadedcomments|persons|ctrlprops|activex|customxml|docprops|slicers?|thumbnails|pictures|object\w*|configurations2)\/|worksheets\/_rels\/|^xl\/comments\w*\.xml$/u;

/**
 * A workbook with nothing in it but what cells are read from, packed without compression: what
 * claims to be small and is not is cut off here, before the library sees it. Other files than zips
 * (old .xls) stay as they are.
 */
export function slimWorkbook(bytes: Uint8Array): Uint8Array | "too-large" | "too-many" | "broken" {
  if (bytes[0] !== 0x50 || bytes[1] !== 0x4b) return bytes;
  const zip = openZip(bytes, MAX_UNPACKED);
  if (zip === "broken") return zip;
  const parts: Record<string, Uint8Array> = {};
  let cells = 0;
  for (const name of zip.names) {
    if (PASSED_OVER.test(name)) continue;
    const part = zip.read(name);
    if (part === "too-large") return part;
    // A workbook that is locked has no parts to be read; the library says so.
    if (!(part instanceof Uint8Array)) return part === "locked" ? bytes : "broken";
    const slim = /^xl\/worksheets\/.*\.xml$/u.test(name) ? slimSheet(part) : part;
    cells += countCells(name, slim);
    if (cells > SHEET_LIMITS.cells) return "too-many";
    if (slim.length > SHEET_LIMITS.part) return "too-large";
    parts[zip.written(name)] = slim;
  }
  return zipSync(parts, { level: 0, mtime: "1980-01-01T00:00:00" });
}

/** Bytes of merged areas that are kept: some 20,000 of them. */
const MAX_MERGES = 700_000;

/**
 * A sheet's cells and merged areas; widths, links, rules for looks and input go. A sheet whose
 * names have prefixes stays as it is.
 */
function slimSheet(part: Uint8Array): Uint8Array {
  const root = between(part, "<worksheet", ">");
  const data = between(part, "<sheetData", "</sheetData>");
  if (root === null || data === null) return part;
  const merges = between(part, "<mergeCells", "</mergeCells>");
  const kept = merges !== null && merges.length <= MAX_MERGES ? merges : new Uint8Array();
  const end = strToU8("</worksheet>");
  const out = new Uint8Array(root.length + data.length + kept.length + end.length);
  let at = 0;
  for (const piece of [root, data, kept, end]) {
    out.set(piece, at);
    at += piece.length;
  }
  return out;
}

/** Bytes from the first of one mark to the first of another behind it; null when one is missing. */
function between(part: Uint8Array, open: string, close: string): Uint8Array | null {
  const from = indexOf(part, open, 0);
  const to = from < 0 ? -1 : indexOf(part, close, from);
  return to < 0 ? null : part.subarray(from, to + close.length);
}

function indexOf(part: Uint8Array, mark: string, from: number): number {
  const [first = 0, ...rest] = [...mark].map((sign) => sign.charCodeAt(0));
  for (let at = part.indexOf(first, from); at >= 0; at = part.indexOf(first, at + 1))
    if (rest.every((code, index) => part[at + 1 + index] === code)) return at;
  return -1;
}
