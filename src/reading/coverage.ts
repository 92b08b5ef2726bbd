import { assertNever } from "../base/diagnostic.js";
import { diffLists } from "../base/diff.js";
import { type Block, type DocumentTree, readText, textOf } from "../document/tree.js";
import type { SourceBlock, SourcePlace, SourceText } from "./source-text.js";

/** A stretch of words that the source and the plan built from it say differently. */
interface Difference {
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
  /**
   * Of these, words whose letters are larger or smaller than they were: headings in capitals, as
   * the decree wants them.
   */
  readonly recased: number;
  readonly differences: readonly Difference[];
}

const NOWHERE: SourcePlace = { page: null, line: 1 };

interface Word {
  readonly text: string;
  /** Without the signs at either end. */
  readonly bare: string;
  /** As compared: letter case does not count. */
  readonly folded: string;
  readonly at: SourcePlace;
}

/**
 * Compare a source with the plan built from it, word by word. The head of the page is compared
 * without order: its two columns may be read either way.
 */
export function measureCoverage(source: SourceText, built: DocumentTree): Coverage {
  const wanted = wordsOfSource(source);
  const got = wordsOfTree(built);
  const [heads, [before, after]] = [
    [wanted.slice(0, headEnd(wanted)), got.slice(0, headEnd(got))] as const,
    [wanted.slice(headEnd(wanted)), got.slice(headEnd(got))] as const,
  ];
  const head = compareHeads(heads[0], heads[1]);
  const differences: Difference[] = [...head.differences];
  let { placed, recased } = head;
  let place: SourcePlace = { page: null, line: 1 };
  let open: { source: string[]; plan: string[]; at: SourcePlace } | null = null;
  const close = (): void => {
    if (open !== null)
      differences.push({ source: open.source.join(" "), plan: open.plan.join(" "), at: open.at });
    open = null;
  };
  for (const {
    kind,
    before: [from, to],
    after: [start, end],
  } of diffLists(
    before.map(({ folded }) => folded),
    after.map(({ folded }) => folded),
  )) {
    if (kind === "same") {
      close();
      placed += to - from;
      for (let at = from; at < to; at++)
        if (before[at]?.bare !== after[start + at - from]?.bare) recased++;
      place = before[to - 1]?.at ?? place;
      continue;
    }
    open ??= { source: [], plan: [], at: before[from]?.at ?? place };
    if (kind === "removed") open.source.push(...before.slice(from, to).map(({ text }) => text));
    else open.plan.push(...after.slice(start, end).map(({ text }) => text));
  }
  close();
  return { words: wanted.length, placed, recased, differences };
}

/** How many words stand above the type of the document; 0 where no type is named. */
function headEnd(words: readonly Word[]): number {
  return Math.max(
    0,
    words
      .slice(0, MAX_HEAD)
      .findIndex(({ bare }, index) => bare === "KẾ" && words[index + 1]?.bare === "HOẠCH"),
  );
}

/** Words of the longest head. */
const MAX_HEAD = 120;

/** Words of two heads that the other does not have, each line of the source by itself. */
function compareHeads(
  source: readonly Word[],
  plan: readonly Word[],
): {
  readonly placed: number;
  readonly recased: number;
  readonly differences: readonly Difference[];
} {
  const take = (words: readonly Word[], from: readonly Word[]): readonly Word[] => {
    const left = new Map<string, number>();
    for (const { folded } of from) left.set(folded, (left.get(folded) ?? 0) + 1);
    return words.filter(({ folded }) => {
      const count = left.get(folded) ?? 0;
      if (count > 0) left.set(folded, count - 1);
      return count === 0;
    });
  };
  const missing = take(source, plan);
  const lines = new Map<SourcePlace, string[]>();
  for (const { text, at } of missing) lines.set(at, [...(lines.get(at) ?? []), text]);
  const added = take(plan, source)
    .map(({ text }) => text)
    .join(" ");
  return {
    placed: source.length - missing.length,
    recased: 0,
    differences: [
      ...[...lines].map(([at, words]) => ({ source: words.join(" "), plan: "", at })),
      ...(added === "" ? [] : [{ source: "", plan: added, at: source[0]?.at ?? NOWHERE }]),
    ],
  };
}

function wordsIn(text: string, at: SourcePlace): Word[] {
  return text.split(/[\s\u00a0]+/u).flatMap((word) => {
    const bare = word.replace(/^[^\p{L}\p{N}%]+|[^\p{L}\p{N}%]+$/gu, "");
    return bare === "" ? [] : [{ text: word, bare, folded: bare.toLowerCase(), at }];
  });
}

function wordsOfSource({ blocks, footnotes }: SourceText): Word[] {
  const words: Word[] = [];
  const visit = (list: readonly SourceBlock[]): void => {
    for (const block of list) {
      if (block.kind === "table")
        for (const row of block.rows) for (const { paragraphs } of row) visit(paragraphs);
      else words.push(...wordsIn(`${block.label ?? ""} ${block.text}`, block.at));
    }
  };
  visit(blocks);
  for (const paragraphs of footnotes.values()) visit(paragraphs);
  return words;
}

function wordsOfTree(tree: DocumentTree): Word[] {
  const words: Word[] = [];
  const visit = (blocks: readonly Block[]): void => {
    for (const block of blocks) {
      if (block.kind === "paragraph" || block.kind === "heading")
        words.push(
          ...wordsIn(
            readText({
              label: block.label,
              inlines: block.inlines.filter(({ kind }) => kind !== "footnote"),
            }),
            NOWHERE,
          ),
        );
      else if (block.kind === "columns")
        for (const row of block.rows) for (const cell of row) visit(cell);
      else if (block.kind === "table")
        for (const row of [...block.head, ...block.rows])
          for (const cell of row.cells) words.push(...wordsIn(textOf(cell.inlines), NOWHERE));
      else if (block.kind === "picture") {
        if (block.caption) words.push(...wordsIn(readText(block.caption), NOWHERE));
      } else if (block.kind !== "rule") assertNever(block);
    }
  };
  for (const section of tree.sections) visit(section.blocks);
  for (const { inlines } of tree.footnotes) words.push(...wordsIn(textOf(inlines), NOWHERE));
  return words;
}
