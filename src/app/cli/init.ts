import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Language } from "../../base/diagnostic.js";
import { HOME } from "../home.js";
import { EXIT, type ExitCode, type Streams } from "./streams.js";
import { writeOutputs } from "../output/write-outputs.js";
import { printReport } from "./report.js";
import { WORDS } from "./words.js";

/** Write the starter plan under a name that is not taken yet. */
export function initPlan(name: string, language: Language, streams: Streams): ExitCode {
  const words = WORDS[language];
  const file = /\.ya?ml$/iu.test(name) ? name : `${name}.yaml`;
  if (existsSync(file)) {
    streams.err(`${words.exists(file)}\n`);
    return EXIT.errors;
  }
  const written = writeOutputs(
    [{ path: file, bytes: readFileSync(join(HOME, "templates", "starter.yaml")) }],
    { force: "no", inputs: [] },
  );
  if (!written.ok) {
    streams.err(printReport(written.problems, "text", language, () => null));
    return EXIT.errors;
  }
  streams.out(`${words.created(file)}\n`);
  return EXIT.done;
}
