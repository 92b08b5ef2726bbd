/**
 * What Word may need to type on: Latin with all Vietnamese letters, punctuation, currency, common
 * signs.
 */
export const CARRIED_LETTERS = [
  [0x20, 0x7e],
  [0xa0, 0x17f],
  [0x1a0, 0x1a1],
  [0x1af, 0x1b0],
  [0x300, 0x309],
  [0x323, 0x323],
  [0x1ea0, 0x1ef9],
  [0x2010, 0x2026],
  [0x202f, 0x203a],
  [0x20ab, 0x20ac],
  [0x2116, 0x2116],
  [0x2190, 0x2193],
  [0x2212, 0x2212],
  [0x2248, 0x2248],
  [0x2260, 0x2265],
  [0x25a0, 0x25a1],
  [0x25cf, 0x25cf],
] as const;

/** Whether the text's faces carry a character in every Word file. */
export function isCarried(code: number): boolean {
  return CARRIED_LETTERS.some(([first, last]) => first <= code && code <= last);
}
