import { type Mm, type Pt, type Twip, twipsFromMm, twipsFromPt } from "../base/units.js";
import { type Marks, hasMark } from "./marks.js";
import type { Role } from "./tree.js";

/** Choices an office may make: the plan's profile, already checked against the decree's ranges. */
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
 * How one role is set. Lengths in twips, sizes in points. The line height is exact: the distance
 * from baseline to baseline.
 */
export interface Style {
  readonly size: Pt;
  readonly bold: boolean;
  readonly italic: boolean;
  readonly align: Align;
  readonly firstIndent: Twip;
  readonly before: Twip;
  readonly after: Twip;
  readonly lineHeight: Twip;
  /** Stays on the page of the block after it. */
  readonly keepWithNext: boolean;
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

type StylesByRole = Readonly<Record<Role, Style>>;

/** Everything about looks that layout and writers need. */
export interface Styles {
  readonly byRole: StylesByRole;
  /** Words under a picture. No paragraph style of its own: most documents have no pictures. */
  readonly pictureCaption: Style;
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

/**
 * Line height in whole half-points for a size and a spacing in lines, never under single.
 */
function exactLineHeight(size: Pt, spacing: number): Twip {
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
 * Mục V (the summary table). The clauses named behind the roles are those of Mục II, unless another
 * Mục is named.
 */
export function buildStyles(choices: StyleChoices): Styles {
  const body: Style = {
    ...plain(choices.bodySize, choices.lineSpacing),
    align: "justify",
    firstIndent: twipsFromMm(choices.indent),
    before: twipsFromPt(choices.spaceBefore),
  };
  return {
    byRole: {
      ...mastheadStyles(choices),
      ...textStyles(body),
      ...closingStyles(),
      ...appendixStyles(choices),
      ...tableStyles(choices, body.before),
      footnote: { ...plain(10), align: "justify" },
      // Mục I khoản 7: 13–14, đứng, giữa
      "page-number": { ...plain(choices.pageNumberSize), align: "center" },
    },
    pictureCaption: {
      ...plain(choices.bodySize),
      italic: true,
      align: "center",
      before: 60,
      after: 60,
    },
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

function plain(size: Pt, spacing = 1): Style {
  return {
    size,
    bold: false,
    italic: false,
    align: "left",
    firstIndent: 0,
    before: 0,
    after: 0,
    lineHeight: exactLineHeight(size, spacing),
    keepWithNext: false,
    keepLines: false,
  };
}

function centred(size: Pt): Style {
  return { ...plain(size), align: "center", keepWithNext: true };
}

/** From the nation's name down to the title of the plan. */
function mastheadStyles({ agencySize, titleSize }: StyleChoices) {
  return {
    nation: { ...centred(agencySize), bold: true }, // khoản 1 điểm a: 12–13, đứng, đậm
    motto: { ...centred(14), bold: true }, // khoản 1 điểm b: 13–14, đứng, đậm
    superior: centred(agencySize), // khoản 2: 12–13, đứng, không đậm
    issuer: { ...centred(agencySize), bold: true }, // khoản 2: 12–13, đứng, đậm
    number: { ...centred(13), before: 120 }, // khoản 3: 13, đứng
    date: { ...centred(14), italic: true, before: 120 }, // khoản 4: 13–14, nghiêng
    type: { ...centred(titleSize), bold: true, before: 240 }, // khoản 5: 13–14, đứng, đậm
    subject: { ...centred(titleSize), bold: true }, // khoản 5: 13–14, đứng, đậm
    attachment: { ...centred(titleSize), italic: true, before: 60 }, // Mẫu 1.3: nghiêng
  } satisfies Partial<StylesByRole>;
}

/** Legal bases, the enactment, and the outline with its text. */
function textStyles(body: Style) {
  const heading: Style = { ...body, bold: true, keepWithNext: true, keepLines: true };
  return {
    basis: { ...body, italic: true }, // khoản 6 điểm a: nghiêng
    enactment: body,
    // khoản 6 điểm đ: in thường, đậm, canh giữa
    "part-label": { ...heading, align: "center", firstIndent: 0 },
    part: { ...heading, align: "center", firstIndent: 0 },
    section: heading, // khoản 6 điểm đ: in hoa, đứng, đậm
    "clause-heading": heading, // khoản 6 điểm đ: in thường, đứng, đậm
    "point-heading": { ...heading, bold: false }, // khoản 6 điểm đ: in thường, đứng
    body,
    lead: body,
    clause: body,
    item: body,
    see: { ...body, italic: true },
    closing: { ...body, keepWithNext: true },
  } satisfies Partial<StylesByRole>;
}

/** Recipients and signature. */
function closingStyles() {
  const signature: Style = { ...centred(14), bold: true };
  return {
    // khoản 9 điểm d: 12, nghiêng, đậm
    "recipients-title": { ...plain(12), bold: true, italic: true, before: 240, keepWithNext: true },
    recipient: { ...plain(11), keepWithNext: true }, // khoản 9 điểm d: 11, đứng
    drafter: { ...plain(11), keepWithNext: true }, // Mục III khoản 3: 11
    "signature-head": { ...signature, before: 240 },
    "signature-line": signature, // khoản 7 điểm đ: 13–14, in hoa, đứng, đậm
    "signature-office": { ...signature, bold: false, before: SIGNATURE_ROOM },
    "signature-name": { ...signature, before: SIGNATURE_ROOM }, // như trên, in thường
  } satisfies Partial<StylesByRole>;
}

function appendixStyles({ titleSize }: StyleChoices) {
  return {
    "appendix-label": { ...centred(14), bold: true }, // Mục III khoản 1 điểm b: 14, đứng, đậm
    "appendix-title": { ...centred(titleSize), bold: true }, // như trên: in hoa, 13–14, đứng, đậm
    "appendix-reference": { ...centred(13), italic: true }, // Mục III khoản 1 điểm c: nghiêng
  } satisfies Partial<StylesByRole>;
}

function tableStyles({ bodySize, tableSize }: StyleChoices, before: Twip) {
  const cell: Style = { ...plain(tableSize), before: 40, after: 40 };
  const note: Style = { ...plain(tableSize), italic: true, before: 60 };
  return {
    "table-title": { ...centred(bodySize), bold: true, before },
    "table-unit": { ...note, align: "right", after: 40, keepWithNext: true },
    "table-head": { ...cell, bold: true, align: "center", keepWithNext: true },
    "table-cell": cell,
    "table-strong": { ...cell, bold: true },
    "table-note": { ...note, align: "justify" },
  } satisfies Partial<StylesByRole>;
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

/** Which face a run is set in. There is one face of signs for all weights and slants. */
export interface RunFace {
  readonly bold: boolean;
  readonly italic: boolean;
  readonly sign: boolean;
}

const SIGN_FACE: RunFace = { bold: false, italic: false, sign: true };

/** Bold and italic of a run: its marks on top of its paragraph's style. */
export function runFace(style: Style, marks: Marks): RunFace {
  if (hasMark(marks, "sign")) return SIGN_FACE;
  const bold = hasMark(marks, "bold") || (style.bold && !hasMark(marks, "light"));
  // Emphasis inside italic text is upright, as is usual in print.
  const italic = hasMark(marks, "italic")
    ? !style.italic
    : style.italic && !hasMark(marks, "upright");
  return { bold, italic, sign: false };
}
