import { z } from "zod";
import type { Place } from "../base/diagnostic.js";
import { Allocate, NumberOrName, Spread, Split } from "./allocate.js";
import { Id, Text, maybe } from "./fields.js";
import {
  ALIGNMENTS,
  COLUMN_WIDTHS,
  Cell,
  MAX_COLUMNS,
  MAX_HEAD_ROWS,
  checkWidths,
} from "./typed-table.js";
import { BARE, LIST, OTHERWISE, choice, tagged, unionByKey } from "./union-by-key.js";

export { METHODS } from "./allocate.js";
export type { Allocate, Method, NumberOrName, Split } from "./allocate.js";

/** Ready tables; `table-presets.ts` says what columns they have. */
const TABLE_PRESETS = [
  "poverty-targets",
  "funding",
  "tasks",
  "estimate",
  "years",
  "legal-documents",
  "report-form",
] as const;
export type TablePreset = (typeof TABLE_PRESETS)[number];

/** Marks of rows, by level. "1.1" counts inside the mark of the level above. */
const ROW_MARKS = ["A", "I", "1", "1.1", "a", "-", "+", ""] as const;
export type RowMark = (typeof ROW_MARKS)[number];

// --- Columns -------------------------------------------------------------------------------------

const COLUMN_KINDS = ["order", "text", "count", "money", "percent", "date"] as const;

/**
 * How a column's total comes about: numbers are summed, rates computed again from the totals,
 * prices have none.
 */
const TOTAL_RULES = ["sum", "recompute", "none"] as const;

const DataColumn = z
  .strictObject({
    id: Id.meta({ title: "Mã cột" }),
    title: Text.meta({ title: "Tên cột" }),
    kind: z
      .enum(COLUMN_KINDS)
      .default("text")
      .meta({ title: "Loại: order (số thứ tự), text, count, money, percent, date" }),
    unit: maybe(Text).meta({ title: "Đơn vị tính của cột (hộ; triệu đồng), khi khác của bảng" }),
    formula: maybe(Text).meta({ title: "Công thức: 3=4+5+6 (số cột) hoặc tw+tinh+huyen (mã cột)" }),
    allocate: maybe(Allocate),
    total: maybe(z.enum(TOTAL_RULES)).meta({
      title: "Tổng của cột: sum (cộng), recompute (tính lại từ các tổng), none",
    }),
    declared: maybe(NumberOrName).meta({ title: "Tổng đã công bố, để đối chiếu" }),
    decimals: maybe(z.int().min(0).max(6)).meta({ title: "Số chữ số sau dấu phẩy" }),
    signed: z.boolean().default(false).meta({ title: "Cho phép số âm" }),
    show: z.boolean().default(true).meta({ title: "false: chỉ dùng để tính, không in" }),
    align: maybe(z.enum(ALIGNMENTS)).meta({ title: "Canh lề, khi khác lệ thường của loại cột" }),
    number: maybe(z.union([z.string(), z.int()])).meta({ title: "Số cột, in dưới tên cột" }),
    ...COLUMN_WIDTHS,
  })
  .superRefine(checkWidths)
  .meta({ title: "Cột số liệu" });
export type DataColumn = z.infer<typeof DataColumn> & { readonly columns: null };

/** What a plan changes of a ready column. */
const Adjustment = z
  .strictObject({
    title: maybe(Text).meta({ title: "Tên cột" }),
    unit: maybe(Text).meta({ title: "Đơn vị tính của cột" }),
    formula: maybe(Text).meta({ title: "Công thức" }),
    allocate: maybe(Allocate),
    declared: maybe(NumberOrName).meta({ title: "Tổng đã công bố, để đối chiếu" }),
    decimals: maybe(z.int().min(0).max(6)).meta({ title: "Số chữ số sau dấu phẩy" }),
    show: maybe(z.boolean()).meta({ title: "false: chỉ dùng để tính, không in" }),
    width: COLUMN_WIDTHS.width,
  })
  .meta({ title: "Chỗ sửa của một cột" });

/** Several columns under one name; `split` divides a row's total over them. */
interface DataColumnGroup {
  readonly title: string;
  readonly split: Split | null;
  readonly columns: readonly DataColumnNode[];
}
const DataColumnGroup = z
  .strictObject({
    title: Text.meta({ title: "Tên chung của nhóm cột" }),
    split: maybe(Split),
    columns: z
      .array(z.lazy((): z.ZodType<DataColumnNode> => DataColumnNode))
      .min(1)
      .meta({ title: "Các cột trong nhóm" }),
  })
  .meta({ title: "Nhóm cột số liệu", id: "ledger-column-group" });

