// Runs the tests on the compiled code and closes with one plain line. `node test/run.mjs golden`
// rewrites the golden files instead.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const golden = process.argv[2] === "golden";
const chosen = process.argv.slice(golden ? 3 : 2);
const folder = mkdtempSync(join(tmpdir(), "kehoach-jest-"));
const report = join(folder, "report.json");
const result = spawnSync(
  process.execPath,
  [
    "--experimental-vm-modules",
    "--no-warnings",
    "node_modules/jest/bin/jest.js",
    "--json",
    `--outputFile=${report}`,
    ...(golden ? ["golden"] : chosen),
  ],
  {
    stdio: ["ignore", "ignore", "inherit"],
    env: { ...process.env, ...(golden ? { KEHOACH_GOLDEN: "write" } : {}) },
  },
);
let failed = 1;
let passed = 0;
try {
  const counts = JSON.parse(readFileSync(report, "utf8"));
  passed = counts.numPassedTests;
  failed = counts.numFailedTests + counts.numRuntimeErrorTestSuites;
} catch {
  process.stderr.write("the test runner wrote no report\n");
}
rmSync(folder, { recursive: true, force: true });
process.stdout.write(`${passed} passed, ${failed} failed\n`);
process.exitCode = failed > 0 || result.status !== 0 ? 1 : 0;
