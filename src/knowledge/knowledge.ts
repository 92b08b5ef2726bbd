import {
  type Diagnostic,
  type LocalizedText,
  type Outcome,
  both,
  fail,
  succeed,
} from "../base/diagnostic.js";
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

/** All names that a file of knowledge may use. */
const KNOWN_NAMES = [...WORD_LISTS, "fundingSources", "abbreviations"] as const;

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
  const given: Readonly<Record<string, unknown>> = isRecord(data) ? { ...data } : {};
  const reader = new KnowledgeReader(given);
  if (Object.keys(given).length === 0) reader.tellEmpty();
  const lists = Object.fromEntries(
    WORD_LISTS.map((name) => [name, [...(base?.[name] ?? []), ...reader.wordList(name)]]),
  ) as Record<WordList, string[]>;
  const fundingSources = reader.fundingSources(base?.fundingSources ?? new Map());
  const abbreviations = reader.abbreviations(base?.abbreviations ?? new Map());
  reader.tellUnknownNames();
  return reader.problems.length > 0
    ? located(fail(reader.problems), source)
    : succeed({ ...lists, fundingSources, abbreviations });
}

/** Reads the lists of a file, and notes what is wrong in them. */
class KnowledgeReader {
  readonly problems: Diagnostic[] = [];

  constructor(private readonly given: Readonly<Record<string, unknown>>) {}

  wordList(name: WordList): readonly string[] {
    return name in this.given ? this.#words(this.given[name], [name]) : [];
  }

  /** Names of sources of funding, after those that are known already. */
  fundingSources(base: Knowledge["fundingSources"]): Knowledge["fundingSources"] {
    const sources = new Map(base);
    for (const [id, names] of this.#entries("fundingSources")) {
      if (!/^[a-z][a-z0-9_-]*$/u.test(id))
        this.#wrong(["fundingSources", id], {
          message: both(`mã “${id}” không dùng được`, `the id “${id}” cannot be used`),
          hint: both("chữ thường không dấu, số, gạch nối", "plain small letters, digits, hyphens"),
        });
      sources.set(id, [...(sources.get(id) ?? []), ...this.#words(names, ["fundingSources", id])]);
    }
    return sources;
  }

  abbreviations(base: Knowledge["abbreviations"]): Knowledge["abbreviations"] {
    const abbreviations = new Map(base);
    for (const [short, full] of this.#entries("abbreviations")) {
      if (typeof full === "string" && full.trim() !== "") abbreviations.set(short, full.trim());
      else
        this.#wrong(["abbreviations", short], {
          message: both("cần tên đầy đủ", "the full name is needed"),
          hint: both("viết: UBND: Ủy ban nhân dân", "write: UBND: Ủy ban nhân dân"),
        });
    }
    return abbreviations;
  }

  tellEmpty(): void {
    const names = KNOWN_NAMES.join(", ");
    this.#wrong([], {
      message: both("tệp không có danh sách nào", "the file has no lists"),
      hint: both(`các danh sách: ${names}`, `lists: ${names}`),
    });
  }

  tellUnknownNames(): void {
    const known: readonly string[] = KNOWN_NAMES;
    for (const name of Object.keys(this.given)) {
      if (known.includes(name)) continue;
      const near = nearest(name, known);
      this.#wrong([name], {
        message: both(`không có danh sách “${name}”`, `there is no list “${name}”`),
        hint:
          near === null
            ? both(`các danh sách: ${known.join(", ")}`, `lists: ${known.join(", ")}`)
            : both(`có phải là “${near}”?`, `did you mean “${near}”?`),
      });
    }
  }

  #entries(name: "fundingSources" | "abbreviations"): readonly (readonly [string, unknown])[] {
    const value = this.given[name];
    return isRecord(value) ? Object.entries(value) : [];
  }

  #words(value: unknown, path: readonly string[]): readonly string[] {
    if (!Array.isArray(value)) {
      this.#wrong(path, {
        message: both("cần một danh sách từ ngữ", "a list of words is needed"),
        hint: both("mỗi dòng một mục, mở đầu bằng “- ”", "one item a line, opened by “- ”"),
      });
      return [];
    }
    return value.flatMap((word: unknown, index) => {
      if (typeof word === "string" && word.trim() !== "") return [word.trim()];
      this.#wrong([...path, index], {
        message: both("cần một từ ngữ", "a word is needed"),
        hint: both(
          "viết bằng chữ, trong ngoặc kép nếu có dấu hai chấm",
          "write it in letters, quoted if it has a colon",
        ),
      });
      return [];
    });
  }

  #wrong(
    path: readonly (string | number)[],
    { message, hint }: { readonly message: LocalizedText; readonly hint: LocalizedText },
  ): void {
    this.problems.push({
      code: "knowledge-form",
      severity: "error",
      at: { in: "plan", path },
      message,
      hint,
    });
  }
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
