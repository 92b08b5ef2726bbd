import { z } from "zod";
import { assertNever } from "../base/diagnostic.js";
import { Text, maybe } from "./fields.js";
import { LIST, tagged, unionByKey } from "./union-by-key.js";

/** Deepest head of a table, in rows of names. */
export const MAX_HEAD_ROWS = 4;
export const MAX_COLUMNS = 40;

/** Numbers beyond this lose digits when they are read. */
const MAX_EXACT = 999_999_999_999_999;

/** A cell: text, a number, or nothing. Nothing is not zero. */
export const Cell = z.union([z.string(), z.number().min(-MAX_EXACT).max(MAX_EXACT), z.null()]);
export type Cell = z.infer<typeof Cell>;

// --- Columns -------------------------------------------------------------------------------------------------------

const Millimetres = z.number().min(5).max(400);

/** How wide a column is. */
export const COLUMN_WIDTHS = {
  width: maybe(z.number().positive().max(100)).meta({
    title: "Độ rộng, phần trăm của bảng (bỏ trống: theo nội dung)",
  }),
  minWidth: maybe(Millimetres).meta({ title: "Rộng ít nhất, mm (khi rộng theo nội dung)" }),
  maxWidth: maybe(Millimetres).meta({ title: "Rộng nhiều nhất, mm (khi rộng theo nội dung)" }),
};

interface Widths {
  readonly width: number | null;
  readonly minWidth: number | null;
  readonly maxWidth: number | null;
}

/** A width in percent leaves nothing to bound; bounds do not cross. */
export function checkWidths({ width, minWidth, maxWidth }: Widths, context: z.RefinementCtx): void {
  const bound = minWidth === null ? "maxWidth" : "minWidth";
  if (width !== null && (minWidth !== null || maxWidth !== null))
    context.addIssue({ code: "custom", path: [bound], params: { rule: "column-bounds" } });
  else if (minWidth !== null && maxWidth !== null && minWidth > maxWidth)
    context.addIssue({
      code: "custom",
      path: ["minWidth"],
      params: { rule: "column-bounds-crossed", most: maxWidth },
    });
}

export const ALIGNMENTS = ["left", "center", "right", "decimal"] as const;

const LeafColumn = z
  .strictObject({
    title: Text.meta({ title: "Tên cột" }),
    align: z
      .enum(ALIGNMENTS)
      .default("left")
      .meta({ title: "Canh lề (decimal: số thẳng hàng theo dấu phẩy)" }),
    ...COLUMN_WIDTHS,
    number: Cell.default(null).meta({
      title: "Số cột, viết ở dòng dưới tên cột (A, 1, 3 = 1 + 2)",
    }),
  })
  .superRefine(checkWidths)
  .meta({ title: "Cột" });
/** A column that holds cells. */
export type LeafColumn = z.infer<typeof LeafColumn> & { readonly columns: null };

/** Several columns under one name. */
export interface ColumnGroup {
  readonly title: string;
  readonly columns: readonly Column[];
}
const ColumnGroup: z.ZodType<ColumnGroup> = z
  .strictObject({
    title: Text.meta({ title: "Tên chung của nhóm cột" }),
    columns: z
      .array(z.lazy((): z.ZodType<Column> => Column))
      .min(1)
      .meta({ title: "Các cột trong nhóm" }),
  })
  .meta({ title: "Nhóm cột", id: "column-group" });

export type Column = LeafColumn | ColumnGroup;
const Column: z.ZodType<Column> = unionByKey<Column>(
  z.union([LeafColumn, ColumnGroup]).meta({ title: "Cột hoặc nhóm cột", id: "column" }),
  [{ key: "columns", option: ColumnGroup }],
  { option: LeafColumn, tag: (column: object) => ({ ...column, columns: null }) },
);

// --- Rows ----------------------------------------------------------------------------------------------------------

const Cells = z.array(Cell);

const KindRow = z
  .strictObject({
    cells: Cells.meta({ title: "Các ô" }),
    kind: z
      .enum(["item", "group", "sub-total", "total"])
      .default("item")
      .meta({ title: "Loại dòng: thường, đầu nhóm, cộng nhóm, tổng cộng" }),
  })
  .meta({ title: "Dòng" });

const BandRow = z
  .strictObject({ band: Text.meta({ title: "Một dòng chữ chạy suốt bảng, mở đầu một nhóm" }) })
  .meta({ title: "Dòng suốt bảng" });

