import { existsSync, readFileSync, statSync } from "node:fs";
import { basename, dirname, extname, isAbsolute, join, normalize } from "node:path";
import {
  type Diagnostic,
  type Language,
  type Outcome,
  both,
  fail,
  fileError,
} from "../../base/diagnostic.js";
import type { World } from "../../base/world.js";
import { type Imported, compareCarried, importPlan } from "../../roads/import.js";
import type { Coverage } from "../../reading/coverage.js";
import { type Knowledge, parseKnowledge } from "../../knowledge/knowledge.js";
import { readSource } from "../../carried/read-carried.js";
import { CONFIDENCE, placeWords } from "../../reading/structure/guesses.js";
import { openDiskWorld } from "../disk-world.js";
import { carriedSiblings } from "./carried.js";
import { HOME } from "../home.js";
import { type NewFile, readBytes, readTextFile, writeFiles } from "./files.js";
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
  const { lang } = options;
  const words = WORDS[lang];
  const targets = targetsOf(files, options.out);
  if (targets === null) {
    streams.err(`${words.usageError(words.importManyOut)}\n`);
    return EXIT.usage;
  }
  const world = openDiskWorld({ templates: null, fonts: null });
  const knowledge = readKnowledge(options.knowledge);
  if (!world.ok || !knowledge.ok) {
    streams.err(
      printReport(
        [...(world.ok ? [] : world.problems), ...(knowledge.ok ? [] : knowledge.problems)],
        "text",
        lang,
        () => null,
      ),
    );
    return EXIT.errors;
  }
  const accounts: unknown[] = [];
  let failed = 0;
  for (const [index, file] of files.entries()) {
    const target = targets[index] ?? "-";
    const made = await importOne(file, target, knowledge.value, world.value, options.carried);
    const known = made.ok
      ? made.value.files.find(
          ({ path, bytes }) =>
            path !== "-" && existsSync(path) && Buffer.compare(readFileSync(path), bytes) !== 0,
        )
      : undefined;
    const written = !made.ok
      ? made
      : known
        ? fail([existsAlready(known.path)])
        : writeFiles(made.value.files.filter(({ path }) => path !== "-"));
    if (!made.ok || !written.ok) {
      const { problems } = written.ok ? { problems: [] } : written;
      if (options.format === "json")
        accounts.push({
          file,
          findings: JSON.parse(printReport(problems, "json", lang, () => null)) as unknown,
        });
      else streams.err(printReport(problems, "text", lang, () => null));
      failed++;
      continue;
    }
    const { account, edited } = made.value;
    if (target === "-") streams.out(new TextDecoder().decode(made.value.files[0]?.bytes));
    const tell = target === "-" ? streams.err : streams.out;
    if (options.format === "json")
      accounts.push({
        file,
        out: target,
        ...(account === null
          ? { carried: true, differences: edited?.differences ?? [] }
          : accountData(account, lang)),
      });
    else
      tell(
        account === null
          ? printCarried(file, target, edited, lang)
          : printAccount(file, target, account, lang),
      );
  }
  if (options.format === "json")
    (targets.includes("-") ? streams.err : streams.out)(
      `${JSON.stringify({ imports: accounts }, null, 2)}\n`,
    );
  return failed > 0 ? EXIT.errors : EXIT.done;
}

/**
 * Where each plan goes; null when several would go into one file, or the file is of another kind.
 */
function targetsOf(files: readonly string[], out: string | null): readonly string[] | null {
  const readSibling = (file: string, folder: string): string =>
    join(folder, `${basename(file, extname(file))}.yaml`);
  if (out === null) return files.map((file) => readSibling(file, dirname(file)));
  // "-o ke-hoach.docx" is a mistake, not a folder of that name.
  if (!existsSync(out) && /\.[a-z]{2,5}$/iu.test(out) && !/\.(?:ya?ml|json)$/iu.test(out))
    return null;
  const isFolder = existsSync(out)
    ? statSync(out).isDirectory()
    : !/\.(?:ya?ml|json)$/iu.test(out) && out !== "-";
  if (!isFolder) return files.length === 1 ? [out] : null;
  const targets = files.map((file) => readSibling(file, out));
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
    both("chọn tên khác: -o TEN.yaml", "choose another name: -o NAME.yaml"),
  );
}

interface Made {
  readonly files: readonly NewFile[];
  /** Null for a file of ours that gave back its data. */
  readonly account: Imported | null;
  /** Where the text of such a file says something else than its data. */
  readonly edited: Coverage | null;
}

async function importOne(
  file: string,
  target: string,
  knowledge: Knowledge,
  world: World,
  carriedData: ImportOptions["carried"],
): Promise<Outcome<Made>> {
  const read = readBytes(file, MAX_BYTES);
  if (!read.ok) return read;
  const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
  if (carriedData === "taken" && /\.(?:pdf|docx)$/iu.test(file)) {
    const carried = await readSource(read.value, file);
    if (carried.ok) {
      const { plan, profile, data } = carried.value;
      const edited = await compareCarried(
        read.value,
        file,
        { file: `${file}!plan.yaml`, text: plan, profile, readSibling: carriedSiblings(data) },
        world,
      );
      // A name that leads out of the folder is not followed.
      const readSibling =
        target === "-"
          ? []
          : data.map(({ name, bytes }) => ({
              path: join(
                dirname(target),
                isAbsolute(name) || normalize(name).startsWith("..") ? basename(name) : name,
              ),
              bytes,
            }));
      return {
        ok: true,
        value: {
          files: [{ path: target, bytes: encode(plan) }, ...readSibling],
          account: null,
          edited,
        },
        problems: [],
      };
    }
  }
  const imported = await importPlan(read.value, file, knowledge, world);
  if (!imported.ok) return fail(imported.problems);
  return {
    ok: true,
    value: {
      files: [{ path: target, bytes: encode(imported.value.text) }],
      account: imported.value,
      edited: null,
    },
    problems: [],
  };
}

