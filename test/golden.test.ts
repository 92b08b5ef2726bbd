import { describe, expect, test } from "@jest/globals";
import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { strFromU8, unzipSync } from "fflate";
import { PNG } from "pngjs";
import type { Format } from "../src/roads/write-files.js";
import { WRITING, expectGolden, expectNoStale, writeGolden } from "./support/golden.js";
import { fixtures, make } from "./support/product.js";
import { hasProgram, inTemporaryFolder, output } from "./support/tools.js";

/**
 * The golden ladder: each stop of the road has a file, so that a change is seen at the highest rung
 * that shows it. `npm run golden NAME` rewrites the files of one plan, without a name those of all.
 */
const FOLDER = join("test", "golden");

/** Pages that are compared as pictures. */
const PICTURES: Readonly<Record<string, readonly number[]>> = {
  "bao-yen-2022": [1, 11, 12],
  "hoang-phu-2024": [1],
  "hon-quan-2023": [1, 6],
  "hon-quan-2024": [1, 15, 18],
  "son-ha-2024": [1, 5],
};

/** A seal is a hash of all parts: it would change with each of them. */
const SEAL = /urn:sha256:[0-9a-f]{64}/u;
/** Elements that begin a line in the golden file of a part. */
const LINE_STARTS = new RegExp(
  "(<w:p[ >]|<w:tbl>|<w:style |<w:sectPr|<w:font |<Relationship |<Override |<row |<xf |<si>)",
  "gu",
);

/** Whether a part of a Word file or a workbook has a golden file; of all, lengths are compared. */
function isPrinted(part: string): boolean {
  return /\.(?:xml|rels)$/u.test(part) && !/theme|numbering|endnotes/u.test(part);
}

function fileOfPart(part: string): string {
  return part.replaceAll("/", "__");
}

/** Golden files of a Word file or a workbook: the list of its parts, and each part as text. */
function printParts(packed: Uint8Array): Map<string, string> {
  const parts = Object.entries(unzipSync(packed));
  const list = parts.map(([part, bytes]) => `${part} ${bytes.length}\n`).join("");
  return new Map([
    ["parts.txt", list],
    ...parts
      .filter(([part]) => isPrinted(part))
      .map(
        ([part, bytes]) =>
          [
            fileOfPart(part),
            `${strFromU8(bytes).replace(LINE_STARTS, "\n$1").replace(SEAL, "urn:sha256:…")}\n`,
          ] as const,
      ),
  ]);
}

describe.each(fixtures())("$name", ({ name, text }) => {
  const folder = join(FOLDER, name);

  test("tree, layout and the parts of Word file and workbook", async () => {
    const made = await make(text, ["tree", "layout", "docx", "xlsx"], `fixtures/${name}.yaml`);
    if (!made.ok) throw new Error("not built");
    const { files } = made.value;
    const printed = (format: Format): string => new TextDecoder().decode(files.get(format));
    expectGolden(join(folder, "tree.txt"), printed("tree"));
    expectGolden(join(folder, "layout.txt"), printed("layout"));
    for (const format of ["docx", "xlsx"] as const) {
      // A plan without tables of numbers has no workbook.
      const packed = files.get(format);
      const parts = packed ? printParts(packed) : new Map<string, string>();
      for (const [file, xml] of parts) expectGolden(join(folder, format, file), xml);
      const stale = listed(join(folder, format)).filter((file) => !parts.has(file));
      expectNoStale(stale.map((file) => join(folder, format, file)));
    }
  });

  test("what a reader of the PDF gets, and what the pages look like", async () => {
    if (!hasProgram("pdftotext")) {
      if (process.env["CI"] === "true") throw new Error("poppler is missing");
      process.stderr.write("\nPDF goldens not compared; install poppler-utils\n");
      return;
    }
    const made = await make(text, ["pdf"]);
    if (!made.ok) throw new Error("not built");
    await inTemporaryFolder(async (temporary) => {
      const pdf = join(temporary, "a.pdf");
      writeFileSync(pdf, made.value.files.get("pdf") ?? "");
      expectGolden(join(folder, "pdf.txt"), await printPdf(pdf));
      for (const page of PICTURES[name] ?? [])
        expectPicture(
          join(folder, `page-${page}.png`),
          await drawPage(pdf, page, join(temporary, "page")),
        );
    });
  });

  test("nothing else lies in its folder", () => {
    const pictures = (PICTURES[name] ?? []).map((page) => `page-${page}.png`);
    const known = ["tree.txt", "layout.txt", "docx", "xlsx", "pdf.txt", ...pictures];
    const stale = listed(folder).filter((file) => !known.includes(file));
    expectNoStale(stale.map((file) => join(folder, file)));
  });
});

test("every golden folder belongs to a plan", () => {
  const names = fixtures().map(({ name }) => name);
  const stale = listed(FOLDER).filter((file) => !names.includes(file));
  expectNoStale(stale.map((file) => join(FOLDER, file)));
});

function listed(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder).sort() : [];
}

/** Facts, fonts, and the tags with their text, as poppler reads them. */
async function printPdf(pdf: string): Promise<string> {
  const facts = (await output("pdfinfo", [pdf]))
    .split("\n")
    .filter((line) => /^(?:Title|Tagged|Pages|Page size|PDF version)/u.test(line))
    .join("\n");
  const fonts = await output("pdffonts", [pdf]);
  const tags = await output("pdfinfo", ["-struct-text", pdf]);
  return `${facts}\n\n${fonts}\n${tags}`;
}

/** A page at 72 dpi in greys. */
async function drawPage(pdf: string, page: number, stem: string): Promise<Uint8Array> {
  const look = ["-r", "72", "-gray", "-png", "-singlefile"];
  await output("pdftoppm", [...look, "-f", String(page), "-l", String(page), pdf, stem]);
  return readFileSync(`${stem}.png`);
}

/** A hundredth of the picture may differ by more than an eighth of the scale. */
function expectPicture(file: string, bytes: Uint8Array): void {
  const drawn = PNG.sync.read(Buffer.from(bytes));
  const share = existsSync(file) ? differingShare(PNG.sync.read(readFileSync(file)), drawn) : 1;
  if (!WRITING) expect(share).toBeLessThan(0.01);
  else if (share > 0) writeGolden(file, bytes, "picture");
}

function differingShare(a: PNG, b: PNG): number {
  if (a.width !== b.width || a.height !== b.height) return 1;
  let count = 0;
  for (let index = 0; index < a.data.length; index += 4)
    if (Math.abs((a.data[index] ?? 0) - (b.data[index] ?? 0)) > 32) count++;
  return count / (a.width * a.height);
}
