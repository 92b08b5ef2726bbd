/** A node of a parsed template, as Handlebars gives it; one that it made up has no place. */
export interface AstNode {
  readonly type: string;
  readonly loc: { readonly start: { readonly line: number; readonly column: number } };
  readonly [field: string]: unknown;
}

/** Whether a value of a parsed template is a node. */
export function isAstNode(value: unknown): value is AstNode {
  return (
    typeof value === "object" &&
    value !== null &&
    typeof (value as { type?: unknown }).type === "string"
  );
}

/** Visit every node of a parsed template, each before those inside it. */
export function walkAst(value: unknown, visit: (node: AstNode) => void): void {
  if (Array.isArray(value)) {
    for (const entry of value) walkAst(entry, visit);
    return;
  }
  if (!isAstNode(value)) return;
  visit(value);
  for (const [field, inner] of Object.entries(value)) if (field !== "loc") walkAst(inner, visit);
}

/** The name that a node's path writes out: "plan.title"; null when it is no plain path. */
export function pathName(path: unknown): string | null {
  return isAstNode(path) && path.type === "PathExpression" ? String(path["original"]) : null;
}
