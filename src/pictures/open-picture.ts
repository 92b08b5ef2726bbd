import { type Outcome, both, fail, fileError } from "../base/diagnostic.js";
import type { Picture } from "./picture.js";
import { readJpeg } from "./read-jpeg.js";
import { readPng } from "./read-png.js";

/** Limits of picture files: bytes of the file, pixels when it is unpacked. */
const PICTURE_LIMITS = { file: 20_000_000, pixels: 40_000_000 } as const;

/**
 * Open a picture file. The kind is told by its first bytes, never by its name.
 * Errors: neither PNG nor JPEG, damaged, too large, colours that an archival PDF cannot hold
 * (CMYK), turned by its EXIF record (Word, LibreOffice and PDF would show it differently).
 */
export function openPicture(bytes: Uint8Array, file: string): Outcome<Picture> {
  if (bytes.length > PICTURE_LIMITS.file) return fail([tooLarge(file)]);
  const opened = isPng(bytes)
    ? readPng(bytes, file)
    : isJpeg(bytes)
      ? readJpeg(bytes, file)
      : fail([unknownKind(file)]);
  if (!opened.ok) return opened;
  const { width, height } = opened.value;
  return width * height > PICTURE_LIMITS.pixels ? fail([tooLarge(file)]) : opened;
}

/** Source: PNG (ISO/IEC 15948), 5.2. */
const PNG_SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

function isPng(bytes: Uint8Array): boolean {
  return PNG_SIGNATURE.every((byte, index) => bytes[index] === byte);
}

/** Source: ITU-T T.81, B.1.1.3: a stream begins with the marker SOI. */
function isJpeg(bytes: Uint8Array): boolean {
  return bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff;
}

function unknownKind(file: string): ReturnType<typeof fileError> {
  return fileError(
    "picture-kind",
    { file },
    both("tệp không phải ảnh PNG hay JPEG", "the file is neither a PNG nor a JPEG picture"),
    both("lưu ảnh dạng .png hoặc .jpg", "save the picture as .png or .jpg"),
  );
}

function tooLarge(file: string): ReturnType<typeof fileError> {
  return fileError(
    "picture-too-large",
    { file },
    both(
      "ảnh quá lớn: nhiều nhất 20 MB và 40 triệu điểm ảnh",
      "the picture is too large: at most 20 MB and 40 million pixels",
    ),
    both("thu nhỏ ảnh rồi lưu lại", "scale the picture down and save it again"),
  );
}
