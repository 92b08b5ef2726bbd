import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { type Diagnostic, both, fileError } from "../../base/diagnostic.js";
import { HOME } from "../home.js";

/** A file that came over the wire. Its name is a name, never a path. */
export interface Upload {
  readonly name: string;
  readonly bytes: Uint8Array;
}

export type ReadUpload =
  | {
      readonly ok: true;
      /** The plan, as YAML. */
      readonly text: string;
      /** What was guessed and left; null for plan data, which is taken as it is. */
      readonly account: object | null;
    }
  | { readonly ok: false; readonly problems: readonly Diagnostic[] };

/** Longest time that reading one file may take, in milliseconds. */
const MAX_TIME = 60_000;
/** Most memory for it, in megabytes. */
const MAX_MEMORY = 1_500;

/**
 * Read an uploaded file in a thread that is ended when it takes too long or too much.
 * Errors: files that cannot be read; files that take too much.
 */
export function readUpload(upload: Upload): Promise<ReadUpload> {
  return new Promise((resolve) => {
    const worker = new Worker(join(HOME, "dist", "cli", "read-upload.cjs"), {
      workerData: upload,
      resourceLimits: { maxOldGenerationSizeMb: MAX_MEMORY },
    });
    const done = (result: ReadUpload): void => {
      clearTimeout(timer);
      resolve(result);
      void worker.terminate();
    };
    const giveUp = (): void => done({ ok: false, problems: [tooMuch(upload.name)] });
    const timer = setTimeout(giveUp, MAX_TIME);
    worker.once("message", (result: ReadUpload) => done(result));
    worker.once("error", giveUp);
    worker.once("exit", giveUp);
  });
}

function tooMuch(file: string): Diagnostic {
  return fileError(
    "file-too-large",
    { file },
    both(
      "đọc tệp này tốn quá nhiều thời gian hoặc bộ nhớ",
      "reading takes too much time or memory",
    ),
    both("chia nhỏ tệp, hoặc chép lời vào tệp .txt", "split it, or copy its text into a .txt file"),
  );
}
