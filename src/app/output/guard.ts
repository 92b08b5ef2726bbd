import { lstatSync, readFileSync, readlinkSync, realpathSync, statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { type Diagnostic, type LocalizedText, both, fileError } from "../../base/diagnostic.js";
import type { Code } from "../../base/codes.js";
import { type MadeState, inspectMade } from "../../seals/made-file.js";

/** What may be replaced. */
export interface OutputRules {
  /** Replace also what somebody signed or changed, and what is of another hand. */
  readonly force: "asked" | "no";
  /** Files that the output is made from: never replaced. */
  readonly inputs: readonly string[];
}

/** Largest file that is looked at. Ours have a few MB. */
const MOST_BYTES = 300_000_000;

/**
 * Why the file at an output's place must stay; null when the place is free or may be taken. A file
 * that holds just the new bytes may be.
 */
export function guardOutput(
  path: string,
  bytes: Uint8Array,
  { force, inputs }: OutputRules,
): Diagnostic | null {
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found) return null;
  if (!found.isFile()) return stays(path, "output-unwritable", NO_FILE);
  if (inputs.some((input) => isSameFile(input, path)))
    return stays(path, "output-is-input", IS_INPUT);
  if ((found.mode & ANY_WRITE) === 0) return stays(path, "output-read-only", READ_ONLY);
  if (force === "asked") return null;
  const state = stateOf(path, found.size, bytes);
  return state === "as-made" ? null : stays(path, CODES[state], WHY[state]);
}

/**
 * Where bytes written under a name come to stand: a link is followed, and stays.
 * Errors: throws for links that run in a circle.
 */
export function placeOf(path: string): string {
  const whole = resolve(path);
  if (statSync(whole, { throwIfNoEntry: false })) return realpathSync(whole);
  const found = lstatSync(whole, { throwIfNoEntry: false });
  // A link whose end is not there yet.
  return found?.isSymbolicLink()
    ? placeOf(resolve(realpathSync(dirname(whole)), readlinkSync(whole)))
    : whole;
}

const ANY_WRITE = 0o222;

function stateOf(path: string, size: number, bytes: Uint8Array): MadeState {
  if (size > MOST_BYTES) return "foreign";
  const before = readFileSync(path);
  return before.equals(bytes) ? "as-made" : inspectMade(before);
}

function isSameFile(a: string, b: string): boolean {
  const [first, second] = [a, b].map((file) =>
    statSync(file, { throwIfNoEntry: false, bigint: true }),
  );
  return first && second ? first.dev === second.dev && first.ino === second.ino : false;
}

type Why = readonly [message: LocalizedText, hint: LocalizedText];

function stays(file: string, code: Code, [message, hint]: Why): Diagnostic {
  return fileError(code, { file }, message, hint);
}

const NO_FILE: Why = [
  both(
    "chỗ này không phải tệp thường (thư mục hoặc thiết bị); không ghi",
    "this is no ordinary file (a folder or a device); it is not written",
  ),
  both("đổi tên thư mục ấy, hoặc dựng vào chỗ khác: -o DIR", "rename it, or use -o DIR"),
];
const IS_INPUT: Why = [
  both(
    "đây chính là tệp nguồn của lần dựng này; không ghi đè",
    "this is the very file that is built from; it is not replaced",
  ),
  both("dựng vào thư mục khác: -o DIR", "build into another folder: -o DIR"),
];
const READ_ONLY: Why = [
  both("tệp chỉ được đọc; không ghi đè", "the file is read-only; it is not replaced"),
  both(
    "bỏ thuộc tính chỉ đọc của tệp, hoặc dựng vào thư mục khác: -o DIR",
    "make the file writable, or build into another folder: -o DIR",
  ),
];

type Kept = Exclude<MadeState, "as-made">;

const CODES: Readonly<Record<Kept, Code>> = {
  signed: "output-signed",
  changed: "output-changed",
  foreign: "output-foreign",
};

const WHY: Readonly<Record<Kept, Why>> = {
  signed: [
    both("tệp đã được ký số; không ghi đè", "the file is signed; it is not replaced"),
    both(
      "dựng vào thư mục khác: -o DIR; chỉ khi chắc chắn bỏ bản đã ký: --force",
      "build into another folder: -o DIR; --force only to give the signed file up",
    ),
  ],
  changed: [
    both(
      "tệp đã bị sửa sau khi kehoach dựng; không ghi đè",
      "the file was changed since kehoach made it; it is not replaced",
    ),
    both(
      "dựng vào thư mục khác: -o DIR, hoặc đổi tên bản đã sửa; lấy chữ đã sửa: kehoach import TỆP --no-source; bỏ chỗ đã sửa: --force",
      "build into another folder: -o DIR, or rename the changed file; read its words: kehoach import FILE --no-source; --force gives them up",
    ),
  ],
  foreign: [
    both(
      "tệp này không do kehoach dựng; không ghi đè",
      "the file was not made by kehoach; it is not replaced",
    ),
    both(
      "dựng vào thư mục khác: -o DIR, hoặc đổi tên tệp ấy; ghi đè: --force",
      "build into another folder: -o DIR, or rename that file; --force replaces it",
    ),
  ],
};
