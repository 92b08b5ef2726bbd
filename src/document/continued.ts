import { type Inline, type TableCell, textOf } from "./tree.js";

/**
 * Said after a label that spans rows where its rows go on on the next page. A number is repeated
 * bare.
 */
export function continuedLabel(cell: TableCell): readonly Inline[] {
  const inlines = cell.inlines.filter(({ kind }) => kind !== "footnote");
  return /\p{L}{2}/u.test(textOf(inlines))
    ? [...inlines, { kind: "text", text: " (tiếp theo)", marks: ["italic"] }]
    : inlines;
}
