import { isValid } from "date-fns/isValid";
import { z } from "zod";
import { MONEY_UNITS, type MoneyUnit } from "../base/money.js";
import { Id, Text, maybe } from "./fields.js";
import { FigureGroup } from "./figure.js";
import { DataTable } from "./data-table.js";
import { MARKERS, type Marker } from "./markers.js";
import { Profile } from "./profile.js";
import { TypedTable } from "./typed-table.js";
import { LIST, tagged, unionByKey } from "./union-by-key.js";

/** Version of the plan format that this program writes. */
export const FORMAT_VERSION = 1;

/** An object of the plan with the word that says which of several shapes it has. */
type Tagged<Kind extends string, Schema extends z.ZodType> = { readonly kind: Kind } & Readonly<
  z.infer<Schema>
>;

const TextList = z.array(Text).min(1).max(6);
function textOrList(title: string) {
  return unionByKey<string | string[]>(z.union([Text, TextList]).meta({ title }), [
    { key: null, option: Text },
    { key: LIST, option: TextList },
  ]);
}
const MarkerName = z.enum(MARKERS);
const Amount = z.number().nonnegative().max(1e15);

/** A calendar date, "2022-01-18". */
export const IsoDate = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/u)
  .refine(
    (text) =>
      isValid(new Date(`${text}T00:00:00Z`)) &&
      new Date(`${text}T00:00:00Z`).toISOString().startsWith(text),
  )
  .meta({ title: "Ngày (năm-tháng-ngày, ví dụ 2022-01-18)" });

const IssueDate = z
  .strictObject({
    day: maybe(z.int().min(1).max(31)).meta({ title: "Ngày (để trống khi chưa biết)" }),
    month: maybe(z.int().min(1).max(12)).meta({ title: "Tháng (để trống khi chưa biết)" }),
    year: z.int().min(1945).max(2200).meta({ title: "Năm" }),
  })
  .refine(
    ({ day, month, year }) => day === null || month === null || isValidDay(year, month, day),
    { path: ["day"] },
  )
  .meta({ title: "Ngày ban hành" });

function isValidDay(year: number, month: number, day: number): boolean {
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1;
}

const CitedDate = unionByKey<string | z.infer<typeof IssueDate>>(z.union([IsoDate, IssueDate]), [
  { key: null, option: IsoDate },
  { key: "year", option: IssueDate },
]);

/** A document that is cited: a legal basis, a proposal, the decision a plan is attached to. */
export const CitedDocument = z
  .strictObject({
    type: Text.meta({ title: "Tên loại văn bản (Luật, Nghị định, Quyết định, …)" }),
    name: maybe(Text).meta({ title: "Tên (của luật, pháp lệnh: Ngân sách nhà nước)" }),
    symbol: maybe(Text).meta({ title: "Số, ký hiệu (90/QĐ-TTg)" }),
    date: maybe(CitedDate).meta({ title: "Ngày ban hành" }),
    issuer: maybe(Text).meta({ title: "Cơ quan ban hành" }),
    about: maybe(Text).meta({ title: "Trích yếu (về việc phê duyệt …)" }),
  })
  .meta({ title: "Văn bản được dẫn" });

const DocumentBasis = CitedDocument.extend({
  lead: maybe(Text).meta({ title: "Chữ mở đầu khi khác “Căn cứ” (Thực hiện, Theo)" }),
}).meta({ title: "Căn cứ là một văn bản" });

const TextBasis = z
  .strictObject({
    text: Text.meta({ title: "Căn cứ không phải văn bản (tình hình thực tế của địa phương)" }),
    lead: maybe(Text).meta({ title: "Chữ mở đầu khi khác “Căn cứ”" }),
  })
  .meta({ title: "Căn cứ bằng lời" });

const JoinedText = z.strictObject({ text: Text.meta({ title: "Căn cứ bằng lời" }) });
type JoinedBasis = Tagged<"document", typeof CitedDocument> | Tagged<"text", typeof JoinedText>;
const JoinedBasis = unionByKey<JoinedBasis>(z.union([CitedDocument, JoinedText]), [
  { key: "text", option: JoinedText, tag: tagged("text") },
  { key: "type", option: CitedDocument, tag: tagged("document") },
]);

const BasisGroup = z
  .strictObject({
    joined: z
      .array(JoinedBasis)
      .min(1)
      .meta({ title: "Các căn cứ viết chung một đoạn, cách nhau dấu chấm phẩy" }),
    lead: maybe(Text).meta({ title: "Chữ mở đầu khi khác “Căn cứ”" }),
  })
  .meta({ title: "Nhóm căn cứ trong một đoạn" });

