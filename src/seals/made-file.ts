import { pdfSealHolds } from "./seal-pdf.js";
import { inspectPackage } from "./seal-package.js";
import { type SealState, inspectText } from "./seal-text.js";

/** What a file is by its bytes: also, that somebody signed it after it was made. */
export type MadeState = SealState | "signed";

/** Look at a file that stands where another is to be written. A file without bytes is nobody's. */
export function inspectMade(bytes: Uint8Array): MadeState {
  if (bytes.length === 0) return "as-made";
  const head = String.fromCharCode(...bytes.subarray(0, HEAD));
  if (head.includes("%PDF-")) return inspectPdf(bytes);
  if (head.startsWith("PK")) return inspectPackage(bytes);
  return inspectText(new TextDecoder().decode(bytes));
}

/** Bytes within which readers look for a PDF's first words. */
const HEAD = 1024;

/**
 * A PDF that holds a signature or a time stamp says which bytes it covers, outside of any
 * compressed stream; an empty signature field does not.
 * Source: ISO 32000-1, 12.8.1, table 252 (ByteRange).
 */
function inspectPdf(bytes: Uint8Array): MadeState {
  const text = new TextDecoder("latin1").decode(bytes);
  if (text.includes("/ByteRange")) return "signed";
  if (pdfSealHolds(bytes)) return "as-made";
  return text.includes("<pdf:Producer>kehoach<") ? "changed" : "foreign";
}
