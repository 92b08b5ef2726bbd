import { closeSync, fstatSync, openSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import {
  type Diagnostic,
  type Outcome,
  both,
  fail,
  fileError,
  succeed,
} from "../../base/diagnostic.js";
import type { ReadSibling } from "../../base/sibling.js";
import { LIMITS } from "../../plan/read-yaml.js";
import { SHEET_LIMITS } from "../../reading/sheets/limits.js";

/** Read a text file. Errors: not there, not readable, too large to be a plan, not UTF-8. */
export function readTextFile(file: string): Outcome<string> {
  let handle: number | null = null;
  try {
    handle = openSync(file, "r");
    const { size } = fstatSync(handle);
    if (size > LIMITS.bytes) {
      return fail([
        fileError(
          "file-too-large",
          { file },
          both(
            `tệp quá lớn: ${Math.round(size / 1e6)} MB, nhiều nhất ${LIMITS.bytes / 1e6} MB`,
            `file too large: ${Math.round(size / 1e6)} MB, at most ${LIMITS.bytes / 1e6} MB`,
          ),
          both(
            "dữ liệu của một kế hoạch thường dưới 1 MB; xem lại có nhầm tệp không",
            "a plan's data is usually under 1 MB; is it the right file?",
          ),
        ),
      ]);
    }
    const bytes = readFileSync(handle);
    try {
      return succeed(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
    } catch {
      return fail([
        fileError(
          "not-utf8",
          { file },
          both("tệp không phải văn bản UTF-8", "the file is not UTF-8 text"),
          both(
            "lưu lại bằng mã UTF-8; tệp Word, Excel không đọc được ở đây",
            "save it as UTF-8; Word and Excel files are not read here",
          ),
        ),
      ]);
    }
  } catch (error) {
    return fail([unreadable(file, error)]);
  } finally {
    if (handle !== null) closeSync(handle);
  }
}

function unreadable(file: string, error: unknown): Diagnostic {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  const [message, hint] =
    code === "ENOENT"
      ? [
          both("không có tệp này", "there is no such file"),
          both("kiểm tra tên tệp và thư mục", "check the name and the folder"),
        ]
      : code === "EISDIR"
        ? [
            both("đây là thư mục, không phải tệp", "this is a folder, not a file"),
            both("nêu tên từng tệp, ví dụ thu-muc/*.yaml", "name the files, such as folder/*.yaml"),
          ]
        : [
            both(
              `không đọc được tệp (${code || "lỗi"})`,
              `the file cannot be read (${code || "error"})`,
            ),
            both("kiểm tra quyền đọc", "check that it may be read"),
          ];
  return fileError("file-unreadable", { file }, message, hint);
}

/** Read a file's bytes. Errors as of `readTextFile`, but any bytes will do. */
export function readBytes(file: string, most = 200_000_000): Outcome<Uint8Array> {
  try {
    const { size } = statSync(file);
    if (size > most)
      return fail([
        fileError(
          "file-too-large",
          { file },
          both(
            `tệp quá lớn: ${Math.round(size / 1e6)} MB, nhiều nhất ${most / 1e6} MB`,
            `file too large: ${Math.round(size / 1e6)} MB, at most ${most / 1e6} MB`,
          ),
          both("xem lại có nhầm tệp không", "is it the right file?"),
        ),
      ]);
    return succeed(readFileSync(file));
  } catch (error) {
    return fail([unreadable(file, error)]);
  }
}

/** Reads the files that a plan names, from the folder it stands in. */
export function siblingsOf(plan: string): ReadSibling {
  return (name) => readBytes(join(dirname(plan), name), SHEET_LIMITS.file);
}