/** A legal basis (căn cứ): a document, words, or several documents in one paragraph. */
export type Basis =
  | Tagged<"document", typeof DocumentBasis>
  | Tagged<"text", typeof TextBasis>
  | Tagged<"joined", typeof BasisGroup>;
export const Basis = unionByKey<Basis>(
  z.union([DocumentBasis, TextBasis, BasisGroup]).meta({ title: "Căn cứ" }),
  [
    { key: "joined", option: BasisGroup, tag: tagged("joined") },
    { key: "text", option: TextBasis, tag: tagged("text") },
    { key: "type", option: DocumentBasis, tag: tagged("document") },
  ],
);

const Proposal = z
  .strictObject({
    lead: Text.default("Xét đề nghị của").meta({ title: "Chữ mở đầu" }),
    by: Text.meta({ title: "Cơ quan đề nghị" }),
    document: maybe(CitedDocument).meta({ title: "Tờ trình" }),
  })
  .meta({ title: "Xét đề nghị" });

const Issuer = z
  .strictObject({
    name: Text.meta({ title: "Tên cơ quan, tổ chức ban hành" }),
    short: maybe(Text).meta({ title: "Tên gọi tắt trong bài (UBND huyện)" }),
    lines: maybe(z.array(Text).min(1).max(4)).meta({
      title: "Các dòng tên ở đầu trang, khi ngắt khác thường lệ",
    }),
    superior: maybe(textOrList("Cơ quan chủ quản trực tiếp (nếu có)")),
    place: maybe(Text).meta({ title: "Địa danh" }),
  })
  .meta({ title: "Cơ quan ban hành" });

// --- Outline -------------------------------------------------------------------------------------------------------

const MarkerList = z.array(MarkerName).min(1);
const Numbering = unionByKey<Marker | Marker[]>(
  z
    .union([MarkerName, MarkerList])
    .meta({ title: "Cách đánh số các mục con, từng cấp: [“I.”, “1.”, “a)”]" }),
  [
    { key: null, option: MarkerName },
    { key: LIST, option: MarkerList },
  ],
);

const NodeCommon = {
  id: maybe(Id).meta({ title: "Mã để dẫn chiếu ({{muc ma}})" }),
  marker: maybe(MarkerName).meta({ title: "Kiểu số của riêng mục này (để “” khi không đánh số)" }),
  number: maybe(z.int().min(1).max(3999)).meta({ title: "Số thứ tự khi khác thứ tự tự nhiên" }),
  numbering: maybe(Numbering),
  items: maybe(z.array(Text).min(1)).meta({ title: "Các gạch đầu dòng" }),
  body: maybe(z.array(z.lazy((): z.ZodType<Node> => Node)).min(1)).meta({
    title: "Nội dung bên trong",
  }),
};

const HeadingNode = z
  .strictObject({ heading: Text.meta({ title: "Tiêu đề" }), ...NodeCommon })
  .meta({ title: "Mục có tiêu đề riêng dòng", id: "heading" });

const RunInNode = z
  .strictObject({
    runIn: Text.meta({ title: "Tiêu đề liền dòng (sau nó là dấu hai chấm)" }),
    text: maybe(Text).meta({ title: "Lời đi tiếp trên cùng dòng" }),
    ...NodeCommon,
  })
  .meta({ title: "Mục có tiêu đề liền dòng", id: "run-in" });

const ClauseNode = z
  .strictObject({
    clause: Text.meta({ title: "Lời của khoản, điểm (có số, không có tiêu đề)" }),
    ...NodeCommon,
  })
  .meta({ title: "Khoản, điểm không tiêu đề", id: "clause" });

const ItemNode = z
  .strictObject({ item: Text.meta({ title: "Lời của gạch đầu dòng" }), ...NodeCommon })
  .meta({ title: "Gạch đầu dòng", id: "item" });

const PlainNode = z
  .strictObject({ text: Text.meta({ title: "Đoạn văn không đánh số" }) })
  .meta({ title: "Đoạn văn", id: "text" });

const TableOrName = unionByKey<string | TypedTable>(
  z.union([Id, TypedTable]).meta({ title: "Bảng, hoặc mã một bảng trong tables" }),
  [{ key: null, option: Id }],
  { option: TypedTable },
);
const TableNode = z
  .strictObject({ table: TableOrName })
  .meta({ title: "Bảng trong bài", id: "table" });

