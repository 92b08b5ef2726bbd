import type { z } from "zod";
import {
  type Diagnostic,
  type PlanPath,
  type LocalizedText,
  both,
  planError,
} from "../base/diagnostic.js";
import { nearest } from "../base/nearest.js";
import { didYouMean } from "../base/suggest.js";
import { valueAt } from "./raw-data.js";
import { RULE_MESSAGES } from "./rule-messages.js";

type Issue = z.core.$ZodIssue;

/** Names that are known at a place of the plan. */
type KnownKeys = (path: PlanPath) => readonly string[];
type IssueOf<Code extends Issue["code"]> = Extract<Issue, { readonly code: Code }>;

/**
 * One zod issue as one or more findings in plain words. `data` is what was parsed: it shows what
 * was found.
 */
export function explainIssue(issue: Issue, data: unknown, knownKeys: KnownKeys): Diagnostic[] {
  const path = issue.path as PlanPath;
  const value = valueAt(data, path);
  switch (issue.code) {
    case "unrecognized_keys":
      return unknownKeys(issue.keys, path, knownKeys(path));
    case "invalid_type":
      return [wrongType(issue.expected, value, path)];
    case "invalid_value":
      return [value === undefined ? missingField(path) : wrongValue(issue.values, value, path)];
    case "too_small":
    case "too_big":
      return [outOfRange(issue, value, path)];
    case "invalid_format":
      return [formatProblem(issue, path, show(value))];
    case "invalid_key":
      return [wrongName(path)];
    case "invalid_union":
      return explainUnion(issue, data, knownKeys);
    case "custom":
      return [customProblem(issue.params ?? {}, path, show(value))];
    default:
      return [notValid(path, show(value))];
  }
}

function unknownKeys(
  keys: readonly string[],
  path: PlanPath,
  allowed: readonly string[],
): Diagnostic[] {
  return keys.map((key) =>
    atKey(
      planError(
        "unknown-key",
        [...path, key],
        both(`không có mục tên “${key}” ở đây`, `there is no field “${key}” here`),
        suggestion(key, allowed),
      ),
    ),
  );
}

function wrongType(expected: string, value: unknown, path: PlanPath): Diagnostic {
  if (value === undefined) return missingField(path);
  if (value === null)
    return planError(
      "empty",
      path,
      both("mục này để trống", "this field is empty"),
      both("điền nội dung, hoặc bỏ cả mục", "fill it in, or remove it"),
    );
  const found = show(value);
  return planError(
    "wrong-type",
    path,
    both(
      `cần ${TYPES[expected]?.vi ?? expected}, nhưng gặp ${found}`,
      `expected ${TYPES[expected]?.en ?? expected}, found ${found}`,
    ),
    typeHint(expected, value),
  );
}

function wrongValue(allowed: readonly unknown[], value: unknown, path: PlanPath): Diagnostic {
  const found = show(value);
  return planError(
    "wrong-value",
    path,
    both(`không nhận ${found}`, `${found} is not allowed`),
    valueHint(found, allowed.map(String), value),
  );
}

function outOfRange(
  issue: IssueOf<"too_small"> | IssueOf<"too_big">,
  value: unknown,
  path: PlanPath,
): Diagnostic {
  const ofList = issue.origin === "array";
  if (issue.code === "too_small" && ofList)
    return planError(
      "empty",
      path,
      both("danh sách này để trống", "this list is empty"),
      both(
        "thêm ít nhất một mục, hoặc bỏ cả danh sách",
        "add at least one item, or remove the list",
      ),
    );
  const [vi, en] = ofList ? ["số phần tử", "the number of items"] : ["giá trị", "the value"];
  const outside = both(
    `${show(value)} ngoài khoảng cho phép: ${vi}`,
    `${show(value)} is out of range: ${en} is`,
  );
  return issue.code === "too_small"
    ? planError(
        "out-of-range",
        path,
        both(
          `${outside.vi} nhỏ nhất là ${String(issue.minimum)}`,
          `${outside.en} at least ${String(issue.minimum)}`,
        ),
        both(
          `sửa thành ${String(issue.minimum)} trở lên`,
          `make it at least ${String(issue.minimum)}`,
        ),
      )
    : planError(
        "out-of-range",
        path,
        both(
          `${outside.vi} lớn nhất là ${String(issue.maximum)}`,
          `${outside.en} at most ${String(issue.maximum)}`,
        ),
        both(
          `sửa thành không quá ${String(issue.maximum)}`,
          `make it at most ${String(issue.maximum)}`,
        ),
      );
}