export type DataColumnNode = DataColumn | DataColumnGroup;
export const DataColumnNode: z.ZodType<DataColumnNode> = unionByKey(
  z
    .union([DataColumn, DataColumnGroup])
    .meta({ title: "Cột hoặc nhóm cột số liệu", id: "ledger-column" }),
  [
    choice("columns", DataColumnGroup),
    choice(OTHERWISE, DataColumn, (column): DataColumn => ({ ...column, columns: null })),
  ],
);

/** The columns that hold cells, from left to right. */
export function dataColumnLeaves(columns: readonly DataColumnNode[]): readonly DataColumn[] {
  return columns.flatMap((column) =>
    column.columns === null ? [column] : dataColumnLeaves(column.columns),
  );
}

/** Rows of names over a data table's columns. */
function dataColumnDepth(columns: readonly DataColumnNode[]): number {
  return Math.max(
    1,
    ...columns.map(({ columns: inner }) => (inner === null ? 1 : 1 + dataColumnDepth(inner))),
  );
}

// --- Rows ----------------------------------------------------------------------------------------

/** Names in a row that are no columns. */
export const ROW_WORDS = ["rows", "includes", "note", "id"] as const;

/**
 * A row by the names of its columns. `rows`: what adds up to it; `includes`: what it contains
 * (Trong đó) and is not added; `note`: words across the table.
 */
export interface DataRow {
  readonly [name: string]: Cell | readonly DataRow[];
}
const DataRow: z.ZodType<DataRow> = z
  .record(z.string(), z.union([Cell, z.array(z.lazy((): z.ZodType<DataRow> => DataRow))]))
  .meta({
    title: "Dòng: mã cột và giá trị; rows: các dòng cộng thành nó; includes: “Trong đó”",
    id: "ledger-row",
  });

const SheetSource = z
  .strictObject({
    file: Text.meta({ title: "Tệp .xlsx, .xls, .ods hoặc .csv, cạnh tệp kế hoạch" }),
    sheet: maybe(Text).meta({ title: "Tên trang tính (bỏ trống: trang đầu)" }),
    head: maybe(z.int().min(1).max(1000)).meta({
      title: "Dòng cuối của tên cột (bỏ trống: tự tìm)",
    }),
    columns: z
      .record(Id, z.union([Text, z.int()]))
      .default({})
      .meta({ title: "Tên cột trong bảng tính khi khác: mã cột → tên, hoặc chữ cái của cột" }),
    map: maybe(Text).meta({ title: "Tệp .yaml ghi mã cột → tên cột, dùng chung cho nhiều bảng" }),
    numbers: z
      .enum(["vi", "en"])
      .default("vi")
      .meta({ title: "Số viết bằng chữ: vi (4.034,5) hay en (4,034.5)" }),
    hidden: z
      .enum(["refuse", "skip", "keep"])
      .default("refuse")
      .meta({ title: "Dòng bị ẩn: báo lỗi, bỏ qua, hay vẫn lấy" }),
  })
  .meta({ title: "Lấy dòng từ bảng tính" });
export type SheetSource = z.infer<typeof SheetSource>;

const OtherTable = z
  .strictObject({
    from: Id.meta({ title: "Mã bảng có cùng các dòng; lấy các cột trùng mã" }),
    projects: z
      .union([z.boolean(), z.array(Id).min(1)])
      .default(false)
      .meta({
        title:
          "Nhắc lại các dòng trong từng dự án của chương trình, hoặc trong các dự án có mã này",
      }),
  })
  .meta({ title: "Các dòng của một bảng khác" });
const BlankRows = z
  .strictObject({ blank: z.int().min(1).max(1000).meta({ title: "Số dòng trống" }) })
  .meta({ title: "Biểu mẫu để trống" });
const RowList = z.array(DataRow);

/** Rows that the plan has already: its legal bases, the projects of its programme. */
const OwnRows = z.enum(["bases", "programme"]);

/** Where a data table's rows come from. */
const DataRows = unionByKey(
  z.union([RowList, SheetSource, OtherTable, BlankRows, OwnRows]).meta({
    title:
      "Các dòng: danh sách; bases (các căn cứ); programme (các dự án); lấy từ tệp; hay để trống",
  }),
  [
    choice(LIST, RowList, (rows) => ({ kind: "list" as const, rows })),
    choice("file", SheetSource, tagged("file")),
    choice("from", OtherTable, tagged("from")),
    choice("blank", BlankRows, tagged("blank")),
    choice(BARE, OwnRows, (kind) => ({ kind })),
  ],
);
export type DataRows = z.infer<typeof DataRows>;

