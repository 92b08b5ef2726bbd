import { describe, expect, test } from "@jest/globals";
import { succeed } from "../src/base/diagnostic.js";
import { withPlan } from "../src/roads/open-plan.js";
import { yaml } from "./support/dedent.js";
import { productWorld, line, smallPlan } from "./support/product.js";

/** What is said of a plan that can be built, one a line: "plan.yaml:3:5 code message". */
async function warnings(text: string): Promise<string[]> {
  const opened = await withPlan(
    {
      file: "plan.yaml",
      text,
      profile: null,
      readSibling: () => ({ ok: true, value: new Uint8Array(), problems: [] }),
    },
    productWorld(),
    async () => succeed(null),
  );
  if (!opened.ok) throw new Error(opened.problems.map(line).join("\n"));
  expect(opened.problems.every(({ severity, hint }) => severity === "warning" && hint)).toBe(true);
  return opened.problems.map(line);
}
const codes = async (text: string): Promise<string[]> =>
  (await warnings(text)).map((one) => one.replace(/^plan\.yaml:(\d+):\d+ (\S+) .*$/u, "$1 $2"));

describe("totals typed into a table", () => {
  const table = (rows: string): string =>
    smallPlan(yaml`
      - table:
          columns: [{ title: TT }, { title: Nội dung }, { title: Số lượng }]
          rows:
            ${rows}
    `);

  test("rows below rows are not counted twice", async () => {
    expect(
      await warnings(
        table(yaml`
          - [1, Trồng rừng, "30"]
          - [2, Chăm sóc, "20"]
          - ["2.1", Năm đầu, "12"]
          - ["2.2", Năm sau, "8"]
          - { kind: total, cells: [null, Cộng, "50"] }
        `),
      ),
    ).toEqual([]);
  });

  test("a group that is not the sum of its rows is told at its row", async () => {
    expect(
      await warnings(
        table(yaml`
          - [I, Trồng rừng, "31"]
          - [1, Bảo Hà, "20"]
          - [2, Kim Sơn, "12"]
          - [II, Chăm sóc, "9"]
          - { kind: total, cells: [null, Cộng, "40"] }
        `),
      ),
    ).toEqual([
      "plan.yaml:10:11 typed-total bảng, cột “Số lượng”: cộng nhóm ghi 31, các dòng cộng lại 32",
    ]);
  });

  test("a group whose rows are not all numbers may say more than they do", async () => {
    expect(
      await warnings(
        table(yaml`
          - [I, Trồng rừng, "31"]
          - [1, Bảo Hà, "20"]
          - [2, Kim Sơn, "-"]
          - [II, Chăm sóc, "9"]
          - { kind: total, cells: [null, Cộng, "40"] }
        `),
      ),
    ).toEqual([]);
  });

  test("a wrong total is told at its row, in a project too", async () => {
    const text = smallPlan(
      "- programme: all",
      yaml`
        programme:
          name: Trồng rừng
          unit: triệu đồng
          sources: { tinh: Ngân sách tỉnh }
          projects:
            - id: da1
              official: Dự án 1
              title: Ươm giống
              body:
                - table:
                    columns: [{ title: TT }, { title: Xã }, { title: Diện tích }]
                    rows:
                      - [1, Bảo Hà, "20"]
                      - [2, Kim Sơn, "1.012,5"]
                      - { kind: total, cells: [null, Cộng, "1.033"] }
      `,
    );
    expect(await warnings(text)).toEqual([
      "plan.yaml:19:17 typed-total bảng, cột “Diện tích”: dòng tổng ghi 1.033, các dòng " +
        "cộng lại 1.032,5",
    ]);
  });
});

