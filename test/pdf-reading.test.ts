import { spawnSync } from "node:child_process";
import { describe, expect, test } from "@jest/globals";
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { deflateSync } from "node:zlib";
import { PDFDocument } from "pdf-lib";
import { measureStreams } from "../src/archives/measure-streams.js";
import { readPdf } from "../src/reading/pdf/read-pdf.js";
import type {
  SourceBlock,
  SourceParagraph,
  SourceTable,
  SourceText,
} from "../src/reading/source-text.js";
import { type DrawnPage, type DrawnText, drawPdf, wrapText } from "./support/draw-pdf.js";
import { dedent } from "./support/dedent.js";
import { longTablePlan } from "./support/long-table.js";
import { allocationFixtures, fixtures, make } from "./support/product.js";
import { convertWithLibreOffice, hasProgram, inTemporaryFolder, output } from "./support/tools.js";

async function read(bytes: Uint8Array): Promise<SourceText> {
  const outcome = await readPdf(bytes, "a.pdf");
  if (!outcome.ok)
    throw new Error(
      outcome.problems.map(({ code, message }) => `${code} ${message.vi}`).join("\n"),
    );
  return outcome.value;
}

const readDrawn = async (...pages: DrawnPage[]): Promise<SourceText> => read(await drawPdf(pages));

/** The one finding that a file is refused with. */
async function refusal(bytes: Uint8Array): Promise<string> {
  const outcome = await readPdf(bytes, "a.pdf");
  return outcome.ok
    ? "read"
    : outcome.problems.map(({ code, hint }) => (hint ? code : `${code} without a hint`)).join();
}

const isTable = (block: SourceBlock): block is SourceTable => block.kind === "table";
const paragraphs = ({ blocks }: SourceText): SourceParagraph[] =>
  blocks.flatMap((block) =>
    isTable(block) ? block.rows.flat().flatMap((cell) => cell.paragraphs) : [block],
  );
const texts = (source: SourceText): string[] =>
  source.blocks.flatMap((block) => (isTable(block) ? [] : [block.text]));
const tableRows = (table: SourceTable | undefined): string[] =>
  (table?.rows ?? []).map((row) =>
    row
      .map(
        (cell) =>
          cell.paragraphs.map(({ text }) => text).join(" ¶ ") +
          (cell.rows * cell.columns > 1 ? ` [${cell.rows}×${cell.columns}]` : ""),
      )
      .join(" | "),
  );
const folded = (text: string): string => text.replace(/\s+/gu, " ").trim();

