import { assertNever } from "../base/diagnostic.js";
import { upperCase } from "../base/text.js";
import {
  BOLD,
  ITALIC,
  type Mark,
  type Marks,
  NO_MARKS,
  UPRIGHT,
  addMark,
  sameMarks,
} from "../document/marks.js";
import type { Inline, Origin } from "../document/tree.js";
import type { NoteCall } from "./note-numbers.js";
import type { Element } from "./parse-markup.js";
import { isInlineName } from "./vocabulary.js";

/** What calls and references in a text print. */
export interface Printed {
  /** Of a reference to a numbered node: "II.1". */
  readonly labelOf: (id: string) => string;
  readonly noteOf: (element: Element) => NoteCall;
}

/**
 * Text of an inline element, blanks folded as in any markup: one between words, none at the ends.
 * No-break spaces stay. Each run has the origin of the closest `s` around it, else of the element.
 */
export function buildInlines(element: Element, printed: Printed): readonly Inline[] {
  const collected: Inline[] = [];
  collect(element, { marks: NO_MARKS, origin: element.origin, printed }, collected);
  return trimInlines(mergeRuns(collected));
}

/** What holds for the text inside an element. */
interface Inherited {
  readonly marks: Marks;
  readonly origin: Origin;
  readonly printed: Printed;
}

function collect(element: Element, inherited: Inherited, out: Inline[]): void {
  const { marks, origin, printed } = inherited;
  for (const child of element.children) {
    if (typeof child === "string") {
      out.push({ kind: "text", text: child.replace(/[ \t\r\n]+/gu, " "), marks, origin });
      continue;
    }
    const { name, attributes } = child;
    // Of a block in a table's cell only the text is taken.
    if (!isInlineName(name)) {
      collect(child, inherited, out);
      continue;
    }
    switch (name) {
      case "br":
        out.push({ kind: "break" });
        break;
      case "note":
        out.push({ kind: "footnote", ...printed.noteOf(child) });
        break;
      case "ref":
        out.push({ kind: "text", text: printed.labelOf(attributes["to"] ?? ""), marks, origin });
        break;
      case "s":
        collect(child, { ...inherited, origin: child.origin }, out);
        break;
      case "b":
        collect(child, { ...inherited, marks: addMark(marks, BOLD) }, out);
        break;
      case "i":
        collect(child, { ...inherited, marks: addMark(marks, ITALIC) }, out);
        break;
      case "u":
        collect(child, { ...inherited, marks: addMark(marks, UPRIGHT) }, out);
        break;
      default:
        assertNever(name);
    }
  }
}

/** Inlines with a mark on every run. */
export function withMark(inlines: readonly Inline[], mark: Mark): Inline[] {
  return inlines.map((inline) =>
    inline.kind === "text" ? { ...inline, marks: addMark(inline.marks, mark) } : inline,
  );
}

/** Inlines in capitals. */
export function upperInlines(inlines: readonly Inline[]): Inline[] {
  return inlines.map((inline) =>
    inline.kind === "text" ? { ...inline, text: upperCase(inline.text) } : inline,
  );
}

/** Neighbouring runs alike in marks and origin become one; blanks that meet fold into one. */
export function mergeRuns(inlines: readonly Inline[]): Inline[] {
  const out: Inline[] = [];
  for (const inline of inlines) {
    const last = out.at(-1);
    if (inline.kind !== "text") {
      out.push(inline);
      continue;
    }
    const text =
      last?.kind === "text" && last.text.endsWith(" ")
        ? inline.text.replace(/^ +/u, "")
        : inline.text;
    if (text === "") continue;
    if (
      last?.kind === "text" &&
      last.origin === inline.origin &&
      sameMarks(last.marks, inline.marks)
    )
      out[out.length - 1] = { ...last, text: last.text + text };
    else out.push({ ...inline, text });
  }
  return out;
}

function trimInlines(inlines: readonly Inline[]): Inline[] {
  const out = [...inlines];
  const first = out[0];
  if (first?.kind === "text") out[0] = { ...first, text: first.text.replace(/^ +/u, "") };
  const last = out.at(-1);
  if (last?.kind === "text") out[out.length - 1] = { ...last, text: last.text.replace(/ +$/u, "") };
  return out.filter((inline) => inline.kind !== "text" || inline.text !== "");
}
