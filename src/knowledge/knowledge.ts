import {
  type Diagnostic,
  type LocalizedText,
  type Outcome,
  type PlanPath,
  both,
  fail,
  planError,
  succeed,
} from "../base/diagnostic.js";
import { nearest } from "../base/nearest.js";
import { didYouMean } from "../base/suggest.js";
import { located, readYaml } from "../plan/read-yaml.js";

/**
 * What is known of plans beforehand: names of documents, agencies, offices, and words that open
 * things. An office may add to it.
 */
export interface Knowledge extends Readonly<Record<WordList, readonly string[]>> {
  /** Id of a source in plan data → what texts call it; earlier ones are tried first. */
  readonly fundingSources: ReadonlyMap<string, readonly string[]>;
  /** "UBND" → "Ủy ban nhân dân". */
  readonly abbreviations: ReadonlyMap<string, string>;
}

const WORD_LISTS = [
  "documentTypes",
  "namedTypes",
  "issuers",
  "agencyWords",
  "levels",
  "aboutOpeners",
  "basisLeads",
  "proposalLeads",
  "enactmentVerbs",
  "projectNames",
  "fieldNames",
  "closingLeads",
  "signaturePowers",
  "signatureOffices",
  "figureUnits",
  "targetHeadings",
] as const;
type WordList = (typeof WORD_LISTS)[number];

/**
 * Read what is known from YAML; `base` is what an office's own file adds to.
 * Errors: syntax, unknown names, values that are no words.
 */
export function parseKnowledge(
  text: string,
  file: string,
  base: Knowledge | null = null,
): Outcome<Knowledge> {
  const read = readYaml(text, file);
  if (!read.ok) return read;
  const { data, source } = read.value;
  const given = isRecord(data) ? data : {};
  const lists = WORD_LISTS.map((name) => addWords(base?.[name] ?? [], given[name], [name]));
  const sources = readSources(given["fundingSources"], base?.fundingSources ?? new Map());
  const short = readAbbreviations(given["abbreviations"], base?.abbreviations ?? new Map());
  const problems = [
    ...(Object.keys(given).length === 0 ? [noLists()] : []),
    ...[...lists, sources, short].flatMap((part) => part.problems),
    ...Object.keys(given).flatMap(unknownList),
  ];
  if (problems.length > 0) return located(fail(problems), source);
  const words = Object.fromEntries(
    WORD_LISTS.map((name, index) => [name, lists[index]?.value ?? []]),
  ) as unknown as Record<WordList, readonly string[]>;
  return succeed({ ...words, fundingSources: sources.value, abbreviations: short.value });
}

/** What was read of a part, and what is wrong in it. */
interface Part<T> {
  readonly value: T;
  readonly problems: readonly Diagnostic[];
}

function addWords(
  known: readonly string[],
  value: unknown,
  path: PlanPath,
): Part<readonly string[]> {
  if (value === undefined) return { value: known, problems: [] };
  if (!Array.isArray(value)) return { value: known, problems: [noList(path)] };
  const words = value.map((word: unknown) => (typeof word === "string" ? word.trim() : ""));
  return {
    value: [...known, ...words.filter((word) => word !== "")],
    problems: words.flatMap((word, index) => (word === "" ? [noWord([...path, index])] : [])),
  };
}

function readSources(
  value: unknown,
  base: ReadonlyMap<string, readonly string[]>,
): Part<ReadonlyMap<string, readonly string[]>> {
  const sources = new Map(base);
  const problems = Object.entries(isRecord(value) ? value : {}).flatMap(([id, names]) => {
    const path = ["fundingSources", id];
    const words = addWords(sources.get(id) ?? [], names ?? null, path);
    sources.set(id, words.value);
    return [...(/^[a-z][a-z0-9_-]*$/u.test(id) ? [] : [wrongId(id, path)]), ...words.problems];
  });
  return { value: sources, problems };
}

