import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { evaluateFormula, parseFormula, roundFraction } from "../src/tables/formula.js";
import { isNumber } from "../src/tables/data-table.js";
import { reconcile } from "../src/tables/reconcile.js";
import { unitNames, unitShare } from "../src/tables/assignee-share.js";
import { addDecimals, decimalOf, decimalsEqual, formatDecimal } from "../src/base/numbers.js";
import {
  findings,
  fixtures,
  make,
  makeText,
  planWithTables,
  printTable,
  evaluated,
} from "./support/product.js";

async function table(text: string, more = ""): Promise<string[]> {
  const { tables, problems } = await evaluated(planWithTables(text, more));
  if (problems.length > 0) throw new Error(problems.join("\n"));
  return printTable([...tables.values()].at(-1));
}

async function faults(text: string, more = ""): Promise<readonly string[]> {
  return (await evaluated(planWithTables(text, more))).problems;
}

describe("formulas", () => {
  const columns = ["a", "b", "tong-ho", "tong", "ho"].map((id, index) => ({
    id,
    number: String(index + 1),
  }));
  const value = (text: string, numbers: readonly (number | null)[]): string => {
    const parsed = parseFormula(text, columns);
    if (!parsed.ok) return parsed.message.en;
    const exact = evaluateFormula(parsed.formula, (index) =>
      numbers[index] === null || numbers[index] === undefined ? null : decimalOf(numbers[index]),
    );
    return exact === null ? "none" : formatDecimal(roundFraction(exact, 4)).replace(/,?0+$/u, "");
  };

  test.each([
    ["a+b", [1, 2], "3"],
    ["3=1+2", [4, 5], "9"],
    ["a - b - tong-ho", [10, 3, 2], "5"],
    ["tong-ho - tong", [0, 0, 9, 4], "5"],
    ["a*(b+1)", [3, 4], "15"],
    ["a/b", [1, 3], "0,3333"],
    ["a : b × 2", [9, 3], "6"],
    ["a+b", [null, 2], "2"],
    ["a-b", [null, 2], "-2"],
    ["a+b", [null, null], "none"],
    ["a*b", [null, 2], "none"],
    ["a/b", [1, 0], "none"],
    ["0.1+0.2", [], "0,3"],
  ] as const)("%s of %j is %s", (text, numbers, expected) => {
    expect(value(text, numbers)).toBe(expected);
  });

  test.each([
    ["a+", "the formula “a+” is not complete"],
    ["a b", "the formula “a b” cannot be read from “b”"],
    ["a+c", "the formula “a+c” names the column “c”, which is not there"],
    ["9=1+8", "the formula “9=1+8” names the column “8”, which is not there"],
    ["(a", "the formula “(a” is not complete"],
  ])("%s is refused", (text, message) => {
    expect(value(text, [])).toBe(message);
  });
});

const SIMPLE = (rows: string, more = ""): string => `  t:
    columns:
      - { id: tt, title: TT, kind: order }
      - { id: ten, title: Tên }
      - { id: dau, title: Đầu năm, kind: count }
      - { id: giam, title: Giảm, kind: count }
      - { id: cuoi, title: Cuối năm, kind: count, formula: dau-giam }
      - { id: ty-le, title: Tỷ lệ, kind: percent, formula: giam/dau }
${more}    rows:
${rows}`;

