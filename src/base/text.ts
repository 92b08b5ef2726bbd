/** What may not stand in a plan's text, with the place in the string (0-based, in UTF-16 units). */
export interface TextFault {
  readonly kind: "control" | "combining" | "surrogate" | "direction";
  readonly index: number;
  readonly codePoint: number;
}

/**
 * Signs that nobody sees and that only tell programs where a line may break, or may not: soft
 * hyphens, blanks without width, joiners, marks of direction that turn nothing; and those that say
 * how the sign before them is drawn: a phone writes ☑ with one.
 */
const UNSEEN =
  /[\u00ad\u061c\u180e\u200b-\u200f\u2060-\u2064\ufeff]|\u034f|[\ufe00-\ufe0f]|[\u{e0000}-\u{e01ef}]/gu;

/** Blanks of other widths, and breaks that are no line breaks of files: each a blank. */
const ODD_BLANKS = /[\u1680\u2000-\u2006\u2008-\u200a\u2028\u2029\u205f\u3000]/gu;

/**
 * Compose letters and marks (NFC): text pasted from macOS or some PDFs comes decomposed, and would
 * print with floating tones. Signs that nobody sees are taken out, and odd blanks become plain
 * ones: programs break lines at them each in its own way. No-break blanks (U+00A0, U+2007, U+202F)
 * stay.
 */
export function normalizeText(text: string): string {
  const composed = text.normalize("NFC");
  const seen = composed.search(UNSEEN) < 0 ? composed : composed.replace(UNSEEN, "");
  return seen.search(ODD_BLANKS) < 0 ? seen : seen.replace(ODD_BLANKS, " ");
}

const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufffe\uffff]/u;
/**
 * Signs that turn the direction of text around: what is read is then not what stands there.
 * Source: Unicode Standard Annex #9, 2; CVE-2021-42574.
 */
const DIRECTION = /[\u202a-\u202e\u2066-\u2069]/u;
const LONE_SURROGATE = /[\ud800-\udfff]/u;
// After NFC a mark that is left has no letter to sit on, or none that Unicode composes: either way
// no font places it right.
const COMBINING = /[\u0300-\u036f]/u;

/** The first character that no document may hold, or null. Call on NFC text. */
export function findTextFault(text: string): TextFault | null {
  const rules = [
    ["control", CONTROL],
    ["combining", COMBINING],
    ["surrogate", LONE_SURROGATE],
    ["direction", DIRECTION],
  ] as const;
  let first: TextFault | null = null;
  for (const [kind, pattern] of rules) {
    const index = text.search(pattern);
    if (index >= 0 && (first === null || index < first.index))
      first = { kind, index, codePoint: text.codePointAt(index) ?? 0 };
  }
  return first;
}

const STRAY = /[\u0300-\u036f]|[\ud800-\udfff]/gu;

/** A text without marks that belong to no letter and without halves of signs. Call on NFC text. */
export function withoutStrayMarks(text: string): string {
  return text.replace(STRAY, "");
}

const NEVER = new RegExp(
  [CONTROL, DIRECTION, LONE_SURROGATE].map(({ source }) => source).join("|"),
  "gu",
);

/** A text as it was typed or pasted, without what no document may hold but marks. */
export function cleanTyped(text: string): string {
  return normalizeText(text).replace(NEVER, "");
}

/** "U+1F600" */
export function printCodePoint(codePoint: number): string {
  return `U+${codePoint.toString(16).toUpperCase().padStart(4, "0")}`;
}

/** Upper case with Vietnamese letters: a plain Unicode mapping, not the machine's locale. */
export function upperCase(text: string): string {
  return text.toUpperCase();
}

/** First letter upper, the rest as it is. */
export function capitalize(text: string): string {
  const first = [...text][0] ?? "";
  return upperCase(first) + text.slice(first.length);
}

/** A text as a name in files and citations: "Xã An Khương" gives "xa-an-khuong". */
export function slugOf(text: string): string {
  return withoutMarks(text)
    .replace(/[^a-z0-9]+/gu, "-")
    .replace(/^-+|-+$/gu, "");
}

/** A text as people search for it: without marks, in lower case; "Đề án" gives "de an". */
export function withoutMarks(text: string): string {
  return text
    .normalize("NFD")
    .replace(/[\u0300-\u036f]/gu, "")
    .replace(/[đĐ]/gu, "d")
    .toLowerCase();
}

/** A text as it is compared: blanks and case do not count. */
export function foldText(text: string): string {
  return normalizeText(text).replace(/\s+/gu, " ").trim().toLowerCase();
}

/**
 * A text without the words it opens with, where it does; letter case does not count. "Luật Ngân
 * sách" without "luật" is "Ngân sách".
 */
export function withoutStart(text: string, start: string): string {
  return foldText(text).startsWith(`${foldText(start)} `) && text.length > start.length
    ? text.trimStart().slice(start.trim().length).trimStart()
    : text;
}
