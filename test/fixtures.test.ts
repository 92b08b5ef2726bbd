import { describe, expect, test } from "@jest/globals";
import { evaluatePlan } from "../src/tables/evaluate-plan.js";
import { sumFunding } from "../src/plan/funding.js";
import { formatMoney } from "../src/base/money.js";
import { parsePlan } from "../src/plan/parse-plan.js";
import { fixtures, makeText } from "./support/product.js";

const all = new Map(fixtures().map((fixture) => [fixture.name, fixture]));

describe("the reference plans are built in full", () => {
  /**
   * Counts taken from the references: headings with a number, dash items of all kinds, bases cited.
   */
  test.each([
    [
      "bao-yen-2022",
      5,
      [
        "7.604 triệu đồng",
        "6.220 triệu đồng",
        "623 triệu đồng",
        "761 triệu đồng",
        "từ 1.438 hộ nghèo trở lên",
        "1.750 lao động",
      ],
    ],
    ["hoang-phu-2024", 9, ["7.487 triệu đồng", "25,33%", "94,50%", "từ 1,5% trở lên"]],
    [
      "hon-quan-2023",
      5,
      ["249 triệu đồng", "527 triệu đồng", "13 xã, thị trấn", "Tờ trình số 794/TTr-LĐTBXH"],
    ],
    [
      "hon-quan-2024",
      5,
      [
        "4.034 triệu đồng",
        "3.507 triệu đồng",
        "176 triệu đồng",
        "351 triệu đồng",
        "68 hộ",
        "dưới 0,3%",
        "0,44%",
      ],
    ],
    ["son-ha-2024", 5, ["Tờ trình số 77/TTr-LĐTBXH ngày 12/4/2024", "07/2021/NĐ-CP"]],
  ])("%s has its %d sections and its figures", async (name, sections, words) => {
    const text = await makeText(all.get(name)?.text ?? "", "text");
    expect(text.split("\n").filter((line) => /^[IVX]+\. \p{Lu}{2}/u.test(line))).toHaveLength(
      sections,
    );
    for (const one of words) expect(text).toContain(one);
    expect(text).toContain("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM");
    expect(text).toContain("Nguyễn Văn A");
    expect(text).toMatch(/\.\/\.\nNơi nhận:/u);
  });

  test.each([
    ["bao-yen-2022", "7.604 triệu đồng"],
    ["hon-quan-2024", "4.034 triệu đồng"],
    ["hon-quan-2023", "776 triệu đồng"],
  ])("%s: the projects add up to %s", (name, total) => {
    const parsed = parsePlan(all.get(name)?.text ?? "", name);
    if (!parsed.ok) throw new Error("refused");
    const { programme } = evaluatePlan(parsed.value.plan, new Map()).plan;
    if (programme === null) throw new Error("no programme");
    expect(formatMoney(sumFunding(programme, programme.projects).total, programme.unit)).toBe(
      total,
    );
  });

  test.each([...all.values()].map((fixture) => [fixture.name, fixture.text] as const))(
    "%s names no e-mail address and no telephone number",
    (_name, text) => {
      expect(text).not.toMatch(/\S@\S+\.\S|\b0\d{9,10}\b/u);
    },
  );
});
