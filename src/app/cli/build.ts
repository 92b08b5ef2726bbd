import { basename, dirname, extname, join } from "node:path";
import { setFlagsFromString } from "node:v8";
import {
  type Diagnostic,
  type Language,
  type Outcome,
  both,
  fail,
  fileError,
  succeed,
} from "../../base/diagnostic.js";
import { explainUnit } from "../../tables/explain.js";
import { findUnit, unitNames } from "../../tables/assignee-share.js";
import { nearest } from "../../base/nearest.js";
import { slugOf } from "../../base/text.js";
import type { ReadSibling, World } from "../../base/world.js";
import {
  DEFAULT_OPTIONS,
  FORMATS,
  type Format,
  type MakeOptions,
  type OpenedPlan,
  type PlanText,
  makeFiles,
  openPlan,
} from "../../roads/build.js";
import { type ProfileData, parseProfile } from "../../plan/parse-plan.js";
import { extractPlan } from "../../extracts/extract-plan.js";
import { type PdfStandard, parseStandards } from "../../writers/pdf/standard.js";
import { SHEET_LIMITS } from "../../reading/sheets/limits.js";
import { openDiskWorld } from "../disk-world.js";
import { readBytes, readTextFile, writeFiles } from "./files.js";
import { type ReportFormat, printReport } from "./report.js";
import { EXIT, type ExitCode, type Streams } from "./streams.js";
import { WORDS } from "./words.js";

export interface BuildOptions {
  readonly out: string | null;
  readonly to: string;
  readonly templates: string | null;
  readonly fonts: string | null;
  readonly profile: string | null;
  /** As typed: "a-3a,ua-1"; null for what the file says, or the default. */
  readonly pdfStandard: string | null;
  readonly source: MakeOptions["source"];
  /** Make the extract of this unit; null for the whole plan. */
  readonly unit: string | null;
  /** Say how this unit came by its numbers; null for not at all. */
  readonly explain: string | null;
  readonly format: ReportFormat;
  readonly lang: Language;
}

export const SUFFIX: Readonly<Record<Format, string>> = {
  docx: ".docx",
  pdf: ".pdf",
  xlsx: ".xlsx",
  tree: ".tree.txt",
  layout: ".layout.txt",
  text: ".txt",
};

/**
 * Build plans into files. A plan with mistakes writes nothing; the others are built all the same.
 */
export async function buildPlans(
  plans: readonly string[],
  options: BuildOptions,
  streams: Streams,
): Promise<ExitCode> {
  const words = WORDS[options.lang];
  const formats = askedFormats(options, streams);
  if (formats === null) return EXIT.usage;
  const asked = options.pdfStandard === null ? null : parseStandards(options.pdfStandard);
  if (options.pdfStandard !== null && asked === null) {
    streams.err(`${words.usageError(words.unknownStandard(options.pdfStandard))}\n`);
    return EXIT.usage;
  }
  const stem = (plan: string): string =>
    join(options.out ?? dirname(plan), basename(plan, extname(plan)));
  for (const [index, plan] of plans.entries()) {
    const twin = plans.slice(0, index).find((other) => stem(other) === stem(plan));
    if (twin !== undefined) {
      streams.err(`${words.usageError(words.sameOutput(twin, plan))}\n`);
      return EXIT.usage;
    }
  }
  return eachPlan(plans, options, streams, async (input, world) => {
    if (input.text.length > LONG_PLAN) spareMemory();
    const pdfStandards = asked ?? input.standards ?? DEFAULT_OPTIONS.pdfStandards;
    const opened = await openPlan(input, world);
    if (!opened.ok) return opened.problems;
    const wanted = options.unit === null ? opened : extractOf(opened.value, options.unit);
    if (!wanted.ok) return wanted.problems;
    // An extract does not carry the whole plan: the other units' numbers are none of its business.
    const made = await makeFiles(wanted.value, formats, world, {
      pdfStandards,
      source: options.unit === null ? options.source : "left-out",
    });
    if (!made.ok) return made.problems;
    const told = explain(opened.value, options, streams);
    if (told.length > 0) return told;
    const name =
      options.unit === null ? stem(input.path) : `${stem(input.path)}.${slugOf(options.unit)}`;
    const files = [...made.value.files].map(([format, bytes]) => ({
      path: `${name}${SUFFIX[format]}`,
      bytes,
    }));
    if (formats.includes("xlsx") && !made.value.files.has("xlsx"))
      streams.err(`${words.noTables(input.path)}\n`);
    const written = writeFiles(files);
    if (!written.ok) return written.problems;
    return {
      paths: files.map((file) => file.path),
      pages: made.value.pages,
      warnings: opened.problems,
    };
  });
}

