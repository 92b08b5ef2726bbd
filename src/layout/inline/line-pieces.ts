import type { Twip } from "../../base/units.js";
import type { Style } from "../../document/styles.js";
import type { LayoutContext } from "../context.js";
import type { Piece } from "../pages/box.js";
import { breakLines } from "./break-lines.js";
import { type ParagraphText, collectInlines } from "./collect.js";
import { setLine, splitLabel } from "./set-lines.js";

/** Column, style and structure element of a text. */
export interface LinePlacement {
  readonly style: Style;
  readonly column: { readonly left: Twip; readonly width: Twip };
  /** Structure element of the text. */
  readonly element: number;
  /** Structure element of the label, when it has one of its own. */
  readonly labelElement?: number;
}

/** The lines of a paragraph as pieces. */
export function linePieces(
  paragraph: ParagraphText,
  { style, column, element, labelElement }: LinePlacement,
  { family, report }: LayoutContext,
): Piece[] {
  const { origin } = paragraph;
  const text = collectInlines(paragraph, style, family, report);
  const lines = breakLines(text, column.width, style.firstIndent);
  return lines.map((line, index): Piece => {
    const indent = index === 0 ? style.firstIndent : 0;
    const item = setLine(text, line, { ...column, indent }, style, {
      tag: { kind: "content", element },
      origin,
    });
    return {
      height: style.lineHeight,
      items:
        index === 0 && labelElement !== undefined
          ? splitLabel(item, text.leadEnd, labelElement)
          : [item],
      notes: text.notes
        .filter(({ at }) => at >= line.start && at < line.end)
        .map(({ number }) => number),
    };
  });
}
