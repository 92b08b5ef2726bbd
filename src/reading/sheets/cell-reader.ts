import { findTextFault, normalizeText, printCodePoint } from "../../base/text.js";
import type { DataColumn, SheetSource } from "../../plan/data-table.js";
import type { Cell } from "../../plan/typed-table.js";
import type { GridCell } from "./grid.js";
import type { SheetFaults } from "./sheet-faults.js";
import { cleanNumber, plainNumber } from "./sheet-numbers.js";

/** Numbers beyond this lose digits when they are read. */
const MAX_EXACT = 999_999_999_999_999;

/** Reads cells as their columns want them: counts, money, rates, dates, words. */
export class CellReader {
  /** Cells of rates that are formatted in per cent, and those that are plain numbers. */
  readonly #percents = new Map<string, readonly [string, number]>();
  readonly #plains = new Map<string, readonly [string, number]>();

  constructor(
    private readonly numbers: SheetSource["numbers"],
    private readonly faults: SheetFaults,
  ) {}

  /** The value of a cell in a column; null where it has none, or a fault. */
  read(cell: GridCell, spec: DataColumn, row: number): Cell {
    const { id, kind } = spec;
    const at = { row, column: id };
    switch (cell.kind) {
      case "error":
        return this.faults.report("sheet-formula-error", at, [
          `ô có lỗi công thức ${cell.code}`,
          `the cell has the formula error ${cell.code}`,
          "sửa công thức trong bảng tính",
          "mend the formula in the spreadsheet",
        ]);
      case "unknown":
        return this.faults.report("sheet-formula-unknown", at, [
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
      return this.faults.report("sheet-date-in-number", { row, column: id }, [
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
    if (Math.abs(clean) <= MAX_EXACT) return clean;
    if (Number.isNaN(clean))
      return this.faults.report("sheet-number-broken", { row, column: id }, [
        `ô số ở cột “${title}” bị hỏng, không đọc được`,
        `the number in the column “${title}” is broken and cannot be read`,
        "gõ lại ô này là số",
        "type the cell again as a number",
      ]);
    return this.faults.report("sheet-number-too-large", { row, column: id }, [
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
      this.numbers,
    );
    return plain === null
      ? this.#textInNumber(bare, row, spec)
      : this.#number(Number(plain), row, spec);
  }

  #textInNumber(found: string, row: number, { id, title }: DataColumn): null {
    const other = this.numbers === "vi" ? "en" : "vi";
    const fits = plainNumber(found, other) !== null || /^-?\d+(?:e\+?\d+)?$/iu.test(found);
    const shown = found.length > 40 ? `${found.slice(0, 40)}…` : found;
    return this.faults.report("sheet-text-in-number", { row, column: id }, [
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
      this.faults.report("text-control", { row, column }, [
        `ô có ký tự ${sign} không in được`,
        `the cell has the sign ${sign}, which cannot be printed`,
        "gõ lại ô này",
        "type the cell again",
      ]);
    }
    return clean;
  }

  /** A column of rates is formatted in per cent, or it is not: not in part. */
  compareRates(): void {
    const formatted = new Set([...this.#percents.values()].map(([id]) => id));
    for (const [id, row] of this.#plains.values()) {
      if (formatted.has(id))
        this.faults.report("sheet-percent-mixed", { row, column: id }, [
          "cột có ô định dạng %, ô này thì không: không rõ 0,05 là 0,05% hay 5%",
          "other cells of the column are formatted in per cent, this one is not: " +
            "it is not clear whether 0.05 is 0.05% or 5%",
          "định dạng cả cột là %, hoặc cả cột là số thường",
          "format the whole column in per cent, or none of it",
        ]);
    }
  }
}

/** Whether a column holds numbers: counts, money or rates. */
export function isNumeric(kind: DataColumn["kind"]): boolean {
  return kind === "count" || kind === "money" || kind === "percent";
}
