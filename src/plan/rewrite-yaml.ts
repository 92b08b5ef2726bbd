import { Document, type YAMLMap, type YAMLSeq, isMap, isScalar, isSeq, parseDocument } from "yaml";
import { sameData } from "../base/same-data.js";
import { isRecord } from "./raw-data.js";

/** A plan's text with new data. */
export interface RewrittenYaml {
  readonly text: string;
  /** Comments of the text before are lost: its data could not be changed in place. */
  readonly commentsLost: boolean;
}

const FORM = { lineWidth: 100, indentSeq: true } as const;

/**
 * A plan's YAML text changed so that it holds other data. What stays the same keeps its place and
 * its comments; a comment goes with the entry it stands at. Long lines may be folded anew.
 * Errors: none; where the text cannot be changed in place, the data is written anew.
 */
export function rewriteYaml(text: string, data: unknown): RewrittenYaml {
  const document = parseDocument(text);
  if (document.errors.length === 0 && document.contents !== null) {
    const known: unknown = document.toJS();
    if (sameData(known, data)) return { text, commentsLost: false };
    document.contents = updated(document, document.contents, data) as typeof document.contents;
    const changed = document.toString(FORM);
    if (sameData(parseDocument(changed).toJS(), data))
      return { text: changed, commentsLost: false };
  }
  return { text: new Document(data).toString(FORM), commentsLost: /(?:^|\s)#/mu.test(text) };
}

/** A node that holds a value: the same node, changed, where it can be. */
function updated(document: Document, node: unknown, value: unknown): unknown {
  if (sameData(valueOf(document, node), value)) return node;
  if (isMap(node) && isRecord(value)) updateMap(document, node, value);
  else if (isSeq(node) && Array.isArray(value)) updateList(document, node, value);
  else if (isScalar(node) && (typeof value !== "object" || value === null)) {
    // What it was written as before is no longer so.
    node.value = value;
    delete node.source;
    delete node.format;
    if (typeof value !== "string") delete node.type;
  } else return document.createNode(value);
  return node;
}

function updateMap(
  document: Document,
  node: YAMLMap,
  value: Readonly<Record<string, unknown>>,
): void {
  node.items = node.items.filter(({ key }) => Object.hasOwn(value, nameOf(key)));
  for (const [name, entry] of Object.entries(value)) {
    const pair = node.items.find(({ key }) => nameOf(key) === name);
    if (pair) pair.value = updated(document, pair.value, entry);
    else node.items.push(document.createPair(name, entry));
  }
}

/** Entries that are the same at both ends stay; those between are changed one by one. */
function updateList(document: Document, node: YAMLSeq, value: readonly unknown[]): void {
  const before = node.items.map((item) => valueOf(document, item));
  const most = Math.min(before.length, value.length);
  let head = 0;
  while (head < most && sameData(before[head], value[head])) head++;
  let tail = 0;
  while (tail < most - head && sameData(before.at(-1 - tail), value.at(-1 - tail))) tail++;
  const left = node.items.slice(head, node.items.length - tail);
  const taken = new Set<unknown>();
  const take = (matches: (known: unknown) => boolean): unknown => {
    const found = left.find((item) => !taken.has(item) && matches(valueOf(document, item)));
    if (found !== undefined) taken.add(found);
    return found;
  };
  const entries = value.slice(head, value.length - tail);
  const same = entries.map((entry) => take((known) => sameData(known, entry)));
  const middle = entries.map((entry, index) => {
    if (same[index] !== undefined) return same[index];
    const found =
      take((known) => isKin(known, entry)) ?? take(() => left.length === entries.length);
    return found === undefined ? document.createNode(entry) : updated(document, found, entry);
  });
  node.items = [
    ...node.items.slice(0, head),
    ...middle,
    ...node.items.slice(node.items.length - tail),
  ];
}

/** Whether two entries are one before and after a change: they share words under one name. */
function isKin(before: unknown, after: unknown): boolean {
  return (
    isRecord(before) &&
    isRecord(after) &&
    Object.entries(before).some(
      ([name, value]) => typeof value === "string" && value !== "" && after[name] === value,
    )
  );
}

function valueOf(document: Document, node: unknown): unknown {
  return isMap(node) || isSeq(node) || isScalar(node)
    ? node.toJS(document)
    : toPlain(document, node);
}

function toPlain(document: Document, node: unknown): unknown {
  const holder = node as { toJS?: (document: Document) => unknown } | null | undefined;
  return holder?.toJS?.(document) ?? null;
}

function nameOf(key: unknown): string {
  return String(isScalar(key) ? key.value : key);
}
