import type { Diagnostic, Outcome } from "../../src/base/diagnostic.js";
import type { Case } from "./kinds.js";

/** A case may take so long, in milliseconds: none is larger than some hundred kilobytes. */
const LONGEST = 10_000;

/** Words of programs that no finding may have in it. */
const PROGRAM_WORDS = /\[object |\bundefined\b|\bNaN\b|native code|TypeError|RangeError|    at /u;

/**
 * What is wrong with how a case was taken; null when it gave a result or findings as they should
 * be: with a code, in both languages, at a place inside the file.
 */
export async function runCase({ run, bytes, file }: Case): Promise<string | null> {
  const start = performance.now();
  let outcome: Outcome<unknown>;
  try {
    outcome = await run();
  } catch (error) {
    return `thrown: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
  }
  const took = performance.now() - start;
  if (took > LONGEST) return `took ${Math.round(took)} ms`;
  if (!outcome.ok && outcome.problems.length === 0) return "refused without a finding";
  const lines = new TextDecoder().decode(bytes).split(/\r\n?|\n/u).length;
  for (const problem of outcome.problems) {
    const fault = faultOf(problem, file, lines);
    if (fault !== null) return `${fault}: ${JSON.stringify(problem).slice(0, 600)}`;
  }
  return null;
}

function faultOf({ at, message, hint }: Diagnostic, file: string, lines: number): string | null {
  for (const text of [message.vi, message.en, hint?.vi ?? "-", hint?.en ?? "-"]) {
    if (text.trim() === "") return "empty words";
    // What was found is shown between quotes, whatever it is.
    if (PROGRAM_WORDS.test(text.replace(/“[^”]*”/gu, "“”"))) return "words of the program";
    if (text.length > 3000) return "words without end";
  }
  if (at.in !== "file") return "a finding without a file";
  const outside = at.file === file && /\.(?:yaml|txt|csv|hbs)$/u.test(file) && at.line > lines + 1;
  return at.line < 1 || at.column < 1 || outside ? "a place outside the file" : null;
}
