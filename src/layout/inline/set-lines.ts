import type { Twip } from "../../base/units.js";
import type { Style } from "../../document/styles.js";
import type { Origin } from "../../document/tree.js";
import type { GlyphRun, Tag, TextItem } from "../pages/page.js";
import type { BrokenLine } from "./break-lines.js";
import { type MeasuredText, SPACE } from "./collect.js";

/**
 * Where the baseline of an exactly pitched line lies: four fifths down, in Word and LibreOffice
 * alike.
 */
export const BASELINE = 0.8;

/**
 * One broken line set in its column: `x` and baseline relative to the column's left edge and the
 * line's top.
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
  const justified = style.align === "justify" && !line.closed && line.spaces > 0;
  const shift = style.align === "center" ? spare / 2 : style.align === "right" ? spare : 0;
  return {
    kind: "text",
    x: column.left + column.indent + shift,
    baseline: style.pitch * BASELINE,
    runs: glyphRuns(text, line),
    spaceExtra: justified ? spare / line.spaces : 0,
    brokenAtSpace: !line.closed && text.codes[line.end] === SPACE,
    tag: reading.tag,
    origin: reading.origin,
  };
}

/**
 * The label at the start of a line as an item of its own, under its own element; `end` is where it
 * ends, 0 for no label.
 */
export function splitLabel(item: TextItem, end: number, labelElement: number | null): TextItem[] {
  const first = item.runs[0];
  if (labelElement === null || first === undefined || first.from >= end || first.to < end)
    return [item];
  let width = 0;
  for (let index = first.from; index < end; index++) {
    width +=
      (first.text.glyphs[index]?.advance ?? 0) +
      (first.text.codes[index] === SPACE ? item.spaceExtra : 0);
  }
  return [
    {
      ...item,
      runs: [{ ...first, to: end }],
      brokenAtSpace: false,
      tag: { kind: "content", element: labelElement },
    },
    {
      ...item,
      x: item.x + width,
      runs: [...(first.to > end ? [{ ...first, from: end }] : []), ...item.runs.slice(1)],
    },
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
