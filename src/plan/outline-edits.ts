import type { PlanPath } from "../base/diagnostic.js";
import { valueAt } from "./edit-plan.js";
import type { Edit } from "./edits.js";
import { isRecord } from "./raw-data.js";

/**
 * Edits of the outline as a word processor makes them: over plan data as people write it, where a
 * bare text is a paragraph. Each gives the edits, and the node that has the caret afterwards; null
 * where there is nothing to be done.
 */
export interface OutlineEdit {
  readonly edits: readonly Edit[];
  readonly focus: PlanPath;
}

/** Kinds of nodes that hold words, by the name that holds them. */
export const WORD_KINDS = ["heading", "runIn", "clause", "item", "text"] as const;
export type WordKind = (typeof WORD_KINDS)[number];

/** The kind of a node of words; null for tables, programmes and others. */
export function wordKindOf(node: unknown): WordKind | null {
  if (typeof node === "string") return "text";
  return isRecord(node) ? (WORD_KINDS.find((kind) => Object.hasOwn(node, kind)) ?? null) : null;
}

/** The words of a node. */
export function wordsOf(node: unknown): string {
  const kind = wordKindOf(node);
  if (typeof node === "string" || kind === null) return typeof node === "string" ? node : "";
  const words = (node as Record<string, unknown>)[kind];
  return typeof words === "string" ? words : "";
}

/** Path of a node's words: where a field edits them. */
export function wordsPath(node: unknown, path: PlanPath): PlanPath {
  const kind = wordKindOf(node);
  return typeof node === "string" || kind === null ? path : [...path, kind];
}

/** Enter: what stands behind the caret becomes the next node, of the same kind. */
export function splitNode(data: unknown, path: PlanPath, caret: number): OutlineEdit | null {
  const node = valueAt(data, path);
  const kind = wordKindOf(node);
  if (kind === null) return null;
  const words = wordsOf(node);
  const [before, after] = [words.slice(0, caret), words.slice(caret).trimStart()];
  const next = nextPath(path);
  // What hangs on the node goes with the words behind the caret, unless the caret is at their end.
  const takesAll = after !== "" && caret === 0;
  if (takesAll) return { edits: [{ kind: "insert", path, value: newNode(kind, "") }], focus: next };
  return {
    edits: [
      { kind: "set", path: wordsPath(node, path), value: before.trimEnd() },
      { kind: "insert", path: next, value: newNode(kind, after) },
    ],
    focus: next,
  };
}

/** Tab: the node goes into the one before it. */
export function indentNode(data: unknown, path: PlanPath): OutlineEdit | null {
  const index = indexOf(path);
  if (index === 0) return null;
  const owner = [...path.slice(0, -1), index - 1];
  const above = valueAt(data, owner);
  const kind = wordKindOf(above);
  if (kind === null || kind === "text") return null;
  const body = (above as Record<string, unknown>)["body"];
  const inside = Array.isArray(body) ? body.length : 0;
  const node = valueAt(data, path);
  const into: PlanPath = [...owner, "body", inside];
  const edits: Edit[] = [
    { kind: "remove", path },
    Array.isArray(body)
      ? { kind: "insert", path: into, value: node }
      : { kind: "set", path: [...owner, "body"], value: [node] },
  ];
  return { edits, focus: into };
}

/** Shift+Tab: the node goes behind the one it stands in; its younger sisters go into it. */
export function outdentNode(data: unknown, path: PlanPath): OutlineEdit | null {
  const owner = path.slice(0, -2);
  if (path.at(-2) !== "body" || typeof owner.at(-1) !== "number") return null;
  const index = indexOf(path);
  const sisters = valueAt(data, path.slice(0, -1)) as readonly unknown[];
  const younger = sisters.slice(index + 1);
  const node = withYounger(sisters[index], younger);
  const left = node === null ? [...sisters.slice(0, index), ...younger] : sisters.slice(0, index);
  const to = nextPath(owner);
  return {
    edits: [
      left.length === 0
        ? { kind: "remove", path: path.slice(0, -1) }
        : { kind: "set", path: path.slice(0, -1), value: left },
      { kind: "insert", path: to, value: node ?? sisters[index] },
    ],
    focus: to,
  };
}

/** A node with others at the end of its body; null when it can hold none. */
function withYounger(node: unknown, younger: readonly unknown[]): unknown {
  if (younger.length === 0) return node;
  const kind = wordKindOf(node);
  if (kind === null || kind === "text" || !isRecord(node)) return null;
  const body = Array.isArray(node["body"]) ? (node["body"] as readonly unknown[]) : [];
  return { ...node, body: [...body, ...younger] };
}

/** Backspace before the first letter: the words join those of the node before; an empty one goes. */
export function joinNode(data: unknown, path: PlanPath): OutlineEdit | null {
  const index = indexOf(path);
  if (index === 0) return outdentNode(data, path);
  const node = valueAt(data, path);
  const before: PlanPath = [...path.slice(0, -1), index - 1];
  const above = valueAt(data, before);
  const holds = isRecord(node) && (Array.isArray(node["body"]) || Array.isArray(node["items"]));
  if (wordKindOf(node) === null || wordKindOf(above) === null || holds) return null;
  const words = [wordsOf(above), wordsOf(node)].filter((text) => text !== "").join(" ");
  return {
    edits: [
      { kind: "set", path: wordsPath(above, before), value: words },
      { kind: "remove", path },
    ],
    focus: before,
  };
}

/** Another kind of node with the same words; what the new kind cannot hold follows behind it. */
export function turnNode(data: unknown, path: PlanPath, kind: WordKind): OutlineEdit | null {
  const node = valueAt(data, path);
  const was = wordKindOf(node);
  if (was === null || was === kind) return null;
  const { body, ...rest } = isRecord(node) ? node : { body: undefined };
  const kept = Object.entries(rest).filter(([name]) => name !== was && name !== "text");
  const plain = kind === "text";
  const value = plain ? wordsOf(node) : { [kind]: wordsOf(node), ...Object.fromEntries(kept) };
  const inside = Array.isArray(body) ? (body as readonly unknown[]) : [];
  const whole = !plain && inside.length > 0 ? { ...(value as object), body: inside } : value;
  const behind = plain ? inside : [];
  return {
    edits: [
      { kind: "set", path, value: whole },
      ...behind.map((entry, at): Edit => ({
        kind: "insert",
        path: [...path.slice(0, -1), indexOf(path) + 1 + at],
        value: entry,
      })),
    ],
    focus: path,
  };
}

/** A node of a kind with these words. */
export function newNode(kind: WordKind, words: string): unknown {
  return kind === "text" ? words : { [kind]: words };
}

function nextPath(path: PlanPath): PlanPath {
  return [...path.slice(0, -1), indexOf(path) + 1];
}

function indexOf(path: PlanPath): number {
  const index = path.at(-1);
  if (typeof index !== "number") throw new Error("a node stands in a list");
  return index;
}
