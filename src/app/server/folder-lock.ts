import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from "node:fs";
import { join } from "node:path";

/** Who has a data folder: the process, and the address that it answers at. */
export interface Holder {
  readonly process: number;
  readonly address: string;
}

const LOCK = "in-use.json";

/**
 * Take a data folder for this process; another run that has it is given back. What a killed run
 * left does not count: its process is gone.
 * Errors: throws when the folder cannot be written.
 */
export function takeFolder(folder: string, holder: Holder): Holder | null {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, LOCK);
  for (let tries = 0; tries < 3; tries++) {
    try {
      const lock = openSync(file, "wx");
      writeSync(lock, JSON.stringify(holder));
      closeSync(lock);
      return null;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
      const other = readHolder(file);
      if (other !== null && other.process !== process.pid && isAlive(other.process)) return other;
      rmSync(file, { force: true });
    }
  }
  return readHolder(file);
}

/** Give a data folder back. */
export function leaveFolder(folder: string): void {
  const file = join(folder, LOCK);
  if (readHolder(file)?.process === process.pid) rmSync(file, { force: true });
}

function readHolder(file: string): Holder | null {
  try {
    const read = JSON.parse(readFileSync(file, "utf8")) as Partial<Holder>;
    return typeof read.process === "number" && typeof read.address === "string"
      ? { process: read.process, address: read.address }
      : null;
  } catch {
    return null;
  }
}

function isAlive(id: number): boolean {
  try {
    process.kill(id, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
