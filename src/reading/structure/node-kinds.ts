import { isBullet } from "./labels.js";
import {
  ENDS,
  MONEY,
  type OutlineNode,
  PROMISES,
  rankOf,
  spanText,
  wordCount,
} from "./outline-node.js";

/** What kinds are told by. */
export interface Signs {
  readonly project: RegExp;
  readonly field: RegExp;
  /** The file says what is bold: a run-in heading is, where a plan prints it so. */
  readonly looks: boolean;
}

/**
 * Decide what numbered paragraphs are. What cannot be decided alone goes with its siblings: those
 * with numbers of its kind.
 */
export function classifyNodes(
  nodes: readonly OutlineNode[],
  signs: Signs,
  inProject = false,
): void {
  const { project, field } = signs;
  for (const node of nodes) {
    classifyNodes(node.children, signs, inProject || project.test(spanText(node.title)));
    if (node.kind === "item" && leads(node, inProject ? field : null)) splitRunIn(node);
  }
  // What is parted by semicolons is a list, not headings.
  const listed = nodes.some(({ kind, title }) => kind === "clause" && /;$/u.test(spanText(title)));
  for (const siblings of byMarker(nodes.filter(({ kind }) => kind === "clause")))
    classifySiblings(siblings, signs, listed);
}

function byMarker(nodes: readonly OutlineNode[]): Iterable<readonly OutlineNode[]> {
  const groups = new Map<string, OutlineNode[]>();
  for (const node of nodes) {
    const marker = node.label?.marker ?? "";
    const group = groups.get(marker);
    if (group) group.push(node);
    else groups.set(marker, [node]);
  }
  return groups.values();
}

/**
 * Whether a bullet is a run-in heading: of a field of a project; of a star, which opens what has no
 * number of its own; of a title that stands out.
 */
function leads(node: OutlineNode, field: RegExp | null): boolean {
  const text = spanText(node.title);
  if (
    field !== null &&
    field.test(text) &&
    (PROMISES.test(text) || (!MONEY.test(text) && isRunIn(node, 7)))
  )
    return true;
  return isRunIn(node, 7) && (node.label?.marker === "*" || boldTitle(node) === true);
}

function classifySiblings(
  siblings: readonly OutlineNode[],
  { project, looks }: Signs,
  listed: boolean,
): void {
  const leaf = siblings.every(({ children }) => children.length === 0);
  const unsure: OutlineNode[] = [];
  for (const node of siblings) {
    const kind = kindOf(node, project, leaf);
    if (kind === null) unsure.push(node);
    else decide(node, kind);
  }
  const left = new Set(unsure);
  const sure = siblings.filter((node) => !left.has(node));
  const among = sure.filter(({ kind }) => kind !== "clause").length * 2 > sure.length;
  for (const node of unsure) {
    const sentence = ENDS.test(spanText(node.title));
    decide(
      node,
      sure.length > 0
        ? among && titleAmong(node)
        : !(listed && sentence) && !isBareItem(node) && titleAlone(node),
    );
    const plain =
      node.kind === "clause"
        ? sentence && !hasText(node)
        : among && (node.kind === "lead" || (!sentence && node.children.length > 0));
    node.doubted = !plain;
  }
  unify(siblings);
  if (looks) for (const node of siblings) if (isPlainLead(node)) joinRunIn(node);
}

/** A run-in heading with a number that is not bold, where a plan would print it so. */
function isPlainLead(node: OutlineNode): boolean {
  return (
    node.kind === "lead" &&
    node.text !== null &&
    node.label !== null &&
    rankOf(node.label.marker) < 7 &&
    !isBold(node)
  );
}

/** Whether the title of a run-in heading is bold in the file. */
function isBold({ title }: OutlineNode): boolean {
  const { marks, look } = title.paragraph;
  return (
    look.bold ||
    marks.some((mark) => mark.kind === "bold" && mark.from <= title.from && mark.to >= title.to)
  );
}

/** "a) Thuốc A": a point with nothing under it is no heading. */
function isBareItem(node: OutlineNode): boolean {
  return (
    node.children.length === 0 &&
    node.label !== null &&
    rankOf(node.label.marker) >= 7 &&
    !isRunIn(node, 8)
  );
}

/**
 * Siblings of which all could be run-in headings, some long and some short, are; one among plain
 * sentences is a plain sentence too, unless its letters say otherwise.
 */
function unify(siblings: readonly OutlineNode[]): void {
  const able = siblings.filter(({ kind }) => kind === "clause" || kind === "lead");
  const leads = able.filter(({ kind, text }) => kind === "lead" && text !== null);
  if (leads.length === 0) return;
  if (able.every((node) => (node.kind === "lead" ? node.text !== null : isRunIn(node, 14)))) {
    for (const node of able)
      if (node.kind === "clause" && boldTitle(node) !== false) splitRunIn(node);
  } else if (
    able.length === siblings.length &&
    leads.length * 2 <= able.length &&
    siblings.every(({ children }) => children.length === 0)
  ) {
    for (const node of leads)
      if (!node.title.paragraph.marks.some(({ kind }) => kind !== "note")) joinRunIn(node);
  }
}

/** Make a numbered paragraph of a run-in heading again. */
function joinRunIn(node: OutlineNode): void {
  node.kind = "clause";
  node.title = { ...node.title, to: node.text?.to ?? node.title.to };
  node.text = null;
}

type Decision = "heading" | "lead" | "clause";

