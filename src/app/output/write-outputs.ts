import { existsSync, readFileSync } from "node:fs";
import { dirname } from "node:path";
import {
  type Diagnostic,
  type Outcome,
  both,
  fail,
  fileError,
  succeed,
} from "../../base/diagnostic.js";
import { type OutputRules, guardOutput, placeOf } from "./guard.js";
import { Transaction } from "./transaction.js";

/** One file to be written. */
export interface NewFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** Whether a file is there already and holds something else. */
export function differsFromDisk({ path, bytes }: NewFile): boolean {
  return existsSync(path) && !readFileSync(path).equals(bytes);
}

/**
 * Write files, all of them or none.
 * Errors: a file that must stay; a folder that cannot be made or written. What was there before
 * stays as it was.
 */
export function writeOutputs(files: readonly NewFile[], rules: OutputRules): Outcome<null> {
  const kept = files.flatMap((file) => whyKept(file, rules) ?? []);
  const [first] = files;
  if (kept.length > 0) return fail(kept);
  if (first === undefined) return succeed(null);
  let transaction: Transaction | null = null;
  try {
    transaction = new Transaction(dirname(placeOf(first.path)));
    for (const { path, bytes } of files) transaction.put(placeOf(path), bytes);
    transaction.commit();
    return succeed(null);
  } catch (error) {
    transaction?.abort();
    return fail([unwritable(first.path, error)]);
  }
}

/** Why a file must stay, or cannot be looked at; null when it may be written. */
export function whyKept({ path, bytes }: NewFile, rules: OutputRules): Diagnostic | null {
  try {
    return guardOutput(path, bytes, rules);
  } catch (error) {
    return unwritable(path, error);
  }
}

/**
 * The finding for a file that the system would not write.
 * Errors: throws what is no error of the system's.
 */
export function unwritable(file: string, error: unknown): Diagnostic {
  if (!(error instanceof Error && "code" in error)) throw error;
  const code = String(error.code);
  const named = "dest" in error ? String(error.dest) : file;
  return fileError(
    "output-unwritable",
    { file: named },
    both(
      `không ghi được tệp (${code}); các tệp cũ vẫn như trước`,
      `the file cannot be written (${code}); earlier files are as they were`,
    ),
    HELD_OPEN.has(code)
      ? both(
          "tệp có thể đang mở trong chương trình khác (Word, trình đọc PDF): đóng lại rồi chạy lại; hoặc thư mục không cho ghi",
          "another program (Word, a PDF reader) may hold it open: close it and try again; or the folder cannot be written",
        )
      : both(
          "kiểm tra thư mục sau -o: có quyền ghi, còn chỗ, không trùng tên một tệp",
          "check the folder after -o: writable, with space, not the name of a file",
        ),
  );
}

const HELD_OPEN: ReadonlySet<string> = new Set(["EBUSY", "EPERM", "EACCES", "ETXTBSY"]);
