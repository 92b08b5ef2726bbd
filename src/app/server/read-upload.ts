import { parentPort, workerData } from "node:worker_threads";
import { both } from "../../base/diagnostic.js";
import { parseKnowledge } from "../../knowledge/knowledge.js";
import { readPlanData } from "../../plan/parse-plan.js";
import { importPlan } from "../../roads/import.js";
import { openDiskWorld } from "../disk-world.js";
import { HOME } from "../home.js";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { ReadUpload, Upload } from "./upload.js";

/**
 * Reads a file that somebody dropped on the studio, in a thread of its own: it can be ended, and
 * what it needs of memory is bounded.
 */
async function read({ name, bytes }: Upload): Promise<ReadUpload> {
  if (/\.(?:ya?ml|json)$/iu.test(name)) {
    const text = new TextDecoder().decode(bytes);
    const data = readPlanData(text, name);
    return data.ok ? { ok: true, text, account: null } : { ok: false, problems: data.problems };
  }
  const world = openDiskWorld({ templates: null, fonts: null });
  const knowledge = parseKnowledge(
    readFileSync(join(HOME, "templates", "knowledge.yaml"), "utf8"),
    "knowledge.yaml",
  );
  if (!world.ok || !knowledge.ok)
    return { ok: false, problems: [...world.problems, ...knowledge.problems] };
  const made = await importPlan(
    bytes,
    name,
    { knowledge: knowledge.value, carried: "taken" },
    world.value,
  );
  if (!made.ok) return { ok: false, problems: made.problems };
  const { value } = made;
  if (value.kind === "given-back") return { ok: true, text: value.text, account: null };
  return {
    ok: true,
    text: value.text,
    account: {
      guesses: value.guesses.map((guess) => JSON.parse(JSON.stringify(guess)) as object),
      unplaced: value.unplaced.length,
      coverage: value.coverage,
    },
  };
}

void read(workerData as Upload).then(
  (result) => parentPort?.postMessage(result),
  () =>
    parentPort?.postMessage({
      ok: false,
      problems: [
        {
          code: "file-broken",
          severity: "error",
          at: { in: "file", file: (workerData as Upload).name, line: 1, column: 1 },
          message: both("không đọc được tệp", "the file cannot be read"),
        },
      ],
    } satisfies ReadUpload),
);
