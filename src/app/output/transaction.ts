import {
  chmodSync,
  existsSync,
  mkdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { onInterrupt } from "./interrupts.js";
import {
  type Journal,
  followJournal,
  newName,
  removeEmpty,
  standing,
  undoJournal,
} from "./journal.js";
import { COMMITTED, UNDOING, makeStaging, sweep } from "./staging.js";

/** Staging folders of this process. */
const own = new Set<string>();

/** Files that wait in one folder. */
interface Part {
  readonly staging: string;
  readonly files: Journal["files"][number][];
}

/**
 * Files that are all put in place, or none. They wait in a folder beside their places; until
 * `commit` nothing else is touched, and afterwards nothing of the waiting is left. An interrupt
 * (INT, TERM, HUP) takes the waiting files with it; what a killed run leaves is settled by the next
 * run over the same folder.
 */
export class Transaction {
  readonly #home: string;
  readonly #madeFolders: readonly string[];
  readonly #parts = new Map<string, Part>();
  readonly #release: () => void;
  #state: "open" | "closed" = "open";

  /**
   * Open a transaction whose files wait inside `home`, which is made when it is not there.
   * Errors: throws what the file system says.
   */
  constructor(home: string) {
    this.#home = home;
    this.#madeFolders = missingFolders(home);
    mkdirSync(home, { recursive: true });
    this.#release = onInterrupt(() => this.abort());
    this.#part(home);
  }

  /** Let a file wait for its place. The permissions of a file that is there stay. */
  put(to: string, bytes: Uint8Array): void {
    const { staging, files } = this.#part(this.#waitingRoom(dirname(to)));
    const waiting = join(staging, newName(files.length));
    writeFileSync(waiting, bytes);
    const before = statSync(to, { throwIfNoEntry: false });
    if (before) chmodSync(waiting, before.mode & PERMISSIONS);
    files.push({ to, was: standing(to), act: "put" });
  }

  /** Have a file removed when the others are put in place. */
  remove(file: string): void {
    const was = standing(file);
    const { files } = this.#part(this.#waitingRoom(dirname(file)));
    if (was !== null) files.push({ to: file, was, act: "remove" });
  }

  /**
   * Put everything in place. Errors: throws what the file system says; then every place is as it
   * was.
   */
  commit(): void {
    this.#state = "closed";
    const begun: (readonly [string, Journal])[] = [];
    try {
      for (const { staging, files } of this.#parts.values()) {
        const journal = { folders: foldersFor(files), files };
        // A journal gets its name when it is whole.
        writeFileSync(join(staging, DRAFT), JSON.stringify(journal));
        renameSync(join(staging, DRAFT), join(staging, COMMITTED));
        begun.push([staging, journal]);
        followJournal(staging, journal);
      }
    } catch (error) {
      if (begun.reverse().every(([staging, journal]) => isUndone(staging, journal))) this.#giveUp();
      throw error;
    }
    this.#close();
  }

  /** Forget everything that waits, and the folders that were made for it and are empty. */
  abort(): void {
    if (this.#state === "open") this.#giveUp();
  }

  #giveUp(): void {
    this.#close();
    removeEmpty(this.#madeFolders);
  }

  #part(folder: string): Part {
    let part = this.#parts.get(folder);
    if (part === undefined) {
      sweep(folder, own);
      part = { staging: makeStaging(folder), files: [] };
      own.add(part.staging);
      this.#parts.set(folder, part);
    }
    return part;
  }

  /** A file cannot be moved from one file system to another. */
  #waitingRoom(folder: string): string {
    const found = statSync(folder, { throwIfNoEntry: false });
    return found && found.dev !== statSync(this.#home).dev ? folder : this.#home;
  }

  #close(): void {
    this.#state = "closed";
    for (const { staging } of this.#parts.values()) {
      own.delete(staging);
      try {
        rmSync(staging, { recursive: true, force: true });
      } catch {
        // Another program holds a file there: the next run clears it.
      }
    }
    this.#release();
  }
}

const DRAFT = "journal.tmp";
const PERMISSIONS = 0o777;

/** Whether every file could be given back; if not, the next run tries again. */
function isUndone(staging: string, journal: Journal): boolean {
  try {
    renameSync(join(staging, COMMITTED), join(staging, UNDOING));
    undoJournal(staging, journal);
    return true;
  } catch {
    return false;
  }
}

/** Folders that files go to and that are not there yet, outermost first. */
function foldersFor(files: Journal["files"]): string[] {
  const folders = new Set(files.map(({ to }) => dirname(to)));
  return [...new Set([...folders].flatMap((folder) => missingFolders(folder).reverse()))];
}

/** A folder and those above it that are not there, innermost first. */
function missingFolders(folder: string): string[] {
  const missing: string[] = [];
  for (let at = folder; !existsSync(at); at = dirname(at)) missing.push(at);
  return missing;
}
