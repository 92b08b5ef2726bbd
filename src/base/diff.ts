/**
 * A stretch of one list against a stretch of another: the same, only in the first, or only in the
 * second.
 */
export interface DiffStep {
  readonly kind: "same" | "removed" | "added";
  /** Places in the first list, and in the second. */
  readonly before: readonly [from: number, to: number];
  readonly after: readonly [from: number, to: number];
}

/**
 * The shortest way from one list to another, in order. Beyond `most` differences what is left is
 * given as one removal and one addition.
 *
 * Source: E. W. Myers, An O(ND) Difference Algorithm and Its Variations, Algorithmica 1 (1986).
 */
export function diffLists<T>(
  before: readonly T[],
  after: readonly T[],
  most = 4000,
): readonly DiffStep[] {
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) start++;
  let [endBefore, endAfter] = [before.length, after.length];
  while (endBefore > start && endAfter > start && before[endBefore - 1] === after[endAfter - 1]) {
    endBefore--;
    endAfter--;
  }
  const steps: DiffStep[] = [];
  const add = (kind: DiffStep["kind"], x: number, toX: number, y: number, toY: number): void => {
    if (x === toX && y === toY) return;
    const last = steps.at(-1);
    if (last?.kind === kind)
      steps[steps.length - 1] = {
        kind,
        before: [last.before[0], toX],
        after: [last.after[0], toY],
      };
    else steps.push({ kind, before: [x, toX], after: [y, toY] });
  };
  add("same", 0, start, 0, start);
  for (const [kind, x, toX, y, toY] of middle(
    before.slice(start, endBefore),
    after.slice(start, endAfter),
    most,
  ))
    add(kind, start + x, start + toX, start + y, start + toY);
  add("same", endBefore, before.length, endAfter, after.length);
  return steps;
}

type Move = readonly [kind: DiffStep["kind"], x: number, toX: number, y: number, toY: number];

function middle<T>(a: readonly T[], b: readonly T[], most: number): Move[] {
  const [n, m] = [a.length, b.length];
  const limit = Math.min(n + m, most);
  const trail: Int32Array[] = [];
  const reach = new Int32Array(2 * limit + 3);
  const at = (k: number): number => k + limit + 1;
  for (let d = 0; d <= limit; d++) {
    trail.push(reach.slice(at(-d) - 1, at(d) + 2));
    for (let k = -d; k <= d; k += 2) {
      let x =
        k === -d || (k !== d && (reach[at(k - 1)] ?? 0) < (reach[at(k + 1)] ?? 0))
          ? (reach[at(k + 1)] ?? 0)
          : (reach[at(k - 1)] ?? 0) + 1;
      while (x < n && x - k < m && a[x] === b[x - k]) x++;
      reach[at(k)] = x;
      if (x >= n && x - k >= m) return walkBack(trail, n, m);
    }
  }
  return [
    ["removed", 0, n, 0, 0],
    ["added", n, n, 0, m],
  ];
}

/**
 * From the end back to the start along the furthest points that were reached with one difference
 * less.
 */
function walkBack(trail: readonly Int32Array[], n: number, m: number): Move[] {
  const moves: Move[] = [];
  let [x, y] = [n, m];
  for (let d = trail.length - 1; d >= 0; d--) {
    const row = trail[d];
    // The row holds diagonals -d-1 … d+1.
    const at = (k: number): number => row?.[k + d + 1] ?? 0;
    const k = x - y;
    const down = k === -d || (k !== d && at(k - 1) < at(k + 1));
    const from = d === 0 ? 0 : down ? at(k + 1) : at(k - 1);
    const [startX, startY] = d === 0 ? [0, 0] : [from, from - (down ? k + 1 : k - 1)];
    const [midX, midY] = d === 0 ? [0, 0] : down ? [startX, startY + 1] : [startX + 1, startY];
    if (x > midX) moves.push(["same", midX, x, midY, y]);
    if (d > 0)
      moves.push(
        down ? ["added", startX, midX, startY, midY] : ["removed", startX, midX, startY, midY],
      );
    [x, y] = [startX, startY];
  }
  return moves.reverse();
}
