import type HandlebarsModule from "handlebars";
import runtime from "handlebars/runtime.js";
import {
  type Diagnostic,
  type Outcome,
  both,
  fail,
  fileError,
  succeed,
} from "../base/diagnostic.js";
import { nearest } from "../base/nearest.js";
import type { TemplateSet } from "./template-set.js";
import { MissingName, PrintedObject, strictView } from "./strict-view.js";

/** Templates made ready to run: linted, compiled, and able to say where they are. */
export interface CompiledTemplates {
  run(view: unknown): Outcome<string>;
}

/**
 * Partials that call themselves more often than this never end: an outline has at most a dozen
 * levels.
 */
const MAX_PARTIAL_DEPTH = 80;

// The runtime is the module without its compiler; its own typings are empty.
const Handlebars = runtime as unknown as typeof HandlebarsModule;

type Render = (context: unknown, options?: unknown) => string;

/**
 * Make a set of templates ready to run. Those compiled ahead are taken as they are; the compiler is
 * loaded only for the others.
 * Errors: all lint and syntax mistakes of all templates.
 */
export async function compileTemplates(
  templates: TemplateSet,
): Promise<Outcome<CompiledTemplates>> {
  const problems: Diagnostic[] = [];
  const specifications = new Map<string, unknown>();
  for (const [name, template] of templates) {
    if (template.prepared !== null) {
      specifications.set(name, template.prepared);
      continue;
    }
    const { compileTemplate, specificationOf } = await import("./compile-template.js");
    const compiled = compileTemplate(template, templates);
    if (compiled.ok) specifications.set(name, specificationOf(compiled.value));
    else problems.push(...compiled.problems);
  }
  if (!templates.has("document")) {
    problems.push(
      fileError(
        "template-missing",
        { file: "document.hbs" },
        both("thiếu mẫu chính document.hbs", "the main template document.hbs is missing"),
        both("kiểm tra thư mục mẫu (--templates)", "look at the template folder (--templates)"),
      ),
    );
  }
  // The product's own templates name nothing that is missing: the tests run them watched. Any other
  // set is watched always.
  const own = [...templates.values()].every((template) => template.prepared !== null);
  return problems.length > 0
    ? fail(problems)
    : succeed(engineFor(specifications, own ? "own" : "others"));
}

function engineFor(
  specifications: ReadonlyMap<string, unknown>,
  whose: "own" | "others",
): CompiledTemplates {
  const engine = Handlebars.create();
  let current = "document.hbs:1:1";
  let depth = 0;
  engine.registerHelper("is", (a: unknown, b: unknown) => a === b);
  engine.registerHelper("traced", (_trace: unknown, value: unknown) => value);
  engine.registerHelper("trace", (place: string) => {
    current = place;
    return "";
  });
  const renders = new Map(
    [...specifications].map(([name, specification]) => [
      name,
      engine.template(specification as TemplateSpecification) as Render,
    ]),
  );
  for (const [name, render] of renders) {
    engine.registerPartial(name, ((context: unknown, options: unknown) => {
      if (++depth > MAX_PARTIAL_DEPTH) throw new EndlessPartial(name);
      const out = render(context, options);
      depth--;
      return out;
    }) as unknown as HandlebarsModule.Template);
  }
  const main = renders.get("document") as Render;
  return {
    run(view) {
      depth = 0;
      try {
        return succeed(
          main(
            { plan: whose === "own" ? view : strictView(view) },
            { allowProtoPropertiesByDefault: false, allowProtoMethodsByDefault: false },
          ),
        );
      } catch (error) {
        const problem = runProblem(error, parsePlace(current));
        // Our own templates do not fail; what others ask of a text or number may.
        if (problem === null && whose === "own") throw error;
        return fail([problem ?? failedTemplate(parsePlace(current))]);
      }
    },
  };
}

interface TemplatePlace {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

function parsePlace(place: string): TemplatePlace {
  const [, file = "", line = "1", column = "1"] = /^(.*):(\d+):(\d+)$/u.exec(place) ?? [];
  return { file, line: Number(line), column: Number(column) };
}

class EndlessPartial extends Error {
  constructor(readonly partial: string) {
    super(`partial ${partial} never ends`);
  }
}

/** Names that a hint lists. */
const MAX_NAMES = 12;

/** A template that asks something of a value that the value cannot give. */
function failedTemplate(place: TemplatePlace): Diagnostic {
  return fileError(
    "template-failed",
    place,
    both(
      "mẫu không chạy được ở đây: một giá trị được dùng như thứ nó không phải",
      "the template fails here: a value is used as what it is not",
    ),
    both(
      "chữ, số hay chỗ trống không có mục con; kiểm tra tên sau dấu chấm",
      "a text, a number or nothing has no names inside; look at the name after the dot",
    ),
  );
}

function runProblem(error: unknown, place: TemplatePlace): Diagnostic | null {
  if (error instanceof MissingName) {
    const near = nearest(error.missing, error.known);
    return fileError(
      "template-missing-name",
      { ...place, path: error.owner.replace(/^plan\./u, "") },
      both(
        `không có “${error.missing}” trong ${error.owner}`,
        `there is no “${error.missing}” in ${error.owner}`,
      ),
      near !== null
        ? both(`có phải là “${near}”?`, `did you mean “${near}”?`)
        : both(`đang có: ${error.known.join(", ")}`, `there are: ${error.known.join(", ")}`),
    );
  }
  if (error instanceof PrintedObject) {
    const known = error.known.slice(0, MAX_NAMES).join(", ");
    return fileError(
      "template-prints-object",
      { ...place, path: error.printed.replace(/^plan\./u, "") },
      both(`${error.printed} không phải chữ, không in được`, `${error.printed} is no text`),
      both(`gọi một mục bên trong: ${known}`, `name something inside it: ${known}`),
    );
  }
  if (error instanceof EndlessPartial || error instanceof RangeError) {
    const name = error instanceof EndlessPartial ? error.partial : "?";
    return fileError(
      "template-endless",
      place,
      both(
        `mẫu con “${name}” gọi chính nó không dừng`,
        `the partial “${name}” calls itself without end`,
      ),
      both(
        "thêm điều kiện dừng, ví dụ {{#if body}}",
        "add a condition that ends it, such as {{#if body}}",
      ),
    );
  }
  // Handlebars' own strict error: a name missing at the top of a context that is not plan data.
  const missing = error instanceof Error ? /^"(.+?)" not defined in/u.exec(error.message) : null;
  if (missing) {
    return fileError(
      "template-missing-name",
      place,
      both(`không có “${missing[1] ?? ""}” ở đây`, `there is no “${missing[1] ?? ""}” here`),
      both("dữ liệu của kế hoạch nằm dưới “plan.”", "the plan's data is under “plan.”"),
    );
  }
  return null;
}
