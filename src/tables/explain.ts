import { type LocalizedText, both } from "../base/diagnostic.js";
import { formatDecimal } from "../base/numbers.js";
import { foldText } from "../base/text.js";
import type { Method } from "../plan/data-table.js";
import type { Share } from "../allocation/apportion.js";
import type { EvaluatedTable } from "./data-table.js";

/**
 * How a unit came by each number that was divided over the units: a heading for each, then its
 * steps. Empty when it has none.
 */
export function explainUnit(dataTables: Iterable<EvaluatedTable>, unit: string): LocalizedText[] {
  return [...dataTables].flatMap((dataTable) => {
    const heading = (title: string, group: string | null): LocalizedText =>
      both(
        `Bảng ${dataTable.id}, cột “${title}”${group === null ? "" : `, nhóm ${group}`}`,
        `Table ${dataTable.id}, column “${title}”${group === null ? "" : `, group ${group}`}`,
      );
    const divided = dataTable.divisions.flatMap(
      ({ title, group, shares, method, step, weightOf }): LocalizedText[] => {
        const own = shares.find(({ id }) => foldText(id) === foldText(unit));
        if (!own) return [];
        const scale = formatDecimal(step);
        return [
          heading(title, group),
          both(`  trọng số: ${weightOf(own.id)}`, `  weight: ${weightOf(own.id)}`),
          ...(scale === "1"
            ? []
            : [both(`  tính bằng đơn vị làm tròn ${scale}`, `  in rounding units of ${scale}`)]),
          ...(explainShare(shares, own.id, method) ?? []).map(({ vi, en }) =>
            both(`  ${vi}`, `  ${en}`),
          ),
        ];
      },
    );
    const split = dataTable.splits
      .filter((cell) => foldText(cell.unit) === foldText(unit))
      .flatMap(({ title, group, row, down, whole, value }): LocalizedText[] => {
        const { vi, en } = heading(title, group);
        const quota =
          whole === 0n ? "0" : printQuota({ quota: { numerator: row * down, denominator: whole } });
        return [
          both(`${vi} (chia hai chiều)`, `${en} (two ways)`),
          both(
            `  tổng hàng ${row} × tổng cột ${down} / tổng chung ${whole} = ${quota}`,
            `  row total ${row} × column total ${down} / whole ${whole} = ${quota}`,
          ),
          both(
            `  làm tròn để cộng ngang, cộng dọc cùng đúng: ${value}`,
            `  rounded so that rows and columns both add up: ${value}`,
          ),
        ];
      });
    return [...divided, ...split];
  });
}

/** Decimal places of a quota in words. */
const PLACES = 4;

/**
 * How one unit came by its share, step by step, for whoever has to answer for it. `shares` are
 * those of all units of one apportionment. Null when there is no such unit.
 */
export function explainShare(
  shares: readonly Share[],
  id: string,
  method: Method,
): LocalizedText[] | null {
  const own = shares.find((share) => share.id === id);
  if (!own) return null;
  const total = sum(shares, ({ share }) => share);
  const weights = sum(shares, ({ weight }) => weight);
  const head = both(
    `${id}: trọng số ${own.weight} trên tổng trọng số ${weights}; chia ${total} cho ${shares.length} đơn vị`,
    `${id}: weight ${own.weight} of ${weights}; ${total} divided over ${shares.length} units`,
  );
  if (own.decidedBy === "fixed")
    return [head, both(`phần ấn định trước: ${own.share}`, `fixed beforehand: ${own.share}`)];
  if (own.decidedBy === "floor" || own.decidedBy === "ceiling")
    return [head, ...explainBound(own, { numerator: total * own.weight, denominator: weights })];
  return [
    head,
    ...explainWhatIsLeft(shares, total, weights),
    both(`phần đúng: ${printQuota(own)}`, `exact share: ${printQuota(own)}`),
    ...explainRounding(own, shares, method),
  ];
}

function sum(shares: readonly Share[], of: (share: Share) => bigint): bigint {
  return shares.reduce((total, share) => total + of(share), 0n);
}

