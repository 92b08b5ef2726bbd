import { readRunLook } from "./looks.js";
import { formatListNumber } from "./number-formats.js";
import type { Styles } from "./styles.js";
import { readBullet } from "./symbols.js";
import { type XmlNode, childOf, childrenOf, isOn, numberOf, valueOf } from "./xml-tree.js";

/** One level of a list: how its numbers begin and look. */
interface ListLevel {
  readonly start: number;
  readonly format: string;
  /** "%1.%2)": the number of each level in its place. */
  readonly text: string;
  /** Starts anew after this level (from 1) or one above it; 0 never. */
  readonly restart: number;
  /** All numbers are shown as plain digits. */
  readonly legal: boolean;
  readonly style: string | null;
}

/** A list that paragraphs name. Lists with the same `counter` go on counting from each other. */
interface List {
  readonly counter: string;
  readonly levels: ReadonlyMap<number, ListLevel>;
  /** Levels that begin anew where this list is first used. */
  readonly starts: ReadonlyMap<number, number>;
}

export type Lists = ReadonlyMap<string, List>;

const LEVELS = 9;

/**
 * The lists of a file. A list may be told by a style, which names another list: such chains are
 * followed here.
 */
export function readLists(root: XmlNode | null, styles: Styles): Lists {
  const abstract = new Map(
    childrenOf(root, "abstractNum").map((node) => [
      node.attributes.get("abstractNumId") ?? "",
      node,
    ]),
  );
  const links = new Map([...abstract].map(([id, node]) => [id, valueOf(node, "numStyleLink")]));
  const lists = new Map(
    childrenOf(root, "num").map((node) => [node.attributes.get("numId") ?? "", node]),
  );
  const evaluate = (node: XmlNode): readonly [id: string, definition: XmlNode | undefined] => {
    let id = valueOf(node, "abstractNumId") ?? "";
    for (const seen = new Set<string>(); !seen.has(id);) {
      seen.add(id);
      const link = links.get(id) ?? null;
      const linked =
        link === null ? undefined : lists.get(styles.find("numbering", link).paragraph.list ?? "");
      if (linked) id = valueOf(linked, "abstractNumId") ?? "";
    }
    return [id, abstract.get(id)];
  };
  const known = new Map<string, ReadonlyMap<number, ListLevel>>();
  return new Map(
    [...lists].map(([id, node]) => {
      const [counter, definition] = evaluate(node);
      const shared =
        known.get(counter) ??
        new Map(
          childrenOf(definition, "lvl")
            .map(readLevel)
            .filter(([level]) => level >= 0 && level < LEVELS),
        );
      known.set(counter, shared);
      const levels = new Map(shared);
      const starts = new Map<number, number>();
      for (const change of childrenOf(node, "lvlOverride")) {
        const [at, own, start] = [
          numberOf(change.attributes.get("ilvl")) ?? 0,
          childOf(change, "lvl"),
          numberOf(valueOf(change, "startOverride")),
        ];
        if (own) levels.set(at, readLevel(own)[1]);
        if (start !== null) starts.set(at, start);
      }
      return [id, { counter, levels, starts }];
    }),
  );
}

function readLevel(node: XmlNode): readonly [level: number, definition: ListLevel] {
  const level = numberOf(node.attributes.get("ilvl")) ?? 0;
  const legal = childOf(node, "isLgl");
  const [written, format] = [valueOf(node, "lvlText") ?? "", valueOf(node, "numFmt") ?? "decimal"];
  const text =
    format === "bullet"
      ? readBullet(written.trim(), readRunLook(childOf(node, "rPr")).font ?? "")
      : written;
  const picture = childOf(node, "lvlPicBulletId") !== undefined;
  return [
    level,
    {
      start: numberOf(valueOf(node, "start")) ?? 0,
      format,
      text: text === "" && picture ? "-" : text,
      restart: numberOf(valueOf(node, "lvlRestart")) ?? level,
      legal: legal !== undefined && isOn(legal),
      style: valueOf(node, "pStyle"),
    },
  ];
}

/**
 * The level that a paragraph style, or the nearest one it is based on, stands for in a list; null
 * when the list does not say.
 */
export function levelOfStyle(lists: Lists, list: string, styles: readonly string[]): number | null {
  const levels = [...(lists.get(list)?.levels ?? [])];
  for (const id of styles) for (const [level, { style }] of levels) if (style === id) return level;
  return null;
}

/**
 * Count through a document: called once for each numbered paragraph in order, gives its label, or
 * null when nothing is shown.
 */
export function startCounting(lists: Lists): (list: string, level: number) => string | null {
  const counters = new Map<string, (number | null)[]>();
  const begun = new Set<string>();
  return (id, level) => {
    const list = lists.get(id);
    const definition = list?.levels.get(level);
    if (list === undefined || definition === undefined || level < 0 || level >= LEVELS) return null;
    const counter = counters.get(list.counter) ?? new Array<number | null>(LEVELS).fill(null);
    counters.set(list.counter, counter);
    const startOf = (at: number): number => list.starts.get(at) ?? list.levels.get(at)?.start ?? 0;
    const first = list.starts.has(level) && !begun.has(`${id} ${level}`);
    if (first) begun.add(`${id} ${level}`);
    const before = counter[level] ?? null;
    counter[level] = first || before === null ? startOf(level) : before + 1;
    for (let below = level + 1; below < LEVELS; below++)
      if (level < (list.levels.get(below)?.restart ?? below)) counter[below] = null;
    return writeLabel(
      definition,
      (at) => counter[at] ?? startOf(at),
      (at) => list.levels.get(at)?.format ?? "decimal",
    );
  };
}

function writeLabel(
  level: ListLevel,
  valueAt: (level: number) => number,
  formatAt: (level: number) => string,
): string | null {
  const text =
    level.format === "bullet"
      ? level.text
      : level.text.replace(/%([1-9])/gu, (_, place: string) => {
          const at = Number(place) - 1;
          const format = formatAt(at);
          return formatListNumber(
            valueAt(at),
            level.legal && format !== "none" ? "decimal" : format,
          );
        });
  const label = text.normalize("NFC").replace(/\s+/gu, " ").trim();
  return label === "" ? null : label;
}
