import type { SourceBlock, SourceParagraph, SourceTable } from "../source-text.js";
import { type Knowledge, wordPattern } from "../knowledge.js";
import { type Label, isBullet, readLabel } from "./labels.js";

/** Letters of one paragraph. */
export interface Span {
  readonly paragraph: SourceParagraph;
  readonly from: number;
  readonly to: number;
}

/** What a node of the outline is, in the words of plan data. */
export type OutlineKind = "heading" | "lead" | "clause" | "item" | "text" | "table";

/** A node of the outline as it was found, faults included: its label is the one of the source. */
export interface OutlineNode {
  readonly label: Label | null;
  kind: OutlineKind;
  /** Title of a heading or lead; the text of everything else. */
  title: Span;
  /** What goes on in the line of a lead. */
  text: Span | null;
  readonly table: SourceTable | null;
  readonly children: OutlineNode[];
  /** The kind is not sure. */
  doubted: boolean;
}

export function spanText({ paragraph, from, to }: Span): string {
  return paragraph.text.slice(from, to);
}

/** Depths of labels when nothing else tells: a label of a smaller rank does not stand inside one of a greater. */
const RANKS: Readonly<Record<string, number>> = {
  "Phần I": 0, "Chương I": 0.5, "A.": 1, "I.": 2, "Điều 1.": 2.5, "1.": 3, "1.1.": 4, "1)": 5, "1.1.1.": 5, "1.1.1.1.": 6, "": 6.5, "a)": 7, "a.": 7, "(1)": 8, "(a)": 9, "-": 20, "+": 21, "*": 22,
};
const rankOf = (marker: string): number => RANKS[marker] ?? 6.5;

interface Frame {
  readonly node: OutlineNode;
  readonly key: string;
  readonly rank: number;
  /** Level of a heading by the file's own word, 0 for none. */
  readonly outline: number;
  /** Depth in a list by the file's own word. */
  readonly level: number | null;
  /** A heading without number, told by its letters. */
  readonly titled: boolean;
}

