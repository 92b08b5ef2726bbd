import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { openDiskWorld } from "../../src/app/disk-world.js";
import type { ReadSibling } from "../../src/base/sibling.js";
import { generate } from "../../src/roads/build.js";
import { type Parity, compareLines, readLines } from "../support/pdf-lines.js";
import { convertWithLibreOffice, inTemporaryFolder, missingPrograms } from "../support/tools.js";
import { longTablePlan } from "../support/long-table.js";
import { randomPlan } from "./random-plan.js";

/**
 * Our PDF beside LibreOffice's rendering of our Word file, line by line: the fixtures, random plans
 * from a seed (--seed N), one long table (--table ROWS), or the plans that are named.
 */
async function main(args: readonly string[]): Promise<number> {
  const missing = missingPrograms(["soffice", "pdftotext"]);
  if (missing.length > 0) {
    process.stderr.write(`thiếu chương trình: ${missing.join(", ")}\n`);
    return 2;
  }
  const seedAt = args.indexOf("--seed");
  const count = Number(args[args.indexOf("--plans") + 1]) || 50;
  const rows = Number(args[args.indexOf("--table") + 1]);
  const named = args.filter((arg) => arg.endsWith(".yaml"));
  const sources =
    args.includes("--table") && rows > 0
      ? [{ name: `table-${rows}`, text: longTablePlan(rows) }]
      : seedAt >= 0
        ? Array.from({ length: count }, (_, index) => ({
            name: `seed-${args[seedAt + 1] ?? "1"}-${index + 1}`,
            text: JSON.stringify(randomPlan(Number(args[seedAt + 1] ?? 1) * 1000 + index)),
          }))
        : named.length > 0
          ? named.map((file) => ({
              name: basename(file, ".yaml"),
              file,
              text: readFileSync(file, "utf8"),
            }))
          : [
              ...readdirSync("fixtures").map((file) => join("fixtures", file)),
              ...["phan-bo-2024.yaml", "ba-nghin-xa.yaml"].map((file) =>
                join("fixtures", "allocation", file),
              ),
            ]
              .filter((file) => file.endsWith(".yaml"))
              .map((file) => ({
                name: basename(file, ".yaml"),
                file,
                text: readFileSync(file, "utf8"),
              }));
  return inTemporaryFolder((folder) => measure(sources, folder));
}

async function measure(
  sources: readonly { name: string; text: string; file?: string }[],
  folder: string,
): Promise<number> {
  const world = openDiskWorld({ templates: null, fonts: null });
  if (!world.ok) throw new Error("no world");
  for (const { name, text, file = name } of sources) {
    const readSibling = (other: string): ReturnType<ReadSibling> => ({
      ok: true,
      value: readFileSync(join(dirname(file), other)),
      problems: [],
    });
    const made = await generate(
      { file, text, profile: null, readSibling },
      ["docx", "pdf"],
      world.value,
    );
    if (!made.ok) throw new Error(`${name}: ${JSON.stringify(made.problems[0])}`);
    writeFileSync(join(folder, `${name}.docx`), made.value.files.get("docx") ?? "");
    writeFileSync(join(folder, `${name}.ours.pdf`), made.value.files.get("pdf") ?? "");
  }
  await convertWithLibreOffice(
    sources.map(({ name }) => join(folder, `${name}.docx`)),
    folder,
  );
  const results: Parity[] = [];
  let samePages = 0;
  let pages = 0;
  for (const { name } of sources) {
    const ours = await readLines(join(folder, `${name}.ours.pdf`));
    const theirs = await readLines(join(folder, `${name}.pdf`));
    const parity = compareLines(ours, theirs);
    results.push(parity);
    const [ourPages, theirPages] = [ours.at(-1)?.page ?? 0, theirs.at(-1)?.page ?? 0];
    pages += ourPages;
    if (ourPages === theirPages) samePages++;
    process.stdout.write(
      `${name}: ${parity.lines} lines, equal ${parity.equal}, same page ${parity.samePage}, pages ${ourPages}/${theirPages}, largest distance ${parity.largestDistance.toFixed(2)} pt\n`,
    );
    for (const difference of parity.differences.slice(0, 2)) {
      process.stdout.write(
        `    ours   ${difference.ours
          .slice(0, 2)
          .map((line) => `[${line.page}] ${line.text}`)
          .join(" / ")}\n    theirs ${difference.theirs
          .slice(0, 2)
          .map((line) => `[${line.page}] ${line.text}`)
          .join(" / ")}\n`,
      );
    }
  }
  const sum = (pick: (parity: Parity) => number): number =>
    results.reduce((total, parity) => total + pick(parity), 0);
  const lines = sum((parity) => parity.lines);
  process.stdout.write(
    `total: ${sources.length} documents, ${pages} pages, ${lines} lines; equal ${((100 * sum((p) => p.equal)) / lines).toFixed(2)} %, same page ${((100 * sum((p) => p.samePage)) / lines).toFixed(2)} %, same page count ${samePages}/${sources.length}\n`,
  );
  return 0;
}

process.exitCode = await main(process.argv.slice(2));
