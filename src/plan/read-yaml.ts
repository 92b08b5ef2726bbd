import { CORE_SCHEMA, load } from "js-yaml";
import {
  type Alias,
  type Document,
  LineCounter,
  type YAMLMap,
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  parseDocument,
  type YAMLParseError,
} from "yaml";
import {
  type Diagnostic,
  type Outcome,
  type PlanPath,
  type LocalizedText,
  both,
  fail,
  fileError,
  planError,
  printPath,
  succeed,
} from "../base/diagnostic.js";
import { normalizeText } from "../base/text.js";
import { checkText } from "./check-text.js";
import { type PlacedPart, PlacedSource, type PlanSource, type Position } from "./source.js";

/**
 * Limits against hostile or mistaken input. A plan of a whole province is under 2 MB and 12 levels
 * deep.
 */
export const LIMITS = {
  bytes: 20_000_000,
  depth: 100,
  values: 2_000_000,
  repeated: 500_000,
} as const;

export interface ReadData {
  readonly data: unknown;
  readonly source: PlanSource;
}

/**
 * Read YAML or JSON into plain values, each with its place in the file. Texts come out in NFC.
 * Errors: syntax, duplicate names, too large, too deep, aliases that multiply, control characters,
 * marks without a letter.
 */
export function readYaml(text: string, file: string): Outcome<ReadData> {
  if (text.length > LIMITS.bytes) {
    return fail([
      fileError(
        "file-too-large",
        { file },
        both(
          `tệp quá lớn: ${Math.round(text.length / 1e6)} MB, nhiều nhất ${LIMITS.bytes / 1e6} MB`,
          `file too large: ${Math.round(text.length / 1e6)} MB, at most ${LIMITS.bytes / 1e6} MB`,
        ),
        both(
          "dữ liệu của một kế hoạch thường dưới 1 MB; xem lại có nhầm tệp không",
          "a plan's data is usually under 1 MB; is it the right file?",
        ),
      ),
    ]);
  }
  // Of the file's own text only letters are composed: a blank or a sign that nobody sees, changed
  // here, may begin a comment or end a name. Values are cleaned when they are read.
  const normalized = text.replace(/^\ufeff/u, "").normalize("NFC");
  if (!/\S/u.test(normalizeText(normalized))) {
    return fail([
      fileError(
        "file-empty",
        { file },
        both("tệp trống", "the file is empty"),
        both("tạo tệp mẫu bằng lệnh: kehoach init", "make a starter file with: kehoach init"),
      ),
    ]);
  }
  const tooDeep = findTooDeep(normalized);
  if (tooDeep !== null) return fail([deepError(file, tooDeep.line, tooDeep.column)]);
  const thousands = findThousands(normalized, file);
  if (thousands.length > 0) return fail(thousands);
  const quick = readQuick(normalized);
  if (quick !== undefined)
    return succeed({
      data: quick,
      source: new LateSource(file, () => readPlaced(normalized, file)),
    });
  return readPlaced(normalized, file);
}

/**
 * Signs that no text may hold, or only after a letter (controls, combining marks, surrogates), and
 * those that values are cleaned of.
 */
const ODD_SIGNS = String.raw`[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufffe\uffff]|[\u1680\u2000-\u2006\u2008-\u200a\u2028\u2029\u205f\u3000]|\p{Cf}|\p{M}|\p{Cs}`;

/** Names that are lists or groups. Two braces close a citation. */
const ODD_NAMES = String.raw`(?:\]|[^}]\})[ ]*:|(?:^[ ]*(?:- +)*|[[{,] *)\?\s`;

/** Signs without which the two readers cannot understand a text differently. */
const DOUBTFUL = new RegExp(String.raw`[&*!%\\<_]|0[xo]|${ODD_NAMES}|${ODD_SIGNS}`, "mu");

/** What must be looked at closely: anchors, tags, escapes, directives, merges, odd numbers. */
const NEEDS_CARE = new RegExp(
  String.raw`(?:^|[\s[{,])[&*!][^\s,\]}]|\\[uxUN_LP0abtvfe]|\d_\d|\b0[xo]|^%|<<|${ODD_NAMES}|${ODD_SIGNS}`,
  "mu",
);

/**
 * A citation that stands outside quotes, after a dash, a name, or in a list: YAML reads a group of
 * fields.
 */
