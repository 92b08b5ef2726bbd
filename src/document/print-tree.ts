import { assertNever } from "../base/diagnostic.js";
import {
  type Block,
  type DocumentTree,
  type Inline,
  type Origin,
  type TableCell,
  type TableColumn,
  textOf,
} from "./tree.js";

/** The tree as text, one block a line, with its origin: the second rung of the golden ladder. */
export function printTree(tree: DocumentTree): string {
  const lines: string[] = [`document ${JSON.stringify(tree.title)} ${tree.language}`];
  for (const section of tree.sections) {
    lines.push(`section ${section.name}${section.landscape ? " landscape" : ""}`);
    printBlocks(section.blocks, "  ", lines);
  }
  for (const note of tree.footnotes)
    lines.push(`footnote ${note.number} ${quote(note.inlines)}${printOrigin(note.origin)}`);
  return `${lines.join("\n")}\n`;
}

function printBlocks(blocks: readonly Block[], indent: string, lines: string[]): void {
  for (const block of blocks) {
    switch (block.kind) {
      case "paragraph":
        lines.push(
          `${indent}${block.role}${label(block.label)} ${quote(block.inlines)}${printOrigin(block.origin)}`,
        );
        break;
      case "heading":
        lines.push(
          `${indent}heading ${block.level} ${block.role}${label(block.label)} ${quote(block.inlines)}${printOrigin(block.origin)}`,
        );
        break;
      case "rule":
        lines.push(`${indent}rule ${block.share}`);
        break;
      case "columns":
        lines.push(`${indent}columns ${block.role} ${block.shares.join(" ")}`);
        block.rows.forEach((row) =>
          row.forEach((cell, column) => {
            lines.push(`${indent}  column ${column + 1}`);
            printBlocks(cell, `${indent}    `, lines);
          }),
        );
        break;
      case "table":
        lines.push(
          `${indent}table ${block.columns.map(columnWidth).join(" ")}${printOrigin(block.origin)}`,
        );
        for (const [name, rows] of [
          ["head", block.head],
          ["row", block.rows],
        ] as const) {
          for (const row of rows)
            lines.push(
              `${indent}  ${name} | ${row.cells.map(cellText).join(" | ")} |${row.keepNext ? " keep" : ""}`,
            );
        }
        break;
      default:
        assertNever(block);
    }
  }
}

function columnWidth(column: TableColumn): string {
  return column.share === null
    ? `auto(${column.least}-${column.most ?? ""})`
    : column.share.toFixed(3);
}

/** A cell's text, with "**" when it is bold and [columns × rows] when it spans. */
function cellText(cell: TableCell): string {
  const span = cell.columns > 1 || cell.rows > 1 ? `[${cell.columns}x${cell.rows}] ` : "";
  return `${span}${cell.role === "table-strong" ? "**" : ""}${textOf(cell.inlines)}`;
}

function label(text: string | null): string {
  return text === null ? "" : ` <${text}>`;
}

function quote(inlines: readonly Inline[]): string {
  const parts = inlines.map((inline) =>
    inline.kind === "text" && inline.marks.length > 0
      ? `{${inline.marks.join(" ")}:${inline.text}}`
      : textOf([inline]),
  );
  return `"${parts.join("").replaceAll("\n", "\\n").replaceAll("\u00a0", "~")}"`;
}

function printOrigin({ plan, template }: Origin): string {
  return `${plan ? `  @${plan}` : ""}${template ? `  ${template.file}:${template.line}` : ""}`;
}
