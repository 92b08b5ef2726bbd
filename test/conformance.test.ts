import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { judgesReady, signFields, validateOffice, veraPdf } from "./judges/judges.js";
import { randomPlan } from "./parity/random-plan.js";
import { widePlan } from "./parity/wide-plan.js";
import { yaml } from "./support/dedent.js";
import { fixtures, productWorld, smallPlan, generate } from "./support/product.js";
import { signsPlan } from "./support/signs-plan.js";
import { tablePlan } from "./support/table-plan.js";

/**
 * veraPDF, the OOXML schemas and pyHanko. With CI=true they must be there; elsewhere the tests say
 * what is missing.
 */
const ready = judgesReady();
const world = productWorld();
const plans: readonly (readonly [name: string, text: string])[] = [
  ...fixtures().map(({ name, text }) => [name, text] as const),
  ["starter", readFileSync("templates/starter.yaml", "utf8")],
  ["tables", tablePlan()],
  ["signs", signsPlan()],
  ["notes and signs", JSON.stringify(widePlan(2008))],
  ["random", JSON.stringify(randomPlan(4711))],
  [
    "all-kinds",
    yaml`
      kehoach: 1
      issuer: { name: Sở Nội vụ, superior: UBND tỉnh }
      date: { year: 2024 }
      subject: A
      numbering: ["Phần I", "I.", "1.", "a)"]
      footnotes: { a: Ghi chú thứ nhất., b: Ghi chú thứ hai. }
      body:
        - heading: Một
          body:
            - heading: Hai
              body:
                - clause: "Một đoạn[^a] *nghiêng*."
                  items: [x, y]
                  body: [{ item: z, items: [t] }]
        - table:
            title: Bảng
            unit: hộ
            columns: [{ title: A, number: A }, { title: B, align: right, number: 1 }]
            rows: [["x[^b]", 1], [null, 2], { kind: total, cells: [Cộng, 3] }]
            note: Ghi chú.
      recipients: [Sở A]
      signature: { lines: [GIÁM ĐỐC], office: Trưởng ban, name: Nguyễn Văn A }
      appendices:
        - { id: p, title: Một, landscape: true, body: [x] }
        - { id: q, title: Hai }
    `,
  ],
];
let folder = "";

async function write(
  name: string,
  text: string,
  suffix: string,
  format: "pdf" | "docx",
  options?: Parameters<typeof generate>[3],
): Promise<string> {
  const made = await generate({ file: name, text, profile: null }, [format], world, options);
  if (!made.ok) throw new Error(`${name}: ${JSON.stringify(made.problems)}`);
  const file = join(folder, `${name}${suffix}`);
  writeFileSync(file, made.value.files.get(format) ?? "");
  return file;
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "kehoach-conformance-"));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

test("the judges are here", () => {
  if (!ready)
    process.stderr.write("\nConformance not judged; install the judges: test/judges/setup.sh\n");
  if (process.env["CI"] === "true") expect(ready).toBe(true);
});