const LOOSE_CITATION = /^[ \t]*(?:-|[^\s"'#-][^"'\n:]*:)[ \t]+\{\{|\[[^"'\][\n]*\{\{/m;
const SEVERAL_DOCUMENTS = /^(?:---|\.\.\.)/mu;

/**
 * The ten times faster way, for text about which nothing is doubtful: it gives the same values, and
 * no places. Undefined when the text needs the careful reader, which alone reports mistakes.
 */
function readQuick(text: string): unknown {
  if (
    (DOUBTFUL.test(text) && NEEDS_CARE.test(text)) ||
    LOOSE_CITATION.test(text) ||
    SEVERAL_DOCUMENTS.test(text)
  )
    return undefined;
  try {
    return load(text, { schema: CORE_SCHEMA });
  } catch {
    return undefined;
  }
}

/**
 * Places are asked for only when there is something to report; then the text is read again,
 * carefully.
 */
class LateSource implements PlanSource {
  #source: PlanSource | null = null;

  constructor(
    readonly file: string,
    private readonly read: () => Outcome<ReadData>,
  ) {}

  locate(path: PlanPath, part?: PlacedPart): Position {
    if (this.#source === null) {
      const read = this.read();
      this.#source = read.ok
        ? read.value.source
        : new PlacedSource(this.file, () => ({ line: 1, column: 1 }));
    }
    return this.#source.locate(path, part);
  }
}

/** The careful way: values with their places, and every mistake of syntax. */
function readPlaced(normalized: string, file: string): Outcome<ReadData> {
  const lines = new LineCounter();
  const document = parseDocument(normalized, {
    lineCounter: lines,
    prettyErrors: false,
    stringKeys: true,
  });
  const position = (offset: number): { line: number; column: number } => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  if (document.errors.length > 0) {
    return fail(
      dedupe(
        document.errors.map((error) =>
          syntaxError(error, file, position(error.pos[0]), lineAt(normalized, error.pos[0])),
        ),
      ),
    );
  }
  const reader = new NodeReader(document, new PlacedSource(file, position));
  const data = reader.read(document.contents, [], undefined);
  if (reader.exhausted) return fail([tooManyValues(file)]);
  const { source, problems } = reader;
  return problems.length > 0 ? located(fail(problems), source) : succeed({ data, source });
}

/** Turns the nodes of a YAML document into plain values, and keeps where each stands. */
class NodeReader {
  readonly problems: Diagnostic[] = [];
  /** What aliases are being read: one inside what it stands for would never end. */
  readonly #opened = new Set<unknown>();
  /** How many values may still come; aliases can multiply few lines into millions. */
  #budget: number = LIMITS.values;
  #repeats: number = LIMITS.repeated;

  constructor(
    private readonly document: Document,
    readonly source: PlacedSource,
  ) {}

  get exhausted(): boolean {
    return this.#budget < 0 || this.#repeats < 0;
  }

  /** The value of a node; `keyOffset` is where the name before it begins. */
  read(node: unknown, path: PlanPath, keyOffset: number | undefined): unknown {
    if (--this.#budget < 0 || (this.#opened.size > 0 && --this.#repeats < 0)) return null;
    const offset = isNode(node) ? node.range?.[0] : undefined;
    this.source.place(path, offset ?? keyOffset ?? 0, keyOffset);
    if (isAlias(node)) return this.#alias(node, path, keyOffset);
    if (isScalar(node)) {
      if (typeof node.value !== "string") return node.value;
      // Signs that were written as escapes come to light only here.
      const text = normalizeText(node.value);
      checkText(text, path, this.problems);
      return text;
    }
    if (isSeq(node))
      return node.items.map((item, index) => this.read(item, [...path, index], undefined));
    return isMap(node) ? this.#group(node, path) : null;
  }

  #alias(node: Alias, path: PlanPath, keyOffset: number | undefined): unknown {
    const target = node.resolve(this.document);
    if (target !== undefined && !this.#opened.has(target)) {
      this.#opened.add(target);
      const value = this.read(target, path, keyOffset);
      this.#opened.delete(target);
      return value;
    }
    this.problems.push(
      planError(
        "yaml-alias",
        path,
        both(
          `“*${node.source}” bị hiểu là bí danh YAML`,
          `“*${node.source}” reads as a YAML alias`,
        ),
        QUOTE_HINT,
      ),
    );
    return null;
  }

  #group(node: YAMLMap, path: PlanPath): unknown {
    // Without a prototype: a plan may use any name, `__proto__` too.
    const group = Object.create(null) as Record<string, unknown>;
    for (const { key, value } of node.items) {
      const offset = isNode(key) ? key.range?.[0] : undefined;
      const name = normalizeText(isScalar(key) ? String(key.value) : String(key));
      group[name] = this.read(value, [...path, name], offset);
    }
    return group;
  }
}

function tooManyValues(file: string): Diagnostic {
  return fileError(
    "too-many-values",
    { file },
    both(
      `quá nhiều giá trị (hơn ${LIMITS.repeated}); các bí danh (&, *) nhân chúng lên`,
      `too many values (over ${LIMITS.repeated}); aliases (&, *) multiply them`,
    ),
    both("bỏ bí danh YAML, viết thẳng giá trị", "write the values out instead of YAML aliases"),
  );
}

/** A result with every finding's place in the plan turned into a line and column of its file. */
export function located<T>(outcome: Outcome<T>, source: PlanSource): Outcome<T> {
  const problems = outcome.problems.map((problem) => locate(problem, source));
  return outcome.ok ? { ...outcome, problems } : { ...outcome, problems };
}

function locate(problem: Diagnostic, source: PlanSource): Diagnostic {
  if (problem.at.in !== "plan") return problem;
  const { path, key } = problem.at;
  const { line, column } = source.locate(path, key === true ? "name" : "value");
  return { ...problem, at: { in: "file", file: source.file, line, column, path: printPath(path) } };
}

function deepError(file: string, line: number, column: number): Diagnostic {
  return fileError(
    "too-deep",
    { file, line, column },
    both(
      `lồng quá sâu: hơn ${LIMITS.depth} cấp`,
      `nested too deep: more than ${LIMITS.depth} levels`,
    ),
    both(
      "một kế hoạch có không quá mười cấp; xem lại dấu ngoặc và thụt đầu dòng",
      "a plan has at most ten levels; look at brackets and indentation",
    ),
  );
}

/**
 * A cheap look before parsing, so that ten thousand brackets cost no stack: flow depth by brackets,
 * block depth by indents.
 */
function findTooDeep(text: string): { line: number; column: number } | null {
  if (
    !/[[{]{50}|(?:[[{]\s*){100}|^[ ]{100}|^(?:[-?] ){60}/mu.test(text) &&
    !/(?:\{\s*"?[^"{}\n]{0,40}"?\s*:\s*){100}/u.test(text)
  )
    return null;
  let line = 0;
  for (const row of text.split("\n")) {
    line++;
    let depth = 0;
    let quote = "";
    for (let column = 0; column < row.length; column++) {
      const sign = row[column] ?? "";
      if (quote) {
        if (sign === quote) quote = "";
      } else if (sign === '"') quote = sign;
      else if (sign === "[" || sign === "{") depth++;
      else if (sign === "]" || sign === "}") depth--;
      if (depth > LIMITS.depth) return { line, column: column + 1 };
    }
    const dashes = /^(?:[ ]*- )*[ ]*/u.exec(row)?.[0].length ?? 0;
    if (dashes > LIMITS.depth * 2 && /\S/u.test(row)) return { line, column: dashes + 1 };
  }
  return null;
}

/**
 * "1.500" as a bare number is one and a half to YAML, fifteen hundred to whoever wrote it: it is
 * refused either way.
 */
function findThousands(text: string, file: string): Diagnostic[] {
  const problems: Diagnostic[] = [];
  if (!/\d\.\d{3}/u.test(text)) return problems;
  text.split("\n").forEach((row, index) => {
    for (const match of row.matchAll(/(?<=[:[,{]\s*)(\d{1,3}\.\d{3})(?=\s*(?:[,}\]]|#|$))/gu)) {
      // A list of words such as [TT, 1.500] inside quotes is text, not a number.
      if ((row.slice(0, match.index).match(/"/gu)?.length ?? 0) % 2 === 1) continue;
      const found = match[1] ?? "";
      problems.push(
        fileError(
          "number-thousands",
          { file, line: index + 1, column: match.index + 1 },
          both(
            `“${found}” đọc là số lẻ ${found.replace(".", ",")}, không phải ${found.replace(".", "")}`,
            `“${found}” reads as a fraction, not as ${found.replace(".", "")}`,
          ),
          both(
            `số nguyên viết ${found.replace(".", "")}; nếu đúng là số lẻ, thêm một số không: ${found}0`,
            `write the whole number as ${found.replace(".", "")}; if a fraction is meant, add a zero: ${found}0`,
          ),
        ),
      );
    }
  });
  return problems;
}

function dedupe(problems: readonly Diagnostic[]): Diagnostic[] {
  const seen = new Set<string>();
  return problems.filter((problem) => {
    const at = problem.at.in === "file" ? `${problem.at.line}` : "";
    return seen.has(at) ? false : (seen.add(at), true);
  });
}

const QUOTE_HINT = both(
  'đặt cả câu trong ngoặc kép "…", nhất là câu có dấu hai chấm, hoặc bắt đầu bằng {{ * & % @ [ -',
  'put the whole text in quotes "…", above all when it holds a colon or begins with {{ * & % @ [ -',
);

const SYNTAX: Partial<Record<string, readonly [LocalizedText, LocalizedText]>> = {
  DUPLICATE_KEY: [
    both("tên này đã có ở trên, cùng cấp", "this name is already used above, at the same level"),
    both("bỏ một trong hai, hoặc đổi tên", "remove one of the two, or rename it"),
  ],
  TAB_AS_INDENT: [
    both("thụt dòng bằng phím Tab", "indented with a tab"),
    both("YAML chỉ nhận dấu cách ở đầu dòng", "YAML takes only spaces at the start of a line"),
  ],
  BAD_INDENT: [
    both(
      "thụt đầu dòng không khớp với các dòng trên",
      "indentation does not match the lines above",
    ),
    both("các mục cùng cấp phải thẳng cột", "items of one level must line up"),
  ],
  MISSING_CHAR: [
    both(
      "dòng này không khớp với các dòng trên: thiếu dấu đóng ngoặc, ngoặc kép, dấu hai chấm, hoặc thụt đầu dòng lệch",
      "this line does not fit the lines above: a bracket, quote or colon is missing, or the indentation is off",
    ),
    both(
      "các mục cùng cấp phải thẳng cột; xem lại dòng này và dòng ngay trên",
      "items of one level must line up; look at this line and the one above",
    ),
  ],
  BLOCK_AS_IMPLICIT_KEY: [
    both(
      "câu có dấu hai chấm mà không đặt trong ngoặc kép, hoặc dòng thụt vào quá sâu",
      "text with a colon that is not in quotes, or a line indented too far",
    ),
    QUOTE_HINT,
  ],
  MULTILINE_IMPLICIT_KEY: [
    both("thiếu dấu hai chấm sau một tên", "a colon is missing after a name"),
    QUOTE_HINT,
  ],
  BAD_SCALAR_START: [
    both(
      "câu bắt đầu bằng một dấu mà YAML dùng riêng",
      "the text begins with a sign YAML keeps for itself",
    ),
    QUOTE_HINT,
  ],
  BAD_ALIAS: [
    both("dấu * ở đầu bị hiểu là bí danh YAML", "the leading * reads as a YAML alias"),
    QUOTE_HINT,
  ],
  BAD_DQ_ESCAPE: [
    both("dấu \\ trong ngoặc kép không đúng", "a wrong \\ inside quotes"),
    both("viết \\\\ nếu cần chính dấu gạch chéo", "write \\\\ for the backslash itself"),
  ],
  NON_STRING_KEY: [
    both(
      "tên của mục là cả một danh sách hoặc một nhóm, không phải chữ",
      "the name of an entry is a list or a group, not a word",
    ),
    both(
      "bỏ dấu “?”, hoặc ngoặc […], {…} trước dấu hai chấm",
      "remove the “?”, or the brackets before the colon",
    ),
  ],
  MULTIPLE_DOCS: [
    both("tệp có nhiều văn bản YAML (dòng ---)", "the file holds several YAML documents (---)"),
    both("mỗi tệp một kế hoạch", "one plan a file"),
  ],
  RESOURCE_EXHAUSTION: [
    both(
      "dữ liệu lồng quá sâu, quá lớn hoặc quá nhiều bí danh",
      "data nested too deep, too much data, or too many aliases",
    ),
    QUOTE_HINT,
  ],
};

/** The rest of a line from a place on. */
function lineAt(text: string, place: number): string {
  const end = text.indexOf("\n", place);
  return text.slice(place, end < 0 ? undefined : end);
}

const LOOSE_CITATION_WORDS = [
  both(
    "{{…}} đứng ngoài ngoặc kép: YAML hiểu là một nhóm mục",
    "{{…}} outside quotes: YAML reads it as a group of fields",
  ),
  both(
    'đặt cả câu trong ngoặc kép: "{{figures.ten}}"',
    'put the whole text in quotes: "{{figures.name}}"',
  ),
] as const;

function syntaxError(
  error: YAMLParseError,
  file: string,
  at: { line: number; column: number },
  row: string,
): Diagnostic {
  const isCited = error.code === "NON_STRING_KEY" && row.startsWith("{");
  const known = isCited ? LOOSE_CITATION_WORDS : SYNTAX[error.code];
  const [message, hint] = known ?? [
    both(
      `sai cú pháp YAML (${error.code.toLowerCase().replaceAll("_", " ")})`,
      `YAML syntax: ${error.message}`,
    ),
    QUOTE_HINT,
  ];
  return fileError("yaml-syntax", { file, ...at }, message, hint);
}
