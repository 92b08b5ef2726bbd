import { assertNever } from "../base/diagnostic.js";
import { joinRuns } from "./runs.js";
import {
  type Block,
  type Change,
  type DocumentTree,
  type Inline,
  type Origin,
  type Table,
  type TableCell,
  type TableColumn,
  type TableRow,
  type TextRun,
  textOf,
} from "./tree.js";

/** The tree as text, one block a line, with its origin: the second rung of the golden ladder. */
export function printTree(tree: DocumentTree<Change>): string {
  const lines: string[] = [`document ${JSON.stringify(tree.title)} ${tree.language}`];
  for (const { author, date } of tree.revisions ?? []) lines.push(`revision ${date} ${author}`);
  for (const section of tree.sections) {
    lines.push(`section ${section.name}${section.landscape ? " landscape" : ""}`);
    printBlocks(section.blocks, "  ", lines);
  }
  for (const note of tree.footnotes)
    lines.push(`footnote ${note.number} ${quote(note.inlines)}${printOrigin(note.origin)}`);
  return `${lines.join("\n")}\n`;
}

function printBlocks(blocks: readonly Block<Change>[], indent: string, lines: string[]): void {
  for (const block of blocks) {
    switch (block.kind) {
      case "paragraph":
        lines.push(`${indent}${block.role}${printText(block)}`);
        break;
      case "heading":
        lines.push(`${indent}heading ${block.level} ${block.role}${printText(block)}`);
        break;
      case "rule":
        lines.push(`${indent}rule ${block.share}${version(block)}`);
        break;
      case "columns":
        lines.push(`${indent}columns ${block.role} ${block.shares.join(" ")}${version(block)}`);
        block.rows.forEach((row) =>
          row.forEach((cell, column) => {
            lines.push(`${indent}  column ${column + 1}`);
            printBlocks(cell, `${indent}    `, lines);
          }),
        );
        break;
      case "picture":
        lines.push(`${indent}picture ${block.file} ${JSON.stringify(block.alt)}${version(block)}`);
        if (block.caption)
          lines.push(`${indent}  <${block.caption.label}> ${quote(block.caption.inlines)}`);
        break;
      case "table":
        printTable(block, indent, lines);
        break;
      default:
        assertNever(block);
    }
  }
}

/** Label, text, origin and version of a paragraph or heading. */
function printText(block: Extract<Block<Change>, { readonly label: string | null }>): string {
  const label = block.label === null ? "" : ` <${block.label}>`;
  return `${label} ${quote(block.inlines)}${printOrigin(block.origin)}${version(block)}`;
}

function printTable(table: Table<Change>, indent: string, lines: string[]): void {
  const widths = table.columns.map(columnWidth).join(" ");
  lines.push(`${indent}table ${widths}${printOrigin(table.origin)}${version(table)}`);
  const printRow = (name: "head" | "row", row: TableRow<Change>): void => {
    const cells = row.cells.map(cellText).join(" | ");
    const keep = row.keepWithNext ? " keep" : "";
    lines.push(`${indent}  ${name} | ${cells} |${keep}${version(row)}`);
  };
  for (const row of table.head) printRow("head", row);
  for (const row of table.rows) printRow("row", row);
}

function columnWidth(column: TableColumn): string {
  return column.share === null
    ? `auto(${column.least}-${column.most ?? ""})`
    : column.share.toFixed(3);
}

/** A cell's text, with "**" when it is bold and [columns × rows] when it spans. */
function cellText(cell: TableCell<Change>): string {
  const span = cell.columns > 1 || cell.rows > 1 ? `[${cell.columns}x${cell.rows}] ` : "";
  const strong = cell.role === "table-strong" ? "**" : "";
  return `${span}${strong}${textOf(cell.inlines)}${version(cell)}`;
}

function quote(inlines: readonly Inline<Change>[]): string {
  const parts = joinRuns(inlines).map((inline) =>
    inline.kind === "text" ? printRun(inline) : textOf([inline]),
  );
  return `"${parts.join("").replaceAll("\n", "\\n").replaceAll("\u00a0", "~")}"`;
}

/** A run with its change and its marks: "{inserted/0 bold:chữ}". */
function printRun({ text, marks, change }: TextRun<Change>): string {
  const facts = [
    ...(change === undefined ? [] : [`${change.kind}/${change.revision}`]),
    ...marks.map(({ type }) => type),
  ];
  return facts.length === 0 ? text : `{${facts.join(" ")}:${text}}`;
}

function printOrigin({ plan, template }: Origin): string {
  return `${plan ? `  @${plan}` : ""}${template ? `  ${template.file}:${template.line}` : ""}`;
}

/** Key and change of a part, where it has them. */
function version({ key, change }: { readonly key?: string; readonly change?: Change }): string {
  const named = key === undefined ? "" : `  #${key}`;
  return change === undefined ? named : `${named}  ${change.kind}/${change.revision}`;
}
