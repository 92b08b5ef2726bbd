import { describe, expect, test } from "@jest/globals";
import { readFileSync } from "node:fs";
import { printReport } from "../src/app/cli/report.js";
import { checkPlan, importPlan, parseKnowledge } from "../src/index.js";
import { LONG_INPUTS, type LongInput } from "./growth/long-inputs.js";
import { productWorld } from "./support/product.js";

/**
 * Time grows with the input: four times as much takes no more than seven times as long (a little
 * over n·log n, and room for a busy machine). Of several rounds the shortest counts.
 */
const MOST = 7;
/** What takes less cannot be told from chance. Milliseconds. */
const FLOOR = 60;
const ROUNDS = 4;

const world = productWorld();
const known = parseKnowledge(readFileSync("templates/knowledge.yaml", "utf8"), "knowledge.yaml");
if (!known.ok) throw new Error("no knowledge");
const request = { knowledge: known.value, carried: "taken" } as const;

async function take({ road, make, file = "a.txt" }: LongInput, size: number): Promise<number> {
  const input = make(size);
  const start = performance.now();
  if (road === "import") {
    const bytes = typeof input === "string" ? new TextEncoder().encode(input) : input;
    await importPlan(bytes, file, request, world);
  } else {
    const text = String(input);
    const { problems } = await checkPlan({ file: "a.yaml", text, profile: null }, world);
    if (road === "report") printReport(problems, "text", "vi", () => text);
  }
  return performance.now() - start;
}

describe("time grows with the input", () => {
  test.each(LONG_INPUTS.map((input) => [`${input.road}: ${input.name}`, input] as const))(
    "%s",
    async (_name, input) => {
      let [one, two, four] = [Infinity, Infinity, Infinity];
      for (let round = 0; round < ROUNDS; round++) {
        one = Math.min(one, await take(input, input.size));
        two = Math.min(two, await take(input, 2 * input.size));
        four = Math.min(four, await take(input, 4 * input.size));
        if (four <= Math.max(FLOOR, MOST * one)) break;
      }
      if (process.env["KEHOACH_GROWTH"])
        process.stderr.write(
          `${input.name}: ${[one, two, four].map((ms) => ms.toFixed(0)).join(" ")}\n`,
        );
      expect(four).toBeLessThanOrEqual(Math.max(FLOOR, MOST * one));
    },
  );
});
