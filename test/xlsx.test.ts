import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { strFromU8, strToU8, unzipSync, zipSync } from "fflate";
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { judgesReady, validateOffice } from "./judges/judges.js";
import { dedent, yaml } from "./support/dedent.js";
import { make, planWithTables } from "./support/product.js";
import { type Program, missingPrograms, output } from "./support/tools.js";

/** Spreadsheets, judged by LibreOffice and the schemas of the format. */
const NEEDED: readonly Program[] = ["calc", "pdftotext"];
const missing = missingPrograms(NEEDED);

const INJECTION = planWithTables(yaml`
  t:
    columns: [{ id: a, title: "=A1" }, { id: b, title: B, kind: count }]
    rows:
      - { a: "=1+1", b: 1 }
      - { a: "+cmd|' /C calc'!A0", b: 2 }
      - { a: "-2", b: 3 }
      - { a: "@SUM(B1)", b: 4 }
      - { a: "Ghi chú <b> & \\"ngoặc\\"", b: 5 }
`);
const PLANS = [
  ["hon-quan-2024", "fixtures/hon-quan-2024.yaml"],
  ["bao-yen-2022", "fixtures/bao-yen-2022.yaml"],
  ["phan-bo-2024", "fixtures/allocation/phan-bo-2024.yaml"],
  ["ba-nghin-xa", "fixtures/allocation/ba-nghin-xa.yaml"],
] as const;

interface Made {
  readonly xlsx: Uint8Array;
  readonly docx: Uint8Array;
  readonly pdf: Uint8Array;
}
const made = new Map<string, Made>();
let folder = "";

async function build(text: string, file: string): Promise<Made> {
  const outcome = await make(text, ["xlsx", "docx", "pdf"], file);
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.problems));
  const of = (format: "xlsx" | "docx" | "pdf"): Uint8Array =>
    outcome.value.files.get(format) ?? new Uint8Array();
  return { xlsx: of("xlsx"), docx: of("docx"), pdf: of("pdf") };
}

