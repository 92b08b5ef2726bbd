import { POINT_LETTERS } from "../../base/numbers.js";
import { BULLETS, type Marker } from "../../plan/markers.js";

/** A number or bullet that opens a paragraph, as it was typed, and what it means. */
export interface Label {
  /** As typed: "2.2", "B.", "a)". */
  readonly typed: string;
  /** How a plan would write it. */
  readonly marker: Marker;
  /** 1 for "I.", "a)"; 0 for bullets. */
  readonly number: number;
  /** Of a decimal number all its parts: [2, 2]; otherwise empty. */
  readonly decimals: readonly number[];
  /** Where the text after the label begins. */
  readonly end: number;
}

const ROMAN = /^(?=[IVXL])(?:XL|L?X{0,3})(?:IX|IV|V?I{0,3})$/u;
const VALUES: Readonly<Record<string, number>> = { I: 1, V: 5, X: 10, L: 50 };

function romanValue(text: string): number {
  return [...text].reduce((sum, letter, index, all) => {
    const value = VALUES[letter] ?? 0;
    return sum + (value < (VALUES[all[index + 1] ?? ""] ?? 0) ? -value : value);
  }, 0);
}

/** "Phần thứ nhất", "thứ hai", … */
const ORDINALS: readonly string[] = [
  "nhất",
  "hai",
  "ba",
  "tư",
  "năm",
  "sáu",
  "bảy",
  "tám",
  "chín",
  "mười",
];

/** A decimal number of more than this is a year or an amount at the start of a line. */
const MOST = 99;

/**
 * The label that opens a text; null when it opens with none. "I." to "XLIX." read as Roman numbers,
 * other capitals as letters; what only looks like a label (a date, an amount, a symbol) is none.
 */
export function readLabel(text: string): Label | null {
  return (
    readBullet(text) ??
    readPart(text) ??
    readArticle(text) ??
    readDecimal(text) ??
    readArabic(text) ??
    readCapital(text) ??
    readSmallLetter(text) ??
    readEnclosed(text)
  );
}

function readBullet(text: string): Label | null {
  const bullet = /^([-–—−+*•●○▪■❖➢◦‣·])(?:\s+|(?=\p{Lu}))/u.exec(text);
  if (!bullet) return null;
  const sign = bullet[1] ?? "-";
  const marker = (BULLETS as readonly string[]).includes(sign) ? (sign as Marker) : "-";
  return { typed: sign, marker, number: 0, decimals: [], end: bullet[0].length };
}

/** "PHẦN I", "Chương 2", "Phần thứ nhất" */
function readPart(text: string): Label | null {
  const part =
    /^(PHẦN|Phần|CHƯƠNG|Chương)\s+(?:(?:THỨ|thứ)\s+)?([IVXL]+|\d{1,2}|\p{L}+)\s*[.:]?(?:\s+|$)/u.exec(
      text,
    );
  if (!part) return null;
  const value = part[2] ?? "";
  const number = /^\d/u.test(value)
    ? Number(value)
    : ROMAN.test(value)
      ? romanValue(value)
      : ORDINALS.indexOf(value.toLowerCase()) + 1;
  if (number === 0) return null;
  return {
    typed: part[0].trim().replace(/[.:]$/u, ""),
    marker: /^P/u.test(part[1] ?? "") ? "Phần I" : "Chương I",
    number,
    decimals: [],
    end: part[0].length,
  };
}

/** "Điều 3." */
function readArticle(text: string): Label | null {
  const article = /^(?:ĐIỀU|Điều)\s+(\d{1,3})\s*[.:](?:\s+|$)/u.exec(text);
  const number = Number(article?.[1] ?? 0);
  if (!article || number === 0) return null;
  return {
    typed: article[0].trim(),
    marker: "Điều 1.",
    number,
    decimals: [],
    end: article[0].length,
  };
}

/** "2.1.", "3.1.2" */
function readDecimal(text: string): Label | null {
  const decimal = /^(\d{1,2}(?:\.\d{1,2}){1,3})[.)/]?(?:\s+|(?=\p{Lu}))/u.exec(text);
  if (!decimal) return null;
  const decimals = (decimal[1] ?? "").split(".").map(Number);
  const after = text.slice(decimal[0].length);
  // "2.500 hộ", "3.2 tỷ đồng" at a line's start are amounts; a heading opens with a capital, or a
  // quote.
  if (!decimals.every((one) => one > 0 && one <= MOST) || !/^[\p{Lu}“"(*\d]/u.test(after))
    return null;
  return {
    typed: decimal[0].trim(),
    marker: `${"1.".repeat(decimals.length)}` as Marker,
    number: decimals.at(-1) ?? 0,
    decimals,
    end: decimal[0].length,
  };
}

/** "1.", "1)", "1 -" */
function readArabic(text: string): Label | null {
  const arabic =
    /^(\d{1,2})([.)/]|\s*[-–](?=\s))(?:\s+|(?=\p{Lu}))/u.exec(text) ??
    /^(\d{1,2})([.)])$/u.exec(text);
  const number = Number(arabic?.[1] ?? 0);
  if (!arabic || number === 0) return null;
  const bracketed = arabic[2] === ")";
  return {
    typed: arabic[0].trim(),
    marker: bracketed ? "1)" : "1.",
    number,
    decimals: bracketed ? [] : [number],
    end: arabic[0].length,
  };
}

/** "IV.", "B.", "Mục I:", "II -" */
function readCapital(text: string): Label | null {
  const capital =
    /^(?:(?:MỤC|Mục)\s+)?([A-ZĐ]|[IVXL]+)\s*[.)/:](?:\s+|(?=\p{Lu}))/u.exec(text) ??
    /^([IVXL]{1,5})\s*[-–](?:\s+)/u.exec(text);
  if (!capital) return null;
  const letters = capital[1] ?? "";
  const end = capital[0].length;
  const typed = capital[0].trim();
  if (ROMAN.test(letters))
    return { typed, marker: "I.", number: romanValue(letters), decimals: [], end };
  const index = POINT_LETTERS.indexOf(letters.toLowerCase());
  return letters.length === 1 && index >= 0
    ? { typed, marker: "A.", number: index + 1, decimals: [], end }
    : null;
}

/** "a)", "b." */
function readSmallLetter(text: string): Label | null {
  const small = /^([a-zđ])([.)/])(?:\s+|(?=\p{Lu}))/u.exec(text) ?? /^([a-zđ])\)$/u.exec(text);
  const index = small ? POINT_LETTERS.indexOf(small[1] ?? "") : -1;
  if (!small || index < 0) return null;
  return {
    typed: small[0].trim(),
    marker: small[2] === "." ? "a." : "a)",
    number: index + 1,
    decimals: [],
    end: small[0].length,
  };
}

/** "(1)", "(a)" */
function readEnclosed(text: string): Label | null {
  const enclosed = /^\((\d{1,2}|[a-zđ])\)(?:\s+|(?=\p{Lu}))/u.exec(text);
  if (!enclosed) return null;
  const value = enclosed[1] ?? "";
  const isNumber = /\d/u.test(value);
  const number = isNumber ? Number(value) : POINT_LETTERS.indexOf(value) + 1;
  if (number === 0) return null;
  return {
    typed: enclosed[0].trim(),
    marker: isNumber ? "(1)" : "(a)",
    number,
    decimals: [],
    end: enclosed[0].length,
  };
}

export function isBullet(label: Label): boolean {
  return BULLETS.includes(label.marker);
}