const PictureNode = z
  .strictObject({
    picture: Text.meta({ title: "Tệp ảnh .png hoặc .jpg, cạnh tệp kế hoạch" }),
    alt: Text.meta({ title: "Lời tả ảnh cho người không nhìn thấy, đọc thay ảnh" }),
    title: maybe(Text).meta({ title: "Tên ảnh, in dưới ảnh sau “Hình 1.”" }),
    width: maybe(z.number().min(10).max(400)).meta({
      title: "Bề rộng, mm (bỏ trống: cỡ thật của ảnh, không quá bề rộng trang)",
    }),
  })
  .meta({ title: "Ảnh: bản đồ, sơ đồ", id: "picture" });

const ProgrammeNode = z
  .strictObject({
    programme: z
      .union([z.literal("all"), z.array(Id).min(1)])
      .meta({ title: "Viết ra các dự án: all, hoặc mã từng dự án" }),
    numbering: maybe(Numbering),
  })
  .meta({ title: "Chỗ viết các dự án", id: "programme-node" });

const FundingNode = z
  .strictObject({
    funding: Id.meta({ title: "Kinh phí theo nguồn: total, hoặc mã dự án" }),
    text: maybe(Text).meta({ title: "Câu dẫn ({{tien}} là tổng số)" }),
    marker: maybe(MarkerName).meta({ title: "Dấu đầu các dòng nguồn vốn" }),
  })
  .meta({ title: "Chỗ viết kinh phí", id: "funding-node" });

const ReferNode = z
  .strictObject({
    refer: z.union([Id, z.array(Id).min(1)]).meta({ title: "Mã phụ lục được dẫn" }),
    text: maybe(Text).meta({ title: "Câu dẫn khi khác “({{phuluc ma}} kèm theo)”" }),
  })
  .meta({ title: "Dẫn phụ lục", id: "refer" });

export interface NodeBase {
  readonly id: string | null;
  readonly marker: z.infer<typeof MarkerName> | null;
  readonly number: number | null;
  readonly numbering: z.infer<typeof Numbering> | null;
  readonly items: readonly string[] | null;
  readonly body: readonly Node[] | null;
}
/** What an outline node is. */
export type Node =
  | HeadingNode
  | RunInNode
  | ClauseNode
  | ItemNode
  | TextNode
  | Tagged<"table", typeof TableNode>
  | Tagged<"programme", typeof ProgrammeNode>
  | Tagged<"funding", typeof FundingNode>
  | Tagged<"refer", typeof ReferNode>
  | Tagged<"picture", typeof PictureNode>;

export interface HeadingNode extends NodeBase {
  readonly kind: "heading";
  readonly heading: string;
}
export interface RunInNode extends NodeBase {
  readonly kind: "runIn";
  readonly runIn: string;
  readonly text: string | null;
}
export interface ClauseNode extends NodeBase {
  readonly kind: "clause";
  readonly clause: string;
}
export interface ItemNode extends NodeBase {
  readonly kind: "item";
  readonly item: string;
}
/** A paragraph without number; `bare` when it was written as a text alone, without `text:`. */
export interface TextNode {
  readonly kind: "text";
  readonly text: string;
  readonly form: "bare" | "keyed";
}

function textNode(text: string, form: TextNode["form"]): TextNode {
  return { kind: "text", text, form };
}

/** One node of the outline. The key that is present says what it is. */
export const Node: z.ZodType<Node> = unionByKey<Node>(
  z
    .union([
      Text,
      HeadingNode,
      RunInNode,
      ClauseNode,
      ItemNode,
      TableNode,
      ProgrammeNode,
      FundingNode,
      ReferNode,
      PictureNode,
      PlainNode,
    ])
    .meta({ title: "Một mục của bố cục", id: "node" }),
  [
    { key: null, option: Text, tag: (text: string) => textNode(text, "bare") },
    { key: "heading", option: HeadingNode, tag: tagged("heading") },
    { key: "runIn", option: RunInNode, tag: tagged("runIn") },
    { key: "clause", option: ClauseNode, tag: tagged("clause") },
    { key: "item", option: ItemNode, tag: tagged("item") },
    { key: "table", option: TableNode, tag: tagged("table") },
    { key: "programme", option: ProgrammeNode, tag: tagged("programme") },
    { key: "funding", option: FundingNode, tag: tagged("funding") },
    { key: "refer", option: ReferNode, tag: tagged("refer") },
    { key: "picture", option: PictureNode, tag: tagged("picture") },
    {
      key: "text",
      option: PlainNode,
      tag: ({ text }: { text: string }) => textNode(text, "keyed"),
    },
  ],
);

// --- Programme -----------------------------------------------------------------------------------------------------

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

