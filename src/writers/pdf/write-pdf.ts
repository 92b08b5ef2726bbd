import { PDFArray, PDFDocument, PDFHexString, PDFName, PDFNumber, type PDFRef } from "pdf-lib";
import { hashBytes, printHash } from "../../base/sha256.js";
import { ptFromTwips } from "../../base/units.js";
import type { PagedDocument } from "../../layout/pages/page.js";
import type { Subsetter } from "../../typeface/subset.js";
import { writeContent } from "./content.js";
import { FontUse, writeFonts } from "./fonts.js";
import { addPacked, asciiString, latin, packStream, textString } from "./objects.js";
import { writeOutline } from "./outline.js";
import { writeStructure } from "./structure.js";

/**
 * Write pages as PDF 1.7: tagged, fonts embedded as subsets, text extractable, bookmarks, title and language. pdf-lib is used for its
 * objects only. The same pages give the same bytes.
 */
export async function writePdf(document: PagedDocument, subsetter: Subsetter): Promise<Uint8Array> {
  const pdf = await PDFDocument.create({ updateMetadata: false });
  const { context, catalog } = pdf;
  const fonts = new FontUse();
  const contents = document.pages.map((page) => writeContent(page, fonts));
  const fontDict = writeFonts(context, fonts, subsetter);
  const resources = context.register(context.obj({ Font: fontDict }));

  const packed = contents.map(({ operators }) => packStream(operators));
  const pages: PDFRef[] = [];
  const tree = catalog.Pages();
  const treeRef = catalog.get(PDFName.of("Pages")) as PDFRef;
  document.pages.forEach((page, index) => {
    pages.push(context.register(context.obj({
      Type: "Page",
      Parent: treeRef,
      MediaBox: [0, 0, ptFromTwips(page.width), ptFromTwips(page.height)],
      Resources: resources,
      Contents: addPacked(context, packed[index] ?? new Uint8Array()),
      StructParents: index,
      Tabs: "S",
    })));
  });
  const kids = PDFArray.withContext(context);
  pages.forEach((page) => kids.push(page));
  tree.set(PDFName.of("Kids"), kids);
  tree.set(PDFName.of("Count"), PDFNumber.of(pages.length));

  const structure = writeStructure(context, document, pages, contents.map(({ elements }) => elements));
  const outline = writeOutline(context, document, pages);
  catalog.set(PDFName.of("StructTreeRoot"), structure);
  catalog.set(PDFName.of("MarkInfo"), context.obj({ Marked: true }));
  catalog.set(PDFName.of("Lang"), asciiString(document.language));
  catalog.set(PDFName.of("ViewerPreferences"), context.obj({ DisplayDocTitle: true }));
  if (outline) {
    catalog.set(PDFName.of("Outlines"), outline);
    catalog.set(PDFName.of("PageMode"), PDFName.of("UseOutlines"));
  }
  context.trailerInfo.Info = context.register(context.obj({ Title: textString(document.title), Creator: asciiString("kehoach"), Producer: asciiString("kehoach") }));
  const id = PDFHexString.of(documentId(packed));
  context.trailerInfo.ID = context.obj([id, id]);
  return pdf.save({ objectsPerTick: Infinity, addDefaultPage: false, updateFieldAppearances: false });
}

/** An identifier made from what the pages show. */
function documentId(contents: readonly Uint8Array[]): string {
  return printHash(hashBytes(latin(contents.map((content) => printHash(hashBytes(content))).join("")))).slice(0, 32);
}
