import { describe, expect, test } from "@jest/globals";
import assert from "node:assert/strict";
import fc from "fast-check";
import { apportion } from "../src/allocation/apportion.js";
import type { Claimant } from "../src/allocation/impossible.js";
import { METHODS, type Method } from "../src/plan/data-table.js";
import { explainShare } from "../src/tables/explain.js";
import { fillTwoWay } from "../src/allocation/two-way.js";
import { type CriterionGroup, weightOf, wholeWeights } from "../src/allocation/weights.js";
import { type Decimal, decimalOf, formatDecimal } from "../src/base/numbers.js";

const free = (id: string, weight: number | bigint): Claimant => ({
  id,
  weight: BigInt(weight),
  floor: 0n,
  ceiling: null,
});

/** Shares by name, or the reason why there are none. */
function shares(
  total: number | bigint,
  claimants: readonly Claimant[],
  method: Method,
): Record<string, number> | string {
  const result = apportion(BigInt(total), claimants, method);
  return result.ok
    ? Object.fromEntries(result.shares.map(({ id, share }) => [id, Number(share)]))
    : result.reason.code;
}

describe("worked examples of the literature", () => {
  /**
   * Votes of Pukelsheim, Proportional Representation, and of the articles on the methods: 100,000
   * votes, four lists.
   */
  test("D'Hondt and Sainte-Laguë: 100,000 80,000 30,000 20,000 votes, 8 seats (Wikipedia, D'Hondt method; Webster/Sainte-Laguë method)", () => {
    const votes = [free("A", 100_000), free("B", 80_000), free("C", 30_000), free("D", 20_000)];
    expect(shares(8, votes, "dhondt")).toEqual({ A: 4, B: 3, C: 1, D: 0 });
    expect(shares(8, votes, "sainte-lague")).toEqual({ A: 3, B: 3, C: 1, D: 1 });
  });
  test("the Alabama paradox: a state of three loses a seat when the house grows from 10 to 11 (Balinski, Young 2001)", () => {
    const states = [free("A", 6), free("B", 6), free("C", 2)];
    expect(shares(10, states, "largest-remainder")).toEqual({ A: 4, B: 4, C: 2 });
    expect(shares(11, states, "largest-remainder")).toEqual({ A: 5, B: 5, C: 1 });
    for (const method of ["dhondt", "sainte-lague"] as const) {
      const [ten, eleven] = [shares(10, states, method), shares(11, states, method)] as Record<
        string,
        number
      >[];
      for (const id of ["A", "B", "C"]) expect(eleven?.[id]).toBeGreaterThanOrEqual(ten?.[id] ?? 0);
    }
  });
  test("largest remainder, Hare quota: 47,000 16,000 15,900 12,000 6,000 3,100 votes, 10 seats (Wikipedia, Quota method)", () => {
    const votes = [
      free("Yellows", 47_000),
      free("Whites", 16_000),
      free("Reds", 15_900),
      free("Greens", 12_000),
      free("Blues", 6_000),
      free("Pinks", 3_100),
    ];
    expect(shares(10, votes, "largest-remainder")).toEqual({
      Yellows: 5,
      Whites: 2,
      Reds: 1,
      Greens: 1,
      Blues: 1,
      Pinks: 0,
    });
  });
});

describe("bounds, ties, and what is impossible", () => {
  test("floors and ceilings hold, and the rest stays proportional", () => {
    expect(
      shares(
        100,
        [{ ...free("a", 90), ceiling: 50n }, free("b", 5), { ...free("c", 5), floor: 30n }],
        "largest-remainder",
      ),
    ).toEqual({ a: 50, b: 20, c: 30 });
  });
  test("a fixed share is a floor and a ceiling", () => {
    expect(
      shares(
        10,
        [{ ...free("a", 1), floor: 4n, ceiling: 4n }, free("b", 1), free("c", 2)],
        "largest-remainder",
      ),
    ).toEqual({ a: 4, b: 2, c: 4 });
  });
  test("equal claims: the smaller name first, whatever the order", () => {
    for (const method of METHODS) {
      expect(
        shares(
          4,
          ["c", "a", "b"].map((id) => free(id, 1)),
          method,
        ),
      ).toEqual({ a: 2, b: 1, c: 1 });
    }
  });
  test.each<[string, number, readonly Claimant[], string]>([
    ["two of one name", 5, [free("a", 1), free("a", 2)], "id-twice"],
    ["a negative weight", 5, [free("a", -1), free("b", 2)], "negative"],
    [
      "floors over the total",
      5,
      [
        { ...free("a", 1), floor: 3n },
        { ...free("b", 1), floor: 3n },
      ],
      "floors-too-high",
    ],
    [
      "ceilings under the total",
      5,
      [
        { ...free("a", 1), ceiling: 2n },
        { ...free("b", 1), ceiling: 2n },
      ],
      "ceilings-too-low",
    ],
    [
      "a ceiling under its floor",
      5,
      [{ ...free("a", 1), floor: 3n, ceiling: 2n }, free("b", 1)],
      "bounds-crossed",
    ],
    ["no weight at all", 5, [free("a", 0), free("b", 0)], "no-weight"],
    ["nobody", 1, [], "no-weight"],
  ])("%s", (_name, total, claimants, code) => {
    for (const method of METHODS) expect(shares(total, claimants, method)).toBe(code);
  });
  test("trillions of đồng over 3,321 communes", () => {
    const communes = Array.from({ length: 3321 }, (_, index) =>
      free(`xã ${index}`, ((index * 7919) % 1009) + 1),
    );
    for (const method of METHODS) {
      const result = apportion(123_456_789_012_345n, communes, method);
      expect(result.ok && result.shares.reduce((sum, { share }) => sum + share, 0n)).toBe(
        123_456_789_012_345n,
      );
    }
  });
});

