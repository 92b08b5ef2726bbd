import { type Diagnostic, assertNever } from "../base/diagnostic.js";
import type { Twip } from "../base/units.js";
import { columnWidths } from "../document/column-widths.js";
import { RULE_GAP, RULE_WIDTH, ruleInset } from "../document/rule.js";
import { TABLE_GAP, needsAirBelow, needsTableGap } from "../document/table-gap.js";
import type { Style, Styles } from "../document/styles.js";
import { type Block, type Heading, type Paragraph, labelled, readText } from "../document/tree.js";
import { measureText } from "../typeface/face.js";
import { type Family, faceOf } from "../typeface/family.js";
import type { ElementList } from "./elements.js";
import { breakLines } from "./inline/break-lines.js";
import { collectInlines } from "./inline/collect.js";
import { setLine, splitLabel } from "./inline/set-lines.js";
import { type ListItem, ListFinder } from "./lists.js";
import { type Box, type Piece } from "./pages/box.js";
import { LAYOUT_ARTIFACT, type PageItem } from "./pages/page.js";
import { signatureFields } from "./signature-fields.js";
import { tableBox } from "./table/table-box.js";

/** What measuring needs to know. */
export interface LayoutContext {
  readonly styles: Styles;
  readonly family: Family;
  readonly elements: ElementList;
  readonly problems: Diagnostic[];
  /** Structure element that the blocks belong to. */
  readonly parent: number;
  /** Height of the text block of the section's pages. */
  readonly pageHeight: Twip;
}

/** Measure blocks in a column of a given width. Boxes start at the column's left edge. */
export function buildBoxes(blocks: readonly Block[], width: Twip, context: LayoutContext): Box[] {
  const lists = new ListFinder(context.elements, context.parent);
  const boxOf = (block: Block, index: number): Box => {
    if (block.kind !== "paragraph" || block.label === null) lists.end();
    switch (block.kind) {
      case "paragraph":
        return paragraphBox(
          block,
          width,
          block.label === null ? null : lists.item(block, block.label),
          context,
        );
      case "heading":
        return paragraphBox(block, width, null, context);
      case "rule": {
        const inset = ruleInset(blocks, index, width, (paragraph, text) =>
          naturalWidth(paragraph, text, context),
        );
        const y = RULE_GAP + RULE_WIDTH / 2;
        const line: PageItem = {
          kind: "line",
          x1: inset,
          y1: y,
          x2: width - inset,
          y2: y,
          thickness: RULE_WIDTH,
          tag: LAYOUT_ARTIFACT,
        };
        return {
          before: 0,
          after: 0,
          pieces: [{ height: RULE_GAP + RULE_WIDTH, items: [line], notes: [] }],
          keepNext: true,
          breaking: "whole",
          parts: null,
        };
      }
      case "columns":
        return columnsBox(block, width, context);
      case "table":
        return tableBox(block, width, context);
      default:
        return assertNever(block);
    }
  };
  return blocks.map((block, index) => {
    const box = boxOf(block, index);
    if (needsTableGap(blocks, index)) return { ...box, before: TABLE_GAP };
    return needsAirBelow(blocks, index) ? { ...box, after: Math.max(box.after, TABLE_GAP) } : box;
  });
}

function naturalWidth(paragraph: Paragraph, text: string, { styles, family }: LayoutContext): Twip {
  const style = styles.of[paragraph.role];
  return measureText(faceOf(family, style), style.size, text);
}

function paragraphBox(
  block: Paragraph | Heading,
  width: Twip,
  item: ListItem | null,
  context: LayoutContext,
): Box {
  const style = context.styles.of[block.role];
  const element =
    block.kind === "heading"
      ? context.elements.add("H", context.parent, block.origin, {
          level: block.level,
          title: readText(block),
        })
      : (item?.body ?? context.elements.add("P", context.parent, block.origin));
  const pieces = linePieces(
    block,
    style,
    { left: 0, width },
    element,
    context,
    item?.label ?? null,
  );
  return {
    before: style.before,
    after: style.after,
    pieces,
    keepNext: style.keepNext || (block.kind === "paragraph" && block.announces),
    breaking: style.keepLines ? "whole" : { atFoot: 2, atTop: 2 },
    parts: null,
  };
}

/** The lines of a paragraph as pieces. */
export function linePieces(
  block: Pick<Paragraph, "label" | "inlines" | "origin">,
  style: Style,
  column: { readonly left: Twip; readonly width: Twip },
  element: number,
  { family, problems }: LayoutContext,
  labelElement: number | null = null,
): Piece[] {
  const text = collectInlines(labelled(block), style, family, block.origin, problems);
  const lines = breakLines(text, column.width, style.firstIndent);
  // The label and the blank after it are read as the item's label, not as its text.
  const labelEnd = labelElement === null || block.label === null ? 0 : [...block.label].length + 1;
  return lines.map((line, index): Piece => ({
    height: style.pitch,
    items: splitLabel(
      setLine(text, line, { ...column, indent: index === 0 ? style.firstIndent : 0 }, style, {
        tag: { kind: "content", element },
        origin: block.origin,
      }),
      index === 0 ? labelEnd : 0,
      labelElement,
    ),
    notes: text.notes
      .filter(({ at }) => at >= line.start && at < line.end)
      .map(({ number }) => number),
  }));
}

function columnsBox(
  block: Extract<Block, { readonly kind: "columns" }>,
  width: Twip,
  context: LayoutContext,
): Box {
  const widths = columnWidths(block.shares, width);
  const items: PageItem[] = [];
  let height = 0;
  for (const row of block.rows) {
    let rowHeight = 0;
    let left = 0;
    row.forEach((cell, column) => {
      const columnWidth = widths[column] ?? 0;
      let y = height;
      for (const [index, box] of buildBoxes(cell, columnWidth, context).entries()) {
        const inner = cell[index];
        if (inner)
          items.push(
            ...signatureFields(
              inner,
              { left, top: y, width: columnWidth, height: box.before },
              context.elements,
              context.parent,
            ),
          );
        y += box.before;
        const frame =
          box.parts?.frame(
            0,
            box.pieces.map((piece) => piece.height),
            false,
          ) ?? [];
        items.push(...frame.map((item) => shiftItem(item, left, y)));
        for (const piece of box.pieces) {
          items.push(...piece.items.map((item) => shiftItem(item, left, y)));
          y += piece.height;
        }
        y += box.after;
      }
      rowHeight = Math.max(rowHeight, y - height);
      left += columnWidth;
    });
    height += rowHeight;
  }
  return {
    before: 0,
    after: 0,
    pieces: [{ height, items, notes: [] }],
    keepNext: false,
    breaking: "whole",
    parts: null,
  };
}

export function shiftItem(item: PageItem, dx: Twip, dy: Twip): PageItem {
  if (item.kind === "field") return { ...item, x: item.x + dx, y: item.y + dy };
  return item.kind === "text"
    ? { ...item, x: item.x + dx, baseline: item.baseline + dy }
    : { ...item, x1: item.x1 + dx, x2: item.x2 + dx, y1: item.y1 + dy, y2: item.y2 + dy };
}