const SourceOrName = unionByKey<string | z.infer<typeof Source>>(z.union([Text, Source]), [
  { key: null, option: Text },
  { key: "name", option: Source },
]);

const Funding = z.record(Id, z.union([Amount, z.string(), z.null()])).meta({
  title:
    "Kinh phí theo nguồn: số, hoặc chỗ đã có số (phan-bo.tong.nstw); null: chưa có số; 0: không bố trí",
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

interface ProjectOf<A> {
  readonly id: string;
  readonly official: string;
  readonly title: string;
  readonly marker: z.infer<typeof MarkerName> | null;
  readonly number: number | null;
  readonly numbering: z.infer<typeof Numbering> | null;
  readonly separator: z.infer<typeof Separator> | null;
  readonly text: string | null;
  readonly funding: Readonly<Record<string, A | null>> | null;
  readonly declared: z.infer<typeof Declared> | null;
  readonly wording: z.infer<typeof Wording> | null;
  readonly refer: string | null;
  readonly fields: readonly z.infer<typeof Field>[] | null;
  readonly body: readonly Node[] | null;
  readonly projects: readonly ProjectOf<A>[] | null;
}
/** A project as a plan writes it: an amount may be the name of a number that stands elsewhere. */
export type WrittenProject = ProjectOf<number | string>;
/** A project whose amounts are known. */
export type Project = ProjectOf<number>;

const Project: z.ZodType<WrittenProject> = z
  .lazy(() =>
    z
      .strictObject({
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
        funding: maybe(Funding),
        declared: maybe(Declared),
        wording: maybe(Wording),
        refer: maybe(Id).meta({ title: "Mã phụ lục chi tiết" }),
        fields: maybe(z.array(Field).min(1)).meta({ title: "Các nội dung" }),
        body: maybe(z.array(z.lazy((): z.ZodType<Node> => Node)).min(1)).meta({
          title:
            "Lời viết dưới tên dự án theo trình tự riêng, thay cho text, fields và kinh phí theo variant; tiểu dự án viết ra bằng { programme: [ma] }",
        }),
        projects: maybe(z.array(Project).min(1)).meta({ title: "Các tiểu dự án" }),
      })
      .superRefine((project, context) => {
        if (
          project.funding !== null &&
          project.projects?.some((sub) => sub.funding !== null || sub.projects !== null)
        ) {
          context.addIssue({
            code: "custom",
            path: ["funding"],
            params: { rule: "funding-twice" },
          });
        }
      })
      .meta({ title: "Dự án" }),
  )
  .meta({ id: "project" });

/** How projects are written: the three ways the reference plans do it. */
export const VARIANTS = ["lettered", "itemised", "funding-first"] as const;

const Programme = z
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
    const look = (
      names: object | null,
      path: readonly (string | number)[],
      more: readonly string[] = [],
    ): void => {
      const allowed = [...Object.keys(programme.sources), ...more];
      for (const found of Object.keys(names ?? {}))
        if (!allowed.includes(found))
          context.addIssue({
            code: "custom",
            path: [...path, found],
            params: { rule: "unknown-source", found, allowed },
          });
    };
    const visit = (
      projects: readonly WrittenProject[],
      path: readonly (string | number)[],
    ): void => {
      projects.forEach((project, index) => {
        look(project.funding, [...path, index, "funding"]);
        look(project.declared, [...path, index, "declared"], ["tong"]);
        visit(project.projects ?? [], [...path, index, "projects"]);
      });
    };
    look(programme.declared, ["declared"], ["tong"]);
    visit(programme.projects, ["projects"]);
  })
  .meta({ title: "Chương trình, dự án, kinh phí" });
export type WrittenProgramme = z.infer<typeof Programme>;
export type Programme = Omit<WrittenProgramme, "projects"> & {
  readonly projects: readonly Project[];
};

// --- The end of the document ---------------------------------------------------------------------------------------

const NamedRecipient = z
  .strictObject({
    name: Text.meta({ title: "Tên nơi nhận" }),
    for: maybe(Text).meta({ title: "Mục đích (b/c, t/h, p/h, để biết)" }),
  })
  .meta({ title: "Nơi nhận có mục đích" });

const FileRecipient = z
  .strictObject({
    file: z.array(Text).min(1).meta({ title: "Nơi lưu (VT, đơn vị soạn thảo)" }),
    copies: maybe(z.int().min(1)).meta({ title: "Số bản lưu" }),
  })
  .meta({ title: "Dòng Lưu" });

export type Recipient =
  Tagged<"name", typeof NamedRecipient> | Tagged<"file", typeof FileRecipient>;
