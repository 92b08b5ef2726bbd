import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { compareLines, readLines } from "./support/pdf-lines.js";
import { allocationFixtures, fixtures, make } from "./support/product.js";
import { longTablePlan } from "./support/long-table.js";
import { signsPlan } from "./support/signs-plan.js";
import { tablePlan } from "./support/table-plan.js";
import { type Program, convertWithLibreOffice, missingPrograms, output } from "./support/tools.js";

/**
 * Outside judges: LibreOffice, poppler, qpdf. With CI=true they must be there; elsewhere their
 * tests say what is missing.
 */
const NEEDED: readonly Program[] = ["soffice", "pdftotext", "pdffonts", "qpdf"];
const missing = missingPrograms(NEEDED);
const plans: readonly { readonly name: string; readonly text: string; readonly file?: string }[] = [
  ...fixtures(),
  ...allocationFixtures(),
  { name: "tables", text: tablePlan() },
  { name: "signs", text: signsPlan() },
  { name: "long-table", text: longTablePlan(1000) },
];
let folder = "";

beforeAll(async () => {
  if (missing.length > 0) return;
  folder = mkdtempSync(join(tmpdir(), "kehoach-outside-"));
  for (const { name, text, file } of plans) {
    const made = await make(text, ["docx", "pdf"], file);
    if (!made.ok) throw new Error(`${name} was not built`);
    writeFileSync(join(folder, `${name}.docx`), made.value.files.get("docx") ?? "");
    writeFileSync(join(folder, `${name}.ours.pdf`), made.value.files.get("pdf") ?? "");
  }
  await convertWithLibreOffice(
    plans.map(({ name }) => join(folder, `${name}.docx`)),
    folder,
  );
});
afterAll(() => {
  if (folder) rmSync(folder, { recursive: true, force: true });
});

test("the outside programs are here", () => {
  if (missing.length > 0)
    process.stderr.write(`\nNot judged from outside; install: ${missing.join(", ")}\n`);
  if (process.env["CI"] === "true") expect(missing).toEqual([]);
});

if (missing.length === 0)
  describe.each(plans)("$name", ({ name }) => {
    const ours = (): string => join(folder, `${name}.ours.pdf`);
    const theirs = (): string => join(folder, `${name}.pdf`);

    test("PDF and Word file have the same lines on the same pages", async () => {
      const parity = compareLines(await readLines(ours()), await readLines(theirs()));
      expect(parity.differences).toEqual([]);
      expect(parity.samePage).toBe(parity.lines);
      expect(parity.largestDistance).toBeLessThan(1);
    });

    test("PDF and Word file have the same words", async () => {
      const words = async (file: string): Promise<string[]> =>
        (await output("pdftotext", ["-layout", file, "-"]))
          .normalize("NFC")
          .split(/\s+/u)
          .filter(Boolean);
      const [a, b] = [await words(ours()), await words(theirs())];
      expect(a.length).toBeGreaterThan(1000);
      expect(a).toEqual(b);
    });

    test("the extracted text is composed and complete", async () => {
      const text = await output("pdftotext", [ours(), "-"]);
      expect(text).toBe(text.normalize("NFC"));
      expect(text).not.toMatch(/[\ufffd\u0000]/u);
    });

    test("qpdf finds no fault", async () => {
      expect(await output("qpdf", ["--check", ours()])).toContain(
        "No syntax or stream encoding errors found",
      );
    });

    test("every font is embedded, a subset, and Unicode", async () => {
      const rows = (await output("pdffonts", [ours()])).trim().split("\n").slice(2);
      expect(rows.length).toBeGreaterThanOrEqual(3);
      for (const row of rows)
        expect(row).toMatch(/^[A-Z]{6}\+\S+ +CID TrueType +Identity-H +yes yes yes/u);
    });

    test("title, tags and bookmarks are there", async () => {
      const info = await output("pdfinfo", [ours()]);
      expect(info).toMatch(/^Title: +Kế hoạch /mu);
      expect(info).toMatch(/^Tagged: +yes/mu);
      expect(await output("pdfinfo", ["-struct-text", ours()])).toMatch(/H1[\s\S]*(?:H2|Table)/u);
    });
  });

if (missing.length === 0)
  describe("a table over pages", () => {
    test("is read aloud once: what is repeated is not", async () => {
      const spoken = await output("pdfinfo", ["-struct-text", join(folder, "tables.ours.pdf")]);
      expect(spoken.split("Trung ương")).toHaveLength(2);
      expect(spoken.split("Dự án đi qua nhiều trang")).toHaveLength(2);
      expect(spoken).not.toContain("tiếp theo");
    });
  });
