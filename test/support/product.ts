import { readFileSync, readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { openDiskWorld } from "../../src/app/disk-world.js";
import type { Diagnostic, Outcome } from "../../src/base/diagnostic.js";
import type { World } from "../../src/base/world.js";
import { type Format, type Generated, generate } from "../../src/generate.js";

/** The product's own world: its templates and fonts. */
export function productWorld(): World {
  const world = openDiskWorld({ templates: null, fonts: null });
  if (!world.ok) throw new Error("the product's own files are missing");
  return world.value;
}

export interface Fixture {
  readonly name: string;
  readonly file: string;
  readonly text: string;
}

/** The plans of fixtures/, by name. */
export function fixtures(): Fixture[] {
  return readdirSync("fixtures").filter((file) => file.endsWith(".yaml")).sort()
    .map((file) => ({ name: basename(file, ".yaml"), file: join("fixtures", file), text: readFileSync(join("fixtures", file), "utf8") }));
}

const world = productWorld();

/** Generate with the product's world. */
export async function make(text: string, formats: readonly Format[], file = "plan.yaml", other: World = world): Promise<Outcome<Generated>> {
  return generate({ file, text, profile: null }, formats, other);
}

/** The bytes of one format, or an error with the findings. */
export async function makeFile(text: string, format: Format, other: World = world): Promise<Uint8Array> {
  const made = await make(text, [format], "plan.yaml", other);
  if (!made.ok) throw new Error(made.problems.map(line).join("\n"));
  return made.value.files.get(format) ?? new Uint8Array();
}

export async function makeText(text: string, format: Format, other: World = world): Promise<string> {
  return new TextDecoder().decode(await makeFile(text, format, other));
}

/** Findings of a text, one a line: "plan.yaml:3:5 code message". */
export async function findings(text: string, other: World = world): Promise<string[]> {
  const made = await make(text, [], "plan.yaml", other);
  return made.ok ? [] : made.problems.map(line);
}

function line(problem: Diagnostic): string {
  const { at } = problem;
  return at.in === "file" ? `${at.file}:${at.line}:${at.column} ${problem.code} ${problem.message.vi}` : `? ${problem.code} ${problem.message.vi}`;
}

/** A small plan that is right; tests put their own lines into it. */
export function smallPlan(body: string, more = ""): string {
  return `kehoach: 1
issuer: { name: Ủy ban nhân dân huyện Bảo Yên, place: Bảo Yên }
date: { year: 2024 }
subject: Thử nghiệm
${more}
body:
${body}
`;
}
