import { z } from "zod";
import { CitedDate } from "./date-fields.js";
import { Text, maybe } from "./fields.js";
import { choice, tagged, unionByKey } from "./union-by-key.js";

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
export type CitedDocument = z.infer<typeof CitedDocument>;

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
const JoinedBasis = unionByKey(z.union([CitedDocument, JoinedText]), [
  choice("text", JoinedText, tagged("text")),
  choice("type", CitedDocument, tagged("document")),
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
export const Basis = unionByKey(
  z.union([DocumentBasis, TextBasis, BasisGroup]).meta({ title: "Căn cứ" }),
  [
    choice("joined", BasisGroup, tagged("joined")),
    choice("text", TextBasis, tagged("text")),
    choice("type", DocumentBasis, tagged("document")),
  ],
);
export type Basis = z.infer<typeof Basis>;

/** Who proposed the plan, and in which document. */
export const Proposal = z
  .strictObject({
    lead: Text.default("Xét đề nghị của").meta({ title: "Chữ mở đầu" }),
    by: Text.meta({ title: "Cơ quan đề nghị" }),
    document: maybe(CitedDocument).meta({ title: "Tờ trình" }),
  })
  .meta({ title: "Xét đề nghị" });