function readAbbreviations(
  value: unknown,
  base: ReadonlyMap<string, string>,
): Part<ReadonlyMap<string, string>> {
  const abbreviations = new Map(base);
  const problems: Diagnostic[] = [];
  for (const [short, full] of Object.entries(isRecord(value) ? value : {}))
    if (typeof full === "string" && full.trim() !== "") abbreviations.set(short, full.trim());
    else problems.push(noFullName(["abbreviations", short]));
  return { value: abbreviations, problems };
}

// --- Findings --------------------------------------------------------------------------------------

function wrong(path: PlanPath, message: LocalizedText, hint: LocalizedText): Diagnostic {
  return planError("knowledge-form", path, message, hint);
}

const ALL_LISTS = [...WORD_LISTS, "fundingSources", "abbreviations"];

function noLists(): Diagnostic {
  const names = ALL_LISTS.join(", ");
  return wrong(
    [],
    both("tệp không có danh sách nào", "the file has no lists"),
    both(`các danh sách: ${names}`, `lists: ${names}`),
  );
}

function unknownList(name: string): readonly Diagnostic[] {
  if (ALL_LISTS.includes(name)) return [];
  const near = nearest(name, ALL_LISTS);
  const names = ALL_LISTS.join(", ");
  return [
    wrong(
      [name],
      both(`không có danh sách “${name}”`, `there is no list “${name}”`),
      near === null ? both(`các danh sách: ${names}`, `lists: ${names}`) : didYouMean(near),
    ),
  ];
}

function noList(path: PlanPath): Diagnostic {
  return wrong(
    path,
    both("cần một danh sách từ ngữ", "a list of words is needed"),
    both("mỗi dòng một mục, mở đầu bằng “- ”", "one item a line, opened by “- ”"),
  );
}

function noWord(path: PlanPath): Diagnostic {
  return wrong(
    path,
    both("cần một từ ngữ", "a word is needed"),
    both(
      "viết bằng chữ, trong ngoặc kép nếu có dấu hai chấm",
      "write it in letters, quoted if it has a colon",
    ),
  );
}

function wrongId(id: string, path: PlanPath): Diagnostic {
  return wrong(
    path,
    both(`mã “${id}” không dùng được`, `the id “${id}” cannot be used`),
    both("chữ thường không dấu, số, gạch nối", "plain small letters, digits, hyphens"),
  );
}

function noFullName(path: PlanPath): Diagnostic {
  return wrong(
    path,
    both("cần tên đầy đủ", "the full name is needed"),
    both("viết: UBND: Ủy ban nhân dân", "write: UBND: Ủy ban nhân dân"),
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * Words as a pattern: the longest first, blanks of any number, letter case free unless all are
 * capitals (UBND). Made once for each list.
 */
export function wordPattern(words: readonly string[]): string {
  const known = PATTERNS.get(words);
  if (known !== undefined) return known;
  const pattern = [...words]
    .sort((a, b) => b.length - a.length)
    .map(onePattern)
    .join("|");
  PATTERNS.set(words, pattern);
  return pattern;
}

const PATTERNS = new WeakMap<readonly string[], string>();

function onePattern(word: string): string {
  const capitals = /^[^\p{Ll}]+$/u.test(word);
  const letters = (text: string): string =>
    [...text]
      .map((letter) =>
        /\s/u.test(letter)
          ? "\\s+"
          : /\p{L}/u.test(letter)
            ? capitals
              ? letter
              : `[${letter.toLowerCase()}${letter.toUpperCase()}]`
            : letter.replace(/[\\^$.*+?()[\]{}|/]/gu, "\\$&"),
      )
      .join("");
  return word
    .split(TONE_TWINS)
    .map((part) => {
      const twin = TWINS.find((one) => one.some((form) => form === part.toLowerCase()));
      return twin === undefined ? letters(part) : `(?:${twin.map(letters).join("|")})`;
    })
    .join("");
}

/** Old and new places of tone marks name the same word: Uỷ ban, hoà bình. */
const TWINS = [
  ["ủy", "uỷ"],
  ["úy", "uý"],
  ["òa", "oà"],
  ["óa", "oá"],
  ["ỏa", "oả"],
  ["ọa", "oạ"],
] as const;
const TONE_TWINS = new RegExp(`(${TWINS.flat().join("|")})`, "iu");
