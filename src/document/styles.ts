import { type Mm, type Pt, type Twip, twipsFromMm, twipsFromPt } from "../base/units.js";
import type { Role } from "./tree.js";

/** What an office may choose; the plan's profile, already checked against the decree's ranges. */
export interface StyleChoices {
  readonly margins: {
    readonly top: Mm;
    readonly bottom: Mm;
    readonly left: Mm;
    readonly right: Mm;
  };
  readonly bodySize: Pt;
  readonly titleSize: Pt;
  readonly agencySize: Pt;
  readonly tableSize: Pt;
  readonly pageNumberSize: Pt;
  readonly indent: Mm;
  readonly spaceBefore: Pt;
  readonly lineSpacing: number;
  readonly compatibility: 14 | 15;
}

export type Align = "left" | "center" | "right" | "justify";

/**
 * How one role is set. Lengths in twips, sizes in points. The pitch is exact: the distance from
 * line to line.
 */
export interface Style {
  readonly size: Pt;
  readonly bold: boolean;
  readonly italic: boolean;
  readonly align: Align;
  readonly firstIndent: Twip;
  readonly before: Twip;
  readonly after: Twip;
  readonly pitch: Twip;
  /** Stays on the page of the block after it. */
  readonly keepNext: boolean;
  /** Is never broken over two pages. */
  readonly keepLines: boolean;
}

export interface PageGeometry {
  readonly width: Twip;
  readonly height: Twip;
  readonly top: Twip;
  readonly bottom: Twip;
  readonly left: Twip;
  readonly right: Twip;
  /** Distance of the page number's line from the paper's top edge. */
  readonly header: Twip;
}

/** Everything about looks that layout and writers need. */
export interface Styles {
  readonly of: Readonly<Record<Role, Style>>;
  readonly page: PageGeometry;
  readonly compatibility: 14 | 15;
  /** Inner margins of table cells, left and right. */
  readonly cellPadding: Twip;
  /** Thickness of table borders and rules. */
  readonly lineWidth: Twip;
}

/**
 * Height of a single-spaced line over the font size, for Times New Roman and its metric twin (hhea
 * with line gap).
 */
const SINGLE = (1825 + 443 + 87) / 2048;

/** Exact pitch in whole half-points for a size and a spacing in lines, never under single. */
export function exactPitch(size: Pt, spacing: number): Twip {
  const single = size * SINGLE;
  return twipsFromPt(Math.max(Math.round(single * spacing * 2), Math.ceil(single * 2)) / 2);
}

/**
 * Room for the signature and the seal between office and name: about 26 mm, the height of five
 * lines.
 */
const SIGNATURE_ROOM: Twip = 1480;

/** A4 in twips. Source: Nghị định 30/2020/NĐ-CP, Phụ lục I, Phần I, Mục I, khoản 1. */
const A4 = { width: twipsFromMm(210), height: twipsFromMm(297) } as const;

/**
 * Styles by role.
 *
 * Source: Nghị định 30/2020/NĐ-CP, Phụ lục I, Phần I, Mục II (sizes and weights by component) and
 * Mục V (the summary table).
 */
