import { isSyllable } from "./syllables.js";

/**
 * Encodings of Vietnamese from before Unicode, which old files still carry: letters of Windows-1252
 * shown otherwise by their own fonts.
 */
export type LegacyEncoding = "tcvn3" | "vni";

/**
 * One letter a code. Capitals with tones do not exist: fonts whose names end in H show the same
 * codes as capitals.
 */
const TCVN3_CODES =
  "µ¶·¸¹¨»¼½¾Æ©ÇÈÉÊË®ÌÎÏÐÑªÒÓÔÕÖ×ØÜÝÞßáâãä«åæçèé¬êëìíîïñòóô\u00adõö÷øùúûüýþ¡¢£¤¥¦§";
const TCVN3_LETTERS = "àảãáạăằẳẵắặâầẩẫấậđèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵĂÂÊÔƠƯĐ";
/**
 * What some programs give instead: a Greek mu for the micro sign, a minus sign for the soft hyphen.
 */
const TCVN3_STRAYS = { "\u03bc": "à", "\u2212": "ư" } as const;
const TCVN3: ReadonlyMap<string, string> = new Map([
  ...[...TCVN3_CODES].map((code, index): [string, string] => [
    code,
    [...TCVN3_LETTERS][index] ?? code,
  ]),
  ...Object.entries(TCVN3_STRAYS),
]);

/** A vowel and a second letter for its marks: marks by the second letter, as combining accents. */
const VNI_ACCENTS: Readonly<Record<string, string>> = {
  ù: "\u0301",
  ø: "\u0300",
  û: "\u0309",
  õ: "\u0303",
  ï: "\u0323",
  â: "\u0302",
  á: "\u0302\u0301",
  à: "\u0302\u0300",
  å: "\u0302\u0309",
  ã: "\u0302\u0303",
  ä: "\u0302\u0323",
  ê: "\u0306",
  é: "\u0306\u0301",
  è: "\u0306\u0300",
  ú: "\u0306\u0309",
  ü: "\u0306\u0303",
  ë: "\u0306\u0323",
};
/** Vowels, as VNI writes them, and the second letters they may have. */
const VNI_PAIRS =
  /[aA][ùøûõïâáàåãäêéèúüëÙØÛÕÏÂÁÀÅÃÄÊÉÈÚÜË]|[eEoO][ùøûõïâáàåãäÙØÛÕÏÂÁÀÅÃÄ]|[uUyYôÔöÖ][ùøûõïÙØÛÕÏ]|[íìæóòîñôöÍÌÆÓÒÎÑÔÖ]/gu;
const VNI_SINGLES: Readonly<Record<string, string>> = {
  í: "í",
  ì: "ì",
  æ: "ỉ",
  ó: "ĩ",
  ò: "ị",
  î: "ỵ",
  ñ: "đ",
  ô: "ơ",
  ö: "ư",
};

/**
 * The encoding that a font's name tells, with or without the prefix of a PDF subset: “.VnTime”,
 * “ABCDEF+VNI-Times”. Null for a Unicode font.
 */
export function encodingOfFont(font: string): LegacyEncoding | null {
  const name = bareName(font);
  if (/^vni[-_ ]/iu.test(name)) return "vni";
  return /^\.vn/iu.test(name) || /^Vn[A-Z0-9]/u.test(name) ? "tcvn3" : null;
}

/**
 * Whether a font of TCVN3 shows small letters as capitals (“.VnTimeH”, “.VnArialH,Bold”): its text
 * is to be set in capitals after conversion.
 */
export function isCapitalFont(font: string): boolean {
  return encodingOfFont(font) === "tcvn3" && /H(?:[,-].*)?$/u.test(bareName(font));
}

