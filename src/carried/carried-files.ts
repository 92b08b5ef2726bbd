import { both, fail, fileError, succeed } from "../base/diagnostic.js";
import type { ReadSibling } from "../base/sibling.js";
import type { DataFile } from "./source-record.js";

/** Reads the files that a made file carries, in place of those beside the plan. */
export function carriedSiblings(data: readonly DataFile[]): ReadSibling {
  return (name) => {
    // A file is carried under its bare name; older files carry it as the plan names it.
    const file =
      data.find((one) => one.name === name) ??
      data.find((one) => baseName(one.name) === baseName(name));
    return file
      ? succeed(file.bytes)
      : fail([
          fileError(
            "file-unreadable",
            { file: name },
            both("tệp đã dựng không mang theo tệp này", "the made file does not carry this file"),
          ),
        ]);
  };
}

/** A file's name without its folders, whichever system they are of. */
export function baseName(name: string): string {
  return name.replace(/^.*[\\/]/su, "").replace(/^[A-Za-z]:/u, "");
}

/** Kinds of files that a plan takes something from. */
const KINDS = /\.(?:xlsx|xls|ods|csv|tsv|txt|ya?ml|json|png|jpe?g)$/iu;
/** Names that are devices on Windows, and signs that no name has there. */
const DEVICES = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/iu;
const FORBIDDEN = /[\u0000-\u001f<>:"|?*]/u;

/** Carried files that may be written beside a plan, and the names of those that may not. */
export interface SortedFiles {
  readonly files: readonly DataFile[];
  readonly leftOut: readonly string[];
}

/**
 * Which carried files may be written beside a plan: only those that the plan itself names, of the
 * kinds a plan takes something from, under their bare names. No hidden name, none of a device, none
 * of those in `taken`, none twice, capitals or not.
 */
export function sortCarried(
  data: readonly DataFile[],
  cited: ReadonlySet<string>,
  taken: readonly string[],
): SortedFiles {
  const citedNames = new Set([...cited].map(baseName));
  const given = new Set(taken.map((name) => name.toLowerCase()));
  const files: DataFile[] = [];
  const leftOut: string[] = [];
  for (const { name, bytes } of data) {
    const bare = baseName(name);
    const sound = KINDS.test(bare) && !/^\.|[. ]$/u.test(bare) && !FORBIDDEN.test(bare);
    if (!sound || DEVICES.test(bare) || !citedNames.has(bare) || given.has(bare.toLowerCase()))
      leftOut.push(name);
    else files.push({ name: bare, bytes });
    given.add(bare.toLowerCase());
  }
  return { files, leftOut };
}
