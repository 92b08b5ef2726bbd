import { describe, expect, test } from "@jest/globals";
import { readFileSync } from "node:fs";
import { z } from "zod";
import { type PlanPath, printPath } from "../src/base/diagnostic.js";
import { type CitedPart, citationsOf, parseCited } from "../src/plan/citations.js";
import { parseData } from "../src/plan/parse-data.js";
import { readPlanData } from "../src/plan/parse-plan.js";
import type { Plan } from "../src/plan/schema.js";
import { BARE, LIST, OTHERWISE, choice, tagged, unionByKey } from "../src/plan/union-by-key.js";
import { tablesIn, walkPlan } from "../src/plan/walk.js";
import { dedent, yaml } from "./support/dedent.js";
import { allocationFixtures, fixtures } from "./support/product.js";

/** A plan as data and as parsed. */
function opened(text: string): { readonly data: unknown; readonly plan: Plan } {
  const read = readPlanData(text, "plan.yaml");
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  const { data } = read.value;
  const parsed = parseData(data, null);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return { data, plan: parsed.value };
}

function valueAt(data: unknown, path: PlanPath): unknown {
  return path.reduce<unknown>(
    (value, step) => (value as Record<string | number, unknown>)[step],
    data,
  );
}

const HEAD = dedent`
  kehoach: 1
  issuer: { name: UBND xã A }
  date: { year: 2024 }
  subject: Trồng cây
`;

describe("a value of several shapes", () => {
  const Shape = unionByKey(
    z.union([z.string(), z.array(z.string()), z.strictObject({ name: z.string().max(3) })]),
    [
      choice(BARE, z.string(), (name) => ({ kind: "short" as const, name })),
      choice(LIST, z.array(z.string()), (names) => ({ kind: "several" as const, names })),
      choice("name", z.strictObject({ name: z.string().max(3) }), tagged("full")),
    ],
  );

  test.each([
    ["a", { kind: "short", name: "a" }],
    [["a", "b"], { kind: "several", names: ["a", "b"] }],
    [{ name: "a" }, { kind: "full", name: "a" }],
  ])("%j says which one it is", (written, parsed) => {
    expect(Shape.parse(written)).toEqual(parsed);
  });

  test("is told the faults of the one that was meant", () => {
    const paths = (value: unknown): unknown[] =>
      (Shape.safeParse(value).error?.issues ?? []).map(({ code, path }) => [code, ...path]);
    expect(paths({ name: "abcd" })).toEqual([["too_big", "name"]]);
    expect(paths({ nam: "a" })).toEqual([["custom"]]);
    expect(paths([1])).toEqual([["invalid_type", 0]]);
  });

  test("goes to the last resort when no key says more", () => {
    const Rest = unionByKey(z.union([z.string(), z.record(z.string(), z.number())]), [
      choice(OTHERWISE, z.record(z.string(), z.number()), (members) => ({ members })),
    ]);
    expect(Rest.parse({ a: 1 })).toEqual({ members: { a: 1 } });
  });
});

describe("a parsed plan", () => {
  test("has the same value for what is written in short and in full", () => {
    const [short, full] = [
      opened(yaml`
        ${HEAD}
        programme:
          sources: { tw: Trung ương }
          projects: [{ id: da1, official: Dự án 1, title: A, numbering: "a)" }]
        figures: { giam: { parts: { a: 1 } } }
        body: [{ refer: pl1 }]
        appendices: [{ id: pl1, title: P }]
      `),
      opened(yaml`
        ${HEAD}
        programme:
          sources: { tw: { name: Trung ương } }
          projects: [{ id: da1, official: Dự án 1, title: A, numbering: ["a)"] }]
        figures: { giam: { parts: { a: { value: 1 } } } }
        body: [{ refer: [pl1] }]
        appendices: [{ id: pl1, title: P }]
      `),
    ];
    expect(short.plan).toEqual(full.plan);
  });

  test("knows groups of figures from figures, whatever their names are", () => {
    const { plan } = opened(yaml`
      ${HEAD}
      figures:
        kind: { value: 1 }
        ho: { kind: { value: 2 }, members: { value: 3 } }
      body: [A]
    `);
    expect(plan.figures["kind"]?.kind).toBe("figure");
    expect(plan.figures["ho"]).toMatchObject({
      kind: "group",
      members: { kind: { value: 2 }, members: { value: 3 } },
    });
  });
});

