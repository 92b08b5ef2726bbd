import {
  PDFArray,
  PDFDict,
  PDFDocument,
  PDFHexString,
  PDFName,
  PDFRawStream,
  PDFString,
  decodePDFRawStream,
} from "pdf-lib";
import { MANIFEST_NAME, PLAN_NAME } from "./attachments.js";
import type { CarriedText } from "./source-record.js";

/** Largest attachment that is looked at: a limit against streams that unfold without end. */
const MAX_BYTES = 40_000_000;

const UTF8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/**
 * The source among a PDF's associated files; null when there is none.
 * Errors: throws what pdf-lib throws when the file is damaged or locked.
 */
export async function readPdfSource(bytes: Uint8Array): Promise<CarriedText | null> {
  const pdf = await PDFDocument.load(bytes, { updateMetadata: false, throwOnInvalidObject: true });
  const files = new Map<string, Uint8Array>();
  const associated = pdf.catalog.lookupMaybe(PDFName.of("AF"), PDFArray);
  for (let index = 0; index < (associated?.size() ?? 0); index++) {
    const specification = associated?.lookupMaybe(index, PDFDict);
    const name = specification?.lookup(PDFName.of("UF")) ?? specification?.lookup(PDFName.of("F"));
    const stream = specification?.lookupMaybe(PDFName.of("EF"), PDFDict)?.lookup(PDFName.of("F"));
    if (
      !(name instanceof PDFString || name instanceof PDFHexString) ||
      !(stream instanceof PDFRawStream)
    )
      continue;
    const data = decodePDFRawStream(stream).decode();
    if (data.length <= MAX_BYTES) files.set(name.decodeText(), data);
  }
  const [plan, manifest] = [files.get(PLAN_NAME), files.get(MANIFEST_NAME)];
  if (plan === undefined || manifest === undefined) return null;
  const data = [...files].flatMap(([name, content]) =>
    name === PLAN_NAME || name === MANIFEST_NAME ? [] : [{ name, bytes: content }],
  );
  return { plan: UTF8.decode(plan), manifest: UTF8.decode(manifest), data };
}
