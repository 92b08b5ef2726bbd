import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { diffLists } from "../src/base/diff.js";
import { parseKnowledge } from "../src/knowledge/knowledge.js";
import { readYaml } from "../src/plan/read-yaml.js";
import type { CitedDocument, Plan, WrittenProject } from "../src/plan/schema.js";
import { writeYaml } from "../src/reading/structure/write-yaml.js";
import { dedent, yaml } from "./support/dedent.js";
import { imported, importing, productKnowledge, refusal, shownLines } from "./support/import.js";
import { outlineOf } from "./support/plan-outline.js";
import { allocationFixtures, fixtures, make } from "./support/product.js";
import { PROGRAMS, hasProgram, inTemporaryFolder, output } from "./support/tools.js";

/**
 * Plans as people really have them: wrapped text, OCR, Markdown, seals. Newly written, with the
 * outlines and the faults of real ones.
 */
const SAMPLES = readdirSync("fixtures/import")
  .filter((file) => /^[a-z-]+-\d{4}\.(?:txt|md)$/u.test(file))
  .sort();

/** What a person found in a sample, written down beside it (`<sample>.expected.yaml`). */
interface Expected {
  readonly header: ExpectedHead;
  readonly bases: readonly ExpectedDocument[];
  readonly proposal: (ExpectedDocument & { readonly by: string }) | null;
  readonly outline: readonly ExpectedNode[];
  /** Documents that the text cites. */
  readonly citations: readonly ExpectedDocument[];
  /** Amounts of money, in the unit that the text gives. */
  readonly amounts: readonly { readonly value: number; readonly text: string }[];
  /** Dates of all documents, as in `2024-03-27`. */
  readonly dates: readonly string[];
  readonly recipients: readonly string[];
  readonly signature: { readonly lines: readonly string[]; readonly name: string };
  /** How many traces of digital signatures there are. */
  readonly seals: number;
  /** How many words the text has, without what stands beside it. */
  readonly words: number;
}

/** The head of a document; null what it does not say. */
interface ExpectedHead {
  readonly agency: readonly string[] | null;
  readonly symbol: string | null;
  readonly place: string | null;
  readonly day: number | null;
  readonly month: number | null;
  readonly year: number | null;
  readonly subject: string;
}

interface ExpectedDocument {
  readonly type: string;
  readonly symbol: string;
  readonly date: string | null;
  readonly issuer: string | null;
}

interface ExpectedNode {
  readonly depth: number;
  readonly label: string;
  readonly text: string;
  readonly kind: string;
}

function readExpected(sample: string): Expected {
  const read = readYaml(
    readFileSync(
      join("fixtures/import", `${basename(sample).replace(/\.\w+$/u, "")}.expected.yaml`),
      "utf8",
    ),
    sample,
  );
  if (!read.ok) throw new Error(sample);
  return read.value.data as Expected;
}

/** Letters that mean something: marks of plan data dropped. */
const bare = (text: string): string => text.replace(/\{\{[^}]*\}\}/gu, "").replace(/\*/gu, "");
const printCitation = ({
  type,
  symbol,
  date,
  issuer,
}: Pick<CitedDocument, "type" | "symbol" | "issuer"> & {
  readonly date: CitedDocument["date"] | string;
}): string =>
  [type, symbol ?? "", typeof date === "object" ? JSON.stringify(date ?? "") : date, issuer ?? ""]
    .join(" ")
    .trim();
const basesOf = (plan: Plan): CitedDocument[] =>
  plan.bases
    .flatMap((basis) => (basis.kind === "joined" ? basis.joined : [basis]))
    .flatMap((basis) => (basis.kind === "document" ? [basis] : []));

/** Every amount of money that is data of a plan. */
function amountsOf({ programme, figures }: Plan): number[] {
  const amounts: number[] = [];
  const take = (record: Readonly<Record<string, unknown>> | null): void => {
    for (const value of Object.values(record ?? {}))
      if (typeof value === "number") amounts.push(value);
  };
  const visit = (project: WrittenProject): void => {
    take(project.funding);
    take(project.declared);
    project.projects?.forEach(visit);
  };
  programme?.projects.forEach(visit);
  take(programme?.declared ?? null);
  for (const figure of Object.values(figures))
    if ("value" in figure && typeof figure.unit === "string" && /đồng/u.test(figure.unit))
      amounts.push(Number(figure.value));
  return amounts;
}

