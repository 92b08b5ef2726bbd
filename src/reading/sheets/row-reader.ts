import type { Diagnostic } from "../../base/diagnostic.js";
import type { DataColumn, DataTable, SheetRow, SheetSource } from "../../plan/data-table.js";
import { dataTableKey } from "../../plan/table-presets.js";
import type { Cell } from "../../plan/typed-table.js";
import { CellReader, isNumeric } from "./cell-reader.js";
import type { Grid, GridCell } from "./grid.js";
import type { Matched } from "./match-columns.js";
import { SheetFaults } from "./sheet-faults.js";

/** Stands for the column of order numbers in a table that has none of its own. */
export const ORDER = "#";

/** Words with which a row of totals begins, and a row of parts. */
const TOTAL_WORDS =
  /^(?:tổng(?: cộng| số)?|cộng|toàn (?:tỉnh|thành phố|huyện|thị xã|xã|phường))\b/iu;
/**
 * The total of the whole table; what comes after it with numbers is a mistake, without them a
 * footer.
 */
const GRAND_TOTAL = /^tổng(?: cộng| số| cộng số)?\s*[:.]?$/iu;
const PART_WORDS = /^trong đó\b/iu;

/** A sheet whose columns are found, and what is to be read of it. */
export interface MatchedSheet {
  readonly grid: Grid;
  readonly matched: Matched;
  readonly columns: readonly DataColumn[];
  readonly dataTable: DataTable;
  readonly source: SheetSource;
}

/** A row of cells that holds something, and what its label and mark say. */
interface ReadRow {
  readonly row: number;
  readonly cells: readonly (GridCell | null)[];
  readonly values: Readonly<Record<string, Cell>>;
  readonly label: string;
  /** What stands in the column of order numbers; null without such a column. */
  readonly mark: string | null;
}

/** How far the reading of a sheet has come. */
interface ReadingState {
  readonly rows: SheetRow[];
  readonly levels: MarkLevels;
  /** The total of the whole table was read. */
  closed: boolean;
  /** A blank row stands below rows that were read. */
  gap: boolean;
}

/** Reads the rows below the head of a sheet. */
export class RowReader {
  readonly #grid: Grid;
  readonly #matched: Matched;
  readonly #source: SheetSource;
  readonly #faults: SheetFaults;
  readonly #cells: CellReader;
  readonly #columns: readonly (readonly [DataColumn, number])[];
  readonly #order: number | null;
  readonly #label: string;

