import { type PDFContext, PDFArray, PDFDict, PDFName, PDFRawStream, type PDFRef } from "pdf-lib";
import type { Deflate } from "../../base/deflate.js";
import { type PdfPixels, pdfPixels } from "../../pictures/pdf-pixels.js";
import type { Picture } from "../../pictures/picture.js";

/** Pictures that pages show, with the names by which contents call them. */
export class PictureUse {
  readonly #names = new Map<string, string>();

  /** The name of a picture's file in content: "Im1". */
  nameOf(file: string): string {
    const known = this.#names.get(file);
    if (known !== undefined) return known;
    const name = `Im${this.#names.size + 1}`;
    this.#names.set(file, name);
    return name;
  }

  get names(): ReadonlyMap<string, string> {
    return this.#names;
  }
}

/**
 * Write the pictures in use as image objects; gives their dictionary, or null when there are none.
 *
 * Source: ISO 32000-1, 8.9.5; ISO 19005-3, 6.2.8 (no alternates, no interpolation).
 */
export function writePictures(
  context: PDFContext,
  use: PictureUse,
  pictures: ReadonlyMap<string, Picture>,
  deflate: Deflate,
): PDFDict | null {
  if (use.names.size === 0) return null;
  const dict = context.obj({});
  for (const [file, name] of use.names) {
    const picture = pictures.get(file);
    const pixels = picture ? pdfPixels(picture) : null;
    if (!picture || pixels === null) throw new Error(`the picture ${file} was not opened`);
    dict.set(PDFName.of(name), writeImage(context, picture, pixels, deflate));
  }
  return dict;
}

function writeImage(
  context: PDFContext,
  { width, height }: Picture,
  pixels: PdfPixels,
  deflate: Deflate,
): PDFRef {
  const bytes = pixels.kind === "plain" ? deflate.zlib(pixels.bytes) : pixels.bytes;
  const bits = pixels.kind === "filtered" ? pixels.bitDepth : 8;
  const dict = context.obj({
    Type: "XObject",
    Subtype: "Image",
    Width: width,
    Height: height,
    BitsPerComponent: bits,
    Filter: pixels.kind === "jpeg" ? "DCTDecode" : "FlateDecode",
    Length: bytes.length,
  });
  dict.set(PDFName.of("ColorSpace"), colourSpace(context, pixels.colours));
  if (pixels.kind === "filtered")
    dict.set(
      PDFName.of("DecodeParms"),
      context.obj({
        // 15: each row says by which of PNG's filters it was made smaller.
        Predictor: 15,
        Colors: pixels.colours === "rgb" ? 3 : 1,
        BitsPerComponent: bits,
        Columns: width,
      }),
    );
  return context.register(PDFRawStream.of(dict, bytes));
}

function colourSpace(context: PDFContext, colours: PdfPixels["colours"]): PDFName | PDFArray {
  if (colours === "grey") return PDFName.of("DeviceGray");
  if (colours === "rgb") return PDFName.of("DeviceRGB");
  const { palette } = colours;
  const table = context.register(PDFRawStream.of(context.obj({ Length: palette.length }), palette));
  return context.obj([
    PDFName.of("Indexed"),
    PDFName.of("DeviceRGB"),
    palette.length / 3 - 1,
    table,
  ]);
}
