import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
// Public entry points only: "kehoach" and "kehoach/node".
import {
  DEFAULT_OPTIONS,
  type PlanText,
  SUFFIX,
  type World,
  buildPlan,
  checkPlan,
  explainShares,
  extractPlans,
  extractSource,
  importPlan,
  parseKnowledge,
  planJsonSchema,
} from "../src/index.js";
import { openDiskWorld } from "../src/app/disk-world.js";

/** What the command does, a program does with the public exports alone: the same bytes. */
const FIXTURE = "fixtures/allocation/phan-bo-2024.yaml";
const ASSIGNEE = "xã An Khương";
let folder = "";
let world: World;

function command(...args: string[]): string {
  return execFileSync(process.execPath, ["dist/cli/main.cjs", ...args], { encoding: "utf8" });
}

function planText(file: string): PlanText {
  return {
    file,
    text: readFileSync(file, "utf8"),
    profile: null,
    readSibling: (name) => ({
      ok: true,
      value: readFileSync(join("fixtures/allocation", name)),
      problems: [],
    }),
  };
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "kehoach-api-"));
  const opened = openDiskWorld({ templates: null, fonts: null });
  if (!opened.ok) throw new Error("no world");
  world = opened.value;
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

test("build, whole and for one assignee", async () => {
  const formats = ["docx", "pdf", "xlsx"] as const;
  command("build", FIXTURE, "--to", formats.join(","), "-o", folder);
  command("build", FIXTURE, "--to", formats.join(","), "-o", folder, "--assignee", ASSIGNEE);
  for (const assignee of [null, ASSIGNEE]) {
    const request = { formats, assignee, options: DEFAULT_OPTIONS };
    const made = await buildPlan(planText(FIXTURE), request, world);
    if (!made.ok) throw new Error("not built");
    const stem = `phan-bo-2024${assignee === null ? "" : ".xa-an-khuong"}`;
    for (const [format, bytes] of made.value.files)
      expect(Buffer.compare(readFileSync(join(folder, stem + SUFFIX[format])), bytes)).toBe(0);
  }
});

test("check and explain", async () => {
  const checked = await checkPlan(planText(FIXTURE), world);
  expect(checked).toMatchObject({ ok: true, problems: [] });
  const steps = await explainShares(planText(FIXTURE), ASSIGNEE, world);
  if (!steps.ok) throw new Error("not explained");
  const printed = command("check", FIXTURE, "--explain", ASSIGNEE);
  expect(printed).toContain(steps.value.map(({ vi }) => vi).join("\n"));
});

test("all extracts, with their manifest", async () => {
  command("extracts", FIXTURE, "--to", "docx", "-o", folder);
  const saved = new Map<string, Uint8Array>();
  const made = await extractPlans(planText(FIXTURE), ["docx"], world, {
    begin: () => undefined,
    save: (name, bytes) => saved.set(name, bytes),
  });
  expect(made.ok).toBe(true);
  const written = join(folder, "phan-bo-2024-trich");
  expect([...saved.keys()].sort()).toEqual(readdirSync(written).sort());
  for (const [name, bytes] of saved)
    expect(Buffer.compare(readFileSync(join(written, name)), bytes)).toBe(0);
});

test("import, of an old plan and of a file of ours; its source given back", async () => {
  const known = parseKnowledge(readFileSync("templates/knowledge.yaml", "utf8"), "knowledge.yaml");
  if (!known.ok) throw new Error("no knowledge");
  const request = { knowledge: known.value, carried: "taken" } as const;
  for (const file of ["fixtures/import/son-ha-2024.md", join(folder, "phan-bo-2024.docx")]) {
    const out = join(folder, `${basename(file)}.yaml`);
    command("import", file, "-o", out);
    const imported = await importPlan(readFileSync(file), file, request, world);
    if (!imported.ok) throw new Error("not imported");
    expect(imported.value.kind).toBe(file.endsWith(".md") ? "imported" : "given-back");
    expect(readFileSync(out, "utf8")).toBe(imported.value.text);
  }
  const pdf = join(folder, "phan-bo-2024.pdf");
  const given = await extractSource(readFileSync(pdf), pdf, "phan-bo-2024");
  if (!given.ok) throw new Error("no source");
  command("extract", pdf, "-o", join(folder, "source"));
  for (const { name, bytes } of given.value.files)
    expect(Buffer.compare(readFileSync(join(folder, "source", name)), bytes)).toBe(0);
});

test("the schema", () => {
  expect(JSON.parse(command("schema"))).toEqual(planJsonSchema());
});
