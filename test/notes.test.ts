import { describe, expect, test } from "@jest/globals";
import { strFromU8, unzipSync } from "fflate";
import { buildPlan, checkPlan } from "../src/index.js";
import { DEFAULT_OPTIONS, type Format } from "../src/roads/write-files.js";
import { yaml } from "./support/dedent.js";
import { productWorld } from "./support/product.js";

const world = productWorld();

const HEAD = "kehoach: 1\nissuer: { name: Sở Nội vụ }\ndate: { year: 2026 }\n";

async function made(text: string, format: Format): Promise<Uint8Array> {
  const request = { formats: [format], assignee: null, options: DEFAULT_OPTIONS };
  const built = await buildPlan({ file: "a.yaml", text, profile: null }, request, world);
  if (!built.ok) throw new Error(built.problems.map(({ message }) => message.vi).join("\n"));
  return built.value.files.get(format) ?? new Uint8Array();
}

/** Notes of a Word file in the order in which it calls them. */
async function notesOfWord(text: string): Promise<readonly string[]> {
  const parts = unzipSync(await made(text, "docx"));
  const part = (name: string): string => strFromU8(parts[name] ?? new Uint8Array());
  const texts = new Map(
    [...part("word/footnotes.xml").matchAll(/<w:footnote w:id="(\d+)">(.*?)<\/w:footnote>/gsu)].map(
      ([, id = "", xml = ""]) => [id, xml.replace(/<[^>]*>/gu, "").trim()],
    ),
  );
  return [...part("word/document.xml").matchAll(/<w:footnoteReference w:id="(\d+)"\/>/gu)].map(
    ([, id = ""]) => texts.get(id) ?? "",
  );
}

/** Lines of our pages, top down: the calls, and the notes at the foot. */
async function layoutOf(text: string): Promise<string> {
  return new TextDecoder().decode(await made(text, "layout"));
}

const EVERYWHERE =
  HEAD +
  yaml`
    subject: "Thử[^trich-yeu]"
    bases: [{ text: "Nghị quyết số 1[^can-cu]" }]
    footnotes:
      cuoi: Ghi ở câu kết
      o: Ghi ở ô
      dau: Ghi ở tên cột
      ten: Ghi ở tên bảng
      gach: Ghi ở gạch đầu dòng
      muc: Ghi ở tên mục
      can-cu: Ghi ở căn cứ
      trich-yeu: Ghi ở trích yếu
      phu-luc: Ghi ở phụ lục
    body:
      - heading: "Mục đích[^muc]"
        body:
          - item: "Một việc[^gach]"
          - table:
              title: "Bảng[^ten]"
              columns: [{ title: "Xã[^dau]" }, { title: Hộ }]
              rows: [["Xã A[^o]", 5]]
    closing: "Trên đây là Kế hoạch[^cuoi]"
    appendices: [{ id: a, title: "Biểu[^phu-luc]", body: ["Xem lại [^can-cu]."] }]
  `;

