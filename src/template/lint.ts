import { type Diagnostic, type LocalizedText, both, fileError } from "../base/diagnostic.js";
import { nearest } from "../base/nearest.js";
import type { TemplateSet } from "./template-set.js";
import type { Code } from "../base/codes.js";

/** Helpers a template may call. Everything else a template wants is already in the data. */
export const HELPERS = ["if", "unless", "each", "with", "is"] as const;

interface AstNode {
  readonly type: string;
  readonly loc: { readonly start: { readonly line: number; readonly column: number } };
  readonly [field: string]: unknown;
}

/**
 * What a template may not do, found before it runs: unescaped output, decorators, inline partials,
 * unknown helpers and partials. Names of data are checked while it runs, with the data at hand.
 */
export function lintTemplate(ast: unknown, file: string, templates: TemplateSet): Diagnostic[] {
  const problems: Diagnostic[] = [];
  const report = (node: AstNode, code: Code, message: LocalizedText, hint: LocalizedText): void => {
    problems.push(
      fileError(
        code,
        { file, line: node.loc.start.line, column: node.loc.start.column + 1 },
        message,
        hint,
      ),
    );
  };
  const partialNames = [...templates.keys()];

  const visit = (value: unknown): void => {
    if (Array.isArray(value)) {
      value.forEach(visit);
      return;
    }
    if (!isAstNode(value)) return;
    switch (value.type) {
      case "MustacheStatement":
        if (value["escaped"] === false) {
          report(
            value,
            "template-unescaped",
            both(
              "{{{ }}} và {{& }} đưa chữ vào mà không mã hóa",
              "{{{ }}} and {{& }} insert text without escaping",
            ),
            both("dùng {{ }}", "use {{ }}"),
          );
        }
        checkCall(value);
        break;
      case "SubExpression":
      case "BlockStatement":
        checkCall(value);
        break;
      case "Decorator":
      case "DecoratorBlock":
        report(
          value,
          "template-decorator",
          both(
            "không dùng decorator ({{* }}, {{#* }})",
            "decorators ({{* }}, {{#* }}) are not allowed",
          ),
          both(
            "tách thành tệp mẫu riêng và gọi bằng {{> }}",
            "make it a template file of its own and call it with {{> }}",
          ),
        );
        break;
      case "PartialStatement":
      case "PartialBlockStatement": {
        const name = value["name"];
        if (!isAstNode(name) || name.type !== "PathExpression") {
          report(
            value,
            "template-dynamic-partial",
            both("tên mẫu con phải viết thẳng", "the partial's name must be written out"),
            both("dùng {{#if (is …)}}{{> ten}}", "use {{#if (is …)}}{{> name}}"),
          );
          break;
        }
        const wanted = String(name["original"]);
        if (!templates.has(wanted)) {
          const near = nearest(wanted, partialNames);
          report(
            value,
            "template-unknown-partial",
            both(`không có mẫu con “${wanted}”`, `there is no partial “${wanted}”`),
            near !== null
              ? both(`có phải là “${near}”?`, `did you mean “${near}”?`)
              : both(
                  `đang có: ${partialNames.join(", ")}`,
                  `there are: ${partialNames.join(", ")}`,
                ),
          );
        }
        break;
      }
      default:
    }
    for (const [field, inner] of Object.entries(value)) if (field !== "loc") visit(inner);
  };

  const checkCall = (node: AstNode): void => {
    const path = node["path"];
    if (!isAstNode(path) || path.type !== "PathExpression") return;
    const params = node["params"] as readonly unknown[];
    const called =
      params.length > 0 || node["hash"] !== undefined || node.type !== "MustacheStatement";
    const name = String(path["original"]);
    if (!called || (HELPERS as readonly string[]).includes(name)) return;
    const near = nearest(name, HELPERS);
    report(
      node,
      "template-unknown-helper",
      both(`không có hàm “${name}”`, `there is no helper “${name}”`),
      near !== null
        ? both(`có phải là “${near}”?`, `did you mean “${near}”?`)
        : both(`chỉ có: ${HELPERS.join(", ")}`, `there are only: ${HELPERS.join(", ")}`),
    );
  };

  visit(ast);
  return problems;
}

export function isAstNode(value: unknown): value is AstNode {
  return (
    typeof value === "object" &&
    value !== null &&
    typeof (value as { type?: unknown }).type === "string"
  );
}
