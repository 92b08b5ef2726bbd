import { type Diagnostic, type PlanPath, both, planError } from "../base/diagnostic.js";
import type { DataColumn } from "../plan/data-table.js";
import { type Formula, parseFormula } from "./formula.js";

/** What is asked of the numbers under the names of columns. */
interface Numbering {
  /** Whether the table has a row of column numbers. */
  readonly columnNumbers: boolean;
  /** Place of a column's formula in the plan. */
  readonly pathOf: (column: string) => PlanPath;
}

/** What stands under the name of each column; null where nothing does. */
interface NumberedColumns {
  readonly numbers: readonly (string | null)[];
  readonly problems: readonly Diagnostic[];
}

/**
 * Number columns as tables of plans do: "A", "B" for words, "1", "2" for numbers, with the formula
 * where there is one: "3=4+5". A formula by numbers asks for them, too.
 * Errors: a formula that gives its column another number.
 */
export function numberColumns(
  columns: readonly DataColumn[],
  { columnNumbers, pathOf }: Numbering,
): NumberedColumns {
  const problems: Diagnostic[] = [];
  if (!columnNumbers && !columns.some(({ formula }) => formula?.includes("=")))
    return { numbers: columns.map(({ number }) => writtenNumber(number)), problems };
  let [letters, counted] = [0, 0];
  const plain = columns.map(({ id, kind, number, formula, show }): string | null => {
    if (number !== null) return writtenNumber(number);
    if (!show) return null;
    if (formula?.includes("=")) {
      counted++;
      if (formula.split("=")[0]?.trim() !== String(counted))
        problems.push(misnumbered(formula, counted, pathOf(id)));
      return formula.replace(/\s+/gu, "");
    }
    return kind === "order" || kind === "text" || kind === "date"
      ? String.fromCharCode(65 + letters++)
      : String(++counted);
  });
  return { numbers: withFormulas(columns, plain), problems };
}

function writtenNumber(number: DataColumn["number"]): string | null {
  return number === null ? null : String(number);
}

/** The same numbers, with the formula of a column by names written in numbers. */
function withFormulas(
  columns: readonly DataColumn[],
  numbers: readonly (string | null)[],
): readonly (string | null)[] {
  const names = columns.map(({ id }, index) => ({ id, number: numbers[index] ?? null }));
  return columns.map(({ formula }, index) => {
    const number = numbers[index] ?? null;
    if (number === null || number.includes("=") || formula === null) return number;
    const parsed = parseFormula(formula, names);
    const shown = parsed.ok ? printByNumbers(parsed.formula, numbers) : null;
    return shown === null ? number : `${number}=${shown}`;
  });
}

function misnumbered(formula: string, place: number, path: PlanPath): Diagnostic {
  return planError(
    "column-number",
    path,
    both(
      `công thức “${formula}” đứng ở cột số ${place}`,
      `the formula “${formula}” stands in column number ${place}`,
    ),
    both(
      `viết ${place}=…; các cột số được đánh 1, 2, 3 từ trái sang`,
      `write ${place}=…; columns of numbers count 1, 2, 3 from the left`,
    ),
  );
}

/** A formula by the numbers under the columns: "4+5+6". Null when a column has none. */
function printByNumbers(formula: Formula, numbers: readonly (string | null)[]): string | null {
  // A number of its own would be read as that of a column.
  if (formula.kind === "number") return null;
  if (formula.kind === "column") return numbers[formula.index]?.split("=")[0] ?? null;
  const [left, right] = [
    printByNumbers(formula.left, numbers),
    printByNumbers(formula.right, numbers),
  ];
  if (left === null || right === null) return null;
  const strong = formula.sign === "*" || formula.sign === "/";
  const weak = (part: Formula): boolean =>
    part.kind === "operation" && (part.sign === "+" || part.sign === "-");
  const first = strong && weak(formula.left) ? `(${left})` : left;
  const second =
    (strong && formula.right.kind === "operation") || (formula.sign === "-" && weak(formula.right))
      ? `(${right})`
      : right;
  return `${first}${formula.sign === "*" ? "x" : formula.sign}${second}`;
}