describe("our own PDFs", () => {
  const plans = [...fixtures(), ...allocationFixtures()];

  test.each(plans.map((plan) => [plan.name, plan] as const))(
    "%s: every word and paragraph comes back",
    async (_name, { text, file }) => {
      const made = await make(text, ["pdf", "text"], file);
      if (!made.ok) throw new Error("not built");
      const source = await read(made.value.files.get("pdf") ?? new Uint8Array());
      const wanted = new TextDecoder()
        .decode(made.value.files.get("text"))
        .split("\n")
        .map(folded)
        .filter((line) => line !== "");
      const rows = source.blocks.flatMap((block) =>
        isTable(block) && block.ruled
          ? block.rows.map((row) =>
              row.map((cell) => cell.paragraphs.map((one) => one.text).join(" ")).join(" "),
            )
          : isTable(block)
            ? block.rows.flat().flatMap((cell) => cell.paragraphs.map((one) => one.text))
            : [block.text],
      );
      // The head is read column by column: its order differs, no more.
      const words = (lines: readonly string[]): string[] =>
        folded(lines.join(" "))
          .replace(/^.*?(?=KẾ HOẠCH)/u, "")
          .split(" ");
      expect(words(rows)).toEqual(words(wanted));
      // A title over several lines is one paragraph here and may be several there.
      const ours = new Set(rows.flatMap((one) => [folded(one), ...one.split("\n").map(folded)]));
      expect(wanted.filter((line) => !ours.has(line))).toEqual([]);
      const theirs = new Set(wanted);
      expect(
        rows.filter(
          (one) =>
            folded(one) !== "" &&
            !theirs.has(folded(one)) &&
            !one.split("\n").every((line) => theirs.has(folded(line))),
        ),
      ).toEqual([]);
      expect(source.notices).toEqual([]);
      expect(new Set(source.excluded.map(({ why }) => why)).size).toBeGreaterThan(0);
      expect(
        source.excluded.filter(({ why }) => why !== "page-number" && why !== "repeated-head"),
      ).toEqual([]);
    },
  );

  test("head and close are two columns without rules, in their looks", async () => {
    const made = await make(
      readFileSync("fixtures/son-ha-2024.yaml", "utf8"),
      ["pdf"],
      "fixtures/son-ha-2024.yaml",
    );
    if (!made.ok) throw new Error("not built");
    const source = await read(made.value.files.get("pdf") ?? new Uint8Array());
    const [head, close] = source.blocks.filter(isTable);
    expect(head?.ruled).toBe(false);
    expect(tableRows(head)).toEqual([
      "ỦY BAN NHÂN DÂN\nHUYỆN SƠN HÀ ¶ Số: /KH-UBND | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM " +
        "¶ Độc lập - Tự do - Hạnh phúc ¶ Sơn Hà, ngày tháng 4 năm 2024",
    ]);
    const [closing = ""] = tableRows(close);
    expect(closing).toMatch(/^Nơi nhận: ¶ - Sở Lao động - Thương binh và Xã hội; ¶ /u);
    expect(closing).toMatch(
      /¶ - Lưu: VT, TH\. \| TM\. ỦY BAN NHÂN DÂN\nKT\. CHỦ TỊCH\nPHÓ CHỦ TỊCH ¶ Nguyễn Văn A$/u,
    );
    const title = paragraphs(source).find(({ text }) =>
      text.startsWith("Triển khai thực hiện Dự án 7"),
    );
    expect(title?.look).toMatchObject({ align: "center", bold: true });
    expect(title?.text.split("\n").length).toBe(3);
    const basis = paragraphs(source).find(({ text }) => text.startsWith("Căn cứ Quyết định số 90"));
    expect([basis?.look.italic, basis?.marks, basis?.at]).toEqual([true, [], { page: 1, line: 8 }]);
  });
});

