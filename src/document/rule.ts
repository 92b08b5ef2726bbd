import type { Twip } from "../base/units.js";
import { type Block, type Paragraph, textOf } from "./tree.js";

/** The paragraphs above a rule: the one before it, and its neighbours of the same role. */
function ruledParagraphs(blocks: readonly Block[], ruleIndex: number): Paragraph[] {
  const ruled: Paragraph[] = [];
  for (let index = ruleIndex - 1; index >= 0; index--) {
    const block = blocks[index];
    if (block?.kind !== "paragraph" || (ruled[0] && ruled[0].role !== block.role)) break;
    ruled.unshift(block);
  }
  return ruled;
}

/**
 * Insets of a rule from both edges of its column: the rule is `share` of the widest line above it,
 * centred.
 *
 * Source: Nghị định 30/2020/NĐ-CP, Phụ lục I, Phần I, Mục II, khoản 1 điểm b (length of the motto's
 * line), khoản 2 điểm b and khoản 5 điểm b (1/3 to 1/2 of the line above).
 */
export function ruleInset(
  blocks: readonly Block[],
  ruleIndex: number,
  width: Twip,
  measure: (paragraph: Paragraph, text: string) => Twip,
): Twip {
  const rule = blocks[ruleIndex];
  const share = rule?.kind === "rule" ? rule.share : 1;
  const widths = ruledParagraphs(blocks, ruleIndex).map((paragraph) =>
    Math.min(measure(paragraph, textOf(paragraph.inlines)), width),
  );
  const length = share * Math.max(0, ...widths);
  return Math.round((width - length) / 2);
}

/** Air between a rule and the line it hangs under, and its own thickness. */
export const RULE_GAP: Twip = 60;
export const RULE_WIDTH: Twip = 15;