/** Cells said once at the left of several rows. */
export interface SpanRows {
  readonly kind: "span";
  readonly span: readonly Cell[];
  readonly rows: readonly Row[];
}
const SpanRows = z
  .strictObject({
    span: Cells.min(1).meta({ title: "Các ô bên trái, chung cho những dòng dưới đây" }),
    rows: z
      .array(z.lazy((): z.ZodType<Row> => Row))
      .min(1)
      .meta({ title: "Các dòng, chỉ gồm những ô còn lại" }),
  })
  .meta({ title: "Các dòng chung ô bên trái", id: "span-rows" });

/** A row of cells; `bare` when it was written as a list alone, without `cells:`. */
export interface CellRow {
  readonly kind: "cells";
  readonly cells: readonly Cell[];
  readonly role: "item" | "group" | "sub-total" | "total";
  readonly form: "bare" | "keyed";
}
/** Words across the table. */
export interface BandRow {
  readonly kind: "band";
  readonly band: string;
}
export type Row = CellRow | BandRow | SpanRows;
const bareRow = (cells: readonly Cell[]): CellRow => ({
  kind: "cells",
  cells,
  role: "item",
  form: "bare",
});
const keyedRow = ({ cells, kind }: z.infer<typeof KindRow>): CellRow => ({
  kind: "cells",
  cells,
  role: kind,
  form: "keyed",
});
const Row: z.ZodType<Row> = unionByKey<Row>(
  z
    .union([Cells, KindRow, BandRow, SpanRows])
    .meta({ title: "Dòng hoặc các dòng chung ô", id: "row" }),
  [
    { key: LIST, option: Cells, tag: bareRow },
    { key: null, option: Cells, tag: bareRow },
    { key: "cells", option: KindRow, tag: keyedRow },
    { key: "band", option: BandRow, tag: tagged("band") },
    { key: "span", option: SpanRows, tag: tagged("span") },
  ],
);

/** How many columns of its own a column has. */
export function leavesOf(column: Column): readonly LeafColumn[] {
  return column.columns === null ? [column] : column.columns.flatMap(leavesOf);
}

/** How many rows of names a column's head has. */
export function headRows(column: Column): number {
  return column.columns === null ? 1 : 1 + Math.max(...column.columns.map(headRows));
}

/** A table in the body or in an appendix. */
export const TypedTable = z
  .strictObject({
    title: maybe(Text).meta({ title: "Tên bảng" }),
    unit: maybe(Text).meta({ title: "Đơn vị tính" }),
    columns: z.array(Column).min(1).meta({ title: "Các cột" }),
    rows: z.array(Row).meta({ title: "Các dòng" }),
    note: maybe(Text).meta({ title: "Ghi chú dưới bảng" }),
  })
  .superRefine((table, context) => {
    const expected = table.columns.flatMap(leavesOf).length;
    if (expected > MAX_COLUMNS)
      context.addIssue({
        code: "custom",
        path: ["columns"],
        params: { rule: "too-many-columns", found: expected, most: MAX_COLUMNS },
      });
    table.columns.forEach((column, index) => {
      if (headRows(column) > MAX_HEAD_ROWS)
        context.addIssue({
          code: "custom",
          path: ["columns", index],
          params: { rule: "head-too-deep", found: headRows(column), most: MAX_HEAD_ROWS },
        });
    });
    const visit = (
      rows: readonly Row[],
      path: readonly (string | number)[],
      left: number,
    ): void => {
      const report = (at: readonly (string | number)[], params: object): void =>
        context.addIssue({ code: "custom", path: [...at], params: { ...params } });
      rows.forEach((row, index) => {
        const at = [...path, index];
        switch (row.kind) {
          case "band":
            if (left < expected) report(at, { rule: "band-inside-span" });
            break;
          case "span": {
            const { span } = row;
            if (span.length < left) visit(row.rows, [...at, "rows"], left - span.length);
            else
              report([...at, "span"], {
                rule: "span-too-wide",
                found: span.length,
                most: left - 1,
              });
            break;
          }
          case "cells":
            if (row.cells.length !== left)
              report(at, { rule: "row-length", found: row.cells.length, expected: left });
            break;
          default:
            assertNever(row);
        }
      });
    };
    visit(table.rows, ["rows"], expected);
  })
  .meta({ title: "Bảng" });
export type TypedTable = z.infer<typeof TypedTable>;
