import { describe, expect, test } from "@jest/globals";
import { strToU8, unzipSync, zipSync } from "fflate";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  type SheetSketch,
  UNITS,
  cleanSheet,
  dirtySheets,
  makeWorkbook,
} from "./support/make-sheets.js";
import { dedent, yaml } from "./support/dedent.js";
import { line, makeWith, planWithTables, printTable, evaluated } from "./support/product.js";
import { hasProgram, inTemporaryFolder, output } from "./support/tools.js";

/** A table of units and households from a sheet. */
function plan(rows: string, columns: Columns = {}, more = ""): string {
  return planWithTables(yaml`
    t:
      columns:
        ${columns.before ?? ""}
        - { id: xa, title: "Xã, thị trấn" }
        - { id: so-ho, title: Số hộ, kind: count }
        ${columns.after ?? ""}
      key: xa
      rows: ${rows}
      ${more}
  `);
}

/** Columns that the table has besides units and households. */
interface Columns {
  readonly before?: string;
  readonly after?: string;
}

const HEAD = ["Xã, thị trấn", "Số hộ"] as const;
const sheet = (...rows: SheetSketch["rows"][number][]): Uint8Array =>
  makeWorkbook([{ name: "Xã", rows: [[...HEAD], ...rows] }]);

async function read(
  bytes: Uint8Array | string,
  rows = "{ file: a.xlsx }",
  columns: Columns = {},
): Promise<string[]> {
  const name = /file: ([^ ,}]+)/u.exec(rows)?.[1] ?? "";
  const { tables, problems } = await evaluated(plan(rows, columns), {
    [name]: typeof bytes === "string" ? strToU8(bytes) : bytes,
  });
  return problems.length > 0
    ? [...problems]
    : printTable(tables.get("t")).filter((row) => !row.startsWith("Tổng cộng"));
}

/** The same workbook as a library writes it that computes nothing: formulas without results. */
function withoutResult(bytes: Uint8Array): Uint8Array {
  const parts = unzipSync(bytes);
  const name = "xl/worksheets/sheet1.xml";
  return zipSync({
    ...parts,
    [name]: strToU8(
      new TextDecoder().decode(parts[name]).replace(/(<f>[^<]*<\/f>)<v>[^<]*<\/v>/gu, "$1"),
    ),
  });
}

/** What the spreadsheet library does not say of the compound files it can write. */
interface CompoundFiles {
  readonly utils: {
    cfb_new(): unknown;
    cfb_add(box: unknown, name: string, bytes: Uint8Array): void;
  };
  write(box: unknown, options: { readonly type: "buffer" }): Uint8Array;
}

/** The same archive saying in both of its directories that a part has another size. */
function withSize(archive: Uint8Array, size: number, claimed: number): Uint8Array {
  const PLACES = new Map([
    [0x04034b50, 22],
    [0x02014b50, 24],
  ]);
  const liar = new Uint8Array(archive);
  const view = new DataView(liar.buffer);
  for (let at = 0; at < liar.length - 30; at++) {
    const place = PLACES.get(view.getUint32(at, true));
    if (place !== undefined && view.getUint32(at + place, true) === size)
      view.setUint32(at + place, claimed, true);
  }
  return liar;
}

