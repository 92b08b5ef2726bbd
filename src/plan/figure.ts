import { z } from "zod";
import { type Decimal, addDecimals, decimalOf } from "../base/numbers.js";
import { Id, Text, maybe } from "./fields.js";
import { tagged, unionByKey } from "./union-by-key.js";

/** How a value bounds a target: "từ 1,5% trở lên", "dưới 0,3%", "khoảng 4.034 triệu đồng". */
export const BOUNDS = ["at-least", "at-most", "below", "above", "about"] as const;

const FigurePart = z
  .strictObject({
    value: z.number().meta({ title: "Giá trị" }),
    label: maybe(Text).meta({ title: "Tên phần" }),
  })
  .meta({ title: "Một phần của số liệu" });

const PartOrNumber = unionByKey<number | z.infer<typeof FigurePart>>(
  z.union([z.number(), FigurePart]),
  [
    { key: null, option: z.number() },
    { key: "value", option: FigurePart },
  ],
);

const FigureCommon = {
  unit: maybe(Text).meta({ title: "Đơn vị (hộ, %, người, triệu đồng)" }),
  digits: maybe(z.int().min(1).max(6)).meta({ title: "Số chữ số tối thiểu (2: viết 02)" }),
  decimals: maybe(z.int().min(0).max(4)).meta({
    title: "Số chữ số sau dấu phẩy tối thiểu (1: viết 3,0)",
  }),
  label: maybe(Text).meta({ title: "Tên chỉ tiêu" }),
  year: maybe(z.int().min(1945).max(2200)).meta({ title: "Năm của số liệu" }),
  role: maybe(z.enum(["target", "result", "baseline"])).meta({
    title: "Chỉ tiêu (target), kết quả (result) hay hiện trạng (baseline)",
  }),
  source: maybe(Text).meta({ title: "Nguồn của số liệu" }),
};

/** A figure (số liệu): written once in the plan, cited by name everywhere else. */
export const Figure = z
  .strictObject({
    value: maybe(z.number()).meta({ title: "Giá trị (bỏ trống khi là tổng của parts)" }),
    from: maybe(z.number()).meta({ title: "Từ (giá trị đầu)" }),
    to: maybe(z.number()).meta({ title: "Đến (giá trị cuối)" }),
    bound: maybe(z.enum(BOUNDS)).meta({
      title:
        "Mức: trở lên (at-least), không quá (at-most), dưới (below), trên (above), khoảng (about)",
    }),
    parts: maybe(z.record(Id, PartOrNumber)).meta({ title: "Các phần của một tổng" }),
    ...FigureCommon,
  })
  .superRefine((figure, context) => {
    const range = figure.from !== null || figure.to !== null;
    if (range && (figure.from === null || figure.to === null || figure.value !== null)) {
      context.addIssue({ code: "custom", params: { rule: "figure-range" } });
    }
    if (!range && figure.value === null && figure.parts === null) {
      context.addIssue({ code: "custom", params: { rule: "figure-empty" } });
    }
  })
  .meta({ title: "Số liệu" });
export type Figure = z.infer<typeof Figure> & { readonly kind: "figure" };

export type FigureTree = { readonly [name: string]: Figure | FigureTree };
export const FigureGroup: z.ZodType<FigureTree> = z
  .record(
    Id,
    z.lazy(() => FigureOrGroup),
  )
  .meta({ title: "Nhóm số liệu", id: "figures" });

const FigureOrGroup: z.ZodType<Figure | FigureTree> = unionByKey<Figure | FigureTree>(
  z.union([Figure, FigureGroup]),
  ["value", "from", "to", "parts", "unit", "bound"].map((key) => ({
    key,
    option: Figure,
    tag: tagged("figure"),
  })),
  { option: FigureGroup },
);

/** True for a figure, false for a group of figures. */
export function isFigure(node: Figure | FigureTree): node is Figure {
  return (node as Partial<Figure>).kind === "figure";
}

/** The exact value a figure stands for: given, or the sum of its parts. Null for a range. */
export function exactFigure(figure: Figure): Decimal | null {
  if (figure.value !== null) return decimalOf(figure.value);
  if (figure.from !== null || figure.parts === null) return null;
  return addDecimals(Object.values(figure.parts).map((part) => decimalOf(partValue(part))));
}

/** The value of a part of a figure. */
export function partValue(part: NonNullable<Figure["parts"]>[string]): number {
  return typeof part === "number" ? part : part.value;
}

/**
 * Follow a dotted name into the figures: the figure, and the steps left over. Null when the name
 * leads nowhere.
 */
export function findFigure(
  tree: FigureTree,
  steps: readonly string[],
): { figure: Figure; rest: readonly string[] } | null {
  let node: Figure | FigureTree = tree;
  for (let index = 0; index < steps.length; index++) {
    if (isFigure(node)) return { figure: node, rest: steps.slice(index) };
    const step = steps[index] ?? "";
    const next: Figure | FigureTree | undefined = Object.hasOwn(node, step)
      ? node[step]
      : undefined;
    if (next === undefined) return null;
    node = next;
  }
  return isFigure(node) ? { figure: node, rest: [] } : null;
}

/** Every name that can be cited: "figures.ho_ngheo.giam", … */
export function figureNames(tree: FigureTree, prefix = "figures"): string[] {
  return Object.entries(tree).flatMap(([name, node]) =>
    isFigure(node)
      ? [
          `${prefix}.${name}`,
          ...Object.keys(node.parts ?? {}).map((part) => `${prefix}.${name}.parts.${part}`),
        ]
      : figureNames(node, `${prefix}.${name}`),
  );
}
