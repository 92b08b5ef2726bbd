import { z } from "zod";
import { assertNever } from "../base/diagnostic.js";
import { Text, type Written, maybe } from "./fields.js";
import { BARE, LIST, OTHERWISE, choice, tagged, unionByKey } from "./union-by-key.js";

/** Deepest head of a table, in rows of names. */
export const MAX_HEAD_ROWS = 4;
export const MAX_COLUMNS = 40;

/** Numbers beyond this lose digits when they are read. */
const MAX_EXACT = 999_999_999_999_999;

/** A cell: text, a number, or nothing. An empty cell is not zero. */
export const Cell = z.union([z.string(), z.number().min(-MAX_EXACT).max(MAX_EXACT), z.null()]);
export type Cell = z.infer<typeof Cell>;

// --- Columns -------------------------------------------------------------------------------------

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
interface ColumnGroup {
  readonly title: string;
  readonly columns: readonly Column[];
}
const ColumnGroup = z
  .strictObject({
    title: Text.meta({ title: "Tên chung của nhóm cột" }),
    columns: z
      .array(z.lazy((): z.ZodType<Column> => Column))
      .min(1)
      .meta({ title: "Các cột trong nhóm" }),
  })
  .meta({ title: "Nhóm cột", id: "column-group" });

export type Column = LeafColumn | ColumnGroup;
const Column: z.ZodType<Column> = unionByKey(
  z.union([LeafColumn, ColumnGroup]).meta({ title: "Cột hoặc nhóm cột", id: "column" }),
  [
    choice("columns", ColumnGroup),
    choice(OTHERWISE, LeafColumn, (column): LeafColumn => ({ ...column, columns: null })),
  ],
);

// --- Rows ----------------------------------------------------------------------------------------

const Cells = z.array(Cell);

/** What a row is among the others: a usual one, the head or sum of a group, the total. */
const RowRole = z.enum(["item", "group", "sub-total", "total"]);

const KeyedRow = z
  .strictObject({
    cells: Cells.meta({ title: "Các ô" }),
    kind: RowRole.default("item").meta({
      title: "Loại dòng: thường, đầu nhóm, cộng nhóm, tổng cộng",
    }),
  })
  .meta({ title: "Dòng" });

const BandRow = z
  .strictObject({ band: Text.meta({ title: "Một dòng chữ chạy suốt bảng, mở đầu một nhóm" }) })
  .meta({ title: "Dòng suốt bảng" });

/** Several rows that share the cells at their left. */
interface SpanRows {
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

/** A row of cells. */
interface CellRow extends Written {
  readonly kind: "cells";
  readonly cells: readonly Cell[];
  readonly role: z.output<typeof RowRole>;
}
/** Words across the table. */
type BandRow = Readonly<z.output<typeof BandRow>> & { readonly kind: "band" };

export type Row = CellRow | BandRow | SpanRows;
const bareRow = (cells: readonly Cell[]): CellRow => ({
  kind: "cells",
  cells,
  role: "item",
  form: "bare",
});
const Row: z.ZodType<Row> = unionByKey(
  z
    .union([Cells, KeyedRow, BandRow, SpanRows])
    .meta({ title: "Dòng hoặc các dòng chung ô", id: "row" }),
  [
    choice(LIST, Cells, bareRow),
    choice(BARE, Cells, bareRow),
    choice("cells", KeyedRow, ({ cells, kind }): CellRow => ({
      kind: "cells",
      cells,
      role: kind,
      form: "keyed",
    })),
    choice("band", BandRow, tagged("band")),
    choice("span", SpanRows, tagged("span")),
  ],
);

/** The columns that hold cells under one column name. */
export function leavesOf(column: Column): readonly LeafColumn[] {
  return column.columns === null ? [column] : column.columns.flatMap(leavesOf);
}

/** How many rows of names the head of a column has. */
function headRows(column: Column): number {
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
    const columns = table.columns.flatMap(leavesOf).length;
    checkColumns(table.columns, columns, context);
    checkRows(table.rows, ["rows"], { columns, left: columns }, context);
  })
  .meta({ title: "Bảng" });
export type TypedTable = z.infer<typeof TypedTable>;

type Context = z.core.$RefinementCtx;

function checkColumns(columns: readonly Column[], leaves: number, context: Context): void {
  if (leaves > MAX_COLUMNS)
    context.addIssue({
      code: "custom",
      path: ["columns"],
      params: { rule: "too-many-columns", found: leaves, most: MAX_COLUMNS },
    });
  columns.forEach((column, index) => {
    if (headRows(column) > MAX_HEAD_ROWS)
      context.addIssue({
        code: "custom",
        path: ["columns", index],
        params: { rule: "head-too-deep", found: headRows(column), most: MAX_HEAD_ROWS },
      });
  });
}

/** The columns of a table, and how many of them are left beside the cells that rows share. */
interface RowSpace {
  readonly columns: number;
  readonly left: number;
}

/** Every row fills the columns that are left for it. */
function checkRows(
  rows: readonly Row[],
  path: readonly (string | number)[],
  space: RowSpace,
  context: Context,
): void {
  rows.forEach((row, index) => checkRow(row, [...path, index], space, context));
}

function checkRow(
  row: Row,
  path: readonly (string | number)[],
  { columns, left }: RowSpace,
  context: Context,
): void {
  const report = (at: readonly (string | number)[], params: Record<string, unknown>): void =>
    context.addIssue({ code: "custom", path: [...at], params });
  switch (row.kind) {
    case "band":
      if (left < columns) report(path, { rule: "band-inside-span" });
      return;
    case "span": {
      const found = row.span.length;
      if (found >= left)
        return report([...path, "span"], { rule: "span-too-wide", found, most: left - 1 });
      return checkRows(row.rows, [...path, "rows"], { columns, left: left - found }, context);
    }
    case "cells":
      if (row.cells.length !== left)
        report(path, { rule: "row-length", found: row.cells.length, expected: left });
      return;
    default:
      assertNever(row);
  }
}
