/**
 * Limits against hostile or mistaken files. `depth` and `elements` are of one part. A plan of 40 pages has some 60,000 elements in 2 MB,
 * nested 30 deep.
 */
export const WORD_LIMITS = {
  elements: 2_000_000,
  depth: 200,
  paragraphs: 100_000,
  columns: 1_000,
} as const;
