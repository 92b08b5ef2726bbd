import { readFileSync } from "node:fs";
import { basename, dirname, extname, join } from "node:path";
import type { Language } from "../../base/diagnostic.js";
import { extractSource } from "../../roads/carried.js";
import { type NewFile, differsFromDisk, writeOutputs } from "../output/write-outputs.js";
import { readBytes } from "./files.js";
import { printReport } from "./report.js";
import { EXIT, type ExitCode, type Streams } from "./streams.js";
import { WORDS } from "./words.js";

/** What `kehoach extract` was asked for. */
interface ExtractOptions {
  /** The folder; null for that of the made file. */
  readonly out: string | null;
  /** Replace files that are there and say something else. */
  readonly force: "asked" | "no";
  readonly lang: Language;
}

/** Write out what a made file carries: the plan, and what it was made with. */
export async function writeSource(
  file: string,
  { out, force, lang: language }: ExtractOptions,
  streams: Streams,
): Promise<ExitCode> {
  const folder = out ?? dirname(file);
  const read = readBytes(file);
  const carried = read.ok
    ? await extractSource(read.value, file, basename(file, extname(file)))
    : read;
  const files = carried.ok
    ? carried.value.files.map(({ name, bytes }) => ({ path: join(folder, name), bytes }))
    : [];
  const differing = files.find((one) => differsFromDisk(one) && !isManifest(one));
  if (differing && force === "no") {
    streams.err(`${WORDS[language].differs(differing.path)}\n`);
    return EXIT.errors;
  }
  const written = carried.ok ? writeOutputs(files, { force: "asked", inputs: [file] }) : carried;
  if (!written.ok) {
    streams.err(printReport(written.problems, "text", language, () => null));
    return EXIT.errors;
  }
  streams.out(`${files.map(({ path }) => path).join("  ")}\n`);
  const leftOut = carried.ok ? carried.value.leftOut : [];
  if (leftOut.length > 0) streams.err(`${WORDS[language].leftOut(leftOut)}\n`);
  return EXIT.done;
}

/** Whether an earlier extraction's manifest stands at the place of the new one. */
function isManifest({ path }: NewFile): boolean {
  return path.endsWith(".source.json") && /"kehoach-source\/\d+"/u.test(readFileSync(path, "utf8"));
}
