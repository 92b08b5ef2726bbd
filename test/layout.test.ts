import { describe, expect, test } from "@jest/globals";
import { strFromU8, unzipSync } from "fflate";
import { DEFAULT_PROFILE, Profile } from "../src/plan/profile.js";
import { plainRun } from "../src/document/runs.js";
import { buildStyles } from "../src/document/styles.js";
import { NO_ORIGIN } from "../src/document/tree.js";
import { breakLines } from "../src/layout/inline/break-lines.js";
import { collectInlines } from "../src/layout/inline/collect.js";
import type { Box, Piece } from "../src/layout/pages/box.js";
import { paginate } from "../src/layout/pages/paginate.js";
import { openFamily } from "../src/typeface/family.js";
import { yaml } from "./support/dedent.js";
import { make, makeFile, makeText, productWorld, smallPlan } from "./support/product.js";

const styles = buildStyles(DEFAULT_PROFILE);
const family = await openFamily(productWorld().fonts);

function broken(text: string, width: number): string[] {
  if (!family.ok) throw new Error("no fonts");
  const measured = collectInlines(
    { lead: [], inlines: [plainRun(text, NO_ORIGIN)], origin: NO_ORIGIN },
    { ...styles.byRole.body, firstIndent: 0 },
    family.value,
    () => undefined,
  );
  return breakLines(measured, width, 0).map((line) =>
    String.fromCodePoint(...measured.codes.slice(line.start, line.end)),
  );
}

describe("lines break where word processors break them", () => {
  test.each<[string, number, readonly string[]]>([
    ["giai đoạn 2021-2025 tiếp", 2300, ["giai đoạn 2021-", "2025 tiếp"]], // after a hyphen
    ["thôn bản/ấp/xóm làng", 1500, ["thôn", "bản/ấp/xóm", "làng"]], // never at a slash
    ["trang\u00a0một hai", 1300, ["trang\u00a0một", "hai"]], // a no-break space holds
    ["tệp htm?id tiếp", 1050, ["tệp htm?", "id tiếp"]], // after a question mark inside a word
    ["mười hai   ba", 1100, ["mười hai", "ba"]], // blanks at the end take no room
    ["số 90\u2011QĐ x", 900, ["số", "90\u2011QĐ", "x"]], // a no-break hyphen holds
    ["a — b", 5000, ["a — b"]],
  ])("%s in %d twips", (text, width, lines) => {
    expect(broken(text, width)).toEqual(lines);
  });

  test("the limit itself still fits, a sixth of a twip more does not", () => {
    // Three digits of 14 pt: 140 twips each.
    expect(broken("111 1", 420)).toEqual(["111", "1"]);
    expect(broken("1111", 560)).toEqual(["1111"]);
    expect(broken("1111", 559.8)).toEqual(["111", "1"]);
  });
});

describe("pages", () => {
  const piece = (height: number): Piece => ({ height, items: [], notes: [] });
  const box = (lines: number, more: Partial<Box> = {}): Box => ({
    before: 0,
    after: 0,
    pieces: Array.from({ length: lines }, () => piece(10)),
    keepWithNext: false,
    breaking: { orphans: 2, widows: 2 },
    fragmentation: null,
    ...more,
  });
  const counts = (boxes: readonly Box[], height = 100): number[] =>
    paginate(boxes, height, () => 0).map(
      (page) => page.pieces.filter((placed) => placed.piece.height > 0).length,
    );

  test("no widow and no orphan", () => {
    // One line left on the page: the paragraph goes over whole.
    expect(counts([box(9), box(4)])).toEqual([9, 4]);
    // Two and one: the one would be a widow.
    expect(counts([box(8), box(3)])).toEqual([8, 3]);
    // Three fit, two go: the last two stay together.
    expect(counts([box(7), box(4)])).toEqual([9, 2]);
  });
  test("a heading goes with what follows it", () => {
    expect(counts([box(7), box(1, { keepWithNext: true, breaking: "whole" }), box(5)])).toEqual([
      10, 3,
    ]);
    expect(counts([box(8), box(1, { keepWithNext: true, breaking: "whole" }), box(5)])).toEqual([
      8, 6,
    ]);
    expect(
      counts([
        box(6),
        box(1, { keepWithNext: true, breaking: "whole" }),
        box(1, { keepWithNext: true, breaking: "whole" }),
        box(3, { breaking: "whole" }),
      ]),
    ).toEqual([6, 5]);
  });
  test("what is taller than a page is broken all the same, and the flow ends", () => {
    expect(counts([box(25, { breaking: "whole" })])).toEqual([10, 10, 5]);
    expect(counts([{ ...box(1), pieces: [piece(500)] }, box(1)])).toEqual([1, 1]);
  });
  test("space above is dropped at the top of a page, kept at the top of the section", () => {
    const pages = paginate(
      [box(2, { before: 15 }), box(9, { before: 15, breaking: "whole" })],
      100,
      () => 0,
    );
    expect(pages.map((page) => page.pieces[0]?.y)).toEqual([15, 0]);
  });
  test("the head of a table is repeated", () => {
    expect(
      counts([
        box(15, {
          fragmentation: {
            bottomRule: 0,
            repeated: [piece(10)],
            continueAt: () => new Map(),
            drawFrame: () => [],
          },
          breaking: { orphans: 2, widows: 1 },
        }),
      ]),
    ).toEqual([10, 6]);
  });
  test("a footnote stands on the page of its call", () => {
    const called: Piece = { height: 10, items: [], notes: [1] };
    const pages = paginate(
      [box(8), { ...box(0), pieces: [called, piece(10)] }],
      100,
      (notes) => notes.length * 30,
    );
    expect(pages.map((page) => page.notes)).toEqual([[], [1]]);
  });
});

