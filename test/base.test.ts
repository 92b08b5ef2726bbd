import { describe, expect, test } from "@jest/globals";
import { formatIssueDate, formatShortDate } from "../src/base/dates.js";
import { formatMoney, moneyOf, sumMoney } from "../src/base/money.js";
import { nearest } from "../src/base/nearest.js";
import { formatNumber, pointLetter, romanNumeral } from "../src/base/numbers.js";
import { findTextFault, normalizeText, withoutStart } from "../src/base/text.js";

describe("numbers are written the Vietnamese way", () => {
  test.each([
    [0, "0"],
    [999, "999"],
    [1000, "1.000"],
    [4034, "4.034"],
    [10367700, "10.367.700"],
    [0.44, "0,44"],
    [-1250.5, "-1.250,5"],
    [6.8, "6,8"],
    [1e21, "1.000.000.000.000.000.000.000"],
    [1.5e-7, "0,00000015"],
  ])("%d is %s", (value, words) => {
    expect(formatNumber(value)).toBe(words);
  });

  test("small counts can take a leading zero, rates a trailing one", () => {
    expect(formatNumber(2, { whole: 2, fraction: 0 })).toBe("02");
    expect(formatNumber(3, { whole: 1, fraction: 1 })).toBe("3,0");
  });
});

describe("money is exact", () => {
  test.each([
    [[0.1, 0.2], "tỷ đồng", "0,3 tỷ đồng"],
    [[3188, 1380, 1999, 249, 64, 473, 251], "triệu đồng", "7.604 triệu đồng"],
    [[1e15, 1], "đồng", "1.000.000.000.000.001 đồng"],
  ] as const)("%p in %s add up to %s", (amounts, unit, words) => {
    expect(formatMoney(sumMoney(amounts.map((amount) => moneyOf(amount, unit))), unit)).toBe(words);
  });

  test("an amount can be cited in another unit", () => {
    expect(formatMoney(moneyOf(4034, "triệu đồng"), "tỷ đồng")).toBe("4,034 tỷ đồng");
  });
});

describe("dates at the head of a document", () => {
  test.each([
    [{ day: 5, month: 2, year: 2026 }, "ngày 05 tháng 02 năm 2026"],
    // Months 3 to 9 stay bare: the decree says so.
    [{ day: 5, month: 3, year: 2026 }, "ngày 05 tháng 3 năm 2026"],
    [{ day: 29, month: 12, year: 2026 }, "ngày 29 tháng 12 năm 2026"],
  ])("%p is %s", (date, words) => {
    expect(formatIssueDate(date)).toBe(words);
  });

  test("what is not known stays blank", () => {
    expect(formatIssueDate({ day: null, month: 8, year: 2022 })).toMatch(
      /^ngày \u00a0+ tháng 8 năm 2022$/u,
    );
  });

  test("the short form of citations", () => {
    expect(formatShortDate({ day: 9, month: 4, year: 2024 })).toBe("09/4/2024");
  });
});

test("points follow the Vietnamese alphabet", () => {
  expect(Array.from({ length: 24 }, (_, index) => pointLetter(index + 1)).join(" ")).toBe(
    "a b c d đ e g h i k l m n o p q r s t u v x y aa",
  );
});

test.each([
  [1, "I"],
  [4, "IV"],
  [9, "IX"],
  [14, "XIV"],
  [40, "XL"],
  [1994, "MCMXCIV"],
])("%d in Roman numerals is %s", (value, numeral) => {
  expect(romanNumeral(value)).toBe(numeral);
});

test("decomposed letters are composed; what is left over is a fault", () => {
  expect(normalizeText("xa\u0303 ho\u0323\u0302i")).toBe("xã hội");
  expect(findTextFault(normalizeText("xã hội"))).toBeNull();
  expect(findTextFault("a \u0301 b")).toMatchObject({ kind: "combining", index: 2 });
  expect(findTextFault("a\u0007b")).toMatchObject({ kind: "control", index: 1 });
});

test("the nearest name, or none", () => {
  expect(nearest("subjct", ["subject", "symbol"])).toBe("subject");
  expect(nearest("xyzzy", ["subject", "symbol"])).toBeNull();
});

test.each([
  ["Luật Ngân sách nhà nước", "luật", "Ngân sách nhà nước"],
  ["Luật", "Luật", "Luật"],
  ["Luật sư", "Luật", "sư"],
  ["Căn cứ  thực tế", "Căn cứ", "thực tế"],
  ["theo (1) và (2", "theo (1", "theo (1) và (2"],
  ["{{x}} y", "{{x}}", "y"],
  ["Căn cứa", "Căn cứ", "Căn cứa"],
])("“%s” without “%s” is “%s”", (text, start, rest) => {
  expect(withoutStart(text, start)).toBe(rest);
});
