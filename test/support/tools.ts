import { execFile, execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/**
 * Outside programs that judge our files. Each is used when it is there; with CI=true a missing one
 * is a failure.
 */
export const PROGRAMS = {
  soffice: "LibreOffice (libreoffice-writer-nogui)",
  calc: "LibreOffice Calc (libreoffice-calc-nogui)",
  pdftotext: "poppler (poppler-utils)",
  pdffonts: "poppler (poppler-utils)",
  qpdf: "qpdf",
  java: "Java (default-jre-headless)",
  chromium: "Chromium (chromium)",
} as const;
export type Program = keyof typeof PROGRAMS;

export function hasProgram(name: Program): boolean {
  try {
    // Calc comes as a part of LibreOffice that may be left out.
    if (name === "calc")
      return existsSync(
        join(
          dirname(
            realpathSync(
              execFileSync("which", ["soffice"], {
                encoding: "utf8",
                stdio: ["ignore", "pipe", "ignore"],
              }).trim(),
            ),
          ),
          "libsclo.so",
        ),
      );
    execFileSync("which", [name], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

/** Programs of a list that this machine lacks. */
export function missingPrograms(names: readonly Program[]): Program[] {
  return names.filter((name) => !hasProgram(name));
}

export async function output(program: string, args: readonly string[]): Promise<string> {
  const { stdout } = await run(program, args, { maxBuffer: 1 << 28 });
  return stdout;
}

/** A folder that is removed when the work is done. */
export async function inTemporaryFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), "kehoach-"));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Files that LibreOffice converts in one call: with some hundreds it ends before the last. */
const AT_ONCE = 60;

/** Convert files to PDF with LibreOffice, many in one call, in a profile of their own. */
export async function convertWithLibreOffice(
  files: readonly string[],
  outFolder: string,
): Promise<void> {
  await inTemporaryFolder(async (profile) => {
    const home = `-env:UserInstallation=file://${profile}`;
    for (let at = 0; at < files.length; at += AT_ONCE)
      await run(
        "soffice",
        [
          ...[home, "--headless", "--convert-to", "pdf", "--outdir", outFolder],
          ...files.slice(at, at + AT_ONCE),
        ],
        { maxBuffer: 1 << 28 },
      );
  });
}
