import type { TextLine } from "./text-lines.js";

/**
 * What a document's own lines say of its words: which follow each other, which are written with a
 * capital inside sentences.
 */
export interface WordStatistics {
  /** Times that the second word follows the first inside a line. */
  readonly follows: ReadonlyMap<string, number>;
  /** Times that a word stands inside a sentence with a capital, and without. */
  readonly capital: ReadonlyMap<string, { readonly upper: number; readonly lower: number }>;
}

export function countWords(lines: readonly TextLine[]): WordStatistics {
  const follows = new Map<string, number>();
  const capital = new Map<string, { upper: number; lower: number }>();
  for (const { text } of lines) {
    const words = wordsOf(text);
    for (const [at, word] of words.entries()) {
      const before = words[at - 1];
      if (before === undefined) continue;
      const pair = pairOf(before, word);
      if (pair !== null) follows.set(pair, (follows.get(pair) ?? 0) + 1);
      // Behind an end mark, a dash or a bracket a capital says nothing.
      if (!/[\p{L}\p{N},]$/u.test(before)) continue;
      const bare = bareWord(word);
      const counts = capital.get(bare) ?? { upper: 0, lower: 0 };
      if (/^\p{Lu}/u.test(word)) counts.upper += 1;
      else counts.lower += 1;
      capital.set(bare, counts);
    }
  }
  return { follows, capital };
}

/**
 * How often the end of one line and the begin of the next stand together inside lines; with a dash
 * between, all three count.
 */
export function timesTogether(statistics: WordStatistics, above: string, below: string): number {
  const [first, second] = wordsOf(below);
  const last = wordsOf(above).at(-1);
  if (last === undefined || first === undefined) return 0;
  const times = timesOf(statistics, last, first);
  return isDash(first) && second !== undefined
    ? Math.min(times, timesOf(statistics, first, second))
    : times;
}

function timesOf(statistics: WordStatistics, first: string, second: string): number {
  const pair = pairOf(first, second);
  return pair === null ? 0 : (statistics.follows.get(pair) ?? 0);
}

/**
 * How likely the first word of a line, which has a capital, has one inside a sentence, against a
 * word that begins one: a logarithm of odds. Names are likely, words that the document never writes
 * so are not.
 */
export function weighCapital(statistics: WordStatistics, text: string): number {
  const { upper, lower } = statistics.capital.get(bareWord(wordsOf(text)[0] ?? "")) ?? {
    upper: 0,
    lower: 0,
  };
  return Math.max(LEAST, Math.log((upper + 0.15) / (upper + lower + 0.5)) + AT_EQUAL);
}

const LEAST = -4.5;
/**
 * Of two words that always have a capital, the one inside the sentence is likelier: names are the
 * words that have.
 */
const AT_EQUAL = 0.8;

function wordsOf(text: string): string[] {
  return text.split(/\s+/u).filter((word) => word !== "");
}

function isDash(word: string): boolean {
  return /^[-–—]$/u.test(word);
}

/** Two words as they are counted; null where a mark parts them. */
function pairOf(first: string, second: string): string | null {
  if (/[.;:!?,)”"]$/u.test(first) || /^[(“"]/u.test(second)) return null;
  const [left, right] = [first.replace(/^[(“"]+/u, ""), second.replace(/[.;:!?,)”"]+$/u, "")];
  return `${left.toLowerCase()} ${right.toLowerCase()}`;
}

function bareWord(word: string): string {
  let end = word.length;
  while (end > 0 && !/[\p{L}\p{M}\p{N}]/u.test(word[end - 1] ?? "")) end--;
  return word.slice(0, end).toLowerCase();
}
