/** Marks that begin a paragraph of a list or outline. */
const MARK =
  /^(?:[-–—+*•▪➢✓❖□➔◦●○■]|\(?(?:\d{1,3}(?:\.\d{1,3}){0,4}|[a-zđA-ZĐ]|[IVXL]{1,6})[.)/](?=\s|$)|\d{1,3}(?:\.\d{1,3}){1,4}\.?(?=\s))/u;
/** Words that do. */
const WORD =
  /^(?:(?:Điều|Chương|Mục|Phần|Phụ lục|Biểu(?: số)?|Bước)\s+(?:\d+|[IVXL]+|[A-Z])\b|Căn cứ\s|Nơi nhận\s*:)/u;

/**
 * Whether text begins with a number, letter or bullet of a list, or words that always begin a
 * paragraph.
 */
export function beginsWithLabel(text: string): boolean {
  return MARK.test(text) || WORD.test(text);
}

/** Whether text is nothing but such a mark. */
export function isLabel(text: string): boolean {
  return text.length <= 10 && (MARK.exec(text)?.[0].length ?? -1) >= text.length - 1;
}

/** Whether all letters of a text are capitals; null for a text without letters. */
export function isCapitals(text: string): boolean | null {
  return /\p{L}/u.test(text) ? !/\p{Ll}/u.test(text) : null;
}
