import type { Diagnostic, Language } from "../../base/diagnostic.js";

export const REPORT_FORMATS = ["text", "short", "json"] as const;
export type ReportFormat = (typeof REPORT_FORMATS)[number];

/** A finding as the JSON report has it. */
interface Finding {
  readonly code: string;
  readonly severity: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly path: string;
  /** "Xã!C7" in a spreadsheet. */
  readonly cell: string;
  readonly message: string;
  readonly hint: string;
}

/**
 * Findings as machines and people read them. `sources` gives the text of a file, for the line that
 * is shown.
 */
export function printReport(
  problems: readonly Diagnostic[],
  format: ReportFormat,
  language: Language,
  sourceOf: (file: string) => string | null,
): string {
  const findings = problems.map((problem) => toFinding(problem, language));
  if (format === "json") return `${JSON.stringify({ findings }, null, 2)}\n`;
  if (format === "short")
    return findings
      .map(
        (one) =>
          `${printPlace(one)}: ${SEVERITY[language][one.severity] ?? one.severity}: ${one.message}\n`,
      )
      .join("");
  const lines = new Map<string, readonly string[]>();
  const linesOf = (file: string): readonly string[] => {
    let found = lines.get(file);
    if (found === undefined) lines.set(file, (found = sourceOf(file)?.split("\n") ?? []));
    return found;
  };
  return findings.map((one) => printFinding(one, language, linesOf(one.file))).join("");
}

const SEVERITY: Readonly<Record<Language, Readonly<Record<string, string>>>> = {
  vi: { error: "lỗi", warning: "cảnh báo" },
  en: { error: "error", warning: "warning" },
};

function printFinding(finding: Finding, language: Language, lines: readonly string[]): string {
  const head = `${SEVERITY[language][finding.severity] ?? finding.severity}: ${finding.message}`;
  const where = `${printPlace(finding)}${finding.path ? ` (${finding.path})` : ""}`;
  const line = lines[finding.line - 1];
  const shown =
    line === undefined || line.length > 2000
      ? []
      : excerpt(line, finding.column, String(finding.line));
  const hint = finding.hint ? [`  ${language === "vi" ? "gợi ý" : "hint"}: ${finding.hint}`] : [];
  return `${[head, `  --> ${where}`, ...shown, ...hint].join("\n")}\n\n`;
}

/** "ke-hoach.yaml:12:3"; in a workbook "so-lieu.xlsx!Xã!C7"; in a CSV file both. */
function printPlace({ file, line, column, cell }: Finding): string {
  return cell.includes("!")
    ? `${file}!${cell}`
    : `${file}:${line}:${column}${cell === "" ? "" : ` (${cell})`}`;
}

/** The line with a caret under the place; a long line is cut around it. */
function excerpt(line: string, column: number, number: string): string[] {
  const from = Math.max(0, Math.min(column - 1, line.length) - 60);
  const text =
    `${from > 0 ? "…" : ""}${line.slice(from, from + 110)}${line.length > from + 110 ? "…" : ""}`.replace(
      /\t/gu,
      " ",
    );
  const caret = " ".repeat(Math.max(0, column - 1 - from + (from > 0 ? 1 : 0)));
  return [`  ${number} | ${text}`, `  ${" ".repeat(number.length)} | ${caret}^`];
}

function toFinding(problem: Diagnostic, language: Language): Finding {
  const at =
    problem.at.in === "file" ? problem.at : { file: "", line: 1, column: 1, path: "", cell: "" };
  return {
    code: problem.code,
    severity: problem.severity,
    file: at.file,
    line: at.line,
    column: at.column,
    path: at.path ?? "",
    cell: at.cell ?? "",
    message: problem.message[language],
    hint: problem.hint?.[language] ?? "",
  };
}
