import { existsSync, statSync } from "node:fs";
import { basename, dirname, extname, join } from "node:path";
import {
  type Diagnostic,
  type Language,
  type Outcome,
  both,
  fail,
  fileError,
} from "../../base/diagnostic.js";
import { type Knowledge, parseKnowledge } from "../../knowledge/knowledge.js";
import {
  type GivenBack,
  type ImportRequest,
  type Imported,
  importPlan,
} from "../../roads/import.js";
import type { World } from "../../roads/world.js";
import { openDiskWorld } from "../disk-world.js";
import { HOME } from "../home.js";
import { hearInterrupts } from "../output/interrupts.js";
import { differsFromDisk, writeOutputs } from "../output/write-outputs.js";
import { readBytes, readTextFile } from "./files.js";
import { accountData, printAccount, printGivenBack } from "./import-account.js";
import { printReport } from "./report.js";
import { EXIT, type ExitCode, type Streams } from "./streams.js";
import { WORDS } from "./words.js";

export interface ImportOptions {
  /**
   * The plan's file, or a folder for several; "-" for the terminal; null for beside the document.
   */
  readonly out: string | null;
  /** An office's own file of what is known. */
  readonly knowledge: string | null;
  /** Take the data that a file of ours carries, or read its text all the same. */
  readonly carried: "taken" | "ignored";
  readonly format: "text" | "json";
  /** Replace files that are there and say something else. */
  readonly force: "asked" | "no";
  readonly lang: Language;
}

/** Largest document that is read. A plan with scanned pages has some 20 MB. */
const MAX_BYTES = 100_000_000;

/**
 * Turn existing documents into plan data, each with an account of every word. A document that
 * cannot be read writes nothing.
 */
export async function importFiles(
  files: readonly string[],
  options: ImportOptions,
  streams: Streams,
): Promise<ExitCode> {
  const { lang, carried, force } = options;
  const words = WORDS[lang];
  const targets = targetsOf(files, options.out);
  if (targets === null) {
    streams.err(`${words.usageError(words.importManyOut)}\n`);
    return EXIT.usage;
  }
  const world = openDiskWorld({ templates: null, fonts: null });
  const knowledge = readKnowledge(options.knowledge);
  if (!world.ok || !knowledge.ok) {
    const problems = [...world.problems, ...knowledge.problems];
    streams.err(printReport(problems, "text", lang, () => null));
    return EXIT.errors;
  }
  const request = { knowledge: knowledge.value, carried, force };
  const accounts: object[] = [];
  let failed = 0;
  for (const [index, file] of files.entries()) {
    const target = targets[index] ?? TERMINAL;
    const made = await importOne(file, target, request, world.value);
    await hearInterrupts();
    if (!made.ok) failed++;
    if (made.ok && target === TERMINAL) streams.out(made.value.text);
    if (options.format === "json") accounts.push(accountOf(file, target, made, lang));
    else
      (made.ok && target !== TERMINAL ? streams.out : streams.err)(tell(file, target, made, lang));
  }
  if (options.format === "json") {
    const print = targets.includes(TERMINAL) ? streams.err : streams.out;
    print(`${JSON.stringify({ imports: accounts }, null, 2)}\n`);
  }
  return failed > 0 ? EXIT.errors : EXIT.done;
}

/** The target that is no file. */
const TERMINAL = "-";

/** Import one document and write what came of it. */
async function importOne(
  file: string,
  target: string,
  request: ImportRequest & Pick<ImportOptions, "force">,
  world: World,
): Promise<Outcome<Imported | GivenBack>> {
  const read = readBytes(file, MAX_BYTES);
  if (!read.ok) return read;
  const made = await importPlan(read.value, file, request, world);
  if (!made.ok || target === TERMINAL) return made;
  const data = made.value.kind === "given-back" ? made.value.data : [];
  const isTarget = ({ name }: { readonly name: string }): boolean =>
    name.toLowerCase() === basename(target).toLowerCase();
  const files = [
    { path: target, bytes: new TextEncoder().encode(made.value.text) },
    ...data
      .filter((one) => !isTarget(one))
      .map(({ name, bytes }) => ({ path: join(dirname(target), name), bytes })),
  ];
  const differing = request.force === "asked" ? [] : files.filter(differsFromDisk);
  const written =
    differing.length > 0
      ? fail(differing.map(({ path }) => existsAlready(path)))
      : writeOutputs(files, { force: "asked", inputs: [file] });
  return written.ok ? made : written;
}

/** What is told of an import. */
function tell(
  file: string,
  target: string,
  made: Outcome<Imported | GivenBack>,
  lang: Language,
): string {
  if (!made.ok) return printReport(made.problems, "text", lang, () => null);
  const { value } = made;
  return value.kind === "given-back"
    ? printGivenBack(file, target, value, lang)
    : printAccount(file, target, value, lang);
}

/** The same as data. */
function accountOf(
  file: string,
  target: string,
  made: Outcome<Imported | GivenBack>,
  lang: Language,
): object {
  if (!made.ok) {
    const report: unknown = JSON.parse(printReport(made.problems, "json", lang, () => null));
    return { file, findings: report };
  }
  const { value } = made;
  return value.kind === "given-back"
    ? {
        file,
        out: target,
        carried: true,
        data: value.data.map(({ name }) => name),
        leftOut: value.leftOut,
        differences: value.edited?.differences ?? [],
      }
    : { file, out: target, ...accountData(value, lang) };
}

/**
 * Where each plan goes; null when several would go into one file, or the file is of another kind.
 */
function targetsOf(files: readonly string[], out: string | null): readonly string[] | null {
  const planIn = (file: string, folder: string): string =>
    join(folder, `${basename(file, extname(file))}.yaml`);
  if (out === null) return files.map((file) => planIn(file, dirname(file)));
  // "-o ke-hoach.docx" is a mistake, not a folder of that name.
  if (!existsSync(out) && /\.[a-z]{2,5}$/iu.test(out) && !/\.(?:ya?ml|json)$/iu.test(out))
    return null;
  const isFolder = existsSync(out)
    ? statSync(out).isDirectory()
    : !/\.(?:ya?ml|json)$/iu.test(out) && out !== TERMINAL;
  if (!isFolder) return files.length === 1 ? [out] : null;
  const targets = files.map((file) => planIn(file, out));
  return new Set(targets).size === targets.length ? targets : null;
}

function existsAlready(file: string): Diagnostic {
  return fileError(
    "file-exists",
    { file },
    both(
      "đã có tệp này, nội dung khác; không ghi đè",
      "this file is already there and says something else; it is not overwritten",
    ),
    both(
      "chọn tên khác: -o TEN.yaml; ghi đè: --force",
      "choose another name: -o NAME.yaml; --force replaces it",
    ),
  );
}

function readKnowledge(own: string | null): Outcome<Knowledge> {
  const file = join(HOME, "templates", "knowledge.yaml");
  const base = readTextFile(file);
  const known = base.ok ? parseKnowledge(base.value, file) : base;
  if (own === null || !known.ok) return known;
  const read = readTextFile(own);
  return read.ok ? parseKnowledge(read.value, own, known.value) : read;
}