describe("weights by criteria", () => {
  const groups: readonly CriterionGroup[] = [
    {
      kind: "sum",
      of: [
        { id: "ho-ngheo", coefficient: decimalOf(0.5) },
        { id: "thon", coefficient: decimalOf(2) },
      ],
    },
    {
      kind: "highest",
      of: [
        { id: "xa-iii", coefficient: decimalOf(10) },
        { id: "bien-gioi", coefficient: decimalOf(12.5) },
      ],
    },
  ];
  const scores = (given: Record<string, number>): ReadonlyMap<string, Decimal> =>
    new Map(Object.entries(given).map(([id, value]) => [id, decimalOf(value)]));

  test("add up; of some only the highest counts; exact to the last decimal", () => {
    const weights = [
      scores({ "ho-ngheo": 3, thon: 1, "xa-iii": 1, "bien-gioi": 1 }),
      scores({ "ho-ngheo": 0.2 }),
      scores({}),
    ].map((one) => weightOf(one, groups));
    expect(weights.map((weight) => formatDecimal(weight))).toEqual(["16", "0,1", "0"]);
    expect(wholeWeights(weights)).toEqual([160n, 1n, 0n]);
  });
});

describe("every number can be explained", () => {
  const communes = [free("An Khương", 12), free("An Phú", 7), free("Tân Khai", 4)];
  const words = (id: string, how: Method, list: readonly Claimant[] = communes): string[] => {
    const result = apportion(10n, list, how);
    return result.ok ? (explainShare(result.shares, id, how) ?? []).map(({ vi }) => vi) : [];
  };

  test("largest remainder", () => {
    expect(words("Tân Khai", "largest-remainder")).toEqual([
      "Tân Khai: trọng số 4 trên tổng trọng số 23; chia 10 cho 3 đơn vị",
      "phần đúng: 1,7391…",
      "phần nguyên 1; các phần nguyên cộng lại còn thiếu 1, chia cho các phần dư lớn nhất",
      "phần dư xếp thứ 1: được thêm 1, thành 2",
    ]);
    expect(words("An Phú", "largest-remainder").at(-1)).toBe(
      "phần dư xếp thứ 3: không được thêm, còn 3",
    );
  });
  test("divisors, bounds, whole shares", () => {
    expect(words("An Khương", "dhondt").at(-1)).toBe(
      "thương thứ 6 là 12/6, còn đủ lớn; thương kế tiếp thì không: 6",
    );
    expect(
      words("An Khương", "largest-remainder", [
        { ...free("An Khương", 12), ceiling: 2n },
        free("An Phú", 7),
      ]).at(-1),
    ).toBe("mức tối đa quyết định: 2");
    expect(words("A", "largest-remainder", [free("A", 1), free("B", 1)]).slice(1)).toEqual([
      "phần đúng: 5",
      "là số nguyên, không phải làm tròn: 5",
    ]);
    expect(words("không có", "dhondt")).toEqual([]);
  });
});

// --- Properties ----------------------------------------------------------------------------------------------------

/** 100,000 cases in all, spread over the properties. */
const CASES = { bounds: 40_000, order: 20_000, growth: 20_000, twoWay: 20_000 } as const;

const weight = fc.oneof(fc.bigInt(0n, 50n), fc.bigInt(0n, 1_000_000n), fc.constant(0n));
const claimants = fc
  .uniqueArray(
    fc.record({
      id: fc.string({ minLength: 1, maxLength: 3 }),
      weight,
      floor: fc.oneof({ weight: 3, arbitrary: fc.constant(0n) }, fc.bigInt(0n, 20n)),
      room: fc.option(fc.bigInt(0n, 60n), { freq: 3 }),
    }),
    { selector: ({ id }) => id, minLength: 1, maxLength: 12 },
  )
  .map((list) =>
    list.map(({ room, ...rest }): Claimant => ({
      ...rest,
      ceiling: room === null ? null : rest.floor + room,
    })),
  );
const total = fc.oneof(fc.bigInt(0n, 300n), fc.bigInt(0n, 10_000_000n));
const method = fc.constantFrom(...METHODS);