describe.each(SAMPLES)("%s", (sample) => {
  const source = readFileSync(join("fixtures/import", sample));
  const facts = readExpected(sample);

  test("builds again with the words of the source, in order", async () => {
    const { coverage, unplaced } = await imported(source, sample);
    expect(coverage.words).toBeGreaterThan(facts.words * 0.99);
    expect(coverage.placed / coverage.words).toBeGreaterThanOrEqual(0.995);
    expect(unplaced).toEqual([]);
  });

  test("has the outline of the source, node for node, faults included", async () => {
    const { plan } = await imported(source, sample);
    /** A node a line; of clauses, which may be long, the first six words. */
    const print = ({ label, depth, kind, text }: ExpectedNode): string => {
      const shown = kind === "clause" ? text.split(/\s+/u).slice(0, 6).join(" ") : text;
      return `${"  ".repeat(depth)}${label.replace(/\.$/u, "")} ${kind}: ${shown}`;
    };
    expect(outlineOf(plan).map((node) => print({ ...node, text: bare(node.text) }))).toEqual(
      facts.outline.map(print),
    );
  });

  test("has every legal basis and every other document as data", async () => {
    const { plan } = await imported(source, sample);
    expect(basesOf(plan).map(printCitation)).toEqual(facts.bases.map(printCitation));
    expect(
      plan.proposal === null ? null : { by: plan.proposal.by, ...plan.proposal.document },
    ).toEqual(
      facts.proposal === null
        ? null
        : expect.objectContaining({
            by: facts.proposal.by,
            type: facts.proposal.type,
            symbol: facts.proposal.symbol,
            date: facts.proposal.date,
          }),
    );
    const known = Object.values(plan.documents).map(printCitation);
    expect(facts.citations.map(printCitation).filter((one) => !known.includes(one))).toEqual([]);
  });

  test("has every amount and every date as data", async () => {
    const { plan } = await imported(source, sample);
    const amounts = amountsOf(plan);
    const missing = facts.amounts.filter(({ value }) => {
      const at = amounts.indexOf(value);
      if (at >= 0) amounts.splice(at, 1);
      return at < 0;
    });
    expect(missing).toEqual([]);
    // An amount that the source does not say would be invented.
    expect(amounts).toEqual([]);
    const dates = [
      ...basesOf(plan),
      ...Object.values(plan.documents),
      ...(plan.proposal?.document ? [plan.proposal.document] : []),
    ].map(({ date }) => date);
    expect(facts.dates.filter((date) => !dates.includes(date))).toEqual([]);
  });

  test("has head, recipients, signature and seals", async () => {
    const { plan, excluded } = await imported(source, sample);
    const { header } = facts;
    expect(plan.header).toBe(
      header.agency !== null ? "full" : header.symbol !== null ? "number" : "none",
    );
    expect({
      number: plan.number,
      symbol: plan.symbol,
      place: plan.issuer.place,
      day: plan.date.day,
      month: plan.date.month,
    }).toEqual({
      number: null,
      symbol: header.symbol ?? "KH-UBND",
      place: header.place,
      day: header.day,
      month: header.month,
    });
    expect(typeof plan.subject === "string" ? plan.subject : plan.subject.join(" ")).toBe(
      header.subject,
    );
    expect(
      plan.recipients.map((one) =>
        one.kind === "name"
          ? `${one.name}${one.for === null ? "" : ` (${one.for})`}`
          : `Lưu: ${one.file.join(", ")}`,
      ),
    ).toEqual(facts.recipients.map((one) => one.replace(/<\/?sub>/gu, "").replace("VT; ", "VT, ")));
    expect({ lines: plan.signature?.lines, name: plan.signature?.name }).toEqual(facts.signature);
    expect(excluded.filter(({ why }) => why === "seal")).toHaveLength(facts.seals);
  });

  const poppler = hasProgram("pdftotext");
  if (!poppler && process.env["CI"])
    test(`${PROGRAMS.pdftotext} is missing`, () => expect(poppler).toBe(true));
  (poppler ? test : test.skip)(
    "the words of the PDF, as poppler reads it, are those of the source",
    async () => {
      const { text, coverage } = await imported(source, sample);
      const made = await make(text, ["pdf"]);
      if (!made.ok) throw new Error(made.problems.map(({ message }) => message.vi).join("\n"));
      const read = await inTemporaryFolder(async (folder) => {
        writeFileSync(join(folder, "a.pdf"), made.value.files.get("pdf") ?? new Uint8Array());
        return output("pdftotext", ["-raw", join(folder, "a.pdf"), "-"]);
      });
      const words = (from: string): string[] =>
        from
          .normalize("NFC")
          .split(/\s+/u)
          .map((word) => word.replace(/^[^\p{L}\p{N}%]+|[^\p{L}\p{N}%]+$/gu, ""))
          .filter((word) => word !== "");
      const pages = read
        .split("\f")
        .map((page, index) =>
          index === 0 ? page : page.replace(new RegExp(`^\\s*${index + 1}\\s*\\n`, "u"), ""),
        );
      const wanted = words((await shownLines(text)).join("\n").replace(/^# /gmu, ""));
      const got = words(pages.join("\n"));
      const same = (a: readonly string[], b: readonly string[]): number =>
        diffLists(a, b).reduce(
          (sum, { kind, before: [from, to] }) => sum + (kind === "same" ? to - from : 0),
          0,
        );
      // Lines that end in a hyphen, and the two columns of head and tail, read otherwise.
      expect(same(wanted, got) / wanted.length).toBeGreaterThanOrEqual(0.99);
      expect(coverage.placed / coverage.words).toBeGreaterThanOrEqual(0.995);
    },
  );
});

describe("our own files, read without the data they carry", () => {
  const plans = [...fixtures(), ...allocationFixtures()];

  test.each(
    plans.flatMap((plan) =>
      (["docx", "pdf"] as const).map((format) => [plan.name, format, plan] as const),
    ),
  )(
    "%s as %s comes back: every word, every number, every heading",
    async (_name, format, { text, file }) => {
      const made = await make(text, [format], file);
      if (!made.ok) throw new Error("not built");
      const bytes = made.value.files.get(format) ?? new Uint8Array();
      const back = await imported(bytes, `x.${format}`);
      const [before, after] = [
        await shownLines(text, (name) => readFileSync(join("fixtures/allocation", name))),
        await shownLines(back.text),
      ];
      // A subject that a PDF shows on several lines comes back as these lines.
      const joined = (lines: readonly string[]): string => lines.join(" ");
      expect(joined(after)).toBe(joined(before));
      expect(after.filter((line) => line.startsWith("#"))).toEqual(
        before.filter((line) => line.startsWith("#")),
      );
      expect(back.coverage.placed).toBe(back.coverage.words);
    },
  );
});

describe("what a plan is asked of a text", () => {
  const SHORT = dedent`
    I. MỤC ĐÍCH

    Trồng nhiều rừng.
  `;
  const plan = (body: string): string =>
    dedent`
      ỦY BAN NHÂN DÂN
      HUYỆN BẢO YÊN

      CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
      Độc lập - Tự do - Hạnh phúc

      Số: 12/KH-UBND

      Bảo Yên, ngày 05 tháng 02 năm 2024

      KẾ HOẠCH

      Trồng rừng năm 2024

      ${body}

      Nơi nhận:
      - Như trên;
      - Lưu: VT.

      CHỦ TỊCH

      Trần Văn Nam
    `;

  test.each([
    [
      "Căn cứ Luật Ngân sách nhà nước ngày 25 tháng 6 năm 2015;",
      { type: "Luật", name: "Ngân sách nhà nước", date: "2015-06-25" },
    ],
    [
      "Căn cứ Luật Phòng, chống thiên tai năm 2013;",
      { type: "Luật", name: "Phòng, chống thiên tai năm 2013", date: null },
    ],
    [
      "Căn cứ Nghị quyết số 05-NQ/TU ngày 01/3/2023 của Ban Chấp hành Đảng bộ tỉnh về " +
        "phát triển rừng;",
      {
        symbol: "05-NQ/TU",
        date: "2023-03-01",
        issuer: "Ban Chấp hành Đảng bộ tỉnh",
        about: "về phát triển rừng",
      },
    ],
    [
      "Căn cứ Quyết định số 12/QĐ-UBND ngày 3-1-2024 của Chủ tịch UBND tỉnh Lào Cai giao chỉ tiêu;",
      { date: "2024-01-03", issuer: "Chủ tịch UBND tỉnh Lào Cai", about: "giao chỉ tiêu" },
    ],
    [
      "Căn cứ Thông tư số 01/2024/TT-BVHTTDL ngày 02 tháng 01 năm 2024 của Bộ trưởng Bộ " +
        "Văn hóa, Thể thao và Du lịch quy định về lễ hội;",
      {
        symbol: "01/2024/TT-BVHTTDL",
        issuer: "Bộ trưởng Bộ Văn hóa, Thể thao và Du lịch",
        about: "quy định về lễ hội",
      },
    ],
    [
      "Căn cứ Quyết định số      /QĐ-UBND ngày    tháng    năm 2024 của UBND huyện;",
      { symbol: "/QĐ-UBND", date: { day: null, month: null, year: 2024 }, issuer: "UBND huyện" },
    ],
    ["Căn cứ tình hình thực tế của địa phương;", { text: "tình hình thực tế của địa phương" }],
    [
      "Thực hiện Kế hoạch số 9/KH-UBND ngày 31/02/2023 của UBND tỉnh;",
      { lead: "Thực hiện", symbol: "9/KH-UBND", date: null },
    ],
    ["Căn cứ Luật số 56/2010/QH12;", { type: "Luật", name: null, symbol: "56/2010/QH12" }],
    [
      "Căn cứ Công văn số 456/PGDĐT-THCS ngày 3/2/2024 của Phòng Giáo dục và Đào tạo v/v " +
        "hướng dẫn tuyển sinh;",
      { issuer: "Phòng Giáo dục và Đào tạo", about: "v/v hướng dẫn tuyển sinh" },
    ],
    [
      "Căn cứ Kết luận số 127-KL/TW của Bộ Chính trị ngày 28/02/2025;",
      { issuer: "Bộ Chính trị", date: "2025-02-28", about: null },
    ],
    [
      "Căn cứ Quyết định số 749/QĐ-TTg ngày 3/6/2020 và Quyết định số 942/QĐ-TTg ngày 15/6/2021;",
      {
        joined: [
          { symbol: "749/QĐ-TTg", about: null },
          { symbol: "942/QĐ-TTg", date: "2021-06-15" },
        ],
      },
    ],
  ])("%s", async (line, found) => {
    const { plan: made } = await imported(
      plan(dedent`
        ${line}

        UBND huyện ban hành Kế hoạch như sau:

        I. MỤC ĐÍCH

        Trồng nhiều rừng.
      `),
    );
    expect(made.bases[0]).toMatchObject(found);
  });

  test("the number, the day and the year are taken; what is blank stays blank", async () => {
    const body = dedent`
      UBND huyện ban hành Kế hoạch như sau:

      I. MỤC ĐÍCH

      Trồng nhiều rừng.
    `;
    expect((await imported(plan(body))).plan).toMatchObject({
      number: 12,
      date: { day: 5, month: 2, year: 2024 },
      issuer: { name: "Ủy ban nhân dân huyện Bảo Yên", place: "Bảo Yên" },
      signature: { lines: ["CHỦ TỊCH"], name: "Trần Văn Nam" },
    });
    expect(
      (
        await imported(
          plan(body).replace("12/KH", "    /KH").replace("05 tháng 02", "    tháng   "),
        )
      ).plan,
    ).toMatchObject({ number: null, date: { day: null, month: null, year: 2024 } });
  });

  test("a superior agency is told from the agency", async () => {
    const text = plan("I. MỤC ĐÍCH\n\nPhòng cháy.")
      .replace("ỦY BAN NHÂN DÂN\nHUYỆN BẢO YÊN", "UBND HUYỆN BẢO YÊN\nTRƯỜNG THCS PHỐ RÀNG")
      .replace("KH-UBND", "KH-THCS");
    expect((await imported(text)).plan.issuer).toMatchObject({
      superior: "UBND huyện Bảo Yên",
      name: "Trường THCS Phố Ràng",
    });
  });

  test("totals that do not add up are kept, said, and do not stop the build", async () => {
    const {
      text,
      warnings,
      plan: made,
    } = await imported(
      plan(dedent`
        I. KINH PHÍ

        1. Dự án 1: Trồng rừng

        Tổng kinh phí thực hiện là 100 triệu đồng, trong đó:

        - Ngân sách tỉnh: 60 triệu đồng;

        - Ngân sách huyện: 30 triệu đồng.
      `),
    );
    expect(made.programme).toMatchObject({
      sources: { tinh: { name: "Ngân sách tỉnh" }, huyen: { name: "Ngân sách huyện" } },
      projects: [
        {
          id: "da1",
          title: "Trồng rừng",
          funding: { tinh: 60, huyen: 30 },
          declared: { tong: 100 },
        },
      ],
    });
    expect(warnings.map(({ message }) => message.vi)).toEqual([
      "tổng: bản gốc ghi 100 triệu đồng, các dự án cộng lại 90 triệu đồng",
    ]);
    // The sentence still says what the original said; sums that agree are cited.
    expect(text).toContain("Tổng kinh phí thực hiện là 100 triệu đồng");
    expect(text).toContain("Ngân sách tỉnh: {{tien da1.tinh}}");
    expect((await shownLines(text)).join("\n")).toContain(
      "Tổng kinh phí thực hiện là 100 triệu đồng, trong đó:\n- Ngân sách tỉnh: 60 triệu đồng;",
    );
  });

  test("numbers that jump, repeat or go astray come back as they are", async () => {
    const lines = [
      "I. NHIỆM VỤ",
      "1. Trồng cây",
      "a) Chọn giống;",
      "c) Chăm sóc;",
      "1. Bảo vệ rừng",
      "2.2 Tuần tra",
      "IV. KINH PHÍ",
      "Không có.",
    ];
    const { text } = await imported(plan(lines.join("\n\n")));
    const shown = (await shownLines(text)).map((line) => line.replace(/^# /u, ""));
    for (const line of lines) expect(shown).toContain(line);
  });

  test("a document that the text cites is one place to correct", async () => {
    const first =
      "Thực hiện theo Quyết định số 829/QĐ-UBND ngày 17/3/2023 của UBND huyện " +
      "và các quy định khác.";
    const { text, plan: made } = await imported(
      plan(dedent`
        I. NHIỆM VỤ

        1. ${first}

        2. Áp dụng Quyết định số 829/QĐ-UBND ngày 17/03/2023 của UBND huyện cho năm sau.
      `),
    );
    expect(made.documents).toMatchObject({
      "qd-829": { symbol: "829/QĐ-UBND", date: "2023-03-17" },
    });
    expect(text).toContain("Thực hiện theo {{vanban qd-829}} và các quy định khác.");
    // Written with another zero, it stays as it was written.
    expect(text).toContain("Quyết định số 829/QĐ-UBND ngày 17/03/2023 của UBND huyện cho năm sau");
  });

  const withTable = (rows: string, more = ""): string =>
    dedent`
      ${plan(dedent`
        I. MỤC TIÊU

        Trồng 5 ha rừng.

        (Phụ lục I kèm theo)
      `)}

      PHỤ LỤC I

      CHỈ TIÊU TRỒNG RỪNG

      (Kèm theo Kế hoạch số 12/KH-UBND ngày 05 tháng 02 năm 2024 của Ủy ban nhân dân huyện Bảo Yên)

      Đơn vị tính: ha

      ${rows}

      PHỤ LỤC II

      PHÂN CÔNG

      1. Hạt Kiểm lâm chủ trì.
      ${more}
    `;

  /** The reference that the second appendix lacks. */
  const USUAL = [""];

  test("an appendix whose table adds up becomes a data table, its totals computed", async () => {
    const {
      plan: made,
      written,
      text,
      coverage,
    } = await imported(
      withTable(dedent`
        | TT | Xã | Diện tích | Đã trồng | Tỷ lệ (%) |
        |---|---|---|---|---|
        | 1 | Bảo Hà | 30 | 15 | 50,0 |
        | 2 | Kim Sơn | 20 | 5 | 25,0 |
        | 3 | Minh Tân | 10 | 10 | 100,0 |
        | | Tổng cộng | 60 | 30 | 50,0 |
      `),
    );
    expect(coverage.differences.map(({ source }) => source)).toEqual(USUAL);
    expect(made.appendices.map(({ title }) => title)).toEqual(["CHỈ TIÊU TRỒNG RỪNG", "PHÂN CÔNG"]);
    expect(written.appendices[0]?.body[0]).toEqual({ table: "bang-1" });
    expect(written.tables["bang-1"]).toMatchObject({
      unit: "ha",
      key: "xa",
      columns: [
        { id: "tt", kind: "order" },
        { id: "xa" },
        { id: "dien-tich", kind: "count" },
        { id: "da-trong" },
        { id: "ty-le", kind: "percent", formula: "da-trong/dien-tich", decimals: 1 },
      ],
      rows: [
        { xa: "Bảo Hà", "dien-tich": 30, "da-trong": 15 },
        { xa: "Kim Sơn" },
        { xa: "Minh Tân" },
      ],
    });
    expect(text).toContain("refer: pl1");
  });

  test("rows under Roman numbers are groups with sums of their own", async () => {
    const { written, coverage } = await imported(
      withTable(dedent`
        | TT | Nội dung | Tổng số | Tỉnh | Huyện |
        |---|---|---|---|---|
        | | TỔNG SỐ | 60 | 40 | 20 |
        | I | Trồng mới | 50 | 35 | 15 |
        | 1 | Bảo Hà | 30 | 20 | 10 |
        | 2 | Kim Sơn | 20 | 15 | 5 |
        | II | Chăm sóc | 10 | 5 | 5 |
      `),
    );
    expect(coverage.differences.map(({ source }) => source)).toEqual(USUAL);
    expect(written.tables["bang-1"]).toMatchObject({
      columns: [{}, {}, { formula: "tinh+huyen" }, {}, {}],
      total: { label: "TỔNG SỐ", place: "first" },
      order: ["I", "1"],
      rows: [
        {
          "noi-dung": "Trồng mới",
          rows: [{ "noi-dung": "Bảo Hà", tinh: 20, huyen: 10 }, { "noi-dung": "Kim Sơn" }],
        },
        { "noi-dung": "Chăm sóc", tinh: 5, huyen: 5 },
      ],
    });
  });

  test("quantities, prices, products: products are computed, prices have no total", async () => {
    const { plan: made, text } = await imported(
      withTable(dedent`
        | TT | Nội dung | Số lượng | Đơn giá | Thành tiền |
        |---|---|---|---|---|
        | 1 | Cây giống | 20 | 15.000 | 300.000 |
        | 2 | Phân bón | 1 | 800.000 | 800.000 |
        | 3 | Công trồng | 5 | 30.000 | 150.000 |
        | | Cộng | | | 1.250.000 |
      `),
    );
    expect(made.tables["bang-1"]).toMatchObject({
      columns: [
        {},
        {},
        { total: "none" },
        { total: "none" },
        { formula: "so-luong*don-gia", total: "sum" },
      ],
      total: { label: "Cộng" },
    });
    const changed = text.replace("so-luong: 20", "so-luong: 30");
    expect((await shownLines(changed)).join("\n")).toContain(
      "| 1 | Cây giống | 30 | 15.000 | 450.000",
    );
  });

  test.each([
    [
      "its column numbers say",
      dedent`
        | TT | Xã | Mới | Cũ | Cộng lại |
        |---|---|---|---|---|
        | (1) | (2) | (3) | (4) | (5)=(3)+(4) |
        | 1 | Bảo Hà | 20 | 10 | 30 |
        | 2 | Kim Sơn | 15 | 5 | 20 |
        | | Tổng | 35 | 15 | 50 |
      `,
      { number: "(5)=(3)+(4)", formula: "moi+cu" },
    ],
    [
      "the numbers show",
      dedent`
        | TT | Xã | Mới | Cũ | Tổng số |
        |---|---|---|---|---|
        | 1 | Bảo Hà | 20 | 10 | 30 |
        | 2 | Kim Sơn | 15 | 5 | 20 |
        | | Tổng | 35 | 15 | 50 |
      `,
      { title: "Tổng số", formula: "moi+cu" },
    ],
  ])("a column right of its parts is their sum where %s it", async (_name, table, column) => {
    const { plan: made, text, coverage } = await imported(withTable(table));
    expect(coverage.differences.map(({ source }) => source)).toEqual(USUAL);
    expect(made.tables["bang-1"]?.columns?.at(-1)).toMatchObject(column);
    // Next year's numbers go in, and the sums follow.
    expect((await shownLines(text.replace("moi: 20", "moi: 25"))).join("\n")).toContain(
      "| Tổng | 40 | 15 | 55",
    );
  });

  test("a table that does not add up stays as printed, and the wrong total is told", async () => {
    const {
      plan: made,
      written,
      warnings,
      coverage,
    } = await imported(
      withTable(dedent`
        | TT | Xã | Diện tích |
        |---|---|---|
        | 1 | Bảo Hà | 30 |
        | 2 | Kim Sơn | 20 |
        | | Tổng | 51 |
      `),
    );
    expect(coverage.differences.map(({ source }) => source)).toEqual(USUAL);
    expect(made.tables).toEqual({});
    expect(written.appendices[0]?.body[0]).toMatchObject({
      table: {
        unit: "ha",
        columns: [
          { title: "TT", align: "center" },
          { title: "Xã" },
          { title: "Diện tích", align: "right" },
        ],
        rows: [
          ["1", "Bảo Hà", "30"],
          ["2", "Kim Sơn", "20"],
          { kind: "total", cells: [null, "Tổng", "51"] },
        ],
      },
    });
    expect(warnings.map(({ message }) => message.vi)).toEqual([
      "bảng, cột “Diện tích”: dòng tổng ghi 51, các dòng cộng lại 50",
    ]);
  });

  test("appendices that are announced and missing are told", async () => {
    const { notices } = await imported(
      plan(dedent`
        I. MỤC TIÊU

        Trồng 5 ha rừng.

        (Phụ lục số 3 kèm theo)
      `),
    );
    expect(notices.map(({ message }) => message.vi)).toContain(
      "bài nhắc đến Phụ lục số 3, tệp không có phụ lục nào",
    );
  });

  describe("heads as people write them", () => {
    const RIGHT = {
      number: 12,
      date: { day: 5, month: 2, year: 2024 },
      header: "full",
      issuer: { name: "Ủy ban nhân dân huyện Bảo Yên", place: "Bảo Yên" },
    };

    test.each([
      [
        "the nation's name over two lines",
        plan(SHORT).replace("CHỦ NGHĨA VIỆT NAM", "CHỦ NGHĨA\n\nVIỆT NAM"),
      ],
      ["the date over two lines", plan(SHORT).replace("02 năm 2024", "02\n\nnăm 2024")],
      ["the date with strokes", plan(SHORT).replace("05 tháng 02 năm 2024", "5/2/2024")],
      ["no nation's name at all", plan(SHORT).replace(/CỘNG HÒA.*\nĐộc lập.*\n/u, "")],
      [
        "the title first",
        plan(SHORT).replace(
          /^(.*?)KẾ HOẠCH\n\nTrồng rừng năm 2024\n\n/su,
          "KẾ HOẠCH\n\nTrồng rừng năm 2024\n\n$1",
        ),
      ],
    ])("%s", async (_name, text) => {
      expect((await imported(text)).plan).toMatchObject({
        ...RIGHT,
        subject: "Trồng rừng năm 2024",
      });
    });

    test.each([
      ["KẾ HOẠCH TUYỂN SINH NĂM HỌC 2024 - 2025", "Kế hoạch", "TUYỂN SINH NĂM HỌC 2024 - 2025"],
      ["KẾ HOẠCH LIÊN TỊCH\n\nTrồng rừng", "Kế hoạch liên tịch", "Trồng rừng"],
      ["Kế hoạch\n\nTrồng rừng", "Kế hoạch", "Trồng rừng"],
    ])("%s", async (title, type, subject) => {
      expect(
        (await imported(plan(SHORT).replace("KẾ HOẠCH\n\nTrồng rừng năm 2024", title))).plan,
      ).toMatchObject({ type, subject });
    });

    test("a law's year, a school year and a period are no year of issue", async () => {
      const text = dedent`
        KẾ HOẠCH
        Bồi dưỡng năm học 2026 - 2027

        Căn cứ Luật Giáo dục ngày 14 tháng 6 năm 2019;

        Nhà trường ban hành Kế hoạch như sau:

        I. MỤC TIÊU

        Năm 2026 có 20 giáo viên học xong; giai đoạn 2030-2035 học tiếp.
      `;
      expect((await imported(text)).plan.date.year).toBe(2026);
    });

    test("a head that the decree does not know is told, not bent", async () => {
      const { notices, unplaced } = await imported(
        plan(SHORT)
          .replace("ỦY BAN NHÂN DÂN\nHUYỆN BẢO YÊN", "ĐẢNG BỘ HUYỆN BẢO YÊN\nĐẢNG ỦY XÃ BẢO HÀ")
          .replace(/CỘNG HÒA.*\nĐộc lập.*\n/u, "ĐẢNG CỘNG SẢN VIỆT NAM\n")
          .replace("12/KH-UBND", "12-KH/ĐU"),
      );
      expect(notices.map(({ code }) => code)).toContain("other-order");
      expect(unplaced.map(({ text }) => text)).toContain("ĐẢNG CỘNG SẢN VIỆT NAM");
    });

    test("small letters of an agency that the text nowhere writes are a guess", async () => {
      const { plan: made, guesses } = await imported(
        plan(SHORT).replace(
          "ỦY BAN NHÂN DÂN\nHUYỆN BẢO YÊN",
          dedent`
            SỞ GIÁO DỤC VÀ ĐÀO TẠO
            TRƯỜNG TRUNG HỌC PHỔ THÔNG CHUYÊN LÀO CAI
          `,
        ),
      );
      expect(made.issuer).toMatchObject({
        superior: "Sở Giáo dục và Đào tạo",
        name: "Trường Trung học phổ thông chuyên Lào Cai",
      });
      expect(guesses.map(({ what }) => what.vi)).toEqual([
        "chữ hoa, chữ thường của tên cơ quan suy từ dòng in hoa ở đầu trang",
      ]);
    });
  });

  test.each([
    "Thực hiện Kế hoạch số 112/KH-UBND ngày 05/3/2024 của UBND tỉnh về phòng, chống " +
      "dịch; căn cứ tình hình thực tế, UBND huyện xây dựng Kế hoạch với các nội dung như " +
      "sau:",
    "Thực hiện Chỉ thị số 05/CT-TTg ngày 05/3/2024 của Thủ tướng Chính phủ; Công văn số " +
      "99/UBND-YT ngày 05/3/2024 của UBND tỉnh, nhằm chủ động phòng dịch, UBND huyện xây " +
      "dựng kế hoạch như sau:",
  ])(
    "a sentence that names its bases on the way to what it enacts stays one sentence",
    async (sentence) => {
      const { plan: made, text } = await imported(
        plan(dedent`
          ${sentence}

          I. MỤC ĐÍCH

          Trồng nhiều rừng.
        `),
      );
      expect(made.bases).toEqual([]);
      expect(Object.values(made.documents).length).toBeGreaterThan(0);
      expect(await shownLines(text)).toContain(sentence);
    },
  );

  test.each([
    [
      "a proposal",
      "Theo đề nghị của Hạt Kiểm lâm huyện tại Tờ trình số 15/TTr-HKL ngày 02 tháng 01 " +
        "năm 2024, Ủy ban nhân dân huyện ban hành Kế hoạch trồng rừng năm 2024 như sau:",
      {
        proposal: {
          by: "Hạt Kiểm lâm huyện",
          document: { symbol: "15/TTr-HKL", date: "2024-01-02" },
        },
      },
    ],
    [
      "a basis",
      "Thực hiện Kế hoạch số 5/KH-UBND ngày 02/01/2024 của UBND tỉnh Lào Cai về trồng " +
        "rừng, Ủy ban nhân dân huyện xây dựng Kế hoạch như sau:",
      {
        bases: [
          {
            lead: "Thực hiện",
            symbol: "5/KH-UBND",
            issuer: "UBND tỉnh Lào Cai",
            about: "về trồng rừng",
          },
        ],
      },
    ],
  ])(
    "%s that ends in what it enacts is two things, and one sentence again on paper",
    async (_name, sentence, found) => {
      const {
        text,
        plan: made,
        coverage,
      } = await imported(
        plan(dedent`
          ${sentence}

          I. MỤC ĐÍCH

          Trồng nhiều rừng.
        `),
      );
      expect(made).toMatchObject(found);
      expect(made.enactment).not.toBeNull();
      expect(coverage.placed).toBe(coverage.words);
      expect((await shownLines(text)).join(" ")).toContain("như sau:");
    },
  );

  test("funding in brackets behind a project's total", async () => {
    const funding =
      "Kinh phí: 2.200 triệu đồng " +
      "(Ngân sách trung ương: 2.000 triệu đồng; Ngân sách tỉnh: 200 triệu đồng).";
    const { text, plan: made } = await imported(
      plan(dedent`
        I. KINH PHÍ

        1. Dự án 1: Trồng rừng

        ${funding}

        2. Dự án 2: Chăm sóc rừng

        Chăm sóc rừng đã trồng.
      `),
    );
    expect(made.programme).toMatchObject({
      projects: [{ funding: { tw: 2000, tinh: 200 } }, { id: "da2" }],
    });
    expect((await shownLines(text)).join("\n")).toContain(funding);
  });

  test("a unit of measure is no figure", async () => {
    expect(
      (
        await imported(
          plan(dedent`
            I. MỤC TIÊU

            (ĐVT: 1.000 đồng)

            Trồng nhiều rừng.
          `),
        )
      ).plan.figures,
    ).toEqual({});
  });

  test("where a file tells what is bold, a plain clause with a colon is no heading", async () => {
    const { plan: made } = await imported(
      plan(dedent`
        **I. NHIỆM VỤ**

        1. Phòng Nội vụ: tham mưu thi đua, khen thưởng.

        2. Các xã: tổ chức trồng rừng đúng thời vụ.
      `),
      "a.md",
    );
    expect(made.body).toMatchObject([
      {
        body: [
          { clause: "Phòng Nội vụ: tham mưu thi đua, khen thưởng." },
          { clause: "Các xã: tổ chức trồng rừng đúng thời vụ." },
        ],
      },
    ]);
    const bold = await imported(
      plan(dedent`
        **I. NHIỆM VỤ**

        1. **Phòng Nội vụ:** tham mưu thi đua, khen thưởng.

        2. **Các xã:** tổ chức trồng rừng đúng thời vụ.
      `),
      "a.md",
    );
    expect(bold.plan.body).toMatchObject([
      {
        body: [
          { runIn: "Phòng Nội vụ", text: "tham mưu thi đua, khen thưởng." },
          { runIn: "Các xã" },
        ],
      },
    ]);
  });

  test("a closing of two paragraphs belongs to no section", async () => {
    const {
      plan: made,
      written,
      text,
    } = await imported(
      plan(dedent`
        I. TỔ CHỨC THỰC HIỆN

        1. UBND xã: tổ chức trồng rừng.

        Trên đây là Kế hoạch trồng rừng năm 2024.

        Yêu cầu các đơn vị thực hiện nghiêm túc./.
      `),
    );
    expect(made.closing).toBe("Yêu cầu các đơn vị thực hiện nghiêm túc");
    expect(written.body.at(-1)).toBe("Trên đây là Kế hoạch trồng rừng năm 2024.");
    expect((await shownLines(text)).slice(-7, -5)).toEqual([
      "Trên đây là Kế hoạch trồng rừng năm 2024.",
      "Yêu cầu các đơn vị thực hiện nghiêm túc./.",
    ]);
  });

  test("a second signature is left over and told; a plan has one", async () => {
    const { plan: made, unplaced } = await imported(
      plan(SHORT).replace(
        "CHỦ TỊCH\n\nTrần Văn Nam",
        dedent`
          TM. ỦY BAN NHÂN DÂN

          CHỦ TỊCH

          Trần Văn Nam

          TM. BAN THƯỜNG VỤ

          CHỦ TỊCH

          Lê Thị Hoa
        `,
      ),
    );
    expect(made.signature).toMatchObject({
      lines: ["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"],
      name: "Trần Văn Nam",
    });
    expect(unplaced.map(({ text }) => text)).toEqual([
      "TM. BAN THƯỜNG VỤ",
      "CHỦ TỊCH",
      "Lê Thị Hoa",
    ]);
  });

  test.each([
    [
      "Nơi nhận: - UBND tỉnh (b/c); - Các xã; - Lưu: VT, NN.",
      [{ name: "UBND tỉnh", for: "b/c" }, "Các xã", { file: ["VT", "NN"] }],
    ],
    ["Nơi nhận: UBND tỉnh; Các xã; Lưu: VT.", ["UBND tỉnh", "Các xã", { file: ["VT"] }]],
  ])("%s", async (line, recipients) => {
    expect(
      (await imported(plan(SHORT).replace("Nơi nhận:\n- Như trên;\n- Lưu: VT.", line))).written
        .recipients,
    ).toMatchObject(recipients);
  });

  test("chapters and articles keep their numbers; other numbering is told", async () => {
    const lines = [
      "Chương I",
      "QUY ĐỊNH CHUNG",
      "Điều 1. Phạm vi",
      "1/ Trồng rừng ở các xã.",
      "2/ Chăm sóc rừng đã trồng.",
      "Chương II",
      "TỔ CHỨC",
      "Điều 2. Trách nhiệm",
      "• Các xã trồng rừng.",
    ];
    const { text, plan: made, notices } = await imported(plan(lines.join("\n\n")));
    expect(
      outlineOf(made).map(({ label, text: title, depth }) => `${depth} ${label} ${title}`),
    ).toEqual([
      "0 Chương I QUY ĐỊNH CHUNG",
      "1 Điều 1. Phạm vi",
      "2 1. Trồng rừng ở các xã.",
      "2 2. Chăm sóc rừng đã trồng.",
      "0 Chương II TỔ CHỨC",
      "1 Điều 2. Trách nhiệm",
    ]);
    expect((await shownLines(text)).slice(8, 12)).toEqual([
      "Chương I",
      "# QUY ĐỊNH CHUNG",
      "# Điều 1. Phạm vi",
      "1. Trồng rừng ở các xã.",
    ]);
    expect(
      notices.filter(({ code }) => code === "label-rewritten").map(({ message }) => message.vi),
    ).toEqual([
      "kiểu số, dấu đầu dòng “1/” được viết lại thành “1.”",
      "kiểu số, dấu đầu dòng “•” được viết lại thành “-”",
    ]);
  });

  test("bold lines without number are headings beside each other", async () => {
    const { plan: made } = await imported(
      plan(dedent`
        **Mục đích**

        Trồng nhiều rừng.

        **Nội dung**

        1. Chọn giống.

        2. Trồng cây.

        **Tổ chức thực hiện**

        Các xã thực hiện.
      `),
      "a.md",
    );
    expect(made.body).toMatchObject([
      { heading: "Mục đích", marker: "" },
      { heading: "Nội dung", body: [{ clause: "Chọn giống." }, { clause: "Trồng cây." }] },
      { heading: "Tổ chức thực hiện" },
    ]);
  });

  test("numbers are data as written, with their zeros and units; ranges stay words", async () => {
    const { text, plan: made } = await imported(
      plan(dedent`
        I. MỤC TIÊU

        1. Mở 05 lớp, đạt 97,50% kế hoạch.

        2. Kinh phí 1,50 tỷ; mỗi xã từ 3 - 5 triệu đồng; tổng 12 triệu 500 nghìn đồng.
      `),
    );
    expect(text).toMatch(
      /Mở \{\{figures\.[a-z0-9-]+\}\}, đạt \{\{figures\.[a-z0-9-]+\}\} kế hoạch/u,
    );
    expect(text).toContain("từ 3 - 5 triệu đồng; tổng 12 triệu 500 nghìn đồng");
    expect(Object.values(made.figures)).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ value: 5, digits: 2, unit: "lớp" }),
        expect.objectContaining({ value: 97.5, decimals: 2, unit: "%" }),
        expect.objectContaining({ value: 1.5, decimals: 2, unit: "tỷ" }),
      ]),
    );
    expect(await shownLines(text)).toContain("1. Mở 05 lớp, đạt 97,50% kế hoạch.");
  });

  test.each([
    ["RTF", "{\\rtf1\\ansi Kế hoạch}"],
    ["HTML", "<!DOCTYPE html><html><body>KẾ HOẠCH</body></html>"],
    ["XML", '<?xml version="1.0"?><w:document/>'],
  ])("%s is no plain text", async (kind, text) => {
    expect(await refusal(text, "a.txt")).toEqual([
      `file-other-kind: đây là tệp ${kind}, không phải văn bản thường`,
    ]);
  });

  test("a list of thousands of items takes its time in proportion", async () => {
    const item = (index: number): string =>
      `- Việc số ${index} cần các đơn vị làm đúng tiến độ, bảo đảm chất lượng và báo cáo kết quả;`;
    const long = (count: number): string =>
      plan(dedent`
        I. NHIỆM VỤ

        ${Array.from({ length: count }, (_, index) => item(index)).join("\n\n")}
      `);
    const timed = async (text: string): Promise<number> => {
      const start = performance.now();
      await imported(text);
      return performance.now() - start;
    };
    await timed(long(500));
    const [short, ten] = [await timed(long(500)), await timed(long(5000))];
    // Ten times the items; a quadratic step would take a hundred times as long.
    expect(ten / short).toBeLessThan(40);
  });

  test("signs that plan data would read as marks stay signs", async () => {
    const line = "Ghi mã {{ma}}, [^1], 2*3*4, \\* và “a: b # c” đúng như vậy.";
    expect(
      await shownLines(
        (await imported(plan(`I. MỤC ĐÍCH\n\n${line.replace("\\*", "\\\\*")}`), "a.txt")).text,
      ),
    ).toContain(line.replace("\\*", "\\\\*"));
  });

  test("a guess stands above what was guessed, with the line of the source", async () => {
    const { text, guesses } = await imported(dedent`
      KẾ HOẠCH
      Trồng rừng năm 2024

      Ủy ban nhân dân xã Bảo Hà ban hành Kế hoạch như sau:

      I. MỤC ĐÍCH

      Trồng nhiều rừng.
    `);
    expect(guesses.map(({ what }) => what.vi)).toEqual([
      "nguồn không có phần đầu; tên cơ quan lấy từ trong bài",
      "năm lấy từ nội dung (2024); nguồn không ghi năm ban hành",
    ]);
    for (const { line, comment } of guesses)
      expect(text.split("\n")[line - 1]?.trim()).toBe(`# ${comment}`);
  });

  test("what an office adds to the knowledge is known", async () => {
    const text = plan(dedent`
      Thể theo nguyện vọng của Nhân dân;

      UBND huyện ấn định Kế hoạch như sau:

      I. MỤC ĐÍCH

      Trồng nhiều rừng.

      1. Mô-đun 1: Ươm giống

      Làm vườn ươm.
    `);
    const own = parseKnowledge(
      yaml`
        projectNames: [Mô-đun]
        basisLeads: [Thể theo]
      `,
      "rieng.yaml",
      productKnowledge(),
    );
    if (!own.ok) throw new Error("not read");
    const { plan: made } = await imported(text, "a.txt", own.value);
    expect(made.bases[0]).toMatchObject({ lead: "Thể theo", text: "nguyện vọng của Nhân dân" });
    expect(made.programme?.projects[0]).toMatchObject({ official: "Mô-đun 1", title: "Ươm giống" });
  });

  test.each([
    ["projectNmes: [x]", "không có danh sách “projectNmes”"],
    ["projectNames: x", "cần một danh sách từ ngữ"],
    ["projectNames: [3]", "cần một từ ngữ"],
    ["abbreviations: { UBND: 3 }", "cần tên đầy đủ"],
    ["fundingSources: { Tỉnh: [ngân sách tỉnh] }", "mã “Tỉnh” không dùng được"],
  ])("knowledge that is wrong is told: %s", (text, message) => {
    const known = parseKnowledge(text, "rieng.yaml", productKnowledge());
    expect(
      known.ok
        ? []
        : known.problems.map(
            ({ message: words, at }) => `${at.in === "file" ? at.line : 0} ${words.vi}`,
          ),
    ).toEqual([`1 ${message}`]);
  });

  test.each([
    ["nothing that is a plan", "Hôm nay trời đẹp.\n\nNgày mai trời mưa.\n", "import-no-plan"],
    [
      "a plan without any year",
      dedent`
        KẾ HOẠCH
        Trồng rừng

        I. MỤC ĐÍCH

        Trồng nhiều rừng.
      `,
      "import-no-year",
    ],
  ])("%s is told", async (_name, text, code) => {
    expect((await refusal(text)).map((one) => one.split(":")[0])).toEqual([code]);
  });
});