describe("a sheet as offices keep it", () => {
  const table = yaml`
    t:
      layout: poverty-targets
      rows: { file: a.xlsx, map: ten-cot.yaml, columns: { tong-ho: C } }
      adjust: { giam: { allocate: { total: 68, by: dau, ceiling: dau } } }
  `;
  const map = readFileSync("fixtures/allocation/ten-cot.yaml");

  test.each(["xlsx", "xls", "ods"] as const)(
    "titles above, merged heads, column numbers, numbers as text, a total and a note: .%s",
    async (type) => {
      const text = planWithTables(table.replace("a.xlsx", `a.${type}`));
      const { tables, problems } = await evaluated(text, {
        [`a.${type}`]: makeWorkbook([cleanSheet()], type),
        "ten-cot.yaml": map,
      });
      expect(problems).toEqual([]);
      const rows = printTable(tables.get("t"));
      expect(rows).toHaveLength(UNITS.length + 1);
      expect(rows[0]).toBe("1 | Thị trấn Tân Khai | 3.120 | 2 | 0,06 | 1 | 1 | 0,03");
      expect(rows.at(-1)).toBe(" | Tổng cộng | 28.420 | 125 | 0,44 | 68 | 57 | 0,20");
    },
  );

  test("a file that LibreOffice wrote is read alike", async () => {
    if (!hasProgram("calc")) {
      if (process.env["CI"] === "true") throw new Error("LibreOffice Calc is missing");
      process.stderr.write(
        "\nNot read: a workbook of LibreOffice; install libreoffice-calc-nogui\n",
      );
      return;
    }
    await inTemporaryFolder(async (folder) => {
      writeFileSync(join(folder, "a.ods"), makeWorkbook([cleanSheet()], "ods"));
      await output("soffice", [
        `-env:UserInstallation=file://${folder}/profile`,
        "--headless",
        "--convert-to",
        "xlsx",
        "--outdir",
        folder,
        join(folder, "a.ods"),
      ]);
      const { tables, problems } = await evaluated(planWithTables(table), {
        "a.xlsx": readFileSync(join(folder, "a.xlsx")),
        "ten-cot.yaml": map,
      });
      expect(problems).toEqual([]);
      expect(printTable(tables.get("t")).at(-1)).toBe(
        " | Tổng cộng | 28.420 | 125 | 0,44 | 68 | 57 | 0,20",
      );
    });
  });

  test("marks in a column of order numbers make levels; a row of totals is compared", async () => {
    const text = yaml`
      t:
        layout: estimate
        unit: đồng
        rows:
          file: a.csv
          columns:
            noi-dung: Nội dung chi
            dvt: ĐVT
            don-gia: Đơn giá (đồng)
            ghi-chu: C
        adjust: { ghi-chu: { show: false } }
    `;
    const csv = readFileSync("fixtures/allocation/kinh-phi.csv");
    const { tables, problems } = await evaluated(planWithTables(text), { "a.csv": csv });
    expect(problems).toEqual([]);
    expect(printTable(tables.get("t")).slice(0, 4)).toEqual([
      "A | Chi đầu tư |  |  |  | 1.247.800.000",
      "I | Mô hình sinh kế |  |  |  | 557.800.000",
      "1 | Chăn nuôi |  |  |  | 503.800.000",
      "- | Bò cái sinh sản | con | 24 | 18.500.000 | 444.000.000",
    ]);
    expect(printTable(tables.get("t")).at(-1)).toBe(" | Tổng cộng |  |  |  | 1.281.300.000");
  });
});

