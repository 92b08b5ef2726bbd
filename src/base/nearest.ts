import { distance } from "fastest-levenshtein";

/**
 * The allowed name nearest to a mistyped one, or null when none is near (more than a third of the
 * letters differ).
 */
export function nearest(found: string, allowed: Iterable<string>): string | null {
  let best: string | null = null;
  let bestDistance = Infinity;
  for (const name of allowed) {
    const d = distance(found.toLowerCase(), name.toLowerCase());
    if (d < bestDistance) [best, bestDistance] = [name, d];
  }
  return best !== null && bestDistance <= Math.max(2, Math.ceil(best.length / 3)) ? best : null;
}
