import { type CellDraft, type TableDraft, rowText } from "./tables.js";
import { lastLine } from "./line-groups.js";

export interface JoinedTable {
  readonly table: TableDraft;
  /** Head rows that the second page said again. */
  readonly repeated: readonly string[];
}

const SAME_EDGE = 3;
const MAX_HEAD = 8;

/**
 * The second table as the first one's continuation on the next page; null when their columns
 * differ.
 */
export function joinTables(first: TableDraft, second: TableDraft): JoinedTable | null {
  if (first.xs.length !== second.xs.length) return null;
  const shift = (second.xs[0] ?? 0) - (first.xs[0] ?? 0);
  if (!first.xs.every((x, index) => Math.abs((second.xs[index] ?? 0) - shift - x) <= SAME_EDGE))
    return null;
  const head = repeatedHead(first, second);
  const repeated = Array.from({ length: head }, (_, row) => rowText(second, row));
  const below = second.cells
    .filter((cell) => cell.row >= head)
    .map((cell) => ({ ...cell, row: cell.row - head }));
  const cut = isCut(first, below);
  const offset = first.rows - (cut ? 1 : 0);
  const cells = [...first.cells];
  for (const cell of below) {
    const above =
      cell.row > 0
        ? -1
        : cells.findIndex(
            (one) =>
              one.column === cell.column &&
              one.columns === cell.columns &&
              one.row + one.rows === first.rows,
          );
    const owner = cells[above];
    const goesOn = owner !== undefined;
    if (goesOn && cut) {
      cells[above] = {
        ...owner,
        rows: owner.rows + cell.rows - 1,
        groups: joinGroups(owner, cell),
        text: `${owner.text} ${cell.text}`.trim(),
      };
    } else if (
      goesOn &&
      owner.text !== "" &&
      sameLabel(owner.text, cell.text) &&
      (owner.rows > 1 || cell.rows > 1)
    ) {
      // A label over several rows is said again where the page cuts it.
      cells[above] = { ...owner, rows: owner.rows + cell.rows };
    } else cells.push({ ...cell, row: cell.row + offset });
  }
  return {
    table: {
      ...first,
      lastPage: second.lastPage,
      rows: offset + second.rows - head,
      cells: cells.sort((a, b) => a.row - b.row || a.column - b.column),
      head: Math.max(first.head, head),
    },
    repeated,
  };
}

/** A label that is said again on the next page may be marked as going on. */
function sameLabel(above: string, below: string): boolean {
  return above === below.replace(/\s*\(tiếp(?: theo)?\)$/iu, "");
}

function repeatedHead(first: TableDraft, second: TableDraft): number {
  let rows = 0;
  while (
    rows < Math.min(MAX_HEAD, second.rows - 1, first.rows) &&
    rowText(first, rows) === rowText(second, rows) &&
    sameShape(first, second, rows)
  )
    rows++;
  // Rows of which a cell reaches further down belong together.
  while (rows > 0 && second.cells.some((cell) => cell.row < rows && cell.row + cell.rows > rows))
    rows--;
  return Array.from({ length: rows }, (_, row) => rowText(second, row))
    .join("")
    .trim() === ""
    ? 0
    : rows;
}

function sameShape(first: TableDraft, second: TableDraft, row: number): boolean {
  const shape = (table: TableDraft): string =>
    table.cells
      .filter((cell) => cell.row === row)
      .map(({ column, columns }) => `${column}+${columns}`)
      .join();
  return shape(first) === shape(second);
}

/**
 * Whether the page's end cuts a row: nothing begins in the row below that was not begun above, and
 * some text breaks off in the middle.
 */
function isCut(first: TableDraft, below: readonly CellDraft[]): boolean {
  const top = below.filter((cell) => cell.row === 0);
  const filled = top.filter((cell) => cell.text !== "");
  if (filled.length === 0) return false;
  const pairs = filled.map(
    (cell) =>
      [
        first.cells.find(
          (one) =>
            one.column === cell.column &&
            one.columns === cell.columns &&
            one.row + one.rows === first.rows,
        ),
        cell,
      ] as const,
  );
  if (pairs.some(([above]) => above === undefined || above.text === "")) return false;
  // A new row has its number or name; what is left of a cut one has empty cells where the first
  // part was full.
  const emptied = top.some(
    (cell) =>
      cell.text === "" &&
      first.cells.some(
        (one) => one.column === cell.column && one.row + one.rows === first.rows && one.text !== "",
      ),
  );
  const numbers = pairs.some(([, cell]) => /^[\d.,\s%-]+$/u.test(cell.text));
  const breaks = pairs.some(
    ([above, cell]) => /^[\p{Ll}(]/u.test(cell.text) || !/[.;:!?]$/u.test(above?.text ?? ""),
  );
  return emptied && !numbers && breaks;
}

function joinGroups(above: CellDraft, below: CellDraft): CellDraft["groups"] {
  const [last, first] = [above.groups.at(-1), below.groups[0]];
  if (!last || !first) return [...above.groups, ...below.groups];
  const flows = !/[.;:!?]$/u.test(lastLine(last)) && last.align !== "center";
  if (!flows) return [...above.groups, ...below.groups];
  return [
    ...above.groups.slice(0, -1),
    { ...last, lines: [...last.lines, ...first.lines] },
    ...below.groups.slice(1),
  ];
}
