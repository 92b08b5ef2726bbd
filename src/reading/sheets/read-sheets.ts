import {
  type Diagnostic,
  type PlanPath,
  type Place,
  both,
  planError,
} from "../../base/diagnostic.js";
import { nearest } from "../../base/nearest.js";
import { findTextFault, normalizeText, printCodePoint } from "../../base/text.js";
import { dataTableColumns, dataTableKey } from "../../plan/table-presets.js";
import {
  type DataTable,
  type DataColumn,
  type DataColumnNode,
  type SheetRow,
  type SheetRows,
  type SheetSource,
} from "../../plan/data-table.js";
import type { ReadSibling } from "../../base/sibling.js";
import { readYaml } from "../../plan/read-yaml.js";
import type { Plan } from "../../plan/schema.js";
import type { Cell } from "../../plan/typed-table.js";
import { type Grid, type GridCell, cellName } from "./grid.js";
import { type Matched, type WantedColumn, matchColumns } from "./match-columns.js";
import { readCsv } from "./read-csv.js";
import { readWorkbook } from "./read-workbook.js";
import { cleanNumber, plainNumber } from "./sheet-numbers.js";

/** Numbers beyond this lose digits when they are read. */
const MAX_EXACT = 999_999_999_999_999;

/** Findings of one sheet that are told one by one; of more, how many there are. */
const MAX_FINDINGS = 50;

/** Rows of tables, the tables whose rows could not be read, and why. */
export interface ReadSheets {
  readonly rows: SheetRows;
  readonly unread: readonly string[];
  readonly problems: readonly Diagnostic[];
}

/**
 * Read the rows of every table that takes them from a spreadsheet. Every mistake is told with its
 * sheet and cell.
 */
export async function readSheets(plan: Plan, readSibling: ReadSibling): Promise<ReadSheets> {
  const problems: Diagnostic[] = [];
  const unread: string[] = [];
  const rows = new Map<string, readonly SheetRow[]>();
  for (const [id, dataTable] of Object.entries(plan.tables)) {
    if (typeof dataTable.rows !== "object" || !("file" in dataTable.rows)) continue;
    const found: Diagnostic[] = [];
    const asked = { id, dataTable, source: dataTable.rows, plan };
    const read = await readSheet(asked, readSibling, found);
    if (read !== null && found.length === 0) rows.set(id, read);
    else unread.push(id);
    problems.push(...found.slice(0, MAX_FINDINGS));
    if (found.length > MAX_FINDINGS)
      problems.push(
        planError(
          "sheet-more",
          ["tables", id, "rows", "file"],
          both(
            `còn ${found.length - MAX_FINDINGS} lỗi nữa trong bảng tính này`,
            `${found.length - MAX_FINDINGS} more mistakes in this spreadsheet`,
          ),
          both("sửa các lỗi trên rồi chạy lại", "correct those above and run again"),
        ),
      );
  }
  return { rows, unread, problems };
}

/** A table of a plan that takes its rows from a sheet. */
interface SheetTable {
  readonly id: string;
  readonly dataTable: DataTable;
  readonly source: SheetSource;
  readonly plan: Plan;
}

async function readSheet(
  { id, dataTable, source, plan }: SheetTable,
  readSibling: ReadSibling,
  problems: Diagnostic[],
): Promise<readonly SheetRow[] | null> {
  const path: PlanPath = ["tables", id, "rows"];
  const names = readNames(source, path, readSibling, problems);
  const bytes = readSibling(source.file);
  if (!bytes.ok) {
    problems.push(
      ...bytes.problems.map(({ message, hint }) =>
        planError(
          "sheet-unreadable",
          [...path, "file"],
          both(`tệp “${source.file}”: ${message.vi}`, `the file “${source.file}”: ${message.en}`),
          hint,
        ),
      ),
    );
    return null;
  }
  const grid = /\.csv$|\.tsv$|\.txt$/iu.test(source.file)
    ? readCsv(bytes.value, source.file)
    : await readWorkbook({ bytes: bytes.value, file: source.file, sheet: source.sheet });
  if (!grid.ok) {
    problems.push(...grid.problems);
    return null;
  }
  const columns = dataTableColumns(dataTable, plan);
  const leaves = flat(columns);
  problems.push(
    ...unknownColumns(
      source,
      leaves.map((column) => column.id),
      path,
    ),
  );
  const wanted = wantedColumns(columns, names, dataTable, [...path, "columns"]);
  const head = source.head === null ? null : source.head - 1;
  const matched = matchColumns(
    { grid: grid.value, wanted, head, path: [...path, "file"] },
    problems,
  );
  if (matched === null) return null;
  const sheet = { grid: grid.value, matched, columns: leaves, dataTable, source };
  return new RowReader(sheet, problems).read();
}

