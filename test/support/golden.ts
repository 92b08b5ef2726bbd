import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { expect } from "@jest/globals";

/**
 * Files that hold what the product is expected to make. `npm run golden` writes them and says which
 * changed; `npm test` only compares, and a missing file fails.
 */
export const WRITING = process.env["KEHOACH_GOLDEN"] === "write";

/** A text is what its golden file says; when goldens are written, the file says this text. */
export function expectGolden(file: string, text: string): void {
  if (!WRITING) {
    expect({ file, exists: existsSync(file) }).toEqual({ file, exists: true });
    expect(text).toBe(readFileSync(file, "utf8"));
    return;
  }
  const old = existsSync(file) ? readFileSync(file, "utf8") : null;
  if (old !== text) writeGolden(file, text, old === null ? "new" : "changed");
}

export function writeGolden(file: string, content: string | Uint8Array, what: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
  process.stderr.write(`${what}: ${file}\n`);
}

/** None of these files and folders is there; when goldens are written, they are deleted. */
export function expectNoStale(paths: readonly string[]): void {
  if (!WRITING) {
    expect(paths).toEqual([]);
    return;
  }
  for (const path of paths) {
    rmSync(path, { recursive: true });
    process.stderr.write(`deleted: ${path}\n`);
  }
}