describe("rows", () => {
  const grouped = (head: string): Uint8Array =>
    makeWorkbook([
      {
        name: "Xã",
        rows: [
          [head, "Xã, thị trấn", "Số hộ"],
          ["I", "Huyện X", 30],
          [1, "Xã An", 10],
          [2, "Xã Bo", 20],
          ["II", "Huyện Y", 12],
          [1, "Xã Cu", 5],
          [2, "Xã Dê", 7],
        ],
      },
    ]);

  test.each(["STT", "Số TT", "TT", "Số thứ tự"])(
    "a column called %s makes the levels, whether or not the table prints it",
    async (head) => {
      const rows = [
        "Huyện X | 30",
        "Xã An | 10",
        "Xã Bo | 20",
        "Huyện Y | 12",
        "Xã Cu | 5",
        "Xã Dê | 7",
      ];
      expect(await read(grouped(head))).toEqual(rows);
      const text = planWithTables(yaml`
        t:
          columns:
            - { id: tt, title: Thứ, kind: order }
            - { id: xa, title: "Xã, thị trấn" }
            - { id: so-ho, title: Số hộ, kind: count }
          rows: { file: a.xlsx }
      `);
      const { tables, problems } = await evaluated(text, { "a.xlsx": grouped(head) });
      expect(problems).toEqual([]);
      expect(printTable(tables.get("t")).at(-1)).toBe(" | Tổng cộng | 42");
    },
  );

  test("an order column by another name is found where the plan says", async () => {
    const { tables } = await evaluated(
      plan('{ file: a.xlsx, columns: { "tt": Mục } }', {
        before: "- { id: tt, title: TT, kind: order }",
      }),
      { "a.xlsx": grouped("Mục") },
    );
    expect(printTable(tables.get("t")).at(-1)).toBe(" | Tổng cộng | 42");
  });

  test("signatures and notes below the table are no communes", async () => {
    const footer: SheetSketch["rows"] = [[], [null, null, null], ["Người lập"], ["Nguyễn Văn A"]];
    expect(await read(sheet(["Xã An", 1], ["Xã Bo", 2], ["Tổng cộng", 3], ...footer))).toEqual([
      "Xã An | 1",
      "Xã Bo | 2",
    ]);
    expect(await read(sheet(["Xã An", 1], ["Xã Bo", 2], ...footer))).toEqual([
      "Xã An | 1",
      "Xã Bo | 2",
    ]);
    expect(await read(sheet(["Xã An", 1], ["Xã Bo", null]))).toEqual(["Xã An | 1", "Xã Bo | "]);
    expect(await read(sheet(["Xã An", 1], ["Tổng cộng", 1], ["Xã Bo", 2]))).toEqual([
      "sheet-after-total a.xlsx!Xã!A4",
    ]);
  });

  test("areas merged over whole sheets cost no more than others", async () => {
    const rows = [[...HEAD], ["Xã An", 5], ["Xã Bình", 7]];
    for (const merges of [
      ["C1:E1048576"],
      ["A4:XFD1048576"],
      Array.from({ length: 3000 }, (_, index) => `C${index + 2}:F1048576`),
    ]) {
      const start = performance.now();
      expect(await read(makeWorkbook([{ name: "Xã", rows, merges }]))).toEqual(
        await read(makeWorkbook([{ name: "Xã", rows }])),
      );
      expect(performance.now() - start).toBeLessThan(1500);
    }
  });

  test("words of a cell merged downwards stand in each row", async () => {
    const bytes = makeWorkbook([
      {
        name: "Xã",
        rows: [
          ["Huyện", ...HEAD],
          ["Huyện X", "Xã An", 1],
          [null, "Xã Bo", 2],
          ["Huyện Y", "Xã Cu", 3],
        ],
        merges: ["A2:A3"],
      },
    ]);
    const { tables, problems } = await evaluated(
      plan(
        "{ file: a.xlsx }",
        { after: "- { id: huyen, title: Huyện, show: false }" },
        "groups: { by: huyen }",
      ),
      { "a.xlsx": bytes },
    );
    expect(problems).toEqual([]);
    expect(printTable(tables.get("t")).map((row) => row.split(" | ")[0])).toEqual([
      "Huyện X",
      "Xã An",
      "Xã Bo",
      "Huyện Y",
      "Xã Cu",
      "Tổng cộng",
    ]);
  });

  test("a letter beyond the sheet, and an id that is no column, are told", async () => {
    expect(await read(sheet(["Xã An", 1]), "{ file: a.xlsx, columns: { so-ho: Z } }")).toEqual([
      "sheet-column-missing tables.t.rows.columns.so-ho",
    ]);
    expect(await read(sheet(["Xã An", 1]), "{ file: a.xlsx, columns: { so-hoo: B } }")).toEqual([
      "unknown-column tables.t.rows.columns.so-hoo",
    ]);
  });
});

