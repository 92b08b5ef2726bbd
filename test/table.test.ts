import { describe, expect, test } from "@jest/globals";
import { strFromU8, unzipSync } from "fflate";
import { findings, makeFile, makeText, smallPlan } from "./support/product.js";
import { ROWS_PER_LABEL, longTablePlan } from "./support/long-table.js";
import { LONG_LABEL_ROWS, tablePlan } from "./support/table-plan.js";

/** A plan with one table. */
function withTable(table: unknown): string {
  return smallPlan(`- table: ${JSON.stringify(table)}`);
}

/** The document part of a Word file. */
async function wordBody(text: string): Promise<string> {
  return strFromU8(
    unzipSync(await makeFile(text, "docx"))["word/document.xml"] ?? new Uint8Array(),
  );
}

/** Lines of text on each page, from the printed layout. */
async function pageTexts(text: string): Promise<string[][]> {
  const layout = await makeText(text, "layout");
  return layout
    .split(/^page .*$/mu)
    .slice(1)
    .map((page) => [...page.matchAll(/"((?:[^"\\]|\\.)*)"$/gmu)].map((match) => match[1] ?? ""));
}

describe("names of columns", () => {
  const table = {
    columns: [
      { title: "TT" },
      {
        title: "Kinh phí",
        columns: [
          { title: "Tổng", align: "right" },
          { title: "Trong đó", columns: [{ title: "Tỉnh" }, { title: "Huyện" }] },
        ],
      },
    ],
    rows: Array.from({ length: 100 }, (_, index) => [index, 1, 2, 3]),
  };

  test("stand in rows, over and beside each other", async () => {
    const tree = await makeText(withTable(table), "tree");
    expect(
      tree
        .split("\n")
        .filter((line) => line.includes(" head "))
        .map((line) => line.trim()),
    ).toEqual(
      [
        "head | [1x3] TT | [3x1] Kinh phí | keep",
        "head | [1x2] Tổng | [2x1] Trong đó | keep",
        "head | Tỉnh | Huyện | keep",
      ].map((line) => line.replace(" keep", "")),
    );
  });
  test("all rows of them are repeated on every page", async () => {
    const pages = await pageTexts(withTable(table));
    expect(pages.length).toBeGreaterThan(2);
    for (const page of pages.slice(1))
      expect(page.slice(1, 6)).toEqual(["TT", "Kinh phí", "Tổng", "Trong đó", "Tỉnh"]);
    const rows = [...(await wordBody(withTable(table))).matchAll(/<w:tr>.*?<\/w:tr>/gu)].map(
      ([row]) => row,
    );
    expect(rows.filter((row) => row.includes("<w:tblHeader/>"))).toHaveLength(3);
    expect(rows.find((row) => row.includes("Kinh phí"))).toContain('<w:gridSpan w:val="3"/>');
  });
  test("a footnote called in a name stands on the first page only", async () => {
    const plan = smallPlan(
      `- table: ${JSON.stringify({
        columns: [
          { title: "Nội dung[^a]", width: 50 },
          { title: "B", width: 50 },
        ],
        rows: Array.from({ length: 120 }, (_, index) => [index, 1]),
      })}`,
      "footnotes: { a: Theo báo cáo. }",
    );
    const pages = await pageTexts(plan);
    expect(pages.map((page) => page.filter((line) => line.startsWith("Nội dung")))).toEqual([
      ["Nội dung1"],
      ...pages.slice(1).map(() => ["Nội dung"]),
    ]);
    expect(pages.flat().filter((line) => line.includes("Theo báo cáo."))).toHaveLength(1);
  });
  test.each<[string, unknown, RegExp]>([
    [
      "too many levels",
      {
        columns: [
          {
            title: "a",
            columns: [
              {
                title: "b",
                columns: [{ title: "c", columns: [{ title: "d", columns: [{ title: "e" }] }] }],
              },
            ],
          },
        ],
        rows: [],
      },
      /head-too-deep tên cột có 5 tầng/u,
    ],
    [
      "a row for the group, not its columns",
      { columns: [{ title: "a", columns: [{ title: "b" }, { title: "c" }] }], rows: [[1]] },
      /row-length dòng có 1 ô, ở đây có 2 cột/u,
    ],
    [
      "a group with a width",
      { columns: [{ title: "a", width: 20, columns: [{ title: "b" }] }], rows: [] },
      /unknown-key không có mục tên “width”/u,
    ],
    [
      "41 columns",
      { columns: Array.from({ length: 41 }, () => ({ title: "a" })), rows: [] },
      /too-many-columns bảng có 41 cột, nhiều nhất 40/u,
    ],
  ])("%s: a finding", async (_name, bad, expected) => {
    expect((await findings(withTable(bad)))[0]).toMatch(expected);
  });
});

