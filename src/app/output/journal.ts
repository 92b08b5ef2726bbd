import {
  copyFileSync,
  linkSync,
  lstatSync,
  mkdirSync,
  renameSync,
  rmSync,
  rmdirSync,
} from "node:fs";
import { join } from "node:path";
import { z } from "zod";

/** A file as it stood before a run: enough to see whether somebody changed it since. */
const WAS = z.object({ size: z.number(), changed: z.number() });

const JOURNAL = z.object({
  /** Folders to be made, outermost first. */
  folders: z.array(z.string()),
  /** Files to be put in place, in order. A file's number is its name in the staging folder. */
  files: z.array(
    z.object({
      to: z.string(),
      was: WAS.nullable(),
      /** "put": a new file takes the place. "remove": what is there goes. */
      act: z.enum(["put", "remove"]),
    }),
  ),
});

/** What a run is about to do to its folder, written down before it begins. */
export type Journal = z.infer<typeof JOURNAL>;
type Step = Journal["files"][number];

/** A journal's text as data; null when it is none of ours or was cut short. */
export function parseJournal(text: string): Journal | null {
  try {
    return JOURNAL.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

export function newName(number: number): string {
  return `new-${number}`;
}

function oldName(number: number): string {
  return `old-${number}`;
}

/** A file as it stands; null when there is none. */
export function standing(file: string): Step["was"] {
  const found = lstatSync(file, { throwIfNoEntry: false });
  return found ? { size: found.size, changed: found.mtimeMs } : null;
}

/**
 * Put every file of a journal in its place. What was there is kept in the staging folder; no place
 * is ever without a file.
 * Errors: throws what the file system says; `undoJournal` then gives everything back.
 */
export function followJournal(staging: string, { folders, files }: Journal): void {
  for (const folder of folders) mkdirSync(folder, { recursive: true });
  files.forEach((step, number) => takeStep(staging, step, number));
}

function takeStep(staging: string, { to, act }: Step, number: number): void {
  const old = join(staging, oldName(number));
  if (act === "remove") {
    if (standing(to) !== null) renameSync(to, old);
    return;
  }
  if (standing(to) !== null) keep(to, old);
  renameSync(join(staging, newName(number)), to);
}

/** A second name for a file; a copy where the file system has no second names. */
function keep(file: string, as: string): void {
  rmSync(as, { force: true });
  try {
    linkSync(file, as);
  } catch {
    copyFileSync(file, as);
  }
}

/** Give back every file that a journal's run had replaced or removed. May be run again. */
export function undoJournal(staging: string, { folders, files }: Journal): void {
  files.forEach(({ to, was, act }, number) => {
    const old = join(staging, oldName(number));
    if (standing(old) !== null) renameSync(old, to);
    else if (act === "put" && was === null && standing(join(staging, newName(number))) === null)
      rmSync(to, { force: true });
  });
  removeEmpty([...folders].reverse());
}

/** Remove folders, innermost first, up to one that holds something. */
export function removeEmpty(folders: readonly string[]): void {
  try {
    for (const folder of folders) rmdirSync(folder);
  } catch {
    // It is not empty, or was never made.
  }
}

/**
 * Do the rest of what a killed run had begun. A file that somebody changed after the run was killed
 * stays as it is.
 */
export function finishJournal(staging: string, { folders, files }: Journal): void {
  for (const folder of folders) mkdirSync(folder, { recursive: true });
  files.forEach((step, number) => {
    const now = standing(step.to);
    const same = now?.size === step.was?.size && now?.changed === step.was?.changed;
    const waits = step.act === "remove" || standing(join(staging, newName(number))) !== null;
    if (same && waits) takeStep(staging, step, number);
  });
}
