import type { Method } from "../plan/data-table.js";
import { type Claimant, type Impossible, impossible } from "./impossible.js";

/*
 * How whole shares are made of exact ones. "largest-remainder" (Hamilton, Hare–Niemeyer): every share is its quota rounded down or up.
 * "sainte-lague" (Webster) and "dhondt" (Jefferson): a unit never loses when the total grows.
 *
 * Source: M. Balinski, H. P. Young, Fair Representation (2nd edition, 2001), chapters 3 and appendix A; F. Pukelsheim, Proportional
 * Representation (2nd edition, 2017), chapters 4 and 5.
 */

/** What one unit got, and why. */
export interface Share {
  readonly id: string;
  readonly weight: bigint;
  readonly share: bigint;
  /** The exact share before rounding, bounds respected: `numerator` / `denominator`. */
  readonly quota: { readonly numerator: bigint; readonly denominator: bigint };
  /** What decided: a bound, or the rounding of the quota. */
  readonly decidedBy:
    "fixed" | "floor" | "ceiling" | "rounded-down" | "rounded-up" | "exact" | "divisor";
}

/** Shares in the order of the claimants, or what makes them impossible. */
export type Apportioned =
  | { readonly ok: true; readonly shares: readonly Share[] }
  | { readonly ok: false; readonly reason: Impossible };

/**
 * Divide a whole total over claimants in proportion to their weights. The shares always add up to
 * the total and keep their bounds. The order of the claimants does not matter: where remainders or
 * quotients are equal, the greater weight comes first, then the smaller id (by code points).
 *
 * Errors: bounds that no division can keep, a remainder that nobody has a claim to, ids that are
 * not unique.
 */
export function apportion(
  total: bigint,
  claimants: readonly Claimant[],
  method: Method = "largest-remainder",
): Apportioned {
  const reason = impossible(total, claimants);
  if (reason !== null) return { ok: false, reason };
  const quotas = boundedQuotas(total, claimants);
  const shares =
    method === "largest-remainder"
      ? roundByRemainder(total, claimants, quotas)
      : roundByDivisor(total, claimants, method);
  return {
    ok: true,
    shares: claimants.map((claimant, index) => {
      const { numerator, denominator } = quotas[index] as Quota;
      const share = shares[index] ?? 0n;
      return {
        id: claimant.id,
        weight: claimant.weight,
        share,
        quota: { numerator, denominator },
        decidedBy: decision(claimant, quotas[index] as Quota, share, method),
      };
    }),
  };
}

// --- Exact shares --------------------------------------------------------------------------------------------------

interface Quota {
  readonly numerator: bigint;
  readonly denominator: bigint;
  readonly bound: "floor" | "ceiling" | null;
}

/**
 * Shares proportional to the weights within the bounds, exact: whoever would get less than its
 * floor or more than its ceiling is set there, and the others share the rest in proportion.
 */
function boundedQuotas(total: bigint, claimants: readonly Claimant[]): Quota[] {
  const quotas: (Quota | null)[] = claimants.map(({ weight, floor }) =>
    weight === 0n ? { numerator: floor, denominator: 1n, bound: "floor" } : null,
  );
  for (;;) {
    let [rest, weights] = [total, 0n];
    claimants.forEach(({ weight }, index) => {
      const set = quotas[index];
      if (set) rest -= set.numerator;
      else weights += weight;
    });
    if (weights === 0n) break;
    // Lack and excess in parts of the common denominator: the greater of the two is evaluated
    // first, so that no bound is set in vain.
    let [lack, excess] = [0n, 0n];
    claimants.forEach(({ weight, floor, ceiling }, index) => {
      if (quotas[index]) return;
      const exact = rest * weight;
      if (exact < floor * weights) lack += floor * weights - exact;
      if (ceiling !== null && exact > ceiling * weights) excess += exact - ceiling * weights;
    });
    if (lack === 0n && excess === 0n) {
      return claimants.map(
        ({ weight }, index) =>
          quotas[index] ?? { numerator: rest * weight, denominator: weights, bound: null },
      );
    }
    claimants.forEach(({ weight, floor, ceiling }, index) => {
      if (quotas[index]) return;
      const exact = rest * weight;
      if (lack >= excess && exact < floor * weights)
        quotas[index] = { numerator: floor, denominator: 1n, bound: "floor" };
      if (excess > lack && ceiling !== null && exact > ceiling * weights)
        quotas[index] = { numerator: ceiling, denominator: 1n, bound: "ceiling" };
    });
  }
  return quotas.map((quota) => quota ?? { numerator: 0n, denominator: 1n, bound: "floor" });
}

// --- Rounding ------------------------------------------------------------------------------------------------------

function roundByRemainder(
  total: bigint,
  claimants: readonly Claimant[],
  quotas: readonly Quota[],
): bigint[] {
  const shares = quotas.map(({ numerator, denominator }) => numerator / denominator);
  let left = total - shares.reduce((sum, share) => sum + share, 0n);
  const order = claimants
    .map((_, index) => index)
    .filter((index) => remainder(quotas[index] as Quota) > 0n)
    .sort((a, b) => {
      // Quotas that are not set by a bound have one denominator.
      const difference = remainder(quotas[b] as Quota) - remainder(quotas[a] as Quota);
      return difference !== 0n
        ? sign(difference)
        : byRule(claimants[a] as Claimant, claimants[b] as Claimant);
    });
  for (const index of order) {
    if (left === 0n) break;
    shares[index] = (shares[index] ?? 0n) + 1n;
    left--;
  }
  return shares;
}