const Recipient = unionByKey<Recipient>(
  z.union([Text, NamedRecipient, FileRecipient]).meta({ title: "Nơi nhận" }),
  [
    { key: null, option: Text, tag: (name: string) => ({ kind: "name", name, for: null }) },
    { key: "name", option: NamedRecipient, tag: tagged("name") },
    { key: "file", option: FileRecipient, tag: tagged("file") },
  ],
);

const Signature = z
  .strictObject({
    lines: z
      .array(Text)
      .min(1)
      .max(6)
      .meta({ title: "Quyền hạn, chức vụ, từng dòng (TM. …; KT. …)" }),
    office: maybe(Text).meta({ title: "Chức vụ khác, viết trên họ tên" }),
    name: maybe(Text).meta({ title: "Họ và tên người ký" }),
  })
  .meta({ title: "Chữ ký" });

/** How appendices are named: the decree numbers them in Roman numerals (khoản 1 điểm a Mục III). */
export const APPENDIX_LABELS = ["Phụ lục I", "Phụ lục 1", "Phụ lục số 1", "Phụ lục số I"] as const;

const Appendix = z
  .strictObject({
    id: Id.meta({ title: "Mã phụ lục" }),
    title: Text.meta({ title: "Tên phụ lục" }),
    landscape: z
      .union([z.boolean(), z.literal("auto")])
      .default(false)
      .meta({ title: "Trang ngang: true, false, hoặc auto (ngang khi bảng rộng quá trang đứng)" }),
    numbering: maybe(Numbering),
    body: maybe(z.array(Node)).meta({ title: "Nội dung" }),
  })
  .meta({ title: "Phụ lục" });

/** A plan (kế hoạch), as people write it. */
export const Plan = z
  .strictObject({
    kehoach: z.literal(FORMAT_VERSION).meta({ title: "Phiên bản của định dạng" }),
    profile: maybe(Profile),
    header: z
      .enum(["full", "number", "none"])
      .default("full")
      .meta({ title: "Phần đầu văn bản: full; number khi chỉ có dòng số và ngày; none khi bỏ" }),
    issuer: Issuer,
    symbol: Text.default("KH-UBND").meta({ title: "Ký hiệu (KH-UBND)" }),
    number: maybe(z.union([z.int().min(1), Text])).meta({ title: "Số (để trống khi chưa cấp)" }),
    date: IssueDate,
    type: Text.default("Kế hoạch").meta({ title: "Tên loại văn bản" }),
    subject: textOrList("Trích yếu (một câu, hoặc từng dòng)"),
    attachedTo: maybe(CitedDocument).meta({ title: "Ban hành kèm theo văn bản (Quyết định)" }),
    bases: z.array(Basis).default([]).meta({ title: "Căn cứ ban hành" }),
    proposal: maybe(Proposal),
    enactment: maybe(Text).meta({ title: "Câu ban hành (… với các nội dung sau)" }),
    documents: z
      .record(Id, CitedDocument)
      .default({})
      .meta({ title: "Các văn bản được dẫn trong bài, gọi bằng {{vanban ma}}" }),
    figures: FigureGroup.default({}).meta({ title: "Số liệu, gọi trong bài bằng {{figures.ten}}" }),
    tables: z
      .record(Id, DataTable)
      .default({})
      .meta({ title: "Các bảng số liệu, theo mã; in ra bằng { table: ma }" }),
    programme: maybe(Programme),
    numbering: z
      .array(MarkerName)
      .min(1)
      .default(["I.", "1.", "a)", "(1)"])
      .meta({ title: "Cách đánh số từng cấp" }),
    body: z.array(Node).min(1).meta({ title: "Nội dung" }),
    footnotes: z
      .record(Id, Text)
      .default({})
      .meta({ title: "Chú thích cuối trang, gọi bằng [^ma]" }),
    closing: maybe(Text).meta({ title: "Câu kết (Trên đây là Kế hoạch …)" }),
    recipients: z.array(Recipient).default([]).meta({ title: "Nơi nhận" }),
    drafter: maybe(Text).meta({ title: "Ký hiệu người soạn thảo và số bản (PL.(300))" }),
    signature: maybe(Signature),
    appendixLabel: z.enum(APPENDIX_LABELS).default("Phụ lục I").meta({ title: "Cách gọi phụ lục" }),
    appendices: z.array(Appendix).default([]).meta({ title: "Phụ lục" }),
  })
  .meta({ title: "Kế hoạch" });
export type Plan = z.infer<typeof Plan>;
export type CitedDocument = z.infer<typeof CitedDocument>;
