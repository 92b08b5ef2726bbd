import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, extname, join } from "node:path";
import { type Outcome, both, fail, fileError, succeed } from "../../base/diagnostic.js";
import { MANIFEST_FILE, filesOfManifest } from "../../extracts/manifest.js";
import { type MadeExtracts, extractPlans } from "../../roads/extract.js";
import type { PlanText } from "../../roads/opened-plan.js";
import type { World } from "../../roads/world.js";
import { FORMATS, type Format } from "../../roads/write-files.js";
import { type BuildOptions, askedFormats } from "./build.js";
import { eachPlan } from "./each-plan.js";
import { EXIT, type ExitCode, type Streams } from "./streams.js";
import { WORDS } from "./words.js";

/**
 * Build what each assignee is given into a folder named after the plan. All or nothing is written.
 */
export async function makeExtracts(
  plans: readonly string[],
  options: BuildOptions,
  streams: Streams,
): Promise<ExitCode> {
  const words = WORDS[options.lang];
  const formats = askedFormats(options.to);
  if (!formats.ok) {
    streams.err(`${words.usageError(words.unknownFormat(formats.unknown, FORMATS.join(", ")))}\n`);
    return EXIT.usage;
  }
  return eachPlan(plans, options, streams, async (input, world) => {
    const stem = basename(input.path, extname(input.path));
    const folder = join(options.out ?? dirname(input.path), `${stem}-trich`);
    const made = await writeExtracts(input, formats.value, folder, world, streams);
    if (!made.ok) return made;
    const { assignees, pages } = made.value;
    return succeed({ paths: [words.extractsDone(assignees, folder)], pages }, made.problems);
  });
}

/** Extracts are written beside their folder, and moved there when all are made. */
async function writeExtracts(
  input: PlanText,
  formats: readonly Format[],
  folder: string,
  world: World,
  streams: Streams,
): Promise<Outcome<MadeExtracts>> {
  const waiting = `${folder}.kehoach-${process.pid}.tmp`;
  const parentIsNew = !existsSync(dirname(folder));
  const giveUp = (): void =>
    rmSync(parentIsNew ? dirname(folder) : waiting, { recursive: true, force: true });
  try {
    const made = await extractPlans(input, formats, world, {
      begin: (assignee, number, of) => {
        if (streams.live) streams.err(`\r\u001b[K[${number}/${of}] ${assignee}`);
      },
      save: (name, bytes) => {
        mkdirSync(waiting, { recursive: true });
        writeFileSync(join(waiting, name), bytes);
      },
    });
    if (made.ok) replaceFiles(folder, waiting);
    else giveUp();
    return made;
  } catch (error) {
    giveUp();
    const code = error instanceof Error && "code" in error ? String(error.code) : null;
    if (code === null) throw error;
    return fail([unwritable(folder, code)]);
  } finally {
    if (streams.live) streams.err("\r\u001b[K");
  }
}

function unwritable(folder: string, code: string): ReturnType<typeof fileError> {
  return fileError(
    "output-unwritable",
    { file: folder },
    both(`không ghi được (${code})`, `cannot be written (${code})`),
    both(
      "kiểm tra thư mục sau -o: có quyền ghi, còn chỗ",
      "check the folder after -o: writable, with space",
    ),
  );
}

/**
 * Move new files into their folder. Of what is there, only extracts that an earlier manifest lists
 * are removed.
 */
function replaceFiles(folder: string, waiting: string): void {
  mkdirSync(folder, { recursive: true });
  for (const name of listedBefore(folder)) rmSync(join(folder, basename(name)), { force: true });
  for (const name of readdirSync(waiting)) renameSync(join(waiting, name), join(folder, name));
  rmSync(waiting, { recursive: true, force: true });
}

function listedBefore(folder: string): readonly string[] {
  const manifest = join(folder, MANIFEST_FILE);
  return existsSync(manifest) ? filesOfManifest(readFileSync(manifest, "utf8")) : [];
}
