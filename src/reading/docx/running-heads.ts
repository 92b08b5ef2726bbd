import type { Excluded, SourceBlock } from "../source-text.js";
import { readBlocks } from "./read-blocks.js";
import { type Reading, openStory } from "./reading.js";
import { type XmlNode, descendantsOf } from "./xml-tree.js";

/** Page numbers that somebody typed. */
const TYPED_NUMBER = /^(?:trang\s*)?[-–]?\s*\d{1,3}\s*[-–]?(?:\s*\/\s*\d{1,3})?$/iu;

/**
 * Headers and footers are no text of the document: they are put aside, each text once, in the order
 * in which the sections call them.
 */
export function passRunningHeads(
  document: XmlNode,
  heads: ReadonlyMap<string, XmlNode>,
  reading: Reading,
): void {
  const told = new Set<string>();
  const called = descendantsOf(document, "sectPr")
    .flatMap(({ children }) => children)
    .flatMap(({ attributes }) => attributes.get("r:id") ?? []);
  for (const id of new Set(called)) {
    const head = heads.get(id);
    if (head === undefined) continue;
    // Each paragraph by itself: a page number is told from the words that stand with it.
    for (const child of head.children) {
      const story = { ...openStory(reading, 1), pageNumbers: "kept" as const };
      for (const text of readBlocks([child], story).flatMap(textsOf)) {
        const why: Excluded["why"] =
          story.hasPageNumber || TYPED_NUMBER.test(text) ? "page-number" : "running-head";
        if (told.has(`${why} ${text}`)) continue;
        told.add(`${why} ${text}`);
        reading.excluded.push({ why, text, at: { page: null, line: 1 } });
      }
    }
  }
}

function textsOf(block: SourceBlock): readonly string[] {
  return block.kind === "paragraph"
    ? [block.text]
    : block.rows.flatMap((row) =>
        row.flatMap(({ paragraphs }) => paragraphs.map(({ text }) => text)),
      );
}
