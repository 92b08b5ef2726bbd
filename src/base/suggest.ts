import { type LocalizedText, both } from "./diagnostic.js";
import { listNames } from "./list-names.js";
import { nearest } from "./nearest.js";

/** Words around a hint; those that a finding does not give are the usual ones. */
export interface SuggestionWords {
  /** Before the list of allowed names. */
  readonly list?: LocalizedText;
  /** The hint when there are no names at all. */
  readonly none?: LocalizedText;
}

/**
 * The hint for a name that is not known: the closest of the allowed names, else the first of them,
 * else that there are none.
 */
export function suggest(
  name: string,
  allowed: Iterable<string>,
  { list = LIST, none = NONE }: SuggestionWords = {},
): LocalizedText {
  // The same list stays the same object: what is known of it is found again.
  const names = Array.isArray(allowed) ? (allowed as readonly string[]) : [...allowed];
  const near = nearest(name, names);
  if (near !== null) return didYouMean(near);
  if (names.length === 0) return none;
  const shown = listNames(names);
  return both(`${list.vi}: ${shown}`, `${list.en}: ${shown}`);
}

/** The hint that names one thing the writer may have meant. */
export function didYouMean(name: string): LocalizedText {
  return both(`có phải là “${name}”?`, `did you mean “${name}”?`);
}

const LIST = both("đang có", "there are");
const NONE = both("kế hoạch chưa khai báo mục nào loại này", "the plan declares none of this kind");
