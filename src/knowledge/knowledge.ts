import { type Diagnostic, type Outcome, both, fail, succeed } from "../base/diagnostic.js";
import { nearest } from "../base/nearest.js";
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
 * Read what is known from YAML; `base` is what an office's own file adds to. Errors: syntax,
 * unknown names, values that are no words.
 */
export function parseKnowledge(
  text: string,
  file: string,
  base: Knowledge | null = null,
): Outcome<Knowledge> {
  const read = readYaml(text, file);
  if (!read.ok) return read;
  const { data, source } = read.value;
  const problems: Diagnostic[] = [];
  const wrong = (
    path: readonly (string | number)[],
    vi: string,
    en: string,
    hint: { readonly vi: string; readonly en: string },
  ): void => {
    problems.push({
      code: "knowledge-form",
      severity: "error",
      at: { in: "plan", path },
      message: both(vi, en),
      hint,
    });
  };
  const words = (value: unknown, path: readonly string[]): readonly string[] => {
    if (!Array.isArray(value)) {
      wrong(
        path,
        "cần một danh sách từ ngữ",
        "a list of words is needed",
        both("mỗi dòng một mục, mở đầu bằng “- ”", "one item a line, opened by “- ”"),
      );
      return [];
    }
    return value.flatMap((word: unknown, index) => {
      if (typeof word === "string" && word.trim() !== "") return [word.trim()];
      wrong(
        [...path, index],
        "cần một từ ngữ",
        "a word is needed",
        both(
          "viết bằng chữ, trong ngoặc kép nếu có dấu hai chấm",
          "write it in letters, quoted if it has a colon",
        ),
      );
      return [];
    });
  };
  const given: Record<string, unknown> =
    typeof data === "object" && data !== null && !Array.isArray(data) ? { ...data } : {};
  if (Object.keys(given).length === 0)
    wrong(
      [],
      "tệp không có danh sách nào",
      "the file has no lists",
      both(
        `các danh sách: ${WORD_LISTS.join(", ")}, fundingSources, abbreviations`,
        `lists: ${WORD_LISTS.join(", ")}, fundingSources, abbreviations`,
      ),
    );
  const lists = Object.fromEntries(
    WORD_LISTS.map((name) => [
      name,
      [...(base?.[name] ?? []), ...(name in given ? words(given[name], [name]) : [])],
    ]),
  ) as Record<WordList, string[]>;
  const sources = new Map(base?.fundingSources ?? []);
  for (const [id, names] of Object.entries(
    isRecord(given["fundingSources"]) ? given["fundingSources"] : {},
  )) {
    if (!/^[a-z][a-z0-9_-]*$/u.test(id))
      wrong(
        ["fundingSources", id],
        `mã “${id}” không dùng được`,
        `the id “${id}” cannot be used`,
        both("chữ thường không dấu, số, gạch nối", "plain small letters, digits, hyphens"),
      );
    sources.set(id, [...(sources.get(id) ?? []), ...words(names, ["fundingSources", id])]);
  }
  const abbreviations = new Map(base?.abbreviations ?? []);
  for (const [short, full] of Object.entries(
    isRecord(given["abbreviations"]) ? given["abbreviations"] : {},
  )) {
    if (typeof full === "string" && full.trim() !== "") abbreviations.set(short, full.trim());
    else
      wrong(
        ["abbreviations", short],
        "cần tên đầy đủ",
        "the full name is needed",
        both("viết: UBND: Ủy ban nhân dân", "write: UBND: Ủy ban nhân dân"),
      );
  }
  const known = [...WORD_LISTS, "fundingSources", "abbreviations"];
  for (const name of Object.keys(given)) {
    if (known.includes(name)) continue;
    const near = nearest(name, known);
    wrong(
      [name],
      `không có danh sách “${name}”`,
      `there is no list “${name}”`,
      near === null
        ? both(`các danh sách: ${known.join(", ")}`, `lists: ${known.join(", ")}`)
        : both(`có phải là “${near}”?`, `did you mean “${near}”?`),
    );
  }
  return problems.length > 0
    ? located(fail(problems), source)
    : succeed({ ...lists, fundingSources: sources, abbreviations });
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
