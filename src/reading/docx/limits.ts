/**
 * Limits against hostile or mistaken files. `depth` and `elements` are of one part. A plan of 40 pages has some 60,000 elements in 2 MB,
 * nested 30 deep.
 */
export const WORD_LIMITS = {
  elements: 700_000,
  /** Letters of one part: a plan of a hundred pages has some 300,000. */
  letters: 10_000_000,
  depth: 200,
  paragraphs: 100_000,
  columns: 1_000,
} as const;
