import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { spawn, spawnSync } from "node:child_process";
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { inspectMade } from "../src/seals/made-file.js";

/**
 * Runs that are killed, interrupted or refused at any moment: no earlier file is lost, none is
 * half-written, and nothing is left after the next run. KEHOACH_KILLS says how many moments are
 * tried at random.
 */
const COMMAND = resolve("dist/cli/main.cjs");
const DIE_AT = resolve("test/output/die-at.cjs");
const RANDOM_KILLS = Number(process.env["KEHOACH_KILLS"] ?? 24);

let home = "";

/** An act of the user over a folder, and the files it makes. */
interface Act {
  readonly name: string;
  readonly args: readonly string[];
  /** Where made files lie. */
  readonly folder: string;
}

const ACTS: readonly Act[] = [
  { name: "build", args: ["build", "a.yaml", "--to", "docx,pdf,xlsx", "-o", "ra"], folder: "ra" },
  {
    name: "extracts",
    args: ["extracts", "a.yaml", "--to", "pdf", "-o", "ra"],
    folder: "ra/a-trich",
  },
  { name: "import", args: ["import", "cu.docx", "--force", "-o", "ra/cu.yaml"], folder: "ra" },
];

beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), "kehoach-killed-"));
  // The folder before, as an earlier plan left it; and what the run makes when nobody stops it.
  for (const act of ACTS) {
    const before = join(home, act.name, "before");
    mkdirSync(before, { recursive: true });
    writeFileSync(join(before, "a.yaml"), plan("Một tên gọi"));
    writeFileSync(join(before, "ghi-chu.txt"), "của người khác");
    expect(run(before, ["build", "a.yaml", "--to", "docx"]).status).toBe(0);
    copyFileSync(join(before, "a.docx"), join(before, "cu.docx"));
    expect(run(before, act.args).status).toBe(0);
    writeFileSync(join(before, "ra", "ghi-chu.txt"), "của người khác");
    writeFileSync(join(before, "a.yaml"), plan("Một tên gọi khác"));
    if (act.name === "import") writeFileSync(join(before, "ra", "cu.yaml"), "kehoach: 1\n# cũ\n");
    const after = join(home, act.name, "after");
    cpSync(before, after, { recursive: true });
    expect(run(after, act.args).status).toBe(0);
    expect(listing(after, act)).not.toEqual(listing(before, act));
  }
});
afterAll(() => {
  rmSync(home, { recursive: true, force: true });
});

function plan(subject: string): string {
  return readFileSync("test/tour/08-allocation.yaml", "utf8").replace(
    /subject: .*/u,
    `subject: ${subject}`,
  );
}

function run(folder: string, args: readonly string[], env: NodeJS.ProcessEnv = {}) {
  const command = ["--require", DIE_AT, COMMAND, ...args];
  const options = { cwd: folder, encoding: "utf8", env: { ...process.env, ...env } } as const;
  return spawnSync(process.execPath, command, options);
}

/** Names and contents of a folder's files, but those on their way. */
function listing(folder: string, act: Act): ReadonlyMap<string, string> {
  const files = readdirSync(join(folder, act.folder), { withFileTypes: true });
  return new Map(
    files
      .filter((file) => file.isFile())
      .map(({ name }) => [name, readFileSync(join(folder, act.folder, name), "latin1")]),
  );
}

/** Everything in a folder, at any depth, that was on its way. */
function leftBehind(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) =>
    /kehoach-|\.tmp/u.test(name),
  );
}

function copyOf(act: Act): string {
  const folder = mkdtempSync(join(home, act.name, "try-"));
  cpSync(join(home, act.name, "before"), folder, { recursive: true });
  return folder;
}

/** Every file is the earlier one or the new one, whole; no earlier file is missing. */
function expectNothingLost(folder: string, act: Act): void {
  const [before, after] = ["before", "after"].map((state) =>
    listing(join(home, act.name, state), act),
  );
  const now = listing(folder, act);
  for (const [name, content] of now)
    expect([name, [before?.get(name), after?.get(name)].includes(content)]).toEqual([name, true]);
  for (const name of before?.keys() ?? [])
    if (after?.has(name)) expect([name, now.has(name)]).toEqual([name, true]);
}

