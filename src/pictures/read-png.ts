import { crc32 } from "../base/crc32.js";
import { type Outcome, both, fail, fileError, succeed } from "../base/diagnostic.js";
import type { Picture } from "./picture.js";

/** Size and kind of a PNG's pixels. */
interface PngHeader {
  readonly width: number;
  readonly height: number;
  readonly bitDepth: number;
  readonly colourType: number;
  readonly interlaced: boolean;
}

/** What the chunks of a PNG file say. Source: ISO/IEC 15948, 11. */
export interface PngParts extends PngHeader {
  /** Red, green and blue of each colour of a palette. */
  readonly palette: Uint8Array | null;
  /** A transparent colour, or the opacity of palette colours. */
  readonly transparency: Uint8Array | null;
  readonly density: number | null;
  /** The compressed pixels, as the IDAT chunks have them. */
  readonly data: readonly Uint8Array[];
}

/** Colour types, and the bit depths each may have. Source: ISO/IEC 15948, table 11.1. */
const BIT_DEPTHS: Readonly<Record<number, readonly number[]>> = {
  0: [1, 2, 4, 8, 16],
  2: [8, 16],
  3: [1, 2, 4, 8],
  4: [8, 16],
  6: [8, 16],
};

/** Read a PNG file's facts. Errors: chunks that are cut off or damaged (their checksum says so). */
export function readPng(bytes: Uint8Array, file: string): Outcome<Picture> {
  const parts = readPngParts(bytes);
  if (parts === null)
    return fail([
      fileError(
        "picture-broken",
        { file },
        both("ảnh PNG bị hỏng hoặc thiếu", "the PNG picture is damaged or cut off"),
        both("chép lại tệp, hoặc mở ảnh rồi lưu lại", "copy the file again, or save it anew"),
      ),
    ]);
  const { width, height, density } = parts;
  if (
    mustBeDecoded(parts) &&
    (parts.bitDepth < 8 ? parts.interlaced : width * height > MAX_DECODED)
  )
    return fail([
      fileError(
        "picture-colour",
        { file },
        both(
          "ảnh PNG có nền trong suốt hoặc xen kẽ dòng, quá lớn hoặc quá ít màu để giải mã",
          "the PNG picture is transparent or interlaced, and too large or of too few colours to decode",
        ),
        both("lưu lại ảnh trên nền trắng, không xen kẽ dòng", "save it on white, not interlaced"),
      ),
    ]);
  return succeed({ format: "png", width, height, density, bytes });
}

/** The parts of a PNG file; null when it is damaged. */
export function readPngParts(bytes: Uint8Array): PngParts | null {
  const chunks = readChunks(bytes);
  const header = chunks === null ? null : readHeader(chunks);
  if (chunks === null || header === null) return null;
  const bodyOf = (type: string): Uint8Array | null =>
    chunks.find((chunk) => chunk.type === type)?.body ?? null;
  const data = chunks.filter(({ type }) => type === "IDAT").map(({ body }) => body);
  const palette = bodyOf("PLTE");
  const coloured = header.colourType !== 3 || (palette !== null && palette.length % 3 === 0);
  if (!coloured || data.length === 0) return null;
  const density = densityOf(bodyOf("pHYs"));
  return { ...header, palette, transparency: bodyOf("tRNS"), density, data };
}

/** Size and kind of the pixels. Source: ISO/IEC 15948, 11.2.2. */
function readHeader([header]: readonly Chunk[]): PngHeader | null {
  if (header?.type !== "IHDR" || header.body.length !== 13) return null;
  const view = viewOf(header.body);
  const [width, height, interlace] = [view.getUint32(0), view.getUint32(4), view.getUint8(12)];
  const [bitDepth, colourType] = [view.getUint8(8), view.getUint8(9)];
  const known = BIT_DEPTHS[colourType]?.includes(bitDepth) ?? false;
  if (width === 0 || height === 0 || !known || interlace > 1) return null;
  return { width, height, bitDepth, colourType, interlaced: interlace === 1 };
}

/** Pixels of a picture that has to be decoded: in memory it takes some ten bytes a pixel. */
const MAX_DECODED = 16_000_000;

/** Transparent and interlaced pixels cannot go into a PDF as the file has them. */
export function mustBeDecoded({ transparency, colourType, interlaced }: PngParts): boolean {
  return transparency !== null || colourType >= 4 || interlaced;
}

interface Chunk {
  readonly type: string;
  readonly body: Uint8Array;
}

/** All chunks up to IEND; null when one is cut off or its checksum is wrong. */
function readChunks(bytes: Uint8Array): readonly Chunk[] | null {
  const view = viewOf(bytes);
  const chunks: Chunk[] = [];
  for (let at = 8; at + 12 <= bytes.length;) {
    const length = view.getUint32(at);
    const end = at + 8 + length;
    if (end + 4 > bytes.length) return null;
    if (crc32(bytes.subarray(at + 4, end)) >>> 0 !== view.getUint32(end)) return null;
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    if (type === "IEND") return chunks;
    chunks.push({ type, body: bytes.subarray(at + 8, end) });
    at = end + 4;
  }
  return null;
}

/** Pixels an inch from a pHYs chunk, which counts pixels a metre. */
function densityOf(chunk: Uint8Array | null): number | null {
  if (chunk?.length !== 9) return null;
  const view = viewOf(chunk);
  const [x, y, unit] = [view.getUint32(0), view.getUint32(4), view.getUint8(8)];
  return unit === 1 && x === y && x > 0 ? Math.round(x * 0.0254) : null;
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
