import { dirname, join } from "node:path";
import { type Diagnostic, type Language, type Outcome, succeed } from "../../base/diagnostic.js";
import type { ReadSibling } from "../../base/sibling.js";
import { type ProfileData } from "../../plan/parse-data.js";
import { parseProfile } from "../../plan/parse-plan.js";
import { mayCarryPlan, openCarried } from "../../roads/carried.js";
import type { PlanText } from "../../roads/opened-plan.js";
import type { World } from "../../roads/world.js";
import type { PdfStandard } from "../../writers/pdf/standard.js";
import { openDiskWorld } from "../disk-world.js";
import { hearInterrupts } from "../output/interrupts.js";
import { readBytes, readTextFile, siblingsOf } from "./files.js";
import { type ReportFormat, printReport } from "./report.js";
import { EXIT, type ExitCode, type Streams } from "./streams.js";
import { WORDS } from "./words.js";

/** What every command over plans can be asked. */
export interface PlanOptions {
  readonly templates: string | null;
  readonly fonts: string | null;
  readonly profile: string | null;
  /** Folders from which a plan may take files, besides its own. */
  readonly allowedFolders: readonly string[];
  /** Say how this assignee came by its numbers; null for not at all. */
  readonly explain: string | null;
  readonly format: ReportFormat;
  readonly lang: Language;
}

/**
 * A plan to be worked on: its text under the name shown in findings, and the path that was given.
 */
export interface Input extends PlanText {
  readonly path: string;
  /** What the file it was read back from was made to; null for a plan's own text. */
  readonly standards: readonly PdfStandard[] | null;
  /** The files that were read for it so far, the plan's own among them. */
  readonly filesRead: () => readonly string[];
}

/** What came of a plan: the files that were written, or none for a check. */
interface Done {
  readonly paths: readonly string[];
  readonly pages: number;
}

type Work = (input: Input, world: World) => Promise<Outcome<Done>>;

/** Work on plans one by one, and report all findings at the end. */
export async function eachPlan(
  plans: readonly string[],
  options: PlanOptions,
  streams: Streams,
  work: Work,
): Promise<ExitCode> {
  const report = new Report(options, streams);
  const world = openDiskWorld({ templates: options.templates, fonts: options.fonts });
  const profile = options.profile === null ? null : readProfile(options.profile, report);
  report.add(world.problems);
  if (profile !== null) report.add(profile.problems);
  if (!world.ok || (profile !== null && !profile.ok)) return report.finish(plans.length);
  for (const { file, text } of world.value.templates.values()) report.keepText(file, text);
  let failed = 0;
  for (const [index, file] of plans.entries()) {
    const start = performance.now();
    const clear = showProgress(streams, plans.length, index, file);
    const office = profile?.value ?? null;
    const input = await readInput(file, office, options.allowedFolders);
    if (input.ok) report.keepText(input.value.file, input.value.text);
    const result = input.ok ? await work(input.value, world.value) : input;
    clear();
    await hearInterrupts();
    report.add(inOrder(result.problems));
    if (!result.ok) failed++;
    else if (options.format !== "json")
      streams.out(doneLine(file, result.value, performance.now() - start, options.lang));
  }
  return report.finish(failed);
}

function showProgress(streams: Streams, of: number, index: number, file: string): () => void {
  if (!streams.live || of < 2) return () => undefined;
  streams.err(`\r\u001b[K[${index + 1}/${of}] ${file}`);
  return () => streams.err("\r\u001b[K");
}

function doneLine(file: string, { paths, pages }: Done, took: number, lang: Language): string {
  const words = WORDS[lang];
  return paths.length > 0
    ? `${paths.join("  ")}  ${words.pages(pages)}  ${words.seconds(took)}\n`
    : `${words.checked(file)}  ${words.pages(pages)}\n`;
}

/** Findings of a run, and the texts they show lines of. */
class Report {
  readonly #problems: Diagnostic[] = [];
  readonly #texts = new Map<string, string>();

  constructor(
    private readonly options: PlanOptions,
    private readonly streams: Streams,
  ) {}

  keepText(file: string, text: string): void {
    this.#texts.set(file, text);
  }

  add(problems: readonly Diagnostic[]): void {
    this.#problems.push(...problems);
  }

  /** Print everything; the exit code says whether there was a mistake. */
  finish(failedPlans: number): ExitCode {
    const { format, lang } = this.options;
    const { out, err } = this.streams;
    const errors = this.#problems.filter(({ severity }) => severity === "error").length;
    const sourceOf = (file: string): string | null => this.#texts.get(file) ?? null;
    if (format === "json") out(printReport(this.#problems, "json", lang, () => null));
    else if (this.#problems.length > 0) {
      const words = WORDS[lang];
      err(printReport(this.#problems, format, lang, sourceOf));
      const last =
        errors > 0 ? words.failed(errors, failedPlans) : words.warned(this.#problems.length);
      if (format === "text") err(`${last}\n`);
    }
    return errors > 0 ? EXIT.errors : EXIT.done;
  }
}

/** A plan's own text, or the text that a PDF or Word file of ours carries. */
async function readInput(
  path: string,
  office: ProfileData | null,
  allowed: readonly string[],
): Promise<Outcome<Input>> {
  if (!mayCarryPlan(path)) {
    const read = readTextFile(path);
    if (!read.ok) return read;
    const siblings = siblingsOf(path, allowed);
    const files = [path];
    const readSibling: ReadSibling = (name) => {
      files.push(join(dirname(path), name));
      return siblings(name);
    };
    return succeed({
      file: path,
      path,
      text: read.value,
      profile: office,
      readSibling,
      standards: null,
      filesRead: () => files,
    });
  }
  const read = readBytes(path);
  const carried = read.ok ? await openCarried(read.value, path) : read;
  return carried.ok
    ? succeed({
        ...carried.value,
        path,
        profile: office ?? carried.value.profile,
        filesRead: () => [path],
      })
    : carried;
}

function readProfile(file: string, report: Report): Outcome<ProfileData> {
  const read = readTextFile(file);
  if (!read.ok) return read;
  report.keepText(file, read.value);
  return parseProfile(read.value, file);
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
