import { describe, expect, test } from "@jest/globals";
import { type Diagnostic, succeed } from "../src/base/diagnostic.js";
import { PAGE_RULES, RULES } from "../src/checks/index.js";
import { withPlan } from "../src/roads/open-plan.js";
import { line, productWorld } from "./support/product.js";

const world = productWorld();

/** Keys that every plan needs; an example gives those it is about. */
const HEAD: Readonly<Record<string, string>> = {
  kehoach: "1",
  issuer: "{ name: Ủy ban nhân dân xã An Bình, place: An Bình }",
  date: "{ day: 5, month: 1, year: 2026 }",
  subject: "Thực hiện công tác giảm nghèo năm 2026",
  body: "[Nội dung kế hoạch.]",
};

/** An example as a whole plan. */
function planOf(example: string): string {
  const head = Object.entries(HEAD)
    .filter(([key]) => !example.includes(`\n${key}:`))
    .map(([key, value]) => `${key}: ${value}`);
  return `${head.join("\n")}${example}`;
}

/** Lines of an example's plan that are marked. */
function markedLines(text: string): number[] {
  return text.split("\n").flatMap((one, index) => (one.endsWith("# ←") ? [index + 1] : []));
}

/** What one rule finds: other rules may say what they like, so that no example knows them all. */
async function findings(text: string, code: string): Promise<readonly Diagnostic[]> {
  const opened = await withPlan({ file: "plan.yaml", text, profile: null }, world, async () =>
    succeed(null),
  );
  if (!opened.ok) throw new Error(opened.problems.map(line).join("\n"));
  return opened.problems.filter((problem) => problem.code === code);
}

describe.each(RULES.map((rule) => [rule.code, rule] as const))("the rule %s", (code, rule) => {
  test("is silent on its good example", async () => {
    expect((await findings(planOf(rule.good), code)).map(line)).toEqual([]);
  });

  test("finds the fault of its bad example, and only there", async () => {
    const text = planOf(rule.bad);
    const found = await findings(text, code);
    expect(found.map((one) => (one.at.in === "file" ? one.at.line : 0))).toEqual(markedLines(text));
    expect(found.length).toBeGreaterThan(0);
  });

  test("says why it is there, what to do, and in both languages", async () => {
    for (const { because, message, hint, severity } of await findings(planOf(rule.bad), code)) {
      expect(because).toEqual(rule.because);
      expect(severity).toBe(rule.severity);
      expect([message.vi, message.en, hint?.vi, hint?.en].every(Boolean)).toBe(true);
    }
  });
});

test("no two rules share a code", () => {
  const codes = [...RULES, ...PAGE_RULES].map(({ code }) => code);
  expect(new Set(codes).size).toBe(codes.length);
});
