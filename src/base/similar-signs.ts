/**
 * Signs that fonts of text lack, and the sign that says the same and is printed: marks of phones,
 * of old Wingdings and Symbol letters, bullets of web pages.
 */
const SIMILAR: ReadonlyMap<string, string> = new Map([
  ["✅", "☑"],
  ["❎", "☒"],
  ["❌", "☒"],
  ["🗹", "☑"],
  ["🗷", "☒"],
  ["🔲", "☐"],
  ["🔳", "☐"],
  ["‣", "➢"],
  ["👉", "➢"],
  ["🔴", "●"],
  ["🔵", "●"],
  ["🔹", "◆"],
  ["🔸", "◆"],
  ["\uf0fc", "✓"],
  ["\uf0fb", "✗"],
  ["\uf0fe", "☑"],
  ["\uf0fd", "☒"],
  ["\uf0a8", "☐"],
  ["\uf06f", "☐"],
  ["\uf071", "☐"],
  ["\uf0a7", "▪"],
  ["\uf06e", "■"],
  ["\uf06c", "●"],
  ["\uf0b7", "•"],
  ["\uf076", "❖"],
  ["\uf0d8", "➢"],
  ["\uf0e0", "→"],
  ["\uf0e8", "➔"],
]);

/**
 * What may be written for a sign that no font has: a sign of the same meaning, or the plain letters
 * that it is a form of (㎡ is m²: NFKC, Unicode Standard Annex #15). Null when nothing says the same.
 */
export function similarSign(code: number): string | null {
  const sign = String.fromCodePoint(code);
  const known = SIMILAR.get(sign);
  if (known !== undefined) return known;
  const plain = sign.normalize("NFKC").replace(/m2$/u, "m²").replace(/m3$/u, "m³");
  return plain !== sign && /^[\u0020-\u024f\u1ea0-\u1ef9²³]+$/u.test(plain) ? plain : null;
}
