import { z } from "zod";
import { Id, Text, maybe } from "./fields.js";
import { choice, unionByKey } from "./union-by-key.js";

/** Ways to divide a total over assignees; `allocation/apportion.ts` says what each promises. */
export const METHODS = ["largest-remainder", "sainte-lague", "dhondt"] as const;
export type Method = (typeof METHODS)[number];

/**
 * A number, or where it stands: "figures.giam-ho-ngheo", "programme.da2.tw", "chi-tieu.tong.giam".
 * A "*" stands for the id of each group of rows.
 */
export const NumberOrName = z.union([z.number(), z.string()]).meta({
  title: "Số, hoặc chỗ đã có số (figures.ten, programme.da2.tw, bang.tong.cot); * là mã nhóm dòng",
});
export type NumberOrName = number | string;

/** A bound of a share: the same for all, or a column that gives each assignee its own. */
const Bound = z.union([z.number().nonnegative(), Id]);

const Criterion = z
  .strictObject({
    of: Id.meta({ title: "Cột của tiêu chí" }),
    coefficient: z.number().nonnegative().meta({ title: "Hệ số, theo quyết định đang áp dụng" }),
  })
  .meta({ title: "Tiêu chí và hệ số" });

const HighestOf = z
  .strictObject({
    highest: z.array(Criterion).min(1).meta({ title: "Chỉ tính tiêu chí cho điểm cao nhất" }),
  })
  .meta({ title: "Nhóm tiêu chí chỉ tính mức cao nhất" });

type Criterion = z.infer<typeof Criterion>;
/** Criteria that count: one alone, or the highest of several. */
type CriterionEntry = { readonly kind: "one" | "highest"; readonly criteria: readonly Criterion[] };
const CriterionEntry = unionByKey(z.union([Criterion, HighestOf]), [
  choice("highest", HighestOf, ({ highest: criteria }): CriterionEntry => ({
    kind: "highest",
    criteria,
  })),
  choice("of", Criterion, (criterion): CriterionEntry => ({ kind: "one", criteria: [criterion] })),
]);

/** How a column divides a total over the rows of assignees. */
export const Allocate = z
  .strictObject({
    total: NumberOrName.meta({
      title: "Tổng cần chia: số, hoặc chỗ đã có số; * chia trong từng nhóm dòng",
    }),
    by: maybe(Id).meta({ title: "Cột làm trọng số (equal: chia đều)" }),
    criteria: maybe(z.array(CriterionEntry).min(1)).meta({
      title: "Các tiêu chí cộng thành trọng số",
    }),
    method: z.enum(METHODS).default("largest-remainder").meta({ title: "Phương pháp làm tròn" }),
    step: z
      .number()
      .positive()
      .default(1)
      .meta({ title: "Đơn vị làm tròn (1 hộ; 0.1 khi tính triệu đồng mà tròn 100.000 đồng)" }),
    floor: maybe(Bound).meta({ title: "Mức tối thiểu của mỗi đơn vị: số, hoặc cột" }),
    ceiling: maybe(Bound).meta({ title: "Mức tối đa của mỗi đơn vị: số, hoặc cột" }),
    fixed: z
      .record(z.string(), z.number().nonnegative())
      .default({})
      .meta({ title: "Phần ấn định trước của từng đơn vị" }),
    exclude: z.array(Text).default([]).meta({ title: "Các đơn vị không tham gia" }),
  })
  .superRefine(({ by, criteria }, context) => {
    if ((by === null) === (criteria === null))
      context.addIssue({ code: "custom", params: { rule: "weights" } });
  })
  .meta({ title: "Phân bổ một tổng theo trọng số" });
export type Allocate = z.infer<typeof Allocate>;

/** How a group of columns divides the totals of its rows. */
export const Split = z
  .strictObject({
    of: Id.meta({ title: "Cột có tổng của từng hàng" }),
    totals: maybe(z.record(Id, NumberOrName)).meta({ title: "Tổng của từng cột trong nhóm" }),
    ratio: maybe(z.record(Id, z.number().nonnegative())).meta({
      title: "Tỷ lệ giữa các cột (100 : 5 : 10)",
    }),
    step: z.number().positive().default(1).meta({ title: "Đơn vị làm tròn" }),
  })
  .superRefine(({ totals, ratio }, context) => {
    if ((totals === null) === (ratio === null))
      context.addIssue({ code: "custom", params: { rule: "split-totals" } });
  })
  .meta({ title: "Chia hai chiều: cộng ngang và cộng dọc đều đúng" });
export type Split = z.infer<typeof Split>;

/** How the ready funding table divides each project's money: an allocation without its total. */
export const Spread = z
  .strictObject({
    by: Id.meta({ title: "Cột làm trọng số" }),
    step: z.number().positive().default(1).meta({ title: "Đơn vị làm tròn" }),
    method: z.enum(METHODS).default("largest-remainder").meta({ title: "Phương pháp làm tròn" }),
  })
  .meta({ title: "Cách chia kinh phí từng dự án cho các đơn vị (mẫu funding)" });
