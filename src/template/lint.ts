import type { Code } from "../base/codes.js";
import { type Diagnostic, type LocalizedText, both, fileError } from "../base/diagnostic.js";
import { nearest } from "../base/nearest.js";
import { didYouMean } from "../base/suggest.js";
import { type AstNode, pathName, walkAst } from "./ast.js";
import type { TemplateSet } from "./template-set.js";

/** Helpers a template may call. Everything else a template wants is already in the data. */
export const HELPERS = ["if", "unless", "each", "with", "is"] as const;

/** What is wrong with a node of a template. */
interface Fault {
  readonly code: Code;
  readonly message: LocalizedText;
  readonly hint: LocalizedText;
}

/**
 * What a template may not do, found before it runs: unescaped output, decorators, inline partials,
 * unknown helpers and partials. Names of data are checked while it runs, with the data at hand.
 */
export function lintTemplate(ast: unknown, file: string, templates: TemplateSet): Diagnostic[] {
  const problems: Diagnostic[] = [];
  walkAst(ast, (node) => {
    for (const { code, message, hint } of faultsOf(node, templates)) {
      const { line, column } = node.loc.start;
      problems.push(fileError(code, { file, line, column: column + 1 }, message, hint));
    }
  });
  return problems;
}

function faultsOf(node: AstNode, templates: TemplateSet): readonly Fault[] {
  switch (node.type) {
    case "MustacheStatement":
      return [...(node["escaped"] === false ? [UNESCAPED] : []), ...unknownHelper(node)];
    case "SubExpression":
    case "BlockStatement":
      return unknownHelper(node);
    case "Decorator":
    case "DecoratorBlock":
      return [DECORATOR];
    case "PartialStatement":
    case "PartialBlockStatement":
      return unknownPartial(node, templates);
    default:
      return [];
  }
}

const UNESCAPED: Fault = {
  code: "template-unescaped",
  message: both(
    "{{{ }}} và {{& }} đưa chữ vào mà không mã hóa",
    "{{{ }}} and {{& }} insert text without escaping",
  ),
  hint: both("dùng {{ }}", "use {{ }}"),
};

const DECORATOR: Fault = {
  code: "template-decorator",
  message: both(
    "không dùng decorator ({{* }}, {{#* }})",
    "decorators ({{* }}, {{#* }}) are not allowed",
  ),
  hint: both(
    "tách thành tệp mẫu riêng và gọi bằng {{> }}",
    "make it a template file of its own and call it with {{> }}",
  ),
};

const DYNAMIC_PARTIAL: Fault = {
  code: "template-dynamic-partial",
  message: both("tên mẫu con phải viết thẳng", "the partial's name must be written out"),
  hint: both("dùng {{#if (is …)}}{{> ten}}", "use {{#if (is …)}}{{> name}}"),
};

function unknownHelper(node: AstNode): readonly Fault[] {
  const name = pathName(node["path"]);
  const { params } = node;
  const hasArguments = (Array.isArray(params) && params.length > 0) || node["hash"] !== undefined;
  const called = hasArguments || node.type !== "MustacheStatement";
  if (name === null || !called || (HELPERS as readonly string[]).includes(name)) return [];
  const near = nearest(name, HELPERS);
  const list = HELPERS.join(", ");
  return [
    {
      code: "template-unknown-helper",
      message: both(`không có hàm “${name}”`, `there is no helper “${name}”`),
      hint: near !== null ? didYouMean(near) : both(`chỉ có: ${list}`, `there are only: ${list}`),
    },
  ];
}

function unknownPartial(node: AstNode, templates: TemplateSet): readonly Fault[] {
  const name = pathName(node["name"]);
  if (name === null) return [DYNAMIC_PARTIAL];
  if (templates.has(name)) return [];
  const names = [...templates.keys()];
  const near = nearest(name, names);
  const list = names.join(", ");
  return [
    {
      code: "template-unknown-partial",
      message: both(`không có mẫu con “${name}”`, `there is no partial “${name}”`),
      hint: near !== null ? didYouMean(near) : both(`đang có: ${list}`, `there are: ${list}`),
    },
  ];
}
