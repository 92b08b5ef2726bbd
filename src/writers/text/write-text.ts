import { assertNever } from "../../base/diagnostic.js";
import { type Block, type DocumentTree, readText, textOf } from "../../document/tree.js";

/** The document as plain text, a paragraph a line: for reading, searching and comparing. */
export function writeText(tree: DocumentTree): string {
  const lines: string[] = [];
  for (const section of tree.sections) {
    if (lines.length > 0) lines.push("");
    collect(section.blocks, lines);
  }
  for (const note of tree.footnotes) lines.push(`[${note.number}] ${textOf(note.inlines)}`);
  return `${lines.join("\n")}\n`;
}

function collect(blocks: readonly Block[], lines: string[]): void {
  for (const block of blocks) {
    switch (block.kind) {
      case "paragraph":
      case "heading":
        lines.push(readText(block));
        break;
      case "rule":
        break;
      case "columns":
        for (const row of block.rows) for (const cell of row) collect(cell, lines);
        break;
      case "picture":
        lines.push(`[${block.alt}]`);
        if (block.caption) lines.push(readText(block.caption));
        break;
      case "table":
        for (const row of [...block.head, ...block.rows])
          lines.push(row.cells.map((cell) => textOf(cell.inlines)).join("\t"));
        break;
      default:
        assertNever(block);
    }
  }
}