/**
 * The formats that `--to` names, each once; null, with a word to the user, when it names another.
 */
export function askedFormats(
  { to, lang }: BuildOptions,
  streams: Streams,
): readonly Format[] | null {
  const words = WORDS[lang];
  const names = to
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");
  const unknown = names.find((name) => !(FORMATS as readonly string[]).includes(name));
  if (unknown === undefined && names.length > 0) return [...new Set(names as Format[])];
  streams.err(`${words.usageError(words.unknownFormat(unknown ?? "", FORMATS.join(", ")))}\n`);
  return null;
}

/** Check plans: everything but the writing. */
export async function checkPlans(
  plans: readonly string[],
  options: BuildOptions,
  streams: Streams,
): Promise<ExitCode> {
  return eachPlan(plans, options, streams, async (input, world) => {
    const opened = await openPlan(input, world);
    if (!opened.ok) return opened.problems;
    const made = await makeFiles(opened.value, [], world, DEFAULT_OPTIONS);
    if (!made.ok) return made.problems;
    const told = explain(opened.value, options, streams);
    return told.length > 0
      ? told
      : { paths: [], pages: made.value.pages, warnings: opened.problems };
  });
}

/**
 * Say how a unit came by its numbers, if that was asked for. Gives what was wrong with the
 * question.
 */
function explain(
  { plan, input }: OpenedPlan,
  { explain: unit, lang }: BuildOptions,
  streams: Streams,
): readonly Diagnostic[] {
  if (unit === null) return [];
  const steps = explainUnit(plan.dataTables.values(), unit);
  if (steps.length === 0) return [unknownUnit(input.file, unit, unitNames(plan.dataTables))];
  streams.out(`${steps.map((step) => step[lang]).join("\n")}\n`);
  return [];
}

/** The extract of a unit; a unit that no table names is a finding. */
function extractOf(opened: OpenedPlan, unit: string): Outcome<OpenedPlan> {
  const known = findUnit(opened.plan.dataTables, unit);
  const plan = known === null ? null : extractPlan(opened.plan, known);
  return plan === null
    ? fail([unknownUnit(opened.input.file, unit, unitNames(opened.plan.dataTables))])
    : succeed({ ...opened, plan });
}

function unknownUnit(file: string, unit: string, names: readonly string[]): Diagnostic {
  const near = nearest(unit, names);
  const shown = names.slice(0, 12).join(", ") + (names.length > 12 ? ", …" : "");
  return fileError(
    "unit-unknown",
    { file },
    both(
      `không bảng nào của kế hoạch giao cho đơn vị “${unit}”`,
      `no table of the plan gives anything to “${unit}”`,
    ),
    near !== null
      ? both(`có phải là “${near}”?`, `did you mean “${near}”?`)
      : names.length > 0
        ? both(`các đơn vị: ${shown}`, `the units: ${shown}`)
        : both(
            "khai báo key: cho cột tên đơn vị của bảng",
            "give the table a key: the column of units",
          ),
  );
}

/** Characters of a plan from which on memory matters more than the last tenth of speed. */
const LONG_PLAN = 100_000;

/**
 * Have what is no longer needed collected sooner: a long plan leaves much behind at every stage.
 */
function spareMemory(): void {
  setFlagsFromString("--heap-growing-percent=30");
}

export interface Done {
  readonly paths: readonly string[];
  readonly pages: number;
  readonly warnings: readonly Diagnostic[];
}
/**
 * A plan to be worked on: its text under the name shown in findings, and the path that was given.
 */
export interface Input extends PlanText {
  readonly path: string;
  /** What the file it was read back from was made to; null for a plan's own text. */
  readonly standards: readonly PdfStandard[] | null;
}
type Work = (input: Input, world: World) => Promise<readonly Diagnostic[] | Done>;

