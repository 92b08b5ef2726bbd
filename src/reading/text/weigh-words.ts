import { type WordStatistics, timesTogether, weighCapital } from "./word-statistics.js";
import { announces, isBullet, isCapitals, openingOf } from "./line-starts.js";

/**
 * Weights of what words say between two lines, as logarithms of odds: positive inside a paragraph,
 * negative between two. From counts over plans, rounded; what lines look like is weighed in
 * `line-model.ts`.
 */
const WEIGHTS = {
  endOfPlan: -8,
  sentenceEnd: -2.6,
  semicolon: -1.6,
  colon: -2.8,
  comma: 4,
  noMark: 1.1,
  hyphen: 4,
  announces: [0, 1.2, 4],
  openBracket: 3,
  closesBracket: 3,
  small: 5,
  digit: 1.5,
  number: -5.5,
  bullet: -4,
  labelOutOfPlace: -1.2,
  loose: -2.2,
  opener: -3.4,
  plainBelowItem: 1,
  plainBelowHeading: -1.2,
  plainBelowPlain: -0.7,
  capitalsBegin: -3,
  capitalsEnd: -7,
  capitalsGoOn: 2.5,
  together: [0, 2, 2.8],
} as const;

/** The paragraph so far, its last line, and the line below. */
export interface WordPair {
  readonly paragraph: string;
  readonly above: string;
  readonly below: string;
}

export function weighWords(pair: WordPair, statistics: WordStatistics): number {
  return (
    weighEnd(pair) +
    weighBegin(pair, statistics) +
    weighCapitals(pair) +
    (WEIGHTS.together[Math.min(timesTogether(statistics, pair.above, pair.below), 2)] ?? 0)
  );
}

/** How the upper line ends. */
function weighEnd({ paragraph, above }: WordPair): number {
  const open = isOpen(paragraph) ? WEIGHTS.openBracket : 0;
  if (/\.\/\.?["”]?$/u.test(above)) return WEIGHTS.endOfPlan;
  if (/(?:^|[^.])\.{1}[)”"]*$|[!?…][)”"]*$|\.{3}$/u.test(above)) return WEIGHTS.sentenceEnd + open;
  if (/;$/u.test(above)) return WEIGHTS.semicolon + open;
  if (/:$/u.test(above)) return WEIGHTS.colon + open;
  if (/,$/u.test(above)) return WEIGHTS.comma;
  if (/[-–/]$/u.test(above)) return WEIGHTS.hyphen;
  // Headings end so, too.
  return (
    (isHeadline(paragraph, above) ? 0 : WEIGHTS.noMark) + open + WEIGHTS.announces[announces(above)]
  );
}

/** The first line of a numbered paragraph. */
function isHeadline(paragraph: string, above: string): boolean {
  return paragraph === above && openingOf(above) === "label" && !isBullet(above);
}

/** How the lower line begins. */
function weighBegin({ paragraph, above, below }: WordPair, statistics: WordStatistics): number {
  const opening = openingOf(below);
  if (opening === "label")
    return isOutOfPlace(above, below)
      ? WEIGHTS.labelOutOfPlace
      : isBullet(below)
        ? WEIGHTS.bullet
        : WEIGHTS.number;
  if (opening === "opener") return WEIGHTS.opener + Math.min(0, weighCapital(statistics, below));
  if (opening === "loose") return countsOn(paragraph, below) ? WEIGHTS.digit : WEIGHTS.loose;
  if (/^[)”\]]/u.test(below)) return WEIGHTS.closesBracket;
  const ended = /[.;:!?…]$/u.test(above);
  if (/^\p{Ll}/u.test(below)) return WEIGHTS.small;
  if (/^\d/u.test(below) && !ended)
    return (
      WEIGHTS.digit +
      (/(?:số|ngày|tháng|năm|quý|khoản|điều|từ|đến|và|,)$/iu.test(above) ? WEIGHTS.announces[1] : 0)
    );
  if (ended)
    return openingOf(paragraph) === "none"
      ? WEIGHTS.plainBelowPlain
      : isHeadline(paragraph, above)
        ? WEIGHTS.plainBelowHeading
        : WEIGHTS.plainBelowItem;
  return weighCapital(statistics, below);
}

/** “(3)” in the paragraph, “(4)” below: one enumeration. */
function countsOn(paragraph: string, below: string): boolean {
  const number = Number(/^\((\d{1,2})\)/u.exec(below)?.[1] ?? 0);
  return number > 1 && paragraph.includes(`(${number - 1})`);
}

/**
 * A number above announces the number below: “Điều” / “5. Các”; a dash between words: “kinh tế” /
 * “- Xã hội” is weighed by `together`.
 */
function isOutOfPlace(above: string, below: string): boolean {
  return /(?:số|ngày|tháng|năm|quý|khoản|[đĐ]iều|điểm|mục|Mục|,)$/u.test(above) && !isBullet(below);
}

function weighCapitals({ above, below }: WordPair): number {
  const [upper, lower] = [isCapitals(above), isCapitals(below)];
  if (upper && lower) return openingOf(below) === "label" ? 0 : WEIGHTS.capitalsGoOn;
  // One word of capitals may be an abbreviation, inside any sentence.
  if (upper && /\p{Ll}/u.test(below)) return WEIGHTS.capitalsEnd;
  return lower && /\p{Ll}/u.test(above) ? WEIGHTS.capitalsBegin : 0;
}

/** Longest text between two brackets of a pair: what is open longer was never closed. */
const MAX_ASIDE = 500;

/** A bracket or quotation mark of the paragraph is still open. */
function isOpen(paragraph: string): boolean {
  const tail = paragraph.slice(-MAX_ASIDE).replace(/^\s*[a-zđ\d]{1,2}\)/u, "");
  let brackets = 0;
  for (const letter of tail)
    brackets =
      letter === "(" ? brackets + 1 : letter === ")" ? Math.max(0, brackets - 1) : brackets;
  return (
    brackets > 0 ||
    tail.lastIndexOf("“") > tail.lastIndexOf("”") ||
    tail.split('"').length % 2 === 0
  );
}
