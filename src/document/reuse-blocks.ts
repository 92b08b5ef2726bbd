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
    if (old && now && sameValue(old, now)) blocks[at] = old;
    else if (before.length !== after.length) break;
  }
  for (let at = 1; at <= most; at++) {
    const place = after.length - at;
    const [old, now] = [before[before.length - at], after[place]];
    if (!old || !now || blocks[place] === old || !sameValue(old, now)) break;
    blocks[place] = old;
  }
  return blocks;
}

/** Whether two values of the tree say the same. */
function sameValue(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (Array.isArray(a))
    return Array.isArray(b) && a.length === b.length && a.every((one, at) => sameValue(one, b[at]));
  const [left, right] = [a as Record<string, unknown>, b as Record<string, unknown>];
  for (const name in left) if (!sameValue(left[name], right[name])) return false;
  for (const name in right) if (!(name in left)) return false;
  return true;
}