  constructor({ grid, matched, columns, dataTable, source }: MatchedSheet, problems: Diagnostic[]) {
    this.#faults = new SheetFaults(grid, matched, problems);
    this.#cells = new CellReader(source.numbers, this.#faults);
    this.#grid = grid;
    this.#matched = matched;
    this.#source = source;
    this.#columns = columns.flatMap((column) => {
      const place = matched.columns.get(column.id);
      return place === undefined || column.kind === "order" ? [] : [[column, place] as const];
    });
    this.#order =
      matched.columns.get(columns.find(({ kind }) => kind === "order")?.id ?? ORDER) ?? null;
    const key = dataTableKey(dataTable);
    // A key that is no column is told when the table is evaluated.
    this.#label = columns.some(({ id }) => id === key)
      ? (key ?? "")
      : (columns.find(({ kind }) => kind === "text")?.id ?? "");
  }

  read(): readonly SheetRow[] {
    const { head } = this.#matched;
    const filled = filledDown(
      this.#grid,
      head,
      this.#columns.map(([, column]) => column),
    );
    const state: ReadingState = { rows: [], levels: new MarkLevels(), closed: false, gap: false };
    for (let row = head + 1; row < this.#grid.rows.length; row++) {
      const cells = filled(row);
      if (this.#columns.every(([, column]) => (cells[column] ?? null) === null)) {
        state.gap = state.rows.length > 0;
        continue;
      }
      if (row <= head + 2 && state.rows.length === 0 && this.#isNumbering(cells)) continue;
      if (this.#isPassedOver(row)) continue;
      const read = this.#readRow(cells, row);
      if (!this.#isBelowTable(read, state)) this.#addRow(read, state);
    }
    this.#cells.compareRates();
    if (state.rows.every(({ kind }) => kind === "total"))
      this.#faults.report("sheet-empty", { row: head + 1, column: null }, [
        "dưới dòng tên cột không có dòng dữ liệu nào",
        "there are no rows of data below the head",
        "kiểm tra trang tính và dòng tên cột (head:)",
        "look at the sheet and at the row of names (head:)",
      ]);
    return state.rows;
  }

  /** A hidden row counts only when the plan says so. */
  #isPassedOver(row: number): boolean {
    const { hidden } = this.#source;
    if (!this.#grid.hidden.has(row) || hidden === "keep") return false;
    if (hidden === "refuse")
      this.#faults.report("sheet-hidden", { row, column: null }, [
        "dòng này bị ẩn (hoặc bị bộ lọc che), không rõ có tính hay không",
        "this row is hidden (or filtered out); it is not clear whether it counts",
        "bỏ ẩn hay xóa dòng; hoặc ghi hidden: skip (bỏ qua), hidden: keep (vẫn lấy)",
        "show or delete it; or give hidden: skip, or hidden: keep",
      ]);
    return true;
  }

  #readRow(cells: readonly (GridCell | null)[], row: number): ReadRow {
    const values = this.#row(cells, row);
    return {
      row,
      cells,
      values,
      label: String(values[this.#label] ?? "").trim(),
      mark: this.#order === null ? null : textOf(cells[this.#order] ?? null),
    };
  }

  /**
   * Signatures and notes below the table: after the total, or after a blank row, without mark and
   * number.
   */
  #isBelowTable({ cells, mark }: ReadRow, { closed, gap }: ReadingState): boolean {
    const numbers = this.#columns.filter(([{ kind }]) => isNumeric(kind));
    const unmarked = mark === null || mark === "";
    return (
      numbers.length > 0 &&
      numbers.every(([, column]) => (cells[column] ?? null) === null) &&
      (closed || (gap && unmarked))
    );
  }

  #addRow(read: ReadRow, state: ReadingState): void {
    const { row, cells, values, label, mark } = read;
    const at = { row, column: this.#label };
    if (state.closed) {
      this.#faults.report("sheet-after-total", at, [
        "dòng có số đứng sau dòng tổng của bảng",
        "a row with numbers stands below the table's total",
        "chuyển dòng lên trên dòng tổng, hoặc xóa dòng",
        "move it above the total, or delete it",
      ]);
      return;
    }
    const kind = kindOfRow(label, cells);
    if (kind === "item" && label === "") {
      this.#faults.report("sheet-unnamed", at, [
        "dòng có số nhưng không có tên",
        "the row has numbers but no name",
        "điền tên vào cột đầu, hoặc xóa dòng",
        "give it a name in the first column, or delete the row",
      ]);
      return;
    }
    if (
      kind === "total" &&
      state.rows.some((other) => other.kind === "item") &&
      GRAND_TOTAL.test(label === "" ? firstText(cells) : label)
    )
      state.closed = true;
    state.rows.push({
      cells: values,
      kind,
      level: kind === "item" ? state.levels.of(mark) : state.levels.below(),
      at: (column) => this.#faults.place({ row, column }),
    });
  }

  /** A row of column numbers: A, B, 1, 2, (3), 3=1+2. */
  #isNumbering(cells: readonly (GridCell | null)[]): boolean {
    const texts = this.#columns
      .map(([, column]) => textOf(cells[column] ?? null))
      .filter((text) => text !== "");
    const marks = texts.map((text) =>
      /^\(?(?:([A-Z])|(\d{1,2})(?:\s*=.*)?)\)?$/u.exec(text.trim()),
    );
    if (texts.length < 2 || marks.includes(null)) return false;
    // In order: A, B, …; 1, 2, …. Columns that are not read may leave gaps.
    const rising = (list: readonly number[], first: number): boolean =>
      list.every((mark, index) =>
        index === 0 ? mark - first <= MAX_GAP : mark > (list[index - 1] ?? 0),
      );
    const [letters, numbers] = [
      marks.flatMap((mark) => mark?.[1]?.charCodeAt(0) ?? []),
      marks.flatMap((mark) => (mark?.[2] === undefined ? [] : [Number(mark[2])])),
    ];
    return rising(letters, 65) && rising(numbers, 1);
  }

  #row(cells: readonly (GridCell | null)[], row: number): Record<string, Cell> {
    const out: Record<string, Cell> = {};
    for (const [spec, column] of this.#columns) {
      const cell = cells[column] ?? null;
      if (cell !== null) out[spec.id] = this.#cells.read(cell, spec, row);
    }
    return out;
  }
}

