import type { Twip } from "../../base/units.js";
import type { Style } from "../../document/styles.js";
import type { Origin } from "../../document/tree.js";
import type { GlyphRun, Tag, TextItem } from "../pages/page.js";
import type { BrokenLine } from "./break-lines.js";
import { type MeasuredText, SPACE } from "./collect.js";

/** Where the baseline of an exactly pitched line lies: four fifths down, in Word and LibreOffice alike. */
export const BASELINE = 0.8;

/** One broken line set in its column: `x` and baseline relative to the column's left edge and the line's top. */
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

function glyphRuns(text: MeasuredText, line: BrokenLine): GlyphRun[] {
  const runs: GlyphRun[] = [];
  for (const { face, size, rise, from, to } of text.spans) {
    if (from >= line.end) break;
    if (to > line.start) runs.push({ face, size, rise, text, from: Math.max(from, line.start), to: Math.min(to, line.end) });
  }
  return runs;
}
