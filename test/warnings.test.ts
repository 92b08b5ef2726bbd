import { describe, expect, test } from "@jest/globals";
import { openPlan } from "../src/roads/build.js";
import { productWorld, line, smallPlan } from "./support/product.js";

/** What is said of a plan that can be built, one a line: "plan.yaml:3:5 code message". */
async function warnings(text: string): Promise<string[]> {
  const opened = await openPlan(
    {
      file: "plan.yaml",
      text,
      profile: null,
      readSibling: () => ({ ok: true, value: new Uint8Array(), problems: [] }),
    },
    productWorld(),
  );
  if (!opened.ok) throw new Error(opened.problems.map(line).join("\n"));
  expect(opened.problems.every(({ severity, hint }) => severity === "warning" && hint)).toBe(true);
  return opened.problems.map(line);
}
const codes = async (text: string): Promise<string[]> =>
  (await warnings(text)).map((one) => one.replace(/^plan\.yaml:(\d+):\d+ (\S+) .*$/u, "$1 $2"));

describe("totals typed into a table", () => {
  const table = (rows: string): string =>
    smallPlan(
      `  - table:\n      columns: [{ title: TT }, { title: Nội dung }, { title: Số lượng }]\n      rows:\n${rows
        .split("\n")
        .map((row) => `        - ${row}`)
        .join("\n")}`,
    );

  test("rows below rows are not counted twice", async () => {
    expect(
      await warnings(
        table(
          '[1, Trồng rừng, "30"]\n[2, Chăm sóc, "20"]\n["2.1", Năm đầu, "12"]\n["2.2", Năm sau, "8"]\n{ kind: total, cells: [null, Cộng, "50"] }',
        ),
      ),
    ).toEqual([]);
  });

  test("a group that is not the sum of its rows is told at its row", async () => {
    expect(
      await warnings(
        table(
          '[I, Trồng rừng, "31"]\n[1, Bảo Hà, "20"]\n[2, Kim Sơn, "12"]\n[II, Chăm sóc, "9"]\n{ kind: total, cells: [null, Cộng, "40"] }',
        ),
      ),
    ).toEqual([
      "plan.yaml:10:11 typed-total bảng, cột “Số lượng”: cộng nhóm ghi 31, các dòng cộng lại 32",
    ]);
  });

  test("a group whose rows are not all numbers may say more than they do", async () => {
    expect(
      await warnings(
        table(
          '[I, Trồng rừng, "31"]\n[1, Bảo Hà, "20"]\n[2, Kim Sơn, "-"]\n[II, Chăm sóc, "9"]\n{ kind: total, cells: [null, Cộng, "40"] }',
        ),
      ),
    ).toEqual([]);
  });

  test("a wrong total is told at its row, in a project too", async () => {
    const rows =
      '          - [1, Bảo Hà, "20"]\n          - [2, Kim Sơn, "1.012,5"]\n          - { kind: total, cells: [null, Cộng, "1.033"] }';
    const text = smallPlan(
      "  - programme: all",
      `programme:\n  name: Trồng rừng\n  unit: triệu đồng\n  sources: { tinh: Ngân sách tỉnh }\n  projects:\n    - id: da1\n      official: Dự án 1\n      title: Ươm giống\n      body:\n        - table:\n            columns: [{ title: TT }, { title: Xã }, { title: Diện tích }]\n            rows:\n${rows.replace(/^/gmu, "    ")}`,
    );
    expect(await warnings(text)).toEqual([
      "plan.yaml:19:17 typed-total bảng, cột “Diện tích”: dòng tổng ghi 1.033, các dòng cộng lại 1.032,5",
    ]);
  });
});