/** Names the plan gives to columns that its table does not have. */
function unknownColumns(
  source: SheetSource,
  ids: readonly string[],
  path: PlanPath,
): readonly Diagnostic[] {
  return Object.keys(source.columns)
    .filter((name) => !ids.includes(name) && name !== ORDER)
    .map((name) => {
      const near = nearest(name, ids);
      return planError(
        "unknown-column",
        [...path, "columns", name],
        both(`bảng không có cột “${name}”`, `the table has no column “${name}”`),
        near === null
          ? both(`các cột: ${ids.join(", ")}`, `columns: ${ids.join(", ")}`)
          : both(`có phải là “${near}”?`, `did you mean “${near}”?`),
      );
    });
}

/** What columns are called in the sheet: from the mapping file, and over it from the plan. */
function readNames(
  source: SheetSource,
  path: PlanPath,
  readSibling: ReadSibling,
  problems: Diagnostic[],
): Readonly<Record<string, string | number>> {
  if (source.map === null) return source.columns;
  const refuse = (vi: string, en: string): typeof source.columns => {
    problems.push(
      planError(
        "sheet-map",
        [...path, "map"],
        both(`tệp “${source.map}”: ${vi}`, `the file “${source.map}”: ${en}`),
        both(
          "tệp ghi mỗi dòng một cột: ma-cot: Tên cột trong bảng tính",
          "the file has a line for each column: id: Name in the sheet",
        ),
      ),
    );
    return source.columns;
  };
  const bytes = readSibling(source.map);
  if (!bytes.ok)
    return refuse(bytes.problems[0]?.message.vi ?? "", bytes.problems[0]?.message.en ?? "");
  const read = readYaml(new TextDecoder().decode(bytes.value), source.map);
  if (!read.ok) {
    problems.push(...read.problems);
    return source.columns;
  }
  const { data } = read.value;
  if (typeof data !== "object" || data === null || Array.isArray(data))
    return refuse("không phải bảng tên cột", "this is no list of column names");
  const entries = Object.entries(data);
  const wrong = entries.find(([, name]) => typeof name !== "string" && !Number.isInteger(name));
  if (wrong) return refuse(`“${wrong[0]}” không có tên cột`, `“${wrong[0]}” has no column name`);
  return { ...Object.fromEntries(entries as [string, string | number][]), ...source.columns };
}

function wantedColumns(
  columns: readonly DataColumnNode[],
  names: Readonly<Record<string, string | number>>,
  dataTable: DataTable,
  calledAt: PlanPath,
): WantedColumn[] {
  const key = dataTableKey(dataTable);
  const visit = (nodes: readonly DataColumnNode[], groups: readonly string[]): WantedColumn[] =>
    nodes.flatMap((node): WantedColumn[] => {
      // What is divided here is not read there: it would only be last year's.
      if ("columns" in node)
        return node.split === null ? visit(node.columns, [...groups, node.title]) : [];
      if (node.allocate !== null) return [];
      const called = names[node.id] ?? null;
      const computed = node.formula !== null || node.kind === "order";
      return [
        {
          id: node.id,
          titles: [...groups, node.title],
          called,
          calledAt: [...calledAt, node.id],
          required: called !== null || node.id === key || !computed,
          order: node.kind === "order",
        },
      ];
    });
  const wanted = visit(columns, []);
  // Order numbers make the levels of rows, whether or not the table prints them.
  return wanted.some(({ order }) => order)
    ? wanted
    : [
        ...wanted,
        {
          id: ORDER,
          titles: ["TT"],
          called: names[ORDER] ?? null,
          calledAt,
          required: false,
          order: true,
        },
      ];
}

function flat(columns: readonly DataColumnNode[]): DataColumn[] {
  return columns.flatMap((column) => ("columns" in column ? flat(column.columns) : [column]));
}

/** Stands for the column of order numbers in a table that has none of its own. */
const ORDER = "#";

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
interface MatchedSheet {
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

class RowReader {
  readonly #grid: Grid;
  readonly #matched: Matched;
  readonly #source: SheetSource;
  readonly #columns: readonly (readonly [DataColumn, number])[];
  readonly #order: number | null;
  readonly #label: string;
  /** Cells of rates that are formatted in per cent, and those that are plain numbers. */
  readonly #percents = new Map<string, readonly [string, number]>();
  readonly #plains = new Map<string, readonly [string, number]>();

