import { z } from "zod";
import { type FieldsOf, Id, Text, type Written, maybe } from "./fields.js";
import { MARKERS, type Marker } from "./markers.js";
import { TypedTable } from "./typed-table.js";
import { BARE, LIST, OTHERWISE, choice, tagged, unionByKey } from "./union-by-key.js";

/** A kind of number or dash, by its own first number: "I.", "a)", "-". */
export const MarkerName = z.enum(MARKERS);
const MarkerList = z.array(MarkerName).min(1);
/** Formats of numbers of the levels inside, a single one as a list of one. */
export const Numbering = unionByKey(
  z
    .union([MarkerName, MarkerList])
    .meta({ title: "Cách đánh số các mục con, từng cấp: [“I.”, “1.”, “a)”]" }),
  [choice(BARE, MarkerName, (marker): readonly Marker[] => [marker]), choice(LIST, MarkerList)],
);

const NodeCommon = {
  id: maybe(Id).meta({ title: "Mã để dẫn chiếu ({{muc ma}})" }),
  marker: maybe(MarkerName).meta({ title: "Kiểu số của riêng mục này (để “” khi không đánh số)" }),
  number: maybe(z.int().min(1).max(3999)).meta({ title: "Số thứ tự khi khác thứ tự tự nhiên" }),
  numbering: maybe(Numbering),
  items: maybe(z.array(Text).min(1)).meta({ title: "Các gạch đầu dòng" }),
};
const Body = maybe(z.array(z.lazy((): z.ZodType<Node> => Node)).min(1)).meta({
  title: "Nội dung bên trong",
});

const HeadingNode = z
  .strictObject({ heading: Text.meta({ title: "Tiêu đề" }), ...NodeCommon, body: Body })
  .meta({ title: "Mục có tiêu đề riêng dòng", id: "heading" });

const RunInNode = z
  .strictObject({
    runIn: Text.meta({ title: "Tiêu đề liền dòng (sau nó là dấu hai chấm)" }),
    text: maybe(Text).meta({ title: "Lời đi tiếp trên cùng dòng" }),
    ...NodeCommon,
    body: Body,
  })
  .meta({ title: "Mục có tiêu đề liền dòng", id: "run-in" });

const ClauseNode = z
  .strictObject({
    clause: Text.meta({ title: "Lời của khoản, điểm (có số, không có tiêu đề)" }),
    ...NodeCommon,
    body: Body,
  })
  .meta({ title: "Khoản, điểm không tiêu đề", id: "clause" });

const ItemNode = z
  .strictObject({ item: Text.meta({ title: "Lời của gạch đầu dòng" }), ...NodeCommon, body: Body })
  .meta({ title: "Gạch đầu dòng", id: "item" });

const PlainNode = z
  .strictObject({ text: Text.meta({ title: "Đoạn văn không đánh số" }) })
  .meta({ title: "Đoạn văn", id: "text" });

/** A table written where it is printed, or the id of a data table. */
const TableOrName = unionByKey(
  z.union([Id, TypedTable]).meta({ title: "Bảng, hoặc mã một bảng trong tables" }),
  [choice(BARE, Id), choice(OTHERWISE, TypedTable)],
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

/** What nodes have in common that may have a number, items, and others inside. */
export interface NodeBase extends FieldsOf<typeof NodeCommon> {
  readonly body: readonly Node[] | null;
}
interface HeadingNode extends NodeBase {
  readonly kind: "heading";
  readonly heading: string;
}
interface RunInNode extends NodeBase {
  readonly kind: "runIn";
  readonly runIn: string;
  readonly text: string | null;
}
interface ClauseNode extends NodeBase {
  readonly kind: "clause";
  readonly clause: string;
}
interface ItemNode extends NodeBase {
  readonly kind: "item";
  readonly item: string;
}
/** A paragraph without number. */
interface TextNode extends Written {
  readonly kind: "text";
  readonly text: string;
}
/** A place where appendices are named: "(Phụ lục I kèm theo)". */
interface ReferNode {
  readonly kind: "refer";
  readonly refer: readonly string[];
  readonly text: string | null;
}
type Leaf<Kind extends string, Schema extends z.ZodType> = Readonly<z.output<Schema>> & {
  readonly kind: Kind;
};
/** One node of the outline. */
export type Node =
  | HeadingNode
  | RunInNode
  | ClauseNode
  | ItemNode
  | TextNode
  | Leaf<"table", typeof TableNode>
  | Leaf<"programme", typeof ProgrammeNode>
  | Leaf<"funding", typeof FundingNode>
  | ReferNode
  | Leaf<"picture", typeof PictureNode>;

/** One node of the outline: the key that is present says what it is. */
export const Node: z.ZodType<Node> = unionByKey(
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
    choice(BARE, Text, (text): TextNode => ({ kind: "text", text, form: "bare" })),
    choice("heading", HeadingNode, tagged("heading")),
    choice("runIn", RunInNode, tagged("runIn")),
    choice("clause", ClauseNode, tagged("clause")),
    choice("item", ItemNode, tagged("item")),
    choice("table", TableNode, tagged("table")),
    choice("programme", ProgrammeNode, tagged("programme")),
    choice("funding", FundingNode, tagged("funding")),
    choice("refer", ReferNode, ({ refer, text }): ReferNode => ({
      kind: "refer",
      refer: typeof refer === "string" ? [refer] : refer,
      text,
    })),
    choice("picture", PictureNode, tagged("picture")),
    choice("text", PlainNode, ({ text }): TextNode => ({ kind: "text", text, form: "keyed" })),
  ],
);
