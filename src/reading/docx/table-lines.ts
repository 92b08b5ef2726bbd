import type { Style } from "./styles.js";
import { type XmlNode, childOf, childrenOf } from "./xml-tree.js";

const SIDES = ["top", "left", "bottom", "right"] as const;
export type Side = (typeof SIDES)[number];
/** Strict files tell sides from the direction of writing. */
const OTHER_NAMES: Readonly<Record<Side, string>> = {
  top: "top",
  left: "start",
  bottom: "bottom",
  right: "end",
};

/** Which lines a cell has, when it says nothing itself. */
export interface TableLines {
  readonly outside: Readonly<Record<Side, boolean>>;
  readonly inside: { readonly across: boolean; readonly down: boolean };
}

/** The lines of a table as it says itself, or else its style. */
export function tableLines(properties: XmlNode | undefined, style: Style): TableLines {
  const sources = [properties, ...style.tables.map((node) => childOf(node, "tblPr"))].map((node) =>
    childOf(node, "tblBorders"),
  );
  const drawn = (...names: readonly string[]): boolean => {
    for (const source of sources)
      for (const name of names) {
        const line = childOf(source, name);
        if (line) return isDrawn(line);
      }
    return false;
  };
  const outside = {
    top: drawn("top"),
    left: drawn("left", "start"),
    bottom: drawn("bottom"),
    right: drawn("right", "end"),
  };
  return { outside, inside: { across: drawn("insideH"), down: drawn("insideV") } };
}

/** How many sides of a cell have lines. */
export function countLines(
  cell: XmlNode | undefined,
  lines: TableLines,
  edges: Readonly<Record<Side, boolean>>,
): number {
  const own = childOf(cell, "tcBorders");
  return SIDES.filter((side) => {
    const line = childOf(own, side) ?? childOf(own, OTHER_NAMES[side]);
    if (line) return isDrawn(line);
    return edges[side]
      ? lines.outside[side]
      : side === "left" || side === "right"
        ? lines.inside.down
        : lines.inside.across;
  }).length;
}

/** Styles of reports draw one line under the head of a table and no other. */
export function headIsUnderlined(style: Style): boolean {
  return style.tables.some((node) =>
    childrenOf(node, "tblStylePr").some((part) => {
      const borders =
        part.attributes.get("type") === "firstRow"
          ? childOf(childOf(part, "tcPr"), "tcBorders")
          : undefined;
      const line = childOf(borders, "bottom");
      return line !== undefined && isDrawn(line);
    }),
  );
}

/** A white line is how some programs say that there is none. */
function isDrawn(line: XmlNode): boolean {
  return (
    !["nil", "none"].includes(line.attributes.get("val") ?? "none") &&
    line.attributes.get("color")?.toLowerCase() !== "ffffff"
  );
}