  constructor(
    { grid, matched, columns, dataTable, source }: MatchedSheet,
    private readonly problems: Diagnostic[],
  ) {
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
    const filled = filledDown(this.#grid, head);
    const state: ReadingState = { rows: [], levels: new MarkLevels(), closed: false, gap: false };
    for (let row = head + 1; row < this.#grid.rows.length; row++) {
      const cells = filled.get(row) ?? this.#grid.rows[row] ?? [];
      if (this.#columns.every(([, column]) => (cells[column] ?? null) === null)) {
        state.gap = state.rows.length > 0;
        continue;
      }
      if (row <= head + 2 && state.rows.length === 0 && this.#isNumbering(cells)) continue;
      if (this.#isPassedOver(row)) continue;
      const read = this.#readRow(cells, row);
      if (!this.#isBelowTable(read, state)) this.#addRow(read, state);
    }
    this.#compareRates();
    if (state.rows.every(({ kind }) => kind === "total"))
      this.#fault("sheet-empty", { row: head + 1, column: null }, [
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
      this.#fault("sheet-hidden", { row, column: null }, [
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
      this.#fault("sheet-after-total", at, [
        "dòng có số đứng sau dòng tổng của bảng",
        "a row with numbers stands below the table's total",
        "chuyển dòng lên trên dòng tổng, hoặc xóa dòng",
        "move it above the total, or delete it",
      ]);
      return;
    }
    const kind = kindOfRow(label, cells);
    if (kind === "item" && label === "") {
      this.#fault("sheet-unnamed", at, [
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
      at: (column) => this.#place({ row, column }),
    });
  }

  /** A column of rates is formatted in per cent, or it is not: not in part. */
  #compareRates(): void {
    const formatted = new Set([...this.#percents.values()].map(([id]) => id));
    for (const [id, row] of this.#plains.values()) {
      if (formatted.has(id))
        this.#fault("sheet-percent-mixed", { row, column: id }, [
          "cột có ô định dạng %, ô này thì không: không rõ 0,05 là 0,05% hay 5%",
          "other cells of the column are formatted in per cent, this one is not: " +
            "it is not clear whether 0.05 is 0.05% or 5%",
          "định dạng cả cột là %, hoặc cả cột là số thường",
          "format the whole column in per cent, or none of it",
        ]);
    }
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
      if (cell !== null) out[spec.id] = this.#cell(cell, spec, row);
    }
    return out;
  }

  #cell(cell: GridCell, spec: DataColumn, row: number): Cell {
    const { id, kind } = spec;
    const at = { row, column: id };
    switch (cell.kind) {
      case "error":
        return this.#fault("sheet-formula-error", at, [
          `ô có lỗi công thức ${cell.code}`,
          `the cell has the formula error ${cell.code}`,
          "sửa công thức trong bảng tính",
          "mend the formula in the spreadsheet",
        ]);
      case "unknown":
        return this.#fault("sheet-formula-unknown", at, [
          `công thức =${cell.formula} chưa có kết quả lưu trong tệp`,
          `the formula =${cell.formula} has no result stored in the file`,
          "mở bằng Excel hay LibreOffice, tính lại rồi lưu",
          "open it in Excel or LibreOffice, compute and save",
        ]);
      case "truth":
        return isNumeric(kind)
          ? this.#textInNumber(cell.value ? "TRUE" : "FALSE", row, spec)
          : String(cell.value);
      case "date":
        return this.#date(cell.iso, row, spec);
      case "number":
        return this.#numberCell(cell, row, spec);
      case "text":
        return isNumeric(kind)
          ? this.#numberFromText(cell.text, row, spec)
          : this.#text(cell.text, row, id);
    }
  }

  #date(iso: string, row: number, { id, kind, title }: DataColumn): Cell {
    if (isNumeric(kind))
      return this.#fault("sheet-date-in-number", { row, column: id }, [
        `ô ở cột số “${title}” là ngày ${iso}; bảng tính đã tự đổi số thành ngày`,
        `the cell in the column of numbers “${title}” is the date ${iso}; ` +
          "the spreadsheet turned a number into a date",
        "định dạng lại ô là số rồi gõ lại",
        "format the cell as a number and type it again",
      ]);
    return kind === "date" ? iso : iso.split("-").map(Number).reverse().join("/");
  }

  #numberCell(
    { value, percent }: Extract<GridCell, { kind: "number" }>,
    row: number,
    spec: DataColumn,
  ): Cell {
    const { id, kind } = spec;
    if (kind === "percent")
      (percent ? this.#percents : this.#plains).set(`${id}:${row}`, [id, row]);
    if (isNumeric(kind))
      return this.#number(percent && kind === "percent" ? value * 100 : value, row, spec);
    return kind === "text" ? String(cleanNumber(value)).replace(".", ",") : String(value);
  }

  #number(value: number, row: number, { id, title }: DataColumn): Cell {
    const clean = cleanNumber(value);
    if (Number.isFinite(clean) && Math.abs(clean) <= MAX_EXACT) return clean;
    return this.#fault("sheet-number-too-large", { row, column: id }, [
      `số ${String(value)} ở cột “${title}” quá lớn: nhiều nhất 15 chữ số`,
      `the number ${String(value)} in the column “${title}” is too large: at most 15 digits`,
      "sửa số, hoặc đổi sang đơn vị lớn hơn (triệu đồng)",
      "correct it, or use a larger unit",
    ]);
  }

  #numberFromText(text: string, row: number, spec: DataColumn): Cell {
    const bare = text.trim();
    // A dash in a column of numbers says that there is none.
    if (bare === "" || /^[-–—]$/u.test(bare)) return null;
    const plain = plainNumber(
      spec.kind === "percent" ? bare.replace(/\s*%$/u, "") : bare,
      this.#source.numbers,
    );
    return plain === null
      ? this.#textInNumber(bare, row, spec)
      : this.#number(Number(plain), row, spec);
  }

  #textInNumber(found: string, row: number, { id, title }: DataColumn): null {
    const other = this.#source.numbers === "vi" ? "en" : "vi";
    const fits = plainNumber(found, other) !== null || /^-?\d+(?:e\+?\d+)?$/iu.test(found);
    const shown = found.length > 40 ? `${found.slice(0, 40)}…` : found;
    return this.#fault("sheet-text-in-number", { row, column: id }, [
      `chữ “${shown}” ở cột số “${title}”`,
      `text “${shown}” in the column of numbers “${title}”`,
      fits
        ? `viết kiểu Việt Nam: 4.034,5; nếu cả tệp viết kiểu Anh thì ghi numbers: ${other}`
        : "gõ lại ô này là số; để trống khi chưa có số",
      fits
        ? `numbers are read as 4.034,5; if the whole file writes 4,034.5 give numbers: ${other}`
        : "type the cell again as a number; leave it empty when there is none",
    ]);
  }

  #text(text: string, row: number, column: string): string {
    const clean = normalizeText(text).replace(/\s+/gu, " ").trim();
    const fault = findTextFault(clean);
    if (fault !== null) {
      const sign = printCodePoint(fault.codePoint);
      this.#fault("text-control", { row, column }, [
        `ô có ký tự ${sign} không in được`,
        `the cell has the sign ${sign}, which cannot be printed`,
        "gõ lại ô này",
        "type the cell again",
      ]);
    }
    return clean;
  }

  #place({ row, column }: CellPlace): Place {
    const place = column === null ? 0 : (this.#matched.columns.get(column) ?? 0);
    const { file, sheet, places } = this.#grid;
    const name = cellName(row, place);
    const field = places?.[row];
    return {
      in: "file",
      file,
      line: field?.line ?? row + 1,
      column: field?.columns[place] ?? place + 1,
      cell: sheet === null ? name : `${sheet}!${name}`,
    };
  }

  #fault(code: string, at: CellPlace, [vi, en, hintVi, hintEn]: FaultWords): null {
    this.problems.push({
      code,
      severity: "error",
      at: this.#place(at),
      message: both(vi, en),
      hint: both(hintVi, hintEn),
    });
    return null;
  }
}

