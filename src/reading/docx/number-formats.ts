import { romanNumeral } from "../../base/numbers.js";

/** Beyond these, roman numerals and letters are no numbers that people write. */
const LAST_ROMAN = 3_999;
const LAST_LETTER = 26 * 30;

const VIETNAMESE = [
  "không",
  "một",
  "hai",
  "ba",
  "bốn",
  "năm",
  "sáu",
  "bảy",
  "tám",
  "chín",
  "mười",
] as const;

/**
 * How Word writes a number, by the names of ISO/IEC 29500-1, 17.18.59. Formats of other scripts are
 * shown as plain digits.
 */
const FORMATS: Readonly<Record<string, (value: number) => string>> = {
  upperRoman: roman,
  lowerRoman: (value) => roman(value).toLowerCase(),
  upperLetter: letters,
  lowerLetter: (value) => letters(value).toLowerCase(),
  decimalZero: (value) => String(value).padStart(2, "0"),
  numberInDash: (value) => `- ${value} -`,
  vietnameseCounting: (value) => VIETNAMESE[value] ?? String(value),
  none: () => "",
  bullet: () => "",
};

export function formatListNumber(value: number, format: string): string {
  return (Object.hasOwn(FORMATS, format) ? FORMATS[format] : undefined)?.(value) ?? String(value);
}

function roman(value: number): string {
  return value < 1 || value > LAST_ROMAN ? String(value) : romanNumeral(value);
}

/** A … Z, AA, BB …: Word repeats the letter, and knows no “Đ”. */
function letters(value: number): string {
  if (value < 1 || value > LAST_LETTER) return String(value);
  return String.fromCharCode(65 + ((value - 1) % 26)).repeat(Math.floor((value - 1) / 26) + 1);
}
