import { type LocalizedText, both } from "../../base/diagnostic.js";
import { MAX_UNPACKED } from "../../archives/limits.js";
import { PDF_LIMITS } from "./limits.js";

/** Why a PDF is not read, and what to do. */
export const REFUSALS = {
  broken: {
    code: "file-broken",
    message: both(
      "không đọc được tệp PDF: tệp hỏng, chép chưa hết, hoặc không phải PDF",
      "the PDF cannot be read: it is broken, cut short, or no PDF",
    ),
    hint: both(
      "mở thử bằng trình đọc PDF; tải hoặc chép lại tệp gốc",
      "try it in a PDF reader; fetch or copy the original again",
    ),
  },
  locked: {
    code: "file-locked",
    message: both("tệp PDF có mật khẩu", "the PDF is locked by a password"),
    hint: both(
      "mở bằng mật khẩu rồi in hoặc lưu lại thành PDF không có mật khẩu",
      "open it with the password and print or save it as a PDF without one",
    ),
  },
  scanned: {
    code: "file-scanned",
    message: both(
      "tệp PDF chỉ có ảnh quét, không có lớp chữ",
      "the PDF holds scanned pictures only, no text layer",
    ),
    hint: both(
      "nhận dạng chữ (OCR) tiếng Việt trước, hoặc dùng bản Word của văn bản",
      "run optical character recognition (OCR) for Vietnamese first, or use the Word file",
    ),
  },
  empty: {
    code: "file-scanned",
    message: both("tệp PDF không có chữ nào đọc được", "the PDF has no text that can be read"),
    hint: both(
      "nếu trang có chữ thì đó là hình vẽ: nhận dạng chữ (OCR) trước, hoặc dùng bản Word",
      "if words are seen they are drawn: run optical character recognition (OCR) first, or use " +
        "the Word file",
    ),
  },
  garbled: {
    code: "file-garbled",
    message: both(
      "phông chữ trong tệp PDF không cho biết chữ nào là chữ nào: chữ đọc ra vô nghĩa",
      "the fonts of the PDF do not say which letter is which: what is read makes no sense",
    ),
    hint: both(
      "dùng bản Word, xuất lại PDF từ Word, hoặc nhận dạng chữ (OCR)",
      "use the Word file, export the PDF anew from Word, or run optical character recognition " +
        "(OCR)",
    ),
  },
  tooLong: {
    code: "file-too-long",
    message: both(
      `tệp PDF quá dài: nhiều nhất ${PDF_LIMITS.pages} trang`,
      `the PDF is too long: at most ${PDF_LIMITS.pages} pages`,
    ),
    hint: both(
      "tách lấy phần kế hoạch rồi đọc lại",
      "take out the pages of the plan and read those",
    ),
  },
  tooLarge: {
    code: "file-too-long",
    message: both(
      `tệp PDF quá lớn: nội dung sau khi giải nén nhiều nhất ${MAX_UNPACKED / 1e6} MB`,
      `the PDF is too large: at most ${MAX_UNPACKED / 1e6} MB when unpacked`,
    ),
    hint: both(
      "in lại thành PDF, hoặc tách lấy phần kế hoạch",
      "print it to PDF again, or take out the pages of the plan",
    ),
  },
  tooDense: {
    code: "file-too-long",
    message: both(
      "một trang của tệp PDF có quá nhiều nét vẽ để đọc như văn bản",
      "a page of the PDF draws too much to be read as a document",
    ),
    hint: both(
      "tách lấy các trang của kế hoạch, bỏ trang bản đồ, bản vẽ",
      "take out the pages of the plan, without maps and drawings",
    ),
  },
} as const satisfies Readonly<
  Record<
    string,
    { readonly code: string; readonly message: LocalizedText; readonly hint: LocalizedText }
  >
>;
export type Refusal = keyof typeof REFUSALS;
