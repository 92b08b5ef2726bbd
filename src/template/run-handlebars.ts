import Handlebars from "handlebars";
import { type Diagnostic, type Outcome, both, fail, fileError, succeed } from "../base/diagnostic.js";
import { nearest } from "../base/nearest.js";
import type { TemplateSet } from "../base/world.js";
import { HELPERS, isAstNode, lintTemplate } from "./lint.js";
import { MissingName, strictView } from "./strict-view.js";

/** Templates made ready to run: linted, compiled, and able to say where they are. */
export interface CompiledTemplates {
  run(view: unknown): Outcome<string>;
}

/** Partials that call themselves more often than this never end: an outline has at most a dozen levels. */
const MAX_PARTIAL_DEPTH = 80;

interface TemplatePlace {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

type Render = (context: unknown, options?: unknown) => string;

/**
 * Lint and compile a set of templates. Every start tag in a template gets the attribute `t` with its place, so that the tree knows
 * which template line a paragraph came from; every name lookup is preceded by a note of its place, so that an error does too.
 */
export function compileTemplates(templates: TemplateSet): Outcome<CompiledTemplates> {
  const problems: Diagnostic[] = [];
  const engine = Handlebars.create();
  const places: TemplatePlace[] = [];
  let current = 0;
  let depth = 0;
  engine.registerHelper("is", (a: unknown, b: unknown) => a === b);
  engine.registerHelper("at", (_mark: unknown, value: unknown) => value);
  engine.registerHelper("mark", (index: number) => {
    current = index;
    return "";
  });
  const knownHelpers = Object.fromEntries([...HELPERS, "at", "mark"].map((name) => [name, true]));

  const compiled = new Map<string, Render>();
  for (const [name, { file, text }] of templates) {
    let ast: unknown;
    try {
      ast = Handlebars.parse(text);
    } catch (error) {
      problems.push(syntaxProblem(error, file));
      continue;
    }
    const found = lintTemplate(ast, file, templates);
    problems.push(...found);
    if (found.length > 0) continue;
    markPlaces(ast, file, places);
    compiled.set(name, engine.compile(ast as hbs.AST.Program, { strict: true, knownHelpersOnly: true, knownHelpers: knownHelpers as unknown as KnownHelpers, preventIndent: true }) as Render);
  }
  if (!templates.has("document")) {
    problems.push(fileError("template-missing", { file: "document.hbs" }, both("thiếu mẫu chính document.hbs", "the main template document.hbs is missing"), both("kiểm tra thư mục mẫu (--templates)", "look at the template folder (--templates)")));
  }
  if (problems.length > 0) return fail(problems);

  for (const [name, render] of compiled) {
    engine.registerPartial(name, ((context: unknown, options: unknown) => {
      if (++depth > MAX_PARTIAL_DEPTH) throw new EndlessPartial(name);
      const out = render(context, options);
      depth--;
      return out;
    }) as unknown as Handlebars.Template);
  }
  const main = compiled.get("document") as Render;
  return succeed({
    run(view) {
      depth = 0;
      current = 0;
      try {
        return succeed(main({ plan: strictView(view) }, { allowProtoPropertiesByDefault: false, allowProtoMethodsByDefault: false }));
      } catch (error) {
        const place = places[current] ?? { file: "document.hbs", line: 1, column: 1 };
        const problem = runProblem(error, place);
        if (problem === null) throw error;
        return fail([problem]);
      }
    },
  });
}

type KnownHelpers = NonNullable<CompileOptions["knownHelpers"]>;
type CompileOptions = NonNullable<Parameters<typeof Handlebars.compile>[1]>;

class EndlessPartial extends Error {
  constructor(readonly partial: string) {
    super(`partial ${partial} never ends`);
  }
}

function runProblem(error: unknown, place: TemplatePlace): Diagnostic | null {
  if (error instanceof MissingName) {
    const near = nearest(error.missing, error.known);
    return fileError("template-missing-name", { ...place, path: error.owner.replace(/^plan\./u, "") },
      both(`không có “${error.missing}” trong ${error.owner}`, `there is no “${error.missing}” in ${error.owner}`),
      near !== null ? both(`có phải là “${near}”?`, `did you mean “${near}”?`) : both(`đang có: ${error.known.join(", ")}`, `there are: ${error.known.join(", ")}`));
  }
  if (error instanceof EndlessPartial || error instanceof RangeError) {
    const name = error instanceof EndlessPartial ? error.partial : "?";
    return fileError("template-endless", place, both(`mẫu con “${name}” gọi chính nó không dừng`, `the partial “${name}” calls itself without end`), both("thêm điều kiện dừng, ví dụ {{#if body}}", "add a condition that ends it, such as {{#if body}}"));
  }
  // Handlebars' own strict error: a name missing at the top of a context that is not plan data.
  const missing = error instanceof Error ? /^"(.+?)" not defined in/u.exec(error.message) : null;
  if (missing) {
    return fileError("template-missing-name", place, both(`không có “${missing[1] ?? ""}” ở đây`, `there is no “${missing[1] ?? ""}” here`), both("dữ liệu của kế hoạch nằm dưới “plan.”", "the plan's data is under “plan.”"));
  }
  return null;
}

function syntaxProblem(error: unknown, file: string): Diagnostic {
  const message = error instanceof Error ? error.message : String(error);
  const line = Number(/line (\d+)/u.exec(message)?.[1] ?? /(\d+):\d+/u.exec(message)?.[1] ?? 1);
  const column = Number(/\d+:(\d+)/u.exec(message)?.[1] ?? 0) + 1;
  const detail = message.split("\n").at(-1)?.slice(0, 160) ?? "";
  return fileError("template-syntax", { file, line, column }, both(`sai cú pháp Handlebars: ${detail}`, `Handlebars syntax: ${detail}`), both("kiểm tra {{#…}} có {{/…}} khớp", "check that every {{#…}} has its {{/…}}"));
}

/** Rewrite the tree of a template in place: tags get their places, lookups get marks. */
function markPlaces(ast: unknown, file: string, places: TemplatePlace[]): void {
  const mark = (node: { loc: { start: { line: number; column: number } } }): number =>
    places.push({ file, line: node.loc.start.line, column: node.loc.start.column + 1 }) - 1;

  const visit = (value: unknown): void => {
    if (Array.isArray(value)) {
      value.forEach(visit);
      return;
    }
    if (!isAstNode(value)) return;
    const node = value as unknown as Record<string, unknown> & { type: string; loc: { start: { line: number; column: number } } };
    if (node.type === "ContentStatement") {
      node["value"] = placeTags(String(node["value"]), String(node["original"]), file, node.loc.start);
      return;
    }
    const calls = node.type === "BlockStatement" || node.type === "SubExpression" || node.type === "PartialStatement" || node.type === "MustacheStatement";
    if (calls) {
      const params = node["params"] as unknown[];
      const hash = node["hash"] as { pairs: { value: unknown }[] } | undefined;
      const index = mark(node);
      const path = node["path"];
      if (node.type === "MustacheStatement" && params.length === 0 && isAstNode(path) && path.type === "PathExpression") {
        node["path"] = helperPath("at", path);
        node["params"] = [markCall(path, index), path];
        return;
      }
      params.forEach(visit);
      node["params"] = params.map((param) => markLookup(param, index));
      hash?.pairs.forEach((pair) => {
        visit(pair.value);
        pair.value = markLookup(pair.value, index);
      });
      visit(node["program"]);
      visit(node["inverse"]);
      return;
    }
    visit(node["body"]);
  };
  visit(ast);
}

/** `name` becomes `(at (mark 7) name)`: arguments are evaluated in order, so place 7 is noted before the name is looked up. */
function markLookup(param: unknown, index: number): unknown {
  if (!isAstNode(param) || param.type !== "PathExpression" || param["data"] === true) return param;
  return { type: "SubExpression", path: helperPath("at", param), params: [markCall(param, index), param], hash: undefined, loc: param.loc };
}

function markCall(at: { loc: unknown }, index: number): unknown {
  return { type: "SubExpression", path: helperPath("mark", at), params: [{ type: "NumberLiteral", value: index, original: index, loc: at.loc }], hash: undefined, loc: at.loc };
}

function helperPath(name: string, at: { loc: unknown }): unknown {
  return { type: "PathExpression", data: false, depth: 0, parts: [name], original: name, loc: at.loc };
}

/** Give each start tag of a piece of template text the attribute `t="file:line:column"`. */
function placeTags(value: string, original: string, file: string, start: { line: number; column: number }): string {
  const offset = Math.max(original.indexOf(value), 0);
  let from = 0;
  let [line, column] = [start.line, start.column + 1];
  return value.replace(/<([a-z]+)/gu, (_tag: string, name: string, at: number) => {
    const end = offset + at;
    for (; from < end; from++) [line, column] = original[from] === "\n" ? [line + 1, 1] : [line, column + 1];
    return `<${name} t="${file}:${line}:${column}"`;
  });
}
