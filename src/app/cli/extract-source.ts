import { basename, dirname, extname, join } from "node:path";
import type { Language } from "../../base/diagnostic.js";
import { extractSource } from "../../roads/carried.js";
import { differsFromDisk, readBytes, writeFiles } from "./files.js";
import { printReport } from "./report.js";
import { EXIT, type ExitCode, type Streams } from "./streams.js";
import { WORDS } from "./words.js";

/** Write out what a made file carries: the plan, and what it was made with. */
export async function writeSource(
  file: string,
  out: string | null,
  language: Language,
  streams: Streams,
): Promise<ExitCode> {
  const folder = out ?? dirname(file);
  const read = readBytes(file);
  const carried = read.ok
    ? await extractSource(read.value, file, basename(file, extname(file)))
    : read;
  const files = carried.ok
    ? carried.value.map(({ name, bytes }) => ({ path: join(folder, name), bytes }))
    : [];
  const differing = files.find((one) => !one.path.endsWith(".source.json") && differsFromDisk(one));
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
