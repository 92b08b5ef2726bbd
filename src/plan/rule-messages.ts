import type { Code } from "../base/codes.js";
import { type LocalizedText, both } from "../base/diagnostic.js";

/** The finding for a broken rule of the schema that zod does not know. */
interface RuleMessage {
  readonly code: Code;
  readonly message: LocalizedText;
  readonly hint: LocalizedText;
}

/** What a rule says of the value: words, or "undefined" for what it does not say. */
export interface RuleFacts {
  readonly found: string;
  readonly most: string;
  readonly expected: string;
  readonly allowed: string;
}

/** Messages by the rule's name, which the schema gives in `params.rule`. */
export const RULE_MESSAGES: Readonly<Record<string, (facts: RuleFacts) => RuleMessage>> = {
  "figure-range": () => ({
    code: "figure-range",
    message: both(
      "số liệu “từ – đến” cần cả from và to, không cần value",
      "a range needs both from and to, and no value",
    ),
    hint: both(
      'viết { from: 2.22, to: 1.12, unit: "%" }',
      'write { from: 2.22, to: 1.12, unit: "%" }',
    ),
  }),
  "figure-empty": () => ({
    code: "figure-empty",
    message: both("số liệu chưa có giá trị", "the figure has no value"),
    hint: both("viết value, hoặc from và to, hoặc parts", "write value, or from and to, or parts"),
  }),
  "funding-twice": () => ({
    code: "funding-twice",
    message: both(
      "kinh phí ghi cả ở dự án lẫn ở tiểu dự án: tổng sẽ bị tính hai lần",
      "funding is given for the project and for its sub-projects: it would count twice",
    ),
    hint: both("chỉ ghi ở một cấp", "give it at one level only"),
  }),
  "row-length": ({ found, expected }) => ({
    code: "row-length",
    message: both(
      `dòng có ${found} ô, ở đây có ${expected} cột`,
      `the row has ${found} cells, there are ${expected} columns here`,
    ),
    hint: both(
      "thêm ô (để null khi trống) hoặc bớt ô",
      "add cells (null for an empty one) or remove some",
    ),
  }),
  "too-many-columns": ({ found, most }) => ({
    code: "too-many-columns",
    message: both(
      `bảng có ${found} cột, nhiều nhất ${most}`,
      `the table has ${found} columns, at most ${most}`,
    ),
    hint: both(
      "tách thành hai bảng, hoặc đưa vào phụ lục khổ ngang",
      "split it into two tables, or make it a landscape appendix",
    ),
  }),
  "head-too-deep": ({ found, most }) => ({
    code: "head-too-deep",
    message: both(
      `tên cột có ${found} tầng, nhiều nhất ${most}`,
      `the column names have ${found} levels, at most ${most}`,
    ),
    hint: both("bớt một tầng nhóm cột", "leave out a level of column groups"),
  }),
  "column-bounds": () => ({
    code: "column-bounds",
    message: both(
      "cột đã có width thì không rộng theo nội dung, nên không có rộng ít nhất, nhiều nhất",
      "a column with a width does not follow its content, so it has no least or greatest width",
    ),
    hint: both("bỏ width, hoặc bỏ minWidth và maxWidth", "remove width, or minWidth and maxWidth"),
  }),
  "column-bounds-crossed": ({ most }) => ({
    code: "column-bounds",
    message: both(
      `rộng ít nhất lớn hơn rộng nhiều nhất (${most} mm)`,
      `the least width is greater than the greatest (${most} mm)`,
    ),
    hint: both("sửa một trong hai", "change one of the two"),
  }),
  "band-inside-span": () => ({
    code: "band-inside-span",
    message: both(
      "dòng suốt bảng không đặt được trong các dòng chung ô",
      "a row across the table cannot stand among rows that share cells",
    ),
    hint: both("đặt dòng band ra ngoài span", "put the band outside the span"),
  }),
  weights: () => ({
    code: "weights",
    message: both(
      "phân bổ cần đúng một trong hai: by (một cột làm trọng số, hoặc equal) " +
        "hay criteria (các tiêu chí)",
      "an allocation needs exactly one of by (a column of weights, or equal) and criteria",
    ),
    hint: both("ví dụ by: ho-ngheo", "such as by: poor-households"),
  }),
  "split-totals": () => ({
    code: "split-totals",
    message: both(
      "chia hai chiều cần đúng một trong hai: totals (tổng từng cột) hay ratio (tỷ lệ)",
      "a two-way division needs exactly one of totals and ratio",
    ),
    hint: both(
      "ví dụ ratio: { tw: 100, tinh: 5, huyen: 10 }",
      "such as ratio: { tw: 100, tinh: 5, huyen: 10 }",
    ),
  }),
  "no-columns": ({ allowed }) => ({
    code: "no-columns",
    message: both(
      "bảng chưa có cột: cần columns hoặc layout",
      "the table has no columns: it needs columns or a layout",
    ),
    hint: both(`các mẫu có sẵn: ${allowed}`, `ready layouts: ${allowed}`),
  }),
  "span-too-wide": ({ found, most }) => ({
    code: "span-too-wide",
    message: both(
      `ô chung chiếm ${found} cột, không còn cột cho các dòng bên trong`,
      `the shared cells take ${found} columns and leave none for the rows inside`,
    ),
    hint: both(`nhiều nhất ${most} ô chung`, `at most ${most} shared cells`),
  }),
};
