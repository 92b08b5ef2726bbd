import { type Outcome, fail, fileError, succeed } from "../../base/diagnostic.js";
import type { SourceText } from "../source-text.js";
import { assemble, isScanned } from "./assemble.js";
import { isGarbled } from "./garbled.js";
import { PDF_LIMITS } from "./limits.js";
import { measureStreams } from "../../archives/measure-streams.js";
import { type PageContent, readContent } from "./page-content.js";
import { type PdfFile, openPdf } from "./pdf-library.js";
import { REFUSALS, type Refusal } from "./refusals.js";

/**
 * The text of a PDF that has a text layer: paragraphs, tables, footnotes, in reading order.
 * Errors: no PDF or a broken one, locked by a password, pictures of pages only, letters that say
 * nothing, too many pages, streams that unfold without end.
 */
export async function readPdf(bytes: Uint8Array, file: string): Promise<Outcome<SourceText>> {
  const refuse = (refusal: Refusal): Outcome<never> => {
    const { code, message, hint } = REFUSALS[refusal];
    return fail([fileError(code, { file }, message, hint)]);
  };
  if (bytes.length > PDF_LIMITS.bytes) return refuse("tooLarge");
  const streams = measureStreams(bytes);
  if (streams !== "fine") return refuse(streams);
  let pdf: PdfFile | null = null;
  try {
    const opened = await openPdf(bytes);
    if (opened === "locked" || opened === "broken") return refuse(opened);
    pdf = opened;
    if (pdf.pages > PDF_LIMITS.pages) return refuse("tooLong");
    const pages: PageContent[] = [];
    let glyphs = 0;
    for (let number = 1; number <= pdf.pages; number++) {
      const raw = await pdf.page(number);
      if (raw === null) return refuse("tooDense");
      const page = readContent(number, raw);
      glyphs += page.glyphs.length;
      if (glyphs > PDF_LIMITS.glyphs) return refuse("tooLarge");
      pages.push(page);
    }
    if (pages.length === 0) return refuse("broken");
    if (pages.some(isScanned) && pages.every((page) => isScanned(page) || page.glyphs.length === 0))
      return refuse("scanned");
    if (glyphs === 0) return refuse("empty");
    if (isGarbled(pages)) return refuse("garbled");
    return succeed(assemble(pages));
  } catch {
    // pdf.js throws what it will on broken files; whatever it is, the file cannot be read.
    return refuse("broken");
  } finally {
    await pdf?.close().catch(() => undefined);
  }
}
