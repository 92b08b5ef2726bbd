import { existsSync, readFileSync } from "node:fs";
import { basename, dirname, extname, isAbsolute, join, normalize } from "node:path";
import {
  type Language,
  type Outcome,
  both,
  fail,
  fileError,
  succeed,
} from "../../base/diagnostic.js";
import type { ReadSibling } from "../../base/world.js";
import { type DataFile, type SourceRecord, printManifest } from "../../carried/source-record.js";
import { readSource } from "../../carried/read-carried.js";
import { readBytes, writeFiles } from "./files.js";
import { printReport } from "./report.js";
import { EXIT, type ExitCode, type Streams } from "./streams.js";
import { WORDS } from "./words.js";

/** The source that a made file carries. */
export async function readCarried(file: string): Promise<Outcome<SourceRecord>> {
  const read = readBytes(file);
  return read.ok ? readSource(read.value, file) : read;
}

/** Write out what a made file carries: the plan, and what it was made with. */
export async function extractSource(
  file: string,
  out: string | null,
  language: Language,
  streams: Streams,
): Promise<ExitCode> {
  const carried = await readCarried(file);
  const stem = join(out ?? dirname(file), basename(file, extname(file)));
  const encoder = new TextEncoder();
  const files = !carried.ok
    ? []
    : [
        { path: `${stem}.yaml`, bytes: encoder.encode(carried.value.plan) },
        { path: `${stem}.source.json`, bytes: encoder.encode(printManifest(carried.value)) },
        // A name that leads out of the folder is not followed.
        ...carried.value.data.map(({ name, bytes }) => ({
          path: join(
            dirname(stem),
            isAbsolute(name) || normalize(name).startsWith("..") ? basename(name) : name,
          ),
          bytes,
        })),
      ];
  const differing = files.find(
    ({ path, bytes }) =>
      !path.endsWith(".source.json") &&
      existsSync(path) &&
      Buffer.compare(readFileSync(path), bytes) !== 0,
  );
  if (differing) {
    streams.err(`${WORDS[language].differs(differing.path)}\n`);
    return EXIT.errors;
  }
  const written = carried.ok ? writeFiles(files) : carried;
  if (!written.ok) {
    streams.err(printReport(written.problems, "text", language, () => null));
    return EXIT.errors;
  }
  streams.out(`${files.map(({ path }) => path).join("  ")}\n`);
  return EXIT.done;
}

/** Files that a made file carries. */
export function carriedSiblings(data: readonly DataFile[]): ReadSibling {
  return (name) => {
    const file = data.find((one) => one.name === name);
    return file
      ? succeed(file.bytes)
      : fail([
          fileError(
            "file-unreadable",
            { file: name },
            both(
              "tệp đã dựng không mang theo bảng tính này",
              "the made file does not carry this spreadsheet",
            ),
          ),
        ]);
  };
}