function wrongName(path: PlanPath): Diagnostic {
  const name = String(path.at(-1));
  return atKey(
    planError(
      "wrong-name",
      path,
      both(`tên “${name}” không hợp lệ`, `the name “${name}” is not allowed`),
      ID_HINT,
    ),
  );
}

function explainUnion(
  issue: IssueOf<"invalid_union">,
  data: unknown,
  knownKeys: KnownKeys,
): Diagnostic[] {
  const path = issue.path as PlanPath;
  const options = issue.errors.filter((option) => option.length > 0);
  // A choice of bare values is one choice.
  const values = options.flatMap((option) =>
    option.flatMap((inner) =>
      inner.code === "invalid_value" && inner.path.length === 0 ? inner.values.map(String) : [],
    ),
  );
  if (values.length === options.length && values.length > 1)
    return [wrongValue(values, valueAt(data, path), path)];
  const best = [...options].sort((a, b) => weight(a) - weight(b))[0] ?? [];
  return best.flatMap((inner) =>
    explainIssue({ ...inner, path: [...issue.path, ...inner.path] }, data, knownKeys),
  );
}

function notValid(path: PlanPath, found: string): Diagnostic {
  return planError("invalid", path, both(`${found} không hợp lệ`, `${found} is not valid`));
}

function missingField(path: PlanPath): Diagnostic {
  const name = String(path.at(-1) ?? "");
  return planError(
    "missing",
    path.slice(0, -1),
    both(`thiếu mục “${name}”`, `the field “${name}” is missing`),
    both(`thêm “${name}: …”`, `add “${name}: …”`),
  );
}

function weight(issues: readonly Issue[]): number {
  return issues.reduce(
    (sum, issue) => sum + (issue.path.length === 0 && issue.code === "invalid_type" ? 10 : 1),
    0,
  );
}

function atKey(problem: Diagnostic): Diagnostic {
  return problem.at.in === "plan" ? { ...problem, at: { ...problem.at, key: true } } : problem;
}

const TYPES: Partial<Record<string, LocalizedText>> = {
  string: both("chữ", "text"),
  number: both("số", "a number"),
  int: both("số nguyên", "a whole number"),
  boolean: both("true hoặc false", "true or false"),
  array: both("danh sách (các dòng bắt đầu bằng “- ”)", "a list"),
  object: both("nhóm mục (tên: giá trị)", "a group of fields"),
  record: both("nhóm mục (tên: giá trị)", "a group of fields"),
};

function typeHint(expected: string, value: unknown): LocalizedText | undefined {
  if (expected === "string" && (typeof value === "number" || typeof value === "boolean")) {
    return both(`đặt trong ngoặc kép: "${String(value)}"`, `put it in quotes: "${String(value)}"`);
  }
  if (expected === "string" && typeof value === "object" && value !== null) {
    return both(
      "câu có dấu hai chấm hoặc bắt đầu bằng {{ phải đặt trong ngoặc kép",
      "text with a colon or beginning with {{ goes in quotes",
    );
  }
  if ((expected === "number" || expected === "int") && typeof value === "string") {
    return both(
      "viết số trơn: không dấu chấm ngăn nghìn, dấu thập phân là dấu chấm (4034; 0.44)",
      "write a bare number: no thousands sign, a point for decimals (4034; 0.44)",
    );
  }
  return undefined;
}

function valueHint(found: string, values: readonly string[], value: unknown): LocalizedText {
  if (typeof value === "number" && values.some((allowed) => allowed.startsWith(String(value)))) {
    const meant = values.find((allowed) => allowed.startsWith(String(value))) ?? "";
    return both(`đặt trong ngoặc kép: "${meant}"`, `put it in quotes: "${meant}"`);
  }
  return suggestion(found.replace(/^“|”$/gu, ""), values);
}