describe("cells", () => {
  test.each([
    [1234, "1.234"],
    ["1.234", "1.234"],
    [" 1 234 ", "1.234"],
    ["12", "12"],
    ["-", ""],
    ["–", ""],
    [null, ""],
    ["", ""],
    [{ t: "n", v: 0.1 + 0.2, z: "0.0" } as const, "0,3"],
  ])("%j in a column of counts is %j", async (cell, expected) => {
    expect(await read(sheet(["An", cell as never]), "{ file: a.xlsx }").then(([row]) => row)).toBe(
      cell !== null && typeof cell === "object"
        ? "too-many-decimals a.xlsx!Xã!B2"
        : `An | ${expected}`,
    );
  });

  test("decimals with a comma, or a point if the file writes so; rates in per cent", async () => {
    const columns = (rate: "percent" | "text"): Columns => ({
      after: yaml`
        - { id: tien, title: Tiền, kind: money }
        - { id: ty-le, title: Tỷ lệ, kind: ${rate} }
      `,
    });
    const rows = (tien: string): Uint8Array =>
      makeWorkbook([
        {
          name: "Xã",
          rows: [
            [...HEAD, "Tiền", "Tỷ lệ"],
            ["An", 1, tien, { t: "n", v: 0.068, z: "0.0%" }],
            ["Bo", 1, 3, "6,8%"],
          ],
        },
      ]);
    expect(await read(rows("1.234,5"), "{ file: a.xlsx }", columns("percent"))).toEqual([
      "An | 1 | 1.234,5 | 6,80",
      "Bo | 1 | 3 | 6,80",
    ]);
    expect(await read(rows("1,234.5"), "{ file: a.xlsx, numbers: en }", columns("text"))).toEqual([
      "An | 1 | 1.234,5 | 0,068",
      "Bo | 1 | 3 | 6,8%",
    ]);
    expect(await read(rows("1,234.5"), "{ file: a.xlsx }", columns("percent"))).toEqual([
      "sheet-text-in-number a.xlsx!Xã!C2",
    ]);
  });

  test("rates partly in per cent are told", async () => {
    const bytes = makeWorkbook([
      {
        name: "Xã",
        rows: [
          [...HEAD, "Tỷ lệ"],
          ["Xã An", 1, { t: "n", v: 0.125, z: "0.0%" }],
          ["Xã Bo", 1, 0.05],
        ],
      },
    ]);
    expect(
      await read(bytes, "{ file: a.xlsx }", {
        after: "- { id: ty-le, title: Tỷ lệ, kind: percent }",
      }),
    ).toEqual(["sheet-percent-mixed a.xlsx!Xã!C3"]);
  });

  test("a star or a citation in a cell is no mark", async () => {
    const made = await makeWith(
      plan("{ file: a.xlsx }"),
      { "a.xlsx": sheet(["Xã *A* {{nam}}", 1]) },
      ["text"],
    );
    if (!made.ok) throw new Error(made.problems.map(line).join("\n"));
    expect(new TextDecoder().decode(made.value.files.get("text"))).toContain("Xã *A* {{nam}}\t1");
  });
});

