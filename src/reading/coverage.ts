import { diffLists } from "../base/diff.js";
import { type Block, type DocumentTree, readText, textOf } from "../document/tree.js";
import type { SourceBlock, SourcePlace, SourceText } from "./source-text.js";

/** A stretch of words that the source and the plan built from it say differently. */
export interface Difference {
  /** Words of the source, and where they stand; empty when the plan adds words. */
  readonly source: string;
  /** Words of the built plan that stand there instead. */
  readonly plan: string;
  readonly at: SourcePlace;
}

/** How much of a source came back when the plan made of it was built. */
export interface Coverage {
  /** Words of the source: letters and digits between blanks. */
  readonly words: number;
  /** Words that stand in the built plan, in order. */
  readonly placed: number;
  readonly differences: readonly Difference[];
}

interface Word {
  readonly text: string;
  /** As compared: signs at either end do not count. */
  readonly bare: string;
  readonly at: SourcePlace;
}

/** Compare a source with the plan built from it, word by word. The head of the page is compared without order: its two columns may be read either way. */
export function measureCoverage(source: SourceText, built: DocumentTree): Coverage {
  const wanted = wordsOfSource(source);
  const got = wordsOfTree(built);
  const [before, after] = [headFirst(wanted), headFirst(got)];
  const differences: Difference[] = [];
  let placed = 0;
  let place: SourcePlace = { page: null, line: 1 };
  let open: { source: string[]; plan: string[]; at: SourcePlace } | null = null;
  const close = (): void => {
    if (open !== null) differences.push({ source: open.source.join(" "), plan: open.plan.join(" "), at: open.at });
    open = null;
  };
  for (const { kind, before: [from, to], after: [start, end] } of diffLists(before.map(({ bare }) => bare), after.map(({ bare }) => bare))) {
    if (kind === "same") {
      close();
      placed += to - from;
      place = before[to - 1]?.at ?? place;
      continue;
    }
    open ??= { source: [], plan: [], at: before[from]?.at ?? place };
    if (kind === "removed") open.source.push(...before.slice(from, to).map(({ text }) => text));
    else open.plan.push(...after.slice(start, end).map(({ text }) => text));
  }
  close();
  return { words: wanted.length, placed, differences };
}

/** Words up to the type of the document, sorted; the rest in order. */
function headFirst(words: readonly Word[]): readonly Word[] {
  const end = words.slice(0, 120).findIndex(({ bare }, index) => bare === "KẾ" && words[index + 1]?.bare === "HOẠCH");
  return end < 0 ? words : [...[...words.slice(0, end)].sort((a, b) => (a.bare < b.bare ? -1 : a.bare > b.bare ? 1 : 0)), ...words.slice(end)];
}

function wordsIn(text: string, at: SourcePlace): Word[] {
  return text.split(/[\s\u00a0]+/u).flatMap((word) => {
    const bare = word.replace(/^[^\p{L}\p{N}%]+|[^\p{L}\p{N}%]+$/gu, "");
    return bare === "" ? [] : [{ text: word, bare, at }];
  });
}

function wordsOfSource({ blocks, footnotes }: SourceText): Word[] {
  const words: Word[] = [];
  const visit = (list: readonly SourceBlock[]): void => {
    for (const block of list) {
      if (block.kind === "table") for (const row of block.rows) for (const { paragraphs } of row) visit(paragraphs);
      else words.push(...wordsIn(`${block.label ?? ""} ${block.text}`, block.at));
    }
  };
  visit(blocks);
  for (const paragraphs of footnotes.values()) visit(paragraphs);
  return words;
}

const NOWHERE: SourcePlace = { page: null, line: 0 };

function wordsOfTree(tree: DocumentTree): Word[] {
  const words: Word[] = [];
  const visit = (blocks: readonly Block[]): void => {
    for (const block of blocks) {
      if (block.kind === "paragraph" || block.kind === "heading") words.push(...wordsIn(readText({ label: block.label, inlines: block.inlines.filter(({ kind }) => kind !== "footnote") }), NOWHERE));
      else if (block.kind === "columns") for (const row of block.rows) for (const cell of row) visit(cell);
      else if (block.kind === "table") for (const row of [...block.head, ...block.rows]) for (const cell of row.cells) words.push(...wordsIn(textOf(cell.inlines), NOWHERE));
    }
  };
  for (const section of tree.sections) visit(section.blocks);
  for (const { inlines } of tree.footnotes) words.push(...wordsIn(textOf(inlines), NOWHERE));
  return words;
}
