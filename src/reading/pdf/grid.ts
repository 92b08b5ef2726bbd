import type { Rule } from "./rules.js";

/** A ruled grid on a page, its cells with the rows and columns each covers. */
export interface RuledGrid {
  readonly xs: readonly number[];
  readonly ys: readonly number[];
  readonly cells: readonly GridBox[];
}

interface GridBox {
  readonly row: number;
  readonly column: number;
  readonly rows: number;
  readonly columns: number;
}

/** Lines this near are one line; ends this near touch. */
const NEAR = 2;
const TOUCH = 3;
/** Drawings with more lines than this are pictures. */
const MAX_RULES = 20_000;

/**
 * The tables drawn with lines: what crosses or touches belongs together; a lone box around text is
 * no table.
 */
export function findGrids(rules: readonly Rule[]): RuledGrid[] {
  if (rules.length > MAX_RULES) return [];
  const level = mergeLines(
    rules.filter(({ y0, y1 }) => y1 - y0 <= 1),
    "level",
  );
  const upright = mergeLines(
    rules.filter(({ x0, x1, y0, y1 }) => x1 - x0 <= 1 && y1 - y0 > 1),
    "upright",
  );
  return groupTouching(level, upright)
    .map(({ level: rows, upright: columns }) => gridOf(rows, columns))
    .filter((grid): grid is RuledGrid => grid !== null && grid.cells.length > 1)
    .sort((a, b) => (a.ys[0] ?? 0) - (b.ys[0] ?? 0));
}

/** A line by its place across and its span along. */
interface Line {
  readonly at: number;
  from: number;
  to: number;
}

/** Pieces of one line, as borders drawn cell by cell or dotted, become one. */
function mergeLines(rules: readonly Rule[], way: "level" | "upright"): Line[] {
  const lines = rules.map(({ x0, y0, x1, y1 }): Line =>
    way === "level"
      ? { at: (y0 + y1) / 2, from: x0, to: x1 }
      : { at: (x0 + x1) / 2, from: y0, to: y1 },
  );
  const places = cluster(lines.map(({ at }) => at));
  const merged: Line[] = [];
  const byPlace = new Map<number, Line[]>();
  for (const line of lines) {
    const place = places[nearestOf(places, line.at)] ?? line.at;
    const list = byPlace.get(place);
    if (list) list.push(line);
    else byPlace.set(place, [line]);
  }
  for (const [at, list] of byPlace) {
    list.sort((a, b) => a.from - b.from);
    let last: Line | null = null;
    for (const { from, to } of list) {
      if (last && from <= last.to + TOUCH) last.to = Math.max(last.to, to);
      else merged.push((last = { at, from, to }));
    }
  }
  return merged;
}

interface Group {
  readonly level: Line[];
  readonly upright: Line[];
}

function groupTouching(level: readonly Line[], upright: readonly Line[]): Group[] {
  const parents = [...level, ...upright].map((_, index) => index);
  const rootOf = (index: number): number => {
    let root = index;
    while (parents[root] !== root) root = parents[root] ?? root;
    parents[index] = root;
    return root;
  };
  level.forEach((row, i) =>
    upright.forEach((column, j) => {
      const touch =
        column.at >= row.from - TOUCH &&
        column.at <= row.to + TOUCH &&
        row.at >= column.from - TOUCH &&
        row.at <= column.to + TOUCH;
      if (touch) parents[rootOf(level.length + j)] = rootOf(i);
    }),
  );
  const groups = new Map<number, Group>();
  const groupAt = (index: number): Group => {
    const root = rootOf(index);
    const group = groups.get(root) ?? { level: [], upright: [] };
    groups.set(root, group);
    return group;
  };
  level.forEach((row, i) => groupAt(i).level.push(row));
  upright.forEach((column, j) => groupAt(level.length + j).upright.push(column));
  return [...groups.values()].filter((group) => group.level.length > 1 && group.upright.length > 1);
}

function gridOf(level: readonly Line[], upright: readonly Line[]): RuledGrid | null {
  const ys = cluster(level.map(({ at }) => at));
  const xs = cluster(upright.map(({ at }) => at));
  const [rows, columns] = [ys.length - 1, xs.length - 1];
  if (rows < 1 || columns < 1 || rows * columns > 100_000) return null;
  const covers = (lines: readonly Line[], at: number, middle: number): boolean =>
    lines.some(
      (line) => Math.abs(line.at - at) <= NEAR && line.from <= middle && line.to >= middle,
    );
  const middle = (places: readonly number[], index: number): number =>
    ((places[index] ?? 0) + (places[index + 1] ?? 0)) / 2;
  const open = (row: number, column: number, side: "right" | "below"): boolean =>
    side === "right"
      ? column + 1 < columns && !covers(upright, xs[column + 1] ?? 0, middle(ys, row))
      : row + 1 < rows && !covers(level, ys[row + 1] ?? 0, middle(xs, column));
  const taken = new Set<number>();
  const cells: GridBox[] = [];
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      if (taken.has(row * columns + column)) continue;
      let [wide, high] = [1, 1];
      while (open(row, column + wide - 1, "right") && !taken.has(row * columns + column + wide))
        wide++;
      while (open(row + high - 1, column, "below")) high++;
      for (let i = 0; i < high; i++)
        for (let j = 0; j < wide; j++) taken.add((row + i) * columns + column + j);
      cells.push({ row, column, rows: high, columns: wide });
    }
  }
  return { xs, ys, cells };
}

/** Places that are near each other as one, in rising order. */
function cluster(values: readonly number[]): number[] {
  const sorted = [...values].sort((a, b) => a - b);
  const groups: number[][] = [];
  for (const value of sorted) {
    const group = groups.at(-1);
    if (group && value - (group[0] ?? value) <= NEAR) group.push(value);
    else groups.push([value]);
  }
  return groups.map((group) => group.reduce((sum, value) => sum + value, 0) / group.length);
}

function nearestOf(places: readonly number[], value: number): number {
  let [low, high] = [0, places.length - 1];
  while (low < high) {
    const half = (low + high) >> 1;
    if ((places[half] ?? 0) < value) low = half + 1;
    else high = half;
  }
  const [at, before] = [places[low] ?? 0, places[low - 1] ?? -Infinity];
  return value - before < at - value ? low - 1 : low;
}