export function buildStyles(choices: StyleChoices): Styles {
  const { bodySize, titleSize, agencySize, tableSize } = choices;
  const indent = twipsFromMm(choices.indent);
  const before = twipsFromPt(choices.spaceBefore);

  const base = (size: Pt, spacing = 1): Style => ({
    size,
    bold: false,
    italic: false,
    align: "left",
    firstIndent: 0,
    before: 0,
    after: 0,
    pitch: exactPitch(size, spacing),
    keepNext: false,
    keepLines: false,
  });
  const centred = (size: Pt): Style => ({ ...base(size), align: "center", keepNext: true });
  const body: Style = {
    ...base(bodySize, choices.lineSpacing),
    align: "justify",
    firstIndent: indent,
    before,
  };
  const heading: Style = { ...body, bold: true, keepNext: true, keepLines: true };
  const cell: Style = { ...base(tableSize), before: 40, after: 40 };
  const signature: Style = { ...base(14), bold: true, align: "center", keepNext: true };

  const of: Record<Role, Style> = {
    nation: { ...centred(agencySize), bold: true }, // khoản 1 điểm a: 12–13, đứng, đậm
    motto: { ...centred(14), bold: true, pitch: exactPitch(14, 1) }, // khoản 1 điểm b: 13–14, đứng, đậm
    superior: centred(agencySize), // khoản 2: 12–13, đứng, không đậm
    issuer: { ...centred(agencySize), bold: true }, // khoản 2: 12–13, đứng, đậm
    number: { ...centred(13), before: 120 }, // khoản 3: 13, đứng
    date: { ...centred(14), italic: true, before: 120 }, // khoản 4: 13–14, nghiêng
    type: { ...centred(titleSize), bold: true, before: 240 }, // khoản 5: 13–14, đứng, đậm
    subject: { ...centred(titleSize), bold: true }, // khoản 5: 13–14, đứng, đậm
    attachment: { ...centred(titleSize), italic: true, before: 60 }, // Mẫu 1.3: nghiêng
    basis: { ...body, italic: true }, // khoản 6 điểm a: nghiêng
    enactment: body,
    "part-label": { ...heading, align: "center", firstIndent: 0 }, // khoản 6 điểm đ: in thường, đậm, canh giữa
    part: { ...heading, align: "center", firstIndent: 0 },
    section: heading, // khoản 6 điểm đ: in hoa, đứng, đậm
    "clause-heading": heading, // khoản 6 điểm đ: in thường, đứng, đậm
    "point-heading": { ...heading, bold: false }, // khoản 6 điểm đ: in thường, đứng
    body,
    lead: body,
    clause: body,
    item: body,
    see: { ...body, italic: true },
    closing: { ...body, keepNext: true },
    "recipients-title": { ...base(12), bold: true, italic: true, before: 240, keepNext: true }, // khoản 9 điểm d: 12, nghiêng, đậm
    recipient: { ...base(11), keepNext: true }, // khoản 9 điểm d: 11, đứng
    drafter: { ...base(11), keepNext: true }, // Mục III khoản 3: 11
    "signature-head": { ...signature, before: 240 },
    "signature-line": signature, // khoản 7 điểm đ: 13–14, in hoa, đứng, đậm
    "signature-office": { ...signature, bold: false, before: SIGNATURE_ROOM },
    "signature-name": { ...signature, before: SIGNATURE_ROOM }, // khoản 7 điểm đ: 13–14, in thường, đứng, đậm
    "appendix-label": { ...centred(14), bold: true }, // Mục III khoản 1 điểm b: 14, đứng, đậm
    "appendix-title": { ...centred(titleSize), bold: true }, // in hoa, 13–14, đứng, đậm
    "appendix-reference": { ...centred(13), italic: true }, // Mục III khoản 1 điểm c: nghiêng
    "table-title": { ...centred(bodySize), bold: true, before },
    "table-unit": {
      ...base(tableSize),
      italic: true,
      align: "right",
      before: 60,
      after: 40,
      keepNext: true,
    },
    "table-head": { ...cell, bold: true, align: "center", keepNext: true },
    "table-cell": cell,
    "table-strong": { ...cell, bold: true },
    "table-note": { ...base(tableSize), italic: true, align: "justify", before: 60 },
    footnote: { ...base(10), align: "justify" },
    "page-number": { ...base(choices.pageNumberSize), align: "center" }, // Mục I khoản 7: 13–14, đứng, giữa
  };
  return {
    of,
    page: {
      ...A4,
      top: twipsFromMm(choices.margins.top),
      bottom: twipsFromMm(choices.margins.bottom),
      left: twipsFromMm(choices.margins.left),
      right: twipsFromMm(choices.margins.right),
      header: twipsFromMm(10),
    },
    compatibility: choices.compatibility,
    cellPadding: 70,
    lineWidth: 10,
  };
}

/**
 * The paper of a section: portrait, or turned. Margins belong to the paper's edges as read, so they
 * stay.
 */
export function pageOf(styles: Styles, landscape: boolean): PageGeometry {
  const { page } = styles;
  return landscape ? { ...page, width: page.height, height: page.width } : page;
}

/** Width of the text block. */
export function textWidth(page: PageGeometry): Twip {
  return page.width - page.left - page.right;
}

/** Bold and italic of a run: its marks on top of its paragraph's style. */
export function runFace(
  style: Style,
  marks: readonly string[],
): { readonly bold: boolean; readonly italic: boolean } {
  const bold = marks.includes("bold") || (style.bold && !marks.includes("light"));
  // Emphasis inside italic text stands upright, as printers do it.
  const italic = marks.includes("italic")
    ? !style.italic
    : style.italic && !marks.includes("upright");
  return { bold, italic };
}
