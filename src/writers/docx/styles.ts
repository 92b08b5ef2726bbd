import { AlignmentType, type IParagraphStyleOptions, LineRuleType } from "docx";
import type { Pt } from "../../base/units.js";
import type { Align, Style } from "../../document/styles.js";
import type { HeadingRole, Role } from "../../document/tree.js";

/**
 * The font Word is asked for: the decree's. What is embedded is its metric twin unless the office
 * gave its own.
 */
export const DECREE_FONT = "Times New Roman";

/** Alignments as Word names them. */
export const ALIGNMENT = {
  left: AlignmentType.LEFT,
  center: AlignmentType.CENTER,
  right: AlignmentType.RIGHT,
  justify: AlignmentType.BOTH,
} as const satisfies Record<Align, unknown>;

/** Roles with a Word style of our own; headings use Word's. */
export type StyledRole = Exclude<Role, HeadingRole>;

/** Names of the paragraph styles as an official sees them in Word. */
const STYLE_NAMES: Readonly<Record<StyledRole, string>> = {
  nation: "Quốc hiệu",
  motto: "Tiêu ngữ",
  superior: "Cơ quan chủ quản",
  issuer: "Cơ quan ban hành",
  number: "Số, ký hiệu",
  date: "Địa danh, thời gian",
  type: "Tên loại",
  subject: "Trích yếu",
  attachment: "Kèm theo văn bản",
  basis: "Căn cứ",
  enactment: "Câu ban hành",
  "part-label": "Phần",
  body: "Nội dung",
  lead: "Tiêu đề liền dòng",
  clause: "Khoản, điểm",
  item: "Gạch đầu dòng",
  see: "Dẫn phụ lục",
  closing: "Câu kết",
  "recipients-title": "Nơi nhận",
  recipient: "Từng nơi nhận",
  drafter: "Người soạn thảo",
  "signature-head": "Quyền hạn (dòng đầu)",
  "signature-line": "Quyền hạn, chức vụ",
  "signature-office": "Chức vụ khác",
  "signature-name": "Họ tên người ký",
  "appendix-label": "Phụ lục số",
  "appendix-title": "Tên phụ lục",
  "appendix-reference": "Kèm theo kế hoạch",
  "table-title": "Tên bảng",
  "table-unit": "Đơn vị tính",
  "table-note": "Ghi chú bảng",
  "table-head": "Đầu bảng",
  "table-cell": "Ô bảng",
  "table-strong": "Ô bảng đậm",
  footnote: "Chú thích",
  "page-number": "Số trang",
};

/** Each role with its style's name in Word. */
export const STYLED_ROLES = Object.entries(STYLE_NAMES) as [StyledRole, string][];

const STYLE_IDS = new Map(STYLED_ROLES.map(([role]) => [role, idOf(role)]));

/** The identifier of a role's style: "KHTableHead". */
export function styleId(role: StyledRole): string {
  return STYLE_IDS.get(role) ?? idOf(role);
}

function idOf(role: StyledRole): string {
  const words = role.split("-").map((word) => word.charAt(0).toUpperCase() + word.slice(1));
  return `KH${words.join("")}`;
}

/** Font sizes in Word are half-points. */
export function halfPoints(size: Pt): number {
  return Math.round(size * 2);
}

/** What a paragraph style says of lines, indents and pages, for the library. */
export function paragraphProperties(
  style: Style,
): NonNullable<IParagraphStyleOptions["paragraph"]> {
  return {
    alignment: ALIGNMENT[style.align],
    spacing: {
      before: style.before,
      after: style.after,
      line: style.lineHeight,
      lineRule: LineRuleType.EXACT,
    },
    indent: { firstLine: style.firstIndent },
    keepNext: style.keepWithNext,
    keepLines: style.keepLines,
  };
}

/** What a paragraph style says of letters, for the library. */
export function runProperties(style: Style): NonNullable<IParagraphStyleOptions["run"]> {
  return { size: halfPoints(style.size), bold: style.bold, italics: style.italic };
}