export async function eachPlan(
  plans: readonly string[],
  options: BuildOptions,
  streams: Streams,
  work: Work,
): Promise<ExitCode> {
  const words = WORDS[options.lang];
  const problems: Diagnostic[] = [];
  const texts = new Map<string, string>();
  const finish = (failedPlans: number): ExitCode => {
    const errors = problems.filter(({ severity }) => severity === "error").length;
    if (options.format === "json")
      streams.out(printReport(problems, "json", options.lang, () => null));
    else if (problems.length > 0) {
      streams.err(
        printReport(problems, options.format, options.lang, (file) => texts.get(file) ?? null),
      );
      if (options.format === "text")
        streams.err(
          `${errors > 0 ? words.failed(errors, failedPlans) : words.warned(problems.length)}\n`,
        );
    }
    return errors > 0 ? EXIT.errors : EXIT.done;
  };

  const opened = openDiskWorld({ templates: options.templates, fonts: options.fonts });
  const profile = options.profile === null ? null : readProfile(options.profile, texts);
  if (!opened.ok) problems.push(...opened.problems);
  if (profile && !profile.ok) problems.push(...profile.problems);
  if (!opened.ok || (profile && !profile.ok)) return finish(plans.length);
  for (const { file, text } of opened.value.templates.values()) texts.set(file, text);

  let failedPlans = 0;
  for (const [index, file] of plans.entries()) {
    const start = performance.now();
    if (streams.live && plans.length > 1)
      streams.err(`\r\u001b[K[${index + 1}/${plans.length}] ${file}`);
    const read = await readInput(file, profile?.value ?? null);
    if (read.ok) texts.set(read.value.file, read.value.text);
    const result = read.ok ? await work(read.value, opened.value) : read.problems;
    if (streams.live && plans.length > 1) streams.err("\r\u001b[K");
    if ("paths" in result) {
      problems.push(...inOrder(result.warnings));
      const facts = `${words.pages(result.pages)}  ${words.seconds(performance.now() - start)}`;
      if (options.format !== "json")
        streams.out(
          result.paths.length > 0
            ? `${result.paths.join("  ")}  ${facts}\n`
            : `${words.checked(file)}  ${words.pages(result.pages)}\n`,
        );
    } else {
      failedPlans++;
      problems.push(...inOrder(result));
    }
  }
  return finish(failedPlans);
}

/** A plan's own text, or the text that a PDF or Word file of ours carries. */
async function readInput(path: string, office: ProfileData | null): Promise<Outcome<Input>> {
  if (!/\.(?:pdf|docx)$/iu.test(path)) {
    const read = readTextFile(path);
    return read.ok
      ? succeed({
          file: path,
          path,
          text: read.value,
          profile: office,
          readSibling: siblingsOf(path),
          standards: null,
        })
      : read;
  }
  const { carriedSiblings, readCarried } = await import("./carried.js");
  const carried = await readCarried(path);
  if (!carried.ok) return carried;
  const { plan, profile, standards, data } = carried.value;
  return succeed({
    file: `${path}!plan.yaml`,
    path,
    text: plan,
    profile: office ?? profile,
    readSibling: carriedSiblings(data),
    standards: parseStandards(standards.join(",") || "none"),
  });
}

/** Files that a plan names, from the folder it stands in. */
function siblingsOf(plan: string): ReadSibling {
  return (name) => readBytes(join(dirname(plan), name), SHEET_LIMITS.file);
}

/** Findings as one reads a file: from the top down. */
function inOrder(problems: readonly Diagnostic[]): Diagnostic[] {
  const key = ({ at }: Diagnostic): [string, number, number] =>
    at.in === "file" ? [at.file, at.line, at.column] : ["", 0, 0];
  return [...problems].sort((a, b) => {
    const [x, y] = [key(a), key(b)];
    return x[0] === y[0] ? x[1] - y[1] || x[2] - y[2] : 0;
  });
}

function readProfile(file: string, texts: Map<string, string>): ReturnType<typeof parseProfile> {
  const read = readTextFile(file);
  if (!read.ok) return read;
  texts.set(file, read.value);
  return parseProfile(read.value, file);
}
