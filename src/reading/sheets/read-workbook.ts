import { listNames } from "../../base/list-names.js";
import type { CellObject, ParsingOptions, WorkBook, WorkSheet } from "@e965/xlsx";
import {
  type Outcome,
  type Place,
  type LocalizedText,
  both,
  fail,
  succeed,
} from "../../base/diagnostic.js";
import type { Code } from "../../base/codes.js";
import { nearest } from "../../base/nearest.js";
import { formatNumber } from "../../base/numbers.js";
import { foldText } from "../../base/text.js";
import { MAX_UNPACKED } from "../../archives/limits.js";
import type { Grid, GridCell, Merge } from "./grid.js";
import { SHEET_LIMITS } from "./limits.js";
import { slimWorkbook } from "./slim-workbook.js";

interface Asked {
  readonly bytes: Uint8Array;
  readonly file: string;
  /** Null for the first sheet that is not hidden. */
  readonly sheet: string | null;
}

/** The library that reads workbooks, loaded when the first is read. */
type SheetLibrary = typeof import("@e965/xlsx");

/** A reading that was refused, with the one reason. */
type Refusal = ReturnType<typeof fail>;

/**
 * Read one sheet of a workbook: .xlsx, .xlsm, .xlsb, .xls, .ods.
 * Errors: no workbook, locked by a password, too large when unpacked, no such sheet. What is wrong
 * in a cell is left in the cell.
 */
export async function readWorkbook({ bytes, file, sheet }: Asked): Promise<Outcome<Grid>> {
  if (bytes.length === 0) return emptyFile(file);
  const plain = slimWorkbook(bytes);
  if (plain === "too-large") return tooLargeUnpacked(file);
  if (plain === "too-many") return tooManyCells(file);
  if (plain === "broken") return unreadable(file);
  const library = await import("@e965/xlsx");
  // The names first: only the sheet that is wanted is read.
  const names = openWorkbook(library, plain, -1);
  if (names === "locked") return locked(file);
  if (names === null || names.SheetNames.length === 0) return unreadable(file);
  const wanted = chooseSheet(names, sheet);
  if (wanted === undefined) return noSuchSheet(file, sheet ?? "", names.SheetNames);
  const book = openWorkbook(library, plain, wanted);
  if (book === null || book === "locked") return unreadable(file);
  return gridOf(library, book, { file, sheet: wanted });
}

/** The cells of one sheet of an open workbook. */
function gridOf(
  library: SheetLibrary,
  book: WorkBook,
  { file, sheet }: Pick<Grid, "file"> & { readonly sheet: string },
): Outcome<Grid> {
  const data = book.Sheets[sheet];
  if (data === undefined) return unreadable(file);
  const rows = data["!data"] ?? [];
  const widest = rows.reduce((most, row) => Math.max(most, row?.length ?? 0), 0);
  if (rows.length > SHEET_LIMITS.rows || widest > SHEET_LIMITS.columns)
    return tooManyCells(file, `${sheet}!A${rows.length}`);
  const { date1904 = false } = book.Workbook?.WBProps ?? {};
  const readCell = cellReader(library, date1904 ? "since-1904" : "since-1900");
  return succeed({
    file,
    sheet,
    rows: Array.from(rows, (row) => Array.from(row ?? [], readCell)),
    hidden: hiddenRows(data),
    merges: mergedCells(data),
    places: null,
  });
}

/** Open a workbook with the sheets asked for; `-1` reads their names alone. */
function openWorkbook(
  library: SheetLibrary,
  bytes: Uint8Array,
  sheets: NonNullable<ParsingOptions["sheets"]>,
): WorkBook | "locked" | null {
  try {
    return library.read(bytes, {
      type: "array",
      dense: true,
      cellFormula: true,
      cellNF: true,
      cellStyles: true,
      cellHTML: false,
      cellText: false,
      sheetRows: SHEET_LIMITS.rows + 1,
      sheets,
    });
  } catch (error) {
    return /password|encrypt/iu.test(error instanceof Error ? error.message : "") ? "locked" : null;
  }
}

/** The sheet that is asked for by name, or the first that is not hidden. */
function chooseSheet({ SheetNames, Workbook }: WorkBook, asked: string | null): string | undefined {
  if (asked !== null) return SheetNames.find((name) => foldText(name) === foldText(asked));
  const shown = SheetNames.filter((_, index) => !Workbook?.Sheets?.[index]?.Hidden);
  return shown[0] ?? SheetNames[0] ?? "";
}