describe("styles keep to the decree", () => {
  test.each([
    [13, 1],
    [14, 1],
    [14, 1.5],
    [13, 1.12],
  ])("body of %d pt at %d lines", (bodySize, lineSpacing) => {
    const { byRole } = buildStyles(Profile.parse({ bodySize, lineSpacing }));
    const single = bodySize * 1.1499 * 20;
    expect(byRole.body.lineHeight).toBeGreaterThanOrEqual(single - 0.01);
    expect(byRole.body.lineHeight).toBeLessThanOrEqual(single * 1.5 + 10);
    expect(byRole.body.before).toBeGreaterThanOrEqual(120);
    expect([567, 720]).toContain(byRole.body.firstIndent);
  });
  test.each([
    ["bodySize", 12],
    ["bodySize", 15],
    ["indent", 11],
    ["spaceBefore", 5],
    ["lineSpacing", 1.6],
  ])("%s %d is refused", (name, value) => {
    expect(Profile.safeParse({ [name]: value }).success).toBe(false);
  });
});

test("a long table repeats its head on every page", async () => {
  const rows = Array.from(
    { length: 120 },
    (_, index) => `[${index + 1}, Xã số ${index + 1}, ${index * 1000}]`,
  ).join(", ");
  const layout = await makeText(
    smallPlan(yaml`
      - table:
          unit: triệu đồng
          columns:
            - { title: TT }
            - { title: Đơn vị }
            - { title: Kinh phí, align: right }
          rows: [${rows}]
    `),
    "layout",
  );
  const pages = layout.split(/^page /mu).slice(1);
  expect(pages.length).toBeGreaterThan(3);
  for (const page of pages.slice(0, 3)) expect(page).toContain('"Đơn vị"');
  expect(layout).toContain('"119.000"');
});

test("the row of column numbers is part of the head, on every page", async () => {
  const rows = Array.from({ length: 120 }, (_, index) => `[Xã số ${index + 1}, 1, 2]`).join(", ");
  const plan = smallPlan(yaml`
    - table:
        columns:
          - { title: Đơn vị, number: A }
          - { title: Giao, number: 1000 }
          - { title: Cộng, number: "3 = 1 + 2" }
        rows: [${rows}]
  `);
  const pages = (await makeText(plan, "layout")).split(/^page /mu).slice(1);
  expect(pages.length).toBeGreaterThan(2);
  for (const page of pages.slice(0, -1)) {
    const texts = page.split("\n").flatMap((line) => /"(.+)"/u.exec(line)?.[1] ?? []);
    expect(texts.slice(texts.indexOf("Đơn vị"), texts.indexOf("Đơn vị") + 6)).toEqual([
      "Đơn vị",
      "Giao",
      "Cộng",
      "A",
      "1.000",
      "3 = 1 + 2",
    ]);
  }
  expect((await makeText(plan, "tree")).match(/3 = 1 \+ 2/gu)).toHaveLength(1);
});

test("two tables, and a table before the signature, stay apart in the Word file", async () => {
  const table = "- table: { columns: [{ title: A }], rows: [[x]] }";
  const made = await make(smallPlan(`${table}\n${table}`, "recipients: [Sở A]"), ["docx"]);
  if (!made.ok) throw new Error("not built");
  const body = strFromU8(
    unzipSync(made.value.files.get("docx") ?? new Uint8Array())["word/document.xml"] ??
      new Uint8Array(),
  );
  expect(body.match(/<w:tbl>/gu)?.length).toBeGreaterThanOrEqual(4);
  expect(body).not.toContain("</w:tbl><w:tbl>");
});

test("a footnote is printed at the foot of its page", async () => {
  const layout = await makeText(
    smallPlan(
      '- "Hộ nghèo[^chuan] của huyện."',
      "footnotes: { chuan: Theo chuẩn nghèo đa chiều. }",
    ),
    "layout",
  );
  const rows = layout.split("\n").filter((line) => line.includes('"'));
  expect(rows.at(-1)).toContain("1 Theo chuẩn nghèo đa chiều.");
  expect(Number(rows.at(-1)?.trim().split(" ")[1])).toBeGreaterThan(760);
});

test("a footnote called twice is one note, and its number stands in both places", async () => {
  const plan = smallPlan(
    '- "Một[^a] hai[^b] ba[^a]."',
    "footnotes: { a: Ghi chú chung., b: Ghi chú riêng. }",
  );
  const layout = await makeText(plan, "layout");
  expect(layout.split("Ghi chú chung.")).toHaveLength(2);
  expect(layout).toContain('"Một1 hai2 ba1."');
  const word = strFromU8(
    unzipSync(await makeFile(plan, "docx"))["word/document.xml"] ?? new Uint8Array(),
  );
  expect([...word.matchAll(/<w:footnoteReference w:id="(\d+)"/gu)].map(([, id]) => id)).toEqual([
    "1",
    "2",
  ]);
});
