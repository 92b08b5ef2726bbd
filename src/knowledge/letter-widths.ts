/**
 * Widths of letters in Times, in thousandths of the size, by the plain letter under the marks.
 * Lines of a Word or PDF file break by these, not by counting.
 */
const CLASSES: readonly (readonly [number, string])[] = [
  [250, " .,"],
  [278, "ijlt:;/|"],
  [333, "frI-()[]!`"],
  [389, "sJ"],
  [444, "acezđ?“”"],
  [500, "bdghknopquvxy0123456789–*_$#"],
  [564, "+=<>SPFỨ"],
  [611, "ETLZ"],
  [667, "BCR"],
  [722, "wADGHKNOQUVXYĐ"],
  [778, "m&"],
  [833, "%"],
  [889, "M"],
  [944, "W"],
  [1000, "…—"],
];
const WIDTHS: ReadonlyMap<string, number> = new Map(
  CLASSES.flatMap(([width, letters]) =>
    [...letters].map((letter): [string, number] => [letter, width]),
  ),
);
const USUAL = 500;
const MARKS = /[\u0300-\u036f]/gu;

/** Width of a text set in Times. Marks take no room. */
export function timesWidth(text: string): number {
  let width = 0;
  for (const letter of text.normalize("NFD").replace(MARKS, ""))
    width += WIDTHS.get(letter) ?? USUAL;
  return width;
}

/** Width of a text of a typewriter or a program that counts letters. */
export function countWidth(text: string): number {
  return text.length;
}
