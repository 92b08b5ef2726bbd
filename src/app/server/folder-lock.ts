import {
  closeSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import { SERVER } from "./guard-requests.js";

/** Who has a data folder: the process, and the address that it answers at; null while it starts. */
export interface Holder {
  readonly process: number;
  readonly address: string | null;
}

const LOCK = "in-use.json";
/** A start takes no longer, in milliseconds. */
const START = 60_000;
/** A studio on this computer answers sooner, in milliseconds. */
const ANSWER = 1_500;

/**
 * Take a data folder for this process; another run that has it is given back. What a killed run or
 * a power cut left does not count: nobody answers at its address, whichever program has the number
 * of its process now.
 * Errors: throws when the folder cannot be written.
 */
export async function takeFolder(folder: string): Promise<Holder | null> {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, LOCK);
  for (let tries = 0; tries < 3; tries++) {
    try {
      const lock = openSync(file, "wx");
      writeSync(lock, JSON.stringify({ process: process.pid, address: null } satisfies Holder));
      closeSync(lock);
      return null;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
      const other = readHolder(file);
      if (other !== null && (await isThere(other, file))) return other;
      rmSync(file, { force: true });
    }
  }
  return readHolder(file);
}

/** Write down where this process answers. */
export function tellAddress(folder: string, address: string): void {
  const file = join(folder, LOCK);
  writeFileSync(`${file}.new`, JSON.stringify({ process: process.pid, address } satisfies Holder));
  renameSync(`${file}.new`, file);
}

/** Give a data folder back. */
export function leaveFolder(folder: string): void {
  const file = join(folder, LOCK);
  if (readHolder(file)?.process === process.pid) rmSync(file, { force: true });
}

function readHolder(file: string): Holder | null {
  try {
    const read = JSON.parse(readFileSync(file, "utf8")) as Partial<Holder>;
    const { process: id, address = null } = read;
    return typeof id === "number" && (address === null || typeof address === "string")
      ? { process: id, address }
      : null;
  } catch {
    return null;
  }
}

async function isThere({ process: id, address }: Holder, file: string): Promise<boolean> {
  if (id === process.pid || !isAlive(id)) return false;
  if (address === null) return Date.now() - statSync(file).mtimeMs < START;
  try {
    const answer = await fetch(address, { signal: AbortSignal.timeout(ANSWER) });
    return answer.headers.get("server") === SERVER;
  } catch {
    return false;
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
