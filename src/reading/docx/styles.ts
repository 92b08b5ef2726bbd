import {
  NO_PARAGRAPH_LOOK,
  NO_RUN_LOOK,
  type ParagraphLook,
  type RunLook,
  over,
  readParagraphLook,
  readRunLook,
} from "./looks.js";
import { type XmlNode, childOf, childrenOf, saysOn, valueOf } from "./xml-tree.js";

/** A style with all that it takes over from the styles it is based on. */
export interface Style {
  /** Itself first, then what it is based on. */
  readonly ids: readonly string[];
  readonly paragraph: ParagraphLook;
  readonly run: RunLook;
  /** Level of a heading from 1, 0 for none. */
  readonly outline: number;
  /** Lines of a table of contents. */
  readonly contents: boolean;
  /** What a table style says, itself first. */
  readonly tables: readonly XmlNode[];
}

export interface Styles {
  /** A style by its id; the default of its kind when there is no such style, or none is named. */
  find(kind: StyleKind, id: string | null): Style;
  readonly defaults: { readonly paragraph: ParagraphLook; readonly run: RunLook };
}
type StyleKind = "paragraph" | "character" | "table" | "numbering";

const PLAIN: Style = {
  ids: [],
  paragraph: NO_PARAGRAPH_LOOK,
  run: NO_RUN_LOOK,
  outline: 0,
  contents: false,
  tables: [],
};

/** People's styles are based on each other some five deep. */
const DEEPEST = 50;

/** Names are those of the English Word in all languages; ids are translated. */
const HEADING = /^heading ([1-9])$/iu;
const CONTENTS =
  /^(?:toc (?:\d|heading)|contents \d|contents heading|table of figures|figure index \d)$/iu;

export function readStyles(root: XmlNode | null): Styles {
  const nodes = new Map<string, XmlNode>();
  const standard = new Map<string, string>();
  for (const node of childrenOf(root, "style")) {
    const [kind = "paragraph", id = ""] = [
      node.attributes.get("type"),
      node.attributes.get("styleId"),
    ];
    if (!nodes.has(`${kind} ${id}`)) nodes.set(`${kind} ${id}`, node);
    if (saysOn(node.attributes.get("default"))) standard.set(kind, id);
  }
  const known = new Map<string, Style>();
  const resolve = (kind: StyleKind, id: string, depth: number): Style => {
    const key = `${kind} ${id}`;
    const found = known.get(key);
    if (found) return found;
    const node = nodes.get(key);
    // Styles based on each other in a circle, or in a chain that no person made, end here.
    if (node === undefined || depth > DEEPEST) return PLAIN;
    const base = valueOf(node, "basedOn");
    const style = build(node, id, base === null ? PLAIN : resolve(kind, base, depth + 1));
    known.set(key, style);
    return style;
  };
  const defaults = childOf(root, "docDefaults");
  return {
    find: (kind, id) =>
      resolve(kind, id !== null && nodes.has(`${kind} ${id}`) ? id : (standard.get(kind) ?? ""), 0),
    defaults: {
      paragraph: readParagraphLook(childOf(childOf(defaults, "pPrDefault"), "pPr")),
      run: readRunLook(childOf(childOf(defaults, "rPrDefault"), "rPr")),
    },
  };
}

function build(node: XmlNode, id: string, base: Style): Style {
  const own = readParagraphLook(childOf(node, "pPr"));
  const name = valueOf(node, "name") ?? "";
  const outline = own.outline ?? (HEADING.test(name) ? Number(HEADING.exec(name)?.[1]) - 1 : null);
  return {
    ids: [id, ...base.ids],
    paragraph: over(own, base.paragraph),
    run: over(readRunLook(childOf(node, "rPr")), base.run),
    outline: outline === null ? base.outline : outlineLevel(outline),
    contents: CONTENTS.test(name) || base.contents,
    tables: [node, ...base.tables],
  };
}

/** Word's levels count from 0, and 9 is body text. */
export function outlineLevel(written: number): number {
  return written >= 0 && written < 9 ? written + 1 : 0;
}
