import { describe, expect, test } from "@jest/globals";
import { unzipSync, strFromU8 } from "fflate";
import { checkPlan, importPlan, parseKnowledge } from "../src/index.js";
import { readFileSync } from "node:fs";
import { DEFAULT_OPTIONS, type Format } from "../src/roads/write-files.js";
import { buildPlan } from "../src/index.js";
import { line, productWorld } from "./support/product.js";
import { SIGNS } from "./support/signs-plan.js";

const world = productWorld();

function planOf(body: string): string {
  return `kehoach: 1\nissuer: { name: Sở Nội vụ }\ndate: { year: 2026 }\nsubject: Thử\nbody: [${JSON.stringify(body)}]\n`;
}

async function made(body: string, format: Format): Promise<Uint8Array> {
  const request = { formats: [format], assignee: null, options: DEFAULT_OPTIONS };
  const input = { file: "a.yaml", text: planOf(body), profile: null };
  const built = await buildPlan(input, request, world);
  if (!built.ok) throw new Error(built.problems.map(line).join("\n"));
  return built.value.files.get(format) ?? new Uint8Array();
}

async function codesOf(body: string): Promise<readonly string[]> {
  const input = { file: "a.yaml", text: planOf(body), profile: null };
  return (await checkPlan(input, world)).problems.map(line);
}

describe("signs", () => {
  test.each(SIGNS)("%s is printed", async (sign) => {
    expect(await codesOf(`Một ${sign} hai.`)).toEqual([]);
  });

  test("stay text in the Word file, which carries their face", async () => {
    const parts = unzipSync(await made("Đánh dấu ☑ rồi.", "docx"));
    const body = strFromU8(parts["word/document.xml"] ?? new Uint8Array());
    expect(body).toMatch(/<w:rFonts[^>]*w:ascii="Kehoach Signs"[^>]*\/>[^]*?<w:t[^>]*>☑<\/w:t>/u);
    expect(body).not.toContain("w:sym");
    expect(strFromU8(parts["word/fontTable.xml"] ?? new Uint8Array())).toMatch(
      /<w:font w:name="Kehoach Signs">.*?<w:embedRegular /u,
    );
  });

  test("a plan without signs carries and loads nothing more", async () => {
    let asked = 0;
    const watched = {
      ...world,
      signs: () => {
        asked++;
        return world.signs();
      },
    };
    await checkPlan({ file: "a.yaml", text: planOf("Một đoạn."), profile: null }, watched);
    expect(asked).toBe(0);
    const parts = unzipSync(await made("Một đoạn.", "docx"));
    expect(Object.keys(parts).filter((name) => name.startsWith("word/fonts/"))).toHaveLength(4);
  });

  test("of a phone are printed without the mark that says how to draw them", async () => {
    expect(await codesOf("Đã xong ☑\ufe0f, còn ✔\ufe0f và 1\u{e0100}.")).toEqual([]);
    const text = new TextDecoder().decode(await made("Đã xong ☑\ufe0f.", "text"));
    expect(text).toContain("Đã xong ☑.");
  });

  test("that are blanks of other widths are plain blanks; no-break ones stay", async () => {
    const text = new TextDecoder().decode(
      await made("a\u2009b\u3000c\u2028d\u2003e\u202ff", "text"),
    );
    expect(text).toContain("a b c d e\u202ff");
  });

  // A wide blank, one of no width, a joiner, a soft hyphen.
  test.each(["\u3000", " \u200b", " \u2060", " \u00ad", "\u2009"])(
    "before # or behind a colon begin no comment and end no name: %j",
    async (sign) => {
      const request = { formats: ["text" as const], assignee: null, options: DEFAULT_OPTIONS };
      const head = planOf("x").replace(/body: .*/u, "");
      const text = `${head}body:\n  - Mục${sign}#3 phải còn\n`;
      const built = await buildPlan({ file: "a.yaml", text, profile: null }, request, world);
      if (!built.ok) throw new Error(built.problems.map(line).join("\n"));
      const printed = new TextDecoder().decode(built.value.files.get("text"));
      expect(printed).toContain("Mục #3 phải còn");
    },
  );

  test("that are odd blanks begin no comment and end no name of the file", async () => {
    const request = { formats: ["text" as const], assignee: null, options: DEFAULT_OPTIONS };
    const text = `${planOf("x").replace(/body: .*/u, "")}body:\n  - Mục\u3000#3 phải còn\n  - Ghi chú:\u3000làm ngay\n`;
    const built = await buildPlan({ file: "a.yaml", text, profile: null }, request, world);
    if (!built.ok) throw new Error(built.problems.map(line).join("\n"));
    const printed = new TextDecoder().decode(built.value.files.get("text"));
    expect(printed).toContain("Mục #3 phải còn");
    expect(printed).toContain("Ghi chú: làm ngay");
  });

  test.each([
    ["✅", "☑"],
    ["㎡", "m²"],
    ["Ａ", "A"],
    ["\uf0fc", "✓"],
    ["\uf0d8", "➢"],
  ])("%s that no face has is told with the sign to be written: %s", async (sign, similar) => {
    const input = { file: "a.yaml", text: planOf(`Một ${sign} hai.`), profile: null };
    const { problems } = await checkPlan(input, world);
    expect(problems.map(({ hint }) => hint?.vi)).toEqual([`viết “${similar}” thay cho nó`]);
    expect(await codesOf(`Một ${similar} hai.`)).toEqual([]);
  });

  test("that no face has are told by check, at their place, with what they are", async () => {
    expect(await codesOf("Một 😀 hai.")).toEqual([
      expect.stringMatching(/^a\.yaml:5:8 missing-glyph .*“😀” \(U\+1F600\)/u),
    ]);
  });

  test("that no face has are told by import too, at their place in the source", async () => {
    const known = parseKnowledge(readFileSync("templates/knowledge.yaml", "utf8"), "k.yaml");
    if (!known.ok) throw new Error("no knowledge");
    const text = "KẾ HOẠCH\nnăm 2026\nI. MỤC ĐÍCH\nMột ☑ việc 😀 vui.\n";
    const request = { knowledge: known.value, carried: "taken" } as const;
    const made = await importPlan(new TextEncoder().encode(text), "a.txt", request, world);
    if (!made.ok || made.value.kind !== "imported") throw new Error("not imported");
    expect(made.value.notices).toContainEqual(
      expect.objectContaining({ code: "missing-sign", at: { page: null, line: 4 } }),
    );
    const checked = await checkPlan(
      { file: "b.yaml", text: made.value.text, profile: null },
      world,
    );
    expect(checked.ok).toBe(true);
    expect(made.value.text).toContain("☑");
  });
});

describe("signs that nobody sees", () => {
  test.each([
    ["soft hyphens", "thực\u00adhiện"],
    ["blanks without width", "thực\u200bhiện"],
    ["joiners", "thực\u2060hi\u200d\u200cện"],
    ["marks of order", "\ufeffthực\u200ehiện\u200f"],
  ])("%s are taken out", async (_name, word) => {
    const pdf = await made(`Việc ${word} năm nay.`, "text");
    expect(new TextDecoder().decode(pdf)).toContain("Việc thựchiện năm nay.");
  });
});
