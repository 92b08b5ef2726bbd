import { describe, expect, test } from "@jest/globals";
import { readFileSync } from "node:fs";
import { buildPlan, checkPlan, importPlan, parseKnowledge } from "../src/index.js";
import type { Imported } from "../src/roads/import.js";
import { DEFAULT_OPTIONS } from "../src/roads/write-files.js";
import { type Random, seededRandom } from "./parity/random-plan.js";
import { line, productWorld } from "./support/product.js";

/** Whatever text goes in, plan data comes out that can be built. */
const world = productWorld();
const known = parseKnowledge(readFileSync("templates/knowledge.yaml", "utf8"), "knowledge.yaml");
if (!known.ok) throw new Error("no knowledge");
const request = { knowledge: known.value, carried: "taken" } as const;

async function imported(text: string): Promise<Imported> {
  const made = await importPlan(new TextEncoder().encode(text), "a.txt", request, world);
  if (!made.ok) throw new Error(made.problems.map(line).join("\n"));
  if (made.value.kind !== "imported") throw new Error("carried a plan");
  return made.value;
}

/** What a check and a build say of the plan that came out. */
async function faultsOf(text: string): Promise<readonly string[]> {
  const input = { file: "b.yaml", text, profile: null };
  const checked = await checkPlan(input, world);
  const build = { formats: ["docx", "pdf"], assignee: null, options: DEFAULT_OPTIONS } as const;
  const built = await buildPlan(input, build, world);
  return [checked, built].flatMap((outcome) => (outcome.ok ? [] : outcome.problems.map(line)));
}

const HEAD =
  "ỦY BAN NHÂN DÂN XÃ AN BÌNH\nSố: 12/KH-UBND\nAn Bình, ngày 5 tháng 3 năm 2026\nKẾ HOẠCH\nGiảm nghèo năm 2026\n\nI. MỤC TIÊU\n";

describe("texts that were refused", () => {
  test("a number alone on its line stays a word, and is told at its line", async () => {
    const { text, notices } = await imported(
      `${HEAD}1. Giảm 30 hộ nghèo.\n2.\n3. Báo cáo kết quả.\n`,
    );
    expect(await faultsOf(text)).toEqual([]);
    expect(text).toMatch(/["\s]2\.["\s]/u);
    expect(notices).toContainEqual(
      expect.objectContaining({ code: "bare-number", at: { page: null, line: 9 } }),
    );
  });

  test("a head of more than four lines is joined; a day that there is not is left open", async () => {
    const { text } = await imported(
      "ỦY BAN NHÂN DÂN\nXÃ A\nB\nC\nD\nE\nSố: 12/KH-UBND\nngày 45 tháng 13 năm 2026\nKẾ HOẠCH\nx\n1. a\n",
    );
    expect(await faultsOf(text)).toEqual([]);
    expect(text).toContain("lines: [ỦY BAN NHÂN DÂN, XÃ A, B, C D");
    expect(text).toMatch(/date:\s+year: 2026|date: \{ year: 2026 \}/u);
  });

  test("a mark without a letter goes, and is told at its line", async () => {
    const { text, notices } = await imported(`${HEAD}1. Giảm \u0300 30 hộ nghèo.\n`);
    expect(await faultsOf(text)).toEqual([]);
    expect(notices).toContainEqual(
      expect.objectContaining({ code: "stray-marks", at: { page: null, line: 8 } }),
    );
  });

  test("a word without end becomes no name that YAML cannot hold", async () => {
    const { text } = await imported(
      `Căn cứ \nNơi nhận${"x".repeat(1500)}\nTổng kinh phí 1triệu đồng 2026 : 5 triệu đồng 2026\n`,
    );
    expect(await faultsOf(text)).toEqual([]);
  });
});

const PIECES: readonly string[] = [
  "ỦY BAN NHÂN DÂN",
  "XÃ AN BÌNH",
  "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
  "Số: 12/KH-UBND",
  "Số:     /KH-UBND",
  "An Bình, ngày 5 tháng 3 năm 2026",
  "ngày 45 tháng 13 năm 2026",
  "KẾ HOẠCH",
  "Về việc giảm nghèo năm 2026",
  "Căn cứ Quyết định số 90/QĐ-TTg ngày 18/01/2022 của Thủ tướng Chính phủ về chương trình;",
  "Căn cứ",
  "Căn cứ Luật.",
  "I. MỤC ĐÍCH",
  "II.",
  "1. Một việc",
  "1.1. Một việc nhỏ",
  "2.",
  "a) Một ý",
  "a)",
  "- Một gạch đầu dòng;",
  "-",
  "+ Một dấu cộng",
  "* Một sao",
  "Điều 1. Phạm vi",
  "Tổng kinh phí: 1.200 triệu đồng, trong đó: ngân sách trung ương 700 triệu đồng, tỉnh 500 triệu đồng.",
  "Phấn đấu giảm 30 hộ nghèo, đạt 5,5%, trên 100% xã.",
  "| Xã | Hộ |",
  "|---|---|",
  "| A | 5 |",
  "| Cộng | 5 | 6 |",
  "TT  Tên việc  Thời gian",
  "1  Một việc  Quý I",
  "Trên đây là Kế hoạch năm 2026./.",
  "Nơi nhận:",
  "- Lưu: VT.",
  "TM. ỦY BAN NHÂN DÂN",
  "CHỦ TỊCH",
  "Nguyễn Văn A",
  "PHỤ LỤC I",
  "DANH MỤC",
  "(Kèm theo Kế hoạch số 12/KH-UBND)",
  "{{x}} [^a] **b *c \\ <p> &amp; : # - ? !",
  "Giảm \u0300 và \u202eabc\u200b\u00ad 😀 ☑",
  "x".repeat(1500),
  "chữ ".repeat(300),
  "năm 2026",
  "",
  "",
];

function randomText(random: Random): string {
  const count = 1 + Math.floor(random() * 30);
  const rows = Array.from({ length: count }, () => {
    const piece = PIECES[Math.floor(random() * PIECES.length)] ?? "";
    return random() < 0.1
      ? `${piece} ${PIECES[Math.floor(random() * PIECES.length)] ?? ""}`
      : piece;
  });
  return ["KẾ HOẠCH", "năm 2026", ...rows].join("\n");
}

test("300 random texts: what comes out is accepted by check and build", async () => {
  for (let seed = 0; seed < 300; seed++) {
    const text = randomText(seededRandom(seed));
    const made = await importPlan(new TextEncoder().encode(text), "a.txt", request, world);
    if (!made.ok) throw new Error(`${seed}: ${made.problems.map(line).join("\n")}\n${text}`);
    const plan = made.value.text;
    expect([seed, await faultsOf(plan)]).toEqual([seed, []]);
  }
}, 120_000);
