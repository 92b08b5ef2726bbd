import {
  NO_PARAGRAPH_LOOK,
  NO_RUN_LOOK,
  type ParagraphLook,
  type RunLook,
  over,
  readParagraphLook,
  readRunLook,
} from "./looks.js";
import type { Style } from "./styles.js";
import { type XmlNode, childOf, childrenOf, saysOn } from "./xml-tree.js";

/** What stands around a paragraph: a cell, with what the table's style says of its text. */
export interface TableLook {
  readonly run: RunLook;
  readonly paragraph: ParagraphLook;
  /** False outside tables. */
  readonly inCell: boolean;
}
export const NO_TABLE_LOOK: TableLook = {
  run: NO_RUN_LOOK,
  paragraph: NO_PARAGRAPH_LOOK,
  inCell: false,
};

/**
 * Parts of a table that its style may set off, strongest first, and how the table says that it
 * wants them: by name, or as a bit of an older form.
 */
const PARTS = [
  { name: "firstRow", wanted: "firstRow", bit: 0x20 },
  { name: "lastRow", wanted: "lastRow", bit: 0x40 },
  { name: "firstCol", wanted: "firstColumn", bit: 0x80 },
  { name: "lastCol", wanted: "lastColumn", bit: 0x100 },
] as const;
type Part = (typeof PARTS)[number]["name"];

export function wantedParts(properties: XmlNode | undefined): readonly Part[] {
  const wish = childOf(properties, "tblLook")?.attributes;
  const bits = Number.parseInt(wish?.get("val") ?? "0", 16);
  return PARTS.filter(({ wanted, bit }) =>
    wish?.has(wanted) ? saysOn(wish.get(wanted)) : (bits & bit) !== 0,
  ).map(({ name }) => name);
}

/** Looks by the parts that a cell belongs to. Few cells differ: most share one value. */
export function tableLooks(style: Style): (parts: readonly Part[]) => TableLook {
  const whole = style.tables.reduceRight<TableLook>((base, node) => laid(node, base), {
    ...NO_TABLE_LOOK,
    inCell: true,
  });
  const known = new Map<string, TableLook>();
  return (parts) => {
    const key = parts.join(" ");
    const found = known.get(key);
    if (found) return found;
    const look = PARTS.filter(({ name }) => parts.includes(name)).reduceRight(
      (base, { name }) =>
        style.tables.toReversed().reduce((below, node) => {
          const part = childrenOf(node, "tblStylePr").find(
            ({ attributes }) => attributes.get("type") === name,
          );
          return part ? laid(part, below) : below;
        }, base),
      whole,
    );
    known.set(key, look);
    return look;
  };
}

function laid(node: XmlNode, base: TableLook): TableLook {
  return {
    ...base,
    run: over(readRunLook(childOf(node, "rPr")), base.run),
    paragraph: over(readParagraphLook(childOf(node, "pPr")), base.paragraph),
  };
}