describe("tables", () => {
  test("a table over several pages is one: heads dropped, labels and numbers kept", async () => {
    const made = await make(longTablePlan(90), ["pdf", "text"]);
    if (!made.ok) throw new Error("not built");
    const source = await read(made.value.files.get("pdf") ?? new Uint8Array());
    const ruled = source.blocks.filter((block) => isTable(block) && block.ruled) as SourceTable[];
    expect(ruled).toHaveLength(1);
    const [table] = ruled;
    const rows = tableRows(table);
    expect(rows.slice(0, 4)).toEqual([
      "TT [2×1] | Huyện [2×1] | Xã [2×1] | Hộ nghèo [2×1] | Kinh phí [1×3] | Ghi chú [2×1]",
      "Trung ương | Tỉnh | Huyện",
      "A | B | C | 1 | 2 | 3 | 4 | 5",
      "1 [13×1] | Huyện số 1 thuộc vùng đồng bào dân tộc thiểu số [13×1] | Xã thứ 1 | 37 " +
        "| 5,3 | 9,1 | 17 | ",
    ]);
    expect(table?.head).toBe(3);
    // Thirteen communes under each of six labels, twelve under the last, wherever pages end.
    expect(table?.rows.flatMap((row) => (row[1] && row[1].rows > 2 ? [row[1].rows] : []))).toEqual([
      13, 13, 13, 13, 13, 13, 12,
    ]);
    expect(rows.filter((row) => /Xã thứ \d/u.test(row))).toHaveLength(90);
    expect(
      source.excluded.filter(({ why }) => why === "repeated-head").map(({ text }) => text),
    ).toContain("A\tB\tC\t1\t2\t3\t4\t5");
  });

  const RULES = [
    [85, 125, 330, 125],
    [85, 145, 330, 145],
    [85, 185, 330, 185],
    [85, 125, 85, 185],
    [130, 125, 130, 185],
    [250, 125, 250, 185],
    [330, 125, 330, 185],
  ] as const;
  const CELLS: readonly DrawnText[] = [
    { x: 90, y: 140, text: "TT" },
    { x: 140, y: 140, text: "Đơn vị" },
    { x: 260, y: 140, text: "Số hộ" },
    { x: 90, y: 160, text: "1" },
    { x: 136, y: 160, text: "Xã An Lạc và các" },
    { x: 136, y: 178, text: "thôn vùng cao" },
    { x: 260, y: 160, text: "1.240,50" },
  ];
  const ROWS = ["TT | Đơn vị | Số hộ", "1 | Xã An Lạc và các thôn vùng cao | 1.240,50"];

  test.each([
    ["upright", 0],
    ["turned page", 90],
    ["turned the other way", 270],
  ])("ruled cells of a page %s", async (_name, rotate) => {
    const source = await readDrawn({
      texts: [{ x: 85, y: 100, text: "Biểu số liệu" }, ...CELLS],
      rules: RULES,
      rotate,
    });
    expect(source.blocks.map(({ kind }) => kind)).toEqual(["paragraph", "table"]);
    expect(tableRows(source.blocks.find(isTable))).toEqual(ROWS);
  });

  test("a row that the page cuts is one row", async () => {
    const first = {
      texts: CELLS.filter(({ text }) => text !== "thôn vùng cao").map((one) => ({
        ...one,
        y: one.y + 600,
      })),
      rules: RULES.map(([a, b, c, d]) => [a, b + 600, c, d + 600] as const),
    };
    const second = {
      texts: [...CELLS.slice(0, 3), { x: 136, y: 160, text: "thôn vùng cao" }].map((one) => ({
        ...one,
        y: one.y - 50,
      })),
      rules: RULES.map(([a, b, c, d]) => [a, b - 50, c, d - 50] as const),
    };
    const source = await readDrawn(first, second);
    expect(source.blocks.filter(isTable).map(tableRows)).toEqual([ROWS]);
  });

  test("underlines and a frame around one text are no tables", async () => {
    const source = await readDrawn({
      texts: [
        { x: 240, y: 100, text: "KẾ HOẠCH", face: "bold" },
        { x: 85, y: 150, text: "DỰ THẢO" },
      ],
      rules: [
        [240, 103, 310, 103],
        [80, 130, 160, 130],
        [80, 155, 160, 155],
        [80, 130, 80, 155],
        [160, 130, 160, 155],
      ],
    });
    expect(texts(source)).toEqual(["KẾ HOẠCH", "DỰ THẢO"]);
  });
});

/** Paragraphs set with a first line indented; the last ones may stand on a second page. */
async function wrapped(
  list: readonly string[],
  { y = 90, indent = 28, between = 4, size = 13 } = {},
): Promise<DrawnText[]> {
  const all: DrawnText[] = [];
  let at = y;
  for (const text of list) {
    const { texts: lines, y: next } = await wrapText(text, {
      left: 85,
      right: 540,
      y: at,
      size,
      indent,
      leading: size * 1.35,
    });
    all.push(...lines);
    at = next + between;
  }
  return all;
}

const BODY = [
  "Ủy ban nhân dân xã Tân Bình ban hành Kế hoạch chuyển đổi số năm 2025 với các nội dung " +
    "cụ thể như sau, đề nghị các đơn vị căn cứ tổ chức thực hiện.",
  "Các thôn rà soát số hộ gia đình có kết nối mạng.",
  "- Mục tiêu chung: nâng tỷ lệ hồ sơ nộp trực tuyến theo Thông tư số 02/2022/TT-BLĐTBXH " +
    "và các văn bản hướng dẫn có liên quan của cấp trên trong cả năm.",
  "a) Tổ chức tập huấn cho tổ công nghệ số cộng đồng tại mười hai thôn trong quý II năm " +
    "2025 và báo cáo kết quả về Ủy ban nhân dân xã trước ngày 15 tháng 6.",
];

