import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { seededRandom } from "../parity/random-plan.js";
import { KINDS } from "./kinds.js";
import { runCase } from "./run-case.js";

/**
 * Broken inputs of every kind, for so many minutes or so many cases a kind:
 *
 *   npm run fuzz -- --minutes 30
 *   npm run fuzz -- --cases 20000 --kind docx --seed 7
 *
 * What fails is told with its number, and written to out/fuzz/.
 */
async function main(args: readonly string[]): Promise<number> {
  const option = (name: string): string | undefined =>
    args.includes(name) ? args[args.indexOf(name) + 1] : undefined;
  const kinds = KINDS.filter(({ name }) => (option("--kind") ?? name) === name);
  const seed = Number(option("--seed") ?? 1);
  const cases = Number(option("--cases") ?? (option("--minutes") ? Infinity : 1000));
  const end = performance.now() + Number(option("--minutes") ?? Infinity) * 60_000;
  const folder = join("out", "fuzz");
  let failures = 0;
  const counts = new Map(kinds.map(({ name }) => [name, 0]));
  const start = performance.now();
  for (let number = 0; number < cases && performance.now() < end; number++) {
    for (const [index, { name, make }] of kinds.entries()) {
      const id = seed * 1_000_003 + number * 31 + index;
      const one = make(seededRandom(id));
      const fault = await runCase(one);
      counts.set(name, (counts.get(name) ?? 0) + 1);
      if (fault === null) continue;
      failures++;
      mkdirSync(folder, { recursive: true });
      const file = join(folder, `${name}-${id}-${one.file}`);
      writeFileSync(file, one.bytes);
      process.stdout.write(`${file}: ${fault}\n`);
    }
  }
  const seconds = Math.round((performance.now() - start) / 1000);
  const told = [...counts].map(([name, count]) => `${name} ${count}`).join(", ");
  process.stdout.write(`${told}; ${failures} failures, ${seconds} s\n`);
  return failures > 0 ? 1 : 0;
}

process.exitCode = await main(process.argv.slice(2));
