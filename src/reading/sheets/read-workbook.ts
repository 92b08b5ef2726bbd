import { unzipSync, zipSync } from "fflate";
import {
  type Diagnostic,
  type Outcome,
  type Place,
  type LocalizedText,
  both,
  fail,
  succeed,
} from "../../base/diagnostic.js";
import { nearest } from "../../base/nearest.js";
import { foldText } from "../../base/text.js";
import type { Grid, GridCell, Merge } from "./grid.js";
import { SHEET_LIMITS } from "./limits.js";
import type { Code } from "../../base/codes.js";

interface Asked {
  readonly bytes: Uint8Array;
  readonly file: string;
  /** Null for the first sheet that is not hidden. */
  readonly sheet: string | null;
}

/**
 * Read one sheet of a workbook: .xlsx, .xlsm, .xlsb, .xls, .ods.
 * Errors: no workbook, locked by a password, too large when unpacked, no such sheet. What is wrong
 * in a cell is left in the cell.
 */
export async function readWorkbook({ bytes, file, sheet }: Asked): Promise<Outcome<Grid>> {
  const refuse = (
    code: Code,
    message: LocalizedText,
    hint: LocalizedText,
    cell?: string,
  ): { readonly ok: false; readonly problems: readonly Diagnostic[] } => {
    const at: Place = {
      in: "file",
      file,
      line: 1,
      column: 1,
      ...(cell === undefined ? {} : { cell }),
    };
    return fail([{ code, severity: "error", at, message, hint }]);
  };
  const unreadable = (): ReturnType<typeof refuse> =>
    refuse(
      "sheet-unreadable",
      both(
        "không đọc được tệp bảng tính: tệp hỏng, hoặc không phải bảng tính",
        "the spreadsheet cannot be read: it is broken, or no spreadsheet",
      ),
      both(
        "mở bằng Excel hay LibreOffice rồi lưu lại dạng .xlsx",
        "open it in Excel or LibreOffice and save it as .xlsx",
      ),
    );
  if (bytes.length === 0)
    return refuse(
      "sheet-unreadable",
      both("tệp bảng tính trống", "the spreadsheet is an empty file"),
      both(
        "kiểm tra lại tệp: có thể chưa chép xong",
        "look at the file: it may not have been copied whole",
      ),
    );
  const plain = unpack(bytes);
  if (plain === "too-large") {
    return refuse(
      "sheet-too-large",
      both(
        `bảng tính quá lớn: sau khi giải nén trên ${SHEET_LIMITS.unpacked / 1e6} MB`,
        `the spreadsheet is too large: over ${SHEET_LIMITS.unpacked / 1e6} MB when unpacked`,
      ),
      both(
        "giữ lại trang và cột cần dùng, xóa vùng trống có định dạng, rồi lưu lại",
        "keep the sheet and columns that are needed, clear formatted empty areas, and save again",
      ),
    );
  }
  if (plain === "broken") return unreadable();
  const library = await import("@e965/xlsx");
  const open = (sheets: string | number): ReturnType<typeof library.read> | "locked" | null => {
    try {
      return library.read(plain, {
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
      return /password|encrypt/iu.test(error instanceof Error ? error.message : "")
        ? "locked"
        : null;
    }
  };
  // The names first: only the sheet that is wanted is read.
  const names = open(-1);
  if (names === "locked")
    return refuse(
      "sheet-locked",
      both("bảng tính có mật khẩu", "the spreadsheet is locked by a password"),
      both(
        "bỏ mật khẩu (Tệp, Thông tin, Bảo vệ sổ làm việc) rồi lưu lại",
        "remove the password and save it again",
      ),
    );
  if (names === null || names.SheetNames.length === 0) return unreadable();
  const shown = names.SheetNames.filter((_, index) => !names.Workbook?.Sheets?.[index]?.Hidden);
  const wanted =
    sheet === null
      ? (shown[0] ?? names.SheetNames[0] ?? "")
      : names.SheetNames.find((name) => foldText(name) === foldText(sheet));
  if (wanted === undefined) {
    const near = nearest(sheet ?? "", names.SheetNames);
    return refuse(
      "sheet-missing",
      both(`tệp không có trang tính “${sheet ?? ""}”`, `the file has no sheet “${sheet ?? ""}”`),
      near === null
        ? both(
            `các trang: ${names.SheetNames.join(", ")}`,
            `sheets: ${names.SheetNames.join(", ")}`,
          )
        : both(`có phải là “${near}”?`, `did you mean “${near}”?`),
    );
  }
  const book = open(wanted);
  const data = book === null || book === "locked" ? undefined : book.Sheets[wanted];
  if (book === null || book === "locked" || data === undefined) return unreadable();
  const rows = data["!data"] ?? [];
  const widest = rows.reduce((most, row) => Math.max(most, row?.length ?? 0), 0);
  if (rows.length > SHEET_LIMITS.rows || widest > SHEET_LIMITS.columns) {
    return refuse(
      "sheet-too-large",
      both(
        `trang tính quá lớn: nhiều nhất ${SHEET_LIMITS.rows} dòng, ${SHEET_LIMITS.columns} cột`,
        `the sheet is too large: at most ${SHEET_LIMITS.rows} rows, ${SHEET_LIMITS.columns} columns`,
      ),
      both(
        "xóa dòng, cột thừa (kể cả vùng trống có định dạng) rồi lưu lại",
        "remove surplus rows and columns, formatted empty ones too, and save again",
      ),
      `${wanted}!A${rows.length}`,
    );
  }
  const { date1904 = false } = book.Workbook?.WBProps ?? {};
  const isDate = (format: string): boolean => format !== "General" && library.SSF.is_date(format);
  const formats = new Map<string, boolean>();
  const read = (cell: import("@e965/xlsx").CellObject | undefined): GridCell | null => {
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
    if (typeof value !== "number")
      return value === "" ? null : { kind: "text", text: String(value) };
    const name = String(format);
    let dated = formats.get(name);
    if (dated === undefined) formats.set(name, (dated = isDate(name)));
    if (!dated) return { kind: "number", value, percent: name.includes("%") };
    const { y, m, d } = library.SSF.parse_date_code(value, { date1904 }) ?? { y: 0, m: 0, d: 0 };
    return {
      kind: "date",
      iso: `${y}-${String(m).padStart(2, "0")}-${String(d).padStart(2, "0")}`,
    };
  };
  const hidden = new Set(
    (data["!rows"] ?? []).flatMap((row, index) => (row?.hidden ? [index] : [])),
  );
  const merges = (data["!merges"] ?? []).map(({ s, e }): Merge => ({
    top: s.r,
    left: s.c,
    bottom: e.r,
    right: e.c,
  }));
  return succeed({
    file,
    sheet: wanted,
    rows: Array.from(rows, (row) => Array.from(row ?? [], read)),
    hidden,
    merges,
    places: null,
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

/**
 * A zip's parts, unpacked within the limit and packed again without compression: what claims to be
 * small and is not is cut off here, before anything else sees it. Other files (old .xls) stay as
 * they are.
 */
function unpack(bytes: Uint8Array): Uint8Array | "too-large" | "broken" {
  if (bytes[0] !== 0x50 || bytes[1] !== 0x4b) return bytes;
  let claimed = 0;
  try {
    const parts = unzipSync(bytes, {
      filter: ({ name, originalSize }) => {
        if (/\/(?:media|embeddings|printerSettings)\/|^Thumbnails\/|^Pictures\//u.test(name))
          return false;
        claimed += originalSize;
        return claimed <= SHEET_LIMITS.unpacked;
      },
    });
    return claimed > SHEET_LIMITS.unpacked
      ? "too-large"
      : zipSync(parts, { level: 0, mtime: "1980-01-01T00:00:00" });
  } catch {
    return "broken";
  }
}
