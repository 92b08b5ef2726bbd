import * as fontkit from "fontkit";
import { readFileSync } from "node:fs";
import {
  PDFDocument,
  type PDFFont,
  PDFName,
  type PDFPage,
  beginText,
  degrees,
  endText,
  moveText,
  setFontAndSize,
  showText,
} from "pdf-lib";

/** Text drawn at a place: points from the upper left corner, `y` the baseline. */
export interface DrawnText {
  readonly x: number;
  readonly y: number;
  readonly text: string;
  readonly size?: number;
  readonly face?: "regular" | "bold" | "italic";
  /** Letters one by one, each so much further than it need be. */
  readonly apart?: number;
  readonly turn?: number;
}

export interface DrawnPage {
  readonly texts?: readonly DrawnText[];
  /** Lines, from and to. */
  readonly rules?: readonly (readonly [x0: number, y0: number, x1: number, y1: number])[];
  readonly size?: readonly [number, number];
  /** The page is turned when it is shown. */
  readonly rotate?: number;
  readonly picture?: boolean;
  /** Lines of small type in the appearance of a signature field. */
  readonly field?: readonly string[];
}

const A4 = [595.3, 841.9] as const;

/** A PDF as programs write it that know nothing of documents: words at places, no tags. */
export async function drawPdf(pages: readonly DrawnPage[]): Promise<Uint8Array> {
  const pdf = await PDFDocument.create({ updateMetadata: false });
  // pdf-lib wants the fontkit it was written for; to embed whole fonts this one does as well.
  pdf.registerFontkit(fontkit as unknown as Parameters<typeof pdf.registerFontkit>[0]);
  const fonts = new Map<string, PDFFont>();
  for (const face of new Set(
    pages.flatMap(({ texts = [] }) => texts.map((text) => text.face ?? "regular")),
  )) {
    fonts.set(
      face,
      await pdf.embedFont(
        readFileSync(`fonts/LiberationSerif-${face[0]?.toUpperCase()}${face.slice(1)}.ttf`),
        { subset: false },
      ),
    );
  }
  const picture = pages.some((page) => page.picture) ? await pdf.embedPng(PIXEL) : null;
  for (const {
    texts = [],
    rules = [],
    size = A4,
    rotate = 0,
    picture: scanned = false,
    field,
  } of pages) {
    const page = pdf.addPage([size[0], size[1]]);
    page.setRotation(degrees(rotate));
    if (scanned && picture)
      page.drawImage(picture, { x: 0, y: 0, width: size[0], height: size[1] });
    for (const text of texts) drawText(page, text, fonts, size[1]);
    if (field)
      addField(
        page,
        field,
        await pdf.embedFont(readFileSync("fonts/LiberationSerif-Regular.ttf"), { subset: false }),
      );
    for (const [x0, y0, x1, y1] of rules)
      page.drawLine({
        start: { x: x0, y: size[1] - y0 },
        end: { x: x1, y: size[1] - y1 },
        thickness: 0.5,
      });
  }
  return pdf.save({ useObjectStreams: false });
}

function drawText(
  page: PDFPage,
  { x, y, text, size = 14, face = "regular", apart, turn = 0 }: DrawnText,
  fonts: ReadonlyMap<string, PDFFont>,
  height: number,
): void {
  const font = fonts.get(face);
  if (!font) throw new Error(`no font ${face}`);
  if (apart === undefined) {
    page.drawText(text, { x, y: height - y, size, font, rotate: degrees(turn) });
    return;
  }
  let at = x;
  for (const letter of text) {
    if (letter !== " ") page.drawText(letter, { x: at, y: height - y, size, font });
    at += font.widthOfTextAtSize(letter, size) + apart;
  }
}

/** A signature field in the upper right corner, as signing programs draw it. */
function addField(page: PDFPage, lines: readonly string[], font: PDFFont): void {
  const { context } = page.doc;
  const steps = lines.flatMap((line, index) => [
    beginText(),
    setFontAndSize("F", 8),
    moveText(4, lines.length * 10 - index * 10),
    showText(font.encodeText(line)),
    endText(),
  ]);
  const look = context.register(
    context.formXObject(steps, {
      BBox: context.obj([0, 0, 180, 60]),
      Resources: context.obj({ Font: { F: font.ref } }),
    }),
  );
  const widget = context.obj({
    Type: "Annot",
    Subtype: "Widget",
    FT: "Sig",
    F: 4,
    Rect: [400, 760, 580, 820],
    AP: { N: look },
  });
  page.node.set(PDFName.of("Annots"), context.obj([context.register(widget)]));
}

/**
 * Text broken into lines of a width, as a word processor would, first line indented. Gives the
 * lines and the next baseline.
 */
export async function wrapText(
  text: string,
  {
    left,
    right,
    y,
    size,
    indent,
    leading,
  }: {
    readonly left: number;
    readonly right: number;
    readonly y: number;
    readonly size: number;
    readonly indent: number;
    readonly leading: number;
  },
): Promise<{ readonly texts: DrawnText[]; readonly y: number }> {
  const font = fontkit.create(readFileSync("fonts/LiberationSerif-Regular.ttf"));
  if (!("layout" in font)) throw new Error("a collection of fonts");
  const widthOf = (words: string): number =>
    [...words].reduce(
      (sum, sign) =>
        sum +
        (font.glyphForCodePoint(sign.codePointAt(0) ?? 32).advanceWidth * size) / font.unitsPerEm,
      0,
    );
  const texts: DrawnText[] = [];
  let [line, x, at] = ["", left + indent, y];
  for (const word of text.split(" ")) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (x + widthOf(longer) <= right || line === "") {
      line = longer;
      continue;
    }
    texts.push({ x, y: at, text: line, size });
    [line, x, at] = [word, left, at + leading];
  }
  texts.push({ x, y: at, text: line, size });
  return { texts, y: at + leading };
}

/** One grey point. */
const PIXEL =
  "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==";
