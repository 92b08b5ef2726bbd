import { describe, expect, test } from "@jest/globals";
import { insertAt, moveTo, removeAt, setAt, valueAt } from "../src/plan/edit-plan.js";
import { parsePlan } from "../src/plan/parse-plan.js";
import type { Plan } from "../src/plan/schema.js";
import { yaml } from "./support/dedent.js";

function plan(): Plan {
  const parsed = parsePlan(
    yaml`
      kehoach: 1
      issuer: { name: Ủy ban nhân dân xã An Bình }
      date: { year: 2026 }
      subject: Thực hiện công tác giảm nghèo
      body:
        - heading: Mục tiêu
          body: [{ clause: Một. }, { clause: Hai. }, { clause: Ba. }]
        - heading: Giải pháp
          body: [{ clause: Bốn. }]
      recipients: [UBND huyện, Các thôn]
    `,
    "plan.yaml",
  );
  if (!parsed.ok) throw new Error("refused");
  return parsed.value.plan;
}

const clauses = (edited: Plan): string[] =>
  edited.body.flatMap((node) =>
    node.kind === "heading"
      ? (node.body ?? []).map((one) => (one.kind === "clause" ? one.clause : one.kind))
      : [],
  );

describe("an edit", () => {
  test("makes a new plan and shares all that it did not touch", () => {
    const before = plan();
    const after = setAt(before, ["body", 0, "body", 1, "clause"], "Hai mới.");
    expect(clauses(after)).toEqual(["Một.", "Hai mới.", "Ba.", "Bốn."]);
    expect(clauses(before)).toEqual(["Một.", "Hai.", "Ba.", "Bốn."]);
    expect(after.body[1]).toBe(before.body[1]);
    expect(after.recipients).toBe(before.recipients);
    expect(valueAt(after, ["body", 0, "body", 0])).toBe(valueAt(before, ["body", 0, "body", 0]));
  });

  test("that changes nothing gives the very same plan", () => {
    const before = plan();
    expect(setAt(before, ["subject"], before.subject)).toBe(before);
  });

  test("puts in, takes out, moves in a list and between lists", () => {
    const before = plan();
    const node = valueAt(before, ["body", 1, "body", 0]);
    expect(clauses(insertAt(before, ["body", 0, "body", 3], node))).toEqual([
      "Một.",
      "Hai.",
      "Ba.",
      "Bốn.",
      "Bốn.",
    ]);
    expect(clauses(removeAt(before, ["body", 0, "body", 1]))).toEqual(["Một.", "Ba.", "Bốn."]);
    expect(clauses(moveTo(before, ["body", 0, "body", 0], ["body", 0, "body", 3]))).toEqual([
      "Hai.",
      "Ba.",
      "Một.",
      "Bốn.",
    ]);
    expect(clauses(moveTo(before, ["body", 0, "body", 0], ["body", 1, "body", 1]))).toEqual([
      "Hai.",
      "Ba.",
      "Bốn.",
      "Một.",
    ]);
    expect(clauses(moveTo(before, ["body", 1, "body", 0], ["body", 0, "body", 0]))).toEqual([
      "Bốn.",
      "Một.",
      "Hai.",
      "Ba.",
    ]);
  });

  test("at a path that leads nowhere is our own mistake, and loud", () => {
    expect(() => setAt(plan(), ["body", 7, "heading"], "x")).toThrow("body[7].heading");
    expect(() => insertAt(plan(), ["recipients", 5], "x")).toThrow("recipients[5]");
  });
});
