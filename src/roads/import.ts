import { type Diagnostic, type Outcome, fail, succeed } from "../base/diagnostic.js";
import type { World } from "../base/world.js";
import { type PlanText, openPlan, renderPlan } from "./build.js";
import { type Coverage, measureCoverage } from "../reading/coverage.js";
import type { Knowledge } from "../knowledge/knowledge.js";
import { readDocument } from "../reading/read-document.js";
import type { Excluded, Notice, SourceParagraph, SourceText } from "../reading/source-text.js";
import { type TableForm, draftPlan } from "../reading/structure/draft.js";
import type { Guess } from "../reading/structure/guesses.js";
import { writeDraft } from "../reading/structure/write-draft.js";

/** An existing document as plan data, and an account of every word of it. */
export interface Imported {
  /** The plan, as YAML with comments. */
  readonly text: string;
  readonly coverage: Coverage;
  /** Guesses, each with its line in the plan's text. */
  readonly guesses: readonly (Guess & { readonly line: number })[];
  /** Lines of the document that found no place in the plan. */
  readonly unplaced: readonly SourceParagraph[];
  /** Text of the file that is none of the document: page numbers, seals. */
  readonly excluded: readonly Excluded[];
  readonly notices: readonly Notice[];
  /** What a check of the plan says: totals that do not add up. */
  readonly warnings: readonly Diagnostic[];
}

/**
 * The road back: an existing Word file, PDF or text becomes plan data. Read, understand, write as
 * YAML; then build what was written and compare it with the document word by word, so that the
 * account is measured and not believed.
 * Errors: files that cannot be read, texts that are no plan. Plan data that our own schema refuses
 * is our bug, and told as such.
 */
export async function importPlan(
  bytes: Uint8Array,
  file: string,
  knowledge: Knowledge,
  world: World,
): Promise<Outcome<Imported>> {
  const source = await readDocument(bytes, file);
  if (!source.ok) return source;
  const first = await tryDraft(source.value, file, knowledge, world, "computed");
  // A table of numbers that would be printed otherwise than it stood is written as it stands.
  const again =
    first.tables > 0 && !(first.made.ok && first.made.value.coverage.differences.length === 0)
      ? await tryDraft(source.value, file, knowledge, world, "as-printed")
      : first;
  return first.made.ok &&
    again.made.ok &&
    again.made.value.coverage.placed <= first.made.value.coverage.placed
    ? first.made
    : again.made;
}

/**
 * One way to write what was understood, built and compared; and how many of its tables are
 * computed.
 */
async function tryDraft(
  source: SourceText,
  file: string,
  knowledge: Knowledge,
  world: World,
  form: TableForm,
): Promise<{ readonly made: Outcome<Imported>; readonly tables: number }> {
  const understood = draftPlan(source, file, knowledge, form);
  if (!understood.ok) return { made: understood, tables: 0 };
  const { guesses, unplaced, notices, computedTables: tables } = understood.value;
  const text = writeDraft(understood.value, source, file);
  const opened = await openPlan({ file, text, profile: null }, world);
  if (!opened.ok) return { made: fail(opened.problems), tables };
  const built = await renderPlan(opened.value, world);
  if (!built.ok) return { made: built, tables };
  return {
    made: succeed({
      text,
      coverage: measureCoverage(source, built.value),
      guesses: placeGuesses(guesses, text),
      unplaced,
      excluded: source.excluded,
      notices: [...source.notices, ...notices],
      warnings: opened.problems,
    }),
    tables,
  };
}

/**
 * How the text of a file of ours differs from the plan it carries: somebody may have changed it in
 * Word since it was built. Null when nothing differs, or the text cannot be read or the plan not
 * built here.
 */
export async function compareCarried(
  bytes: Uint8Array,
  file: string,
  plan: PlanText,
  world: World,
): Promise<Coverage | null> {
  const source = await readDocument(bytes, file);
  const opened = source.ok ? await openPlan(plan, world) : source;
  if (!source.ok || !opened.ok) return null;
  const built = await renderPlan(opened.value, world);
  if (!built.ok) return null;
  const coverage = measureCoverage(source.value, built.value);
  return coverage.differences.length === 0 ? null : coverage;
}

/** The lines of the plan that say what was guessed. */
function placeGuesses(
  guesses: readonly Guess[],
  text: string,
): readonly (Guess & { readonly line: number })[] {
  const lines = text.split("\n");
  return guesses
    .map((guess) => ({
      ...guess,
      line: lines.findIndex((line) => line.trimStart() === `# ${guess.comment}`) + 1,
    }))
    .sort((a, b) => a.line - b.line);
}
