import { ITALIC } from "./marks.js";
import { type Inline, type TableCell, textOf } from "./tree.js";

/**
 * The text of a label over several rows, repeated where its rows continue on the next page: with
 * "(tiếp theo)" after words, without footnotes. A number is repeated bare.
 */
export function continuedLabel(cell: TableCell): readonly Inline[] {
  const inlines = cell.inlines.filter(({ kind }) => kind !== "footnote");
  return /\p{L}{2}/u.test(textOf(inlines))
    ? [...inlines, { kind: "text", text: " (tiếp theo)", marks: [ITALIC], origin: cell.origin }]
    : inlines;
}
