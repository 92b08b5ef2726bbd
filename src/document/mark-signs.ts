import { assertNever } from "../base/diagnostic.js";
import { SIGN, addMark } from "./marks.js";
import type { Block, DocumentTree, Inline, TableRow, TextRun } from "./tree.js";

/**
 * Letters that every plan is written with. What is none of these is looked at one by one; halves of
 * signs beyond the first plane are none. Without the flag "u" it is three times as fast.
 */
const UNUSUAL = /[^\u0000-\u01b0\u1ea0-\u1ef9\u2010-\u2027\u20ab\u2116]/;

/** A tree whose signs are runs of their own, and what characters it has that are rare. */
export interface SignedTree {
  readonly tree: DocumentTree;
  /** Code points that are no usual letters, in order. */
  readonly rare: readonly number[];
}

/**
 * Mark the signs that the text's faces lack and the face for signs has. A tree without any is given
 * back as it is.
 */
export function markSigns(tree: DocumentTree, isSign: (code: number) => boolean): SignedTree {
  const rare = rareCharacters(tree);
  if (!rare.some(isSign)) return { tree, rare };
  const map: MapInlines = (inlines) =>
    inlines.flatMap((inline): readonly Inline[] =>
      inline.kind === "text" && UNUSUAL.test(inline.text) ? splitRun(inline, isSign) : [inline],
    );
  const sections = tree.sections.map((section) => ({
    ...section,
    blocks: section.blocks.map((block) => mapBlock(block, map)),
  }));
  const footnotes = tree.footnotes.map((note) => ({ ...note, inlines: map(note.inlines) }));
  return { tree: { ...tree, sections, footnotes }, rare };
}

function rareCharacters(tree: DocumentTree): readonly number[] {
  const rare = new Set<number>();
  const look = (inlines: readonly Inline[]): void => {
    for (const inline of inlines)
      if (inline.kind === "text" && UNUSUAL.test(inline.text))
        for (const letter of inline.text)
          if (UNUSUAL.test(letter)) rare.add(letter.codePointAt(0) ?? 0);
  };
  for (const { blocks } of tree.sections) for (const block of blocks) visitBlock(block, look);
  for (const { inlines } of tree.footnotes) look(inlines);
  return [...rare].sort((a, b) => a - b);
}

function visitBlock(block: Block, look: (inlines: readonly Inline[]) => void): void {
  switch (block.kind) {
    case "paragraph":
    case "heading":
      return look(block.inlines);
    case "rule":
      return;
    case "columns":
      for (const row of block.rows)
        for (const cell of row) for (const one of cell) visitBlock(one, look);
      return;
    case "table":
      for (const rows of [block.head, block.rows])
        for (const { cells } of rows) for (const { inlines } of cells) look(inlines);
      return;
    case "picture":
      if (block.caption !== null) look(block.caption.inlines);
      return;
    default:
      assertNever(block);
  }
}

/** A run cut where signs begin and end. */
function splitRun(run: TextRun, isSign: (code: number) => boolean): readonly TextRun[] {
  const parts: TextRun[] = [];
  let [text, inSign] = ["", false];
  const push = (): void => {
    if (text === "") return;
    const marks = inSign ? addMark(run.marks, SIGN) : run.marks;
    parts.push(text === run.text && !inSign ? run : { ...run, text, marks });
  };
  for (const letter of run.text) {
    const sign = UNUSUAL.test(letter) && isSign(letter.codePointAt(0) ?? 0);
    if (sign !== inSign) {
      push();
      [text, inSign] = ["", sign];
    }
    text += letter;
  }
  push();
  return parts;
}

type MapInlines = (inlines: readonly Inline[]) => readonly Inline[];

function mapBlock(block: Block, map: MapInlines): Block {
  switch (block.kind) {
    case "paragraph":
    case "heading":
      return { ...block, inlines: map(block.inlines) };
    case "rule":
      return block;
    case "columns":
      return {
        ...block,
        rows: block.rows.map((row) => row.map((cell) => cell.map((one) => mapBlock(one, map)))),
      };
    case "table":
      return {
        ...block,
        head: block.head.map((row) => mapRow(row, map)),
        rows: block.rows.map((row) => mapRow(row, map)),
      };
    case "picture":
      return block.caption === null
        ? block
        : { ...block, caption: { ...block.caption, inlines: map(block.caption.inlines) } };
    default:
      return assertNever(block);
  }
}

function mapRow(row: TableRow, map: MapInlines): TableRow {
  return { ...row, cells: row.cells.map((cell) => ({ ...cell, inlines: map(cell.inlines) })) };
}