if (ready)
  describe("conformance", () => {
    const clean = (found: ReadonlyMap<string, readonly string[]>): string[] =>
      [...found].flatMap(([file, faults]) =>
        faults.map((fault) => `${file.slice(folder.length + 1)}: ${fault}`),
      );

    test("every PDF is PDF/A-3a and PDF/UA-1, with its source inside", async () => {
      const files = await Promise.all(
        plans.map(([name, text]) => write(name, text, ".pdf", "pdf")),
      );
      expect(clean(await veraPdf(files, "3a"))).toEqual([]);
      expect(clean(await veraPdf(files, "ua1"))).toEqual([]);
    });

    test("asked for, every PDF is PDF/A-2a", async () => {
      const files = await Promise.all(
        plans.map(([name, text]) =>
          write(name, text, ".2a.pdf", "pdf", { pdfStandards: ["a-2a"], source: "carried" }),
        ),
      );
      expect(clean(await veraPdf(files, "2a"))).toEqual([]);
    });

    test("every Word file keeps to the Open XML schemas", async () => {
      const files = await Promise.all(
        plans.map(([name, text]) => write(name, text, ".docx", "docx")),
      );
      expect(clean(await validateOffice(files))).toEqual([]);
    });

    test("the judges do find faults", async () => {
      const plain = await write("plain", plans[0]?.[1] ?? "", ".pdf", "pdf", {
        pdfStandards: [],
        source: "left-out",
      });
      expect((await veraPdf([plain], "3a")).get(plain)?.length).toBeGreaterThan(0);
    });

    test("pyHanko signs both fields; the first signature and the file stay valid", async () => {
      const file = await write("signed", plans[0]?.[1] ?? "", ".pdf", "pdf");
      const signed = join(folder, "signed.out.pdf");
      const report = await signFields(file, signed, ["NguoiKy", "CoQuan"]);
      expect(report).toEqual([
        { field: "NguoiKy", intact: true, valid: true },
        { field: "CoQuan", intact: true, valid: true },
      ]);
      expect(clean(await veraPdf([signed], "3a"))).toEqual([]);
      expect(clean(await veraPdf([signed], "ua1"))).toEqual([]);
    });
  });

describe("what cannot be made conformant is refused at the end, at its place", () => {
  const table = "- table: { columns: [{ title: A }], rows: [[x]] }";
  const without = (name: string, change: (text: string) => string): typeof world => {
    const template = world.templates.get(name);
    if (!template) throw new Error(`no template ${name}`);
    return {
      ...world,
      templates: new Map([
        ...world.templates,
        [name, { ...template, text: change(template.text), prepared: null }],
      ]),
    };
  };

  test("a table whose template writes no names of columns", async () => {
    const headless = without("table", (text) =>
      text.replace(/\{\{#each table\.head\}\}[\s\S]*?<\/head>\n\{\{\/each\}\}\n/u, ""),
    );
    const made = await generate(
      { file: "plan.yaml", text: smallPlan(table), profile: null },
      ["docx", "pdf"],
      headless,
    );
    expect(made.ok).toBe(false);
    if (made.ok) return;
    expect(
      made.problems.map(({ code, at }) => [
        code,
        at.in === "file" ? at.file : "",
        at.in === "file" ? at.path : "",
      ]),
    ).toEqual([["table-without-head", "plan.yaml", "body[0].table"]]);
    const loose = await generate(
      { file: "plan.yaml", text: smallPlan(table), profile: null },
      ["docx", "pdf"],
      headless,
      { pdfStandards: [], source: "carried" },
    );
    expect(loose.ok).toBe(true);
  });
  test("a sign that only the office's own font knows", async () => {
    const { family } = await import("../src/typeface/family.js").then(async ({ openFamily }) => {
      const opened = await openFamily(world.fonts);
      if (!opened.ok) throw new Error("no fonts");
      return { family: opened.value };
    });
    // A font in which U+E000 is drawn as the letter A.
    const metrics = {
      ...family.regular,
      glyphs: [
        ...(world.fonts.regular.metrics?.glyphs ?? []),
        0xe000,
        family.regular.glyph(0x41)?.id ?? 0,
        1479,
      ],
    };
    const own = {
      ...world,
      fonts: {
        ...world.fonts,
        regular: {
          ...world.fonts.regular,
          bytes: new Uint8Array(world.fonts.regular.bytes),
          metrics,
          prepared: null,
          outlines: null,
        },
      },
    };
    const made = await generate(
      { file: "plan.yaml", text: smallPlan('- "Dấu \ue000 riêng"'), profile: null },
      [],
      own,
    );
    expect(made.ok).toBe(false);
    if (!made.ok)
      expect(made.problems.map(({ code, at }) => [code, at.in === "file" ? at.line : 0])).toEqual([
        ["private-sign", 7],
      ]);
  });
});
