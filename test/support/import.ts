import { readFileSync } from "node:fs";
import { parse as parseYaml } from "yaml";
import type { Outcome } from "../../src/base/diagnostic.js";
import { type DocumentTree, type Block, readText, textOf } from "../../src/document/tree.js";
import { renderPlan } from "../../src/roads/lay-out.js";
import { withPlan } from "../../src/roads/open-plan.js";
import { type Imported, importPlan } from "../../src/roads/import.js";
import { parsePlan } from "../../src/plan/parse-plan.js";
import type { Plan } from "../../src/plan/schema.js";
import { type Knowledge, parseKnowledge } from "../../src/knowledge/knowledge.js";
import { line, productWorld } from "./product.js";

/** A plan as its YAML says it, before the schema: for looking at how things are written. */
export interface WrittenPlan {
  readonly body: readonly unknown[];
  readonly recipients?: readonly unknown[];
  readonly tables: Readonly<Record<string, unknown>>;
  readonly appendices: readonly { readonly body: readonly unknown[] }[];
}

const world = productWorld();

/** What the product knows of plans. */
export function productKnowledge(): Knowledge {
  const known = parseKnowledge(readFileSync("templates/knowledge.yaml", "utf8"), "knowledge.yaml");
  if (!known.ok) throw new Error(known.problems.map(line).join("\n"));
  return known.value;
}

const knowledge = productKnowledge();

/** Import a document's bytes or text. */
export async function importing(
  source: Uint8Array | string,
  file = "nguon.txt",
  known: Knowledge = knowledge,
): Promise<Outcome<Imported>> {
  const made = await importPlan(
    typeof source === "string" ? new TextEncoder().encode(source) : source,
    file,
    { knowledge: known, carried: "ignored" },
    world,
  );
  if (!made.ok) return made;
  if (made.value.kind === "given-back") throw new Error("a file of ours gave back its data");
  return { ...made, value: made.value };
}

/** An imported document: its account, and the plan that its YAML says. */
export async function imported(
  source: Uint8Array | string,
  file?: string,
  known?: Knowledge,
): Promise<Imported & { readonly plan: Plan; readonly written: WrittenPlan }> {
  const made = await importing(source, file, known);
  if (!made.ok) throw new Error(made.problems.map(line).join("\n"));
  const parsed = parsePlan(made.value.text, "nhap.yaml");
  if (!parsed.ok) throw new Error(parsed.problems.map(line).join("\n"));
  return {
    ...made.value,
    plan: parsed.value.plan,
    written: parseYaml(made.value.text) as WrittenPlan,
  };
}

/** Findings of an import, one a line: "code message". */
export async function refusal(source: Uint8Array | string, file?: string): Promise<string[]> {
  const made = await importing(source, file);
  return made.ok ? [] : made.problems.map(({ code, message }) => `${code}: ${message.vi}`);
}

/** The document that a plan's text makes, a paragraph a line: what it is, its number, its words. */
export async function shownLines(
  text: string,
  readSibling: (name: string) => Uint8Array = () => new Uint8Array(),
): Promise<string[]> {
  const tree = await withPlan(
    {
      file: "plan.yaml",
      text,
      profile: null,
      readSibling: (name) => ({ ok: true, value: readSibling(name), problems: [] }),
    },
    world,
    (opened) => renderPlan(opened, world),
  );
  if (!tree.ok) throw new Error(tree.problems.map(line).join("\n"));
  return linesOf(tree.value);
}

function linesOf(tree: DocumentTree): string[] {
  const visit = (blocks: readonly Block[]): string[] =>
    blocks.flatMap((block) => {
      switch (block.kind) {
        case "paragraph":
          return [readText(block)];
        case "heading":
          return [`# ${readText(block)}`];
        case "columns":
          return block.rows.flatMap((row) => row.flatMap(visit));
        case "table":
          return [...block.head, ...block.rows].map(
            (row) => `| ${row.cells.map((cell) => textOf(cell.inlines)).join(" | ")}`,
          );
        case "picture":
          return [block.alt, ...(block.caption ? [readText(block.caption)] : [])];
        case "rule":
          return [];
      }
    });
  return [
    ...tree.sections.flatMap(({ blocks }) => visit(blocks)),
    ...tree.footnotes.map(({ number, inlines }) => `[${number}] ${textOf(inlines)}`),
  ].map((text) => text.replace(/[\s\u00a0]+/gu, " ").trim());
}