describe("CSV", () => {
  test.each([
    ["commas and quotes", '"Xã, thị trấn",Số hộ\n"Xã ""An"" Bình",12\n'],
    [
      "semicolons, a mark of order, Windows lines",
      '\ufeff"Xã, thị trấn";Số hộ\r\n"Xã ""An"" Bình";12\r\n',
    ],
    ["tabs", 'Xã, thị trấn\tSố hộ\n"Xã ""An"" Bình"\t12\n'],
    [
      "a line end inside quotes",
      dedent`
        "Xã,
        thị trấn",Số hộ
        "Xã ""An""
        Bình",12
      `,
    ],
  ])("%s", async (_name, text) => {
    expect(await read(text, "{ file: a.csv }")).toEqual(['Xã "An" Bình | 12']);
  });

  test("UTF-16 as Excel writes it", async () => {
    const text = "\ufeffXã, thị trấn\tSố hộ\r\nAn Bình\t12\r\n";
    expect(await read(new Uint8Array(Buffer.from(text, "utf16le")), "{ file: a.csv }")).toEqual([
      "An Bình | 12",
    ]);
  });

  test("faults are told by line and column of the text, and by cell", async () => {
    const made = await makeWith(plan("{ file: a.csv }"), {
      "a.csv": strToU8(dedent`
        "Xã, thị trấn";Số hộ
        A;1
        "B";hai
      `),
    });
    expect(made.problems.map((problem) => problem.at)).toEqual([
      { in: "file", file: "a.csv", line: 3, column: 5, cell: "B3" },
    ]);
    expect(await read('Xã, thị trấn,Số hộ\n"A,1\n', "{ file: a.csv }")).toEqual([
      "csv-broken a.csv!",
    ]);
    expect(await read(new Uint8Array([0x58, 0xe3, 0x2c, 0x31]), "{ file: a.csv }")).toEqual([
      "not-utf8 a.csv!",
    ]);
  });
});

