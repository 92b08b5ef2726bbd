import type { Code } from "../../base/codes.js";
import { type Diagnostic, type Place, both } from "../../base/diagnostic.js";
import { type Grid, cellName } from "./grid.js";
import type { Matched } from "./match-columns.js";

/** A row of the sheet and a column of the table; null for the row as a whole. */
export interface CellPlace {
  readonly row: number;
  readonly column: string | null;
}

/** What is wrong in Vietnamese and English, and what to do about it in both. */
export type FaultWords = readonly [vi: string, en: string, hintVi: string, hintEn: string];

/** Tells what is wrong in a sheet, at its cell. */
export class SheetFaults {
  constructor(
    private readonly grid: Grid,
    private readonly matched: Matched,
    private readonly problems: Diagnostic[],
  ) {}

  place({ row, column }: CellPlace): Place {
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

  /** Note a fault; the cell it is in has no value. */
  report(code: Code, at: CellPlace, [vi, en, hintVi, hintEn]: FaultWords): null {
    this.problems.push({
      code,
      severity: "error",
      at: this.place(at),
      message: both(vi, en),
      hint: both(hintVi, hintEn),
    });
    return null;
  }
}
