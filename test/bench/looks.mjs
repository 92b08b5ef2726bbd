/**
 * How the peers set each role of the document tree: the default profile's looks, written down a
 * second time on purpose, so that the peers do not depend on the program they are measured against.
 * Sizes in points; `indent`: the first line is indented.
 */
const BODY = { size: 14, bold: false, italic: false, align: "justify", indent: true };
const CENTRED = { size: 14, bold: false, italic: false, align: "center", indent: false };
const LEFT = { size: 12, bold: false, italic: false, align: "left", indent: false };

const LOOKS = {
  nation: { ...CENTRED, size: 13, bold: true },
  motto: { ...CENTRED, bold: true },
  superior: { ...CENTRED, size: 13 },
  issuer: { ...CENTRED, size: 13, bold: true },
  number: { ...CENTRED, size: 13 },
  date: { ...CENTRED, italic: true },
  type: { ...CENTRED, bold: true },
  subject: { ...CENTRED, bold: true },
  attachment: { ...CENTRED, italic: true },
  basis: { ...BODY, italic: true },
  see: { ...BODY, italic: true },
  "part-label": { ...CENTRED, bold: true },
  part: { ...CENTRED, bold: true },
  section: { ...BODY, bold: true },
  "clause-heading": { ...BODY, bold: true },
  "recipients-title": { ...LEFT, bold: true, italic: true },
  recipient: { ...LEFT, size: 11 },
  drafter: { ...LEFT, size: 11 },
  "signature-line": { ...CENTRED, bold: true },
  "signature-office": CENTRED,
  "signature-name": { ...CENTRED, bold: true },
  "appendix-label": { ...CENTRED, bold: true },
  "appendix-title": { ...CENTRED, bold: true },
  "appendix-reference": { ...CENTRED, size: 13, italic: true },
  "table-title": { ...CENTRED, bold: true },
  "table-unit": { ...LEFT, italic: true, align: "right" },
  "table-head": { ...LEFT, bold: true, align: "center" },
  "table-cell": LEFT,
  "table-strong": { ...LEFT, bold: true },
  "table-note": { ...LEFT, italic: true, align: "justify" },
};

/** The looks of a role; roles not named are set as body text. */
export function lookOf(role) {
  return LOOKS[role] ?? BODY;
}

/**
 * Page and body measures of the default profile. Lengths in millimetres, the pitch (line to line)
 * and the space before in points.
 */
export const PAGE = {
  margins: { top: 20, bottom: 20, left: 30, right: 20 },
  indent: 12.7,
  pitch: 17.5,
  before: 6,
};

/** Room for signature and seal, in points. */
export const SIGNATURE_ROOM = 74;
