import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { interleave, median } from "./measure.mjs";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

/** The command as it is installed. */
const COMMAND = here(
  `../../${JSON.parse(readFileSync(here("../../package.json"), "utf8")).bin.kehoach}`,
);

/**
 * The commands that are compared: our build to DOCX and PDF, and Typst's to PDF, each a Node
 * process of its own.
 */
export function coldCommands(fixture, typst, folder) {
  return {
    ours: [COMMAND, "build", fixture, "-o", folder, "--to", "docx,pdf"],
    typst: [here("cold-typst.mjs"), typst, join(folder, "typst.pdf")],
  };
}

/**
 * Wall time of each command from start to exit, in milliseconds: the median of interleaved runs.
 */
export function coldTimes(commands, folder, counts) {
  return interleave(
    Object.fromEntries(
      Object.entries(commands).map(([name, args]) => [name, () => () => run(args, folder)]),
    ),
    counts,
  );
}

/** Peak resident memory of each command, in MiB: the median of so many runs. */
export function peakMemory(commands, folder, runs) {
  const report = join(folder, "memory");
  const once = (args) => {
    run(["--import", here("peak-memory.mjs"), ...args], folder, { BENCH_MEMORY: report });
    return Number(readFileSync(report, "utf8")) / 1024;
  };
  return Object.fromEntries(
    Object.entries(commands).map(([name, args]) => [
      name,
      median(Array.from({ length: runs }, () => once(args))),
    ]),
  );
}

function run(args, folder, environment = {}) {
  const { status, stderr } = spawnSync(process.execPath, args, {
    cwd: folder,
    encoding: "utf8",
    env: { ...process.env, ...environment },
  });
  if (status !== 0) throw new Error(`node ${args.join(" ")} ended with ${status}:\n${stderr}`);
}

/** An empty folder for what the commands write. */
export function emptyFolder(folder) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  return folder;
}
