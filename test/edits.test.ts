import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { applyEdits, editsBetween } from "../src/plan/edits.js";
import {
  indentNode,
  joinNode,
  outdentNode,
  splitNode,
  turnNode,
} from "../src/plan/outline-edits.js";
import { readPlanData } from "../src/plan/parse-plan.js";
import { rewriteYaml } from "../src/plan/rewrite-yaml.js";
import { sameData } from "../src/base/same-data.js";
import { yaml } from "./support/dedent.js";
import { fixtures } from "./support/product.js";

const json = fc.jsonValue({ maxDepth: 4 }).filter((value) => typeof value === "object");

describe("edits between two states of a plan", () => {
  test("make the one out of the other", () => {
    fc.assert(
      fc.property(json, json, (from, to) => {
        expect(sameData(applyEdits(from, editsBetween(from, to)), to)).toBe(true);
      }),
    );
  });

  test("touch only what changed: all else stays the same object", () => {
    const from = { body: [{ heading: "A" }, { heading: "B", body: ["x"] }], figures: {} };
    const to = { ...from, body: [from.body[0], { heading: "C", body: ["x"] }] };
    const after = applyEdits(from, editsBetween(from, to)) as typeof from;
    expect(after).toEqual(to);
    expect(after.figures).toBe(from.figures);
    expect(after.body[0]).toBe(from.body[0]);
    expect(after.body[1]?.body).toBe(from.body[1]?.body);
  });
});

describe("the outline as a word processor edits it", () => {
  const plan = {
    body: [
      { heading: "Mục đích", body: [{ clause: "Một hai" }, { clause: "Ba" }, "Đoạn văn"] },
      { heading: "Tổ chức" },
    ],
  };
  const after = (made: ReturnType<typeof splitNode>): unknown =>
    made === null ? null : applyEdits(plan, made.edits);

  test("Enter splits a clause where the caret is", () => {
    const made = splitNode(plan, ["body", 0, "body", 0], 3);
    expect(made?.focus).toEqual(["body", 0, "body", 1]);
    expect(after(made)).toMatchObject({
      body: [{ body: [{ clause: "Một" }, { clause: "hai" }, { clause: "Ba" }, "Đoạn văn"] }, {}],
    });
  });

  test("Enter before a heading's first letter leaves what hangs on it with its words", () => {
    const made = splitNode(plan, ["body", 0], 0);
    expect(after(made)).toMatchObject({
      body: [{ heading: "" }, { heading: "Mục đích", body: [{}, {}, "Đoạn văn"] }, {}],
    });
  });

  test("Tab puts a heading into the one before it", () => {
    const made = indentNode(plan, ["body", 1]);
    expect(made?.focus).toEqual(["body", 0, "body", 3]);
    expect(after(made)).toEqual({
      body: [{ ...plan.body[0], body: [...(plan.body[0]?.body ?? []), { heading: "Tổ chức" }] }],
    });
    expect(indentNode(plan, ["body", 0])).toBeNull();
  });

  test("Shift+Tab takes it out, and its younger sisters follow it", () => {
    const made = outdentNode(plan, ["body", 0, "body", 1]);
    expect(made?.focus).toEqual(["body", 1]);
    expect(after(made)).toEqual({
      body: [
        { heading: "Mục đích", body: [{ clause: "Một hai" }] },
        { clause: "Ba", body: ["Đoạn văn"] },
        { heading: "Tổ chức" },
      ],
    });
  });

  test("Backspace joins a clause to the one before it", () => {
    const made = joinNode(plan, ["body", 0, "body", 1]);
    expect(after(made)).toMatchObject({
      body: [{ body: [{ clause: "Một hai Ba" }, "Đoạn văn"] }, {}],
    });
  });

  test("another kind keeps the words, and loses nothing that hangs on them", () => {
    expect(after(turnNode(plan, ["body", 0], "text"))).toEqual({
      body: ["Mục đích", ...(plan.body[0]?.body ?? []), { heading: "Tổ chức" }],
    });
    expect(after(turnNode(plan, ["body", 0, "body", 2], "item"))).toMatchObject({
      body: [{ body: [{}, {}, { item: "Đoạn văn" }] }, {}],
    });
  });
});

describe("a plan's text rewritten", () => {
  test("keeps comments and holds the new data", () => {
    const text = yaml`
      # Đầu tệp.
      issuer:
        name: Ủy ban nhân dân xã An Bình # tên đầy đủ
      body:
        # Phần đầu.
        - heading: Một
        # Phần hai.
        - heading: Hai
          items: [a, b]
    `;
    const data = {
      issuer: { name: "Ủy ban nhân dân xã An Lộc", place: "An Lộc" },
      body: [{ heading: "Một" }, { heading: "Chen" }, { heading: "Hai", items: ["a", "c: d"] }],
    };
    const made = rewriteYaml(text, data);
    expect(made.commentsLost).toBe(false);
    for (const comment of ["# Đầu tệp.", "# tên đầy đủ", "# Phần đầu.", "# Phần hai."])
      expect(made.text).toContain(comment);
    const read = readPlanData(made.text, "a.yaml");
    expect(read.ok && read.value.data).toEqual(data);
  });

  test.each(fixtures())(
    "$name: any change of a value comes out as it went in",
    ({ text, file }) => {
      const read = readPlanData(text, file);
      const data = (read.ok ? read.value.data : {}) as { readonly body: readonly unknown[] };
      expect(rewriteYaml(text, data).text).toBe(text);
      const changed = {
        ...data,
        subject: 'Chủ đề: "mới" # không phải chú giải',
        body: [...data.body].reverse(),
      };
      const made = rewriteYaml(text, changed);
      const again = readPlanData(made.text, file);
      expect(made.commentsLost).toBe(false);
      expect(again.ok && sameData(again.value.data, changed)).toBe(true);
    },
  );
});