describe("a label over several rows", () => {
  test("is said again on each page its rows go on to, in both files", async () => {
    const pages = await pageTexts(tablePlan());
    const label = "Dự án đi qua nhiều trang";
    const again = pages.filter((page) =>
      page.some((line) => line.startsWith(label) || line.includes("(tiếp theo)")),
    );
    expect(again.length).toBeGreaterThan(2);
    const pdf = pages.flat().filter((line) => line.startsWith(label));
    const word = [...(await wordBody(tablePlan())).matchAll(new RegExp(`>${label}</w:t>`, "gu"))];
    expect(word).toHaveLength(pdf.length);
    expect(pdf.length).toBeGreaterThan(2);
  });
  test("a number is said again bare", async () => {
    const rows = [...(await wordBody(tablePlan())).matchAll(/<w:tr>.*?<\/w:tr>/gu)].map(
      ([row]) => row,
    );
    const continued = rows.filter(
      (row) => row.includes("nhiều trang") && row.includes("tiếp theo"),
    );
    expect(continued.length).toBeGreaterThan(1);
    for (const row of continued)
      expect(
        [...row.matchAll(/<w:t [^>]*>([^<]*)/gu)].map((match) => match[1]).slice(0, 1),
      ).toEqual(["16"]);
  });
  test("all rows are there", async () => {
    const text = (await pageTexts(tablePlan())).flat();
    for (let index = 1; index <= LONG_LABEL_ROWS; index++) expect(text).toContain(String(index));
  });
  test.each<[string, unknown, RegExp]>([
    [
      "a label longer than a page",
      {
        columns: [
          { title: "a", width: 20 },
          { title: "b", width: 80 },
        ],
        rows: [{ span: ["lời ".repeat(900)], rows: Array.from({ length: 100 }, () => [1]) }],
      },
      /too-tall ô chung \(span\) này cao/u,
    ],
    [
      "a label that leaves no column",
      { columns: [{ title: "a" }, { title: "b" }], rows: [{ span: [1, 2], rows: [[]] }] },
      /span-too-wide ô chung chiếm 2 cột/u,
    ],
    [
      "a row too long beside a label",
      { columns: [{ title: "a" }, { title: "b" }], rows: [{ span: [1], rows: [[1, 2]] }] },
      /row-length dòng có 2 ô, ở đây có 1 cột/u,
    ],
    [
      "a band beside a label",
      { columns: [{ title: "a" }, { title: "b" }], rows: [{ span: [1], rows: [{ band: "x" }] }] },
      /band-inside-span/u,
    ],
  ])("%s: a finding", async (_name, bad, expected) => {
    expect((await findings(withTable(bad)))[0]).toMatch(expected);
  });
});

describe("rows", () => {
  const columns = [
    { title: "TT", width: 10 },
    { title: "Nội dung", width: 90 },
  ];

  test("a row higher than a page is broken, and no word is lost", async () => {
    const words = Array.from({ length: 2500 }, (_, index) => `từ${index}`);
    const pages = await pageTexts(
      withTable({
        columns,
        rows: [
          [1, words.join(" ")],
          [2, "sau"],
        ],
      }),
    );
    expect(pages.length).toBeGreaterThan(2);
    const seen = pages
      .flat()
      .flatMap((line) => line.split(" "))
      .filter((word) => /^từ\d+$/u.test(word));
    expect(seen).toEqual(words);
  });
  test("a word without end is broken over pages like any other text", async () => {
    const pages = await pageTexts(withTable({ columns, rows: [[1, "a".repeat(200_000)]] }));
    expect(pages.flat().join("").match(/a/gu)?.length).toBeGreaterThanOrEqual(200_000);
  });
  test("a row that fits on a page is never broken", async () => {
    const cell = Array.from({ length: 160 }, (_, index) => `chữ${index}`).join(" ");
    const pages = await pageTexts(
      withTable({
        columns,
        rows: Array.from({ length: 12 }, (_, index) => [`hàng${index}`, cell]),
      }),
    );
    for (const page of pages) {
      const [starts, ends] = [
        page.filter((line) => line.startsWith("hàng")),
        page.filter((line) => line.endsWith("chữ159")),
      ];
      expect(starts).toHaveLength(ends.length);
    }
  });
  test("a total stays with the row before it, a group's name with the row after it", async () => {
    for (let rows = 30; rows < 50; rows++) {
      const items = Array.from({ length: rows }, (_, index) => [index, "dòng"]);
      const pages = await pageTexts(
        withTable({
          columns,
          rows: [
            ...items,
            { kind: "total", cells: [null, "Tổng cộng"] },
            { band: "Nhóm sau" },
            [1, "cuối"],
          ],
        }),
      );
      const of = (text: string): number => pages.findIndex((page) => page.includes(text));
      expect(pages[of("Tổng cộng")]).toContain(String(rows - 1));
      expect(of("Nhóm sau")).toBe(of("cuối"));
    }
  });
});