/** What a row is by the words it begins with. */
function kindOfRow(label: string, cells: readonly (GridCell | null)[]): SheetRow["kind"] {
  if (PART_WORDS.test(label)) return "includes";
  return TOTAL_WORDS.test(label) || (label === "" && TOTAL_WORDS.test(firstText(cells)))
    ? "total"
    : "item";
}

/** A cell, and the rows below it over which it is merged. */
interface TallCell {
  readonly cell: GridCell;
  readonly top: number;
  readonly bottom: number;
}

/**
 * Reads rows from the top down; words of a cell merged downwards stand in each row it covers. Only
 * columns that are wanted are filled.
 */
function filledDown(
  grid: Grid,
  head: number,
  columns: readonly number[],
): (row: number) => readonly (GridCell | null)[] {
  const byColumn = new Map(columns.map((column) => [column, [] as TallCell[]]));
  for (const { top, left, bottom } of grid.merges) {
    const cell = grid.rows[top]?.[left];
    if (top > head && bottom > top && cell?.kind === "text")
      byColumn.get(left)?.push({ cell, top, bottom });
  }
  const tall = [...byColumn].filter(([, cells]) => cells.length > 0);
  for (const [, cells] of tall) cells.sort((a, b) => b.top - a.top);
  /** Of each column, the cell that was last begun. */
  const open = new Map<number, TallCell>();
  return (row) => {
    const written = grid.rows[row] ?? [];
    let filled: (GridCell | null)[] | null = null;
    for (const [column, waiting] of tall) {
      while ((waiting.at(-1)?.top ?? row) < row) open.set(column, waiting.pop() as TallCell);
      const over = open.get(column);
      if (over === undefined || row > over.bottom || (written[column] ?? null) !== null) continue;
      filled ??= [...written];
      while (filled.length <= column) filled.push(null);
      filled[column] = over.cell;
    }
    return filled ?? written;
  };
}

function textOf(cell: GridCell | null): string {
  return cell?.kind === "text"
    ? cell.text.trim()
    : cell?.kind === "number"
      ? String(cell.value)
      : "";
}

function firstText(cells: readonly (GridCell | null)[]): string {
  return textOf(cells.find((cell) => cell?.kind === "text") ?? null);
}

/** Columns before the first that is read. */
const MAX_GAP = 4;

/** Kinds of marks in a column of order numbers: A / I / 1 / 1.1 / a / -. */
const MARK_KINDS: readonly (readonly [string, RegExp])[] = [
  ["roman", /^[IVXLC]+\.?$/u],
  ["capital", /^[A-ZĐ]\.?$/u],
  ["dotted", /^\d+(?:\.\d+)+\.?$/u],
  ["digit", /^\(?\d+\)?\.?$/u],
  ["small", /^[a-zđ]\)?\.?$/u],
  ["dash", /^[-–+*]$/u],
];

/**
 * Levels of rows by their marks: a kind that was not seen stands below the last; one that was goes
 * back to its level.
 */
class MarkLevels {
  readonly #open: string[] = [];

  of(mark: string | null): number {
    if (mark === null || mark === "") return Math.max(0, this.#open.length - 1);
    const dots = /^\d+(?:\.\d+)+/u.exec(mark)?.[0].split(".").length;
    const kind = MARK_KINDS.find(([, pattern]) => pattern.test(mark))?.[0] ?? "other";
    const name = kind === "dotted" ? `dotted${dots}` : kind;
    const known = this.#open.indexOf(name);
    if (known >= 0) this.#open.splice(known + 1);
    else this.#open.push(name);
    return this.#open.length - 1;
  }

  /** The level of what stands below the last row. */
  below(): number {
    return this.#open.length;
  }
}