describe("lines become paragraphs", () => {
  test.each([
    ["first lines indented, no tags", {}],
    ["no indent, paragraphs apart", { indent: 0, between: 8 }],
    ["indented, nothing between", { between: 0 }],
    ["large type", { size: 15 }],
  ])("%s", async (_name, look) => {
    expect(texts(await readDrawn({ texts: await wrapped(BODY, look) }))).toEqual(BODY);
  });

  test("a sentence goes on over the page, past numbers and running heads", async () => {
    const lines = await wrapped(BODY);
    const cut = lines.findIndex(({ text }) => text.startsWith("a) ")) + 1;
    const head = { x: 85, y: 30, text: "UBND xã Tân Bình - Kế hoạch chuyển đổi số", size: 9 };
    const number = (text: string): DrawnText => ({ x: 292, y: 815, text });
    const again = await wrapped(BODY.slice(1));
    const source = await readDrawn(
      { texts: [head, ...lines.slice(0, cut), number("1")] },
      {
        texts: [
          head,
          ...lines.slice(cut).map((one) => ({ ...one, y: one.y - (lines[cut]?.y ?? 0) + 90 })),
          number("- 2 -"),
        ],
      },
      { texts: [head, ...again, number("3")] },
    );
    expect(texts(source)).toEqual([...BODY, ...BODY.slice(1)]);
    expect(source.excluded.map(({ why, text }) => `${why} ${text}`).sort()).toEqual([
      "page-number - 2 -",
      "page-number 1",
      "page-number 3",
      ...Array.from({ length: 3 }, () => "running-head UBND xã Tân Bình - Kế hoạch chuyển đổi số"),
    ]);
  });

  test("titles of appendices at the same place of pages are no running heads", async () => {
    const pages = await Promise.all(
      ["Phụ lục I", "Phụ lục II", "Phụ lục III"].map(async (title) => ({
        texts: [
          { x: 270, y: 80, text: title, face: "bold" as const },
          { x: 180, y: 98, text: "(Kèm theo Kế hoạch của xã Tân Bình)", face: "italic" as const },
          ...(await wrapped(BODY, { y: 130 })),
        ],
      })),
    );
    const source = await readDrawn(...pages, { texts: await wrapped(BODY, { y: 75 }) });
    expect(texts(source).filter((text) => text.startsWith("Phụ lục"))).toEqual([
      "Phụ lục I",
      "Phụ lục II",
      "Phụ lục III",
    ]);
    expect(texts(source).filter((text) => text.startsWith("(Kèm theo"))).toHaveLength(3);
    expect(source.excluded).toEqual([]);
  });

  test("a hyphen at a line's end belongs to the word, a dash between blanks does not", async () => {
    const source = await readDrawn({
      texts: [
        { x: 113, y: 90, text: "Căn cứ Thông tư số 11/2022/TT-" },
        { x: 85, y: 108, text: "BLĐTBXH của Bộ Lao động -" },
        { x: 85, y: 126, text: "Thương binh và Xã hội;" },
      ],
    });
    expect(texts(source)).toEqual([
      "Căn cứ Thông tư số 11/2022/TT-BLĐTBXH của Bộ Lao động - Thương binh và Xã hội;",
    ]);
  });

  test.each([
    ["letters placed one by one, blanks missing", { apart: 0 }],
    ["letters set apart", { apart: 2.5 }],
  ])("%s", async (_name, { apart }) => {
    expect(
      texts(await readDrawn({ texts: [{ x: 85, y: 90, text: "Thời gian thực hiện", apart }] })),
    ).toEqual(["Thời gian thực hiện"]);
  });

  test("words printed twice to look bold are read once, and bold", async () => {
    const source = await readDrawn({
      texts: [
        { x: 85, y: 90, text: "Kinh phí: " },
        ...[150, 150.4].map((x) => ({ x, y: 90, text: "hai mươi triệu" })),
      ],
    });
    expect(paragraphs(source).map(({ text, marks }) => ({ text, marks }))).toEqual([
      { text: "Kinh phí: hai mươi triệu", marks: [{ kind: "bold", from: 10, to: 24 }] },
    ]);
  });

  test("recipients and signature stand side by side, the line before them does not", async () => {
    const left = ["Nơi nhận:", "- Thường trực Đảng ủy;", "- Các thôn;", "- Lưu: VT."].map(
      (text, index): DrawnText => ({ x: 85, y: 200 + index * 13, text, size: 11 }),
    );
    const right: DrawnText[] = [
      { x: 365, y: 202, text: "CHỦ TỊCH", face: "bold" },
      { x: 363, y: 290, text: "Trần Văn B", face: "bold" },
    ];
    const source = await readDrawn({
      texts: [
        ...(await wrapped([BODY[0] ?? "", "Giao Văn phòng theo dõi, tổng hợp."])),
        ...left,
        ...right,
      ].filter(({ y }) => y < 160 || y >= 200),
    });
    expect(texts(source)).toEqual([BODY[0], "Giao Văn phòng theo dõi, tổng hợp."]);
    expect(tableRows(source.blocks.find(isTable))).toEqual([
      "Nơi nhận: ¶ - Thường trực Đảng ủy; ¶ - Các thôn; ¶ - Lưu: VT. | CHỦ TỊCH ¶ Trần Văn B",
    ]);
  });

  test("a head of two columns that nearly touch, lines at different heights", async () => {
    const head: DrawnText[] = [
      { x: 100, y: 60, text: "ỦY BAN NHÂN DÂN HUYỆN SÔNG LAM", size: 12 },
      { x: 155, y: 76, text: "PHÒNG NỘI VỤ", size: 12, face: "bold" },
      { x: 150, y: 105, text: "Số:        /KH-PNV", size: 13 },
      { x: 331, y: 62, text: "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", size: 11, face: "bold" },
      { x: 362, y: 78, text: "Độc lập - Tự do - Hạnh phúc", size: 13, face: "bold" },
      { x: 345, y: 107, text: "Sông Lam, ngày       tháng 3 năm 2025", size: 13, face: "italic" },
    ];
    const source = await readDrawn({ texts: [...head, ...(await wrapped(BODY, { y: 160 }))] });
    expect(source.blocks.map(({ kind }) => kind)).toEqual([
      "table",
      ...BODY.map(() => "paragraph"),
    ]);
    expect(tableRows(source.blocks.find(isTable))).toEqual([
      "ỦY BAN NHÂN DÂN HUYỆN SÔNG LAM ¶ PHÒNG NỘI VỤ ¶ Số: /KH-PNV | CỘNG HÒA XÃ HỘI CHỦ " +
        "NGHĨA VIỆT NAM ¶ Độc lập - Tự do - Hạnh phúc ¶ Sông Lam, ngày tháng 3 năm 2025",
    ]);
  });

  test("room left for a number and a date makes no columns", async () => {
    const line = "Kèm theo Kế hoạch số           /KH-UBND ngày           tháng 4 năm 2025";
    expect(
      texts(
        await readDrawn({
          texts: [{ x: 85, y: 90, text: line }, ...(await wrapped(BODY, { y: 120 }))],
        }),
      ),
    ).toEqual([folded(line), ...BODY]);
  });
});

