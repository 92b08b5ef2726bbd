import type { SourceBlock, SourceParagraph } from "../source-text.js";
import { cut } from "./head.js";
import { readLabel } from "./labels.js";

/** A basis that a reader put onto the line of the subject. */
const BASIS_INSIDE =
  /\s(?=Căn cứ\s+(?:Hiến pháp|Bộ luật|Luật|Pháp lệnh|Nghị quyết|Nghị định|Quyết định|Thông tư|Chỉ thị|Kế hoạch|Công văn)\s)/u;
/** Paragraphs in which a subject may stand. */
const TOP = 20;

/**
 * Blocks as the structure is read from: what stands in columns without lines, one after the other;
 * lines that were broken by hand before a number or a bullet, paragraphs of their own.
 */
export function splitBlocks(blocks: readonly SourceBlock[]): readonly SourceBlock[] {
  const flat = blocks.flatMap((block) =>
    block.kind === "table" && !block.ruled
      ? block.rows.flatMap((row) => row.flatMap(({ paragraphs }) => paragraphs))
      : [block],
  );
  return flat.flatMap(cutLong).flatMap((block, index): readonly SourceBlock[] => {
    if (block.kind === "table") return [block];
    const inside = index < TOP ? BASIS_INSIDE.exec(block.text) : null;
    const parts =
      inside && inside.index > 0
        ? [cut(block, 0, inside.index), cut(block, inside.index + 1)]
        : [block];
    return parts.flatMap(splitLines);
  });
}

/** A paragraph with more letters is none: a page has some 3,000. */
const LONGEST = 50_000;

/** A paragraph without end, cut at blanks into pieces that can be looked at. */
function cutLong(block: SourceBlock): readonly SourceBlock[] {
  if (block.kind === "table" || block.text.length <= LONGEST) return [block];
  const pieces: SourceParagraph[] = [];
  for (let from = 0; from < block.text.length;) {
    const blank = block.text.lastIndexOf(" ", from + LONGEST);
    const to = from + LONGEST >= block.text.length ? block.text.length : blank;
    const end = to > from ? to : Math.min(block.text.length, from + LONGEST);
    pieces.push(cut(block, from, end));
    from = block.text[end] === " " ? end + 1 : end;
  }
  return pieces;
}

function splitLines(paragraph: SourceParagraph): readonly SourceParagraph[] {
  if (!paragraph.text.includes("\n")) return [paragraph];
  const starts = [0];
  for (const match of paragraph.text.matchAll(/\n/gu))
    if (readLabel(paragraph.text.slice(match.index + 1)) !== null) starts.push(match.index + 1);
  return starts.map((start, index) =>
    cut(
      paragraph,
      start,
      index + 1 < starts.length ? (starts[index + 1] ?? 0) - 1 : paragraph.text.length,
    ),
  );
}
