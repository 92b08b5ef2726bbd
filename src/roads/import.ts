import {
  type Diagnostic,
  type Outcome,
  both,
  fail,
  fileError,
  succeed,
} from "../base/diagnostic.js";
import type { DataFile } from "../carried/source-record.js";
import type { Knowledge } from "../knowledge/knowledge.js";
import { type Coverage, measureCoverage } from "../reading/coverage.js";
import { readDocument } from "../reading/read-document.js";
import type { Excluded, Notice, SourceParagraph, SourceText } from "../reading/source-text.js";
import { type PlanDraft, type TableForm, draftPlan } from "../reading/structure/draft.js";
import type { Guess } from "../reading/structure/guesses.js";
import { repairDraft } from "../reading/structure/repair-draft.js";
import { writeDraft } from "../reading/structure/write-draft.js";
import { mayCarryPlan, openCarried } from "./carried.js";
import { layOutPlan } from "./lay-out.js";
import { leaveOutSigns } from "./missing-signs.js";
import { withPlan } from "./open-plan.js";
import type { PlanText } from "./opened-plan.js";
import type { World } from "./world.js";

/** An existing document as plan data, and an account of every word of it. */
export interface Imported {
  readonly kind: "imported";
  /** The plan, as YAML with comments. */
  readonly text: string;
  readonly coverage: Coverage;
  /** Guesses, each with its line in the plan's text. */
  readonly guesses: readonly (Guess & { readonly line: number })[];
  /** Lines of the document that found no place in the plan. */
  readonly unplaced: readonly SourceParagraph[];
  /** Text of the file that is none of the document: page numbers, signature stamps. */
  readonly excluded: readonly Excluded[];
  readonly notices: readonly Notice[];
  /** What a check of the plan says: totals that do not add up. */
  readonly warnings: readonly Diagnostic[];
}

/** The plan data that a file of ours carried. */
export interface GivenBack {
  readonly kind: "given-back";
  readonly text: string;
  /** Spreadsheets that the plan takes rows from, under names beside the plan. */
  readonly data: readonly DataFile[];
  /** Files inside that the plan does not name, or that have no name to be written under. */
  readonly leftOut: readonly string[];
  /** Where the file's text says something else than its data: somebody changed it since. */
  readonly edited: Coverage | null;
}

/** What an import knows, and whether it takes the data that a file of ours carries. */
export interface ImportRequest {
  readonly knowledge: Knowledge;
  readonly carried: "taken" | "ignored";
}

/**
 * The road back: a file of ours gives back its data; any other Word file, PDF or text is read,
 * understood and written as YAML, then built and compared with the document word by word, so that
 * the account is measured and not believed.
 * Errors: files that cannot be read, texts that are no plan. Plan data that our own schema refuses
 * is our bug, and reported as such.
 */
export async function importPlan(
  bytes: Uint8Array,
  file: string,
  { knowledge, carried }: ImportRequest,
  world: World,
): Promise<Outcome<Imported | GivenBack>> {
  const ours = carried === "taken" && mayCarryPlan(file) ? await openCarried(bytes, file) : null;
  if (ours?.ok) {
    const { text, given } = ours.value;
    const edited = await compareCarried(bytes, file, ours.value, world);
    return succeed({
      kind: "given-back",
      text,
      data: given.files,
      leftOut: given.leftOut,
      edited,
    });
  }
  const unknown = ours?.problems.some(({ code }) => code === "source-unknown") ?? false;
  return unknown ? fail([unknownSource(file)]) : importText(bytes, file, knowledge, world);
}

/** What a file says of its own data cannot be told; its words can be asked for. */
function unknownSource(file: string): Diagnostic {
  return fileError(
    "source-unknown",
    { file },
    both(
      "dữ liệu kèm theo không đúng dạng của kehoach",
      "the data inside is not of kehoach's form",
    ),
    both(
      "tệp có thể do phiên bản mới hơn dựng, hoặc bị sửa; muốn đọc chữ của tệp: --no-source",
      "the file may be of a newer version, or altered; to read its words: --no-source",
    ),
  );
}