describe("whatever the text is like", () => {
  const texts = SAMPLES.map((sample) => readFileSync(join("fixtures/import", sample), "utf8"));
  const ODD = [
    "* * * ** {{x}} [^1] \\n \\* {{",
    "a) : ; .",
    '1. "quoted: text" # not comment',
    "- - -",
    "Căn cứ ;;; .",
    "I. ",
    "99.99. Xx",
    "Dự án 2: Dự án 3: Tiểu dự án 1: x",
    "Tổng kinh phí 1,817 tỷ đồng, trong đó: ngân sách tỉnh 1.234 triệu đồng, ngân sách " +
      "huyện 2 triệu đồng.",
    "null",
    "Số: 12a/KH-UBND",
    "PHỤ LỤC I",
    "TM. UBND",
    "{{tien}}",
    "đ) Một",
    "***đậm nghiêng***",
    "| a | b |\n| c | d |",
    "KẾ HOẠCH",
  ];

  test("lines cut, moved, put in: no plan is refused, no word is lost unsaid", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.nat({ max: texts.length - 1 }),
        fc.array(
          fc.tuple(
            fc.constantFrom("cut", "move", "put"),
            fc.double({ min: 0, max: 0.999, noNaN: true }),
            fc.double({ min: 0, max: 0.999, noNaN: true }),
            fc.nat({ max: 20 }),
          ),
          { minLength: 1, maxLength: 8 },
        ),
        async (which, changes) => {
          const lines = (texts[which] ?? "").split("\n");
          for (const [what, a, b, count] of changes) {
            const [from, to] = [Math.floor(a * lines.length), Math.floor(b * lines.length)];
            if (what === "cut") lines.splice(from, count);
            else if (what === "move") lines.splice(to, 0, ...lines.splice(from, count % 6));
            else lines.splice(from, 0, "", ODD[(count + to) % ODD.length] ?? "", "");
          }
          const made = await importing(lines.join("\n"), "x.md");
          if (!made.ok)
            return made.problems.every(
              ({ code }) => code.startsWith("import-") || code.startsWith("file-"),
            );
          const { coverage } = made.value;
          const told = coverage.differences.flatMap(({ source }) =>
            source === "" ? [] : source.split(" "),
          ).length;
          return coverage.placed + told >= coverage.words;
        },
      ),
      { numRuns: 40, seed: 7 },
    );
  });

  test("data is printed as YAML that says the same", () => {
    const text = fc.oneof(
      fc.string({ unit: "grapheme", maxLength: 30 }),
      fc.constantFrom(
        "null",
        "yes",
        "- a",
        "a: b",
        "a #b",
        "#",
        "1.817",
        "007",
        "2024-01-02",
        "{{tien x}}",
        "“Vì người nghèo”",
        " đầu",
        "cuối ",
        "a\nb",
        "dài ".repeat(60).trim(),
        "x: ".repeat(50),
      ),
    );
    const scalar = fc.oneof(text, fc.integer(), fc.constant(null), fc.boolean());
    const { data } = fc.letrec((tie) => ({
      data: fc.dictionary(fc.stringMatching(/^[a-z][a-z0-9-]{0,8}$/u), tie("value"), {
        maxKeys: 4,
      }),
      value: fc.oneof(
        { depthSize: "small" },
        scalar,
        fc.array(tie("value"), { maxLength: 4 }),
        tie("data"),
      ),
    }));
    fc.assert(
      fc.property(data, (value) => {
        const plain = JSON.parse(JSON.stringify(value).normalize("NFC")) as Record<string, never>;
        if (
          /[\u0000-\u001f\u007f-\u009f\ufeff\ud800-\udfff\ufffe\uffff]|[\u0300-\u036f]/u.test(
            JSON.stringify(plain).replace(/\\n/gu, ""),
          )
        )
          return;
        if (Object.keys(plain).length === 0) return;
        const read = readYaml(writeYaml(plain, new Map(), []), "x.yaml");
        expect(read.ok ? read.value.data : read.problems.map(({ message }) => message.vi)).toEqual(
          plain,
        );
      }),
      { numRuns: 300, seed: 3 },
    );
  });
});
