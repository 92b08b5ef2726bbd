import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { type Journal, parseJournal, undoJournal, finishJournal } from "./journal.js";

/** Folders that hold files on their way: ".kehoach-4711-3f2a9c-….tmp". */
const NAME = /^\.kehoach-(\d+)-([0-9a-f]{8})-[0-9a-f]{12}\.tmp$/u;

/** Files of a staging folder that say how far its run had come. */
export const COMMITTED = "committed.json";
export const UNDOING = "undoing.json";

/** Make a folder for files on their way, inside the folder they go to or one above it. */
export function makeStaging(inside: string): string {
  const name = `.kehoach-${process.pid}-${host()}-${randomBytes(6).toString("hex")}.tmp`;
  const folder = join(inside, name);
  mkdirSync(folder);
  return folder;
}

/**
 * Clear what killed runs left in a folder: a run that was killed while it put its files in place is
 * finished, any other is forgotten. Runs that still work, and those of other computers, are left
 * alone. What cannot be cleared stays for the next run.
 */
export function sweep(folder: string, own: ReadonlySet<string>): void {
  for (const name of namesIn(folder)) {
    const [, pid, on] = NAME.exec(name) ?? [];
    const left = join(folder, name);
    if (pid === undefined || on !== host() || own.has(left) || isAlive(Number(pid))) continue;
    try {
      settle(left);
      rmSync(left, { recursive: true, force: true });
    } catch {
      // Another program holds a file there.
    }
  }
}

function settle(left: string): void {
  const undoing = journalIn(left, UNDOING);
  if (undoing !== null) return undoJournal(left, undoing);
  const committed = journalIn(left, COMMITTED);
  if (committed !== null) finishJournal(left, committed);
}

function journalIn(folder: string, name: string): Journal | null {
  const file = join(folder, name);
  return existsSync(file) ? parseJournal(readFileSync(file, "utf8")) : null;
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** A computer's name, shortened: folders may be shared between computers. */
function host(): string {
  let sum = 0x811c9dc5;
  for (const letter of hostname()) sum = Math.imul(sum ^ letter.charCodeAt(0), 0x01000193);
  return (sum >>> 0).toString(16).padStart(8, "0");
}

/** Whether a process runs. Our own number on a folder that is not ours is that of a dead one. */
function isAlive(pid: number): boolean {
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