function remainder({ numerator, denominator }: Quota): bigint {
  return numerator % denominator;
}

/**
 * Divisors 1, 2, 3, … (D'Hondt) or 1, 3, 5, … (Sainte-Laguë): the s-th of a unit's parts has the
 * priority weight / divisor(s).
 */
const DIVISOR = {
  dhondt: (held: bigint) => held + 1n,
  "sainte-lague": (held: bigint) => 2n * held + 1n,
} as const;

/**
 * Parts go one by one to the highest quotient weight / divisor. All parts above a safe threshold
 * are given at once, the last few in turn, so that billions of đồng take no longer than a hundred
 * households.
 */
function roundByDivisor(
  total: bigint,
  claimants: readonly Claimant[],
  method: keyof typeof DIVISOR,
): bigint[] {
  const divisor = DIVISOR[method];
  const clamp = ({ floor, ceiling }: Claimant, share: bigint): bigint =>
    share < floor ? floor : ceiling !== null && share > ceiling ? ceiling : share;
  // Parts whose quotient is at least 1 / scale · weights: fewer than the total for a scale small
  // enough.
  const held = (scale: { readonly numerator: bigint; readonly denominator: bigint }): bigint[] =>
    claimants.map((claimant) => {
      const quotient = (claimant.weight * scale.numerator) / scale.denominator;
      return clamp(
        claimant,
        claimant.weight === 0n
          ? claimant.floor
          : method === "dhondt"
            ? quotient
            : (quotient + 1n) / 2n,
      );
    });
  const sumOf = (shares: readonly bigint[]): bigint =>
    shares.reduce((sum, share) => sum + share, 0n);
  const weights = claimants.reduce((sum, { weight }) => sum + weight, 0n);
  let shares = claimants.map(({ floor }) => floor);
  if (weights > 0n) {
    // Halve the interval of scales until what is left is at most a few parts a unit.
    const step = weights * 1_000_000n;
    let [low, high] = [0n, step];
    while (
      sumOf(held({ numerator: high, denominator: step })) < total &&
      high < step * (total + 1n) * 4n
    )
      high *= 2n;
    for (let round = 0; round < 200 && high - low > 1n; round++) {
      const middle = (low + high) / 2n;
      const trial = held({ numerator: middle, denominator: step });
      const sum = sumOf(trial);
      if (sum <= total) {
        [low, shares] = [middle, trial];
        if (total - sum <= BigInt(claimants.length)) break;
      } else high = middle;
    }
  }
  // The last parts in turn, each to the claimant that stands first in line.
  const line = new Line(
    claimants
      .map((_, index) => index)
      .filter((index) => mayTake(claimants[index] as Claimant, shares[index] ?? 0n)),
    (index, rival) => {
      const [a, b] = [claimants[index] as Claimant, claimants[rival] as Claimant];
      const difference =
        a.weight * divisor(shares[rival] ?? 0n) - b.weight * divisor(shares[index] ?? 0n);
      return difference > 0n || (difference === 0n && byRule(a, b) < 0);
    },
  );
  for (let left = total - sumOf(shares); left > 0n; left--) {
    const first = line.first();
    shares[first] = (shares[first] ?? 0n) + 1n;
    line.update(mayTake(claimants[first] as Claimant, shares[first] ?? 0n));
  }
  return shares;
}

function mayTake({ weight, ceiling }: Claimant, share: bigint): boolean {
  return weight > 0n && (ceiling === null || share < ceiling);
}

/**
 * Claimants in a heap: the one that comes before all others is at hand. Source: J. W. J. Williams,
 * Heapsort, CACM 7 (1964).
 */
class Line {
  readonly #heap: number[];

  constructor(
    members: readonly number[],
    private readonly before: (a: number, b: number) => boolean,
  ) {
    this.#heap = [...members];
    for (let at = this.#heap.length >> 1; at >= 0; at--) this.#sink(at);
  }

  first(): number {
    return this.#heap[0] ?? -1;
  }

  /** The first has moved back in line, or leaves it. */
  update(stays: boolean): void {
    if (!stays) {
      const last = this.#heap.pop();
      if (this.#heap.length > 0 && last !== undefined) this.#heap[0] = last;
    }
    this.#sink(0);
  }

  #sink(from: number): void {
    const heap = this.#heap;
    for (let at = from; ;) {
      let best = at;
      for (const child of [2 * at + 1, 2 * at + 2])
        if (child < heap.length && this.before(heap[child] as number, heap[best] as number))
          best = child;
      if (best === at) return;
      [heap[at], heap[best]] = [heap[best] as number, heap[at] as number];
      at = best;
    }
  }
}

// --- Ties and reasons ----------------------------------------------------------------------------------------------

/** The stated rule for ties: the greater weight first, then the smaller id. */
function byRule(a: Claimant, b: Claimant): number {
  if (a.weight !== b.weight) return a.weight > b.weight ? -1 : 1;
  return a.id < b.id ? -1 : 1;
}

function sign(value: bigint): number {
  return value > 0n ? 1 : value < 0n ? -1 : 0;
}

function decision(
  { floor, ceiling }: Claimant,
  quota: Quota,
  share: bigint,
  method: Method,
): Share["decidedBy"] {
  if (floor === ceiling && floor > 0n) return "fixed";
  if (quota.bound !== null) return quota.bound;
  if (method !== "largest-remainder")
    return share === floor && floor > 0n ? "floor" : share === ceiling ? "ceiling" : "divisor";
  if (remainder(quota) === 0n) return "exact";
  return share > quota.numerator / quota.denominator ? "rounded-up" : "rounded-down";
}