describe("a programme on paper", () => {
  const programme = (projects: string): string =>
    `programme:\n  name: Trồng rừng\n  unit: triệu đồng\n  sources: { tw: Ngân sách trung ương, tinh: Ngân sách tỉnh }\n  projects:\n${projects}`;
  const FIRST =
    "    - { id: da1, official: Dự án da1, title: Ươm giống, funding: { tw: 5, tinh: 2 } }";
  const SECOND = "    - { id: da2, official: Dự án da2, title: Chăm sóc, funding: { tw: 3 } }";

  test("a project that counts in the sums and is printed nowhere", async () => {
    expect(
      await codes(smallPlan("  - programme: [da1]", programme(`${FIRST}\n${SECOND}`))),
    ).toEqual(["11 project-unprinted"]);
    expect(
      await warnings(smallPlan("  - programme: [da1, da2]", programme(`${FIRST}\n${SECOND}`))),
    ).toEqual([]);
    expect(
      await warnings(smallPlan("  - programme: all", programme(`${FIRST}\n${SECOND}`))),
    ).toEqual([]);
    // A plan that prints sums alone prints no project on purpose.
    expect(
      await warnings(
        smallPlan('  - "Tổng kinh phí: {{tien tong}}."', programme(`${FIRST}\n${SECOND}`)),
      ),
    ).toEqual([]);
  });

  test("a project whose money a table or a sentence shows is printed", async () => {
    const both = programme(`${FIRST}\n${SECOND}`);
    expect(
      await warnings(
        smallPlan(
          "  - programme: [da1]\n  - table: kinh-phi",
          `${both}\ntables:\n  kinh-phi: { layout: funding, rows: programme }`,
        ),
      ),
    ).toEqual([]);
    expect(
      await warnings(
        smallPlan('  - programme: [da1]\n  - "Chăm sóc rừng: {{tien da2.tw}}."', both),
      ),
    ).toEqual([]);
    expect(await warnings(smallPlan("  - programme: [da1]\n  - funding: da2", both))).toEqual([]);
    // What costs nothing is in no sum.
    expect(
      await warnings(smallPlan("  - programme: [da1]", both.replace(", funding: { tw: 3 }", ""))),
    ).toEqual([]);
  });

  test("a project that is not printed does not print its sub-projects", async () => {
    const parts = programme(
      `    - id: da1\n      official: Dự án 1\n      title: Ươm giống\n      projects:\n        - { id: da1-1, official: Tiểu dự án 1, title: Vườn, funding: { tw: 5 } }\n${SECOND}`,
    );
    expect(await codes(smallPlan("  - programme: [da2]", parts))).toEqual(["14 project-unprinted"]);
  });

  test("sub-projects come with the project that prints them", async () => {
    const parts = `    - id: da1\n      official: Dự án 1\n      title: Ươm giống\n      projects:\n        - { id: da1-1, official: Dự án da1-1, title: Vườn, funding: { tw: 5 } }\n${SECOND}`;
    expect(await warnings(smallPlan("  - programme: [da1, da2]", programme(parts)))).toEqual([]);
  });

  test("a source whose money the project's own text does not say", async () => {
    const own = (text: string): string =>
      smallPlan(
        "  - programme: all",
        programme(
          `    - id: da1\n      official: Dự án 1\n      title: Ươm giống\n      funding: { tw: 5, tinh: 2 }\n      body: ["${text}"]`,
        ),
      );
    expect(await codes(own("Ngân sách trung ương: {{tien da1.tw}}."))).toEqual([
      "13 source-unsaid",
    ]);
    expect(
      await warnings(
        own("Ngân sách trung ương: {{tien da1.tw}}; ngân sách tỉnh: {{tien da1.tinh}}."),
      ),
    ).toEqual([]);
    expect(
      await warnings(own("Ngân sách trung ương: {{tien da1.tw}}; ngân sách tỉnh: 2 triệu đồng.")),
    ).toEqual([]);
    expect(await warnings(own("Ươm giống trong vườn ươm của huyện."))).toEqual([]);
  });

  test("what a project declares is compared with what its sources add up to", async () => {
    expect(
      await codes(
        smallPlan(
          "  - programme: all",
          programme(
            "    - { id: da1, official: Dự án da1, title: Ươm giống, funding: { tw: 5, tinh: 2 }, declared: { tong: 8 } }",
          ),
        ),
      ),
    ).toEqual(["10 declared-differs"]);
    // Of a project without money nothing is known.
    expect(
      await warnings(
        smallPlan(
          "  - programme: all",
          programme(`${FIRST}\n    - { id: da2, official: Dự án da2, title: Chăm sóc }`).replace(
            "  projects:",
            "  declared: { tong: 9 }\n  projects:",
          ),
        ),
      ),
    ).toEqual([]);
  });
});
