import { distance } from "fastest-levenshtein";

/**
 * The allowed name nearest to a mistyped one, or null when none is near (more than a third of the
 * letters differ). Among many names only those are compared that have something rare in common with
 * it, and the first ones; so many mistakes over many names take no long time when the same list is
 * given again.
 */
export function nearest(found: string, allowed: Iterable<string>): string | null {
  const names = Array.isArray(allowed) ? (allowed as readonly string[]) : [...allowed];
  const wanted = found.toLowerCase();
  let best: string | null = null;
  let bestDistance = Infinity;
  for (const name of names.length > FEW ? candidates(wanted, names) : names) {
    const d = distance(wanted, name.toLowerCase());
    if (d < bestDistance) [best, bestDistance] = [name, d];
  }
  return best !== null && bestDistance <= Math.max(2, Math.ceil(best.length / 3)) ? best : null;
}

/** So many names are compared one by one. */
const FEW = 200;
/** Names that have three letters in common tell nothing when there are more of them. */
const COMMON = 100;
/** So many of the likeliest names are compared. */
const MOST = 40;

/** Names by the three-letter pieces they have. A piece that too many have is not kept. */
type Pieces = ReadonlyMap<string, readonly number[]>;

const indexes = new WeakMap<readonly string[], Pieces>();

function candidates(wanted: string, names: readonly string[]): readonly string[] {
  let index = indexes.get(names);
  if (index === undefined) indexes.set(names, (index = indexNames(names)));
  const shared = new Map<number, number>();
  for (const piece of piecesOf(wanted))
    for (const place of index.get(piece) ?? []) shared.set(place, (shared.get(place) ?? 0) + 1);
  const likely = [...shared].sort(([, a], [, b]) => b - a).slice(0, MOST);
  return [...likely.map(([place]) => names[place] ?? ""), ...names.slice(0, FEW)];
}

function indexNames(names: readonly string[]): Pieces {
  const index = new Map<string, number[]>();
  for (const [place, name] of names.entries())
    for (const piece of piecesOf(name.toLowerCase())) {
      const places = index.get(piece);
      if (places === undefined) index.set(piece, [place]);
      else if (places.length <= COMMON) places.push(place);
    }
  for (const [piece, places] of index) if (places.length > COMMON) index.delete(piece);
  return index;
}

function piecesOf(name: string): ReadonlySet<string> {
  const padded = ` ${name.slice(0, LONGEST)} `;
  const pieces = new Set<string>();
  for (let at = 0; at + 3 <= padded.length; at++) pieces.add(padded.slice(at, at + 3));
  return pieces;
}

/** Letters of a name that are looked at. */
const LONGEST = 80;
