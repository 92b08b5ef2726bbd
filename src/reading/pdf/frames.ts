import type { TextLine } from "./lines.js";
import type { Frame, TextRegion } from "./paragraphs.js";

/** Lines wider than this part of the page tell where margins are. */
const WIDE = 0.5;
const ENOUGH = 10;
/** The longest of some ragged lines ends about this near to the margin. */
const RAGGED = 16;

/**
 * Measure margins and distances from lines of the body: by page where a page has enough lines, else
 * by pages of the same width.
 */
export function measureBody(
  lines: readonly TextLine[],
  widthOf: (page: number) => number,
): TextRegion {
  const byWidth = new Map<number, Frame>();
  const byPage = new Map<number, Frame>();
  const usual = (width: number): Frame => {
    let frame = byWidth.get(width);
    if (!frame)
      byWidth.set(
        width,
        (frame = frameOf(
          lines.filter((line) => widthOf(line.page) === width),
          width,
        )),
      );
    return frame;
  };
  const grouped = new Map<number, TextLine[]>();
  for (const line of lines) {
    const some = grouped.get(line.page);
    if (some) some.push(line);
    else grouped.set(line.page, [line]);
  }
  for (const [page, some] of grouped) {
    const width = widthOf(page);
    byPage.set(
      page,
      some.filter((line) => line.x1 - line.x0 > width * WIDE).length >= ENOUGH
        ? frameOf(some, width)
        : usual(width),
    );
  }
  const frame = (line: TextLine): Frame => byPage.get(line.page) ?? usual(widthOf(line.page));
  return { where: "page", frame, leading: leadingsOf(lines), indent: indentOf(lines, frame) };
}

function frameOf(lines: readonly TextLine[], width: number): Frame {
  const wide = lines.filter((line) => line.x1 - line.x0 > width * WIDE);
  const some = wide.length > 0 ? wide : lines;
  if (some.length === 0) return { left: width * 0.1, right: width * 0.9, slack: 0 };
  const lefts = countNear(some.map(({ x0 }) => x0));
  const rights = countNear(some.map(({ x1 }) => x1));
  const left = Math.min(
    ...lefts.filter(({ count }) => count >= some.length * 0.1).map(({ value }) => value),
    lefts[0]?.value ?? 0,
  );
  // Justified lines end at one edge; of ragged ones the longest says where it is.
  const justified = rights[0] !== undefined && rights[0].count >= Math.max(2, some.length * 0.25);
  return justified && rights[0]
    ? { left, right: rights[0].value, slack: 0 }
    : { left, right: some.reduce((most, { x1 }) => Math.max(most, x1), 0), slack: RAGGED };
}

/** The usual distance between baselines, by size of type. */
export function leadingsOf(lines: readonly TextLine[]): (size: number) => number {
  const bySize = new Map<number, number[]>();
  lines.forEach((line, index) => {
    const before = lines[index - 1];
    if (
      before === undefined ||
      before.page !== line.page ||
      Math.abs(before.size - line.size) > 0.3
    )
      return;
    const gap = line.y - before.y;
    if (gap < line.size * 0.8 || gap > line.size * 2.6) return;
    const key = Math.round(line.size);
    const gaps = bySize.get(key);
    if (gaps) gaps.push(gap);
    else bySize.set(key, [gap]);
  });
  const found = new Map<number, number>();
  for (const [size, gaps] of bySize) {
    const counted = countNear(gaps, 0.6);
    const most = counted[0]?.count ?? 0;
    // Of two distances seen about as often the smaller is within paragraphs.
    found.set(
      size,
      Math.min(...counted.filter(({ count }) => count >= most * 0.6).map(({ value }) => value)),
    );
  }
  return (size) => found.get(Math.round(size)) ?? size * 1.25;
}

function indentOf(lines: readonly TextLine[], frame: (line: TextLine) => Frame): number | null {
  const indents = countNear(
    lines.map((line) => line.x0 - frame(line).left).filter((indent) => indent > 4 && indent < 90),
  );
  return indents[0] && indents[0].count >= 3 ? indents[0].value : null;
}

/** Values that lie near each other, counted; the most frequent first. */
function countNear(
  values: readonly number[],
  near = 1,
): { readonly value: number; readonly count: number }[] {
  const groups: { value: number; count: number }[] = [];
  for (const value of [...values].sort((a, b) => a - b)) {
    const group = groups.at(-1);
    if (group && value - group.value <= near) group.count++;
    else groups.push({ value, count: 1 });
  }
  return groups.sort((a, b) => b.count - a.count);
}
