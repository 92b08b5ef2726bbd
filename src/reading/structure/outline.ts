import {
  PLAIN_LOOK,
  type SourceBlock,
  type SourceParagraph,
  type SourceTable,
} from "../source-text.js";
import { type Knowledge, wordPattern } from "../../knowledge/knowledge.js";
import { type Label, isBullet, readLabel } from "./labels.js";
import { classifyNodes, splitRunIn } from "./node-kinds.js";
import {
  ENDS,
  MONEY,
  NOTE,
  type OutlineNode,
  PROMISES,
  projectPattern,
  rankOf,
  spanText,
  wordCount,
} from "./outline-node.js";

/** A node that is open: what comes next may stand in it. */
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

/** The outline while it is built: its roots, and the nodes that are open, outermost first. */
interface Open {
  readonly roots: OutlineNode[];
  readonly stack: Frame[];
  readonly put: (node: OutlineNode) => void;
  readonly push: (
    node: OutlineNode,
    key: string,
    facts?: Partial<Pick<Frame, "rank" | "outline" | "titled">>,
  ) => void;
  readonly popWhile: (unwanted: (frame: Frame) => boolean) => void;
}

function openOutline(): Open {
  const roots: OutlineNode[] = [];
  const stack: Frame[] = [];
  const put: Open["put"] = (node) => {
    (stack.at(-1)?.node.children ?? roots).push(node);
  };
  return {
    roots,
    stack,
    put,
    push: (node, key, facts = {}) => {
      put(node);
      stack.push({
        node,
        key,
        rank: rankOf(key),
        outline: 0,
        level: node.title.paragraph.look.level,
        titled: false,
        ...facts,
      });
    },
    popWhile: (unwanted) => {
      for (let top = stack.at(-1); top !== undefined && unwanted(top); top = stack.at(-1))
        stack.pop();
    },
  };
}

/** Ranks of bullets, and of run-in headings without number. */
const BULLET = 20;
const LEAD = 19;

/** How projects and their fields are told. */
interface OutlinePatterns {
  readonly project: RegExp;
  readonly field: RegExp;
}

/** Build the outline of paragraphs and tables by their labels and their context. */
export function buildOutline(
  blocks: readonly SourceBlock[],
  knowledge: Knowledge,
): readonly OutlineNode[] {
  const open = openOutline();
  const patterns: OutlinePatterns = {
    project: projectPattern(knowledge),
    field: new RegExp(`^(?:${wordPattern(knowledge.fieldNames)})(?![\\p{L}])[^:.;]{0,80}:`, "u"),
  };
  let before = "";
  for (let index = 0; index < blocks.length; index++) {
    const block = blocks[index] as SourceBlock;
    if (block.kind === "table") {
      open.popWhile((frame) => frame.rank >= BULLET);
      open.put(tableNode(block));
      before = "";
      continue;
    }
    const label = readTyped(block, patterns.project);
    const node = newNode(block, label);
    const rest = block.text.slice(label?.end ?? 0);
    if (label === null) placeUnlabelled(node, rest, open, patterns);
    else if (isBullet(label)) {
      leaveBullets(label, block.look.level, open);
      node.kind = "item";
      open.push(node, label.marker);
    } else {
      leaveNumbers(label, PROMISES.test(before), open);
      node.kind = "clause";
      const title = rest === "" ? titleBelow(label, blocks[index + 1], patterns) : null;
      if (title !== null) {
        node.title = { paragraph: title, from: 0, to: title.text.length };
        index++;
      }
      open.push(node, label.marker);
    }
    before = rest;
  }
  classifyNodes(open.roots, { ...patterns, looks: showsBold(blocks) });
  return open.roots;
}

/** "Phần thứ nhất", "Chương I": the title stands on the line below. */
function titleBelow(
  label: Label,
  next: SourceBlock | undefined,
  { project }: OutlinePatterns,
): SourceParagraph | null {
  return rankOf(label.marker) < 1 &&
    next?.kind === "paragraph" &&
    readTyped(next, project) === null &&
    wordCount(next.text) <= 40
    ? next
    : null;
}

/** Place a paragraph without number or bullet by what it says and how it looks. */
function placeUnlabelled(
  node: OutlineNode,
  text: string,
  open: Open,
  { project, field }: OutlinePatterns,
): void {
  const { paragraph } = node.title;
  if (paragraph.look.outline > 0 && !NOTE.test(text))
    placeByLevel(node, paragraph.look.outline, open);
  else if (project.test(text) && !ENDS.test(text)) {
    open.popWhile((frame) => frame.rank >= rankOf(""));
    node.kind = "heading";
    open.push(node, "");
  } else if (
    open.stack.some((frame) => project.test(spanText(frame.node.title))) &&
    field.test(text) &&
    !MONEY.test(text) &&
    !insideOpenBullet(open)
  )
    placeField(node, open);
  else if (looksLikeTitle(paragraph)) placeTitle(node, open);
  else {
    if (!insideOpenBullet(open) || NOTE.test(text)) open.popWhile((frame) => frame.rank >= BULLET);
    open.put(node);
  }
}

