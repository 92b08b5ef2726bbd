import { escapeXml } from "../../base/xml.js";
import type { CellLook } from "../../workbook/workbook.js";
import { MAIN, XML_HEAD } from "./namespaces.js";

const FONT = '<sz val="12"/><name val="Times New Roman"/><family val="1"/>';
/** Plain, bold, italic, bold italic: the order their numbers count in. */
const FONTS = ["", "<b/>", "<i/>", "<b/><i/>"].map((marks) => `<font>${marks}${FONT}</font>`);
const SIDES = ["left", "right", "top", "bottom"] as const;

/** Numbers of formats that every spreadsheet knows. Source: ISO/IEC 29500-1, 18.8.30. */
const KNOWN_FORMATS: Readonly<Record<string, number>> = {
  General: 0,
  "#,##0": 3,
  "#,##0.00": 4,
  "@": 49,
};
const OWN_FORMATS = 164;

/** `quoted` text stays text when somebody types it again. */
export type TextKind = "plain" | "quoted";

/** Looks of cells, each once; cells name them by their number. */
export class CellStyles {
  readonly #numbers = new Map<string, number>();
  readonly #printed: string[] = ['<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'];
  readonly #formats = new Map<string, number>();

  /** The number of a look. */
  of({ bold, italic, align, bordered, format }: CellLook, kind: TextKind): number {
    const key = `${bold}|${italic}|${align}|${bordered}|${format}|${kind}`;
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    const number = this.#printed.length;
    this.#numbers.set(key, number);
    const font = (bold ? 1 : 0) + (italic ? 2 : 0);
    this.#printed.push(
      `<xf numFmtId="${this.#format(format)}" fontId="${font}" fillId="0"` +
        ` borderId="${bordered ? 1 : 0}" xfId="0"${kind === "quoted" ? ' quotePrefix="1"' : ""}` +
        ' applyNumberFormat="1" applyFont="1" applyBorder="1" applyAlignment="1">' +
        `<alignment horizontal="${align}" vertical="center" wrapText="1"/></xf>`,
    );
    return number;
  }

  #format(format: string): number {
    const known = KNOWN_FORMATS[format] ?? this.#formats.get(format);
    if (known !== undefined) return known;
    const number = OWN_FORMATS + this.#formats.size;
    this.#formats.set(format, number);
    return number;
  }

  /** The styles part. */
  print(): string {
    return [
      `${XML_HEAD}<styleSheet xmlns="${MAIN}">`,
      this.#printFormats(),
      `<fonts count="${FONTS.length}">${FONTS.join("")}</fonts>`,
      FILLS,
      BORDERS,
      `<cellStyleXfs count="1">${BASE_STYLE}</cellStyleXfs>`,
      `<cellXfs count="${this.#printed.length}">${this.#printed.join("")}</cellXfs>`,
      '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>',
      "</styleSheet>",
    ].join("");
  }

  #printFormats(): string {
    if (this.#formats.size === 0) return "";
    const formats = [...this.#formats].map(
      ([format, number]) => `<numFmt numFmtId="${number}" formatCode="${escapeXml(format)}"/>`,
    );
    return `<numFmts count="${formats.length}">${formats.join("")}</numFmts>`;
  }
}

/** What all looks build on. */
const BASE_STYLE = '<xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>';

/** The two fills that every spreadsheet has to begin with. */
const FILLS =
  '<fills count="2"><fill><patternFill patternType="none"/></fill>' +
  '<fill><patternFill patternType="gray125"/></fill></fills>';

const THIN = SIDES.map((side) => `<${side} style="thin"><color auto="1"/></${side}>`).join("");

/** No lines, and thin lines on all sides. */
const BORDERS =
  '<borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border>' +
  `<border>${THIN}<diagonal/></border></borders>`;
