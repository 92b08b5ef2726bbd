import type { z } from "zod";
import {
  type Diagnostic,
  type PlanPath,
  type LocalizedText,
  both,
  planError,
} from "../base/diagnostic.js";
import { nearest } from "../base/nearest.js";

type Issue = z.core.$ZodIssue;

/**
 * One zod issue as one or more findings in plain words. `data` is what was parsed: it shows what
 * was found.
 */
export function explainIssue(
  issue: Issue,
  data: unknown,
  knownKeys: (path: PlanPath) => readonly string[],
): Diagnostic[] {
  const path = issue.path as PlanPath;
  const found = show(valueAt(data, path));
  switch (issue.code) {
    case "unrecognized_keys": {
      const allowed = knownKeys(path);
      return issue.keys.map((key) =>
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
    case "invalid_type": {
      if (valueAt(data, path) === undefined) return [missingField(path)];
      if (valueAt(data, path) === null)
        return [
          planError(
            "empty",
            path,
            both("mục này để trống", "this field is empty"),
            both("điền nội dung, hoặc bỏ cả mục", "fill it in, or remove it"),
          ),
        ];
      return [
        planError(
          "wrong-type",
          path,
          both(
            `cần ${TYPES[issue.expected]?.vi ?? issue.expected}, nhưng gặp ${found}`,
            `expected ${TYPES[issue.expected]?.en ?? issue.expected}, found ${found}`,
          ),
          typeHint(issue.expected, valueAt(data, path)),
        ),
      ];
    }
    case "invalid_value": {
      if (valueAt(data, path) === undefined) return [missingField(path)];
      const values = issue.values.map(String);
      return [
        planError(
          "wrong-value",
          path,
          both(`không nhận ${found}`, `${found} is not allowed`),
          valueHint(found, values, valueAt(data, path)),
        ),
      ];
    }
    case "too_small":
    case "too_big": {
      const least = issue.code === "too_small";
      if (least && issue.origin === "array")
        return [
          planError(
            "empty",
            path,
            both("danh sách này để trống", "this list is empty"),
            both(
              "thêm ít nhất một mục, hoặc bỏ cả danh sách",
              "add at least one item, or remove the list",
            ),
          ),
        ];
      const limit = String(least ? issue.minimum : issue.maximum);
      const [vi, en] =
        issue.origin === "array" ? ["số phần tử", "the number of items"] : ["giá trị", "the value"];
      return [
        planError(
          "out-of-range",
          path,
          both(
            `${found} ngoài khoảng cho phép: ${vi} ${least ? "nhỏ nhất" : "lớn nhất"} là ${limit}`,
            `${found} is out of range: ${en} is ${least ? "at least" : "at most"} ${limit}`,
          ),
          both(
            `sửa thành ${least ? `${limit} trở lên` : `không quá ${limit}`}`,
            `make it ${least ? "at least" : "at most"} ${limit}`,
          ),
        ),
      ];
    }
    case "invalid_format":
      return [formatProblem(issue, path, found)];
    case "invalid_key":
      return [
        atKey(
          planError(
            "wrong-name",
            path,
            both(
              `tên “${String(path.at(-1))}” không hợp lệ`,
              `the name “${String(path.at(-1))}” is not allowed`,
            ),
            ID_HINT,
          ),
        ),
      ];
    case "invalid_union": {
      const options = issue.errors.filter((option) => option.length > 0);
      // A choice of bare values is one choice.
      const values = options.flatMap((option) =>
        option.flatMap((inner) =>
          inner.code === "invalid_value" && inner.path.length === 0 ? inner.values.map(String) : [],
        ),
      );
      if (values.length === options.length && values.length > 1)
        return [
          planError(
            "wrong-value",
            path,
            both(`không nhận ${found}`, `${found} is not allowed`),
            valueHint(found, values, valueAt(data, path)),
          ),
        ];
      const best = [...options].sort((a, b) => weight(a) - weight(b))[0] ?? [];
      return best.flatMap((inner) =>
        explainIssue({ ...inner, path: [...path, ...inner.path] } as Issue, data, knownKeys),
      );
    }
    case "custom":
      return [customProblem(issue.params ?? {}, path, found)];
    default:
      return [planError("invalid", path, both(`${found} không hợp lệ`, `${found} is not valid`))];
  }
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
  return near !== null
    ? both(`có phải là “${near}”?`, `did you mean “${near}”?`)
    : both(`ở đây nhận: ${list}`, `allowed here: ${list}`);
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

function customProblem(params: Record<string, unknown>, path: PlanPath, found: string): Diagnostic {
  const allowed = Array.isArray(params["allowed"]) ? params["allowed"].map(String) : [];
  switch (params["rule"]) {
    case "unknown-kind": {
      const keys = Array.isArray(params["found"]) ? params["found"].map(String) : [];
      const near = keys
        .map((key) => [key, nearest(key, allowed)] as const)
        .find(([, name]) => name !== null);
      return planError(
        "unknown-kind",
        path,
        keys.length > 0
          ? both(
              `không rõ đây là loại mục gì: có ${keys.map((key) => `“${key}”`).join(", ")}`,
              `it is not clear what this is: it has ${keys.map((key) => `“${key}”`).join(", ")}`,
            )
          : both(`không nhận ${found} ở đây`, `${found} is not allowed here`),
        near
          ? suggestion(near[0], allowed)
          : both(
              `cần một trong: ${allowed.join(", ")}`,
              `one of these is needed: ${allowed.join(", ")}`,
            ),
      );
    }
    case "figure-range":
      return planError(
        "figure-range",
        path,
        both(
          "số liệu “từ – đến” cần cả from và to, không cần value",
          "a range needs both from and to, and no value",
        ),
        both(
          'viết { from: 2.22, to: 1.12, unit: "%" }',
          'write { from: 2.22, to: 1.12, unit: "%" }',
        ),
      );
    case "figure-empty":
      return planError(
        "figure-empty",
        path,
        both("số liệu chưa có giá trị", "the figure has no value"),
        both("viết value, hoặc from và to, hoặc parts", "write value, or from and to, or parts"),
      );
    case "funding-twice":
      return planError(
        "funding-twice",
        path,
        both(
          "kinh phí ghi cả ở dự án lẫn ở tiểu dự án: tổng sẽ bị tính hai lần",
          "funding is given for the project and for its sub-projects: it would count twice",
        ),
        both("chỉ ghi ở một cấp", "give it at one level only"),
      );
    case "unknown-source":
      return atKey(
        planError(
          "unknown-source",
          path,
          both(
            `không có nguồn vốn “${String(params["found"])}”`,
            `there is no funding source “${String(params["found"])}”`,
          ),
          declareSource(suggestion(String(params["found"]), allowed)),
        ),
      );
    default: {
      const inTable = tableProblem(params, path);
      if (inTable !== null) return inTable;
      if (path.at(-1) === "day" || path.includes("date") || path.at(-1) === "date") {
        return planError(
          "wrong-date",
          path,
          both(`${found} không phải ngày có thật`, `${found} is not a real date`),
          both("xem lại ngày và tháng", "look at day and month"),
        );
      }
      return planError("invalid", path, both(`${found} không hợp lệ`, `${found} is not valid`));
    }
  }
}

/** Mistakes in the shape of a table. */
function tableProblem(params: Record<string, unknown>, path: PlanPath): Diagnostic | null {
  const [found, most] = [String(params["found"]), String(params["most"])];
  switch (params["rule"]) {
    case "row-length":
      return planError(
        "row-length",
        path,
        both(
          `dòng có ${found} ô, ở đây có ${String(params["expected"])} cột`,
          `the row has ${found} cells, there are ${String(params["expected"])} columns here`,
        ),
        both(
          "thêm ô (để null khi trống) hoặc bớt ô",
          "add cells (null for an empty one) or remove some",
        ),
      );
    case "too-many-columns":
      return planError(
        "too-many-columns",
        path,
        both(
          `bảng có ${found} cột, nhiều nhất ${most}`,
          `the table has ${found} columns, at most ${most}`,
        ),
        both(
          "tách thành hai bảng, hoặc đưa vào phụ lục khổ ngang",
          "split it into two tables, or make it a landscape appendix",
        ),
      );
    case "head-too-deep":
      return planError(
        "head-too-deep",
        path,
        both(
          `tên cột có ${found} tầng, nhiều nhất ${most}`,
          `the column names have ${found} levels, at most ${most}`,
        ),
        both("bớt một tầng nhóm cột", "leave out a level of column groups"),
      );
    case "column-bounds":
      return planError(
        "column-bounds",
        path,
        both(
          "cột đã có width thì không rộng theo nội dung, nên không có rộng ít nhất, nhiều nhất",
          "a column with a width does not follow its content, so it has no least or greatest width",
        ),
        both("bỏ width, hoặc bỏ minWidth và maxWidth", "remove width, or minWidth and maxWidth"),
      );
    case "column-bounds-crossed":
      return planError(
        "column-bounds",
        path,
        both(
          `rộng ít nhất lớn hơn rộng nhiều nhất (${most} mm)`,
          `the least width is greater than the greatest (${most} mm)`,
        ),
        both("sửa một trong hai", "change one of the two"),
      );
    case "band-inside-span":
      return planError(
        "band-inside-span",
        path,
        both(
          "dòng suốt bảng không đặt được trong các dòng chung ô",
          "a row across the table cannot stand among rows that share cells",
        ),
        both("đặt dòng band ra ngoài span", "put the band outside the span"),
      );
    case "weights":
      return planError(
        "weights",
        path,
        both(
          "phân bổ cần đúng một trong hai: by (một cột làm trọng số, hoặc equal) hay criteria (các tiêu chí)",
          "an allocation needs exactly one of by (a column of weights, or equal) and criteria",
        ),
        both("ví dụ by: ho-ngheo", "such as by: poor-households"),
      );
    case "split-totals":
      return planError(
        "split-totals",
        path,
        both(
          "chia hai chiều cần đúng một trong hai: totals (tổng từng cột) hay ratio (tỷ lệ)",
          "a two-way division needs exactly one of totals and ratio",
        ),
        both(
          "ví dụ ratio: { tw: 100, tinh: 5, huyen: 10 }",
          "such as ratio: { tw: 100, tinh: 5, huyen: 10 }",
        ),
      );
    case "no-columns":
      return planError(
        "no-columns",
        path,
        both(
          "bảng chưa có cột: cần columns hoặc layout",
          "the table has no columns: it needs columns or a layout",
        ),
        both(
          `các mẫu có sẵn: ${String(params["allowed"])}`,
          `ready layouts: ${String(params["allowed"])}`,
        ),
      );
    case "span-too-wide":
      return planError(
        "span-too-wide",
        path,
        both(
          `ô chung chiếm ${found} cột, không còn cột cho các dòng bên trong`,
          `the shared cells take ${found} columns and leave none for the rows inside`,
        ),
        both(`nhiều nhất ${most} ô chung`, `at most ${most} shared cells`),
      );
    default:
      return null;
  }
}

function valueAt(data: unknown, path: PlanPath): unknown {
  return path.reduce<unknown>(
    (value, step) =>
      typeof value === "object" && value !== null
        ? (value as Record<string | number, unknown>)[step]
        : undefined,
    data,
  );
}

function show(value: unknown): string {
  if (typeof value === "string") return `“${value.length > 40 ? `${value.slice(0, 40)}…` : value}”`;
  if (Array.isArray(value)) return "[…]";
  if (typeof value === "object" && value !== null) return "{…}";
  return String(value);
}

/** A source may be new rather than mistyped. */
function declareSource(hint: LocalizedText | undefined): LocalizedText {
  const more = both(
    "nguồn mới thì khai báo ở programme.sources",
    "a new source is declared in programme.sources",
  );
  return hint === undefined ? more : both(`${hint.vi} ${more.vi}`, `${hint.en} ${more.en}`);
}
