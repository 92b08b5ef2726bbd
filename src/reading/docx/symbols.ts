import { ownValue } from "../../base/own-value.js";
/** Codes from here up to F0FF are places in a symbol font, not letters of Unicode. */
const PRIVATE = 0xf000;

/**
 * What the usual symbol fonts draw, by font and place. Only what offices put into text; arrows,
 * ticks, boxes, signs of comparison.
 */
const DRAWN: Readonly<Record<string, Readonly<Record<number, string>>>> = {
  symbol: {
    0xa3: "≤",
    0xb3: "≥",
    0xb4: "×",
    0xb0: "°",
    0xb1: "±",
    0xb8: "÷",
    0xb9: "≠",
    0xbb: "≈",
    0xae: "→",
    0xde: "⇒",
    0xe5: "∑",
    0x61: "α",
    0x62: "β",
    0x6d: "μ",
    0x44: "Δ",
    0x57: "Ω",
    0x2b: "+",
    0x2d: "-",
    0x3d: "=",
    0x3c: "<",
    0x3e: ">",
    0x25: "%",
  },
  wingdings: {
    0xe0: "→",
    0xdf: "←",
    0xf0: "⇨",
    0xe8: "→",
    0xa8: "☐",
    0x6f: "☐",
    0x71: "☐",
    0xfe: "☑",
    0x78: "☒",
    0xfd: "☒",
    0xfc: "✓",
    0xfb: "✗",
    0x28: "☎",
    0x2a: "✉",
  },
  "wingdings 2": { 0xa3: "☐", 0x52: "☑", 0x50: "✓", 0x2a: "☐" },
};
/** Dots, squares and arrow heads that stand before points of a list. */
const BULLETS: ReadonlySet<number> = new Set([
  0xb7, 0xa7, 0xd8, 0x76, 0x6c, 0x6e, 0x75, 0xa0, 0x9f, 0x9e, 0xb2, 0x77, 0x46,
]);

/** One sign of a symbol font as Unicode, or null when it is not known. */
export function readSymbol(font: string, code: number): string | null {
  const place = code >= PRIVATE ? code - PRIVATE : code;
  return ownValue(DRAWN, font.toLowerCase())?.[place] ?? (BULLETS.has(place) ? "-" : null);
}

/**
 * Whether the places of this font are signs: without a table of its own, a font is taken for one of
 * letters.
 */
export function isSymbolFont(font: string): boolean {
  return /^(?:symbol|wingdings(?: [23])?|webdings|zapf ?dingbats|opensymbol|starsymbol)$/iu.test(
    font.trim(),
  );
}

/**
 * The bullet of a list as a Vietnamese document writes it: the dots and squares of symbol fonts are
 * "-", and the hollow dot that Word makes of an “o” on the second level is "+", as those levels are
 * usually told apart. LibreOffice writes a typed "+" or "*" by its place in Symbol. Other signs
 * stay.
 */
export function readBullet(sign: string, font: string): string {
  if (sign === "o") return "+";
  return sign.replace(/[\ue000-\uf8ff]/gu, (place) => {
    const plain = String.fromCharCode(place.charCodeAt(0) & 0xff);
    return /^symbol$/iu.test(font) && /[+*=]/u.test(plain) ? plain : "-";
  });
}
