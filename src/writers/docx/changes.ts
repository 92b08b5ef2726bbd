import { assertNever } from "../../base/diagnostic.js";
import type { NoChange } from "../../document/tree.js";

/**
 * The place where a Word file says what changed. This writer takes trees without changes; once it
 * takes others, the compiler asks for both functions.
 *
 * Source: ECMA-376 Part 1, 17.13.5 (revisions).
 */

/** A change among the properties of a paragraph or a row. */
export function changeProperty(change: NoChange | undefined): string {
  return change === undefined ? "" : assertNever(change);
}

/** Runs with the element around them that says they changed. */
export function wrapChange(change: NoChange | undefined, runs: string): string {
  return change === undefined ? runs : assertNever(change);
}