describe("dirty sheets", () => {
  const units = "[Thị trấn Tân Khai, Xã An Khương, Xã An Phú, Xã Đồng Nơ, Xã Minh Đức]";
  const workbook = makeWorkbook(dirtySheets());
  test.each([
    ["Thiếu xã", ["unit-missing Thiếu xã!A2"]],
    ["Trùng xã", ["unit-twice Trùng xã!A5"]],
    ["Chữ trong ô số", ["sheet-text-in-number Chữ trong ô số!B3"]],
    ["Số âm", ["negative Số âm!B3"]],
    ["Quá lớn", ["sheet-number-too-large Quá lớn!B3"]],
    ["Dòng ẩn", ["sheet-hidden Dòng ẩn!A4"]],
    ["Lỗi công thức", ["sheet-formula-error Lỗi công thức!B3"]],
    ["Số thành ngày", ["sheet-date-in-number Số thành ngày!B3"]],
    ["Tổng sai", ["sheet-total Tổng sai!B7"]],
    ["Không có tên", ["sheet-unnamed Không có tên!A4"]],
    ["Lẻ", ["too-many-decimals Lẻ!B3"]],
  ])("%s: %j", async (name, expected) => {
    const text = plan(`{ file: a.xlsx, sheet: ${name} }`, {}, `assignees: ${units}`);
    const { problems } = await evaluated(text, { "a.xlsx": workbook });
    expect(problems).toEqual(expected.map((one) => one.replace(" ", " a.xlsx!")));
    const made = await makeWith(text, { "a.xlsx": workbook }, ["pdf"]);
    expect(made.ok).toBe(false);
    for (const problem of made.problems) {
      expect(problem.message.vi).not.toBe("");
      expect(problem.hint?.vi ?? "").not.toBe("");
    }
  });

  test("all mistakes of all sheets are told in one run", async () => {
    const text = readFileSync("fixtures/allocation/so-lieu-ban.yaml", "utf8");
    const made = await makeWith(text, {
      "so-lieu-ban.xlsx": readFileSync("fixtures/allocation/so-lieu-ban.xlsx"),
    });
    expect(
      new Set(
        made.problems.map((problem) =>
          problem.at.in === "file" ? problem.at.cell?.split("!")[0] : "",
        ),
      ).size,
    ).toBe(11);
  });

  test("hidden rows can be left out or taken, when the plan says so", async () => {
    const hidden = makeWorkbook([
      { name: "Xã", rows: [[...HEAD], ["An", 1], ["Bo", 2]], hidden: [3] },
    ]);
    expect(await read(hidden, "{ file: a.xlsx, hidden: skip }")).toEqual(["An | 1"]);
    expect(await read(hidden, "{ file: a.xlsx, hidden: keep }")).toEqual(["An | 1", "Bo | 2"]);
  });

  test.each([
    ["no such file", "{ file: b.xlsx }", sheet(["A", 1]), "sheet-unreadable tables.t.rows.file"],
    ["no such sheet", "{ file: a.xlsx, sheet: Xa }", sheet(["A", 1]), "sheet-missing a.xlsx!"],
    [
      "no head",
      "{ file: a.xlsx }",
      makeWorkbook([
        {
          name: "Xã",
          rows: [
            ["x", "y"],
            ["A", 1],
          ],
        },
      ]),
      "sheet-head tables.t.rows.file",
    ],
    [
      "a column missing",
      "{ file: a.xlsx }",
      makeWorkbook([
        {
          name: "Xã",
          rows: [
            ["Xã, thị trấn", "Hộ"],
            ["A", 1],
          ],
        },
      ]),
      "sheet-column-missing tables.t.rows.file",
    ],
    [
      "a column twice",
      "{ file: a.xlsx }",
      makeWorkbook([
        {
          name: "Xã",
          rows: [
            [...HEAD, "Số hộ"],
            ["A", 1, 2],
          ],
        },
      ]),
      "sheet-column-twice tables.t.rows.file",
    ],
    ["no rows", "{ file: a.xlsx }", sheet(), "sheet-empty a.xlsx!Xã!A2"],
    [
      "an empty sheet",
      "{ file: a.xlsx }",
      makeWorkbook([{ name: "Xã", rows: [] }]),
      "sheet-head tables.t.rows.file",
    ],
    [
      "a cut file",
      "{ file: a.xlsx }",
      sheet(["A", 1]).subarray(0, 300),
      "sheet-unreadable a.xlsx!",
    ],
    ["no spreadsheet at all", "{ file: a.xlsx }", strToU8("%PDF-1.7 xin chào"), "sheet"],
    [
      "a formula without its result",
      "{ file: a.xlsx }",
      withoutResult(sheet(["An", { t: "n", v: 2, f: "1+1" }])),
      "sheet-formula-unknown a.xlsx!Xã!B2",
    ],
  ])("%s", async (_name, rows, bytes, expected) => {
    const { problems } = await evaluated(plan(rows), { "a.xlsx": bytes });
    expect(problems).toHaveLength(1);
    expect(problems[0]?.startsWith(expected)).toBe(true);
  });

  test("a password is told as one", async () => {
    // The container of an encrypted workbook: a compound file that holds EncryptedPackage.
    const { CFB } = (await import("@e965/xlsx")) as unknown as { CFB: CompoundFiles };
    const box = CFB.utils.cfb_new();
    CFB.utils.cfb_add(box, "/EncryptionInfo", new Uint8Array([4, 0, 4, 0, 0x40, 0, 0, 0]));
    CFB.utils.cfb_add(box, "/EncryptedPackage", new Uint8Array(64));
    const bytes = CFB.write(box, { type: "buffer" });
    expect(await read(new Uint8Array(bytes))).toEqual([
      expect.stringMatching(/^sheet-(?:locked|unreadable) a\.xlsx!/u),
    ]);
  });

  test("a sheet of 100 MB, and an archive that claims to be small and unfolds to it", async () => {
    const parts = unzipSync(sheet(["A", 1]));
    const xml = new TextDecoder().decode(parts["xl/worksheets/sheet1.xml"]);
    const row = '<row r="9"><c r="A9" t="str"><v>x</v></c></row>';
    const huge = strToU8(
      xml.replace("</sheetData>", `${row.repeat(Math.ceil(100_000_000 / row.length))}</sheetData>`),
    );
    const bomb = zipSync({ ...parts, "xl/worksheets/sheet1.xml": huge }, { level: 1 });
    const start = performance.now();
    expect(await read(bomb)).toEqual(["sheet-too-large a.xlsx!"]);
    // The same archive saying that it holds 1,000 bytes, in both of its directories.
    expect((await read(withSize(bomb, huge.length, 1000)))[0]).toMatch(/^sheet-/u);
    expect(performance.now() - start).toBeLessThan(20_000);
  });
});
