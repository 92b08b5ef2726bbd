import { assertNever } from "../../base/diagnostic.js";
import type { NoChange } from "../../document/tree.js";

/**
 * The place where a Word file says what changed. This writer takes trees without changes; once it
 * takes others, the compiler asks for both functions.
 *
 * Source: ECMA-376 Part 1, 17.13.5 (revisions).
 */
interface Changeable {
  readonly change?: NoChange;
}

/** A change among the properties of a paragraph or a row. */
export function changeProperty({ change }: Changeable): string {
  return change === undefined ? "" : assertNever(change);
}

/** A run with the element around it that says it changed. */
export function wrapChange({ change }: Changeable, run: string): string {
  return change === undefined ? run : assertNever(change);
}
