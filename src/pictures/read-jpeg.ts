import {
  type LocalizedText,
  type Outcome,
  both,
  fail,
  fileError,
  succeed,
} from "../base/diagnostic.js";
import type { Picture } from "./picture.js";
import type { Code } from "../base/codes.js";

/** What the segments of a JPEG file say. */
interface JpegFacts {
  readonly width: number;
  readonly height: number;
  /** 1 grey, 3 colour, 4 CMYK. */
  readonly components: number;
  readonly precision: number;
  readonly density: number | null;
  /** The EXIF orientation; 1 is upright. */
  readonly orientation: number;
}

/**
 * Read a JPEG file's facts.
 * Errors: damaged, CMYK or more than eight bits a colour (an archival PDF with an sRGB intent
 * cannot hold them as they are: ISO 19005-3, 6.2.4.3), turned by its EXIF record.
 */
export function readJpeg(bytes: Uint8Array, file: string): Outcome<Picture> {
  const refuse = (code: Code, message: LocalizedText): Outcome<never> =>
    fail([fileError(code, { file }, message, SAVE_ANEW)]);
  const facts = readFacts(bytes);
  if (facts === null)
    return refuse(
      "picture-broken",
      both("ảnh JPEG bị hỏng hoặc thiếu", "the JPEG picture is damaged or cut off"),
    );
  const { width, height, density, components, precision, orientation } = facts;
  if (components === 4 || precision !== 8)
    return refuse(
      "picture-colour",
      both(
        "ảnh JPEG dùng màu CMYK hoặc nhiều hơn 8 bit một màu, không lưu trữ được",
        "the JPEG picture has CMYK colours or more than 8 bits a colour, which cannot be archived",
      ),
    );
  if (orientation !== 1)
    return refuse(
      "picture-turned",
      both(
        "ảnh JPEG chỉ xoay đúng chiều nhờ ghi chú EXIF, Word và PDF sẽ hiện khác nhau",
        "the JPEG picture is upright only by its EXIF record; Word and PDF would show it differently",
      ),
    );
  return succeed({ format: "jpeg", width, height, density, bytes });
}

const SAVE_ANEW = both(
  "mở ảnh bằng chương trình xem ảnh, lưu lại dạng .png hoặc .jpg (RGB)",
  "open the picture in a viewer and save it anew as .png or .jpg (RGB)",
);

/** Frame headers: baseline, extended and progressive. Source: ITU-T T.81, table B.1. */
const FRAMES: ReadonlySet<number> = new Set([0xc0, 0xc1, 0xc2]);

/** The facts before the first scan; null when the file is damaged. Source: ITU-T T.81, B.1.1. */
function readFacts(bytes: Uint8Array): JpegFacts | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (!endsInMarker(bytes)) return null;
  let frame: Pick<JpegFacts, "width" | "height" | "components" | "precision"> | null = null;
  let density: number | null = null;
  let orientation = 1;
  for (let at = 2; at + 4 <= bytes.length;) {
    const marker = view.getUint8(at + 1);
    if (view.getUint8(at) !== 0xff) return null;
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    const end = at + 2 + view.getUint16(at + 2);
    if (end > bytes.length || end < at + 4) return null;
    const body = new DataView(bytes.buffer, bytes.byteOffset + at + 4, end - at - 4);
    if (FRAMES.has(marker) && body.byteLength >= 6) frame = frameOf(body);
    if (marker === 0xe0) density = densityOf(body) ?? density;
    if (marker === 0xe1) orientation = orientationOf(body) ?? orientation;
    if (marker === 0xda) break;
    at = end;
  }
  if (frame === null || frame.width === 0 || frame.height === 0) return null;
  return [1, 3, 4].includes(frame.components) ? { ...frame, density, orientation } : null;
}

/** How many colours a JPEG has: 1 (grey) or 3. Only of a file that `readJpeg` accepted. */
export function jpegColours(bytes: Uint8Array): number {
  return readFacts(bytes)?.components ?? 3;
}

/** A file that was cut off lacks the end marker; some cameras write zeros after it. */
function endsInMarker(bytes: Uint8Array): boolean {
  const end = bytes.findLastIndex((byte) => byte !== 0);
  return bytes[end - 1] === 0xff && bytes[end] === 0xd9;
}

function frameOf(body: DataView): Pick<JpegFacts, "width" | "height" | "components" | "precision"> {
  return {
    precision: body.getUint8(0),
    height: body.getUint16(1),
    width: body.getUint16(3),
    components: body.getUint8(5),
  };
}

/** Pixels an inch from a JFIF segment. Source: ITU-T T.871, 10.1. */
function densityOf(body: DataView): number | null {
  if (body.byteLength < 14 || !startsWith(body, "JFIF\0")) return null;
  const [unit, x, y] = [body.getUint8(7), body.getUint16(8), body.getUint16(10)];
  if (x !== y || x === 0) return null;
  return unit === 1 ? x : unit === 2 ? Math.round(x * 2.54) : null;
}

/** The orientation tag (0x0112) of an EXIF segment. Source: TIFF 6.0, section 8. */
function orientationOf(body: DataView): number | null {
  if (body.byteLength < 16 || !startsWith(body, "Exif\0\0")) return null;
  const little = body.getUint16(6) === 0x4949;
  const first = 6 + body.getUint32(10, little);
  if (first + 2 > body.byteLength) return null;
  const count = body.getUint16(first, little);
  for (let entry = first + 2; entry < first + 2 + 12 * count; entry += 12) {
    if (entry + 10 > body.byteLength) return null;
    if (body.getUint16(entry, little) === 0x0112) return body.getUint16(entry + 8, little);
  }
  return null;
}

function startsWith(body: DataView, signature: string): boolean {
  return [...signature].every((letter, index) => body.getUint8(index) === letter.charCodeAt(0));
}
