import {
  type Outcome,
  type LocalizedText,
  both,
  fail,
  fileError,
  succeed,
} from "../../base/diagnostic.js";
import type { Notice } from "../source-text.js";
import { convertLegacy, detectLegacy } from "../../knowledge/legacy-fonts.js";
import { withoutStrayMarks } from "../../base/text.js";
import { withoutSeal } from "../../seals/seal-text.js";
import { isSyllable } from "../../knowledge/syllables.js";
import type { Code } from "../../base/codes.js";

/** A plan of a hundred pages is 0.5 MB. */
const MAX_BYTES = 20_000_000;

/**
 * Text of a file: NFC, lines end in "\n", every kind of blank is a blank, nothing invisible inside.
 * Pages still end in form feeds.
 */
export interface DecodedText {
  readonly text: string;
  readonly notices: readonly Notice[];
}

/**
 * What a file's bytes say in letters, whatever they were written in. Errors: too long, nothing in
 * it, no text.
 */
export function decodeText(bytes: Uint8Array, file: string): Outcome<DecodedText> {
  const refuse = (code: Code, message: LocalizedText, hint: LocalizedText): Outcome<never> =>
    fail([fileError(code, { file }, message, hint)]);
  if (bytes.length > MAX_BYTES)
    return refuse(
      "file-too-long",
      both("tệp lớn hơn 20 MB", "the file is longer than 20 MB"),
      both(
        "một kế hoạch dạng chữ không lớn như vậy; kiểm tra lại tệp",
        "no plan is that long as text; check the file",
      ),
    );
  const read = readLetters(bytes);
  if (read === null)
    return refuse(
      "file-not-text",
      both("tệp không phải văn bản dạng chữ", "the file is not text"),
      both(
        "nếu là Word hoặc PDF, giữ đúng đuôi .docx, .pdf; nếu là ảnh chụp, cần nhận dạng chữ trước",
        "a Word or PDF file must keep its .docx or .pdf name; a scanned picture needs text " +
          "recognition first",
      ),
    );
  const composed = read.text.normalize("NFC");
  const clean = cleanBlanks(withoutSeal(composed));
  const text = withoutStrayMarks(clean);
  if (text.trim() === "")
    return refuse(
      "file-empty",
      both("tệp không có chữ nào", "the file has no words"),
      both("kiểm tra xem đã chọn đúng tệp chưa", "check that it is the right file"),
    );
  const message =
    read.message ??
    (composed !== read.text
      ? both(
          "chữ và dấu ghi rời nhau trong tệp đã được ghép lại",
          "letters and marks, apart in the file, were composed",
        )
      : null);
  return succeed({
    text,
    notices: [
      ...(message === null ? [] : [{ code: "text-converted", at: TOP, message }]),
      ...(text === clean ? [] : [strayMarks(clean)]),
    ],
  });
}

const TOP = { page: null, line: 1 } as const;

function strayMarks(text: string): Notice {
  const before = text.slice(0, text.search(/[\u0300-\u036f\ud800-\udfff]/u));
  return {
    code: "stray-marks",
    at: { page: null, line: before.split("\n").length },
    message: both(
      `đã bỏ ${text.length - withoutStrayMarks(text).length} dấu rời không đi với chữ nào`,
      `${text.length - withoutStrayMarks(text).length} marks that belong to no letter were left out`,
    ),
  };
}

interface Letters {
  readonly text: string;
  /** What was converted; null for Unicode as it should be. */
  readonly message: LocalizedText | null;
}

function readLetters(bytes: Uint8Array): Letters | null {
  const utf16 =
    bytes[0] === 0xff && bytes[1] === 0xfe
      ? "utf-16le"
      : bytes[0] === 0xfe && bytes[1] === 0xff
        ? "utf-16be"
        : null;
  if (utf16 !== null) return whenText({ text: decode(bytes, utf16), message: null });
  if (bytes.subarray(0, 2000).includes(0)) return null;
  try {
    return whenText(fromOldLetters(new TextDecoder("utf-8", { fatal: true }).decode(bytes)));
  } catch {
    return whenText(fromBytes(bytes));
  }
}

/** Unicode text whose letters are codes of an old font, pasted without it. */
function fromOldLetters(text: string): Letters {
  const encoding = detectLegacy(text);
  return encoding === null
    ? { text, message: null }
    : { text: convertLegacy(text, encoding), message: converted(ENCODING_NAMES[encoding]) };
}

/**
 * UTF-8 with some bytes lost, or one of the encodings of one byte a letter: that in which most
 * words are spelt right.
 */
function fromBytes(bytes: Uint8Array): Letters {
  const lenient = decode(bytes, "utf-8");
  const lost = lenient.split("\ufffd").length - 1;
  if (lost * 4 < (lenient.match(/[\u00c0-\u1ef9]/gu) ?? []).length)
    return {
      text: lenient,
      message: both(
        `${lost} ký tự trong tệp bị hỏng, không đọc được`,
        `${lost} characters of the file are damaged and could not be read`,
      ),
    };
  const western = decode(bytes, "windows-1252");
  const readings = [
    { name: "Windows-1258", text: decode(bytes, "windows-1258").normalize("NFC") },
    { name: ENCODING_NAMES.tcvn3, text: convertLegacy(western, "tcvn3") },
    { name: ENCODING_NAMES.vni, text: convertLegacy(western, "vni") },
  ].map((reading) => ({ ...reading, right: rightShare(reading.text) }));
  const best = readings.reduce((soFar, reading) => (reading.right > soFar.right ? reading : soFar));
  return best.right > 0.5
    ? { text: best.text, message: converted(best.name) }
    : { text: western, message: converted("Windows-1252") };
}

const ENCODING_NAMES = { tcvn3: "TCVN3 (ABC)", vni: "VNI" } as const;

function converted(name: string): LocalizedText {
  return both(
    `chữ trong tệp theo bảng mã ${name}, đã chuyển sang Unicode`,
    `the file's letters are ${name}; they were converted to Unicode`,
  );
}

function decode(bytes: Uint8Array, encoding: string): string {
  return new TextDecoder(encoding).decode(bytes);
}

/** Of the words with other than ASCII letters, the share that is spelt like Vietnamese. */
function rightShare(text: string): number {
  const words = text
    .slice(0, 200_000)
    .split(/[^\p{L}\p{M}]+/u)
    .filter((word) => /[^\0-\x7f]/u.test(word));
  return words.length === 0 ? 0 : words.filter(isSyllable).length / words.length;
}

const CONTROL = /[\u0000-\u0008\u000e-\u001f\u007f]/gu;

function whenText(letters: Letters): Letters | null {
  const controls = (letters.text.match(CONTROL) ?? []).length;
  return controls * 100 > letters.text.length || letters.text.includes("\0") ? null : letters;
}

/**
 * Blanks of every width become a blank; invisible signs, and what Unicode keeps free for programs
 * (`INK`), go. A vertical tab is Word's break of line.
 */
function cleanBlanks(text: string): string {
  return text
    .replace(/\r\n?|\u0085/gu, "\n")
    .replace(/[\u000b\u2028\u2029]/gu, "\n")
    .replace(/[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]/gu, " ")
    .replace(
      /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\u061c\ufeff\ufdd0-\ufdef\ufffe\uffff]/gu,
      "",
    )
    .replace(CONTROL, "");
}