function readKnowledge(own: string | null): Outcome<Knowledge> {
  const file = join(HOME, "templates", "knowledge.yaml");
  const base = readTextFile(file);
  const known = base.ok ? parseKnowledge(base.value, file) : base;
  if (own === null || !known.ok) return known;
  const read = readTextFile(own);
  return read.ok ? parseKnowledge(read.value, own, known.value) : read;
}

// --- The account ---------------------------------------------------------------------------------------------------

/** Differences and lines that are shown one by one; of more, how many there are. */
const MAX_SHOWN = 30;

/** Remarks that say what a plan will lack: they stand first. */
const FIRST: ReadonlySet<string> = new Set(["part-missing", "other-order"]);

function printCarried(
  file: string,
  target: string,
  edited: Coverage | null,
  lang: Language,
): string {
  const words = WORDS[lang];
  const lines = [words.importCarried(file, target)];
  if (edited !== null)
    lines.push(
      `  ${words.importEdited(edited.differences.length, file)}`,
      ...showDifferences(edited, lang),
    );
  return `${lines.join("\n")}\n`;
}

function showDifferences({ differences }: Coverage, lang: Language): string[] {
  const words = WORDS[lang];
  return [
    ...differences
      .slice(0, MAX_SHOWN)
      .map(
        ({ source, plan, at }) =>
          `    ${placeWords(at)[lang]}: ${words.importDifference(short(source), short(plan))}`,
      ),
    ...(differences.length > MAX_SHOWN
      ? [`    … ${words.importMore(differences.length - MAX_SHOWN)}`]
      : []),
  ];
}

function short(text: string): string {
  return (text.length > 160 ? `${text.slice(0, 159)}…` : text).replace(/\s+/gu, " ");
}

function printAccount(
  file: string,
  target: string,
  { coverage, guesses, unplaced, excluded, notices, warnings }: Imported,
  lang: Language,
): string {
  const words = WORDS[lang];
  const lines: string[] = [
    words.importDone(file, target),
    `  ${words.importCoverage(coverage.placed, coverage.words)}`,
  ];
  const section = <T>(title: string, list: readonly T[], show: (one: T) => string): void => {
    if (list.length === 0) return;
    lines.push(
      `  ${title} (${list.length}):`,
      ...list.slice(0, MAX_SHOWN).map((one) => `    ${show(one)}`),
      ...(list.length > MAX_SHOWN ? [`    … ${words.importMore(list.length - MAX_SHOWN)}`] : []),
    );
  };
  for (const { code, message } of notices)
    if (FIRST.has(code)) lines.push(`  ${words.importNote}: ${message[lang]}`);
  if (coverage.recased > 0) lines.push(`  ${words.importRecased(coverage.recased)}`);
  if (coverage.differences.length > 0)
    lines.push(
      `  ${words.importDiffers} (${coverage.differences.length}):`,
      ...showDifferences(coverage, lang),
    );
  section(
    words.importGuesses,
    guesses,
    ({ what, confidence, at, line }) =>
      `${target === "-" ? "" : `${target}:`}${line}: ${what[lang]} (${CONFIDENCE[confidence][lang]}; ${placeWords(at)[lang]})`,
  );
  section(
    words.importUnplaced,
    unplaced,
    ({ text, at }) => `${placeWords(at)[lang]}: ${short(text)}`,
  );
  section(
    words.importNotices,
    notices.filter(({ code }) => !FIRST.has(code)),
    ({ message, at }) => `${placeWords(at)[lang]}: ${message[lang]}`,
  );
  const kinds = new Map<string, number>();
  for (const { why } of excluded) kinds.set(why, (kinds.get(why) ?? 0) + 1);
  if (kinds.size > 0)
    lines.push(
      `  ${words.importExcluded}: ${[...kinds].map(([why, count]) => `${words.importKinds[why] ?? why} ${count}`).join(", ")}`,
    );
  section(
    words.importWarnings,
    warnings,
    ({ message, at }) => `${at.in === "file" ? `${target}:${at.line}: ` : ""}${message[lang]}`,
  );
  return `${lines.join("\n")}\n`;
}

function accountData(
  { coverage, guesses, unplaced, excluded, notices, warnings }: Imported,
  lang: Language,
): object {
  return {
    words: coverage.words,
    placed: coverage.placed,
    recased: coverage.recased,
    differences: coverage.differences.map(({ source, plan, at }) => ({ source, plan, ...at })),
    guesses: guesses.map(({ what, confidence, at, line }) => ({
      planLine: line,
      what: what[lang],
      confidence,
      ...at,
    })),
    leftOver: unplaced.map(({ text, at }) => ({ text, ...at })),
    leftOut: excluded.map(({ why, text, at }) => ({ why, text, ...at })),
    remarks: notices.map(({ code, message, at }) => ({ code, message: message[lang], ...at })),
    warnings: warnings.map(({ code, message, at }) => ({
      code,
      message: message[lang],
      planLine: at.in === "file" ? at.line : null,
    })),
  };
}
