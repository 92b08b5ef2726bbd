/** What an element of the markup may hold: other elements by name, and whether running text. */
interface ElementRule {
  readonly attributes: readonly string[];
  readonly required: readonly string[];
  readonly children: readonly string[];
  readonly text: boolean;
}

const INLINE = ["b", "i", "u", "br", "ref", "note"] as const;
const BLOCKS = ["p", "rule", "columns", "table", "node"] as const;

const inline: ElementRule = { attributes: ["at"], required: [], children: INLINE, text: true };
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
 * place.
 */
export const VOCABULARY: Readonly<Record<string, ElementRule>> = {
  document: blocks(["title", "dated"], ["title", "dated"], ["section", "footnote"]),
  section: blocks(["name", "landscape", "numbering"], ["name"], BLOCKS),
  columns: blocks(["role", "shares"], ["role", "shares"], ["row"]),
  row: blocks(["strong", "keep"], [], ["cell"]),
  cell: {
    attributes: ["align", "columns", "rows", "at"],
    required: [],
    children: [...BLOCKS, ...INLINE],
    text: true,
  },
  table: blocks(["shares"], ["shares"], ["head", "row"]),
  head: blocks(["strong"], [], ["cell"]),
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
  br: { attributes: [], required: [], children: [], text: false },
  ref: { attributes: ["to"], required: ["to"], children: [], text: false },
  note: { attributes: ["number", "again"], required: ["number"], children: [], text: false },
  footnote: { ...inline, attributes: ["number", "at"], required: ["number"] },
};