function decide(node: OutlineNode, decision: Decision | boolean): void {
  // A name of several parts ("Các phòng: Tài chính - Kế hoạch, …") is no sentence, and has its text
  // below.
  const kind =
    decision === true
      ? isRunIn(node, 14) && (ENDS.test(spanText(node.title)) || node.children.length === 0)
        ? "lead"
        : "heading"
      : decision === false
        ? "clause"
        : decision;
  node.kind = kind;
  if (kind === "lead") splitRunIn(node);
}

/**
 * A paragraph that would be a heading if its siblings are: it has something under it, and is short.
 */
function titleAmong(node: OutlineNode): boolean {
  const text = spanText(node.title);
  return (
    isRunIn(node, 14) ||
    !ENDS.test(text) ||
    (!/[;,]$/u.test(text) && hasText(node) && wordCount(text) <= 25)
  );
}

/** A sentence may have a table under it; a heading has text. */
function hasText({ children }: OutlineNode): boolean {
  return children.some(({ table }) => table === null);
}

function titleAlone(node: OutlineNode): boolean {
  const text = spanText(node.title);
  if (isRunIn(node, 8)) return true;
  return ENDS.test(text)
    ? node.children.some(({ label }) => label !== null && !isBullet(label)) &&
        wordCount(text) <= 25 &&
        !/[;,]$/u.test(text)
    : wordCount(text) <= 12 || hasText(node);
}

/**
 * The kind where it is plain; null where it depends on the neighbours. `leaf`: nothing stands under
 * it, nor under its siblings.
 */
function kindOf(node: OutlineNode, project: RegExp, leaf: boolean): Decision | null {
  const { label, title } = node;
  const text = spanText(title);
  const words = wordCount(text);
  if (project.test(text) && words <= 45) return "heading";
  const capitals = !/\p{Ll}/u.test(text) && /\p{Lu}{2}/u.test(text);
  const upper = label !== null && rankOf(label.marker) <= 2.5;
  if (capitals) return PROMISES.test(text) && !upper ? "lead" : "heading";
  if (upper && words <= 40 && !PROMISES.test(text) && !isRunIn(node, 14)) return "heading";
  return PROMISES.test(text) ? kindOfPromise(node) : kindByLook(node, leaf);
}

/** What does not end in a colon: told by how it looks, then by how it ends. */
function kindByLook(node: OutlineNode, leaf: boolean): Decision | null {
  const text = spanText(node.title);
  const bold = boldTitle(node);
  if (bold === true) return "lead";
  const { look } = node.title.paragraph;
  if (look.bold || look.outline > 0)
    return ENDS.test(text) && isRunIn(node, 14) ? "lead" : "heading";
  if (!ENDS.test(text)) return kindOfTitle(node, leaf);
  if (isRunIn(node, 5) && bold === null) return "lead";
  return wordCount(text) > 40 && !isRunIn(node, 14) ? "clause" : null;
}

/** What ends in a colon: a run-in heading, or a sentence that goes on below. */
function kindOfPromise(node: OutlineNode): Decision {
  const text = spanText(node.title);
  if (colonOf(node) > 0 && isRunIn(node, 10)) return "lead";
  return wordCount(text) <= 25 && !ENDS.test(text.slice(0, -1)) && !/[.;]\s/u.test(text)
    ? "lead"
    : "clause";
}

/** What is no sentence: a heading where it is short and heads something. */
function kindOfTitle(node: OutlineNode, leaf: boolean): Decision | null {
  const { label, title, children } = node;
  if (isRunIn(node, 5) && children.length === 0) return "lead";
  const point = leaf && label !== null && rankOf(label.marker) >= 7;
  return wordCount(spanText(title)) <= 15 && !point ? "heading" : null;
}

/** "Mục tiêu: Hỗ trợ …": a short title, a colon, then the text. */
function isRunIn(node: OutlineNode, most: number): boolean {
  const colon = colonOf(node);
  return colon > 0 && wordCount(spanText(node.title).slice(0, colon)) <= most;
}

/**
 * Place of the colon that ends a run-in title, counted in the node's text; -1 for none. Not a colon
 * of a time or a ratio.
 */
function colonOf(node: OutlineNode): number {
  const match = /^[^:.;!?]*?(?=:\s+\S)/u.exec(spanText(node.title));
  return match && /^[\p{Lu}\d“"(]/u.test(match[0]) ? match[0].length : -1;
}

/**
 * Whether the title before the colon is set bold or italic: true, false, or null where the file
 * does not tell (nothing in the paragraph is).
 */
function boldTitle(node: OutlineNode): boolean | null {
  const { paragraph, from } = node.title;
  const marks = paragraph.marks.filter(({ kind }) => kind !== "note");
  if (marks.length === 0) return null;
  const colon = colonOf(node);
  return (
    colon > 0 &&
    marks.some(
      (mark) => mark.from <= from && mark.to >= from + colon && mark.to <= from + colon + 2,
    )
  );
}

/** Part a run-in title from its text. A title that ends in a colon has no text. */
export function splitRunIn(node: OutlineNode): void {
  const { paragraph, from, to } = node.title;
  const text = spanText(node.title);
  const colon = PROMISES.test(text) && colonOf(node) < 0 ? text.search(PROMISES) : colonOf(node);
  if (colon < 0) return;
  node.kind = "lead";
  node.title = { paragraph, from, to: from + colon };
  const rest = text.slice(colon + 1);
  const start = from + colon + 1 + (rest.length - rest.trimStart().length);
  node.text = start < to ? { paragraph, from: start, to } : null;
}
