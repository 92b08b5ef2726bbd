import type { Language } from "../../base/diagnostic.js";
import type { GivenBack, Imported } from "../../roads/import.js";
import type { Coverage } from "../../reading/coverage.js";
import { CONFIDENCE, placeWords } from "../../reading/structure/guesses.js";
import { WORDS } from "./words.js";

/** Differences and lines that are shown one by one; of more, how many there are. */
const MAX_SHOWN = 30;

/** Remarks that say what a plan will lack: they stand first. */
const FIRST: ReadonlySet<string> = new Set(["part-missing", "other-order"]);

/** What is said of a file of ours that gave back its data. */
export function printGivenBack(
  file: string,
  target: string,
  { data, leftOut, edited }: GivenBack,
  lang: Language,
): string {
  const words = WORDS[lang];
  const lines = [words.importCarried(file, target)];
  if (data.length > 0) lines.push(`  ${words.givenFiles(data.map(({ name }) => name))}`);
  if (leftOut.length > 0) lines.push(`  ${words.leftOut(leftOut)}`);
  if (edited !== null)
    lines.push(
      `  ${words.importEdited(edited.differences.length, file)}`,
      ...showDifferences(edited, lang),
    );
  return `${lines.join("\n")}\n`;
}

function showDifferences({ differences }: Coverage, lang: Language): string[] {
  const words = WORDS[lang];
  return [
    ...differences
      .slice(0, MAX_SHOWN)
      .map(
        ({ source, plan, at }) =>
          `    ${placeWords(at)[lang]}: ${words.importDifference(short(source), short(plan))}`,
      ),
    ...(differences.length > MAX_SHOWN
      ? [`    … ${words.importMore(differences.length - MAX_SHOWN)}`]
      : []),
  ];
}

function short(text: string): string {
  return (text.length > 160 ? `${text.slice(0, 159)}…` : text).replace(/\s+/gu, " ");
}

/** The account of an import, for people. */
export function printAccount(
  file: string,
  target: string,
  { coverage, guesses, unplaced, excluded, notices, warnings }: Imported,
  lang: Language,
): string {
  const words = WORDS[lang];
  const lines: string[] = [
    words.importDone(file, target),
    `  ${words.importCoverage(coverage.placed, coverage.words)}`,
  ];
  const section = <T>(title: string, list: readonly T[], show: (one: T) => string): void => {
    if (list.length === 0) return;
    lines.push(
      `  ${title} (${list.length}):`,
      ...list.slice(0, MAX_SHOWN).map((one) => `    ${show(one)}`),
      ...(list.length > MAX_SHOWN ? [`    … ${words.importMore(list.length - MAX_SHOWN)}`] : []),
    );
  };
  for (const { code, message } of notices)
    if (FIRST.has(code)) lines.push(`  ${words.importNote}: ${message[lang]}`);
  if (coverage.recased > 0) lines.push(`  ${words.importRecased(coverage.recased)}`);
  if (coverage.differences.length > 0)
    lines.push(
      `  ${words.importDiffers} (${coverage.differences.length}):`,
      ...showDifferences(coverage, lang),
    );
  section(
    words.importGuesses,
    guesses,
    ({ what, confidence, at, line }) =>
      `${target === "-" ? "" : `${target}:`}${line}: ${what[lang]} (${CONFIDENCE[confidence][lang]}; ${placeWords(at)[lang]})`,
  );
  section(
    words.importUnplaced,
    unplaced,
    ({ text, at }) => `${placeWords(at)[lang]}: ${short(text)}`,
  );
  section(
    words.importNotices,
    notices.filter(({ code }) => !FIRST.has(code)),
    ({ message, at }) => `${placeWords(at)[lang]}: ${message[lang]}`,
  );
  const kinds = new Map<string, number>();
  for (const { why } of excluded) kinds.set(why, (kinds.get(why) ?? 0) + 1);
  if (kinds.size > 0)
    lines.push(
      `  ${words.importExcluded}: ${[...kinds].map(([why, count]) => `${words.importKinds[why] ?? why} ${count}`).join(", ")}`,
    );
  section(
    words.importWarnings,
    warnings,
    ({ message, at }) => `${at.in === "file" ? `${target}:${at.line}: ` : ""}${message[lang]}`,
  );
  return `${lines.join("\n")}\n`;
}

/** The account of an import, for programs. */
export function accountData(
  { coverage, guesses, unplaced, excluded, notices, warnings }: Imported,
  lang: Language,
): object {
  return {
    words: coverage.words,
    placed: coverage.placed,
    recased: coverage.recased,
    differences: coverage.differences.map(({ source, plan, at }) => ({ source, plan, ...at })),
    guesses: guesses.map(({ what, confidence, at, line }) => ({
      planLine: line,
      what: what[lang],
      confidence,
      ...at,
    })),
    leftOver: unplaced.map(({ text, at }) => ({ text, ...at })),
    leftOut: excluded.map(({ why, text, at }) => ({ why, text, ...at })),
    remarks: notices.map(({ code, message, at }) => ({ code, message: message[lang], ...at })),
    warnings: warnings.map(({ code, message, at }) => ({
      code,
      message: message[lang],
      planLine: at.in === "file" ? at.line : null,
    })),
  };
}
