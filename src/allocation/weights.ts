import { type Decimal, addDecimals, decimalsEqual, subtractDecimals } from "../base/numbers.js";

/**
 * A criterion that gives weight: so many points for each unit of it that a commune has. The user
 * supplies the coefficient of the decision in force.
 */
interface Criterion {
  readonly id: string;
  readonly coefficient: Decimal;
}

/** Criteria that add up, or of which only the highest counts. */
export type CriterionGroup =
  | { readonly kind: "sum"; readonly of: readonly Criterion[] }
  | { readonly kind: "highest"; readonly of: readonly Criterion[] };

/** What a commune has of each criterion; what is not named is zero. */
export type Scores = ReadonlyMap<string, Decimal>;

/**
 * The weight of a unit: over all groups, the sum of coefficient × score, or the highest of them.
 * Exact.
 */
export function weightOf(scores: Scores, groups: readonly CriterionGroup[]): Decimal {
  return addDecimals(
    groups.map((group) => {
      const parts = group.of.map(({ id, coefficient }) =>
        multiply(coefficient, scores.get(id) ?? ZERO),
      );
      return group.kind === "sum"
        ? addDecimals(parts)
        : parts.reduce((highest, part) => (isLess(highest, part) ? part : highest), ZERO);
    }),
  );
}

/**
 * Weights in whole numbers of their smallest decimal place: 1.5 and 2 become 15 and 20. Proportions
 * stay as they are.
 */
export function wholeWeights(weights: readonly Decimal[]): bigint[] {
  const scale = Math.max(0, ...weights.map((weight) => weight.scale));
  return weights.map(({ digits, scale: own }) => digits * 10n ** BigInt(scale - own));
}

const ZERO: Decimal = { digits: 0n, scale: 0 };

function multiply(a: Decimal, b: Decimal): Decimal {
  return { digits: a.digits * b.digits, scale: a.scale + b.scale };
}

function isLess(a: Decimal, b: Decimal): boolean {
  return !decimalsEqual(a, b) && subtractDecimals(a, b).digits < 0n;
}