/** The next run finds nothing in its way and leaves nothing behind. */
function expectNextRun(folder: string, act: Act): void {
  const { status, stderr } = run(folder, act.args);
  expect([status, stderr.replace(/.*cảnh báo.*/gu, "")]).toEqual([0, expect.any(String)]);
  expect(listing(folder, act)).toEqual(listing(join(home, act.name, "after"), act));
  expect(leftBehind(folder)).toEqual([]);
}

describe.each(ACTS)("$name", (act) => {
  /** How many changes to the disk a whole run makes. */
  function changes(): number {
    const folder = copyOf(act);
    const count = join(folder, "count");
    run(folder, act.args, { KEHOACH_DIE_AT: "counted:0", KEHOACH_COUNT: count });
    return Number(readFileSync(count, "utf8"));
  }

  test("killed before any one of its changes to the disk", () => {
    const all = changes();
    expect(all).toBeGreaterThan(5);
    for (let number = 1; number <= all; number++) {
      const folder = copyOf(act);
      const { signal } = run(folder, act.args, { KEHOACH_DIE_AT: `killed:${number}` });
      expect(signal).toBe("SIGKILL");
      expectNothingLost(folder, act);
      expectNextRun(folder, act);
    }
  });

  test("refused any one of its changes: all files are new, or all as before", () => {
    const all = changes();
    for (let number = 1; number <= all; number++) {
      const folder = copyOf(act);
      const { status, stderr } = run(folder, act.args, { KEHOACH_DIE_AT: `refused:${number}` });
      const state = status === 0 ? "after" : "before";
      expect(status).toBeLessThanOrEqual(1);
      expect(stderr.includes("EBUSY")).toBe(status === 1);
      expect([number, listing(folder, act)]).toEqual([
        number,
        listing(join(home, act.name, state), act),
      ]);
      if (leftBehind(folder).length > 0) expectNextRun(folder, act);
    }
  });
});

test(
  `stopped at ${RANDOM_KILLS} random moments by KILL, INT, TERM or HUP`,
  async () => {
    const signals = ["SIGKILL", "SIGINT", "SIGTERM", "SIGHUP"] as const;
    for (let round = 0; round < RANDOM_KILLS; round++) {
      const act = ACTS[round % ACTS.length];
      const signal = signals[round % signals.length];
      if (act === undefined || signal === undefined) throw new Error("no act");
      const folder = copyOf(act);
      const child = spawn(process.execPath, [COMMAND, ...act.args], {
        cwd: folder,
        stdio: "ignore",
      });
      const ended = new Promise<NodeJS.Signals | null>((done) => {
        child.on("exit", (_code, by) => done(by));
      });
      await wait(20 + Math.random() * 300);
      child.kill(signal);
      const by = await ended;
      if (by !== null) expect(by).toBe(signal);
      expectNothingLost(folder, act);
      if (signal !== "SIGKILL") expect(leftBehind(folder)).toEqual([]);
      expectNextRun(folder, act);
      rmSync(folder, { recursive: true });
    }
  },
  120_000 + 2000 * RANDOM_KILLS,
);

test("what a run of extracts is making goes when it is interrupted, and nothing else", async () => {
  const act = ACTS[1];
  if (act === undefined) throw new Error("no act");
  const folder = copyOf(act);
  rmSync(join(folder, "ra"), { recursive: true });
  const child = spawn(process.execPath, [COMMAND, ...act.args], { cwd: folder, stdio: "ignore" });
  const ended = new Promise<void>((done) => {
    child.on("exit", () => done());
  });
  while (!existsSync(join(folder, "ra")) && child.exitCode === null) await wait(1);
  // Another run writes into the new folder at the same time.
  writeFileSync(join(folder, "ra", "khac.txt"), "của người khác");
  child.kill("SIGINT");
  await ended;
  expect(readFileSync(join(folder, "ra", "khac.txt"), "utf8")).toBe("của người khác");
  expect(leftBehind(folder)).toEqual([]);
});

test("the files that are made are whole", () => {
  const made = listing(join(home, "build", "after"), ACTS[0] as Act);
  const states = [...made]
    .filter(([name]) => name.startsWith("a."))
    .map(([, content]) => inspectMade(Buffer.from(content, "latin1")));
  expect(states).toEqual(["as-made", "as-made", "as-made"]);
});