function explainBound(own: Share, byWeight: Share["quota"]): readonly LocalizedText[] {
  const [vi, en] = own.decidedBy === "floor" ? ["tối thiểu", "floor"] : ["tối đa", "ceiling"];
  const exact = byWeight.denominator === 0n ? "0" : printQuota({ quota: byWeight });
  return [
    both(`theo trọng số: ${exact}`, `by weight: ${exact}`),
    both(`mức ${vi} quyết định: ${own.share}`, `the ${en} decides: ${own.share}`),
  ];
}

/** Units whose share a bound settles take part no more: the others divide what is left. */
function explainWhatIsLeft(
  shares: readonly Share[],
  total: bigint,
  weights: bigint,
): readonly LocalizedText[] {
  const bound = shares.filter(
    ({ decidedBy }) => decidedBy === "fixed" || decidedBy === "floor" || decidedBy === "ceiling",
  );
  if (bound.length === 0) return [];
  const taken = sum(bound, ({ share }) => share);
  const free = weights - sum(bound, ({ weight }) => weight);
  return [
    both(
      `${bound.length} đơn vị nhận phần ấn định, tối thiểu hoặc tối đa, cộng ${taken}; còn ${total - taken} chia theo tổng trọng số ${free}`,
      `${bound.length} units take a fixed share, a floor or a ceiling, ${taken} together; ${total - taken} are left for the weights, ${free} together`,
    ),
  ];
}

function explainRounding(
  own: Share,
  shares: readonly Share[],
  method: Method,
): readonly LocalizedText[] {
  if (own.decidedBy === "exact")
    return [
      both(
        `là số nguyên, không phải làm tròn: ${own.share}`,
        `a whole number, nothing to round: ${own.share}`,
      ),
    ];
  return method === "largest-remainder"
    ? explainRemainder(own, shares)
    : [explainQuotient(own, method)];
}

function explainQuotient(own: Share, method: Method): LocalizedText {
  if (own.share === 0n)
    return both("không có thương nào đủ lớn: 0", "no quotient is high enough: 0");
  const divisor = method === "dhondt" ? own.share : 2n * own.share - 1n;
  return both(
    `thương thứ ${own.share} là ${own.weight}/${divisor}, còn đủ lớn; thương kế tiếp thì không: ${own.share}`,
    `quotient number ${own.share} is ${own.weight}/${divisor}, high enough; the next is not: ${own.share}`,
  );
}

function explainRemainder(own: Share, shares: readonly Share[]): readonly LocalizedText[] {
  const wholeOf = ({ quota }: Share): bigint => quota.numerator / quota.denominator;
  const left = sum(shares, ({ share }) => share) - sum(shares, wholeOf);
  const rank = 1 + shares.filter((other) => other !== own && comesBefore(other, own)).length;
  const [vi, en] =
    own.decidedBy === "rounded-up"
      ? [`được thêm 1, thành ${own.share}`, `one more, ${own.share}`]
      : [`không được thêm, còn ${own.share}`, `no more, ${own.share}`];
  return [
    both(
      `phần nguyên ${wholeOf(own)}; các phần nguyên cộng lại còn thiếu ${left}, chia cho các phần dư lớn nhất`,
      `whole part ${wholeOf(own)}; the whole parts leave ${left}, for the largest remainders`,
    ),
    both(`phần dư xếp thứ ${rank}: ${vi}`, `its remainder is number ${rank}: ${en}`),
  ];
}

/** The exact share with four decimals, cut, not rounded. */
function printQuota({ quota }: Pick<Share, "quota">): string {
  const digits = (quota.numerator * 10n ** BigInt(PLACES)) / quota.denominator;
  const exact = digits * quota.denominator === quota.numerator * 10n ** BigInt(PLACES);
  return `${formatDecimal({ digits, scale: PLACES }).replace(/,?0+$/u, "")}${exact ? "" : "…"}`;
}

function comesBefore(other: Share, own: Share): boolean {
  const [a, b] = [
    other.quota.numerator % other.quota.denominator,
    own.quota.numerator % own.quota.denominator,
  ];
  const difference = a * own.quota.denominator - b * other.quota.denominator;
  if (difference !== 0n) return difference > 0n;
  return other.weight !== own.weight ? other.weight > own.weight : other.id < own.id;
}