describe("tables of numbers", () => {
  test("sums are computed; a rate is computed again from the totals, never averaged; the end is the start less the fall", async () => {
    expect(
      await table(
        SIMPLE("      - { ten: A, dau: 10, giam: 5 }\n      - { ten: B, dau: 90, giam: 9 }"),
      ),
    ).toEqual([
      "1 | A | 10 | 5 | 5 | 50,00",
      "2 | B | 90 | 9 | 81 | 10,00",
      " | Tổng cộng | 100 | 14 | 86 | 14,00",
    ]);
  });

  test("nothing is not zero", async () => {
    expect(
      await table(
        SIMPLE("      - { ten: A, dau: 10 }\n      - { ten: B, giam: 0 }\n      - { ten: C }"),
      ),
    ).toEqual([
      "1 | A | 10 |  | 10 | ",
      "2 | B |  | 0 | 0 | ",
      "3 | C |  |  |  | ",
      " | Tổng cộng | 10 | 0 | 10 | 0,00",
    ]);
  });

  test("groups carry the sum of their rows; parts (Trong đó) are not added; the outer marks are Roman", async () => {
    expect(
      await table(
        SIMPLE(`      - ten: Vùng cao
        rows:
          - { ten: A, dau: 10, giam: 1, includes: [{ ten: "Trong đó: DTTS", dau: 4 }] }
          - { ten: B, dau: 20, giam: 2 }
      - { ten: Vùng thấp, dau: 30, giam: 3 }
      - { note: Số liệu sơ bộ }`),
      ),
    ).toEqual([
      "I | Vùng cao | 30 | 3 | 27 | 10,00",
      "1 | A | 10 | 1 | 9 | 10,00",
      " | Trong đó: DTTS | 4 |  | 4 | ",
      "2 | B | 20 | 2 | 18 | 10,00",
      "II | Vùng thấp | 30 | 3 | 27 | 10,00",
      "Số liệu sơ bộ |  |  |  |  | ".replace("Số liệu sơ bộ |  |  |  |  | ", " |  |  |  |  | "),
      " | Tổng cộng | 60 | 6 | 54 | 10,00",
    ]);
  });

  test("sums may stand after their group, totals first", async () => {
    expect(
      await table(
        SIMPLE(
          "      - { ten: Nhóm, rows: [{ ten: A, dau: 4, giam: 1 }, { ten: B, dau: 6, giam: 1 }] }",
          "    groups: { sums: after }\n    total: { place: first, label: TỔNG SỐ }\n",
        ),
      ),
    ).toEqual([
      " | TỔNG SỐ | 10 | 2 | 8 | 20,00",
      "I | Nhóm |  |  |  | ",
      "1 | A | 4 | 1 | 3 | 25,00",
      "2 | B | 6 | 1 | 5 | 16,67",
      " | Cộng | 10 | 2 | 8 | 20,00",
    ]);
  });

  test("quantity times price is summed over four levels; price has no total", async () => {
    expect(
      await table(`  t:
    layout: estimate
    unit: đồng
    rows:
      - noi-dung: Đầu tư
        rows:
          - noi-dung: Mô hình
            rows:
              - { noi-dung: Chăn nuôi, rows: [{ noi-dung: Bò, dvt: con, so-luong: 2.5, don-gia: 18500000 }, { noi-dung: Cám, dvt: tấn, so-luong: 3, don-gia: 9200000 }] }
`),
    ).toEqual([
      "A | Đầu tư |  |  |  | 73.850.000 | ",
      "I | Mô hình |  |  |  | 73.850.000 | ",
      "1 | Chăn nuôi |  |  |  | 73.850.000 | ",
      "- | Bò | con | 2,5 | 18.500.000 | 46.250.000 | ",
      "- | Cám | tấn | 3 | 9.200.000 | 27.600.000 | ",
      " | Tổng cộng |  |  |  | 73.850.000 | ",
    ]);
  });

  test("big money is exact to the đồng", async () => {
    expect(
      (
        await table(`  t:
    columns: [{ id: a, title: A }, { id: b, title: B, kind: money }]
    rows: [{ a: x, b: 999999999999999 }, { a: "y", b: 999999999999999 }, { a: z, b: 0.1 }, { a: u, b: 0.2 }]
`)
      ).at(-1),
    ).toBe("Tổng cộng | 1.999.999.999.999.998,3");
  });

  test("a table of money alone is in the programme's unit when it does not say", async () => {
    const programme =
      "programme: { unit: tỷ đồng, sources: { tw: TW }, projects: [{ id: p, official: Dự án 1, title: T, funding: { tw: 3 } }] }\n";
    const text = (unit: string): string =>
      planWithTables(`  t: { layout: funding, ${unit}rows: programme }\n`, programme);
    expect(await makeText(text(""), "text")).toMatch(
      /Đơn vị tính: Tỷ đồng[\s\S]*Dự án 1: T\t3\t3/u,
    );
    expect(await makeText(text("unit: triệu đồng, "), "text")).toMatch(
      /Đơn vị tính: Triệu đồng[\s\S]*Dự án 1: T\t3\.000\t3\.000/u,
    );
  });

  test("a division of money keeps its decimals: two, or none in đồng, or as many as it says", async () => {
    const text = (unit: string, more = ""): string =>
      `  t: { unit: ${unit}, columns: [{ id: a, title: A, kind: money }, { id: c, title: C, kind: money, formula: a/3${more} }], rows: [{ a: 1.5 }, { a: 10 }] }\n`;
    expect(await table(text("triệu đồng"))).toEqual(["1,5 | 0,5", "10 | 3,33", "11,5 | 3,83"]);
    expect((await table(text("đồng", ", decimals: 1")))[1]).toBe("10 | 3,3");
    expect((await table(text("đồng")))[1]).toBe("10 | 3");
  });

  test("printed formulas keep their brackets; one with a number of its own is not printed", async () => {
    const text = `  t:
    columns: [{ id: a, title: A, kind: count }, { id: b, title: B, kind: count }, { id: c, title: C, kind: count, formula: (a+b)*a }, { id: d, title: D, kind: count, formula: a-(b-a), signed: true }, { id: e, title: E, kind: count, formula: a*2 }, { id: f, title: F, kind: percent, formula: a/b }]
    columnNumbers: true
    rows: [{ a: 1, b: 2 }]
`;
    expect(await makeText(planWithTables(text), "text")).toContain(
      "1\t2\t3=(1+2)x1\t4=1-(2-1)\t5\t6=1/2",
    );
  });

  test("rows that would have one name are numbered, so that no citation is ambiguous", async () => {
    const { tables } = await evaluated(
      planWithTables(
        SIMPLE("      - { ten: Xã Thanh An, dau: 1 }\n      - { ten: Xã Thạnh An, dau: 2 }"),
      ),
    );
    expect(tables.get("t")?.rows.map(({ name }) => name)).toEqual([
      "xa-thanh-an-1",
      "xa-thanh-an-2",
      "tong",
    ]);
  });

  test("dates and column numbers are printed as tables have them", async () => {
    expect(
      await table(
        "  t:\n    columns: [{ id: a, title: A, kind: date }]\n    rows: [{ a: 2024-03-05 }, { a: 5/11/2024 }, { a: 6/2024 }]\n",
      ),
    ).toEqual(["05/3/2024", "05/11/2024", "6/2024"]);
    expect(
      await table(
        "  t:\n    columns: [{ id: a, title: A }]\n    rows: [{ a: 2024-03-05 }, { a: trước 2024-03-05 }]\n",
      ),
    ).toEqual(["05/3/2024", "trước 2024-03-05"]);
    const text = await makeText(
      planWithTables(SIMPLE("      - { ten: A, dau: 1, giam: 1 }", "    columnNumbers: true\n")),
      "text",
    );
    expect(text).toContain("A\tB\t1\t2\t3=1-2\t4");
  });

  test("a formula by column numbers numbers the columns; its own number must be right", async () => {
    const text = (formula: string): string => `  t:
    columns: [{ id: xa, title: Xã }, { id: tong, title: Tổng, kind: money, formula: ${formula} }, { id: tw, title: TW, kind: money }, { id: dp, title: ĐP, kind: money }]
    rows: [{ xa: A, tw: 3, dp: 4 }]
`;
    expect(await table(text("1=2+3"))).toEqual(["A | 7 | 3 | 4", "Tổng cộng | 7 | 3 | 4"]);
    expect(await makeText(planWithTables(text("1 = 2 + 3")), "text")).toContain("A\t1=2+3\t2\t3");
    expect(await faults(text("3=1+2"))).toContain("column-number tables.t.columns[1].formula");
  });

  test.each([
    [
      "a sum that was typed and is not one",
      SIMPLE("      - { ten: N, dau: 11, rows: [{ ten: A, dau: 4 }, { ten: B, dau: 6 }] }"),
      ["sum tables.t.rows[0].dau"],
    ],
    [
      "a computed cell that was typed otherwise",
      SIMPLE("      - { ten: A, dau: 4, giam: 1, cuoi: 2 }"),
      ["formula-value tables.t.rows[0].cuoi"],
    ],
    [
      "a part greater than the whole",
      SIMPLE("      - { ten: A, dau: 4, includes: [{ ten: Trong đó, dau: 5 }] }"),
      ["part-over-whole tables.t.rows[0].includes[0].dau"],
    ],
    [
      "a column that is not there",
      SIMPLE("      - { ten: A, dauu: 4 }"),
      ["unknown-column tables.t.rows[0].dauu"],
    ],
    [
      "text among numbers",
      SIMPLE('      - { ten: A, dau: "4.034" }'),
      ["text-in-number tables.t.rows[0].dau"],
    ],
    ["a negative number", SIMPLE("      - { ten: A, dau: -4 }"), ["negative tables.t.rows[0].dau"]],
    [
      "more fall than start",
      SIMPLE("      - { ten: A, dau: 4, giam: 5 }"),
      ["negative tables.t.rows[0].cuoi"],
    ],
    [
      "half a household",
      SIMPLE("      - { ten: A, dau: 4.5 }"),
      ["too-many-decimals tables.t.rows[0].dau"],
    ],
    [
      "a circle of formulas",
      "  t:\n    columns: [{ id: a, title: A, kind: count, formula: b+1 }, { id: b, title: B, kind: count, formula: a+1 }]\n    rows: []\n",
      ["formula-circle tables.t.columns[0].formula"],
    ],
    [
      "a formula that names nothing",
      "  t:\n    columns: [{ id: a, title: A, kind: count, formula: x+1 }]\n    rows: []\n",
      ["formula tables.t.columns[0].formula"],
    ],
    [
      "a rate times a hundred twice",
      "  t:\n    columns: [{ id: a, title: A, kind: count }, { id: b, title: B, kind: percent, formula: a/a*100 }]\n    rows: []\n",
      ["percent-twice tables.t.columns[1].formula"],
    ],
    [
      "a day that is none",
      "  t:\n    columns: [{ id: a, title: A, kind: date }]\n    rows: [{ a: 30/2/2024 }]\n",
      ["wrong-date tables.t.rows[0].a"],
    ],
    [
      "a column given twice",
      "  t:\n    columns: [{ id: a, title: A }, { id: a, title: B }]\n    rows: []\n",
      ["column-twice tables.t.columns"],
    ],
    [
      "tables that need each other",
      "  t:\n    columns: [{ id: a, title: A, kind: count, declared: u.tong.a }]\n    rows: [{ a: 1 }]\n  u:\n    columns: [{ id: a, title: A, kind: count, declared: t.tong.a }]\n    rows: [{ a: 1 }]\n",
      ["table-circle tables.u.columns[0].declared"],
    ],
  ])("%s is found where it stands", async (_name, text, expected) => {
    expect(await faults(text)).toEqual(expected);
  });

  test("a total that was declared must come out", async () => {
    const declared = (value: string): string =>
      `  t:\n    columns: [{ id: a, title: A }, { id: b, title: B, kind: money, declared: ${value} }]\n    rows: [{ a: x, b: 3 }, { a: "y", b: 4 }]\n`;
    expect(await faults(declared("7"))).toEqual([]);
    expect(await faults(declared("8"))).toEqual(["declared-total tables.t.columns[1].declared"]);
    expect(await faults(declared("figures.n"), "figures: { n: { value: 7 } }\n")).toEqual([]);
    expect((await findings(planWithTables(declared("8")))).join("\n")).toContain(
      "cộng lại là 7, đã công bố 8: lệch -1",
    );
  });
});

