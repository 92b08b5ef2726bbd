import { describe, expect, test } from "@jest/globals";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { strFromU8, unzipSync } from "fflate";
import { PNG } from "pngjs";
import { fixtures, make } from "./support/product.js";
import { hasProgram, inTemporaryFolder, output } from "./support/tools.js";

/**
 * The golden ladder: each stop of the road has a file, so that a change is seen at the highest rung
 * that shows it. `npm run golden` rewrites the files and says which changed; `npm test` never
 * writes, and a missing file fails.
 */
const WRITE = process.env["KEHOACH_GOLDEN"] === "write";
const PICTURES: Readonly<Record<string, readonly number[]>> = {
  "bao-yen-2022": [1, 11, 12],
  "hoang-phu-2024": [1],
  "hon-quan-2023": [1, 6],
  "hon-quan-2024": [1, 15, 18],
  "son-ha-2024": [1, 5],
};

function golden(path: string): string {
  return join("test", "golden", path);
}

function compare(path: string, text: string): void {
  const file = golden(path);
  if (WRITE) {
    const old = existsSync(file) ? readFileSync(file, "utf8") : null;
    if (old === text) return;
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    process.stderr.write(`${old === null ? "new" : "changed"}: ${file}\n`);
    return;
  }
  expect(existsSync(file)).toBe(true);
  expect(text).toBe(readFileSync(file, "utf8"));
}

/**
 * Parts of a Word file or a workbook as text: one element a line, so that a difference is small.
 */
function printParts(docx: Uint8Array): Map<string, string> {
  const parts = Object.entries(unzipSync(docx));
  const out = new Map<string, string>();
  out.set("parts.txt", parts.map(([name, bytes]) => `${name} ${bytes.length}`).join("\n") + "\n");
  for (const [name, bytes] of parts) {
    if (/\.(?:xml|rels)$/u.test(name) && !/theme|numbering|endnotes/u.test(name))
      out.set(
        `${name.replaceAll("/", "__")}`,
        `${strFromU8(bytes).replace(/(<w:p[ >]|<w:tbl>|<w:style |<w:sectPr|<w:font |<Relationship |<Override |<row |<xf |<si>)/gu, "\n$1")}\n`,
      );
  }
  return out;
}

describe.each(fixtures())("$name", ({ name, text }) => {
  test("tree, layout and the parts of Word file and workbook", async () => {
    const made = await make(text, ["tree", "layout", "docx", "xlsx"], `fixtures/${name}.yaml`);
    if (!made.ok) throw new Error("not built");
    const printed = (format: "tree" | "layout"): string =>
      new TextDecoder().decode(made.value.files.get(format));
    compare(`${name}/tree.txt`, printed("tree"));
    compare(`${name}/layout.txt`, printed("layout"));
    for (const [part, xml] of printParts(made.value.files.get("docx") ?? new Uint8Array()))
      compare(`${name}/docx/${part}`, xml);
    const workbook = made.value.files.get("xlsx");
    if (workbook)
      for (const [part, xml] of printParts(workbook)) compare(`${name}/xlsx/${part}`, xml);
  });

  test("what a reader of the PDF gets, and what the pages look like", async () => {
    if (!hasProgram("pdftotext")) {
      if (process.env["CI"] === "true") throw new Error("poppler is missing");
      process.stderr.write("\nPDF goldens not compared; install poppler-utils\n");
      return;
    }
    const made = await make(text, ["pdf"]);
    if (!made.ok) throw new Error("not built");
    await inTemporaryFolder(async (folder) => {
      const file = join(folder, "a.pdf");
      writeFileSync(file, made.value.files.get("pdf") ?? "");
      const facts = (await output("pdfinfo", [file]))
        .split("\n")
        .filter((line) => /^(?:Title|Tagged|Pages|Page size|PDF version)/u.test(line))
        .join("\n");
      compare(
        `${name}/pdf.txt`,
        `${facts}\n\n${await output("pdffonts", [file])}\n${await output("pdfinfo", ["-struct-text", file])}`,
      );
      for (const page of PICTURES[name] ?? [])
        await comparePicture(`${name}/page-${page}.png`, file, page, folder);
    });
  });
});

/**
 * Pages at 72 dpi in greys; a hundredth of the picture may differ by more than an eighth of the
 * scale.
 */
async function comparePicture(
  path: string,
  pdf: string,
  page: number,
  folder: string,
): Promise<void> {
  await output("pdftoppm", [
    "-r",
    "72",
    "-gray",
    "-png",
    "-f",
    String(page),
    "-l",
    String(page),
    "-singlefile",
    pdf,
    join(folder, "page"),
  ]);
  const bytes = readFileSync(join(folder, "page.png"));
  const file = golden(path);
  if (WRITE) {
    if (
      existsSync(file) &&
      differing(PNG.sync.read(readFileSync(file)), PNG.sync.read(bytes)) === 0
    )
      return;
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, bytes);
    process.stderr.write(`picture: ${file}\n`);
    return;
  }
  expect(existsSync(file)).toBe(true);
  expect(differing(PNG.sync.read(readFileSync(file)), PNG.sync.read(bytes))).toBeLessThan(0.01);
}

function differing(a: PNG, b: PNG): number {
  if (a.width !== b.width || a.height !== b.height) return 1;
  let count = 0;
  for (let index = 0; index < a.data.length; index += 4)
    if (Math.abs((a.data[index] ?? 0) - (b.data[index] ?? 0)) > 32) count++;
  return count / (a.width * a.height);
}
