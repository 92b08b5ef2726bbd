import { NO_MARKS, sameMarks } from "./marks.js";
import type { Change, Inline, Origin, TextRun } from "./tree.js";

/** Text without marks. */
export function plainRun(text: string, origin: Origin): TextRun {
  return { kind: "text", text, marks: NO_MARKS, origin };
}

/**
 * A block's label as it is set in front of the text: in the paragraph's own style, with a blank
 * after it. Empty when the block has none.
 */
export function labelInlines(block: {
  readonly label: string | null;
  readonly origin: Origin;
}): readonly Inline[] {
  return block.label === null ? [] : [plainRun(`${block.label} `, block.origin)];
}

/**
 * Whether a run is set and written together with the run before it: they have the same marks and
 * the same change, and differ only in origin.
 */
export function continuesRun(before: TextRun<Change>, run: TextRun<Change>): boolean {
  return (
    sameMarks(before.marks, run.marks) &&
    before.change?.kind === run.change?.kind &&
    before.change?.revision === run.change?.revision
  );
}

/** Inlines with continuing runs joined into one, which keeps the origin of the first. */
export function joinRuns<C extends Change>(inlines: readonly Inline<C>[]): readonly Inline<C>[] {
  if (inlines.length < 2) return inlines;
  const joined: Inline<C>[] = [];
  for (const inline of inlines) {
    const last = joined.at(-1);
    if (inline.kind === "text" && last?.kind === "text" && continuesRun(last, inline))
      joined[joined.length - 1] = { ...last, text: last.text + inline.text };
    else joined.push(inline);
  }
  return joined.length === inlines.length ? inlines : joined;
}