describe("a walk over a plan", () => {
  test.each([...fixtures(), ...allocationFixtures()].map(({ name, file }) => [name, file]))(
    "%s: every text is found where people wrote it",
    (_name, file) => {
      const { data, plan } = opened(readFileSync(file, "utf8"));
      let count = 0;
      walkPlan(plan, {
        text: (text, path) => {
          count++;
          expect({ path: printPath(path), text: valueAt(data, path) }).toEqual({
            path: printPath(path),
            text,
          });
        },
      });
      expect(count).toBeGreaterThan(50);
    },
  );

  const { plan, data } = opened(yaml`
    ${HEAD}
    bases: [{ text: tình hình thực tế }]
    enactment: Ban hành
    body:
      - Đoạn ngắn
      - text: Đoạn dài {{tien tong}}
      - heading: Mục
        items: [Gạch]
        body:
          - table: { columns: [{ title: Cột }], rows: [[Ô], { cells: [Ô có khóa] }, { band: Dải }] }
          - runIn: Liền dòng
            body: [{ table: bang }]
    programme:
      sources: { tw: Trung ương }
      wording: { total: "Tổng {{tien}}" }
      projects:
        - id: da1
          official: Dự án 1
          title: Ươm giống
          fields: [{ name: Mục tiêu, body: ["Nhờ {{figures.giam}}"] }]
    figures: { giam: { value: 1 } }
    tables:
      bang:
        columns: [{ id: ten, title: Tên }, { id: so, title: Số, kind: count }]
        rows: [{ ten: Xã A, so: 1, includes: [{ ten: trong đó, so: 1 }] }]
    closing: Hết
    recipients: [Như trên, { name: Sở A, for: b/c }]
    appendices: [{ id: pl1, title: Phụ lục, body: [Cuối] }]
    footnotes: { a: Chú thích }
  `);

  test("comes to every text in reading order, with its role", () => {
    const found: string[] = [];
    walkPlan(plan, {
      text: (text, path, role) => found.push(`${printPath(path)} ${role} ${text}`),
    });
    expect(found).toEqual([
      "subject subject Trồng cây",
      "bases[0].text basis tình hình thực tế",
      "enactment enactment Ban hành",
      "body[0] paragraph Đoạn ngắn",
      "body[1].text paragraph Đoạn dài {{tien tong}}",
      "body[2].heading heading Mục",
      "body[2].items[0] item Gạch",
      "body[2].body[0].table.columns[0].title table Cột",
      "body[2].body[0].table.rows[0][0] table Ô",
      "body[2].body[0].table.rows[1].cells[0] table Ô có khóa",
      "body[2].body[0].table.rows[2].band table Dải",
      "body[2].body[1].runIn heading Liền dòng",
      "programme.wording.total funding Tổng {{tien}}",
      "programme.projects[0].title project Ươm giống",
      "programme.projects[0].fields[0].name project Mục tiêu",
      "programme.projects[0].fields[0].body[0] paragraph Nhờ {{figures.giam}}",
      "closing closing Hết",
      "recipients[0] recipient Như trên",
      "recipients[1].name recipient Sở A",
      "appendices[0].title appendix Phụ lục",
      "appendices[0].body[0] paragraph Cuối",
      "tables.bang.columns[0].title table Tên",
      "tables.bang.columns[1].title table Số",
      "tables.bang.rows[0].ten table Xã A",
      "tables.bang.rows[0].includes[0].ten table trong đó",
      "footnotes.a footnote Chú thích",
    ]);
  });

  test("comes to every citation, and to nodes under their headings", () => {
    const citations: string[] = [];
    const nodes: string[] = [];
    walkPlan(plan, {
      citation: ({ source }, path) => citations.push(`${printPath(path)} ${source}`),
      node: ({ kind }, path, heading) => nodes.push(`${printPath(path)} ${kind} ${heading ?? "-"}`),
    });
    expect(citations).toEqual([
      "body[1].text tien tong",
      "programme.wording.total tien",
      "programme.projects[0].fields[0].body[0] figures.giam",
    ]);
    expect(nodes).toContain("body[2].body[1].body[0] table Mục");
    expect(nodes).toContain("programme.projects[0].fields[0].body[0] text -");
    expect(valueAt(data, ["body", 2, "body", 1, "body", 0])).toEqual({ table: "bang" });
  });

  test("finds tables with the nearest heading above them", () => {
    expect(
      tablesIn(plan.body).map(({ table, heading }) => [
        typeof table === "string" ? table : "written there",
        heading,
      ]),
    ).toEqual([
      ["written there", "Mục"],
      ["bang", "Mục"],
    ]);
  });
});

describe("a text with marks and citations", () => {
  /** Parts in a few signs: <b> for an opening mark, {…} for a citation, ^ for a footnote. */
  const shown = (text: string): string =>
    parseCited(text)
      .map((part: CitedPart) => {
        switch (part.kind) {
          case "text":
            return part.text;
          case "open":
            return `<${part.mark}>`;
          case "close":
            return `</${part.mark}>`;
          case "citation":
            return `{${part.verb ?? "-"}|${part.words.join(",")}${part.complete ? "" : "|open"}}`;
          case "footnote":
            return `^${part.id}`;
        }
      })
      .join("");

  test.each([
    ["", ""],
    ["chữ thường", "chữ thường"],
    ["*nghiêng* và **đậm**", "<italic>nghiêng</italic> và <bold>đậm</bold>"],
    ["**đậm *cả hai* rồi**", "<bold>đậm <italic>cả hai</italic> rồi</bold>"],
    ["2 * 3 * 4", "2 * 3 * 4"],
    ["*một sao", "*một sao"],
    [String.raw`\*không\* \{{giữ}} \\`, "*không* {{giữ}} \\"],
    ["giảm {{so figures.a}} hộ", "giảm {so|figures.a} hộ"],
    ["{{ tien  da1.tw  triệu đồng }}", "{tien|da1.tw,triệu,đồng}"],
    ["{{figures.a}}", "{-|figures.a}"],
    ["{{muc a", "{muc|a|open}"],
    ["{{}}", "{-||open}"],
    ["lời[^a] nữa", "lời^a nữa"],
    ["*{{figures.a}}*", "<italic>{-|figures.a}</italic>"],
  ])("%j is read as %j", (text, parts) => {
    expect(shown(text)).toBe(parts);
  });

  test("says where each citation stands", () => {
    expect(citationsOf("a {{nam}} b {{muc x}}").map(({ at }) => at)).toEqual([2, 12]);
  });
});