describe("what stands beside the text", () => {
  test("footnotes: the number in the text calls the note at the foot; m² stays", async () => {
    const source = await readDrawn({
      texts: [
        { x: 85, y: 90, text: "Giao Phòng Tài chính" },
        { x: 212, y: 85, text: "1", size: 8 },
        { x: 219, y: 90, text: "thẩm định." },
        { x: 85, y: 130, text: "Nhà văn hóa 120 m" },
        { x: 195, y: 125, text: "2", size: 8 },
        ...(await wrapped(BODY, { y: 170 })),
        { x: 85, y: 770, text: "1", size: 7 },
        { x: 90, y: 774, text: "Theo Quyết định số 15/QĐ-UBND của Ủy ban nhân dân", size: 11 },
        { x: 85, y: 787, text: "huyện Sông Lam.", size: 11 },
      ],
      rules: [[85, 760, 230, 760]],
    });
    const [call, area] = paragraphs(source);
    expect([call?.text, call?.marks]).toEqual([
      "Giao Phòng Tài chính thẩm định.",
      [{ kind: "note", from: 20, to: 20, note: "1" }],
    ]);
    expect(area?.text).toBe("Nhà văn hóa 120 m2");
    expect(
      [...source.footnotes].map(([name, list]) => [name, list.map(({ text }) => text)]),
    ).toEqual([["1", ["Theo Quyết định số 15/QĐ-UBND của Ủy ban nhân dân huyện Sông Lam."]]]);
    expect(texts(source).at(-1)).toBe(BODY.at(-1));
  });

  const SEAL = [
    "Ký bởi: Ủy ban nhân dân xã",
    "Tân Bình",
    "Cơ quan: Huyện Sông Lam",
    "Thời gian ký: 2024-04-01T14:21:24+0700",
  ];

  test("a digital signature's words are one seal, in the page or in its field", async () => {
    const drawn = await readDrawn({
      texts: [
        ...SEAL.map((text, index) => ({ x: 420, y: 40 + index * 10, text, size: 8 })),
        ...(await wrapped(BODY)),
      ],
    });
    expect(texts(drawn)).toEqual(BODY);
    expect(drawn.excluded.map(({ why, text }) => [why, text])).toEqual([["seal", SEAL.join("\n")]]);
    const field = await readDrawn({ texts: await wrapped(BODY), field: SEAL });
    expect([texts(field), field.excluded.map(({ text }) => text)]).toEqual([
      BODY,
      [SEAL.join("\n")],
    ]);
  });

  test("words of a watermark are set aside", async () => {
    const source = await readDrawn({
      texts: [...(await wrapped(BODY)), { x: 150, y: 600, text: "BẢN NHÁP", size: 60, turn: 45 }],
    });
    expect([texts(source), source.excluded.map(({ why, text }) => [why, text])]).toEqual([
      BODY,
      [["artifact", "BẢN NHÁP"]],
    ]);
  });

  test("a page that is only a picture is told, the others are read", async () => {
    const source = await readDrawn({ texts: await wrapped(BODY) }, { picture: true });
    expect([texts(source), source.notices.map(({ code, at }) => [code, at.page])]).toEqual([
      BODY,
      [["page-scanned", 2]],
    ]);
  });
});