/** Whether the source says what is bold. */
function showsBold(blocks: readonly SourceBlock[]): boolean {
  return blocks.some(
    (block) =>
      block.kind === "paragraph" &&
      block.look.outline === 0 &&
      (block.look.bold || block.marks.some(({ kind }) => kind === "bold")),
  );
}

function newNode(paragraph: SourceParagraph, label: Label | null): OutlineNode {
  return {
    label,
    kind: "text",
    title: { paragraph, from: label?.end ?? 0, to: paragraph.text.length },
    text: null,
    table: null,
    children: [],
    doubted: false,
  };
}

function tableNode(table: SourceTable): OutlineNode {
  const nothing: SourceParagraph = {
    kind: "paragraph",
    text: "",
    marks: [],
    label: null,
    at: table.at,
    look: PLAIN_LOOK,
  };
  return { ...newNode(nothing, null), kind: "table", table };
}

/** A heading of a Word file's outline, or of Markdown, without number. */
function placeByLevel(node: OutlineNode, level: number, { popWhile, push }: Open): void {
  popWhile(
    (frame) =>
      frame.rank >= BULLET ||
      frame.outline >= level ||
      (frame.key !== "" && rankOf(frame.key) > level + 2),
  );
  node.kind = "heading";
  push(node, "", { outline: level });
}

/** A field of a project without number: "Mục tiêu: …". One without text holds what follows. */
function placeField(node: OutlineNode, { popWhile, push, put }: Open): void {
  popWhile((frame) => frame.rank >= BULLET || frame.key === "lead");
  node.kind = "lead";
  splitRunIn(node);
  if (node.text === null) push(node, "lead", { rank: LEAD });
  else put(node);
}

/**
 * A bold line without number: beside the last of its kind; else under the number that stands open,
 * and above all numbers below that.
 */
function placeTitle(node: OutlineNode, { stack, popWhile, push }: Open): void {
  if (stack.some((frame) => frame.titled)) {
    popWhile((frame) => !frame.titled);
    stack.pop();
  } else popWhile((frame) => frame.rank >= rankOf("") && frame.outline === 0);
  node.kind = "heading";
  push(node, "", { rank: (stack.at(-1)?.rank ?? -1) + 0.4, titled: true });
}

/** "2.", "a)" and nothing else. */
export const BARE_NUMBER = /^(?:\d{1,2}[.)]|[a-zđ]\))$/u;

/**
 * The label of a paragraph: the one that its program writes, or the one that was typed. "*" before
 * a word is a bullet, not emphasis.
 */
function readTyped(block: SourceParagraph, project: RegExp): Label | null {
  if (block.label !== null) {
    const automatic =
      readLabel(`${block.label} X`) ?? readLabel(`${block.label.replace(/[.)]*$/u, "")}. X`);
    if (automatic !== null) return { ...automatic, typed: block.label, end: 0 };
  }
  const label = readLabel(block.text);
  // A number alone numbers nothing.
  if (label !== null && BARE_NUMBER.test(block.text)) return null;
  return label !== null && project.test(block.text) ? null : label;
}

/** Leave the bullets that a new one does not stand in. */
function leaveBullets(label: Label, level: number | null, { stack, popWhile }: Open): void {
  const rank = rankOf(label.marker);
  const top = stack.at(-1);
  // Lists of programs may have one sign for all depths.
  if (level !== null && top !== undefined && top.rank >= BULLET && top.level !== null) {
    popWhile((frame) => frame.rank >= BULLET && (frame.level ?? 0) >= level);
    return;
  }
  if (stack.some((frame) => frame.key === label.marker)) {
    popWhile((frame) => frame.key !== label.marker);
    popWhile((frame) => frame.key === label.marker);
  } else popWhile((frame) => frame.rank >= BULLET && frame.rank > rank && !isOpen(frame.node));
}

/** Leave what a new number does not stand in: its list goes on, starts anew, or is another. */
function leaveNumbers(label: Label, promised: boolean, { stack, popWhile }: Open): void {
  const rank = rankOf(label.marker);
  const alike = [...stack].reverse().filter((frame) => frame.key === label.marker);
  // Of several lists that are open, the one that counts on; else the innermost.
  const same = alike.find((frame) => frame.node.label?.number === label.number - 1) ?? alike[0];
  // A list that starts anew after a colon stands inside what the colon ends.
  const startsAnew = promised && label.number === 1 && label.decimals.length < 2 && rank >= 3;
  if (startsAnew && (same !== undefined || (rank >= 5 && (stack.at(-1)?.rank ?? 0) >= BULLET)))
    return;
  if (same !== undefined) {
    popWhile((frame) => frame !== same);
    popWhile((frame) => frame === same);
    return;
  }
  popWhile((frame) => frame.rank >= LEAD || (frame.outline === 0 && frame.rank > rank));
}

function insideOpenBullet({ stack }: Open): boolean {
  const top = stack.at(-1);
  return top !== undefined && top.rank >= LEAD && isOpen(top.node);
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
