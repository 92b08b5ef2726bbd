/** What an element of the markup may hold: other elements by name, and whether running text. */
export interface ElementRule {
  readonly attributes: readonly string[];
  readonly required: readonly string[];
  readonly children: readonly string[];
  /** Whether it holds running text, and with it stretches that come from elsewhere (`s`). */
  readonly text: boolean;
}

const INLINES = ["b", "i", "u", "br", "ref", "note"] as const;
const BLOCKS = ["p", "rule", "columns", "table", "picture", "node"] as const;

const inline: ElementRule = { attributes: ["at"], required: [], children: INLINES, text: true };
const blocks = (
  attributes: readonly string[],
  required: readonly string[],
  children: readonly string[],
): ElementRule => ({
  attributes: [...attributes, "at"],
  required,
  children,
  text: false,
});

/**
 * The whole vocabulary of the markup that templates write. Anything else is an error with its
 * place. `at` names the place in the plan that an element's text comes from; `s` does so for a
 * stretch of running text.
 */
export const VOCABULARY = {
  document: blocks(["title", "dated"], ["title", "dated"], ["section", "footnote"]),
  section: blocks(["name", "landscape", "numbering"], ["name"], BLOCKS),
  columns: blocks(["role", "shares"], ["role", "shares"], ["row"]),
  row: blocks(["strong", "keep"], [], ["cell"]),
  cell: {
    attributes: ["align", "columns", "rows", "at"],
    required: [],
    children: [...BLOCKS, ...INLINES],
    text: true,
  },
  table: blocks(["shares"], ["shares"], ["head", "row"]),
  head: blocks(["strong"], [], ["cell"]),
  picture: blocks(["file", "alt", "width"], ["file", "alt"], ["title"]),
  rule: { attributes: ["share", "at"], required: ["share"], children: [], text: false },
  p: { ...inline, attributes: ["role", "label", "at"], required: ["role"] },
  node: blocks(
    ["kind", "marker", "number", "numbering", "id"],
    ["kind"],
    ["title", "text", ...BLOCKS],
  ),
  title: inline,
  text: inline,
  b: inline,
  i: inline,
  u: inline,
  s: { ...inline, required: ["at"] },
  br: { attributes: [], required: [], children: [], text: false },
  ref: { attributes: ["to"], required: ["to"], children: [], text: false },
  note: { attributes: ["number"], required: ["number"], children: [], text: false },
  footnote: { ...inline, attributes: ["number", "at"], required: ["number"] },
} as const satisfies Readonly<Record<string, ElementRule>>;

/** What stands at the root of the markup. */
export const ROOT_RULE: ElementRule = {
  attributes: [],
  required: [],
  children: ["document"],
  text: false,
};

export type ElementName = keyof typeof VOCABULARY;

/** Whether the vocabulary has an element of this name. */
export function isElementName(name: string): name is ElementName {
  return Object.hasOwn(VOCABULARY, name);
}

/** Elements of running text. `s` comes with the plan's own texts; templates have no use for it. */
export type InlineName = (typeof INLINES)[number] | "s";

/** Whether an element of this name is part of running text. */
export function isInlineName(name: ElementName): name is InlineName {
  return name === "s" || (INLINES as readonly string[]).includes(name);
}

/** Whether an element may stand directly inside another. */
export function mayHold(rule: ElementRule, name: ElementName): boolean {
  return rule.children.includes(name) || (name === "s" && rule.text);
}

export type BlockName = (typeof BLOCKS)[number];

/** Whether an element of this name becomes blocks of the document. */
export function isBlockName(name: ElementName): name is BlockName {
  return (BLOCKS as readonly string[]).includes(name);
}
