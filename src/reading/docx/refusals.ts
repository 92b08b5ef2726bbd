import { type Outcome, type LocalizedText, both, fail, fileError } from "../../base/diagnostic.js";
import { formatNumber } from "../../base/numbers.js";
import { MAX_UNPACKED } from "../../archives/limits.js";
import { WORD_LIMITS } from "./limits.js";
import type { Code } from "../../base/codes.js";

/** Why a file cannot be read as a Word file. A file of another kind brings the name of its kind. */
export type Refusal =
  | "empty"
  | "broken"
  | "doctype"
  | "locked"
  | "old-word"
  | "too-large"
  | "too-long"
  | "too-deep"
  | { readonly isA: LocalizedText };

interface RefusalWords {
  readonly code: Code;
  readonly message: LocalizedText;
  readonly hint: LocalizedText;
}

const SAVE_AGAIN = both(
  "mở bằng Word hay LibreOffice rồi lưu lại dạng .docx",
  "open it in Word or LibreOffice and save it as .docx",
);

const REFUSALS: Readonly<Record<Exclude<Refusal, object>, RefusalWords>> = {
  empty: {
    code: "file-broken",
    message: both("tệp trống", "the file is empty"),
    hint: both(
      "kiểm tra lại tệp: có thể chưa chép xong",
      "look at the file: it may not have been copied whole",
    ),
  },
  broken: {
    code: "file-broken",
    message: both(
      "không đọc được tệp Word: tệp hỏng hoặc chưa chép xong",
      "the Word file cannot be read: it is broken, or was not copied whole",
    ),
    hint: SAVE_AGAIN,
  },
  doctype: {
    code: "file-broken",
    message: both(
      "tệp chứa khai báo DOCTYPE, thứ không có trong tệp Word",
      "the file holds a DOCTYPE, which Word files do not have",
    ),
    hint: both(
      "tệp có thể bị sửa với ý xấu; chỉ dùng tệp từ nguồn tin cậy, mở bằng Word rồi lưu lại",
      "the file may have been altered with bad intent; use only files you trust, open it in Word " +
        "and save it again",
    ),
  },
  locked: {
    code: "file-locked",
    message: both("tệp có mật khẩu", "the file is locked by a password"),
    hint: both(
      "mở bằng Word, bỏ mật khẩu (Tệp, Thông tin, Bảo vệ tài liệu) rồi lưu lại",
      "open it in Word, remove the password and save it again",
    ),
  },
  "old-word": {
    code: "file-old-word",
    message: both(
      "tệp Word dạng cũ (.doc, Word 97–2003) không đọc được",
      "Word's old format (.doc, Word 97–2003) cannot be read",
    ),
    hint: both(
      "mở bằng Word hay LibreOffice, chọn Lưu thành, dạng .docx",
      "open it in Word or LibreOffice and save it as .docx",
    ),
  },
  "too-large": {
    code: "file-too-large",
    message: both(
      `tệp quá lớn: sau khi giải nén trên ${MAX_UNPACKED / 1e6} MB chữ và định dạng`,
      `the file is too large: over ${MAX_UNPACKED / 1e6} MB of text and looks when ` + "unpacked",
    ),
    hint: both("tách phần kế hoạch ra một tệp riêng", "put the plan into a file of its own"),
  },
  "too-long": {
    code: "file-too-long",
    message: both(
      `tệp quá dài: nhiều nhất ${formatNumber(WORD_LIMITS.paragraphs)} đoạn`,
      `the file is too long: at most ${WORD_LIMITS.paragraphs} paragraphs`,
    ),
    hint: both("tách phần kế hoạch ra một tệp riêng", "put the plan into a file of its own"),
  },
  "too-deep": {
    code: "file-too-deep",
    message: both(
      "các phần trong tệp lồng nhau quá sâu",
      "the parts of the file are nested too deep",
    ),
    hint: SAVE_AGAIN,
  },
};

export function refuse(
  refusal: Refusal,
  file: string,
): Extract<Outcome<never>, { readonly ok: false }> {
  if (typeof refusal === "object") {
    const { vi, en } = refusal.isA;
    return fail([
      fileError(
        "file-not-word",
        { file },
        both(`không phải tệp Word mà là ${vi}`, `this is not a Word file but ${en}`),
        both("chọn tệp .docx của kế hoạch", "choose the plan's .docx file"),
      ),
    ]);
  }
  const { code, message, hint } = REFUSALS[refusal];
  return fail([fileError(code, { file }, message, hint)]);
}
