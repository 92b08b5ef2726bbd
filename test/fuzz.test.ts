import { describe, expect, test } from "@jest/globals";
import { KINDS } from "./fuzz/kinds.js";
import { runCase } from "./fuzz/run-case.js";
import { seededRandom } from "./parity/random-plan.js";

/**
 * Broken inputs of every kind give a result or findings, and never an error of the program.
 * `npm run fuzz` tries more of them; KEHOACH_FUZZ says how many are tried here.
 */
const CASES = Number(process.env["KEHOACH_FUZZ"] ?? 400);

describe.each(KINDS)("$name", ({ make }) => {
  test(
    `${CASES} broken ones`,
    async () => {
      const faults: string[] = [];
      for (let number = 0; number < CASES; number++) {
        const fault = await runCase(make(seededRandom(number)));
        if (fault !== null) faults.push(`${number}: ${fault}`);
      }
      expect(faults).toEqual([]);
    },
    60_000 + 50 * CASES,
  );
});
