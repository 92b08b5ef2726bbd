import Handlebars from "handlebars";
import {
  type Diagnostic,
  type Outcome,
  both,
  fail,
  fileError,
  succeed,
} from "../base/diagnostic.js";
import type { TemplateFile, TemplateSet } from "./template-set.js";
import { HELPERS, isAstNode, lintTemplate } from "./lint.js";

/** Helpers of our own that the compiled templates call: see `markPlaces`. */
export const INNER_HELPERS = ["at", "mark"] as const;

const KNOWN_HELPERS = Object.fromEntries(
  [...HELPERS, ...INNER_HELPERS].map((name) => [name, true]),
) as unknown as NonNullable<CompileOptions["knownHelpers"]>;
type CompileOptions = NonNullable<Parameters<typeof Handlebars.compile>[1]>;
const OPTIONS: CompileOptions = {
  strict: true,
  knownHelpersOnly: true,
  knownHelpers: KNOWN_HELPERS,
  preventIndent: true,
};

/**
 * Lint a template and compile it to the source of a Handlebars template specification. Every start
 * tag gets the attribute `t` with its place, so that the tree knows which template line a paragraph
 * came from. Tracked, every name lookup is preceded by a note of its place, so that an error has
 * one too; the product's own templates, which the tests run tracked, are compiled ahead without.
 */
export function compileTemplate(
  template: TemplateFile,
  templates: TemplateSet,
  tracking: "tracked" | "untracked" = "tracked",
): Outcome<string> {
  const { file, text } = template;
  let ast: hbs.AST.Program;
  try {
    ast = Handlebars.parse(text);
  } catch (error) {
    return fail([syntaxProblem(error, file)]);
  }
  const problems = lintTemplate(ast, file, templates);
  if (problems.length > 0) return fail(problems);
  markPlaces(ast, file, tracking === "tracked");
  return succeed(String(Handlebars.precompile(ast, OPTIONS)));
}

/**
 * The specification that a source describes. Templates are lint-clean here; the source is
 * Handlebars' own.
 */
export function specificationOf(source: string): unknown {
  return new Function(`return ${source}`)();
}

function syntaxProblem(error: unknown, file: string): Diagnostic {
  const message = error instanceof Error ? error.message : String(error);
  const line = Number(/line (\d+)/u.exec(message)?.[1] ?? /(\d+):\d+/u.exec(message)?.[1] ?? 1);
  const column = Number(/\d+:(\d+)/u.exec(message)?.[1] ?? 0) + 1;
  const detail = message.split("\n").at(-1)?.slice(0, 160) ?? "";
  return fileError(
    "template-syntax",
    { file, line, column },
    both(`sai cú pháp Handlebars: ${detail}`, `Handlebars syntax: ${detail}`),
    both("kiểm tra {{#…}} có {{/…}} khớp", "check that every {{#…}} has its {{/…}}"),
  );
}

/** Rewrite the tree of a template in place: tags get their places, lookups get marks. */
function markPlaces(ast: unknown, file: string, tracked: boolean): void {
  const mark = (node: { loc: { start: { line: number; column: number } } }): string =>
    `${file}:${node.loc.start.line}:${node.loc.start.column + 1}`;

  const visit = (value: unknown): void => {
    if (Array.isArray(value)) {
      value.forEach(visit);
      return;
    }
    if (!isAstNode(value)) return;
    const node = value as unknown as Record<string, unknown> & {
      type: string;
      loc: { start: { line: number; column: number } };
    };
    if (node.type === "ContentStatement") {
      node["value"] = placeTags(
        String(node["value"]),
        String(node["original"]),
        file,
        node.loc.start,
      );
      return;
    }
    const calls =
      node.type === "BlockStatement" ||
      node.type === "SubExpression" ||
      node.type === "PartialStatement" ||
      node.type === "MustacheStatement";
    if (calls && tracked) {
      const params = node["params"] as unknown[];
      const hash = node["hash"] as { pairs: { value: unknown }[] } | undefined;
      const place = mark(node);
      const path = node["path"];
      if (
        node.type === "MustacheStatement" &&
        params.length === 0 &&
        isAstNode(path) &&
        path.type === "PathExpression"
      ) {
        node["path"] = helperPath("at", path);
        node["params"] = [markCall(path, place), path];
        return;
      }
      params.forEach(visit);
      node["params"] = params.map((param) => markLookup(param, place));
      hash?.pairs.forEach((pair) => {
        visit(pair.value);
        pair.value = markLookup(pair.value, place);
      });
      visit(node["program"]);
      visit(node["inverse"]);
      return;
    }
    for (const inner of [node["body"], node["program"], node["inverse"]]) visit(inner);
  };
  visit(ast);
}

/**
 * `name` becomes `(at (mark "title.hbs:2:1") name)`: arguments are evaluated in order, so the place
 * is noted before the look-up.
 */
function markLookup(param: unknown, place: string): unknown {
  if (!isAstNode(param) || param.type !== "PathExpression" || param["data"] === true) return param;
  return {
    type: "SubExpression",
    path: helperPath("at", param),
    params: [markCall(param, place), param],
    hash: undefined,
    loc: param.loc,
  };
}

function markCall(at: { loc: unknown }, place: string): unknown {
  return {
    type: "SubExpression",
    path: helperPath("mark", at),
    params: [{ type: "StringLiteral", value: place, original: place, loc: at.loc }],
    hash: undefined,
    loc: at.loc,
  };
}

function helperPath(name: string, at: { loc: unknown }): unknown {
  return {
    type: "PathExpression",
    data: false,
    depth: 0,
    parts: [name],
    original: name,
    loc: at.loc,
  };
}

/** Give each start tag of a piece of template text the attribute `t="file:line:column"`. */
function placeTags(
  value: string,
  original: string,
  file: string,
  start: { line: number; column: number },
): string {
  const offset = Math.max(original.indexOf(value), 0);
  let from = 0;
  let [line, column] = [start.line, start.column + 1];
  return value.replace(/<([a-z]+)/gu, (_tag: string, name: string, at: number) => {
    const end = offset + at;
    for (; from < end; from++)
      [line, column] = original[from] === "\n" ? [line + 1, 1] : [line, column + 1];
    return `<${name} t="${file}:${line}:${column}"`;
  });
}
