import { z } from "zod";
import {
  type DataTable,
  type DataColumn,
  type DataColumnNode,
  type TablePreset,
  DataColumnNode as ColumnSchema,
} from "./data-table.js";
import type { Plan } from "./schema.js";

/** What a ready table brings: columns as one would write them, the column of units. */
interface Layout {
  readonly columns: (dataTable: DataTable, plan: Plan) => readonly z.input<typeof ColumnSchema>[];
  readonly key: string | null;
}

const ORDER = { id: "tt", title: "TT", kind: "order" } as const;
const NOTE = { id: "ghi-chu", title: "Ghi chú" } as const;
const UNIT = { id: "don-vi", title: "Xã, phường, thị trấn", minWidth: 30 } as const;

const LAYOUTS: Readonly<Record<TablePreset, Layout>> = {
  "poverty-targets": {
    key: "don-vi",
    columns: () => [
      ORDER,
      UNIT,
      { id: "tong-ho", title: "Tổng số hộ dân", kind: "count", unit: "hộ" },
      {
        title: "Hộ nghèo đầu năm",
        columns: [
          { id: "dau", title: "Số hộ", kind: "count", unit: "hộ" },
          { id: "ty-le-dau", title: "Tỷ lệ (%)", kind: "percent", formula: "dau/tong-ho" },
        ],
      },
      { id: "giam", title: "Số hộ nghèo giảm trong năm", kind: "count", unit: "hộ" },
      {
        title: "Hộ nghèo cuối năm",
        columns: [
          { id: "cuoi", title: "Số hộ", kind: "count", unit: "hộ", formula: "dau-giam" },
          { id: "ty-le-cuoi", title: "Tỷ lệ (%)", kind: "percent", formula: "cuoi/tong-ho" },
        ],
      },
    ],
  },
  funding: {
    key: "don-vi",
    columns: ({ spread }, { programme }) => {
      const sources = Object.entries(programme?.sources ?? {});
      const ids = sources.map(([id]) => id);
      return [
        ORDER,
        { ...UNIT, title: "Dự án, đơn vị thực hiện", minWidth: 50 },
        {
          id: "tong",
          title: "Tổng kinh phí",
          kind: "money",
          ...(spread === null
            ? { formula: ids.length === 0 ? null : ids.join("+") }
            : { allocate: { total: "programme.*.tong", ...spread } }),
        },
        ...(sources.length === 0
          ? []
          : [
              {
                title: "Trong đó",
                split:
                  spread === null
                    ? null
                    : {
                        of: "tong",
                        step: spread.step,
                        totals: Object.fromEntries(ids.map((id) => [id, `programme.*.${id}`])),
                      },
                columns: sources.map(([id, source]) => ({
                  id,
                  title: source.name,
                  kind: "money" as const,
                })),
              },
            ]),
      ];
    },
  },
  tasks: {
    key: null,
    columns: () => [
      ORDER,
      { id: "noi-dung", title: "Nội dung nhiệm vụ", minWidth: 50 },
      { id: "chu-tri", title: "Cơ quan chủ trì" },
      { id: "phoi-hop", title: "Cơ quan phối hợp" },
      { id: "thoi-gian", title: "Thời gian hoàn thành", align: "center" },
      { id: "san-pham", title: "Sản phẩm" },
    ],
  },
  estimate: {
    key: null,
    columns: () => [
      ORDER,
      { id: "noi-dung", title: "Nội dung chi", minWidth: 45 },
      { id: "dvt", title: "Đơn vị tính", align: "center" },
      { id: "so-luong", title: "Số lượng", kind: "count", total: "none", decimals: 2 },
      { id: "don-gia", title: "Đơn giá", kind: "money", total: "none" },
      { id: "thanh-tien", title: "Thành tiền", kind: "money", formula: "so-luong*don-gia" },
      NOTE,
    ],
  },
  years: {
    key: null,
    columns: ({ years }, plan) => {
      const list = years ?? [plan.date.year];
      return [
        ORDER,
        { id: "noi-dung", title: "Nội dung", minWidth: 45 },
        {
          id: "tong",
          title: "Tổng cộng",
          kind: "money",
          formula: list.map((year) => `nam-${year}`).join("+"),
        },
        {
          title: "Chia ra các năm",
          columns: list.map((year) => ({
            id: `nam-${year}`,
            title: `Năm ${year}`,
            kind: "money" as const,
          })),
        },
        NOTE,
      ];
    },
  },
  "legal-documents": {
    key: null,
    columns: () => [
      ORDER,
      { id: "ky-hieu", title: "Số, ký hiệu" },
      { id: "ngay", title: "Ngày ban hành", kind: "date" },
      { id: "co-quan", title: "Cơ quan ban hành" },
      { id: "trich-yeu", title: "Trích yếu nội dung", minWidth: 60 },
    ],
  },
  "report-form": {
    key: null,
    columns: () => [
      ORDER,
      { id: "chi-tieu", title: "Chỉ tiêu, nhiệm vụ", minWidth: 45 },
      { id: "dvt", title: "Đơn vị tính", align: "center" },
      { id: "ke-hoach", title: "Kế hoạch giao", kind: "count", total: "none", decimals: 2 },
      {
        title: "Kết quả thực hiện",
        columns: [
          { id: "trong-ky", title: "Trong kỳ", kind: "count", total: "none", decimals: 2 },
          { id: "luy-ke", title: "Lũy kế", kind: "count", total: "none", decimals: 2 },
        ],
      },
      {
        id: "ty-le",
        title: "Tỷ lệ so với kế hoạch (%)",
        kind: "percent",
        formula: "luy-ke/ke-hoach",
        total: "none",
      },
      NOTE,
    ],
  },
};

/**
 * The columns of a data table: its own, or those of its layout with what the plan changes of them.
 * Other columns are as the layout has them.
 */
export function dataTableColumns(dataTable: DataTable, plan: Plan): readonly DataColumnNode[] {
  const columns =
    dataTable.columns ??
    (dataTable.layout === null
      ? []
      : z.array(ColumnSchema).parse(LAYOUTS[dataTable.layout].columns(dataTable, plan)));
  const change = (node: DataColumnNode): DataColumnNode => {
    if (node.columns !== null) return { ...node, columns: node.columns.map(change) };
    const changes = Object.entries(dataTable.adjust[node.id] ?? {}).filter(
      ([, value]) => value !== null,
    );
    const changed: DataColumn = { ...node, ...Object.fromEntries(changes) };
    // A width of its own goes before the layout's bounds.
    return changed.width === null ? changed : { ...changed, minWidth: null, maxWidth: null };
  };
  return columns.map(change);
}

/** The column of units of a data table; null when it has none. */
export function dataTableKey(dataTable: DataTable): string | null {
  // The projects of a programme are no units.
  return (
    dataTable.key ??
    (dataTable.rows.kind !== "programme" && dataTable.columns === null && dataTable.layout !== null
      ? LAYOUTS[dataTable.layout].key
      : null)
  );
}
