import { existsSync, readFileSync } from "node:fs";
import { basename, dirname, extname, join } from "node:path";
import type { Language, Outcome } from "../../base/diagnostic.js";
import { type SourceRecord, printManifest } from "../../base/source-record.js";
import { readSource } from "../../reading/read-source.js";
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
export async function extractSource(file: string, out: string | null, language: Language, streams: Streams): Promise<ExitCode> {
  const carried = await readCarried(file);
  const stem = join(out ?? dirname(file), basename(file, extname(file)));
  const encoder = new TextEncoder();
  const plan = `${stem}.yaml`;
  if (carried.ok && existsSync(plan) && readFileSync(plan, "utf8") !== carried.value.plan) {
    streams.err(`${WORDS[language].differs(plan)}\n`);
    return EXIT.errors;
  }
  const written = carried.ok
    ? writeFiles([{ path: plan, bytes: encoder.encode(carried.value.plan) }, { path: `${stem}.source.json`, bytes: encoder.encode(printManifest(carried.value)) }])
    : carried;
  if (!written.ok) {
    streams.err(printReport(written.problems, "text", language, () => null));
    return EXIT.errors;
  }
  streams.out(`${stem}.yaml  ${stem}.source.json\n`);
  return EXIT.done;
}
