import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import { evaluatePlan } from "../../dist/src/tables/evaluate-plan.js";
import { generate } from "../../dist/test/support/product.js";
import { parsePlan } from "../../dist/src/plan/parse-plan.js";
import { readSheets } from "../../dist/src/reading/sheets/read-sheets.js";
import { renderTemplate } from "../../dist/src/template/render.js";

/**
 * Make files of a plan's text; a plan that is refused ends the benchmark. Gives the files by
 * format, and the number of pages.
 */
export async function make(text, formats, world, beside) {
  return valueOf(
    await generate(
      { file: "bench.yaml", text, profile: null, readSibling: beside },
      formats,
      world,
    ),
  );
}

/** The document tree of a plan's text: what the peers typeset. */
export async function treeOf(text, world, beside) {
  const { plan } = valueOf(parsePlan(text, "bench.yaml"));
  const { rows } = beside === undefined ? { rows: new Map() } : await readSheets(plan, beside);
  return valueOf(
    await renderTemplate(
      evaluatePlan(plan, rows).plan,
      world.templates,
      plan.profile?.citationDates ?? "long",
    ),
  );
}

/** What an outcome holds; what was refused ends the benchmark. */
function valueOf(outcome) {
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.problems, null, 1));
  return outcome.value;
}

/** The document's plain text. */
export async function plainText(text, world) {
  return new TextDecoder().decode((await make(text, ["text"], world)).files.get("text"));
}

/** A fixture that takes rows from a spreadsheet: its text, and how its neighbours are read. */
export function allocationFixture(folder, name) {
  return {
    text: readFileSync(join(folder, `${name}.yaml`), "utf8"),
    beside: (file) => ({ ok: true, value: readFileSync(join(folder, file)), problems: [] }),
  };
}

/** The fixture that makes the longest document: its path and its YAML text. */
export async function longestFixture(folder, world) {
  const fixtures = await Promise.all(
    readdirSync(folder)
      .filter((name) => name.endsWith(".yaml"))
      .sort()
      .map(async (name) => {
        const text = readFileSync(join(folder, name), "utf8");
        return {
          name,
          path: join(folder, name),
          text,
          length: (await plainText(text, world)).length,
        };
      }),
  );
  return fixtures.reduce((longest, fixture) =>
    fixture.length > longest.length ? fixture : longest,
  );
}

/**
 * A word that stands once in each of these texts: the place where every round's text differs from
 * the round's before.
 */
export function loneWord(texts) {
  const words = new Set(texts[0].match(/(?<=\s)\p{Ll}{4,}(?=\s)/gu));
  const lone = [...words].find((word) => texts.every((text) => text.split(word).length === 2));
  if (lone === undefined) throw new Error("no word stands once in the plan");
  return lone;
}

/**
 * The text of one round: the word's first place gets a number at its end, so that no memo of whole
 * results can answer.
 */
export function vary(text, word, number) {
  return text.replace(word, `${word}${number}`);
}

function copiedId(id, copy) {
  return copy === 0 ? id : `${id}-x${copy}`;
}

/**
 * A plan so many times longer: the body and the programme's projects repeated, each copy of the
 * body showing its own copy of the projects. Copies lose their ids, so that citations lead to the
 * first.
 */
export function lengthen(text, times) {
  const plan = parse(text);
  const projects = plan.programme?.projects ?? [];
  const copies = Array.from({ length: times }, (_, copy) => copy);
  if (plan.programme)
    plan.programme.projects = copies.flatMap((copy) =>
      projects.map((project) => copyProject(project, copy)),
    );
  // What was declared holds of the plan as it was.
  for (const table of Object.values(plan.tables ?? {}))
    for (const changes of Object.values(table.adjust ?? {})) delete changes.declared;
  const ids = projects.map(({ id }) => id);
  plan.body = copies.flatMap((copy) => plan.body.map((node) => copyNode(node, copy, ids)));
  return stringify(plan, { aliasDuplicateObjects: false });
}

function copyProject(project, copy) {
  return {
    ...project,
    id: copiedId(project.id, copy),
    ...(project.projects
      ? { projects: project.projects.map((sub) => copyProject(sub, copy)) }
      : {}),
  };
}

function copyNode(node, copy, ids) {
  if (typeof node === "string") return node;
  if (node.programme)
    return {
      ...node,
      programme: (node.programme === "all" ? ids : node.programme).map((id) => copiedId(id, copy)),
    };
  if (node.funding && node.funding !== "total")
    return { ...node, funding: copiedId(node.funding, copy) };
  const { id, ...rest } = node;
  return {
    ...(copy === 0 && id ? { id } : {}),
    ...rest,
    ...(node.body ? { body: node.body.map((inner) => copyNode(inner, copy, ids)) } : {}),
  };
}
