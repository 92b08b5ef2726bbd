import { basename, dirname, extname, join } from "node:path";
import { setFlagsFromString } from "node:v8";
import { type Outcome, succeed } from "../../base/diagnostic.js";
import { slugOf } from "../../base/text.js";
import { buildPlan } from "../../roads/build.js";
import { checkPlan, explainShares } from "../../roads/check.js";
import type { PlanText } from "../../roads/opened-plan.js";
import type { World } from "../../roads/world.js";
import { DEFAULT_OPTIONS, FORMATS, type Format, SUFFIX, sealed } from "../../roads/write-files.js";
import { parseStandards } from "../../writers/pdf/standard.js";
import { type PlanOptions, eachPlan } from "./each-plan.js";
import { writeOutputs } from "../output/write-outputs.js";
import { EXIT, type ExitCode, type Streams } from "./streams.js";
import { WORDS } from "./words.js";

/** What `kehoach build` was asked for. */
export interface BuildOptions extends PlanOptions {
  readonly out: string | null;
  readonly to: string;
  /** As typed: "a-3a,ua-1"; null for what the file says, or the default. */
  readonly pdfStandard: string | null;
  readonly source: "carried" | "left-out";
  /** Make the extract for this assignee; null for the whole plan. */
  readonly assignee: string | null;
  /** Replace also files that somebody signed or changed, and those of another hand. */
  readonly force: "asked" | "no";
}

/**
 * Build plans into files. A plan with mistakes writes nothing; the others are built all the same.
 */
export async function buildPlans(
  plans: readonly string[],
  options: BuildOptions,
  streams: Streams,
): Promise<ExitCode> {
  const words = WORDS[options.lang];
  const refuse = (what: string): ExitCode => {
    streams.err(`${words.usageError(what)}\n`);
    return EXIT.usage;
  };
  const formats = askedFormats(options.to);
  if (!formats.ok) return refuse(words.unknownFormat(formats.unknown, FORMATS.join(", ")));
  const asked = options.pdfStandard === null ? null : parseStandards(options.pdfStandard);
  if (options.pdfStandard !== null && asked === null)
    return refuse(words.unknownStandard(options.pdfStandard));
  const twins = sameOutput(plans, options.out);
  if (twins !== null) return refuse(words.sameOutput(...twins));
  return eachPlan(plans, options, streams, async (input, world) => {
    if (input.text.length > LONG_PLAN) spareMemory();
    const pdfStandards = asked ?? input.standards ?? DEFAULT_OPTIONS.pdfStandards;
    const made = await buildPlan(
      input,
      {
        formats: formats.value,
        assignee: options.assignee,
        options: { pdfStandards, source: options.source },
      },
      world,
    );
    if (!made.ok) return made;
    const explained = await explain(input, options, streams, world);
    if (!explained.ok) return explained;
    const { files, pages } = made.value;
    const stem = stemOf(input.path, options.out);
    const name = options.assignee === null ? stem : `${stem}.${slugOf(options.assignee)}`;
    const written = [...files].map(([format, bytes]) => ({
      path: name + SUFFIX[format],
      bytes: sealed(format, bytes),
    }));
    if (formats.value.includes("xlsx") && !files.has("xlsx"))
      streams.err(`${words.noTables(input.path)}\n`);
    const done = writeOutputs(written, { force: options.force, inputs: input.filesRead() });
    return done.ok
      ? succeed({ paths: written.map(({ path }) => path), pages }, made.problems)
      : done;
  });
}

/** Check plans: everything but the writing. */
export async function checkPlans(
  plans: readonly string[],
  options: PlanOptions,
  streams: Streams,
): Promise<ExitCode> {
  return eachPlan(plans, options, streams, async (input, world) => {
    const checked = await checkPlan(input, world);
    if (!checked.ok) return checked;
    const explained = await explain(input, options, streams, world);
    if (!explained.ok) return explained;
    return succeed({ paths: [], pages: checked.value.pages }, checked.problems);
  });
}

/** The formats that `--to` names, each once; or the name that is none. */
export function askedFormats(
  to: string,
):
  | { readonly ok: true; readonly value: readonly Format[] }
  | { readonly ok: false; readonly unknown: string } {
  const names = to
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");
  const isFormat = (name: string): name is Format => (FORMATS as readonly string[]).includes(name);
  const unknown = names.find((name) => !isFormat(name));
  if (unknown !== undefined || names.length === 0) return { ok: false, unknown: unknown ?? "" };
  return { ok: true, value: [...new Set(names.filter(isFormat))] };
}

/** Say how an assignee came by its numbers, if that was asked for. */
async function explain(
  input: PlanText,
  { explain: assignee, lang }: PlanOptions,
  streams: Streams,
  world: World,
): Promise<Outcome<null>> {
  if (assignee === null) return succeed(null);
  const steps = await explainShares(input, assignee, world);
  if (!steps.ok) return steps;
  streams.out(`${steps.value.map((step) => step[lang]).join("\n")}\n`);
  return succeed(null);
}

/** A plan's output files without their endings. */
function stemOf(plan: string, out: string | null): string {
  return join(out ?? dirname(plan), basename(plan, extname(plan)));
}

/** Two plans that would be built into the same files. */
function sameOutput(
  plans: readonly string[],
  out: string | null,
): readonly [string, string] | null {
  const first = new Map<string, string>();
  for (const plan of plans) {
    const stem = stemOf(plan, out);
    const twin = first.get(stem);
    if (twin !== undefined) return [twin, plan];
    first.set(stem, plan);
  }
  return null;
}

/** Characters of a plan from which on memory matters more than the last tenth of speed. */
const LONG_PLAN = 100_000;

/**
 * Have what is no longer needed collected sooner: a long plan leaves much behind at every stage.
 */
function spareMemory(): void {
  setFlagsFromString("--heap-growing-percent=30");
}
