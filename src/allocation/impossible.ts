import { type LocalizedText, both } from "../base/diagnostic.js";

/**
 * A unit that takes part in an apportionment. Quantities are whole numbers of the rounding unit.
 */
export interface Claimant {
  /** Its name: no two are alike. */
  readonly id: string;
  /** Its claim in relation to the others', not negative. */
  readonly weight: bigint;
  /** It gets at least this. */
  readonly floor: bigint;
  /** It gets at most this; null for no limit. */
  readonly ceiling: bigint | null;
}

/** Why an apportionment is impossible. Texts name the units. */
export interface Impossible {
  readonly code:
    | "negative"
    | "id-twice"
    | "bounds-crossed"
    | "floors-too-high"
    | "ceilings-too-low"
    | "no-weight";
  readonly ids: readonly string[];
  readonly message: LocalizedText;
}

/** What makes an apportionment impossible; null when nothing does. */
export function impossible(total: bigint, claimants: readonly Claimant[]): Impossible | null {
  return (
    wrongClaimants(total, claimants) ??
    floorsTooHigh(total, claimants) ??
    leftOver(total, claimants)
  );
}

function wrongClaimants(total: bigint, claimants: readonly Claimant[]): Impossible | null {
  const negative = claimants.filter(({ weight, floor }) => weight < 0n || floor < 0n);
  if (total < 0n || negative.length > 0)
    return {
      code: "negative",
      ids: negative.map(({ id }) => id),
      message: both(
        "có số âm: tổng, trọng số và mức tối thiểu không được âm",
        "there is a negative number: total, weights and floors are not negative",
      ),
    };
  const seen = new Set<string>();
  const twice = claimants.filter(({ id }) => seen.has(id) || !seen.add(id)).map(({ id }) => id);
  if (twice.length > 0)
    return {
      code: "id-twice",
      ids: twice,
      message: both(`đơn vị ghi hai lần: ${twice.join(", ")}`, `given twice: ${twice.join(", ")}`),
    };
  const crossed = claimants
    .filter(({ floor, ceiling }) => ceiling !== null && ceiling < floor)
    .map(({ id }) => id);
  if (crossed.length === 0) return null;
  return {
    code: "bounds-crossed",
    ids: crossed,
    message: both(
      `mức tối đa thấp hơn mức tối thiểu: ${crossed.join(", ")}`,
      `ceiling below floor: ${crossed.join(", ")}`,
    ),
  };
}

function floorsTooHigh(total: bigint, claimants: readonly Claimant[]): Impossible | null {
  const least = claimants.reduce((sum, { floor }) => sum + floor, 0n);
  if (least <= total) return null;
  return {
    code: "floors-too-high",
    ids: [],
    message: both(
      `các mức tối thiểu cộng lại là ${least}, lớn hơn tổng ${total}`,
      `the floors add up to ${least}, more than the total ${total}`,
    ),
  };
}

/** What nobody may take: everyone is at the ceiling, or has no claim to more than the floor. */
function leftOver(total: bigint, claimants: readonly Claimant[]): Impossible | null {
  // A unit without weight gets its floor and no more.
  const open = claimants.some(({ weight, ceiling }) => weight > 0n && ceiling === null);
  const most = claimants.reduce(
    (sum, { weight, floor, ceiling }) => sum + (weight === 0n ? floor : (ceiling ?? 0n)),
    0n,
  );
  if (open || most >= total) return null;
  return claimants.some(({ weight }) => weight > 0n)
    ? {
        code: "ceilings-too-low",
        ids: [],
        message: both(
          `các mức tối đa cộng lại là ${most}, nhỏ hơn tổng ${total}`,
          `the ceilings add up to ${most}, less than the total ${total}`,
        ),
      }
    : {
        code: "no-weight",
        ids: [],
        message: both(
          `còn ${total - most} nhưng không đơn vị nào có trọng số`,
          `${total - most} are left, but no unit has a weight`,
        ),
      };
}
