import { assertNever } from "../../base/diagnostic.js";
import { escapeXml } from "../../base/xml.js";
import { joinRuns } from "../../document/runs.js";
import { type Style, runFace } from "../../document/styles.js";
import type { FootnoteCall, Inline, TextRun } from "../../document/tree.js";
import { wrapChange } from "./changes.js";
import { halfPoints } from "./styles.js";

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
  for (const inline of joinRuns(inlines)) {
    switch (inline.kind) {
      case "break":
        out += "<w:r><w:br/></w:r>";
        break;
      case "footnote":
        out += writeCall(inline);
        break;
      case "text":
        out += wrapChange(inline, writeRun(inline, style, inherited));
        break;
      default:
        assertNever(inline);
    }
  }
  return out;
}

/** The number of a footnote; a second call of the same note is only a raised number. */
function writeCall({ number, again }: FootnoteCall): string {
  const shown = again ? `<w:t>${number}</w:t>` : `<w:footnoteReference w:id="${number}"/>`;
  return `<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr>${shown}</w:r>`;
}

function writeRun({ text, marks }: TextRun, style: Style, inherited: Style): string {
  const face = runFace(style, marks);
  const font = face.sign ? SIGN_FONT : "";
  const bold = face.bold === inherited.bold ? "" : toggle("b", face.bold);
  const italic = face.italic === inherited.italic ? "" : toggle("i", face.italic);
  const size = style.size === inherited.size ? "" : `<w:sz w:val="${halfPoints(style.size)}"/>`;
  const properties =
    font || bold || italic || size ? `<w:rPr>${font}${bold}${italic}${size}</w:rPr>` : "";
  return `<w:r>${properties}${writeText(text)}</w:r>`;
}

/** The family of the face for signs. Word may take a sign for one of any script. */
const SIGN_FAMILY = "Kehoach Signs";
const SIGN_FONT = `<w:rFonts${["ascii", "hAnsi", "eastAsia", "cs"].map((slot) => ` w:${slot}="${SIGN_FAMILY}"`).join("")}/>`;

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