function bareName(font: string): string {
  return font
    .trim()
    .replace(/^\/?[A-Z]{6}\+/u, "")
    .replace(/^(?:#2[eE]|_)/u, ".");
}

/**
 * Text of a legacy encoding, its bytes read as Windows-1252, as Unicode (NFC). Text that is Unicode
 * already must not come here.
 */
export function convertLegacy(text: string, encoding: LegacyEncoding): string {
  return encoding === "tcvn3" ? raiseCapitals(convertTcvn3(text)) : convertVni(text);
}

function convertTcvn3(text: string): string {
  let converted = "";
  for (const letter of text) converted += TCVN3.get(letter) ?? letter;
  return converted;
}

function convertVni(text: string): string {
  return text
    .replace(VNI_PAIRS, (pair) => {
      const base = pair.slice(0, 1);
      const plain = VNI_SINGLES[base.toLowerCase()] ?? base.toLowerCase();
      const letter = plain + (VNI_ACCENTS[pair.slice(1).toLowerCase()] ?? "");
      return base === base.toLowerCase() ? letter : letter.toUpperCase();
    })
    .normalize("NFC");
}

/**
 * “Kế HOạCH” is what is left of a heading in a font of capitals: typed in capitals where the
 * keyboard had them. A capital inside a word says that the whole word is; a word that has none
 * inside (“Uỷ BAN”) follows its neighbours, or every “ở UBND” would become “Ở UBND”.
 */
function raiseCapitals(text: string): string {
  const parts = text.split(/([^\p{L}\p{M}]+)/u);
  const capital = parts.map((word) => /.\p{Lu}/u.test(word) && !/[a-z]/u.test(word));
  return parts
    .map((word, at) =>
      capital[at] === true ||
      (/\p{Ll}/u.test(word) && !/[a-z]/u.test(word) && neighboursAreCapitals(parts, capital, at))
        ? word.toUpperCase()
        : word,
    )
    .join("");
}

/**
 * The words beside it, with only a blank between, are capitals; abbreviations (“Sở LĐ-TB&XH”, “Số:
 * /KH-UBND”) do not count as such.
 */
function neighboursAreCapitals(
  parts: readonly string[],
  capital: readonly boolean[],
  at: number,
): boolean {
  const near = [-1, 1]
    .filter((side) => /^ +$/u.test(parts[at + side] ?? "") && (parts[at + 2 * side] ?? "") !== "")
    .map((side) => at + 2 * side);
  return (
    near.length > 0 && near.every((one) => capital[one] === true && isSyllable(parts[one] ?? ""))
  );
}

/**
 * Shares by which text is taken for legacy: its marked words are syllables once converted, and
 * mostly were none before.
 */
const RIGHT_AFTER = 0.8;
const RIGHT_BEFORE = 0.4;
const MAX_WORDS = 20_000;

/**
 * The legacy encoding of text without font names, by its words' spelling before and after
 * conversion; null when it is Unicode, or another language.
 */
export function detectLegacy(text: string): LegacyEncoding | null {
  const words = text
    .slice(0, MAX_WORDS * 20)
    .split(/[\s\u0021-\u0040[-`{-~‘’“”…–—]+/u)
    .filter((word) => /[^\0-\x7f]/u.test(word))
    .slice(0, MAX_WORDS);
  // Letters only Unicode has: Ă, ơ, ệ. Legacy text has none.
  const modern = words.filter((word) =>
    /[\u0102-\u01b0\u1ea0-\u1ef9]/u.test(word.normalize("NFC")),
  ).length;
  const found = (["tcvn3", "vni"] as const)
    .map((encoding) => {
      const changed = words
        .map((word) => [word, convertLegacy(word, encoding)] as const)
        .filter(([before, after]) => before !== after);
      const before = changed.filter(([word]) => isSyllable(word)).length;
      const after = changed.filter(([, word]) => isSyllable(word)).length;
      return { encoding, before, after, changed: changed.length };
    })
    .filter(
      ({ before, after, changed }) =>
        after >= 2 &&
        after >= RIGHT_AFTER * changed &&
        before <= RIGHT_BEFORE * changed &&
        modern * 4 <= after,
    )
    .sort((a, b) => b.after - a.after);
  return found[0]?.encoding ?? null;
}
