import { z } from "zod";
import { type Decimal, addDecimals, decimalOf } from "../base/numbers.js";
import { Id, Text, maybe } from "./fields.js";
import { BARE, OTHERWISE, choice, tagged, unionByKey } from "./union-by-key.js";

/** How a value bounds a target: "từ 1,5% trở lên", "dưới 0,3%", "khoảng 4.034 triệu đồng". */
const BOUNDS = ["at-least", "at-most", "below", "above", "about"] as const;

const FigurePart = z
  .strictObject({
    value: z.number().meta({ title: "Giá trị" }),
    label: maybe(Text).meta({ title: "Tên phần" }),
  })
  .meta({ title: "Một phần của số liệu" });

/** A part of a figure; one that is written as a number alone has no label. */
const PartOrNumber = unionByKey(z.union([z.number(), FigurePart]), [
  choice(BARE, z.number(), (value) => ({ value, label: null })),
  choice("value", FigurePart),
]);

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

/** Figures under one name. */
interface FigureGroup {
  readonly kind: "group";
  readonly members: FigureTree;
}
/** Figures and groups of figures by their names. */
export type FigureTree = { readonly [name: string]: Figure | FigureGroup };
export const FigureTree: z.ZodType<FigureTree> = z
  .record(
    Id,
    z.lazy(() => FigureOrGroup),
  )
  .meta({ title: "Nhóm số liệu", id: "figures" });

/** Keys of which any says that what has it is a figure, not a group of figures. */
const FIGURE_KEYS = ["value", "from", "to", "parts", "unit", "bound"] as const;

const FigureOrGroup: z.ZodType<Figure | FigureGroup> = unionByKey(z.union([Figure, FigureTree]), [
  ...FIGURE_KEYS.map((key) => choice(key, Figure, tagged("figure"))),
  choice(OTHERWISE, FigureTree, (members): FigureGroup => ({ kind: "group", members })),
]);

/** The exact value a figure stands for: given, or the sum of its parts. Null for a range. */
export function exactFigure(figure: Figure): Decimal | null {
  if (figure.value !== null) return decimalOf(figure.value);
  if (figure.from !== null || figure.parts === null) return null;
  return addDecimals(Object.values(figure.parts).map(({ value }) => decimalOf(value)));
}

/**
 * Follow a dotted name into the figures: the figure, and the steps that are left. Null when there
 * is no figure of that name.
 */
export function findFigure(
  tree: FigureTree,
  [step, ...rest]: readonly string[],
): { readonly figure: Figure; readonly rest: readonly string[] } | null {
  const found = step !== undefined && Object.hasOwn(tree, step) ? tree[step] : undefined;
  if (found === undefined) return null;
  return found.kind === "figure" ? { figure: found, rest } : findFigure(found.members, rest);
}

/** Every name that can be cited: "figures.ho_ngheo.giam", … */
export function figureNames(tree: FigureTree, prefix = "figures"): string[] {
  return Object.entries(tree).flatMap(([name, found]) =>
    found.kind === "figure"
      ? [
          `${prefix}.${name}`,
          ...Object.keys(found.parts ?? {}).map((part) => `${prefix}.${name}.parts.${part}`),
        ]
      : figureNames(found.members, `${prefix}.${name}`),
  );
}
