import { z } from "zod";
import { MONEY_UNITS, type MoneyUnit } from "../base/money.js";
import { type FieldsOf, Id, Text, maybe } from "./fields.js";
import { MarkerName, Node, Numbering } from "./outline.js";
import { BARE, choice, unionByKey } from "./union-by-key.js";

const Amount = z.number().nonnegative().max(1e15);

const Wording = z
  .strictObject({
    heading: maybe(Text).meta({ title: "Tên mục kinh phí (Dự kiến kinh phí)" }),
    total: maybe(Text).meta({ title: "Câu tổng kinh phí ({{tien}} là tổng số)" }),
    parts: maybe(Text).meta({ title: "Câu dẫn các nguồn khi viết riêng dòng (Trong đó:)" }),
    unknown: maybe(Text).meta({ title: "Lời thay cho số tiền chưa có" }),
  })
  .meta({ title: "Lời viết kinh phí" });

const Source = z
  .strictObject({
    name: Text.meta({ title: "Tên nguồn vốn" }),
    note: maybe(Text).meta({ title: "Ghi chú sau số tiền (vốn sự nghiệp)" }),
  })
  .meta({ title: "Nguồn vốn" });

/** A funding source; one that is written as a name alone has no note. */
const SourceOrName = unionByKey(z.union([Text, Source]), [
  choice(BARE, Text, (name) => ({ name, note: null })),
  choice("name", Source),
]);

const Funding = z.record(Id, z.union([Amount, z.string(), z.null()])).meta({
  title:
    "Kinh phí theo nguồn: số, hoặc chỗ đã có số (phan-bo.tong.nstw); " +
    "null: chưa có số; 0: không bố trí",
});

const Declared = z.record(Id, Amount).meta({
  title:
    "Số ghi trong bản gốc, để đối chiếu với số tính được: theo nguồn vốn, và tong cho tổng cộng",
});

const Separator = z.enum([": ", ". ", " - "]);

const Field = z
  .strictObject({
    name: Text.meta({ title: "Tên nội dung, như cơ quan gọi (Mục tiêu, Đối tượng)" }),
    text: maybe(Text).meta({ title: "Lời đi tiếp trên cùng dòng" }),
    marker: maybe(MarkerName).meta({ title: "Kiểu số của riêng nội dung này" }),
    items: maybe(z.array(Text).min(1)).meta({ title: "Các gạch đầu dòng" }),
    body: maybe(z.array(Node).min(1)).meta({ title: "Nội dung bên trong" }),
  })
  .meta({ title: "Nội dung của dự án" });

const PROJECT_NAME = {
  id: Id.meta({ title: "Mã dự án" }),
  official: Text.meta({ title: "Số hiệu chính thức (Dự án 2, Tiểu dự án 1)" }),
  title: Text.meta({ title: "Tên dự án" }),
  marker: maybe(MarkerName).meta({ title: "Kiểu số của riêng dự án này" }),
  number: maybe(z.int().min(1).max(3999)).meta({
    title: "Số thứ tự khi khác thứ tự tự nhiên",
  }),
  numbering: maybe(Numbering),
  separator: maybe(Separator).meta({ title: "Dấu giữa số hiệu và tên của riêng dự án này" }),
  text: maybe(Text).meta({ title: "Đoạn mở đầu" }),
};
const PROJECT_MONEY = { funding: maybe(Funding) };
const PROJECT_CONTENT = {
  declared: maybe(Declared),
  wording: maybe(Wording),
  refer: maybe(Id).meta({ title: "Mã phụ lục chi tiết" }),
  fields: maybe(z.array(Field).min(1)).meta({ title: "Các nội dung" }),
  body: maybe(z.array(z.lazy((): z.ZodType<Node> => Node)).min(1)).meta({
    title:
      "Lời viết dưới tên dự án theo trình tự riêng, thay cho text, fields và kinh phí " +
      "theo variant; tiểu dự án viết ra bằng { programme: [ma] }",
  }),
};

type ProjectFields = FieldsOf<typeof PROJECT_NAME> & FieldsOf<typeof PROJECT_CONTENT>;