const UNITS = (
  allocate: string,
  rows = "[{ xa: A, ho: 3 }, { xa: B, ho: 2 }, { xa: C, ho: 2 }]",
): string => `  t:
    columns: [{ id: xa, title: Xã }, { id: ho, title: Hộ, kind: count }, { id: chia, title: Chia, kind: money, allocate: ${allocate} }]
    rows: ${rows}
`;

describe("allocation in a plan", () => {
  test.each([
    ["{ total: 10, by: ho }", ["A | 3 | 4", "B | 2 | 3", "C | 2 | 3"]],
    ["{ total: 1, by: ho, step: 0.1 }", ["A | 3 | 0,4", "B | 2 | 0,3", "C | 2 | 0,3"]],
    ["{ total: 9, by: equal }", ["A | 3 | 3", "B | 2 | 3", "C | 2 | 3"]],
    ["{ total: 10, by: ho, fixed: { a: 8 } }", ["A | 3 | 8", "B | 2 | 1", "C | 2 | 1"]],
    ["{ total: 10, by: ho, exclude: [B] }", ["A | 3 | 6", "B | 2 | ", "C | 2 | 4"]],
    [
      "{ total: 10, by: ho, floor: 1, ceiling: ho, fixed: { A: 6 } }",
      ["A | 3 | 6", "B | 2 | 2", "C | 2 | 2"],
    ],
    [
      "{ total: 10, criteria: [{ of: ho, coefficient: 0.5 }], method: dhondt }",
      ["A | 3 | 4", "B | 2 | 3", "C | 2 | 3"],
    ],
    ["{ total: figures.n, by: ho }", ["A | 3 | 4", "B | 2 | 3", "C | 2 | 3"]],
  ])("%s", async (allocate, rows) => {
    expect((await table(UNITS(allocate), "figures: { n: { value: 10 } }\n")).slice(0, 3)).toEqual(
      rows,
    );
  });

  test.each([
    ["{ total: 10, by: ho, floor: 4 }", "allocation tables.t.columns[2].allocate"],
    ["{ total: 10, by: ho, ceiling: ho }", "allocation tables.t.columns[2].allocate"],
    ["{ total: 10.5, by: ho }", "allocation tables.t.columns[2].allocate.total"],
    ["{ total: 10, by: hoo }", "unknown-column tables.t.columns[2].allocate"],
    ["{ total: 10, by: ho, exclude: [D] }", "unit-unknown tables.t.columns[2].allocate.exclude"],
    ["{ total: 10, by: xa }", "not-a-number tables.t.columns[2].allocate"],
    ["{ total: 10, by: chia }", "formula-circle tables.t.columns[2].allocate"],
    ["{ total: figures.x, by: ho }", "unknown-number tables.t.columns[2].allocate.total"],
    ["{ total: t.tong.chia, by: ho }", "table-circle tables.t.columns[2].allocate.total"],
  ])("%s is refused: %s", async (allocate, expected) => {
    expect(await faults(UNITS(allocate))).toEqual([expected]);
  });

  test("one mistake, one finding: what follows from it is not told", async () => {
    const text = UNITS("{ total: 10, by: ho }", "[{ xa: A, ho: nhiều }]").replace(
      "kind: count }",
      "kind: count, declared: 7 }",
    );
    const more =
      "  u:\n    key: xa\n    columns: [{ id: xa, title: Xã }, { id: ho, title: Hộ, kind: count }, { id: c, title: Chia, kind: money, allocate: { total: 5, by: ho } }]\n    rows: { from: t }\n";
    expect(await faults(`${text}${more}`)).toEqual(["text-in-number tables.t.rows[0].ho"]);
  });

  test("a unit twice, one missing, one unknown", async () => {
    const rows = '[{ xa: A, ho: 3 }, { xa: "a ", ho: 2 }, { xa: D, ho: 2 }]\n    assignees: [A, B]';
    expect(await faults(UNITS("{ total: 10, by: ho }", rows))).toEqual([
      "unit-twice tables.t.rows[1].xa",
      "unit-missing tables.t.assignees",
      "unit-unknown tables.t.rows[2].xa",
    ]);
  });

  test("communes of two districts may have one name; within a district they may not", async () => {
    const rows = (second: string): string =>
      `[{ xa: Huyện A, rows: [{ xa: Tân Hưng, ho: 3 }, { xa: ${second}, ho: 4 }] }, { xa: Huyện B, rows: [{ xa: Tân Hưng, ho: 3 }] }]`;
    const text = UNITS("{ total: 10, by: ho }", rows("Bình"));
    expect(await table(text)).toEqual([
      "Huyện A | 7 | 7",
      "Tân Hưng | 3 | 3",
      "Bình | 4 | 4",
      "Huyện B | 3 | 3",
      "Tân Hưng | 3 | 3",
      "Tổng cộng | 10 | 10",
    ]);
    const { tables } = await evaluated(planWithTables(text));
    expect(unitNames(tables)).toEqual(["Tân Hưng (Huyện A)", "Bình", "Tân Hưng (Huyện B)"]);
    expect(tables.get("t")?.rows.map(({ name }) => name)).toEqual([
      "huyen-a",
      "huyen-a-tan-hung",
      "binh",
      "huyen-b",
      "huyen-b-tan-hung",
      "tong",
    ]);
    expect(await faults(UNITS("{ total: 10, by: ho }", rows("tân  hưng")))).toContain(
      "unit-twice tables.t.rows[0].rows[1].xa",
    );
    // Taken over by another table, they stay apart, in the same groups.
    expect(
      await table(
        `${text}  u: { columns: [{ id: xa, title: Xã }, { id: chia, title: Chia, kind: money }], rows: { from: t } }\n`,
      ),
    ).toEqual([
      "Huyện A | 7",
      "Tân Hưng (Huyện A) | 3",
      "Bình | 4",
      "Huyện B | 3",
      "Tân Hưng (Huyện B) | 3",
      "Tổng cộng | 10",
    ]);
    expect(await faults(`${text}    groups: { by: huyn }\n`)).toContain(
      "unknown-column tables.t.groups.by",
    );
  });

  test("a number typed where the allocation gives another is a finding", async () => {
    expect(
      await faults(UNITS("{ total: 10, by: ho }", "[{ xa: A, ho: 3, chia: 5 }, { xa: B, ho: 3 }]")),
    ).toEqual([]);
    expect(
      await faults(UNITS("{ total: 10, by: ho }", "[{ xa: A, ho: 3, chia: 6 }, { xa: B, ho: 3 }]")),
    ).toEqual(["typed-divided tables.t.rows[0].chia"]);
  });

  test("two ways: rows and columns both hold, by given totals or by a ratio; what cannot be is said", async () => {
    const text = (split: string): string => `  t:
    columns:
      - { id: xa, title: Xã }
      - { id: tong, title: Tổng, kind: money }
      - { title: Nguồn, split: ${split}, columns: [{ id: tw, title: TW, kind: money }, { id: dp, title: ĐP, kind: money }] }
    key: xa
    rows: [{ xa: A, tong: 5 }, { xa: B, tong: 5 }, { xa: C, tong: 1 }]
`;
    expect(await table(text("{ of: tong, totals: { tw: 8, dp: 3 } }"))).toEqual([
      "A | 5 | 3 | 2",
      "B | 5 | 4 | 1",
      "C | 1 | 1 | 0",
      "Tổng cộng | 11 | 8 | 3",
    ]);
    expect((await table(text("{ of: tong, ratio: { tw: 100, dp: 10 } }"))).at(-1)).toBe(
      "Tổng cộng | 11 | 10 | 1",
    );
    expect(await faults(text("{ of: tong, totals: { tw: 8, dp: 4 } }"))).toEqual([
      "split tables.t.columns[2].split",
    ]);
    expect(await faults(text("{ of: tong, totals: { tw: 11 } }"))).toEqual([
      "split tables.t.columns[2].split.totals",
    ]);
  });

  test("a split needs no key; a funding table takes the names of a table that calls them otherwise, and asks for a programme", async () => {
    expect(
      await table(
        "  t:\n    columns: [{ id: xa, title: Xã }, { id: dau, title: Đầu, kind: count }, { title: Chia, split: { of: dau, ratio: { x: 1, y: 2 } }, columns: [{ id: x, title: X, kind: count }, { id: y, title: Y, kind: count }] }]\n    rows: [{ xa: A, dau: 1 }, { xa: B, dau: 2 }]\n",
      ),
    ).toEqual(["A | 1 | 0 | 1", "B | 2 | 1 | 1", "Tổng cộng | 3 | 1 | 2"]);
    const funding =
      "  a: { key: xa, columns: [{ id: xa, title: Xã }, { id: dau, title: Hộ, kind: count }], rows: [{ xa: Xã A, dau: 10 }, { xa: Xã B, dau: 30 }] }\n  k: { layout: funding, spread: { by: dau }, rows: { from: a, projects: true } }\n";
    const programme =
      "programme: { unit: triệu đồng, sources: { tw: TW }, projects: [{ id: p, official: Dự án 1, title: T, funding: { tw: 8 } }] }\n";
    expect(await table(funding, programme)).toEqual([
      "I | Dự án 1: T | 8 | 8",
      "1 | Xã A | 2 | 2",
      "2 | Xã B | 6 | 6",
      " | Tổng cộng | 8 | 8",
    ]);
    expect(await faults(funding)).toContain("no-programme tables.k.layout");
  });

  test("an excluded unit has nothing, in its extract and in the sum of all", async () => {
    const { tables } = await evaluated(
      planWithTables(
        UNITS(
          "{ total: 10, by: ho, exclude: [B] }",
          "[{ xa: Huyện, rows: [{ xa: A, ho: 3 }, { xa: B, ho: 2 }, { xa: C, ho: 2 }] }]",
        ),
      ),
    );
    const dataTable = tables.get("t");
    if (!dataTable) throw new Error("no table");
    const shares = unitNames(tables).map(
      (unit) => new Map([["t", unitShare(dataTable, unit) ?? dataTable]]),
    );
    expect(printTable(shares[1]?.get("t"))).toEqual(["Huyện | 2 | ", "B | 2 | "]);
    expect(reconcile(tables.values(), shares).every(({ agrees }) => agrees)).toBe(true);
  });

  test("a task with several leads is each one's; a count in a table of money is in no unit of money", async () => {
    const { tables } = await evaluated(
      planWithTables(
        '  t: { layout: tasks, key: chu-tri, allAssignees: các xã, rows: [{ noi-dung: Một, chu-tri: "Xã A, Xã B" }, { noi-dung: Hai, chu-tri: các xã }, { noi-dung: Ba, chu-tri: Xã C và Xã B }] }\n',
      ),
    );
    const dataTable = tables.get("t");
    const tasks = (unit: string): unknown =>
      dataTable && unitShare(dataTable, unit)?.rows.map(({ cells }) => cells[1]);
    expect(["Xã A", "Xã B", "Xã C"].map(tasks)).toEqual([
      ["Một", "Hai"],
      ["Một", "Hai", "Ba"],
      ["Hai", "Ba"],
    ]);
    const money = await evaluated(
      planWithTables(
        "  t: { unit: triệu đồng, columns: [{ id: h, title: Hộ, kind: count }, { id: m, title: Tiền, kind: money }], rows: [{ h: 1, m: 2 }] }\n",
      ),
    );
    expect(money.tables.get("t")?.columns.map(({ unit }) => unit)).toEqual([null, "triệu đồng"]);
  });

  test("random tables: every total comes out, whatever the order of rows", async () => {
    const rows = fc.uniqueArray(
      fc.record({
        name: fc.integer({ min: 0, max: 999 }),
        weight: fc.integer({ min: 0, max: 50 }),
      }),
      { minLength: 2, maxLength: 12, selector: ({ name }) => name },
    );
    await fc.assert(
      fc.asyncProperty(rows, fc.integer({ min: 0, max: 500 }), async (units, total) => {
        fc.pre(units.some(({ weight }) => weight > 0));
        const text = (
          list: readonly { readonly name: number; readonly weight: number }[],
        ): string =>
          UNITS(
            `{ total: ${total}, by: ho }`,
            `[${list.map(({ name, weight }) => `{ xa: x${name}, ho: ${weight} }`).join(", ")}]`,
          );
        const [one, other] = [await table(text(units)), await table(text([...units].reverse()))];
        expect(one.at(-1)).toBe(
          `Tổng cộng | ${formatDecimal(addDecimals(units.map(({ weight }) => decimalOf(weight))))} | ${formatDecimal(decimalOf(total))}`,
        );
        expect(other.slice(0, -1).sort()).toEqual(one.slice(0, -1).sort());
      }),
      { numRuns: 300 },
    );
  });
});

