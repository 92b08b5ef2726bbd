import { type Outcome, both, fail, fileError } from "../base/diagnostic.js";
import type { SourceText } from "./source-text.js";

/**
 * Read an existing document, whatever its kind: the bytes tell, not the name. Errors: as of the
 * reader of its kind.
 */
export async function readDocument(bytes: Uint8Array, file: string): Promise<Outcome<SourceText>> {
  // Each reader is loaded only for its own files: a PDF's is large.
  if (PDF.test(latin(bytes.subarray(0, 1024))))
    return (await import("./pdf/read-pdf.js")).readPdf(bytes, file);
  if (ZIP.test(latin(bytes.subarray(0, 4))) || OLE.test(latin(bytes.subarray(0, 8))))
    return (await import("./docx/read-docx.js")).readDocx(bytes, file);
  if (/\.pdf$/iu.test(file) && bytes.length > 0)
    return (await import("./pdf/read-pdf.js")).readPdf(bytes, file);
  if (/\.docx?$/iu.test(file) && bytes.length > 0)
    return (await import("./docx/read-docx.js")).readDocx(bytes, file);
  const open = latin(bytes.subarray(0, 1024));
  const other = OTHERS.find(([pattern]) => pattern.test(open));
  if (other)
    return fail([
      fileError(
        "file-other-kind",
        { file },
        both(
          `đây là tệp ${other[1]}, không phải văn bản thường`,
          `this is ${other[1]}, not plain text`,
        ),
        both(
          "mở bằng Word hay LibreOffice rồi lưu lại dạng .docx",
          "open it in Word or LibreOffice and save it as .docx",
        ),
      ),
    ]);
  return (await import("./text/read-text.js")).readText(bytes, file);
}

/** The first letters of files, byte for byte. A PDF may have something before them. */
const PDF = /%PDF-/u;
const ZIP = /^PK[\u0003\u0005]/u;
const OLE = /^\u00d0\u00cf\u0011\u00e0/u;

/**
 * Texts that are written for programs: read as they are, their signs would become words of a plan.
 */
const OTHERS: readonly (readonly [RegExp, string])[] = [
  [/^\s*\{\\rtf/u, "RTF"],
  [/^(?:\u00ef\u00bb\u00bf)?\s*<(?:!doctype html|html|head|body)\b/iu, "HTML"],
  [/^(?:\u00ef\u00bb\u00bf)?\s*<\?xml/u, "XML"],
];

function latin(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes);
}
