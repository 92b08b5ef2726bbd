import type { Twip } from "../../base/units.js";
import type { Style } from "../../document/styles.js";
import type { Origin } from "../../document/tree.js";
import type { GlyphRun, Tag, TextItem } from "../pages/page.js";
import type { BrokenLine } from "./break-lines.js";
import { type MeasuredText, SPACE } from "./collect.js";

/** Where the baseline of a line of exact height lies: four fifths down, in Word and LibreOffice. */
const BASELINE = 0.8;

/**
 * Place one broken line in its column: `x` and baseline are relative to the column's left edge and
 * the line's top.
 */
export function setLine(
  text: MeasuredText,
  line: BrokenLine,
  column: { readonly left: Twip; readonly width: Twip; readonly indent: Twip },
  style: Style,
  reading: { readonly tag: Tag; readonly origin: Origin },
): TextItem {
  const room = column.width - column.indent;
  const spare = Math.max(room - line.width, 0);
  const justified = style.align === "justify" && line.ending === "wrapped" && line.spaces > 0;
  const shift = style.align === "center" ? spare / 2 : style.align === "right" ? spare : 0;
  return {
    kind: "text",
    x: column.left + column.indent + shift,
    baseline: style.lineHeight * BASELINE,
    runs: glyphRuns(text, line),
    spaceExtra: justified ? spare / line.spaces : 0,
    brokenAtSpace: line.ending === "wrapped" && text.codes[line.end] === SPACE,
    tag: reading.tag,
    origin: reading.origin,
  };
}

/**
 * The label at the start of a line as an item of its own, under its own element; `labelEnd` is
 * where it and the blank after it end. The blank is read as the label's, not as the text's.
 */
export function splitLabel(item: TextItem, labelEnd: number, labelElement: number): TextItem[] {
  const [label, ...runs] = item.runs;
  if (label?.to !== labelEnd) return [item];
  let width = 0;
  for (let index = label.from; index < labelEnd; index++) {
    width +=
      (label.text.glyphs[index]?.advance ?? 0) +
      (label.text.codes[index] === SPACE ? item.spaceExtra : 0);
  }
  return [
    {
      ...item,
      runs: [label],
      brokenAtSpace: false,
      tag: { kind: "content", element: labelElement },
    },
    { ...item, x: item.x + width, runs },
  ];
}

function glyphRuns(text: MeasuredText, line: BrokenLine): GlyphRun[] {
  const runs: GlyphRun[] = [];
  for (const { face, size, rise, from, to } of text.spans) {
    if (from >= line.end) break;
    if (to > line.start)
      runs.push({
        face,
        size,
        rise,
        text,
        from: Math.max(from, line.start),
        to: Math.min(to, line.end),
      });
  }
  return runs;
}
