import { type PDFContext, type PDFDict, PDFName, PDFRawStream, type PDFRef } from "pdf-lib";
import { type Pt, type Twip, ptFromTwips } from "../../base/units.js";
import type { FieldItem, PagedDocument } from "../../layout/pages/page.js";
import { asciiString, textString } from "./objects.js";

/** A signature field on its page, and the structure element it belongs to. */
export interface WrittenField {
  readonly page: number;
  readonly ref: PDFRef;
  readonly element: number;
}

/**
 * Write the document's empty signature fields: widgets that print nothing, for a signing program to
 * fill. Returns them with their pages, for the structure tree; `firstKey` is the first free key of
 * its parent tree.
 *
 * Source: ISO 32000-1, 12.7.4.5 (signature fields); ISO 19005-3, 6.3.3 (every widget has an
 * appearance); ISO 14289-1, 7.18.
 */
export function writeFields(
  context: PDFContext,
  catalog: PDFDict,
  document: PagedDocument,
  pages: readonly PDFRef[],
  firstKey: number,
): WrittenField[] {
  const fields: WrittenField[] = [];
  document.pages.forEach((page, index) => {
    const pageRef = pages[index];
    if (!pageRef) return;
    const widgets: PDFRef[] = [];
    for (const item of page.items) {
      if (item.kind !== "field") continue;
      const key = firstKey + fields.length;
      const ref = writeWidget(context, item, { height: page.height, ref: pageRef, key });
      widgets.push(ref);
      fields.push({ page: index, ref, element: item.element });
    }
    if (widgets.length > 0)
      (context.lookup(pageRef) as PDFDict).set(PDFName.of("Annots"), context.obj(widgets));
  });
  if (fields.length > 0)
    catalog.set(PDFName.of("AcroForm"), context.obj({ Fields: fields.map(({ ref }) => ref) }));
  return fields;
}

function writeWidget(
  context: PDFContext,
  item: FieldItem,
  page: { readonly height: Twip; readonly ref: PDFRef; readonly key: number },
): PDFRef {
  const x = points(item.x);
  const y = points(page.height - item.y - item.height);
  const width = points(item.width);
  const height = points(item.height);
  const nothing = PDFRawStream.of(
    context.obj({ Type: "XObject", Subtype: "Form", BBox: [0, 0, width, height], Length: 0 }),
    new Uint8Array(),
  );
  return context.register(
    context.obj({
      Type: "Annot",
      Subtype: "Widget",
      FT: "Sig",
      T: asciiString(item.name),
      TU: textString(item.description),
      Contents: textString(item.description),
      Rect: [x, y, x + width, y + height],
      P: page.ref,
      F: 4,
      AP: { N: context.register(nothing) },
      StructParent: page.key,
    }),
  );
}

/** Points to a hundredth. */
function points(twips: Twip): Pt {
  return Math.round(ptFromTwips(twips) * 100) / 100;
}
