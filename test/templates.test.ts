import { evaluatePlan } from "../src/tables/evaluate-plan.js";
import { readFileSync } from "node:fs";
import { expect, test } from "@jest/globals";
import { DEFAULT_PROFILE } from "../src/plan/profile.js";
import { parsePlan } from "../src/plan/parse-plan.js";
import { readYaml } from "../src/plan/read-yaml.js";
import { renderTemplate } from "../src/template/render.js";
import { yaml } from "./support/dedent.js";
import { fixtures, makeText, productWorld } from "./support/product.js";

/** Plans that between them reach every branch of the product's templates. */
const plans = [
  ...fixtures().map(({ name, text }) => [name, text] as const),
  ["starter", readFileSync("templates/starter.yaml", "utf8")] as const,
  [
    "all kinds",
    yaml`
      kehoach: 1
      issuer: { name: Sở Nội vụ, superior: [UBND tỉnh, Lào Cai] }
      date: { year: 2024 }
      subject: [Một, Hai]
      attachedTo: { type: Quyết định }
      footnotes: { a: Ghi chú }
      programme:
        variant: itemised
        sources: { tw: TW }
        wording: { heading: Kinh phí }
        projects:
          - id: a
            official: A
            title: B
            refer: pl
            text: x
            fields: [{ name: F }]
            projects: [{ id: b, official: C, title: D, funding: { tw: 1 } }]
      body:
        - "x[^a]"
        - table:
            title: T
            note: N
            columns: [{ title: C }]
            rows: [[1], { cells: [2], kind: total }]
        - { programme: [a], numbering: ["1."] }
        - { funding: a }
        - { refer: [pl] }
      drafter: X
      signature: { lines: [A], office: B, name: C }
      appendices: [{ id: pl, title: P, landscape: true }]
    `,
  ] as const,
];

test.each(plans)(
  "%s: the product's templates name nothing that is missing",
  async (_name, text) => {
    const parsed = parsePlan(text, "plan.yaml");
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
    const world = productWorld();
    // Compiled on the spot, every look-up is watched; compiled ahead, none is.
    const watched = new Map(
      [...world.templates].map(([name, template]) => [name, { ...template, prepared: null }]),
    );
    const fresh = await renderTemplate(
      evaluatePlan(parsed.value.plan, new Map()).plan,
      watched,
      DEFAULT_PROFILE.citationDates,
    );
    const ahead = await renderTemplate(
      evaluatePlan(parsed.value.plan, new Map()).plan,
      world.templates,
      DEFAULT_PROFILE.citationDates,
    );
    expect(fresh).toMatchObject({ ok: true });
    expect(ahead).toEqual(fresh);
  },
);

test("templates and fonts made ahead are in use", () => {
  const world = productWorld();
  expect([...world.templates.values()].filter((template) => template.prepared === null)).toEqual(
    [],
  );
  expect(
    Object.values(world.fonts).filter((font) => font.prepared === null || font.metrics === null),
  ).toEqual([]);
  expect(world.skeletons.size).toBeGreaterThan(0);
});

test.each(plans)("%s: the fast and the careful reader of YAML agree", (_name, text) => {
  const quick = readYaml(text, "plan.yaml");
  // What looks like an anchor makes the text one for the careful reader.
  const careful = readYaml(`${text}\n# &x\n`, "plan.yaml");
  if (!quick.ok || !careful.ok) throw new Error("not read");
  expect(JSON.stringify(quick.value.data)).toBe(JSON.stringify(careful.value.data));
});

test("places are right whichever reader read the plan", () => {
  const read = readYaml(
    yaml`
      a: 1
      b:
        - c: [x, y]
    `,
    "plan.yaml",
  );
  if (!read.ok) throw new Error("not read");
  expect(read.value.source.locate(["b", 0, "c", 1])).toEqual({ line: 3, column: 12 });
  expect(read.value.source.locate(["b", 0, "c"], "name")).toEqual({ line: 3, column: 5 });
});

test("a plan's text says the same with fonts read on the spot", async () => {
  const world = productWorld();
  const fonts = Object.fromEntries(
    Object.entries(world.fonts).map(([name, font]) => [
      name,
      { ...font, bytes: new Uint8Array(font.bytes), metrics: null, prepared: null, outlines: null },
    ]),
  ) as unknown as typeof world.fonts;
  const plan = plans[0]?.[1] ?? "";
  expect(await makeText(plan, "layout", { ...world, fonts })).toBe(await makeText(plan, "layout"));
});
