import { assertNever } from "../../base/diagnostic.js";
import { type Style, runFace } from "../../document/styles.js";
import type { Inline } from "../../document/tree.js";
import { halfPoints } from "./styles.js";
import { escapeXml } from "../../base/xml.js";

/**
 * Inlines as runs. `inherited` is the look the paragraph's Word style gives; what differs from it
 * is written on the run.
 */
export function writeRuns(
  inlines: readonly Inline[],
  style: Style,
  inherited: Style = style,
): string {
  let out = "";
  for (const inline of inlines) {
    switch (inline.kind) {
      case "break":
        out += "<w:r><w:br/></w:r>";
        break;
      case "footnote":
        out += `<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr>${inline.again ? `<w:t>${inline.number}</w:t>` : `<w:footnoteReference w:id="${inline.number}"/>`}</w:r>`;
        break;
      case "text": {
        const look = runFace(style, inline.marks);
        const bold = look.bold === inherited.bold ? "" : toggle("b", look.bold);
        const italic = look.italic === inherited.italic ? "" : toggle("i", look.italic);
        const size =
          style.size === inherited.size ? "" : `<w:sz w:val="${halfPoints(style.size)}"/>`;
        const properties = bold || italic || size ? `<w:rPr>${bold}${italic}${size}</w:rPr>` : "";
        out += `<w:r>${properties}${writeText(inline.text)}</w:r>`;
        break;
      }
      default:
        assertNever(inline);
    }
  }
  return out;
}

function toggle(name: "b" | "i", on: boolean): string {
  return on ? `<w:${name}/>` : `<w:${name} w:val="0"/>`;
}

/** Word keeps its no-break hyphen as an element of its own. */
function writeText(text: string): string {
  return text
    .split("\u2011")
    .map((piece) => (piece === "" ? "" : `<w:t xml:space="preserve">${escapeXml(piece)}</w:t>`))
    .join("<w:noBreakHyphen/>");
}
