import {
  closeSync,
  constants,
  existsSync,
  fstatSync,
  openSync,
  readFileSync,
  readSync,
  realpathSync,
} from "node:fs";
import { dirname, isAbsolute, join, relative, resolve, sep } from "node:path";
import {
  type Diagnostic,
  type Outcome,
  both,
  fail,
  fileError,
  succeed,
} from "../../base/diagnostic.js";
import { baseName } from "../../carried/carried-files.js";
import type { ReadSibling } from "../../base/sibling.js";
import { LIMITS } from "../../plan/read-yaml.js";
import { SHEET_LIMITS } from "../../reading/sheets/limits.js";

/** Read a text file. Errors: not there, not readable, too large to be a plan, not UTF-8. */
export function readTextFile(file: string): Outcome<string> {
  const bytes = readBytes(file, LIMITS.bytes);
  if (!bytes.ok) return bytes;
  try {
    return succeed(new TextDecoder("utf-8", { fatal: true }).decode(bytes.value));
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
  return withHandle(file, openSync, (handle) => readWhole(handle, file, most));
}

/**
 * Reads the files that a plan names: ordinary files of the folder it stands in, or of folders that
 * the user allows. A plan may come from somebody else: it does not choose what is read on this
 * computer. A file that is not where the plan says is looked for beside the plan.
 */
export function siblingsOf(plan: string, allowed: readonly string[]): ReadSibling {
  const home = dirname(plan);
  return (name) => {
    const cited = resolve(home, name);
    const file = existsSync(cited) ? cited : join(home, baseName(name));
    if (!existsSync(file)) return readBytes(cited, SHEET_LIMITS.file);
    const real = realpathSync(file);
    if (![home, ...allowed].some((folder) => isInside(real, folder))) return fail([outside(file)]);
    return withHandle(real, openAtOnce, (handle) =>
      fstatSync(handle).isFile()
        ? readWhole(handle, file, SHEET_LIMITS.file)
        : fail([notOrdinary(file)]),
    );
  };
}

function isInside(file: string, folder: string): boolean {
  if (!existsSync(folder)) return false;
  const path = relative(realpathSync(folder), file);
  return path !== "" && path !== ".." && !path.startsWith(`..${sep}`) && !isAbsolute(path);
}

/** Open without waiting: a pipe that nobody writes to would never open. */
function openAtOnce(file: string): number {
  return openSync(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
}

function withHandle<T>(
  file: string,
  open: (file: string, flags: "r") => number,
  work: (handle: number) => Outcome<T>,
): Outcome<T> {
  let handle: number | null = null;
  try {
    handle = open(file, "r");
    return work(handle);
  } catch (error) {
    return fail([unreadable(file, error)]);
  } finally {
    if (handle !== null) closeSync(handle);
  }
}

/** Bytes read at a time from what does not say how long it is: a pipe, a device. */
const PIECE = 1 << 20;

function readWhole(handle: number, file: string, most: number): Outcome<Uint8Array> {
  const found = fstatSync(handle);
  if (found.isFile())
    return found.size > most
      ? fail([tooLarge(file, found.size, most)])
      : succeed(readFileSync(handle));
  const pieces: Uint8Array[] = [];
  let size = 0;
  for (;;) {
    const piece = new Uint8Array(PIECE);
    const count = readSync(handle, piece);
    if (count === 0) return succeed(Buffer.concat(pieces));
    pieces.push(piece.subarray(0, count));
    size += count;
    if (size > most) return fail([tooLarge(file, size, most)]);
  }
}

function tooLarge(file: string, size: number, most: number): Diagnostic {
  const [found, allowed] = [Math.ceil(size / 1e6), most / 1e6];
  return fileError(
    "file-too-large",
    { file },
    both(
      `tệp quá lớn: ${found} MB, nhiều nhất ${allowed} MB`,
      `file too large: ${found} MB, at most ${allowed} MB`,
    ),
    both("xem lại có nhầm tệp không", "is it the right file?"),
  );
}

function notOrdinary(file: string): Diagnostic {
  return fileError(
    "file-unreadable",
    { file },
    both(
      "không phải tệp thường (thư mục, thiết bị hoặc ống dẫn) nên không đọc",
      "is no ordinary file (a folder, a device or a pipe) and is not read",
    ),
    both("ghi tên một tệp có thật cạnh kế hoạch", "name a real file beside the plan"),
  );
}

function outside(file: string): Diagnostic {
  return fileError(
    "file-outside",
    { file },
    both(
      "nằm ngoài thư mục của kế hoạch nên không đọc",
      "is outside the plan's folder and is not read",
    ),
    both(
      "chép tệp vào thư mục của kế hoạch, hoặc cho phép thư mục ấy: --allow-dir DIR",
      "copy it into the plan's folder, or allow that folder: --allow-dir DIR",
    ),
  );
}
