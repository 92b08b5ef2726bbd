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
import { type AstNode, isAstNode, pathName } from "./ast.js";
import { HELPERS, lintTemplate } from "./lint.js";

/** Helpers of our own that tracked templates call: see `markPlaces`. */
const TRACE_HELPERS = ["traced", "trace"] as const;

const KNOWN_HELPERS = Object.fromEntries(
  [...HELPERS, ...TRACE_HELPERS].map((name) => [name, true]),
);
type CompileOptions = NonNullable<Parameters<typeof Handlebars.compile>[1]>;
const OPTIONS: CompileOptions = {
  strict: true,
  knownHelpersOnly: true,
  knownHelpers: KNOWN_HELPERS,
  preventIndent: true,
};

/** Whether every look-up of a name is preceded by a note of its place, or costs nothing more. */
type Tracking = "tracked" | "untracked";

/**
 * Lint a template and compile it to the source of a Handlebars template specification. Every start
 * tag gets the attribute `t` with its place, so that the tree knows which template line a paragraph
 * came from. Tracked, every name lookup is preceded by a note of its place, so that an error has
 * one too; the product's own templates, which the tests run tracked, are compiled ahead without.
 */
export function compileTemplate(
  template: TemplateFile,
  templates: TemplateSet,
  tracking: Tracking = "tracked",
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
  markPlaces(ast, file, tracking);
  try {
    // Its typings name the specification that the text describes.
    return succeed(Handlebars.precompile(ast, OPTIONS) as unknown as string);
  } catch (error) {
    // What parses and yet cannot be compiled: a partial with two contexts.
    return fail([syntaxProblem(error, file)]);
  }
}

/**
 * The specification that a source describes. Templates are lint-clean here; the source is
 * Handlebars' own.
 */
export function specificationOf(source: string): unknown {
  // oxlint-disable-next-line typescript/no-implied-eval -- compiled here, from a linted template
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

/** A node of the template's tree while its places are written into it. */
type MutableNode = { type: string; loc: AstNode["loc"] } & Record<string, unknown>;

/** Nodes that look names up. */
const LOOKUPS: ReadonlySet<string> = new Set([
  "BlockStatement",
  "SubExpression",
  "PartialStatement",
  "MustacheStatement",
]);

/** Rewrite the tree of a template in place: tags get their places, look-ups are traced. */
function markPlaces(value: unknown, file: string, tracking: Tracking): void {
  if (Array.isArray(value)) {
    for (const entry of value) markPlaces(entry, file, tracking);
    return;
  }
  if (!isAstNode(value)) return;
  const node: MutableNode = value;
  if (node.type === "ContentStatement") {
    const [text, original] = [String(node["value"]), String(node["original"])];
    node["value"] = placeTags(text, original, file, node.loc.start);
    return;
  }
  if (tracking === "tracked" && LOOKUPS.has(node.type)) traceLookups(node, file);
  for (const inner of [node["body"], node["program"], node["inverse"]])
    markPlaces(inner, file, tracking);
}

/** Trace the names that one node looks up: its own, or those of its arguments. */
function traceLookups(node: MutableNode, file: string): void {
  const place = `${file}:${node.loc.start.line}:${node.loc.start.column + 1}`;
  const { path } = node;
  const params = Array.isArray(node["params"]) ? node["params"] : [];
  if (node.type === "MustacheStatement" && params.length === 0 && pathName(path) !== null) {
    node["path"] = helperPath("traced", path as AstNode);
    node["params"] = [traceCall(path as AstNode, place), path];
    return;
  }
  node["params"] = params.map((param: unknown) => traceArgument(param, place, file));
  const hash = node["hash"] as { readonly pairs: { value: unknown }[] } | undefined;
  for (const pair of hash?.pairs ?? []) pair.value = traceArgument(pair.value, place, file);
}

/**
 * `name` becomes `(traced (trace "title.hbs:2:1") name)`: arguments are evaluated in order, so the
 * place is noted before the look-up.
 */
function traceArgument(param: unknown, place: string, file: string): unknown {
  markPlaces(param, file, "tracked");
  if (!isAstNode(param) || pathName(param) === null || param["data"] === true) return param;
  return {
    type: "SubExpression",
    path: helperPath("traced", param),
    params: [traceCall(param, place), param],
    hash: undefined,
    loc: param.loc,
  };
}

function traceCall(at: { loc: unknown }, place: string): unknown {
  return {
    type: "SubExpression",
    path: helperPath("trace", at),
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
