import { type LocalizedText, both } from "../../base/diagnostic.js";
import type { Notice, SourcePlace } from "../source-text.js";

/** What reading a Word file may have to say: by code, for how many such places there were. */
const REMARKS = {
  "tracked-changes": (count) =>
    both(
      `đã chấp nhận ${count} chỗ sửa theo dõi (thêm, xóa, chuyển chỗ); chữ đã xóa không được lấy`,
      `${count} tracked changes were accepted; deleted text was not taken`,
    ),
  comments: (count) =>
    both(`đã bỏ qua ${count} nhận xét bên lề`, `${count} comments were passed over`),
  "legacy-font": (count) =>
    both(
      `đã chuyển chữ của phông cũ (TCVN3, VNI) sang Unicode ở ${count} đoạn; cần đọc soát`,
      `letters of old fonts (TCVN3, VNI) in ${count} paragraphs were converted to Unicode; read ` +
        "them over",
    ),
  picture: (count) =>
    both(
      `đã bỏ qua ${count} hình, biểu đồ; chữ trong hình không đọc được`,
      `${count} pictures or charts were passed over; words in them are not read`,
    ),
  "text-box": (count) =>
    both(
      `chữ trong ${count} hộp văn bản được đặt trước đoạn mang hộp; cần xem lại thứ tự`,
      `the text of ${count} text boxes stands before the paragraph that holds the box; look at ` +
        "the order",
    ),
  equation: (count) =>
    both(
      `${count} công thức chỉ lấy được phần chữ, không giữ cách trình bày`,
      `of ${count} equations only the letters were taken`,
    ),
  "embedded-object": (count) =>
    both(
      `đã bỏ qua ${count} đối tượng nhúng (bảng Excel, tệp kèm)`,
      `${count} embedded objects (Excel sheets, files) were passed over`,
    ),
  "nested-table": (count) =>
    both(
      `${count} bảng nằm trong ô của bảng khác được đọc thành các đoạn của ô`,
      `${count} tables inside cells of other tables were read as paragraphs of the cell`,
    ),
  "hidden-text": (count) =>
    both(`đã bỏ qua chữ ẩn ở ${count} chỗ`, `hidden text at ${count} places was passed over`),
  contents: (count) =>
    both(
      `đã bỏ qua ${count} dòng mục lục`,
      `${count} lines of a table of contents were passed over`,
    ),
  placeholder: (count) =>
    both(
      `đã bỏ qua ${count} ô biểu mẫu chưa điền`,
      `${count} form fields that nobody filled in were passed over`,
    ),
  "unknown-symbol": (count) =>
    both(
      `${count} ký hiệu của phông biểu tượng không nhận ra được, thay bằng “-”`,
      `${count} signs of symbol fonts are not known and became “-”`,
    ),
  "outside-part": (count) =>
    both(
      `${count} phần được chèn từ tệp khác (altChunk) không đọc được; mở bằng Word rồi lưu lại ` +
        "để lấy",
      `${count} parts brought in from other files (altChunk) were not read; save the file again ` +
        "in Word to have them",
    ),
} as const satisfies Readonly<Record<string, (count: number) => LocalizedText>>;
type NoticeCode = keyof typeof REMARKS;

export interface NoticeList {
  add(code: NoticeCode, at: SourcePlace): void;
  /** One remark a code, at its first place. */
  readonly all: () => readonly Notice[];
}

export function openNotices(): NoticeList {
  const found = new Map<NoticeCode, { readonly at: SourcePlace; count: number }>();
  return {
    add: (code, at) => {
      const known = found.get(code);
      if (known) known.count++;
      else found.set(code, { at, count: 1 });
    },
    all: () =>
      [...found].map(([code, { at, count }]) => ({ code, at, message: REMARKS[code](count) })),
  };
}
