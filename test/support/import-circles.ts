import { dirname, join, normalize } from "node:path";

/** Files and the files that each imports. */
export type ImportGraph = ReadonlyMap<string, readonly string[]>;

/** What a module's text imports or exports from elsewhere, types included. */
export function importedNames(text: string): string[] {
  const imports = /^(?:import|export)\b[^;"]*from "([^"]+)"|\bimport\("([^"]+)"\)/gmu;
  return [...text.matchAll(imports)].map((match) => match[1] ?? match[2] ?? "");
}

/** The source file that a relative import of another file means, by its path in the folder. */
export function importedFile(from: string, name: string): string {
  return normalize(join(dirname(from), name)).replace(/\.js$/u, ".ts");
}

/** One circle of each group of files that import each other: "a.ts → b.ts → a.ts". */
export function importCircles(graph: ImportGraph): string[] {
  return stronglyConnected(graph)
    .map((group) => shortestCircle(group, graph))
    .filter((circle) => circle.length > 0)
    .map((circle) => circle.join(" → "))
    .sort();
}

/** Groups in which every file reaches every other (Tarjan 1972). */
function stronglyConnected(graph: ImportGraph): string[][] {
  const numbers = new Map<string, number>();
  const lowest = new Map<string, number>();
  const waiting: string[] = [];
  const groups: string[][] = [];

  const visit = (file: string): void => {
    const number = numbers.size;
    numbers.set(file, number);
    lowest.set(file, number);
    waiting.push(file);
    for (const next of graph.get(file) ?? []) {
      if (!numbers.has(next)) visit(next);
      // What has been put into a group is no longer waiting, and reaches nothing on this path.
      if (waiting.includes(next)) lowest.set(file, Math.min(low(file), low(next)));
    }
    if (low(file) === number) groups.push(waiting.splice(waiting.indexOf(file)));
  };
  const low = (file: string): number => lowest.get(file) ?? Infinity;

  for (const file of graph.keys()) if (!numbers.has(file)) visit(file);
  return groups;
}

/** The shortest way from the first file of a group back to it; empty when there is none. */
function shortestCircle(group: readonly string[], graph: ImportGraph): string[] {
  const start = [...group].sort()[0] ?? "";
  const reached = new Set<string>();
  let paths = [[start]];
  while (paths.length > 0) {
    const longer: string[][] = [];
    for (const path of paths)
      for (const next of graph.get(path.at(-1) ?? "") ?? []) {
        if (next === start) return [...path, start];
        if (!group.includes(next) || reached.has(next)) continue;
        reached.add(next);
        longer.push([...path, next]);
      }
    paths = longer;
  }
  return [];
}