describe("files that are not read", () => {
  const small = async (): Promise<Uint8Array> =>
    drawPdf([{ texts: [{ x: 85, y: 90, text: "Kế hoạch chuyển đổi số của xã Tân Bình" }] }]);

  test("broken, cut short, no PDF, nothing but pictures", async () => {
    const whole = await small();
    expect(await refusal(whole)).toBe("read");
    expect(await refusal(whole.slice(0, whole.length - 2_000))).toBe("file-broken");
    expect(await refusal(new TextEncoder().encode("Kế hoạch"))).toBe("file-broken");
    expect(await refusal(new Uint8Array())).toBe("file-broken");
    expect(await refusal(await drawPdf([{ picture: true }, { picture: true }]))).toBe(
      "file-scanned",
    );
  });

  test("fonts that do not say what their glyphs mean", async () => {
    const bytes = await small();
    const text = Buffer.from(bytes)
      .toString("latin1")
      .replace(/\/ToUnicode \d+ 0 R/gu, (found) => " ".repeat(found.length));
    expect(await refusal(new Uint8Array(Buffer.from(text, "latin1")))).toBe("file-garbled");
  });

  test("more than two thousand pages, told before any is read", async () => {
    const pdf = await PDFDocument.create();
    for (let page = 0; page < 2_001; page++) pdf.addPage();
    const outcome = await readPdf(await pdf.save(), "a.pdf");
    expect(outcome.ok ? "" : outcome.problems[0]?.message.en).toBe(
      "the PDF is too long: at most 2000 pages",
    );
  });

  test.each([
    ["once", 1],
    ["twice over", 2],
  ])("a stream packed %s that unfolds without end", async (_name, times) => {
    let data = deflateSync(Buffer.alloc(120_000_000, "q Q "), { level: 1 });
    for (let time = 1; time < times; time++) data = deflateSync(data);
    const before = process.memoryUsage().arrayBuffers;
    expect(
      await refusal(handMade(data, times === 1 ? "/FlateDecode" : "[/FlateDecode /FlateDecode]")),
    ).toBe("file-too-long");
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(100_000_000);
  });

  test.each<[string, (bomb: Buffer, small: Buffer) => [Uint8Array, string][]]>([
    [
      "behind another",
      (bomb, small) => [
        [small, "/FlateDecode"],
        [bomb, "/FlateDecode"],
      ],
    ],
    [
      "behind many",
      (bomb, small) => [
        ...Array.from({ length: 9 }, (): [Uint8Array, string] => [small, "/FlateDecode"]),
        [bomb, "/FlateDecode"],
      ],
    ],
    [
      "whose content begins like a small packed one",
      (_bomb, small) => [
        [
          deflateSync(Buffer.concat([small, Buffer.alloc(120_000_000, "q Q ")]), { level: 1 }),
          "/FlateDecode",
        ],
      ],
    ],
    [
      "in which the mark of its end stands",
      (bomb) => [[storedBefore(bomb, "endstream endobj"), "/FlateDecode"]],
    ],
    [
      "in letters of letters",
      (bomb) => [[Buffer.from(ascii85(Buffer.from(ascii85(bomb)))), "[/ASCII85Decode /A85 /Fl]"]],
    ],
    [
      "with names spelt in numbers",
      (bomb) => [[Buffer.from(ascii85(bomb)), "[/#41SCII85Decode /FlateDecode]"]],
    ],
    [
      "with filters named elsewhere",
      (_bomb, small) => [[Buffer.concat([small, Buffer.alloc(50_000)]), "9 0 R"]],
    ],
  ])("a stream that unfolds without end, %s", (_name, streams) => {
    const [bomb, small] = [
      deflateSync(Buffer.alloc(120_000_000, "q Q "), { level: 9 }),
      deflateSync(Buffer.alloc(1_000, "q Q ")),
    ];
    expect(measureStreams(withStreams(streams(bomb, small)))).toBe("tooLarge");
    expect(
      measureStreams(
        withStreams([
          [small, "/FlateDecode"],
          [small, "/FlateDecode"],
        ]),
      ),
    ).toBe("fine");
  });

  test("streams in letters are measured too, and read when they are small", async () => {
    const inLetters = (data: Uint8Array): Uint8Array =>
      handMade(new TextEncoder().encode(ascii85(data)), "[/ASCII85Decode /FlateDecode]");
    expect(
      await refusal(inLetters(deflateSync(Buffer.alloc(120_000_000, "q Q "), { level: 9 }))),
    ).toBe("file-too-long");
    expect(await refusal(inLetters(deflateSync(Buffer.alloc(500_000, "q Q "))))).toBe(
      "file-scanned",
    );
    expect(await refusal(handMade(new Uint8Array(40_000_000).fill(0x7a), "/ASCII85Decode"))).toBe(
      "file-too-long",
    );
  });

  test("a page of millions of steps is given up", async () => {
    expect(
      await refusal(handMade(deflateSync(Buffer.alloc(10_000_000, "q Q ")), "/FlateDecode")),
    ).toBe("file-too-long");
  });

  test("a password", async () => {
    if (!hasProgram("qpdf")) {
      if (process.env["CI"] === "true") throw new Error("qpdf is missing");
      process.stderr.write("\nNot tried: an encrypted PDF; install qpdf\n");
      return;
    }
    await inTemporaryFolder(async (folder) => {
      const [plain, locked, owned, packed] = ["plain", "locked", "owned", "packed"].map((name) =>
        join(folder, `${name}.pdf`),
      ) as [string, string, string, string];
      writeFileSync(plain, await small());
      await output("qpdf", ["--encrypt", "mo", "chu", "256", "--", plain, locked]);
      await output("qpdf", ["--encrypt", "", "chu", "256", "--", plain, owned]);
      await output("qpdf", ["--object-streams=generate", "--linearize", plain, packed]);
      expect(await refusal(readFileSync(locked))).toBe("file-locked");
      for (const file of [owned, packed])
        expect(texts(await read(readFileSync(file)))).toEqual([
          "Kế hoạch chuyển đổi số của xã Tân Bình",
        ]);
    });
  });

  test("whatever is wrong with a file, there is an answer", async () => {
    const whole = await drawPdf([
      {
        texts: [...(await wrapped(BODY))],
        rules: [
          [85, 500, 300, 500],
          [85, 520, 300, 520],
          [85, 500, 85, 520],
          [300, 500, 300, 520],
        ],
      },
    ]);
    let seed = 7;
    const next = (below: number): number => (seed = (seed * 48_271) % 2_147_483_647) % below;
    const codes = new Set<string>();
    for (let round = 0; round < 30; round++) {
      const bytes = round % 3 === 0 ? whole.slice(0, next(whole.length)) : whole.slice();
      for (let flip = 0; flip < (round % 3) * 200; flip++) bytes[next(bytes.length)] = next(256);
      codes.add(await refusal(bytes));
    }
    expect(
      [...codes].filter(
        (code) => !["read", "file-broken", "file-garbled", "file-scanned"].includes(code),
      ),
    ).toEqual([]);
    expect(codes.size).toBeGreaterThan(1);
  });

  /** Streams whose length is said elsewhere, as many programs write them. */
  function withStreams(streams: readonly (readonly [Uint8Array, string])[]): Uint8Array {
    const objects = streams.flatMap(([data, filter], index) => [
      Buffer.from(`${index + 4} 0 obj\n<</Length 99 0 R/Filter ${filter}>>\nstream\n`),
      data,
      Buffer.from("\nendstream\nendobj\n"),
    ]);
    return Buffer.concat([
      Buffer.from("%PDF-1.4\n"),
      ...objects,
      Buffer.from("startxref\n0\n%%EOF\n"),
    ]);
  }
  /** Packed bytes that begin with a text as it is: a stored block. */
  function storedBefore(packed: Buffer, text: string): Buffer {
    const head = Buffer.from([0, text.length, 0, text.length ^ 0xff, 0xff]);
    return Buffer.concat([packed.subarray(0, 2), head, Buffer.from(text), packed.subarray(2)]);
  }
  function ascii85(data: Uint8Array): string {
    const letters: string[] = [];
    for (let at = 0; at + 4 <= data.length; at += 4) {
      let value = new DataView(data.buffer, data.byteOffset + at, 4).getUint32(0);
      const five = Array.from({ length: 5 }, () => {
        const letter = String.fromCharCode(33 + (value % 85));
        value = Math.floor(value / 85);
        return letter;
      });
      letters.push(five.reverse().join(""));
    }
    return `${letters.join("")}~>`;
  }

  /** One page with a content stream as it is given. */
  function handMade(data: Uint8Array, filter: string): Uint8Array {
    const head = dedent`
      %PDF-1.4
      1 0 obj
      <</Type/Catalog/Pages 2 0 R>>
      endobj
      2 0 obj
      <</Type/Pages/Kids[3 0 R]/Count 1>>
      endobj
      3 0 obj
      <</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>>
      endobj
      4 0 obj
      <</Length ${data.length}/Filter ${filter}>>
      stream
    `;
    const tail = dedent`
      endstream
      endobj
      trailer<</Root 1 0 R/Size 5>>
      startxref
      0
      %%EOF
    `;
    return Buffer.concat([Buffer.from(`${head}\n`), data, Buffer.from(`\n${tail}\n`)]);
  }
});