function suggestion(found: string, allowed: readonly string[]): LocalizedText {
  const near = nearest(found, allowed);
  const list = allowed.map((name) => (name === "" ? '""' : name)).join(", ");
  return near !== null ? didYouMean(near) : both(`ở đây nhận: ${list}`, `allowed here: ${list}`);
}

const ID_HINT = both(
  "tên chỉ gồm chữ thường không dấu, chữ số, “-”, “_”, bắt đầu bằng chữ",
  "names take a–z, digits, “-”, “_”, and begin with a letter",
);

function formatProblem(
  issue: Issue & { code: "invalid_format" },
  path: PlanPath,
  found: string,
): Diagnostic {
  const pattern = "pattern" in issue ? String(issue.pattern) : "";
  if (pattern.includes("\\d{4}")) {
    return planError(
      "wrong-date",
      path,
      both(`${found} không phải ngày`, `${found} is not a date`),
      both("viết năm-tháng-ngày: 2022-01-18", "write year-month-day: 2022-01-18"),
    );
  }
  if (pattern.includes("a-z"))
    return planError(
      "wrong-name",
      path,
      both(`tên ${found} không hợp lệ`, `the name ${found} is not allowed`),
      ID_HINT,
    );
  return planError(
    "empty-text",
    path,
    both("mục này để trống", "this field is empty"),
    both("điền chữ vào, hoặc bỏ cả mục", "fill it in, or remove the field"),
  );
}

/** Rules of our own in the schema: they say their name and facts in `params`. */
function customProblem(
  params: Readonly<Record<string, unknown>>,
  path: PlanPath,
  shown: string,
): Diagnostic {
  const rule = String(params["rule"]);
  const allowed = Array.isArray(params["allowed"]) ? params["allowed"].map(String) : [];
  if (rule === "unknown-kind") {
    const keys = Array.isArray(params["found"]) ? params["found"].map(String) : [];
    return unknownKind(keys, allowed, path, shown);
  }
  const found = String(params["found"]);
  if (rule === "unknown-source") return unknownSource(found, allowed, path);
  const message = Object.hasOwn(RULE_MESSAGES, rule) ? RULE_MESSAGES[rule] : undefined;
  if (message !== undefined) {
    const said = message({
      found,
      most: String(params["most"]),
      expected: String(params["expected"]),
      allowed: String(params["allowed"]),
    });
    return planError(said.code, path, said.message, said.hint);
  }
  if (path.at(-1) === "day" || path.includes("date"))
    return planError(
      "wrong-date",
      path,
      both(`${shown} không phải ngày có thật`, `${shown} is not a real date`),
      both("xem lại ngày và tháng", "look at day and month"),
    );
  return notValid(path, shown);
}

function unknownKind(
  keys: readonly string[],
  allowed: readonly string[],
  path: PlanPath,
  shown: string,
): Diagnostic {
  const quoted = keys.map((key) => `“${key}”`).join(", ");
  const near = keys.find((key) => nearest(key, allowed) !== null);
  return planError(
    "unknown-kind",
    path,
    keys.length > 0
      ? both(
          `không rõ đây là loại mục gì: có ${quoted}`,
          `it is not clear what this is: it has ${quoted}`,
        )
      : both(`không nhận ${shown} ở đây`, `${shown} is not allowed here`),
    near !== undefined
      ? suggestion(near, allowed)
      : both(
          `cần một trong: ${allowed.join(", ")}`,
          `one of these is needed: ${allowed.join(", ")}`,
        ),
  );
}

function unknownSource(found: string, allowed: readonly string[], path: PlanPath): Diagnostic {
  const hint = suggestion(found, allowed);
  // A source may be new rather than mistyped.
  const more = both(
    "nguồn mới thì khai báo ở programme.sources",
    "a new source is declared in programme.sources",
  );
  return atKey(
    planError(
      "unknown-source",
      path,
      both(`không có nguồn vốn “${found}”`, `there is no funding source “${found}”`),
      both(`${hint.vi} ${more.vi}`, `${hint.en} ${more.en}`),
    ),
  );
}

function show(value: unknown): string {
  if (typeof value === "string") return `“${value.length > 40 ? `${value.slice(0, 40)}…` : value}”`;
  if (Array.isArray(value)) return "[…]";
  if (typeof value === "object" && value !== null) return "{…}";
  return String(value);
}
