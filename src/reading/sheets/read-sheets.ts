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
  dataColumnLeaves,
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
import type { Code } from "../../base/codes.js";

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
    if (dataTable.rows.kind !== "file") continue;
    const found: Diagnostic[] = [];
    const read = await readSheet(id, dataTable, dataTable.rows, plan, readSibling, found);
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

async function readSheet(
  id: string,
  dataTable: DataTable,
  source: SheetSource,
  plan: Plan,
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
  const ids = dataColumnLeaves(columns).map(({ id: column }) => column);
  for (const name of Object.keys(source.columns)) {
    if (ids.includes(name) || name === ORDER) continue;
    const near = nearest(name, ids);
    problems.push(
      planError(
        "unknown-column",
        [...path, "columns", name],
        both(`bảng không có cột “${name}”`, `the table has no column “${name}”`),
        near === null
          ? both(`các cột: ${ids.join(", ")}`, `columns: ${ids.join(", ")}`)
          : both(`có phải là “${near}”?`, `did you mean “${near}”?`),
      ),
    );
  }
  const wanted = wantedColumns(columns, names, dataTable, [...path, "columns"]);
  const matched = matchColumns(
    grid.value,
    wanted,
    source.head === null ? null : source.head - 1,
    [...path, "file"],
    problems,
  );
  return matched === null
    ? null
    : new RowReader(
        grid.value,
        matched,
        dataColumnLeaves(columns),
        dataTable,
        source,
        problems,
      ).read();
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
  const visit = (
    nodes: readonly DataColumnNode[],
    groups: readonly string[],
    divided: boolean,
  ): WantedColumn[] =>
    nodes.flatMap((node): WantedColumn[] => {
      if (node.columns !== null)
        return visit(node.columns, [...groups, node.title], divided || node.split !== null);
      // What is divided here is not read there: it would only be last year's.
      if (node.allocate !== null || divided) return [];
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
  const wanted = visit(columns, [], false);
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

class RowReader {
  readonly #columns: readonly (readonly [DataColumn, number])[];
  readonly #order: number | null;
  readonly #label: string;
  readonly #numeric: boolean;
  /** Cells of rates that are formatted in per cent, and those that are plain numbers. */
  readonly #percents = new Map<string, readonly [string, number]>();
  readonly #plains = new Map<string, readonly [string, number]>();

  constructor(
    private readonly grid: Grid,
    private readonly matched: Matched,
    columns: readonly DataColumn[],
    dataTable: DataTable,
    private readonly source: SheetSource,
    private readonly problems: Diagnostic[],
  ) {
    this.#columns = columns.flatMap((column) => {
      const place = matched.columns.get(column.id);
      return place === undefined || column.kind === "order" ? [] : [[column, place] as const];
    });
    this.#order =
      matched.columns.get(columns.find(({ kind }) => kind === "order")?.id ?? ORDER) ?? null;
    this.#numeric = this.#columns.some(
      ([{ kind }]) => kind === "count" || kind === "money" || kind === "percent",
    );
    const key = dataTableKey(dataTable);
    // A key that is no column is told when the table is evaluated.
    this.#label = columns.some(({ id }) => id === key)
      ? (key ?? "")
      : (columns.find(({ kind }) => kind === "text")?.id ?? "");
  }

  read(): readonly SheetRow[] {
    const { grid } = this;
    const out: SheetRow[] = [];
    const filled = filledDown(grid, this.matched.head);
    let [closed, gap] = [false, false];
    const levels = new MarkLevels();
    for (let row = this.matched.head + 1; row < grid.rows.length; row++) {
      const cells = filled.get(row) ?? grid.rows[row] ?? [];
      if (this.#columns.every(([, column]) => (cells[column] ?? null) === null)) {
        gap = out.length > 0;
        continue;
      }
      if (row <= this.matched.head + 2 && out.length === 0 && this.#isNumbering(cells)) continue;
      if (grid.hidden.has(row) && this.source.hidden !== "keep") {
        if (this.source.hidden === "refuse")
          this.#fault(
            "sheet-hidden",
            row,
            null,
            "dòng này bị ẩn (hoặc bị bộ lọc che), không rõ có tính hay không",
            "this row is hidden (or filtered out); it is not clear whether it counts",
            "bỏ ẩn hay xóa dòng; hoặc ghi hidden: skip (bỏ qua), hidden: keep (vẫn lấy)",
            "show or delete it; or give hidden: skip, or hidden: keep",
          );
        continue;
      }
      const read = this.#row(cells, row);
      const label = String(read[this.#label] ?? "").trim();
      const marked = this.#order === null ? null : textOf(cells[this.#order] ?? null);
      const hasMark = marked !== null && marked !== "";
      const numbers = this.#columns.some(
        ([{ kind: of }, column]) =>
          (of === "count" || of === "money" || of === "percent") &&
          (cells[column] ?? null) !== null,
      );
      // Signatures and notes below the table: after the total, or after a blank row, without mark
      // and number.
      if (!numbers && this.#numeric && (closed || (gap && !hasMark))) continue;
      if (closed) {
        this.#fault(
          "sheet-after-total",
          row,
          this.#label,
          "dòng có số đứng sau dòng tổng của bảng",
          "a row with numbers stands below the table's total",
          "chuyển dòng lên trên dòng tổng, hoặc xóa dòng",
          "move it above the total, or delete it",
        );
        continue;
      }
      const kind = PART_WORDS.test(label)
        ? "includes"
        : TOTAL_WORDS.test(label) || (label === "" && TOTAL_WORDS.test(firstText(cells)))
          ? "total"
          : "item";
      if (kind === "item" && label === "") {
        this.#fault(
          "sheet-unnamed",
          row,
          this.#label,
          "dòng có số nhưng không có tên",
          "the row has numbers but no name",
          "điền tên vào cột đầu, hoặc xóa dòng",
          "give it a name in the first column, or delete the row",
        );
        continue;
      }
      if (
        kind === "total" &&
        out.some((other) => other.kind === "item") &&
        GRAND_TOTAL.test(label === "" ? firstText(cells) : label)
      )
        closed = true;
      out.push({
        cells: read,
        kind,
        level: kind === "item" ? levels.of(marked) : levels.below(),
        at: (column) => this.#place(row, column),
      });
    }
    const formatted = new Set([...this.#percents.values()].map(([id]) => id));
    for (const [id, row] of this.#plains.values()) {
      if (formatted.has(id))
        this.#fault(
          "sheet-percent-mixed",
          row,
          id,
          "cột có ô định dạng %, ô này thì không: không rõ 0,05 là 0,05% hay 5%",
          "other cells of the column are formatted in per cent, this one is not: it is not clear whether 0.05 is 0.05% or 5%",
          "định dạng cả cột là %, hoặc cả cột là số thường",
          "format the whole column in per cent, or none of it",
        );
    }
    if (out.every(({ kind }) => kind === "total"))
      this.#fault(
        "sheet-empty",
        this.matched.head + 1,
        null,
        "dưới dòng tên cột không có dòng dữ liệu nào",
        "there are no rows of data below the head",
        "kiểm tra trang tính và dòng tên cột (head:)",
        "look at the sheet and at the row of names (head:)",
      );
    return out;
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
    const { id, kind, title } = spec;
    const numeric = kind === "count" || kind === "money" || kind === "percent";
    switch (cell.kind) {
      case "error":
        return this.#fault(
          "sheet-formula-error",
          row,
          id,
          `ô có lỗi công thức ${cell.code}`,
          `the cell has the formula error ${cell.code}`,
          "sửa công thức trong bảng tính",
          "mend the formula in the spreadsheet",
        );
      case "unknown":
        return this.#fault(
          "sheet-formula-unknown",
          row,
          id,
          `công thức =${cell.formula} chưa có kết quả lưu trong tệp`,
          `the formula =${cell.formula} has no result stored in the file`,
          "mở bằng Excel hay LibreOffice, tính lại rồi lưu",
          "open it in Excel or LibreOffice, compute and save",
        );
      case "truth":
        return numeric
          ? this.#textInNumber(cell.value ? "TRUE" : "FALSE", row, spec)
          : String(cell.value);
      case "date":
        if (numeric)
          return this.#fault(
            "sheet-date-in-number",
            row,
            id,
            `ô ở cột số “${title}” là ngày ${cell.iso}; bảng tính đã tự đổi số thành ngày`,
            `the cell in the column of numbers “${title}” is the date ${cell.iso}; the spreadsheet turned a number into a date`,
            "định dạng lại ô là số rồi gõ lại",
            "format the cell as a number and type it again",
          );
        return kind === "date" ? cell.iso : cell.iso.split("-").map(Number).reverse().join("/");
      case "number":
        if (kind === "percent")
          (cell.percent ? this.#percents : this.#plains).set(`${id}:${row}`, [id, row]);
        return numeric
          ? this.#number(
              cell.percent && kind === "percent" ? cell.value * 100 : cell.value,
              row,
              spec,
            )
          : kind === "text"
            ? String(cleanNumber(cell.value)).replace(".", ",")
            : String(cell.value);
      case "text":
        return numeric
          ? this.#numberFromText(cell.text, row, spec)
          : this.#text(cell.text, row, id);
    }
  }

  #number(value: number, row: number, { id, title }: DataColumn): Cell {
    const clean = cleanNumber(value);
    if (Number.isFinite(clean) && Math.abs(clean) <= MAX_EXACT) return clean;
    return this.#fault(
      "sheet-number-too-large",
      row,
      id,
      `số ${String(value)} ở cột “${title}” quá lớn: nhiều nhất 15 chữ số`,
      `the number ${String(value)} in the column “${title}” is too large: at most 15 digits`,
      "sửa số, hoặc đổi sang đơn vị lớn hơn (triệu đồng)",
      "correct it, or use a larger unit",
    );
  }

  #numberFromText(text: string, row: number, spec: DataColumn): Cell {
    const bare = text.trim();
    // A dash in a column of numbers says that there is none.
    if (bare === "" || /^[-–—]$/u.test(bare)) return null;
    const plain = plainNumber(
      spec.kind === "percent" ? bare.replace(/\s*%$/u, "") : bare,
      this.source.numbers,
    );
    return plain === null
      ? this.#textInNumber(bare, row, spec)
      : this.#number(Number(plain), row, spec);
  }

  #textInNumber(found: string, row: number, { id, title }: DataColumn): null {
    const other = this.source.numbers === "vi" ? "en" : "vi";
    const fits = plainNumber(found, other) !== null || /^-?\d+(?:e\+?\d+)?$/iu.test(found);
    const shown = found.length > 40 ? `${found.slice(0, 40)}…` : found;
    return this.#fault(
      "sheet-text-in-number",
      row,
      id,
      `chữ “${shown}” ở cột số “${title}”`,
      `text “${shown}” in the column of numbers “${title}”`,
      fits
        ? `viết kiểu Việt Nam: 4.034,5; nếu cả tệp viết kiểu Anh thì ghi numbers: ${other}`
        : "gõ lại ô này là số; để trống khi chưa có số",
      fits
        ? `numbers are read as 4.034,5; if the whole file writes 4,034.5 give numbers: ${other}`
        : "type the cell again as a number; leave it empty when there is none",
    );
  }

  #text(text: string, row: number, column: string): string {
    const clean = normalizeText(text).replace(/\s+/gu, " ").trim();
    const fault = findTextFault(clean);
    if (fault !== null)
      this.#fault(
        "text-control",
        row,
        column,
        `ô có ký tự ${printCodePoint(fault.codePoint)} không in được`,
        `the cell has the sign ${printCodePoint(fault.codePoint)}, which cannot be printed`,
        "gõ lại ô này",
        "type the cell again",
      );
    return clean;
  }

  #place(row: number, column: string | null): Place {
    const place = column === null ? 0 : (this.matched.columns.get(column) ?? 0);
    const { file, sheet, places } = this.grid;
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

  #fault(
    code: Code,
    row: number,
    column: string | null,
    vi: string,
    en: string,
    hintVi: string,
    hintEn: string,
  ): null {
    this.problems.push({
      code,
      severity: "error",
      at: this.#place(row, column),
      message: both(vi, en),
      hint: both(hintVi, hintEn),
    });
    return null;
  }
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
