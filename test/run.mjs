// Runs the tests on the compiled code and closes with one plain line.
//
//   node test/run.mjs [FILE…]       all tests, or those of files whose names match
//   node test/run.mjs golden [NAME] rewrites the golden files, or those of one plan, instead
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const [first, ...others] = process.argv.slice(2);
const writing = first === "golden";

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
    ...(writing ? goldenTests(others) : process.argv.slice(2)),
  ],
  {
    stdio: ["ignore", "ignore", "inherit"],
    env: { ...process.env, ...(writing ? { KEHOACH_GOLDEN: "write" } : {}) },
  },
);
const { passed, failed } = readCounts();
rmSync(folder, { recursive: true, force: true });
process.stdout.write(`${passed} passed, ${failed} failed\n`);
if (writing && passed === 0) process.stderr.write(`no plan has this name: ${others.join(" ")}\n`);
process.exitCode = failed > 0 || (writing && passed === 0) || result.status !== 0 ? 1 : 0;

/** The tests that write golden files: of all plans, or of those whose names begin so. */
function goldenTests(names) {
  const files = ["/golden\\.test", "/tour\\.test", "/names\\.test"];
  return names.length === 0 ? files : [...files, "--testNamePattern", `^(?:${names.join("|")})`];
}

function readCounts() {
  try {
    const counts = JSON.parse(readFileSync(report, "utf8"));
    return {
      passed: counts.numPassedTests,
      failed: counts.numFailedTests + counts.numRuntimeErrorTestSuites,
    };
  } catch {
    process.stderr.write("the test runner wrote no report\n");
    return { passed: 0, failed: 1 };
  }
}