async function importText(
  bytes: Uint8Array,
  file: string,
  knowledge: Knowledge,
  world: World,
): Promise<Outcome<Imported>> {
  const source = await readDocument(bytes, file);
  if (!source.ok) return source;
  const draft = { source: source.value, file, knowledge };
  const first = await tryDraft(draft, "computed", world);
  const right = first.made.ok && first.made.value.coverage.differences.length === 0;
  if (first.computedTables === 0 || right) return first.made;
  // A data table that would be printed otherwise than it stood is written as it stands.
  const second = await tryDraft(draft, "as-printed", world);
  const better =
    !first.made.ok ||
    !second.made.ok ||
    second.made.value.coverage.placed > first.made.value.coverage.placed;
  return better ? second.made : first.made;
}

/** A document that was read, and what is known beforehand. */
interface DraftSource {
  readonly source: SourceText;
  readonly file: string;
  readonly knowledge: Knowledge;
}

/** One way to write what was understood, built and compared. */
interface Attempt {
  readonly made: Outcome<Imported>;
  readonly computedTables: number;
}

async function tryDraft(
  { source, file, knowledge }: DraftSource,
  form: TableForm,
  world: World,
): Promise<Attempt> {
  const understood = draftPlan(source, file, knowledge, form);
  if (!understood.ok) return { made: understood, computedTables: 0 };
  const { computedTables } = understood.value;
  let draft = await leaveOutSigns(understood.value, source, world);
  let problems: readonly Diagnostic[] = [];
  for (let round = 0; round < MAX_REPAIRS; round++) {
    const text = writeDraft(draft, source, file);
    const coverage = await rebuild({ file, text, profile: null }, source, world);
    if (coverage.ok)
      return { made: succeed(importedFrom(draft, { source, text, coverage })), computedTables };
    problems = coverage.problems;
    const next = repairDraft(draft, source, problems);
    if (next === null) break;
    draft = next;
  }
  return { made: fail(problems), computedTables };
}

/** What was mended may leave another place wrong: a list too short, a name that is gone. */
const MAX_REPAIRS = 12;

function importedFrom(
  { guesses, unplaced, notices }: PlanDraft,
  {
    source,
    text,
    coverage,
  }: {
    readonly source: SourceText;
    readonly text: string;
    readonly coverage: Outcome<Coverage> & { readonly ok: true };
  },
): Imported {
  return {
    kind: "imported",
    text,
    coverage: coverage.value,
    guesses: placeGuesses(guesses, text),
    unplaced,
    excluded: source.excluded,
    notices: [...source.notices, ...notices],
    warnings: coverage.problems,
  };
}

/** Build a plan again and compare it with the text it came from. */
async function rebuild(
  input: PlanText,
  source: SourceText,
  world: World,
): Promise<Outcome<Coverage>> {
  return withPlan(input, world, async (opened) => {
    const built = await layOutPlan(opened, world);
    return built.ok ? succeed(measureCoverage(source, built.value.tree)) : built;
  });
}

/**
 * How the text of a file of ours differs from the plan it carries. Null when nothing differs, or
 * the text cannot be read or the plan not built here.
 */
async function compareCarried(
  bytes: Uint8Array,
  file: string,
  plan: PlanText,
  world: World,
): Promise<Coverage | null> {
  const source = await readDocument(bytes, file);
  const coverage = source.ok ? await rebuild(plan, source.value, world) : source;
  return coverage.ok && coverage.value.differences.length > 0 ? coverage.value : null;
}

/** The lines of the plan that say what was guessed. */
function placeGuesses(guesses: readonly Guess[], text: string): Imported["guesses"] {
  const lines = text.split("\n");
  return guesses
    .map((guess) => ({
      ...guess,
      line: lines.findIndex((line) => line.trimStart() === `# ${guess.comment}`) + 1,
    }))
    .sort((a, b) => a.line - b.line);
}