describe("a programme on paper", () => {
  const programme = (...projects: readonly string[]): string => yaml`
    programme:
      name: Trồng rừng
      unit: triệu đồng
      sources: { tw: Ngân sách trung ương, tinh: Ngân sách tỉnh }
      projects:
        ${projects.join("\n")}
  `;
  const FIRST = "- { id: da1, official: Dự án da1, title: Ươm giống, funding: { tw: 5, tinh: 2 } }";
  const SECOND = "- { id: da2, official: Dự án da2, title: Chăm sóc, funding: { tw: 3 } }";
  const BOTH = programme(FIRST, SECOND);

  test("a project that counts in the sums and is printed nowhere", async () => {
    expect(await codes(smallPlan("- programme: [da1]", BOTH))).toEqual(["11 project-unprinted"]);
    expect(await warnings(smallPlan("- programme: [da1, da2]", BOTH))).toEqual([]);
    expect(await warnings(smallPlan("- programme: all", BOTH))).toEqual([]);
    // A plan that prints sums alone prints no project on purpose.
    expect(await warnings(smallPlan('- "Tổng kinh phí: {{tien tong}}."', BOTH))).toEqual([]);
  });

  test("a project whose money a table or a sentence shows is printed", async () => {
    const table = yaml`
      tables:
        kinh-phi: { layout: funding, rows: programme }
    `;
    const shown = (line: string): string => yaml`
      - programme: [da1]
      - ${line}
    `;
    expect(await warnings(smallPlan(shown("table: kinh-phi"), `${BOTH}\n${table}`))).toEqual([]);
    expect(await warnings(smallPlan(shown('"Chăm sóc rừng: {{tien da2.tw}}."'), BOTH))).toEqual([]);
    expect(await warnings(smallPlan(shown("funding: da2"), BOTH))).toEqual([]);
    // What costs nothing is in no sum.
    const free = BOTH.replace(", funding: { tw: 3 }", "");
    expect(await warnings(smallPlan("- programme: [da1]", free))).toEqual([]);
  });

  const withPart = (official: string): string => yaml`
    - id: da1
      official: Dự án 1
      title: Ươm giống
      projects:
        - { id: da1-1, official: ${official}, title: Vườn, funding: { tw: 5 } }
  `;

  test("a project that is not printed does not print its sub-projects", async () => {
    const parts = programme(withPart("Tiểu dự án 1"), SECOND);
    expect(await codes(smallPlan("- programme: [da2]", parts))).toEqual(["14 project-unprinted"]);
  });

  test("sub-projects come with the project that prints them", async () => {
    const parts = programme(withPart("Dự án da1-1"), SECOND);
    expect(await warnings(smallPlan("- programme: [da1, da2]", parts))).toEqual([]);
  });

  test("a source whose money the project's own text does not say", async () => {
    const saying = (text: string): string =>
      smallPlan(
        "- programme: all",
        programme(yaml`
          - id: da1
            official: Dự án 1
            title: Ươm giống
            funding: { tw: 5, tinh: 2 }
            body: ["${text}"]
        `),
      );
    expect(await codes(saying("Ngân sách trung ương: {{tien da1.tw}}."))).toEqual([
      "13 source-unsaid",
    ]);
    for (const text of [
      "Ngân sách trung ương: {{tien da1.tw}}; ngân sách tỉnh: {{tien da1.tinh}}.",
      "Ngân sách trung ương: {{tien da1.tw}}; ngân sách tỉnh: 2 triệu đồng.",
      "Ươm giống trong vườn ươm của huyện.",
    ])
      expect(await warnings(saying(text))).toEqual([]);
  });

  test("what a project declares is compared with what its sources add up to", async () => {
    const declared = programme(yaml`
      - id: da1
        official: Dự án da1
        title: Ươm giống
        funding: { tw: 5, tinh: 2 }
        declared: { tong: 8 }
    `);
    expect(await codes(smallPlan("- programme: all", declared))).toEqual(["14 declared-differs"]);
    // Of a project without money nothing is known.
    const unknown = programme(FIRST, "- { id: da2, official: Dự án da2, title: Chăm sóc }").replace(
      "  projects:",
      "  declared: { tong: 9 }\n  projects:",
    );
    expect(await warnings(smallPlan("- programme: all", unknown))).toEqual([]);
  });
});