const parts = (name: string): Record<string, string> =>
  Object.fromEntries(
    Object.entries(unzipSync(made.get(name)?.xlsx ?? new Uint8Array())).map(([part, bytes]) => [
      part,
      strFromU8(bytes),
    ]),
  );

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "kehoach-xlsx-"));
  for (const [name, file] of PLANS) made.set(name, await build(readFileSync(file, "utf8"), file));
  made.set("injection", await build(INJECTION, "plan.yaml"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("the outside programs are here", () => {
  if (missing.length > 0)
    process.stderr.write(
      `\nSpreadsheets not judged from outside; install: ${missing.join(", ")}\n`,
    );
  if (process.env["CI"] === "true") expect(missing).toEqual([]);
});

test("the same plan gives the same bytes", async () => {
  const [name, file] = PLANS[2];
  expect(
    Buffer.compare(
      (await build(readFileSync(file, "utf8"), file)).xlsx,
      made.get(name)?.xlsx ?? new Uint8Array(),
    ),
  ).toBe(0);
});

test("each appendix is a sheet with its name and paper, its column names on each page", () => {
  const { "xl/workbook.xml": workbook = "", ...rest } = parts("hon-quan-2024");
  expect([...workbook.matchAll(/<sheet name="([^"]*)"/gu)].map(([, name]) => name)).toEqual([
    "Phụ lục I",
    "Phụ lục II",
  ]);
  expect(
    [...workbook.matchAll(/_xlnm.Print_Titles[^>]*>([^<]*)</gu)].map(([, area]) => area),
  ).toEqual(["'Phụ lục I'!$5:$7", "'Phụ lục II'!$5:$6"]);
  const [first = "", second = ""] = ["xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml"].map(
    (name) => rest[name] ?? "",
  );
  expect(first).toMatch(
    /<pane xSplit="2" ySplit="7" topLeftCell="C8" activePane="bottomRight" state="frozen"\/>/u,
  );
  expect(first).toMatch(/<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"\/>/u);
  expect(second).toMatch(/<pageSetup paperSize="9" orientation="portrait" fitToHeight="0"\/>/u);
});

test("sums and rates are live formulas, shares of an allocation are numbers", () => {
  const sheet = parts("hon-quan-2024")["xl/worksheets/sheet1.xml"] ?? "";
  const cell = (name: string): string =>
    new RegExp(`<c r="${name}"[^>]*>(.*?)</c>`, "u").exec(sheet)?.[1] ?? "";
  expect(cell("D9")).toBe("<f>E9+F9</f><v>15</v>");
  expect(cell("G9")).toBe("<f>IFERROR(ROUND((D9/C9)*100,2),&quot;&quot;)</f><v>0.89</v>");
  expect(cell("I9")).toBe("<v>7</v>");
  expect(cell("I21")).toBe("<f>SUM(I8:I20)</f><v>43</v>");
  expect(cell("G21")).toBe("<f>IFERROR(ROUND((D21/C21)*100,2),&quot;&quot;)</f><v>0.44</v>");
  const funding = parts("hon-quan-2024")["xl/worksheets/sheet2.xml"] ?? "";
  expect(/<c r="C77"[^>]*>(.*?)<\/c>/u.exec(funding)?.[1]).toBe(
    "<f>SUM(C7,C21,C35,C49,C63)</f><v>4034</v>",
  );
});

test("text that begins like a formula is text, and stays so when it is typed again", () => {
  const {
    "xl/worksheets/sheet1.xml": sheet = "",
    "xl/styles.xml": styles = "",
    "xl/sharedStrings.xml": strings = "",
  } = parts("injection");
  expect([...sheet.matchAll(/<f>([^<]*)<\/f>/gu)].map(([, formula]) => formula)).toEqual([
    "SUM(B2:B6)",
  ]);
  expect(strings).toContain("<t>=1+1</t>");
  const looks = [...styles.slice(styles.indexOf("<cellXfs")).matchAll(/<xf [^>]*>/gu)].map(([xf]) =>
    xf.includes('quotePrefix="1"'),
  );
  const quoted = [...sheet.matchAll(/<c r="(A\d+)" s="(\d+)" t="s"/gu)].map(
    ([, name, look]) => `${name} ${looks[Number(look)]}`,
  );
  expect(quoted).toEqual([
    "A1 true",
    "A2 true",
    "A3 true",
    "A4 true",
    "A5 true",
    "A6 false",
    "A7 false",
  ]);
});

if (judgesReady())
  test("the parts are of the schemas of the format", async () => {
    const files = [...made]
      .filter(([name]) => name !== "ba-nghin-xa")
      .map(([name, { xlsx }]) => {
        const file = join(folder, `${name}.judged.xlsx`);
        writeFileSync(file, xlsx);
        return file;
      });
    expect(
      [...(await validateOffice(files))].flatMap(([file, found]) =>
        found.map((one) => `${file}: ${one}`),
      ),
    ).toEqual([]);
  });

/**
 * The workbook with a wrong value beside every formula: what a program shows then, it has computed
 * itself.
 */
function withWrongValues(xlsx: Uint8Array): Uint8Array {
  const found = unzipSync(xlsx);
  return zipSync(
    Object.fromEntries(
      Object.entries(found).map(([name, bytes]) => [
        name,
        name.startsWith("xl/worksheets/")
          ? strToU8(strFromU8(bytes).replace(/(<\/f>)<v>[^<]*<\/v>/gu, "$1<v>987654321</v>"))
          : bytes,
      ]),
    ),
  );
}

/** A printed row with its numbers plain: "Tổng cộng 28.420 0,44" as "Tổng cộng 28420 0.44". */
function plainRow(text: string): string {
  return text
    .trim()
    .split(/\s+/u)
    .map((word) =>
      /^[\d.]+(?:,\d+)?$/u.test(word)
        ? String(Number(word.replaceAll(".", "").replace(",", ".")))
        : word,
    )
    .join(" ");
}

/** LibreOffice's setting that every formula is computed anew when a file is opened. */
const RECALCULATE = dedent`
  <?xml version="1.0" encoding="UTF-8"?>
  <oor:items xmlns:oor="http://openoffice.org/2001/registry"
      xmlns:xs="http://www.w3.org/2001/XMLSchema"
      xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
    <item oor:path="/org.openoffice.Office.Calc/Formula/Load">
      <prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop>
    </item>
  </oor:items>
`;

if (missing.length === 0)
  describe("LibreOffice", () => {
    const sheets = new Map<string, readonly (readonly string[])[][]>();

    beforeAll(async () => {
      const profile = `-env:UserInstallation=file://${folder}/profile`;
      mkdirSync(join(folder, "profile", "user"), { recursive: true });
      writeFileSync(join(folder, "profile", "user", "registrymodifications.xcu"), RECALCULATE);
      for (const [name, { xlsx, docx, pdf }] of made) {
        writeFileSync(join(folder, `${name}.xlsx`), withWrongValues(xlsx));
        writeFileSync(join(folder, `${name}.docx`), docx);
        writeFileSync(join(folder, `${name}.pdf`), pdf);
      }
      // Every sheet as a text file of its own, cells as they are shown.
      await output("soffice", [
        profile,
        "--headless",
        "--convert-to",
        "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1",
        "--outdir",
        folder,
        ...[...made.keys()].map((name) => join(folder, `${name}.xlsx`)),
      ]);
      for (const name of made.keys()) {
        const workbook = parts(name)["xl/workbook.xml"] ?? "";
        const titles = [...workbook.matchAll(/<sheet name="([^"]*)"/gu)].map(
          ([, title]) => title ?? "",
        );
        sheets.set(
          name,
          titles.map((title): string[][] =>
            parse(readFileSync(join(folder, `${name}-${title}.csv`), "utf8"), {
              relax_column_count: true,
            }),
          ),
        );
      }
    }, 240_000);

    test.each(PLANS.map(([name]) => name))(
      "%s: recalculated totals are those that Word file and PDF print",
      async (name) => {
        const lines = (await output("pdftotext", ["-layout", join(folder, `${name}.pdf`), "-"]))
          .normalize("NFC")
          .split("\n")
          .map(plainRow);
        const word = strFromU8(
          unzipSync(made.get(name)?.docx ?? new Uint8Array())["word/document.xml"] ??
            new Uint8Array(),
        );
        const rows = [...word.matchAll(/<w:tr\b.*?<\/w:tr>/gsu)].map(([row]) =>
          plainRow(
            [...row.matchAll(/<w:tc>.*?<\/w:tc>/gsu)]
              .map(([cell]) =>
                [...cell.matchAll(/<w:t[^>]*>([^<]*)</gu)].map(([, piece]) => piece).join(""),
              )
              .join(" "),
          ),
        );
        let compared = 0;
        for (const sheet of sheets.get(name) ?? []) {
          const total = sheet.find((row) => row[1] === "Tổng cộng");
          if (!total) continue;
          const computed = total.filter((cell) => cell !== "").join(" ");
          expect(rows).toContain(computed);
          expect(lines).toContain(computed);
          compared++;
        }
        expect(compared).toBe(
          { "hon-quan-2024": 2, "bao-yen-2022": 7, "phan-bo-2024": 4, "ba-nghin-xa": 1 }[name],
        );
      },
    );

    test("all 3,321 communes: every number LibreOffice computes is the printed one", () => {
      const [sheet = []] = sheets.get("ba-nghin-xa") ?? [];
      const ours = parts("ba-nghin-xa")["xl/worksheets/sheet1.xml"] ?? "";
      const values = [...ours.matchAll(/<c r="([A-Z]+)(\d+)"[^>]*><f>[^<]*<\/f><v>([^<]*)<\/v>/gu)];
      expect(values.length).toBeGreaterThan(3321 * 4);
      const column = (letters: string): number =>
        [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
      const differing = values.filter(
        ([, letters = "", row = "", value = ""]) =>
          Number((sheet[Number(row) - 1]?.[column(letters)] ?? "").replaceAll(",", "")) !==
          Number(value),
      );
      expect(differing.map(([cell]) => cell)).toEqual([]);
      expect(sheet.filter((row) => /^Xã /u.test(row[1] ?? ""))).toHaveLength(3321);
    });

    test("text that begins like a formula is shown as it is", () => {
      expect(
        sheets
          .get("injection")?.[0]
          ?.slice(1, 5)
          .map(([text]) => text),
      ).toEqual(["=1+1", "+cmd|' /C calc'!A0", "-2", "@SUM(B1)"]);
    });

    test("printed from there, each page has the column names; nothing is too wide", async () => {
      writeFileSync(join(folder, "printed.xlsx"), made.get("hon-quan-2024")?.xlsx ?? "");
      await output("soffice", [
        `-env:UserInstallation=file://${folder}/profile`,
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        folder,
        join(folder, "printed.xlsx"),
      ]);
      const pages = (await output("pdftotext", ["-layout", join(folder, "printed.pdf"), "-"]))
        .split("\f")
        .filter((page) => page.trim() !== "");
      expect(pages.length).toBeGreaterThanOrEqual(3);
      for (const page of pages) expect(page).toMatch(/TT/u);
      for (const page of pages.slice(1)) expect(page).toContain("Ngân");
      expect(readdirSync(folder)).toContain("printed.pdf");
    });
  });