/** A project, with amounts as written or as evaluated; null is a source without an amount. */
export interface ProjectWith<Amount> extends ProjectFields {
  readonly funding: Readonly<Record<string, Amount | null>> | null;
  readonly projects: readonly ProjectWith<Amount>[] | null;
}
/** A project as a plan writes it: an amount may be the name of a number that stands elsewhere. */
export type WrittenProject = ProjectWith<number | string>;
/** A project whose amounts are known. */
export type Project = ProjectWith<number>;

const Project: z.ZodType<WrittenProject> = z
  .lazy(() =>
    z
      .strictObject({
        ...PROJECT_NAME,
        ...PROJECT_MONEY,
        ...PROJECT_CONTENT,
        projects: maybe(z.array(Project).min(1)).meta({ title: "Các tiểu dự án" }),
      })
      .superRefine(checkFundedOnce)
      .meta({ title: "Dự án" }),
  )
  .meta({ id: "project" });

/** Money is given to a project or to its sub-projects: given to both, it would count twice. */
function checkFundedOnce(
  { funding, projects }: Pick<WrittenProject, "funding" | "projects">,
  context: z.core.$RefinementCtx,
): void {
  const subFunded = projects?.some((sub) => sub.funding !== null || sub.projects !== null);
  if (funding !== null && subFunded)
    context.addIssue({ code: "custom", path: ["funding"], params: { rule: "funding-twice" } });
}

/** How projects are written: the three ways the reference plans do it. */
const VARIANTS = ["lettered", "itemised", "funding-first"] as const;

/** The programme (chương trình): sources of funding, and projects with their money. */
export const Programme = z
  .strictObject({
    name: maybe(Text).meta({ title: "Tên chương trình" }),
    unit: z
      .enum(Object.keys(MONEY_UNITS) as [MoneyUnit, ...MoneyUnit[]])
      .default("triệu đồng")
      .meta({ title: "Đơn vị tiền" }),
    approximate: z.boolean().default(false).meta({ title: "Số tiền là dự kiến (viết “khoảng”)" }),
    sources: z.record(Id, SourceOrName).meta({ title: "Các nguồn vốn, theo thứ tự viết" }),
    variant: z
      .enum(VARIANTS)
      .default("lettered")
      .meta({ title: "Cách trình bày dự án: lettered, itemised, funding-first" }),
    separator: Separator.default(": ").meta({ title: "Dấu giữa số hiệu và tên dự án" }),
    marker: maybe(MarkerName).meta({ title: "Dấu đầu các dòng nguồn vốn" }),
    wording: maybe(Wording),
    declared: maybe(Declared),
    projects: z.array(Project).min(1).meta({ title: "Các dự án" }),
  })
  .superRefine((programme, context) => {
    checkSourceNames(programme, context);
  })
  .meta({ title: "Chương trình, dự án, kinh phí" });
export type WrittenProgramme = z.infer<typeof Programme>;
/** A programme whose amounts are known. */
export type Programme = Omit<WrittenProgramme, "projects"> & {
  readonly projects: readonly Project[];
};

/** Amounts are given and declared for sources that the programme has. */
function checkSourceNames(
  programme: Pick<WrittenProgramme, "sources" | "declared" | "projects">,
  context: z.core.$RefinementCtx,
): void {
  const sources = Object.keys(programme.sources);
  const check = (
    names: object | null,
    allowed: readonly string[],
    path: readonly (string | number)[],
  ): void => {
    for (const found of Object.keys(names ?? {}))
      if (!allowed.includes(found))
        context.addIssue({
          code: "custom",
          path: [...path, found],
          params: { rule: "unknown-source", found, allowed },
        });
  };
  const declarable = [...sources, "tong"];
  const visit = (projects: readonly WrittenProject[], path: readonly (string | number)[]): void => {
    projects.forEach((project, index) => {
      check(project.funding, sources, [...path, index, "funding"]);
      check(project.declared, declarable, [...path, index, "declared"]);
      visit(project.projects ?? [], [...path, index, "projects"]);
    });
  };
  check(programme.declared, declarable, ["declared"]);
  visit(programme.projects, ["projects"]);
}