describe("one source of numbers", () => {
  const plan = (body: string, funding = "{ nstw: kp.tong.nstw, hd: null }"): string => `kehoach: 1
issuer: { name: Sở Nội vụ }
date: { year: 2024 }
subject: Thử
programme: { unit: triệu đồng, sources: { nstw: Trung ương, hd: Khác }, projects: [{ id: da1, official: Dự án 1, title: X, funding: ${funding} }] }
tables:
  kp: { unit: triệu đồng, key: xa, columns: [{ id: xa, title: Xã }, { id: nstw, title: TW, kind: money }, { id: ho, title: Hộ, kind: count, unit: hộ }], rows: [{ xa: Xã An Khương, nstw: 1250.5, ho: 4 }, { xa: B, nstw: 249.5, ho: 3 }] }
body:
  - "${body}"
`;

  test.each([
    ["{{tien kp.tong.nstw}}", "1.500 triệu đồng"],
    ["{{tien kp.tong.nstw đồng}}", "1.500.000.000 đồng"],
    ["{{so kp.tong.nstw}}", "1.500"],
    ["{{kp.tong.ho}}", "7 hộ"],
    ["{{kp.xa-an-khuong.nstw}}", "1.250,5 triệu đồng"],
    ["{{tien da1.nstw}}", "1.500 triệu đồng"],
    ["{{tien tong tỷ}}", "1,5 tỷ đồng"],
  ])("%s reads %s", async (citation, words) => {
    expect(await makeText(plan(`Số: ${citation}.`), "text")).toContain(`Số: ${words}.`);
  });

  test("a cell that is not there is told with the nearest", async () => {
    expect((await findings(plan("{{kp.tong.nstww}}"))).join("\n")).toMatch(
      /unknown-cell .*“kp\.tong\.nstww”/u,
    );
    expect((await findings(plan("x", "{ nstw: kp.tong.tw }"))).join("\n")).toMatch(
      /unknown-number .*“kp\.tong\.tw”/u,
    );
  });

  test("what units are given adds up to the plan's totals", async () => {
    for (const { name, text } of fixtures()) {
      if (!text.includes("\ntables:")) continue;
      const { tables, problems } = await evaluated(text);
      expect({ name, problems }).toEqual({ name, problems: [] });
      const units = unitNames(tables);
      expect(units.length).toBeGreaterThan(12);
      const keyed = [...tables.values()].filter(({ key }) => key !== null);
      const shares = units.map(
        (unit) =>
          new Map(
            keyed.flatMap((dataTable) => {
              const share = unitShare(dataTable, unit);
              return share === null ? [] : [[dataTable.id, share] as const];
            }),
          ),
      );
      const compared = reconcile(keyed, shares);
      expect(compared.length).toBeGreaterThan(5);
      expect(compared.filter(({ agrees }) => !agrees)).toEqual([]);
    }
  });
});