const TotalRow = z
  .strictObject({
    label: Text.default("Tổng cộng").meta({ title: "Chữ của dòng tổng" }),
    place: z
      .enum(["first", "last", "none"])
      .default("last")
      .meta({ title: "Dòng tổng ở đầu, ở cuối, hay không có" }),
  })
  .meta({ title: "Dòng tổng cộng" });

const Groups = z
  .strictObject({
    by: maybe(Id).meta({ title: "Gộp nhóm theo giá trị của cột này" }),
    sums: z
      .enum(["head", "after", "none"])
      .default("head")
      .meta({ title: "Cộng nhóm ghi ở dòng đầu nhóm, ở dòng sau nhóm, hay không" }),
    label: Text.default("Cộng").meta({ title: "Chữ của dòng cộng nhóm" }),
  })
  .meta({ title: "Nhóm dòng" });

// --- DataTable -----------------------------------------------------------------------------------

/**
 * A table of numbers (bảng số liệu): columns of kinds, rows that add up. Written once; the body,
 * appendices and funding refer to it.
 */
export const DataTable = z
  .strictObject({
    title: maybe(Text).meta({ title: "Tên bảng" }),
    unit: maybe(Text).meta({ title: "Đơn vị tính (hộ; triệu đồng)" }),
    layout: maybe(z.enum(TABLE_PRESETS)).meta({ title: "Mẫu bảng có sẵn" }),
    years: maybe(z.array(z.int().min(1945).max(2200)).min(1).max(12)).meta({
      title: "Các năm (mẫu years)",
    }),
    columns: maybe(z.array(DataColumnNode).min(1)).meta({
      title: "Các cột (bỏ trống khi dùng mẫu có sẵn)",
    }),
    adjust: z
      .record(Id, Adjustment)
      .default({})
      .meta({ title: "Sửa cột của mẫu có sẵn: mã cột → chỗ khác" }),
    spread: maybe(Spread),
    columnNumbers: z.boolean().default(false).meta({ title: "In dòng số cột: A, B, 1, 2, 3=1+2" }),
    key: maybe(Id).meta({ title: "Cột tên đơn vị: mỗi đơn vị một dòng" }),
    allAssignees: maybe(Text).meta({
      title: "Chữ trong cột đơn vị có nghĩa là mọi đơn vị (các xã, thị trấn)",
    }),
    assignees: maybe(
      unionByKey(
        z
          .union([Id, z.array(Text).min(1)])
          .meta({ title: "Các đơn vị phải có đủ: danh sách, hoặc mã bảng khác" }),
        [choice(LIST, z.array(Text).min(1)), choice(BARE, Id)],
      ),
    ),
    rows: DataRows,
    order: maybe(z.array(z.enum(ROW_MARKS)).min(1).max(6)).meta({
      title: "Số thứ tự từng cấp dòng",
    }),
    groups: Groups.prefault({}),
    total: TotalRow.prefault({}),
    note: maybe(Text).meta({ title: "Ghi chú dưới bảng" }),
  })
  .superRefine((dataTable, context) => {
    if (dataTable.columns === null) {
      if (dataTable.layout === null)
        context.addIssue({
          code: "custom",
          path: [],
          params: { rule: "no-columns", allowed: TABLE_PRESETS },
        });
      return;
    }
    const leaves = dataColumnLeaves(dataTable.columns);
    if (leaves.length > MAX_COLUMNS)
      context.addIssue({
        code: "custom",
        path: ["columns"],
        params: { rule: "too-many-columns", found: leaves.length, most: MAX_COLUMNS },
      });
    if (dataColumnDepth(dataTable.columns) > MAX_HEAD_ROWS)
      context.addIssue({
        code: "custom",
        path: ["columns"],
        params: {
          rule: "head-too-deep",
          found: dataColumnDepth(dataTable.columns),
          most: MAX_HEAD_ROWS,
        },
      });
  })
  .meta({ title: "Bảng số liệu" });
export type DataTable = z.infer<typeof DataTable>;

// --- Rows of a spreadsheet -----------------------------------------------------------------------

/** A row read from a spreadsheet: its cells by column, and where each stands. */
export interface SheetRow {
  readonly cells: Readonly<Record<string, Cell>>;
  /** 0 for the outermost rows; rows of a greater level add up to the one above. */
  readonly level: number;
  /** A row of totals is compared with what comes out, and is no row of the table. */
  readonly kind: "item" | "includes" | "total";
  readonly at: (column: string | null) => Place;
}

/** Rows read from spreadsheets, by the data table that asks for them. */
export type SheetRows = ReadonlyMap<string, readonly SheetRow[]>;
