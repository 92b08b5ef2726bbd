import { readFileSync, readdirSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import type { EvaluatedTable } from "../../src/tables/data-table.js";
import { evaluatePlan } from "../../src/tables/evaluate-plan.js";
import { openDiskWorld } from "../../src/app/disk-world.js";
import {
  type Diagnostic,
  type Outcome,
  both,
  fileError,
  printPath,
} from "../../src/base/diagnostic.js";
import type { World } from "../../src/roads/world.js";
import { buildPlan } from "../../src/roads/build.js";
import type { PlanText } from "../../src/roads/opened-plan.js";
import {
  DEFAULT_OPTIONS,
  type Format,
  type MadeFiles,
  type MakeOptions,
} from "../../src/roads/write-files.js";
import { parsePlan } from "../../src/plan/parse-plan.js";
import { readSheets } from "../../src/reading/sheets/read-sheets.js";
import { formatValue } from "../../src/resolve/format-value.js";
import { yaml } from "./dedent.js";

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
  return readdirSync("fixtures")
    .filter((file) => file.endsWith(".yaml"))
    .sort()
    .map((file) => ({
      name: basename(file, ".yaml"),
      file: join("fixtures", file),
      text: readFileSync(join("fixtures", file), "utf8"),
    }));
}

/** The plans of fixtures/allocation/ that can be built in little time. */
export function allocationFixtures(): Fixture[] {
  return ["phan-bo-2024"].map((name) => ({
    name,
    file: join("fixtures", "allocation", `${name}.yaml`),
    text: readFileSync(join("fixtures", "allocation", `${name}.yaml`), "utf8"),
  }));
}

const world = productWorld();

/** Build a whole plan. */
export function generate(
  input: PlanText,
  formats: readonly Format[],
  other: World = world,
  options: MakeOptions = DEFAULT_OPTIONS,
): Promise<Outcome<MadeFiles>> {
  return buildPlan(input, { formats, assignee: null, options }, other);
}

/** Generate with the product's world; spreadsheets are read from the folder of `file`. */
export async function make(
  text: string,
  formats: readonly Format[],
  file = "plan.yaml",
  other: World = world,
): Promise<Outcome<MadeFiles>> {
  return generate(
    {
      file,
      text,
      profile: null,
      readSibling: (name) => ({
        ok: true,
        value: readFileSync(join(dirname(file), name)),
        problems: [],
      }),
    },
    formats,
    other,
  );
}

/** Generate a plan whose spreadsheets are these bytes. */
export async function makeWith(
  text: string,
  files: Readonly<Record<string, Uint8Array>>,
  formats: readonly Format[] = [],
): Promise<Outcome<MadeFiles>> {
  return generate(
    {
      file: "plan.yaml",
      text,
      profile: null,
      readSibling: (name) =>
        files[name] ? { ok: true, value: files[name], problems: [] } : missing(name),
    },
    formats,
    world,
  );
}

function missing(file: string): Outcome<never> {
  return {
    ok: false,
    problems: [
      fileError("file-unreadable", { file }, both("không có tệp này", "there is no such file")),
    ],
  };
}

/** The evaluated tables of a plan's text, and what was wrong with them. */
export async function evaluated(
  text: string,
  files: Readonly<Record<string, Uint8Array>> = {},
): Promise<{
  readonly tables: ReadonlyMap<string, EvaluatedTable>;
  readonly problems: readonly string[];
}> {
  const parsed = parsePlan(text, "plan.yaml");
  if (!parsed.ok) throw new Error(parsed.problems.map(line).join("\n"));
  const { rows, problems } = await readSheets(parsed.value.plan, (name) =>
    files[name] ? { ok: true, value: files[name], problems: [] } : missing(name),
  );
  const { plan, problems: found } = evaluatePlan(parsed.value.plan, rows);
  return {
    tables: plan.dataTables,
    problems: [...problems, ...found].map(({ code, at }) =>
      at.in === "file" ? `${code} ${at.file}!${at.cell ?? ""}` : `${code} ${printPath(at.path)}`,
    ),
  };
}

/** A table as text: a row a line, cells parted by " | ", what is not shown left out. */
export function printTable(dataTable: EvaluatedTable | undefined): string[] {
  return (dataTable?.rows ?? []).map((row) =>
    (dataTable?.columns ?? [])
      .flatMap((column, index) => {
        const value = row.cells[index] ?? null;
        return !column.spec.show
          ? []
          : [
              column.spec.kind === "order"
                ? row.mark
                : value === null
                  ? ""
                  : formatValue(value, column),
            ];
      })
      .join(" | "),
  );
}

/** A plan with these tables, each printed in the body. */
export function planWithTables(tables: string, more = ""): string {
  const written = atMargin(tables);
  const ids = [...written.matchAll(/^([a-z][\w-]*):/gmu)].map((match) => match[1]);
  return yaml`
    kehoach: 1
    issuer: { name: Sở Nội vụ }
    date: { year: 2024 }
    subject: Thử
    ${more}
    tables:
      ${written}
    body:
      ${ids.map((id) => `- table: ${id}`).join("\n")}
  `;
}

/** The bytes of one format, or an error with the findings. */
export async function makeFile(
  text: string,
  format: Format,
  other: World = world,
): Promise<Uint8Array> {
  const made = await make(text, [format], "plan.yaml", other);
  if (!made.ok) throw new Error(made.problems.map(line).join("\n"));
  return made.value.files.get(format) ?? new Uint8Array();
}

export async function makeText(
  text: string,
  format: Format,
  other: World = world,
): Promise<string> {
  return new TextDecoder().decode(await makeFile(text, format, other));
}

/** Findings of a text, one a line: "plan.yaml:3:5 code message". */
export async function findings(text: string, other: World = world): Promise<string[]> {
  const made = await make(text, [], "plan.yaml", other);
  return made.ok ? [] : made.problems.map(line);
}

export function line(problem: Diagnostic): string {
  const { at } = problem;
  return at.in === "file"
    ? `${at.file}:${at.line}:${at.column} ${problem.code} ${problem.message.vi}`
    : `? ${problem.code} ${problem.message.vi}`;
}

/** A small plan that is right; tests put their own body and their own fields into it. */
export function smallPlan(body: string, more = ""): string {
  return yaml`
    kehoach: 1
    issuer: { name: Ủy ban nhân dân huyện Bảo Yên, place: Bảo Yên }
    date: { year: 2024 }
    subject: Thử nghiệm
    ${more}
    body:
      ${atMargin(body)}
  `;
}

/** A text without the indent that all its lines share. */
function atMargin(text: string): string {
  const indents = [...text.matchAll(/^( *)[^ \n]/gmu)].map(([, indent = ""]) => indent.length);
  const shared = Math.min(...indents);
  return text.replace(/^ +/gmu, (indent) => indent.slice(shared));
}