describe("columns", () => {
  const widths = async (table: unknown): Promise<number[]> => {
    const grids = [
      ...(await wordBody(withTable(table))).matchAll(/<w:tblGrid>(.*?)<\/w:tblGrid>/gu),
    ];
    return (
      grids
        .map(([, grid = ""]) =>
          [...grid.matchAll(/w:w="(\d+)"/gu)].map((match) => Number(match[1])),
        )
        .find((grid) => grid.length === 3) ?? []
    );
  };
  const rows = [[1, "một hai ba bốn năm sáu bảy tám chín mười ".repeat(20), 1234567]];

  test("take what their content needs, and fill the table", async () => {
    const [number = 0, text = 0, money = 0] = await widths({
      columns: [{ title: "TT" }, { title: "Nội dung" }, { title: "Tiền" }],
      rows,
    });
    expect(number).toBeLessThan(700);
    expect(money).toBeGreaterThan(1000);
    expect(money).toBeLessThan(1600);
    expect(number + text + money).toBe(9071);
  });
  test("keep their bounds", async () => {
    const [number = 0, , money = 0] = await widths({
      columns: [
        { title: "TT", minWidth: 25 },
        { title: "Nội dung" },
        { title: "Tiền", minWidth: 10, maxWidth: 15 },
      ],
      rows: rows.map(([number, text]) => [number, text, 12345]),
    });
    expect(number).toBeGreaterThanOrEqual(1417 - 2);
    expect(money).toBeLessThanOrEqual(850 + 2);
  });
  test("keep their bounds when there is room to spare: it goes to the others", async () => {
    const [number = 0, text = 0, money = 0] = await widths({
      columns: [{ title: "TT", maxWidth: 10 }, { title: "Tên" }, { title: "Tiền", maxWidth: 20 }],
      rows: [[1, "a", 2]],
    });
    expect(number).toBeLessThanOrEqual(567 + 2);
    expect(money).toBeLessThanOrEqual(1134 + 2);
    expect(number + text + money).toBe(9071);
  });
  test("may be given for some, by content for the others", async () => {
    const [number = 0] = await widths({
      columns: [{ title: "TT", width: 30 }, { title: "Nội dung" }, { title: "Tiền" }],
      rows,
    });
    expect(Math.abs(number - 9071 * 0.3)).toBeLessThan(3);
  });
  test("leave room for the widest whole part and the widest fraction", async () => {
    const body = await wordBody(
      withTable({
        columns: [{ title: "A" }, { title: "Tiền", align: "decimal" }],
        rows: [
          ["lời ".repeat(60), 1000000],
          ["b", 12.25],
          ["c", 5],
        ],
      }),
    );
    // 1.000.000 keeps clear of the right edge by the width of ",25".
    expect(body).toMatch(
      /<w:ind w:right="300"\/><w:jc w:val="right"\/><\/w:pPr><w:r><w:t [^>]*>1\.000\.000</u,
    );
  });
  test.each<[string, unknown, RegExp]>([
    [
      "a number that would be cut",
      {
        columns: [
          { title: "A", width: 95 },
          { title: "B", width: 5 },
        ],
        rows: [["x", 123456]],
      },
      /column-too-narrow cột hẹp hơn “123\.456”/u,
    ],
    [
      "a word that would be cut",
      {
        columns: [
          { title: "Nghiêng", width: 5 },
          { title: "B", width: 95 },
        ],
        rows: [],
      },
      /column-too-narrow cột hẹp hơn “Nghiêng”/u,
    ],
    [
      "a column narrower than a letter",
      {
        columns: [
          { title: "A", width: 1 },
          { title: "B", width: 99 },
        ],
        rows: [],
      },
      /column-too-narrow/u,
    ],
    [
      "25 columns of money",
      {
        columns: Array.from({ length: 25 }, () => ({ title: "T" })),
        rows: [Array.from({ length: 25 }, () => 1234567)],
      },
      /column-too-narrow/u,
    ],
  ])("%s: a finding", async (_name, bad, expected) => {
    expect((await findings(withTable(bad)))[0]).toMatch(expected);
  });
  test("one finding a column, also where its name or its label is repeated", async () => {
    const table = {
      columns: [
        { title: "Nghiêng[^a]", width: 5 },
        { title: "B", width: 95 },
      ],
      rows: [{ span: ["nghiêng"], rows: Array.from({ length: 150 }, () => [1]) }],
    };
    expect(
      await findings(smallPlan(`- table: ${JSON.stringify(table)}`, "footnotes: { a: x }")),
    ).toHaveLength(1);
  });
  test("an address without blanks does not starve the other columns", async () => {
    const address = "https://congbao.chinhphu.vn/van-ban/nghi-dinh-so-30-2020-nd-cp-31024.htm";
    expect(
      await findings(
        withTable({
          columns: [{ title: "TT" }, { title: "Nội dung" }, { title: "Tiền" }, { title: "Nguồn" }],
          rows: [[1, "Nghiêng ngả", 1250.5, address]],
        }),
      ),
    ).toEqual([]);
  });
  test("align numbers on their decimal sign", async () => {
    const body = await wordBody(
      withTable({
        columns: [
          { title: "A", align: "decimal", width: 50 },
          { title: "B", width: 50 },
        ],
        rows: [
          [1.25, 1],
          [12, 1],
          [3.5, 1],
          ["7%", 1],
        ],
      }),
    );
    const cells = [
      ...body.matchAll(
        /(?:<w:ind w:right="(\d+)"\/>)?<w:jc w:val="right"\/><\/w:pPr><w:r><w:t [^>]*>([\d.,%]+)/gu,
      ),
    ].map((match) => [match[2], Number(match[1] ?? 0)]);
    // ",25" is 2.5 digits wide less: a comma is a quarter, a digit half of the size; "%" is five
    // sixths of it.
    const size = 12 * 20;
    expect(cells).toEqual([
      ["1,25", 0],
      ["12", Math.round(1.25 * size)],
      ["3,5", Math.round(0.5 * size)],
      ["7%", Math.round((1.25 - 0.8330078125) * size)],
    ]);
  });
  test.each<[string, unknown, RegExp]>([
    [
      "a width and bounds",
      { columns: [{ title: "a", width: 10, minWidth: 20 }], rows: [] },
      /column-bounds/u,
    ],
    [
      "bounds that cross",
      { columns: [{ title: "a", minWidth: 40, maxWidth: 20 }], rows: [] },
      /column-bounds rộng ít nhất lớn hơn/u,
    ],
  ])("%s: a finding", async (_name, bad, expected) => {
    expect((await findings(withTable(bad)))[0]).toMatch(expected);
  });
});