/** Sentences end so; a colon promises more. */
const ENDS = /(?:[.;!?…]|\.\/\.)["”’)\]]*$/u;
const PROMISES = /:\s*$/u;
/** Sentences of money look like fields; they are read as funding. */
const MONEY = /^[^:]*(?:kinh phí|vốn)/iu;
const NOTE = /^\(.*\)[.;]?$/su;

/** Build the outline of paragraphs and tables by their labels and their context. */
export function buildOutline(blocks: readonly SourceBlock[], knowledge: Knowledge): readonly OutlineNode[] {
  const roots: OutlineNode[] = [];
  const stack: Frame[] = [];
  const project = projectPattern(knowledge);
  const field = new RegExp(`^(?:${wordPattern(knowledge.fieldNames)})(?![\\p{L}])[^:.;]{0,80}:`, "u");
  let before = "";
  const put = (node: OutlineNode): OutlineNode => {
    (stack.at(-1)?.node.children ?? roots).push(node);
    return node;
  };
  const popWhile = (unwanted: (frame: Frame) => boolean): void => {
    for (let top = stack.at(-1); top !== undefined && unwanted(top); top = stack.at(-1)) stack.pop();
  };
  const push = (node: OutlineNode, key: string, facts: Partial<Pick<Frame, "rank" | "outline" | "titled">> = {}): void => {
    put(node);
    stack.push({ node, key, rank: rankOf(key), outline: 0, level: node.title.paragraph.look.level, titled: false, ...facts });
  };
  for (let index = 0; index < blocks.length; index++) {
    const block = blocks[index] as SourceBlock;
    if (block.kind === "table") {
      popWhile((frame) => frame.rank >= 20);
      put({ label: null, kind: "table", title: { paragraph: EMPTY, from: 0, to: 0 }, text: null, table: block, children: [], doubted: false });
      before = "";
      continue;
    }
    const typed = readTyped(block, project);
    const rest = block.text.slice(typed?.end ?? 0);
    const node: OutlineNode = { label: typed, kind: "text", title: { paragraph: block, from: typed?.end ?? 0, to: block.text.length }, text: null, table: null, children: [], doubted: false };
    if (typed !== null && isBullet(typed)) {
      placeBullet(typed, block.look.level, stack, popWhile);
      node.kind = "item";
      push(node, typed.marker);
    } else if (typed !== null) {
      placeNumber(typed, stack, popWhile, PROMISES.test(before));
      node.kind = "clause";
      const next = blocks[index + 1];
      // "Phần thứ nhất", "Chương I": the title stands on the line below.
      if (rest === "" && rankOf(typed.marker) < 1 && next?.kind === "paragraph" && readTyped(next, project) === null && words(next.text) <= 40) {
        node.title = { paragraph: next, from: 0, to: next.text.length };
        index++;
      }
      push(node, typed.marker);
    } else if (block.look.outline > 0 && !NOTE.test(rest)) {
      const level = block.look.outline;
      popWhile((frame) => frame.rank >= 20 || frame.outline >= level || (frame.key !== "" && rankOf(frame.key) > level + 2));
      node.kind = "heading";
      push(node, "", { outline: level });
    } else if (project.test(rest) && !ENDS.test(rest)) {
      popWhile((frame) => frame.rank >= 6.5);
      node.kind = "heading";
      push(node, "");
    } else if (stack.some((frame) => project.test(spanText(frame.node.title))) && field.test(rest) && !MONEY.test(rest) && !insideOpenBullet(stack)) {
      popWhile((frame) => frame.rank >= 20 || frame.key === "lead");
      node.kind = "lead";
      split(node);
      if (node.text === null) {
        put(node);
        stack.push({ node, key: "lead", rank: 19, outline: 0, level: null, titled: false });
      } else put(node);
    } else if (looksLikeTitle(block)) {
      // Beside the last heading of its kind; else under the number that stands open, and above all numbers below that.
      if (stack.some((frame) => frame.titled)) {
        popWhile((frame) => !frame.titled);
        stack.pop();
      } else popWhile((frame) => frame.rank >= 6.5 && frame.outline === 0);
      node.kind = "heading";
      push(node, "", { rank: (stack.at(-1)?.rank ?? -1) + 0.4, titled: true });
    } else {
      if (!insideOpenBullet(stack) || NOTE.test(rest)) popWhile((frame) => frame.rank >= 20);
      put(node);
    }
    before = rest;
  }
  classify(roots, project, field);
  return roots;
}

const EMPTY: SourceParagraph = { kind: "paragraph", text: "", marks: [], label: null, at: { page: null, line: 0 }, look: { align: null, bold: false, italic: false, outline: 0, level: null } };

/** "Dự án 2: …", "Tiểu dự án 3 - Dự án 4: …", "Dự án 2. …". */
export function projectPattern(knowledge: Knowledge): RegExp {
  const names = wordPattern(knowledge.projectNames);
  return new RegExp(String.raw`^((?:${names})\s+\d{1,2}(?:\s*[-–,]\s*(?:thuộc\s+)?(?:${names})\s+\d{1,2})?)\s*(:|\.|[-–])\s+(?=\S)`, "u");
}

/** The label of a paragraph: the one that its program writes, or the one that was typed. "*" before a word is a bullet, not emphasis. */
function readTyped(block: SourceParagraph, project: RegExp): Label | null {
  if (block.label !== null) {
    const automatic = readLabel(`${block.label} X`) ?? readLabel(`${block.label.replace(/[.)]*$/u, "")}. X`);
    if (automatic !== null) return { ...automatic, typed: block.label, end: 0 };
  }
  const label = readLabel(block.text);
  return label !== null && project.test(block.text) ? null : label;
}

function placeBullet(label: Label, level: number | null, stack: readonly Frame[], popWhile: (unwanted: (frame: Frame) => boolean) => void): void {
  const rank = rankOf(label.marker);
  const top = stack.at(-1);
  // Lists of programs may have one sign for all depths.
  if (level !== null && top !== undefined && top.rank >= 20 && top.level !== null) {
    popWhile((frame) => frame.rank >= 20 && (frame.level ?? 0) >= level);
    return;
  }
  if (stack.some((frame) => frame.key === label.marker)) {
    popWhile((frame) => frame.key !== label.marker);
    popWhile((frame) => frame.key === label.marker);
  } else popWhile((frame) => frame.rank >= 20 && frame.rank > rank && !isOpen(frame.node));
}

function placeNumber(label: Label, stack: readonly Frame[], popWhile: (unwanted: (frame: Frame) => boolean) => void, promised: boolean): void {
  const rank = rankOf(label.marker);
  const alike = [...stack].reverse().filter((frame) => frame.key === label.marker);
  // Of several lists that are open, the one that counts on; else the innermost.
  const same = alike.find((frame) => frame.node.label?.number === label.number - 1) ?? alike[0];
  // A list that starts anew after a colon stands inside what the colon ends.
  const startsAnew = promised && label.number === 1 && label.decimals.length < 2 && rank >= 3;
  if (startsAnew && (same !== undefined || rank >= 5 && (stack.at(-1)?.rank ?? 0) >= 20)) return;
  if (same !== undefined) {
    popWhile((frame) => frame !== same);
    popWhile((frame) => frame === same);
    return;
  }
  popWhile((frame) => frame.rank >= 19 || (frame.outline === 0 && frame.rank > rank));
}

function insideOpenBullet(stack: readonly Frame[]): boolean {
  const top = stack.at(-1);
  return top !== undefined && top.rank >= 19 && isOpen(top.node);
}

/** Whether a bullet waits for more: it ends in a colon, or is a name without a sentence. */
function isOpen({ title }: OutlineNode): boolean {
  const text = spanText(title);
  return PROMISES.test(text) || (!ENDS.test(text) && text.split(" ").length <= 8);
}

/** A line of its own that is bold and no sentence. */
function looksLikeTitle({ text, look }: SourceParagraph): boolean {
  return look.bold && !ENDS.test(text) && !NOTE.test(text) && text.split(/\s+/u).length <= 30;
}

// --- Heading, run-in heading or numbered paragraph -----------------------------------------------------------------

const words = (text: string): number => text.split(/\s+/u).filter((word) => word !== "").length;

/** Decide what numbered paragraphs are. What cannot be decided alone goes with its brothers. */
function classify(nodes: readonly OutlineNode[], project: RegExp, field: RegExp, inProject = false): void {
  const unsure: OutlineNode[] = [];
  for (const node of nodes) {
    classify(node.children, project, field, inProject || project.test(spanText(node.title)));
    if (node.kind !== "clause" && node.kind !== "item") continue;
    if (node.kind === "item") {
      if (inProject && field.test(spanText(node.title)) && !MONEY.test(spanText(node.title)) && isRunIn(node, 7) || inProject && field.test(spanText(node.title)) && PROMISES.test(spanText(node.title))) split(node);
      // A star opens what has no number of its own; a dash only where its title stands out.
      else if (isRunIn(node, 7) && (node.label?.marker === "*" || boldTitle(node) === true)) split(node);
      continue;
    }
    const kind = kindOf(node, project, nodes.every((one) => one.label?.marker !== node.label?.marker || one.children.length === 0));
    if (kind === null) unsure.push(node);
    else decide(node, kind);
  }
  // What is parted by semicolons is a list, not headings.
  const listed = nodes.some(({ kind, title }) => kind === "clause" && /;$/u.test(spanText(title)));
  for (const node of unsure) {
    const brothers = nodes.filter((one) => one.label?.marker === node.label?.marker && !unsure.includes(one));
    const titled = brothers.filter(({ kind }) => kind === "heading" || kind === "lead").length;
    const sentence = ENDS.test(spanText(node.title));
    const among = brothers.length > 0 && titled * 2 > brothers.length;
    decide(node, brothers.length > 0 ? among && titleAmong(node) : !(listed && sentence) && !(node.children.length === 0 && node.label !== null && rankOf(node.label.marker) >= 7 && !isRunIn(node, 8)) && titleAlone(node));
    const plain = node.kind === "clause" ? sentence && !hasText(node) : among && (node.kind === "lead" || !sentence && node.children.length > 0);
    node.doubted = !plain;
  }
  unify(nodes);
}

/** Brothers of which all could be run-in headings, some long and some short, are one kind: run-in headings. */
function unify(nodes: readonly OutlineNode[]): void {
  for (const node of nodes) {
    if (node.kind !== "clause" || !isRunIn(node, 14)) continue;
    const brothers = nodes.filter((one) => one !== node && one.label?.marker === node.label?.marker && (one.kind === "clause" || one.kind === "lead"));
    if (brothers.some(({ kind, text }) => kind === "lead" && text !== null) && brothers.every((one) => (one.kind === "lead" ? one.text !== null : isRunIn(one, 14))) && boldTitle(node) !== false) split(node);
  }
}

type Decision = "heading" | "lead" | "clause";

function decide(node: OutlineNode, decision: Decision | boolean): void {
  // A name of several parts ("Các phòng: Tài chính - Kế hoạch, …") is no sentence, and has its text below.
  const kind = decision === true ? (isRunIn(node, 14) && (ENDS.test(spanText(node.title)) || node.children.length === 0) ? "lead" : "heading") : decision === false ? "clause" : decision;
  node.kind = kind;
  if (kind === "lead") split(node);
}

/** A paragraph that would be a heading if its brothers are: it has something under it, and is short. */
function titleAmong(node: OutlineNode): boolean {
  const text = spanText(node.title);
  return isRunIn(node, 14) || !ENDS.test(text) || (!/[;,]$/u.test(text) && hasText(node) && words(text) <= 25);
}

/** A sentence may have a table under it; a heading has text. */
function hasText({ children }: OutlineNode): boolean {
  return children.some(({ table }) => table === null);
}

function titleAlone(node: OutlineNode): boolean {
  const text = spanText(node.title);
  if (isRunIn(node, 8)) return true;
  return ENDS.test(text) ? node.children.some(({ label }) => label !== null && !isBullet(label)) && words(text) <= 25 && !/[;,]$/u.test(text) : words(text) <= 12 || hasText(node);
}

/** The kind where it is plain; null where it depends on the neighbours. `leaf`: nothing stands under it, nor under its brothers. */
function kindOf(node: OutlineNode, project: RegExp, leaf: boolean): Decision | null {
  const { label, title } = node;
  const text = spanText(title);
  const { look } = title.paragraph;
  if (project.test(text) && words(text) <= 45) return "heading";
  const capitals = !/\p{Ll}/u.test(text) && /\p{Lu}{2}/u.test(text);
  const upper = label !== null && rankOf(label.marker) <= 2.5;
  if (capitals) return PROMISES.test(text) && !upper ? "lead" : "heading";
  if (upper && words(text) <= 40 && !PROMISES.test(text) && !isRunIn(node, 14)) return "heading";
  if (PROMISES.test(text) && colonOf(node) > 0 && isRunIn(node, 10)) return "lead";
  if (PROMISES.test(text)) return words(text) <= 25 && !ENDS.test(text.slice(0, -1)) && !/[.;]\s/u.test(text) ? "lead" : "clause";
  const bold = boldTitle(node);
  if (bold === true) return "lead";
  if (look.bold || look.outline > 0) return ENDS.test(text) && isRunIn(node, 14) ? "lead" : "heading";
  if (!ENDS.test(text)) return isRunIn(node, 5) && node.children.length === 0 ? "lead" : words(text) <= 15 && !(leaf && label !== null && rankOf(label.marker) >= 7) ? "heading" : null;
  if (isRunIn(node, 5) && bold === null) return "lead";
  return words(text) > 40 && !isRunIn(node, 14) ? "clause" : null;
}

/** "Mục tiêu: Hỗ trợ …": a short title, a colon, then the text. */
function isRunIn(node: OutlineNode, most: number): boolean {
  const colon = colonOf(node);
  return colon > 0 && words(spanText(node.title).slice(0, colon)) <= most;
}

/** Place of the colon that ends a run-in title, counted in the node's text; -1 for none. Not a colon of a time or a ratio. */
function colonOf(node: OutlineNode): number {
  const match = /^[^:.;!?]*?(?=:\s+\S)/u.exec(spanText(node.title));
  return match && /^[\p{Lu}\d“"(]/u.test(match[0]) ? match[0].length : -1;
}

/** Whether the title before the colon is set bold or italic: true, false, or null where the file does not tell (nothing in the paragraph is). */
function boldTitle(node: OutlineNode): boolean | null {
  const { paragraph, from } = node.title;
  const marks = paragraph.marks.filter(({ kind }) => kind !== "note");
  if (marks.length === 0) return null;
  const colon = colonOf(node);
  return colon > 0 && marks.some((mark) => mark.from <= from && mark.to >= from + colon && mark.to <= from + colon + 2);
}

/** Part a run-in title from its text. A title that ends in a colon has no text. */
function split(node: OutlineNode): void {
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
