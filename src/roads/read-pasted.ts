import { normalizeText } from "../base/text.js";
import type { Knowledge } from "../knowledge/knowledge.js";
import {
  PLAIN_LOOK,
  type SourceBlock,
  type SourceMark,
  type SourceParagraph,
} from "../reading/source-text.js";
import { type Fragment, readFragment } from "../reading/structure/read-fragment.js";

/** A paragraph or a table that was copied from another program. */
export type PastedBlock = PastedParagraph | PastedTable;

export interface PastedParagraph {
  readonly kind: "paragraph";
  readonly text: string;
  /** Number or bullet that the other program writes by itself. */
  readonly label: string | null;
  readonly bold: boolean;
  readonly italic: boolean;
  /** Level of a heading, from 1; 0 for none. */
  readonly level: number;
}

interface PastedTable {
  readonly kind: "table";
  /** Rows of cells; a cell of several paragraphs has line breaks. */
  readonly rows: readonly (readonly PastedCell[])[];
}

interface PastedCell {
  readonly text: string;
  readonly columns: number;
  readonly rows: number;
  readonly bold: boolean;
}

/** What was pasted as parts of a plan: legal bases, nodes of the outline. */
export function readPasted(blocks: readonly PastedBlock[], knowledge: Knowledge): Fragment {
  return readFragment(blocks.flatMap(sourceBlock), knowledge);
}

function sourceBlock(block: PastedBlock, index: number): readonly SourceBlock[] {
  const at = { page: null, line: index + 1 };
  if (block.kind === "paragraph") {
    const paragraph = sourceParagraph(block, at);
    return paragraph.text === "" ? [] : [paragraph];
  }
  const plain = { kind: "paragraph", label: null, italic: false, level: 0 } as const;
  const rows = block.rows.map((row) =>
    row.map(({ text, bold, columns, rows: down }) => ({
      columns,
      rows: down,
      paragraphs: text
        .split("\n")
        .map((line) => sourceParagraph({ ...plain, bold, text: line }, at))
        .filter((paragraph) => paragraph.text !== ""),
    })),
  );
  return rows.length === 0 ? [] : [{ kind: "table", ruled: true, head: 0, at, rows }];
}

function sourceParagraph(
  { text, label, bold, italic, level }: PastedParagraph,
  at: SourceParagraph["at"],
): SourceParagraph {
  const clean = normalizeText(text)
    .replace(/[^\S\n\u00a0]+|\u00a0+/gu, " ")
    .trim();
  const marks: readonly SourceMark[] = [];
  return {
    kind: "paragraph",
    text: clean,
    label,
    marks,
    at,
    look: { ...PLAIN_LOOK, bold, italic, outline: level },
  };
}
