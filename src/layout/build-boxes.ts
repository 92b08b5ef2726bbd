import { assertNever } from "../base/diagnostic.js";
import type { Twip } from "../base/units.js";
import { columnWidths } from "../document/column-widths.js";
import { RULE_GAP, RULE_WIDTH, ruleInset } from "../document/rule.js";
import { labelInlines } from "../document/runs.js";
import { TABLE_GAP, needsAirBelow, needsTableGap } from "../document/table-gap.js";
import {
  type Block,
  type Columns,
  type Heading,
  type Paragraph,
  readText,
} from "../document/tree.js";
import { measureText } from "../typeface/face.js";
import { faceOf } from "../typeface/family.js";
import type { LayoutContext } from "./context.js";
import { linePieces } from "./inline/line-pieces.js";
import type { BoxPlace } from "./kept-boxes.js";
import { type ListItem, ListFinder } from "./lists.js";
import type { Box } from "./pages/box.js";
import { LAYOUT_ARTIFACT, type PageItem, shiftItem } from "./pages/page.js";
import { pictureBox } from "./picture-box.js";
import { signatureFields } from "./signature-fields.js";
import { tableBox } from "./table/table-box.js";

/** Measure blocks in a column of a given width. Boxes start at the column's left edge. */
export function buildBoxes(blocks: readonly Block[], width: Twip, context: LayoutContext): Box[] {
  const lists = new ListFinder(context.elements, context.parent);
  return blocks.map((block, index) => {
    const box = blockBox(blocks, index, { block, width, lists, context });
    if (needsTableGap(blocks, index)) return { ...box, before: TABLE_GAP };
    return needsAirBelow(blocks, index) ? { ...box, after: Math.max(box.after, TABLE_GAP) } : box;
  });
}

function blockBox(
  siblings: readonly Block[],
  index: number,
  {
    block,
    width,
    lists,
    context,
  }: {
    readonly block: Block;
    readonly width: Twip;
    readonly lists: ListFinder;
    readonly context: LayoutContext;
  },
): Box {
  if (block.kind !== "paragraph" || block.label === null) lists.end();
  switch (block.kind) {
    case "paragraph": {
      const item = block.label === null ? null : lists.item(block, block.label);
      const place = { width, element: item?.body ?? null, grid: null };
      return keptBox(block, place, context, (inner) => paragraphBox(block, width, item, inner));
    }
    case "heading": {
      const place = { width, element: null, grid: null };
      return keptBox(block, place, context, (inner) => paragraphBox(block, width, null, inner));
    }
    case "rule":
      return ruleBox(siblings, index, width, context);
    case "columns":
      return columnsBox(block, width, context);
    case "table": {
      const place = { width, element: null, grid: context.grids.get(block) ?? null };
      return keptBox(block, place, context, (inner) => tableBox(block, inner));
    }
    case "picture":
      return pictureBox(block, width, context);
    default:
      return assertNever(block);
  }
}

/** A box as it was in an earlier version of the document, where one is kept. */
function keptBox(
  block: Block,
  place: BoxPlace,
  context: LayoutContext,
  make: (context: LayoutContext) => Box,
): Box {
  return context.kept === null ? make(context) : context.kept.box(block, place, context, make);
}

/** A box that no page cuts, with nothing around it. */
function wholeBox(height: Twip, items: readonly PageItem[]): Box {
  return {
    before: 0,
    after: 0,
    pieces: [{ height, items, notes: [] }],
    keepWithNext: false,
    breaking: "whole",
    fragmentation: null,
  };
}

function ruleBox(
  siblings: readonly Block[],
  index: number,
  width: Twip,
  { styles, family }: LayoutContext,
): Box {
  const inset = ruleInset(siblings, index, width, (paragraph, text) => {
    const style = styles.byRole[paragraph.role];
    return measureText(faceOf(family, style), style.size, text);
  });
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
  return { ...wholeBox(RULE_GAP + RULE_WIDTH, [line]), keepWithNext: true };
}

function paragraphBox(
  block: Paragraph | Heading,
  width: Twip,
  item: ListItem | null,
  context: LayoutContext,
): Box {
  const style = context.styles.byRole[block.role];
  const { inlines, origin } = block;
  const pieces = linePieces(
    { lead: labelInlines(block), inlines, origin },
    {
      style,
      column: { left: 0, width },
      element: item?.body ?? paragraphElement(block, context),
      ...(item ? { labelElement: item.label } : {}),
    },
    context,
  );
  return {
    before: style.before,
    after: style.after,
    pieces,
    keepWithNext: style.keepWithNext || (block.kind === "paragraph" && block.introducesNext),
    breaking: style.keepLines ? "whole" : { orphans: 2, widows: 2 },
    fragmentation: null,
  };
}

/** The structure element of a heading, or of a paragraph that is no list item. */
function paragraphElement(block: Paragraph | Heading, { elements, parent }: LayoutContext): number {
  return block.kind === "heading"
    ? elements.add("H", parent, block.origin, { level: block.level, title: readText(block) })
    : elements.add("P", parent, block.origin);
}

/** Where a column begins, and how wide it is. */
interface ColumnPlace {
  readonly left: Twip;
  readonly top: Twip;
  readonly width: Twip;
}

function columnsBox(block: Columns, width: Twip, context: LayoutContext): Box {
  const widths = columnWidths(block.shares, width);
  const items: PageItem[] = [];
  let top: Twip = 0;
  for (const row of block.rows) {
    let rowHeight: Twip = 0;
    let left: Twip = 0;
    row.forEach((cell, column) => {
      const place = { left, top, width: widths[column] ?? 0 };
      const set = setColumn(cell, place, context);
      items.push(...set.items);
      rowHeight = Math.max(rowHeight, set.bottom - top);
      left += place.width;
    });
    top += rowHeight;
  }
  return wholeBox(top, items);
}

/** Stack blocks in one column, with the signature fields in the space above them. */
function setColumn(
  blocks: readonly Block[],
  { left, top, width }: ColumnPlace,
  context: LayoutContext,
): { readonly items: readonly PageItem[]; readonly bottom: Twip } {
  const items: PageItem[] = [];
  let y = top;
  for (const [index, box] of buildBoxes(blocks, width, context).entries()) {
    const block = blocks[index];
    if (block) {
      const room = { left, top: y, width, height: box.before };
      items.push(...signatureFields(block, room, context.elements, context.parent));
    }
    y += box.before;
    const heights = box.pieces.map((piece) => piece.height);
    const frame = box.fragmentation?.drawFrame({ from: 0, heights, repeated: false }) ?? [];
    items.push(...frame.map((item) => shiftItem(item, left, y)));
    for (const piece of box.pieces) {
      items.push(...piece.items.map((item) => shiftItem(item, left, y)));
      y += piece.height;
    }
    y += box.after;
  }
  return { items, bottom: y };
}
