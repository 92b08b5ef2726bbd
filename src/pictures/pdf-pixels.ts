import { decode } from "fast-png";
import type { Picture } from "./picture.js";
import { jpegColours } from "./read-jpeg.js";
import { type PngParts, mustBeDecoded, readPngParts } from "./read-png.js";

/** A picture's pixels as a PDF holds them. Source: ISO 32000-1, 8.9.5. */
export type PdfPixels =
  | {
      readonly kind: "jpeg";
      readonly colours: "grey" | "rgb";
      readonly bytes: Uint8Array;
    }
  | {
      /** Rows with a PNG filter each, compressed as the file has them. */
      readonly kind: "filtered";
      readonly colours: "grey" | "rgb" | { readonly palette: Uint8Array };
      readonly bitDepth: number;
      readonly bytes: Uint8Array;
    }
  | {
      /** Plain rows, not compressed yet. */
      readonly kind: "plain";
      readonly colours: "grey" | "rgb";
      readonly bytes: Uint8Array;
    };

/**
 * The pixels of a picture for a PDF. A JPEG goes in as it is. So do the compressed rows of a PNG
 * whose pixels are opaque and not interlaced. Other PNGs are decoded, and transparent pixels are
 * laid on white, the colour of the paper, so that no reader has to blend anything.
 * Errors: null when the compressed rows are damaged.
 */
export function pdfPixels({ format, bytes }: Picture): PdfPixels | null {
  if (format === "jpeg")
    return { kind: "jpeg", colours: jpegColours(bytes) === 1 ? "grey" : "rgb", bytes };
  const parts = readPngParts(bytes);
  if (parts === null) return null;
  return mustBeDecoded(parts) ? decodedRows(bytes) : filteredRows(parts);
}

function filteredRows({ colourType, bitDepth, palette, data }: PngParts): PdfPixels {
  const bytes = concat(data);
  if (colourType === 3 && palette !== null)
    return { kind: "filtered", colours: { palette }, bitDepth, bytes };
  return { kind: "filtered", colours: colourType === 0 ? "grey" : "rgb", bitDepth, bytes };
}

function decodedRows(bytes: Uint8Array): PdfPixels | null {
  try {
    const image = decode(bytes);
    const colours = image.palette === undefined && image.channels <= 2 ? 1 : 3;
    const rows = new Uint8Array(image.width * image.height * colours);
    const sampleAt = samplerOf(image);
    for (let pixel = 0; pixel < image.width * image.height; pixel++) {
      const { colour, opacity } = sampleAt(pixel);
      for (let index = 0; index < colours; index++)
        rows[pixel * colours + index] = Math.round(
          (colour[index] ?? 0) * opacity + 255 * (1 - opacity),
        );
    }
    return { kind: "plain", colours: colours === 1 ? "grey" : "rgb", bytes: rows };
  } catch {
    return null;
  }
}

/** A pixel: its colour as values from 0 to 255, its opacity from 0 to 1. */
interface Sample {
  readonly colour: ArrayLike<number>;
  readonly opacity: number;
}

type Decoded = ReturnType<typeof decode>;

function samplerOf(image: Decoded): (pixel: number) => Sample {
  const { palette } = image;
  if (palette !== undefined)
    return (pixel) => {
      const colour = palette[valueAt(image, pixel)] ?? [0, 0, 0];
      return { colour, opacity: (colour[3] ?? 255) / 255 };
    };
  const { channels, transparency } = image;
  const colours = channels <= 2 ? 1 : 3;
  const whole = 2 ** image.depth - 1;
  return (pixel) => {
    const values = Array.from({ length: channels }, (_, index) =>
      valueAt(image, pixel * channels + index),
    );
    const hidden =
      transparency !== undefined &&
      transparency.length === colours &&
      values.every((value, index) => value === transparency[index]);
    const opacity = channels > colours ? (values[colours] ?? 0) / whole : hidden ? 0 : 1;
    return { colour: values.map((value) => (value * 255) / whole), opacity };
  };
}

/** One value of a decoded picture; values of less than eight bits are packed, row by row. */
function valueAt({ data, depth, width, channels }: Decoded, index: number): number {
  if (depth >= 8) return data[index] ?? 0;
  const [row, column] = [Math.floor(index / (width * channels)), index % (width * channels)];
  const rowBytes = Math.ceil((width * channels * depth) / 8);
  const byte = data[row * rowBytes + Math.floor((column * depth) / 8)] ?? 0;
  return (byte >> (8 - depth - ((column * depth) % 8))) & (2 ** depth - 1);
}

function concat(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