/** A row of the sheet and a column of the table; null for the row as a whole. */
interface CellPlace {
  readonly row: number;
  readonly column: string | null;
}

/** What is wrong in Vietnamese and English, and what to do about it in both. */
type FaultWords = readonly [vi: string, en: string, hintVi: string, hintEn: string];

function isNumeric(kind: DataColumn["kind"]): boolean {
  return kind === "count" || kind === "money" || kind === "percent";
}

/** What a row is by the words it begins with. */
function kindOfRow(label: string, cells: readonly (GridCell | null)[]): SheetRow["kind"] {
  if (PART_WORDS.test(label)) return "includes";
  return TOTAL_WORDS.test(label) || (label === "" && TOTAL_WORDS.test(firstText(cells)))
    ? "total"
    : "item";
}

/** Rows in which words of a cell merged downwards stand in each row it covers. */
function filledDown(grid: Grid, head: number): ReadonlyMap<number, readonly (GridCell | null)[]> {
  const filled = new Map<number, (GridCell | null)[]>();
  for (const { top, left, bottom } of grid.merges) {
    const cell = grid.rows[top]?.[left];
    if (top <= head || bottom === top || cell?.kind !== "text") continue;
    for (let row = top + 1; row <= bottom; row++) {
      const cells = filled.get(row) ?? [...(grid.rows[row] ?? [])];
      while (cells.length <= left) cells.push(null);
      cells[left] ??= cell;
      filled.set(row, cells);
    }
  }
  return filled;
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
