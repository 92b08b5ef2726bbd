const COLOURS = [
  ["dk1", "000000"],
  ["lt1", "FFFFFF"],
  ["dk2", "44546A"],
  ["lt2", "E7E6E6"],
  ["accent1", "4472C4"],
  ["accent2", "ED7D31"],
  ["accent3", "A5A5A5"],
  ["accent4", "FFC000"],
  ["accent5", "5B9BD5"],
  ["accent6", "70AD47"],
  ["hlink", "0563C1"],
  ["folHlink", "954F72"],
] as const;

const FILL = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>';
const LINE = `<a:ln w="6350">${FILL}</a:ln>`;
const EFFECT = "<a:effectStyle><a:effectLst/></a:effectStyle>";
const FONT = '<a:latin typeface="Times New Roman"/><a:ea typeface=""/><a:cs typeface=""/>';

const DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main";
const SCHEME = COLOURS.map(
  ([name, value]) => `<a:${name}><a:srgbClr val="${value}"/></a:${name}>`,
).join("");

/**
 * The theme that spreadsheet programs look for: usual colours, the decree's font. Format: ISO/IEC
 * 29500-1, 20.1.6.
 */
export const THEME = [
  '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>',
  `<a:theme xmlns:a="${DRAWING}" name="kehoach"><a:themeElements>`,
  `<a:clrScheme name="kehoach">${SCHEME}</a:clrScheme>`,
  `<a:fontScheme name="kehoach"><a:majorFont>${FONT}</a:majorFont>`,
  `<a:minorFont>${FONT}</a:minorFont></a:fontScheme>`,
  `<a:fmtScheme name="kehoach"><a:fillStyleLst>${FILL.repeat(3)}</a:fillStyleLst>`,
  `<a:lnStyleLst>${LINE.repeat(3)}</a:lnStyleLst>`,
  `<a:effectStyleLst>${EFFECT.repeat(3)}</a:effectStyleLst>`,
  `<a:bgFillStyleLst>${FILL.repeat(3)}</a:bgFillStyleLst></a:fmtScheme>`,
  "</a:themeElements></a:theme>",
].join("");
