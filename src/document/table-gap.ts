import { assertNever } from "../base/diagnostic.js";
import type { Twip } from "../base/units.js";
import type { Block } from "./tree.js";

/** Height of the empty paragraph that keeps two tables apart. */
export const TABLE_GAP: Twip = 120;

/**
 * Word runs two tables into one when no paragraph stands between them (ECMA-376 Part 1, 17.4.38):
 * does one have to stand before this block?
 */
export function needsTableGap(blocks: readonly Block[], index: number): boolean {
  return isTable(blocks[index]) && isTable(blocks[index - 1]);
}

/** Does the block need the same air below it, because a table without a title follows? */
export function needsAirBelow(blocks: readonly Block[], index: number): boolean {
  const block = blocks[index];
  if (blocks[index + 1]?.kind !== "table" || isTable(block)) return false;
  return (
    block?.kind !== "paragraph" || (block.role !== "table-title" && block.role !== "table-unit")
  );
}

/** Is the block a table in Word's eyes? Blocks side by side are cells of one without borders. */
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