/** A reader of cells that remembers which number formats are dates. */
function cellReader(
  library: SheetLibrary,
  days: "since-1900" | "since-1904",
): (cell: CellObject | undefined) => GridCell | null {
  const isDate = (format: string): boolean => format !== "General" && library.SSF.is_date(format);
  const formats = new Map<string, boolean>();
  const readNumber = (value: number, format: string): GridCell => {
    let dated = formats.get(format);
    if (dated === undefined) formats.set(format, (dated = isDate(format)));
    if (!dated) return { kind: "number", value, percent: format.includes("%") };
    const date = library.SSF.parse_date_code(value, { date1904: days === "since-1904" });
    const { y, m, d } = date ?? { y: 0, m: 0, d: 0 };
    return {
      kind: "date",
      iso: `${y}-${String(m).padStart(2, "0")}-${String(d).padStart(2, "0")}`,
    };
  };
  return (cell) => {
    if (cell === undefined) return null;
    const { t: type, v: value, f: formula, z: format = "General" } = cell;
    if (type === "e")
      return {
        kind: "error",
        code: typeof cell.w === "string" ? cell.w : (ERRORS[Number(value)] ?? "#ERR"),
      };
    if (type === "z" || value === undefined || value === null)
      return formula === undefined ? null : { kind: "unknown", formula };
    if (typeof value === "boolean") return { kind: "truth", value };
    if (typeof value === "number") return readNumber(value, String(format));
    return value === "" ? null : { kind: "text", text: String(value) };
  };
}

function hiddenRows(data: WorkSheet): ReadonlySet<number> {
  const rows = data["!rows"] ?? [];
  return new Set(rows.flatMap((row, index) => (row?.hidden ? [index] : [])));
}

function mergedCells(data: WorkSheet): readonly Merge[] {
  return (data["!merges"] ?? []).map(({ s, e }): Merge => ({
    top: s.r,
    left: s.c,
    bottom: e.r,
    right: e.c,
  }));
}

/** Say that a workbook is refused: at the file's beginning, and at a cell when one is to blame. */
function refuse(file: string, { code, message, hint, cell }: RefusalReason): Refusal {
  const at: Place = {
    in: "file",
    file,
    line: 1,
    column: 1,
    ...(cell === undefined ? {} : { cell }),
  };
  return fail([{ code, severity: "error", at, message, hint }]);
}

/** Why a workbook is refused, and what to do about it. */
interface RefusalReason {
  readonly code: Code;
  readonly message: LocalizedText;
  readonly hint: LocalizedText;
  readonly cell?: string;
}

function emptyFile(file: string): Refusal {
  return refuse(file, {
    code: "sheet-unreadable",
    message: both("tệp bảng tính trống", "the spreadsheet is an empty file"),
    hint: both(
      "kiểm tra lại tệp: có thể chưa chép xong",
      "look at the file: it may not have been copied whole",
    ),
  });
}

function unreadable(file: string): Refusal {
  return refuse(file, {
    code: "sheet-unreadable",
    message: both(
      "không đọc được tệp bảng tính: tệp hỏng, hoặc không phải bảng tính",
      "the spreadsheet cannot be read: it is broken, or no spreadsheet",
    ),
    hint: both(
      "mở bằng Excel hay LibreOffice rồi lưu lại dạng .xlsx",
      "open it in Excel or LibreOffice and save it as .xlsx",
    ),
  });
}

function locked(file: string): Refusal {
  return refuse(file, {
    code: "sheet-locked",
    message: both("bảng tính có mật khẩu", "the spreadsheet is locked by a password"),
    hint: both(
      "bỏ mật khẩu (Tệp, Thông tin, Bảo vệ sổ làm việc) rồi lưu lại",
      "remove the password and save it again",
    ),
  });
}

function tooLargeUnpacked(file: string): Refusal {
  const megabytes = MAX_UNPACKED / 1e6;
  return refuse(file, {
    code: "sheet-too-large",
    message: both(
      `bảng tính quá lớn: sau khi giải nén trên ${megabytes} MB`,
      `the spreadsheet is too large: over ${megabytes} MB when unpacked`,
    ),
    hint: both(
      "giữ lại trang và cột cần dùng, xóa vùng trống có định dạng, rồi lưu lại",
      "keep the sheet and columns that are needed, clear formatted empty areas, and save again",
    ),
  });
}

function tooManyCells(file: string, cell?: string): Refusal {
  const { rows, columns, cells } = SHEET_LIMITS;
  return refuse(file, {
    code: "sheet-too-large",
    message: both(
      `trang tính quá lớn: nhiều nhất ${formatNumber(rows)} dòng, ${columns} cột, ${formatNumber(cells)} ô`,
      `the sheet is too large: at most ${rows} rows, ${columns} columns, ${cells} cells`,
    ),
    hint: both(
      "xóa dòng, cột thừa (kể cả vùng trống có định dạng) rồi lưu lại",
      "remove surplus rows and columns, formatted empty ones too, and save again",
    ),
    ...(cell === undefined ? {} : { cell }),
  });
}

function noSuchSheet(file: string, asked: string, names: readonly string[]): Refusal {
  const near = nearest(asked, names);
  return refuse(file, {
    code: "sheet-missing",
    message: both(`tệp không có trang tính “${asked}”`, `the file has no sheet “${asked}”`),
    hint:
      near === null
        ? both(`các trang: ${listNames(names)}`, `sheets: ${listNames(names)}`)
        : both(`có phải là “${near}”?`, `did you mean “${near}”?`),
  });
}

/** Excel's errors by their numbers. Source: [MS-XLSB] 2.5.98.2. */
const ERRORS: Readonly<Record<number, string>> = {
  0: "#NULL!",
  7: "#DIV/0!",
  15: "#VALUE!",
  23: "#REF!",
  29: "#NAME?",
  36: "#NUM!",
  42: "#N/A",
};