describe("the announced appendices", () => {
  const totals = async (name: string): Promise<Record<string, Record<string, string>>> => {
    const fixture = fixtures().find((one) => one.name === name);
    const { tables } = await evaluated(fixture?.text ?? "");
    return Object.fromEntries(
      [...tables].map(([id, { columns, totals: list }]) => [
        id,
        Object.fromEntries(
          columns.flatMap(({ spec }, index) => {
            const value = list[index];
            return isNumber(value) && spec.show ? [[spec.id, formatDecimal(value)]] : [];
          }),
        ),
      ]),
    );
  };

  test("Hớn Quản 2024: 12 communes and a town; 125 poor households, 68 = 43 + 25; 4.034 = 3.507 + 176 + 351", async () => {
    expect(await totals("hon-quan-2024")).toEqual({
      "chi-tieu": {
        "tong-ho": "28.420",
        dau: "125",
        "dau-dtts": "52",
        "dau-kinh": "73",
        "ty-le-dau": "0,44",
        giam: "68",
        "giam-dtts": "43",
        "giam-kinh": "25",
        cuoi: "57",
        "ty-le-cuoi": "0,2",
      },
      "kinh-phi": { tong: "4.034", tw: "3.507", tinh: "176", huyen: "351" },
    });
    const { tables } = await evaluated(
      fixtures().find(({ name }) => name === "hon-quan-2024")?.text ?? "",
    );
    expect(unitNames(tables)).toHaveLength(13);
  });

  test("Bảo Yên 2022: 7.604 = 6.220 + 623 + 761, in the summary and over the five appendices of projects", async () => {
    const all = await totals("bao-yen-2022");
    expect(all["tong-hop"]).toEqual({ tong: "7.604", tw: "6.220", dp: "623", hd: "761" });
    const parts = ["da2", "da3", "da4", "da6", "da7"].map((id) => all[`kinh-phi-${id}`] ?? {});
    const sum = (column: string): string =>
      formatDecimal(
        addDecimals(
          parts.flatMap((part) =>
            part[column] === undefined ? [] : [decimalOf(Number(part[column].replaceAll(".", "")))],
          ),
        ),
      );
    expect(["tong", "tw", "dp", "hd"].map(sum)).toEqual(["7.604", "6.220", "623", "761"]);
  });

  test("in the funding table each commune's sources add up to its total, in every project", async () => {
    const { tables } = await evaluated(
      fixtures().find(({ name }) => name === "hon-quan-2024")?.text ?? "",
    );
    const dataTable = tables.get("kinh-phi");
    const place = (id: string): number =>
      dataTable?.columns.findIndex(({ spec }) => spec.id === id) ?? -1;
    for (const row of dataTable?.rows ?? []) {
      const number = (id: string): ReturnType<typeof decimalOf> => {
        const value = row.cells[place(id)];
        return isNumber(value) ? value : decimalOf(0);
      };
      expect(decimalsEqual(addDecimals(["tw", "tinh", "huyen"].map(number)), number("tong"))).toBe(
        true,
      );
    }
    expect(dataTable?.rows).toHaveLength(5 * 14 + 1);
  });
});

test("every ready table is built, wide ones across the page", async () => {
  const made = await make(
    (await import("node:fs")).readFileSync("fixtures/allocation/phan-bo-2024.yaml", "utf8"),
    ["tree", "text"],
    "fixtures/allocation/phan-bo-2024.yaml",
  );
  if (!made.ok) throw new Error(JSON.stringify(made.problems));
  const tree = new TextDecoder().decode(made.value.files.get("tree"));
  expect(
    [...tree.matchAll(/^section (\S+)( landscape)?/gmu)].map(
      (match) => `${match[1]}${match[2] ?? ""}`,
    ),
  ).toEqual([
    "body",
    "chi-tieu",
    "kinh-phi",
    "nhiem-vu landscape",
    "du-toan",
    "cac-nam",
    "van-ban",
    "bao-cao",
  ]);
  const text = new TextDecoder().decode(made.value.files.get("text"));
  expect(text).toContain(
    "Toàn huyện giảm 68 hộ nghèo, từ 125 hộ đầu năm còn 57 hộ cuối năm; tỷ lệ hộ nghèo còn 0,20%.",
  );
});
