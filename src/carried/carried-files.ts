import { both, fail, fileError, succeed } from "../base/diagnostic.js";
import type { ReadSibling } from "../base/sibling.js";
import type { DataFile } from "./source-record.js";

/** Reads the files that a made file carries, in place of those beside the plan. */
export function carriedSiblings(data: readonly DataFile[]): ReadSibling {
  return (name) => {
    const file = data.find((one) => one.name === name);
    return file
      ? succeed(file.bytes)
      : fail([
          fileError(
            "file-unreadable",
            { file: name },
            both(
              "tệp đã dựng không mang theo bảng tính này",
              "the made file does not carry this spreadsheet",
            ),
          ),
        ]);
  };
}

/**
 * A name under which a carried file may be written beside the plan: one that leads out of the
 * plan's folder is cut to its last part.
 */
export function nameInside(name: string): string {
  const steps = name.split(/[\\/]/u).filter((step) => step !== "" && step !== ".");
  const absolute = /^(?:[\\/]|[A-Za-z]:)/u.test(name);
  return absolute || leavesFolder(steps) ? (steps.at(-1) ?? "") : name;
}

/** Whether a relative path leads out of the folder it starts in. */
function leavesFolder(steps: readonly string[]): boolean {
  let depth = 0;
  for (const step of steps) {
    depth += step === ".." ? -1 : 1;
    if (depth < 0) return true;
  }
  return false;
}
