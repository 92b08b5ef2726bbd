import { withoutEnd } from "../../plan/cite.js";
import type { SourceMark } from "../source-text.js";
import type { Span } from "./outline-node.js";

/**
 * Letters of a paragraph that plan data says otherwise: a citation by name instead of the words.
 */
export interface Substitution {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/**
 * Letters of a source as text of a plan: *nghiêng* and **đậm** where they differ from the
 * paragraph, [^note] for footnotes, signs that would be read as marks escaped, line breaks and tabs
 * as blanks.
 */
export function planMarkup(
  { paragraph, from, to }: Span,
  substitutions: readonly Substitution[] = [],
): string {
  const { text, marks } = paragraph;
  const inside = substitutions
    .filter((one) => one.from >= from && one.to <= to)
    .sort((a, b) => a.from - b.from);
  const trimmed = marks.flatMap((mark): SourceMark[] => {
    if (mark.kind === "note") return mark.from >= from && mark.to <= to ? [mark] : [];
    // A mark on the whole is the look of the paragraph, not emphasis.
    const [start, end] = [Math.max(mark.from, from), Math.min(mark.to, to)];
    const whole =
      text.slice(from, start).trim() === "" && withoutEnd(text.slice(end, to)).trim() === "";
    const standing =
      !/[\p{L}\p{N}]/u.test(text[start - 1] ?? " ") &&
      !/[\p{L}\p{N}]/u.test(text[end] ?? " ") &&
      !/\s/u.test(text[start] ?? " ") &&
      !/\s/u.test(text[end - 1] ?? " ");
    const cuts = inside.some(
      (one) => (one.from < start && one.to > start) || (one.from < end && one.to > end),
    );
    return start < end && !whole && standing && !cuts ? [{ ...mark, from: start, to: end }] : [];
  });
  // Italic inside bold has no sign of its own; bold wins.
  const bold = trimmed.filter(({ kind }) => kind === "bold");
  const shown = trimmed.filter(
    (mark) =>
      mark.kind !== "italic" || !bold.some((one) => one.from < mark.to && one.to > mark.from),
  );
  const edges = new Map<number, string>();
  const add = (at: number, sign: string): void => {
    edges.set(at, (edges.get(at) ?? "") + sign);
  };
  for (const mark of shown) {
    if (mark.kind === "note") add(mark.from, `[^${footnoteId(mark.note)}]`);
    else {
      const sign = mark.kind === "bold" ? "**" : "*";
      add(mark.from, sign);
      add(mark.to, sign);
    }
  }
  let out = "";
  let at = from;
  const copy = (end: number): void => {
    for (; at < end; at++) out += (edges.get(at) ?? "") + escapeLetter(text, at);
  };
  for (const { from: start, to: end, text: put } of inside) {
    if (start < at) continue;
    copy(start);
    out += (edges.get(at) ?? "") + put;
    edges.delete(at);
    at = end;
  }
  copy(to);
  return (out + (edges.get(to) ?? "")).replace(/[\t\n ]+/gu, " ").trim();
}

function escapeLetter(text: string, at: number): string {
  const letter = text[at] ?? "";
  if (letter === "*" || (letter === "\\" && /[\\*[{]/u.test(text[at + 1] ?? "")))
    return `\\${letter}`;
  if ((letter === "{" && text[at + 1] === "{") || (letter === "[" && text[at + 1] === "^"))
    return `\\${letter}`;
  return letter;
}

/** Text that is written as it is, without marks of the source. */
export function plainMarkup(text: string): string {
  return Array.from({ length: text.length }, (_, at) => escapeLetter(text, at)).join("");
}

/** The name of a footnote in plan data; files count theirs. */
export function footnoteId(note: string): string {
  return /^[a-z][a-z0-9_-]*$/u.test(note)
    ? note
    : `n${note.replace(/[^a-z0-9_-]/giu, "").toLowerCase()}`;
}
