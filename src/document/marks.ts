import { assertNever } from "../base/diagnostic.js";

/**
 * A difference between a run of text and its paragraph's style. `upright` and `light` undo an
 * italic and a bold style; a `sign` is set in the face for signs, whatever else holds. A mark with
 * attributes is compared by them too: see `sameMark`.
 */
export type Mark =
  | { readonly type: "bold" }
  | { readonly type: "italic" }
  | { readonly type: "upright" }
  | { readonly type: "light" }
  | { readonly type: "sign" };

/** A set of marks: each type once, in the order of `RANK`. Build it with `addMark`. */
export type Marks = readonly Mark[];

export const BOLD: Mark = Object.freeze({ type: "bold" });
export const ITALIC: Mark = Object.freeze({ type: "italic" });
export const UPRIGHT: Mark = Object.freeze({ type: "upright" });
export const SIGN: Mark = Object.freeze({ type: "sign" });
export const NO_MARKS: Marks = Object.freeze([]);

/** The canonical order, so that equal sets are equal lists. */
const RANK: Readonly<Record<Mark["type"], number>> = {
  bold: 0,
  italic: 1,
  upright: 2,
  light: 3,
  sign: 4,
};

/** Whether two marks are equal, attributes included. */
function sameMark(a: Mark, b: Mark): boolean {
  if (a === b) return true;
  if (a.type !== b.type) return false;
  switch (a.type) {
    case "bold":
    case "italic":
    case "upright":
    case "light":
    case "sign":
      return true;
    default:
      return assertNever(a);
  }
}

/** Whether two sets hold the same marks. */
export function sameMarks(a: Marks, b: Marks): boolean {
  if (a === b) return true;
  if (a.length !== b.length) return false;
  for (let index = 0; index < a.length; index++) {
    const [left, right] = [a[index], b[index]];
    if (!left || !right || !sameMark(left, right)) return false;
  }
  return true;
}

/** Whether a set holds a mark of this type. */
export function hasMark(marks: Marks, type: Mark["type"]): boolean {
  for (const mark of marks) if (mark.type === type) return true;
  return false;
}

/**
 * The set with a mark added; the same set when it is there already. A mark replaces one of its own
 * type.
 */
export function addMark(marks: Marks, mark: Mark): Marks {
  if (marks.some((present) => sameMark(present, mark))) return marks;
  const others = marks.filter(({ type }) => type !== mark.type);
  return Object.freeze([...others, mark].sort((a, b) => RANK[a.type] - RANK[b.type]));
}
