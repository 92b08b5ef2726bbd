import { z } from "zod";
import { Basis, CitedDocument, Proposal } from "./bases.js";
import { DataTable } from "./data-table.js";
import { IssueDate } from "./date-fields.js";
import { Id, Text, type Written, maybe } from "./fields.js";
import { FigureTree } from "./figure.js";
import { DEFAULT_NUMBERING } from "./markers.js";
import { MarkerName, Node, Numbering } from "./outline.js";
import { Profile } from "./profile.js";
import { Programme } from "./programme.js";
import { BARE, LIST, choice, tagged, unionByKey } from "./union-by-key.js";

export type { Basis, CitedDocument } from "./bases.js";
export { IsoDate } from "./date-fields.js";
export type { Node } from "./outline.js";
export type { Programme, Project, WrittenProject } from "./programme.js";

/** Version of the plan format that this program writes. */
const FORMAT_VERSION = 1;

const TextList = z.array(Text).min(1).max(6);
function textOrList(title: string) {
  return unionByKey(z.union([Text, TextList]).meta({ title }), [
    choice(BARE, Text),
    choice(LIST, TextList),
  ]);
}

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

/** A recipient (nơi nhận), or the line that says where copies are filed. */
export type Recipient =
  | (Readonly<z.infer<typeof NamedRecipient>> & Written & { readonly kind: "name" })
  | (Readonly<z.infer<typeof FileRecipient>> & { readonly kind: "file" });
const Recipient: z.ZodType<Recipient> = unionByKey(
  z.union([Text, NamedRecipient, FileRecipient]).meta({ title: "Nơi nhận" }),
  [
    choice(BARE, Text, (name): Recipient => ({ kind: "name", name, for: null, form: "bare" })),
    choice("name", NamedRecipient, (named): Recipient => ({
      kind: "name",
      ...named,
      form: "keyed",
    })),
    choice("file", FileRecipient, tagged("file")),
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
    figures: FigureTree.default({}).meta({ title: "Số liệu, gọi trong bài bằng {{figures.ten}}" }),
    tables: z
      .record(Id, DataTable)
      .default({})
      .meta({ title: "Các bảng số liệu, theo mã; in ra bằng { table: ma }" }),
    programme: maybe(Programme),
    numbering: z
      .array(MarkerName)
      .min(1)
      .default([...DEFAULT_NUMBERING])
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
