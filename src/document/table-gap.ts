import { assertNever } from "../base/diagnostic.js";
import type { Twip } from "../base/units.js";
import type { Block } from "./tree.js";

/** Height of the empty paragraph that keeps two tables apart. */
export const TABLE_GAP: Twip = 120;

/**
 * Whether an empty paragraph has to separate this block from the one before: Word joins two tables
 * that have no paragraph between them (ECMA-376 Part 1, 17.4.38).
 */
export function needsTableGap(blocks: readonly Block[], index: number): boolean {
  return isTable(blocks[index]) && isTable(blocks[index - 1]);
}

/** Whether the block needs the same space below it because an untitled table follows. */
export function needsAirBelow(blocks: readonly Block[], index: number): boolean {
  const block = blocks[index];
  if (blocks[index + 1]?.kind !== "table" || isTable(block)) return false;
  return (
    block?.kind !== "paragraph" || (block.role !== "table-title" && block.role !== "table-unit")
  );
}

/** Whether Word writes the block as a table. Columns become a table without borders. */
export function isTable(block: Block | undefined): boolean {
  switch (block?.kind) {
    case "table":
    case "columns":
      return true;
    case "paragraph":
    case "heading":
    case "rule":
    case "picture":
    case undefined:
      return false;
    default:
      return assertNever(block);
  }
}
