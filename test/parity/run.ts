import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import type { ReadSibling } from "../../src/base/sibling.js";
import { type Parity, type SeenLine, compareLines, readLines } from "../support/pdf-lines.js";
import { generate, productWorld } from "../support/product.js";
import { validateOffice, veraPdf } from "../judges/judges.js";
import {
  convertWithLibreOffice,
  inTemporaryFolder,
  missingPrograms,
  output,
} from "../support/tools.js";
import { longTablePlan } from "../support/long-table.js";
import { randomPlan } from "./random-plan.js";
import { widePlan } from "./wide-plan.js";

const world = productWorld();

/** A plan to be compared; spreadsheets are read from the folder of its file. */
interface Source {
  readonly name: string;
  readonly text: string;
  readonly file?: string;
}

/** How the two renderings of one plan compare. */
interface Compared {
  readonly name: string;
  readonly parity: Parity;
  readonly pages: { readonly ours: number; readonly theirs: number };
}

/**
 * Our PDF beside LibreOffice's rendering of our Word file, line by line: the fixtures, random plans
 * from a seed (--seed N, with all that is hard to set: --wide), one long table (--table ROWS), or the plans that are named. With --judges, veraPDF, qpdf and the schemas judge all files.
 */
async function main(args: readonly string[]): Promise<number> {
  const missing = missingPrograms(["soffice", "pdftotext"]);
  if (missing.length > 0) {
    process.stderr.write(`thiếu chương trình: ${missing.join(", ")}\n`);
    return 2;
  }
  const sources = chooseSources(args);
  return inTemporaryFolder(async (folder) => {
    const built: Source[] = [];
    for (const source of sources) if (await build(source, folder)) built.push(source);
    await convertWithLibreOffice(
      built.map(({ name }) => join(folder, `${name}.docx`)),
      folder,
    );
    const all: Compared[] = [];
    for (const { name } of built) {
      const compared = await compare(name, folder);
      process.stdout.write(printCompared(compared));
      all.push(compared);
    }
    process.stdout.write(printTotal(all));
    return args.includes("--judges") ? judge(built, folder) : 0;
  });
}

function chooseSources(args: readonly string[]): Source[] {
  const option = (name: string): string | undefined =>
    args.includes(name) ? args[args.indexOf(name) + 1] : undefined;
  const rows = Number(option("--table"));
  if (rows > 0) return [{ name: `table-${rows}`, text: longTablePlan(rows) }];
  if (args.includes("--seed")) {
    const seed = option("--seed") ?? "1";
    const count = Number(option("--plans")) || 50;
    return Array.from({ length: count }, (_, index) => ({
      name: `seed-${seed}-${index + 1}`,
      text: JSON.stringify(
        args.includes("--wide")
          ? widePlan(Number(seed) * 1000 + index)
          : randomPlan(Number(seed) * 1000 + index),
      ),
    }));
  }
  const named = args.filter((arg) => arg.endsWith(".yaml"));
  const fixtures = [
    ...readdirSync("fixtures").map((file) => join("fixtures", file)),
    ...["phan-bo-2024.yaml", "ba-nghin-xa.yaml"].map((file) =>
      join("fixtures", "allocation", file),
    ),
  ].filter((file) => file.endsWith(".yaml"));
  return (named.length > 0 ? named : fixtures).map((file) => ({
    name: basename(file, ".yaml"),
    file,
    text: readFileSync(file, "utf8"),
  }));
}

/** Write a plan's Word file and our PDF; not when it is refused. */
async function build({ name, text, file = name }: Source, folder: string): Promise<boolean> {
  const readSibling = (other: string): ReturnType<ReadSibling> => ({
    ok: true,
    value: readFileSync(join(dirname(file), other)),
    problems: [],
  });
  const made = await generate({ file, text, profile: null, readSibling }, ["docx", "pdf"], world);
  // A table that no paper is wide enough for is refused, and there is nothing to compare.
  if (!made.ok && made.problems.every(({ code }) => code === "column-too-narrow")) return false;
  if (!made.ok) throw new Error(`${name}: ${JSON.stringify(made.problems[0])}`);
  writeFileSync(join(folder, `${name}.docx`), made.value.files.get("docx") ?? "");
  writeFileSync(join(folder, `${name}.ours.pdf`), made.value.files.get("pdf") ?? "");
  return true;
}

async function compare(name: string, folder: string): Promise<Compared> {
  const ours = await readLines(join(folder, `${name}.ours.pdf`));
  const theirs = await readLines(join(folder, `${name}.pdf`));
  const pages = { ours: ours.at(-1)?.page ?? 0, theirs: theirs.at(-1)?.page ?? 0 };
  return { name, parity: compareLines(ours, theirs), pages };
}

/** How many files are judged at once. */
const BATCH = 50;

/** veraPDF (PDF/A-3a, PDF/UA-1), qpdf and the Open XML schemas over all files. */
async function judge(built: readonly Source[], folder: string): Promise<number> {
  let faults = 0;
  const tell = (found: ReadonlyMap<string, readonly string[]>): void => {
    for (const [file, list] of found) {
      if (list.length === 0) continue;
      faults++;
      process.stdout.write(`${basename(file)}: ${list.slice(0, 3).join("; ")}\n`);
    }
  };
  for (let at = 0; at < built.length; at += BATCH) {
    const names = built.slice(at, at + BATCH).map(({ name }) => join(folder, name));
    const pdfs = names.map((name) => `${name}.ours.pdf`);
    tell(await veraPdf(pdfs, "3a"));
    tell(await veraPdf(pdfs, "ua1"));
    tell(await validateOffice(names.map((name) => `${name}.docx`)));
    for (const pdf of pdfs)
      await output("qpdf", ["--check", pdf]).catch((error: unknown) =>
        tell(new Map([[pdf, [String(error)]]])),
      );
  }
  process.stdout.write(`judged: ${built.length} plans, ${faults} files with faults\n`);
  return faults > 0 ? 1 : 0;
}

/** The counts of one plan, and the first two differences. */
function printCompared({ name, parity, pages }: Compared): string {
  const counts =
    `${name}: ${parity.lines} lines, equal ${parity.equal}, same page ${parity.samePage}, ` +
    `pages ${pages.ours}/${pages.theirs}, ` +
    `largest distance ${parity.largestDistance.toFixed(2)} pt\n`;
  const print = (lines: readonly SeenLine[]): string =>
    lines
      .slice(0, 2)
      .map((line) => `[${line.page}] ${line.text}`)
      .join(" / ");
  const differences = parity.differences
    .slice(0, 2)
    .map(({ ours, theirs }) => `    ours   ${print(ours)}\n    theirs ${print(theirs)}\n`);
  return counts + differences.join("");
}

function printTotal(all: readonly Compared[]): string {
  const sum = (pick: (compared: Compared) => number): number =>
    all.reduce((total, compared) => total + pick(compared), 0);
  const lines = sum(({ parity }) => parity.lines);
  const share = (count: number): string => `${((100 * count) / lines).toFixed(2)} %`;
  const samePages = all.filter(({ pages }) => pages.ours === pages.theirs).length;
  return (
    `total: ${all.length} documents, ${sum(({ pages }) => pages.ours)} pages, ${lines} lines; ` +
    `equal ${share(sum(({ parity }) => parity.equal))}, ` +
    `same page ${share(sum(({ parity }) => parity.samePage))}, ` +
    `same page count ${samePages}/${all.length}\n`
  );
}

process.exitCode = await main(process.argv.slice(2));