describe("properties", () => {
  test("shares add up, keep their bounds, and stay within one of the quota where the method promises it", () => {
    fc.assert(
      fc.property(claimants, total, method, (list, whole, how) => {
        const result = apportion(whole, list, how);
        if (!result.ok) return;
        assert.equal(
          result.shares.reduce((sum, { share }) => sum + share, 0n),
          whole,
        );
        const exact = result.shares
          .map(({ quota }) => Number(quota.numerator) / Number(quota.denominator))
          .reduce((sum, one) => sum + one, 0);
        assert.ok(Math.abs(exact - Number(whole)) < 1e-6 * Math.max(1, Number(whole)));
        result.shares.forEach(({ share, quota }, index) => {
          const { floor, ceiling } = list[index] as Claimant;
          assert.ok(share >= floor && (ceiling === null || share <= ceiling));
          if (how !== "largest-remainder") return;
          const down = quota.numerator / quota.denominator;
          assert.ok(
            share === down || (share === down + 1n && quota.numerator % quota.denominator > 0n),
          );
        });
      }),
      { numRuns: CASES.bounds, seed: 1 },
    );
  });
  test("the order of the rows does not matter", () => {
    fc.assert(
      fc.property(
        claimants,
        total,
        method,
        fc.infiniteStream(fc.nat()),
        (list, whole, how, random) => {
          const shuffled = list
            .map((claimant) => ({ claimant, key: random.next().value ?? 0 }))
            .sort((a, b) => a.key - b.key)
            .map(({ claimant }) => claimant);
          const of = (some: readonly Claimant[]): unknown => shares(whole, [...some], how);
          assert.deepEqual(of(shuffled), of(list));
        },
      ),
      { numRuns: CASES.order, seed: 2 },
    );
  });
  test("divisor methods: a greater total takes nothing from anybody, a greater weight never gets less", () => {
    fc.assert(
      fc.property(
        claimants,
        total,
        fc.constantFrom("sainte-lague" as const, "dhondt" as const),
        (list, whole, how) => {
          const [now, more] = [apportion(whole, list, how), apportion(whole + 1n, list, how)];
          if (!now.ok || !more.ok) return;
          now.shares.forEach(({ share }, index) =>
            assert.ok((more.shares[index]?.share ?? 0n) >= share),
          );
          const unbound = apportion(
            whole,
            list.map(({ id, weight: own }) => free(id, own)),
            how,
          );
          if (!unbound.ok) return;
          for (const a of unbound.shares)
            for (const b of unbound.shares) if (a.weight > b.weight) assert.ok(a.share >= b.share);
        },
      ),
      { numRuns: CASES.growth, seed: 3 },
    );
  });
  test("two-way tables: both margins hold, every cell is its exact share rounded down or up, the order does not matter", () => {
    const sizes = fc.tuple(
      fc.array(fc.bigInt(0n, 400n), { minLength: 1, maxLength: 8 }),
      fc.array(fc.bigInt(0n, 9n), { minLength: 1, maxLength: 6 }),
    );
    fc.assert(
      fc.property(sizes, ([rowTotals, columnWeights]) => {
        const whole = rowTotals.reduce((sum, one) => sum + one, 0n);
        const divided = apportion(
          whole,
          columnWeights.map((own, index) => free(`c${index}`, own)),
        );
        if (!divided.ok) return;
        const rows = rowTotals.map((one, index) => ({ id: `r${index}`, total: one }));
        const columns = divided.shares.map(({ id, share }) => ({ id, total: share }));
        const table = fillTwoWay(rows, columns);
        if (!table.ok) throw new Error(table.message.en);
        table.cells.forEach((cells, row) =>
          assert.equal(
            cells.reduce((sum, one) => sum + one, 0n),
            rows[row]?.total,
          ),
        );
        columns.forEach((column, index) =>
          assert.equal(
            table.cells.reduce((sum, cells) => sum + (cells[index] ?? 0n), 0n),
            column.total,
          ),
        );
        if (whole > 0n) {
          table.cells.forEach((cells, row) =>
            cells.forEach((cell, column) => {
              const exact = (rows[row]?.total ?? 0n) * (columns[column]?.total ?? 0n);
              assert.ok(
                cell === exact / whole || (cell === exact / whole + 1n && exact % whole > 0n),
              );
            }),
          );
        }
        const turned = fillTwoWay([...rows].reverse(), [...columns].reverse());
        assert.deepEqual(
          turned.ok && [...turned.cells].reverse().map((cells) => [...cells].reverse()),
          table.cells,
        );
      }),
      { numRuns: CASES.twoWay, seed: 4 },
    );
  });
  test("margins that cannot both hold are refused with a word that says by how much", () => {
    const result = fillTwoWay(
      [{ id: "a", total: 10n }],
      [
        { id: "x", total: 4n },
        { id: "y", total: 3n },
      ],
    );
    expect(result.ok ? "" : result.message.vi).toBe(
      "các hàng cộng lại là 10, các cột cộng lại là 7: hàng thừa 3",
    );
  });
});