test("a PDF that LibreOffice makes of our Word file reads like ours", async () => {
  if (!hasProgram("soffice")) {
    if (process.env["CI"] === "true") throw new Error("LibreOffice is missing");
    process.stderr.write("\nNot read: a PDF of LibreOffice; install libreoffice-writer-nogui\n");
    return;
  }
  await inTemporaryFolder(async (folder) => {
    const [plan] = allocationFixtures();
    const made = await make(plan?.text ?? "", ["docx", "pdf"], plan?.file);
    if (!made.ok) throw new Error("not built");
    writeFileSync(join(folder, "a.docx"), made.value.files.get("docx") ?? new Uint8Array());
    await convertWithLibreOffice([join(folder, "a.docx")], folder);
    const [ours, theirs] = [
      await read(made.value.files.get("pdf") ?? new Uint8Array()),
      await read(readFileSync(join(folder, "a.pdf"))),
    ];
    const print = (source: SourceText): string[] =>
      source.blocks.flatMap((block) =>
        isTable(block) ? [`table ${block.ruled}`, ...tableRows(block)] : [block.text],
      );
    expect(print(theirs)).toEqual(print(ours));
  });
});

test("the command finds pdf.js beside it, without ES modules", () => {
  expect(
    execFileSync(
      process.execPath,
      ["-e", 'process.stdout.write(typeof require("./dist/cli/pdfjs.cjs").getDocument)'],
      { encoding: "utf8" },
    ),
  ).toBe("function");
});

test.each([
  ["a promise that pdf.js left behind ends no program", '{ name: "FormatError" }', 0],
  ["any other does", "new TypeError('ours')", 1],
])("%s", (_name, reason, status) => {
  const script =
    'import { hearLeftPromises } from "./dist/src/reading/pdf/left-promises.js";' +
    `hearLeftPromises(); Promise.reject(${reason}); setTimeout(() => undefined, 20);`;
  const command = ["--input-type=module", "--eval", script];
  expect(spawnSync(process.execPath, command).status).toBe(status);
});