describe("notes", () => {
  test("are numbered in the order of the page, wherever they stand, the same in both files", async () => {
    const inOrder = [
      "Ghi ở trích yếu",
      "Ghi ở căn cứ",
      "Ghi ở tên mục",
      "Ghi ở gạch đầu dòng",
      "Ghi ở tên bảng",
      "Ghi ở tên cột",
      "Ghi ở ô",
      "Ghi ở câu kết",
      "Ghi ở phụ lục",
    ];
    expect(await notesOfWord(EVERYWHERE)).toEqual(inOrder);
    const layout = await layoutOf(EVERYWHERE);
    const places = inOrder.map((note, index) => layout.indexOf(`${index + 1} ${note}`));
    expect(places.every((place) => place > 0)).toBe(true);
  });

  test("called again, keep their number", async () => {
    const text = `${HEAD}subject: Thử\nfootnotes: { a: Ghi a, b: Ghi b }\nbody: ["Một[^b] hai[^a] ba[^b]."]`;
    expect(await notesOfWord(text)).toEqual(["Ghi b", "Ghi a"]);
    expect(await layoutOf(text)).toMatch(/Một1 hai2 ba1\./u);
  });

  test.each([
    ["recipients", "body: [Một.]\nrecipients: ['Sở Y tế[^a]']", "recipients[0].name"],
    [
      "the signature",
      "body: [Một.]\nsignature: { lines: ['CHỦ TỊCH[^a]'], name: A }",
      "signature.lines[0]",
    ],
    ["another note", "body: ['Một[^b].']", "footnotes.b"],
  ])("in %s are told at their place", async (_place, rest, path) => {
    const text = `${HEAD}subject: Thử\nfootnotes: { a: Ghi a, b: "Ghi b[^a]" }\n${rest}`;
    const { problems } = await checkPlan({ file: "a.yaml", text, profile: null }, world);
    expect(problems).toContainEqual(
      expect.objectContaining({
        code: "note-misplaced",
        at: expect.objectContaining({ path }) as unknown,
      }),
    );
  });

  const rows = Array.from({ length: 60 }, (_, index) => `["Xã ${index}[^a${index}]", 5]`);
  const notes = rows.map((_, index) => `a${index}: Ghi chú thứ ${index}`);
  const table = (head: string, body: readonly string[]): string =>
    `${HEAD}subject: Thử\nfootnotes: { dau: Ghi ở tên cột, ${notes.join(", ")} }\nbody:\n  - table: { columns: [{ title: "${head}" }, { title: Hộ }], rows: [${body.join(", ")}] }`;

  test("of a repeated head stand once, on the page of the head", async () => {
    const plain = rows.map((_, index) => `[Xã ${index}, 5]`);
    const layout = await layoutOf(table("Xã[^dau]", plain));
    expect(layout.match(/^page /gmu)?.length).toBeGreaterThan(1);
    expect(layout.match(/Ghi ở tên cột/gu)).toHaveLength(1);
  });

  test("of rows stand on the pages of their rows; where LibreOffice breaks otherwise, it is said", async () => {
    const text = table("Xã", rows);
    const pages = (await layoutOf(text)).split(/^page /mu).slice(1);
    expect(pages.length).toBeGreaterThan(1);
    for (const page of pages)
      for (const [, number = ""] of page.matchAll(/Ghi chú thứ (\d+)/gu))
        expect(page).toContain(`Xã ${number}`);
    const codes = async (plan: string): Promise<readonly string[]> =>
      (await checkPlan({ file: "a.yaml", text: plan, profile: null }, world)).problems.map(
        ({ code }) => code,
      );
    expect(await codes(text)).toEqual(["notes-over-pages"]);
    expect(await codes(table("Xã", rows.slice(0, 5)))).toEqual([]);
  });
});

test("a row that no page holds under the repeated head is split, in both files", async () => {
  const words = (count: number): string => Array.from({ length: count }, () => "chữ").join(" ");
  const name = words(24);
  const plan = (lines: number): string =>
    HEAD +
    `subject: Thử\nbody:\n  - table:\n      columns: [{ title: ${name}, width: 10 }, { title: B }]\n` +
    `      rows: [${"[a, b], ".repeat(12)}{ band: Nhóm một }, [${words(lines)}, c]]\n`;
  // Some height is between that of a page and that of a page under the head.
  for (let lines = 30; lines <= 46; lines++) {
    const text = plan(lines);
    const pages = (await layoutOf(text)).split(/^page /mu).slice(1);
    const band = pages.find((page) => page.includes("Nhóm một")) ?? "";
    // The row across the table does not stay behind alone.
    expect([lines, /"chữ/u.test(band.slice(band.indexOf("Nhóm một")))]).toEqual([lines, true]);
    const xml = strFromU8(
      unzipSync(await made(text, "docx"))["word/document.xml"] ?? new Uint8Array(),
    );
    const rows = xml.match(/<w:tr>.*?<\/w:tr>/gsu) ?? [];
    const spread = pages.filter((page) => page.includes('"chữ')).length;
    const tall = rows.find((row) => row.includes(">c<")) ?? "";
    if (!tall.includes("<w:cantSplit/>")) expect(spread).toBeGreaterThan(1);
  }
});