describe("5,000 rows", () => {
  const ROWS = 5000;
  const HEAD = ["TT", "Huyện", "Xã", "Hộ", "Kinh phí", "Trung", "Tỉnh", "Ghi chú"];

  test("are right on every page of both files", async () => {
    const pages = (await pageTexts(longTablePlan(ROWS))).slice(1);
    expect(pages.length).toBeGreaterThan(100);
    const number = (line: string): number => Number(/^Xã thứ (\d+)$/u.exec(line)?.[1] ?? 0);
    const starts: number[] = [];
    pages.forEach((page, index) => {
      const head = page.indexOf("TT");
      for (const name of HEAD) expect(page.slice(head)).toContain(name);
      // Under the head and the column numbers stands the label of the first row, with the
      // district's number.
      const first = page.findIndex((line) => number(line) > 0);
      const commune = number(page[first] ?? "");
      if (commune === 0) throw new Error(`page ${index + 2} has no row`);
      expect(page.slice(page.indexOf("5", head), first)).toContain(
        String(Math.ceil(commune / ROWS_PER_LABEL)),
      );
      if ((commune - 1) % ROWS_PER_LABEL !== 0) starts.push(commune);
    });
    expect(
      pages
        .flat()
        .map(number)
        .filter((one) => one > 0),
    ).toEqual(Array.from({ length: ROWS }, (_, index) => index + 1));

    const rows = [...(await wordBody(longTablePlan(ROWS))).matchAll(/<w:tr>.*?<\/w:tr>/gu)]
      .map(([row]) => row)
      .filter((row) => row.includes(">Xã thứ "));
    expect(rows).toHaveLength(ROWS);
    // The Word file says a label again just where a page begins.
    const again = rows
      .filter((row) => row.includes("(tiếp theo)"))
      .map((row) => Number(/>Xã thứ (\d+)</u.exec(row)?.[1]));
    expect(again).toEqual(starts);
  });
});
