import {
  PDFContext,
  type PDFDict,
  PDFHexString,
  PDFName,
  PDFRawStream,
  type PDFRef,
} from "pdf-lib";
import type { Deflate } from "../../base/deflate.js";
import type { Attachment } from "../../carried/attachments.js";
import { UNSEALED, sealPdf } from "../../seals/seal-pdf.js";
import { ptFromTwips } from "../../base/units.js";
import type { PagedDocument } from "../../layout/pages/page.js";
import type { Picture } from "../../pictures/picture.js";
import { attachFiles } from "./attach-files.js";
import { writeContent } from "./content.js";
import { writeFields } from "./fields.js";
import { FontUse, writeFonts } from "./fonts.js";
import { addPacked, asciiString, textString } from "./objects.js";
import { xmpPacket } from "./metadata.js";
import { writeOutline } from "./outline.js";
import { PictureUse, writePictures } from "./pictures.js";
import { serialize } from "./serialize.js";
import { srgbProfile } from "./srgb-profile.js";
import type { PdfStandard } from "./standard.js";
import { writeStructure } from "./structure.js";

/** How a PDF is written. */
export interface PdfOptions {
  readonly deflate: Deflate;
  readonly standards: readonly PdfStandard[];
  /** Only a PDF/A-3 or a PDF of no standard may carry files. */
  readonly attachments: readonly Attachment[];
  /** Pictures by the names the pages give them. */
  readonly pictures: ReadonlyMap<string, Picture>;
}

/** Made with; the same in Info and XMP. */
const PRODUCER = "kehoach";

/**
 * Write pages as PDF 1.7: tagged, fonts embedded as subsets, text extractable, bookmarks, title and
 * language, made to the standards asked for. pdf-lib is used for its objects only. The same pages
 * give the same bytes.
 */
export function writePdf(document: PagedDocument, options: PdfOptions): Uint8Array {
  const { deflate, standards, attachments, pictures } = options;
  const context = PDFContext.create();
  const treeRef = context.nextRef();
  const catalog = context.obj({ Type: "Catalog", Pages: treeRef });
  context.trailerInfo.Root = context.register(catalog);
  const fonts = new FontUse();
  const used = new PictureUse();
  const contents = document.pages.map((page) => writeContent(page, fonts, used));
  const fontDict = writeFonts(context, fonts, deflate);
  const images = writePictures(context, used, pictures, deflate);
  const resources = context.register(
    context.obj(images === null ? { Font: fontDict } : { Font: fontDict, XObject: images }),
  );
  const packed = contents.map(({ operators }) => deflate.zlib(operators));
  const pages = document.pages.map((page, index) =>
    context.register(
      context.obj({
        Type: "Page",
        Parent: treeRef,
        MediaBox: [0, 0, ptFromTwips(page.width), ptFromTwips(page.height)],
        Resources: resources,
        Contents: addPacked(context, packed[index] ?? new Uint8Array()),
        StructParents: index,
        Tabs: "S",
      }),
    ),
  );
  context.assign(treeRef, context.obj({ Type: "Pages", Kids: pages, Count: pages.length }));
  const fields = writeFields(context, catalog, document, pages, pages.length);
  const structure = writeStructure(context, {
    document,
    pages,
    contents: contents.map(({ elements }) => elements),
    fields,
  });
  const outline = writeOutline(context, document, pages);
  describe(catalog, document, structure, outline);
  writeMetadata(catalog, document, standards);
  if (standards.includes("a-3a") || standards.includes("a-2a")) writeIntent(catalog, deflate);
  if (attachments.length > 0) attachFiles(context, catalog, attachments, deflate);
  writeIdentity(context, document);
  return sealPdf(serialize(context, deflate));
}

/** Entries of the catalog about the document as a whole. */
function describe(
  catalog: PDFDict,
  document: PagedDocument,
  structure: PDFRef,
  outline: PDFRef | null,
): void {
  const { context } = catalog;
  catalog.set(PDFName.of("StructTreeRoot"), structure);
  catalog.set(PDFName.of("MarkInfo"), context.obj({ Marked: true }));
  catalog.set(PDFName.of("Lang"), asciiString(document.language));
  catalog.set(PDFName.of("ViewerPreferences"), context.obj({ DisplayDocTitle: true }));
  if (!outline) return;
  catalog.set(PDFName.of("Outlines"), outline);
  catalog.set(PDFName.of("PageMode"), PDFName.of("UseOutlines"));
}

function writeMetadata(
  catalog: PDFDict,
  { title, language }: PagedDocument,
  standards: readonly PdfStandard[],
): void {
  const { context } = catalog;
  const packet = xmpPacket({ title, language, producer: PRODUCER }, standards);
  const bytes = new TextEncoder().encode(packet);
  // Archives must be able to read the metadata without unpacking it.
  const stream = PDFRawStream.of(
    context.obj({ Type: "Metadata", Subtype: "XML", Length: bytes.length }),
    bytes,
  );
  catalog.set(PDFName.of("Metadata"), context.register(stream));
}

/** The colours that an archived document is meant for. */
function writeIntent(catalog: PDFDict, deflate: Deflate): void {
  const { context } = catalog;
  catalog.set(
    PDFName.of("OutputIntents"),
    context.obj([
      {
        Type: "OutputIntent",
        S: "GTS_PDFA1",
        OutputConditionIdentifier: asciiString("sRGB"),
        Info: asciiString("sRGB"),
        DestOutputProfile: addPacked(context, packedProfile(deflate), { N: 3 }),
      },
    ]),
  );
}

/** Title, producer, and the place of the identifier that the sealed file gets. */
function writeIdentity(context: PDFContext, { title }: PagedDocument): void {
  context.trailerInfo.Info = context.register(
    context.obj({
      Title: textString(title),
      Creator: asciiString(PRODUCER),
      Producer: asciiString(PRODUCER),
    }),
  );
  const id = PDFHexString.of(UNSEALED);
  context.trailerInfo.ID = context.obj([id, id]);
}

const profiles = new WeakMap<Deflate, Uint8Array>();

/** The colour profile is the same in every file. */
function packedProfile(deflate: Deflate): Uint8Array {
  const packed = profiles.get(deflate) ?? deflate.zlibTight(srgbProfile());
  profiles.set(deflate, packed);
  return packed;
}
