import { sameData } from "../base/same-data.js";
import type { Block, DocumentTree } from "./tree.js";

/**
 * A tree in which every block that says the same as one of an earlier tree is that very block, as
 * far as both are alike from either end of a section: what hangs on a block need not be made again.
 */
export function reuseBlocks(before: DocumentTree, after: DocumentTree): DocumentTree {
  const sections = after.sections.map((section, index) => {
    const earlier = before.sections[index]?.blocks ?? [];
    return { ...section, blocks: reuseList(earlier, section.blocks) };
  });
  return { ...after, sections };
}

function reuseList(before: readonly Block[], after: readonly Block[]): readonly Block[] {
  const most = Math.min(before.length, after.length);
  const blocks = [...after];
  // Beside a block that changed the next ones are compared all the same: one word is one block.
  for (let at = 0; at < most; at++) {
    const [old, now] = [before[at], after[at]];
    if (old && now && sameData(old, now)) blocks[at] = old;
    else if (before.length !== after.length) break;
  }
  for (let at = 1; at <= most; at++) {
    const place = after.length - at;
    const [old, now] = [before[before.length - at], after[place]];
    if (!old || !now || blocks[place] === old || !sameData(old, now)) break;
    blocks[place] = old;
  }
  return blocks;
}
