import { existsSync, readFileSync } from "node:fs";
import { basename, dirname, extname, join } from "node:path";
import { type Diagnostic, type Outcome, fail, succeed } from "../../base/diagnostic.js";
import { MANIFEST_FILE, filesOfManifest } from "../../extracts/manifest.js";
import { type MadeExtracts, extractPlans } from "../../roads/extract.js";
import type { World } from "../../roads/world.js";
import { FORMATS, type Format } from "../../roads/write-files.js";
import { placeOf } from "../output/guard.js";
import { hearInterrupts } from "../output/interrupts.js";
import { Transaction } from "../output/transaction.js";
import { unwritable, whyKept } from "../output/write-outputs.js";
import { type BuildOptions, askedFormats } from "./build.js";
import { type Input, eachPlan } from "./each-plan.js";
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
    const job = { folder, formats: formats.value, force: options.force, streams };
    const made = await writeExtracts(input, job, world);
    if (!made.ok) return made;
    const { assignees, pages } = made.value;
    return succeed({ paths: [words.extractsDone(assignees, folder)], pages }, made.problems);
  });
}

/** Where a plan's extracts go, and how. */
interface ExtractJob {
  readonly folder: string;
  readonly formats: readonly Format[];
  readonly force: BuildOptions["force"];
  readonly streams: Streams;
}

/** Extracts wait beside their folder, and go there when all are made. */
async function writeExtracts(
  input: Input,
  { folder, formats, force, streams }: ExtractJob,
  world: World,
): Promise<Outcome<MadeExtracts>> {
  let transaction: Transaction | null = null;
  try {
    const before = earlierExtracts(folder);
    const rules = { force, inputs: input.filesRead() };
    const changed = before.flatMap((path) => whyKept({ path, bytes: NOTHING }, rules) ?? []);
    if (changed.length > 0) return fail(changed);
    const waiting = new Transaction(dirname(placeOf(folder)));
    transaction = waiting;
    const kept: Diagnostic[] = [];
    const saved = new Set<string>();
    const made = await extractPlans(input, formats, world, {
      begin: async (assignee, number, of) => {
        if (streams.live) streams.err(`\r\u001b[K[${number}/${of}] ${assignee}`);
        await hearInterrupts();
      },
      save: (name, bytes) => {
        const path = join(folder, name);
        const stays = whyKept({ path, bytes }, rules);
        if (stays !== null) kept.push(stays);
        waiting.put(placeOf(path), bytes);
        saved.add(path);
      },
    });
    const result = made.ok && kept.length > 0 ? fail(kept) : made;
    if (result.ok) {
      for (const path of before) if (!saved.has(path)) waiting.remove(path);
      waiting.commit();
    } else waiting.abort();
    return result;
  } catch (error) {
    transaction?.abort();
    return fail([unwritable(folder, error)]);
  } finally {
    if (streams.live) streams.err("\r\u001b[K");
  }
}

/** Compared with an earlier extract, so that only its own seal counts. */
const NOTHING = new Uint8Array();

/** Extracts of an earlier run that its manifest lists, the manifest too. */
function earlierExtracts(folder: string): readonly string[] {
  const manifest = join(folder, MANIFEST_FILE);
  if (!existsSync(manifest)) return [];
  const listed = filesOfManifest(readFileSync(manifest, "utf8"));
  const files = listed.map((name) => join(folder, basename(name)));
  return [manifest, ...files.filter((file) => existsSync(file))];
}
