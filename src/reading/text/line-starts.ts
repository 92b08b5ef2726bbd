/**
 * How a line begins: `label` numbers or marks an item, `opener` are words that begin a paragraph of
 * a plan, `loose` may be either or inside a sentence.
 */
export type Opening = "label" | "loose" | "opener" | "none";

/**
 * Labels as plans type them. What only looks like one stands not here: “27/6/2023 của”, “2022;
 * UBND”, “38/2023/NĐ-CP”, “1,2 - Dự án”, “1.438 hộ”.
 */
const LABELS: readonly RegExp[] = [
  /^[IVXL]{1,6}\s?[.):/–-]\s*(?=[\p{Lu}\d“"(])/u,
  /^\d{1,2}(?:\.\d{1,2}){1,4}[.)]?\s+(?=[\p{Lu}“"(])/u,
  /^\d{1,2}(?:\.\d{1,2}){0,4}\s?[.)]\s*(?=[\p{Lu}“"(])/u,
  /^\d{1,2}(?:[.)/]|\.\))\s+(?=[\p{Lu}\d“"(])/u,
  /^[a-zđ]\d{0,2}\s?\)\s*(?=\S)/u,
  /^[a-zđ](?:\.\d{1,2})?[.)]\s+(?=[\p{Lu}\d“"(])/u,
  /^[A-ZĐ]\s?[.)]\s*(?=\p{Lu}{2})/u,
  /^[-–—•●▪◦○▫*+✓✔➢❖\uf000-\uf0ff]\s*(?=[\p{Lu}“"(])/u,
  /^[•●▪◦○▫*+✓✔➢❖\uf000-\uf0ff]\s+(?=\S)/u,
  /^-\s+(?=\d+\s?%|\d{1,3}\s+\p{Ll})/u,
  // A row of a table whose columns are gone: “1 Xã An Khương 1.850 12 0,65”.
  /^(?:\d{1,3}|[IVX]{1,5})\s+\p{Lu}.*(?:\s\d[\d.,]*%?){2,}$/u,
];

const LOOSE: readonly RegExp[] = [
  /^[-–—]\s*(?=\S)/u,
  /^\d{1,2}(?:\.\d{1,2}){0,4}[.)]\s*(?=\p{Ll})/u,
  /^\((?:\d{1,2}|[a-zđ]|[ivx]+)\)\s/u,
];

const OPENERS: readonly RegExp[] = [
  /^Căn cứ\s/u,
  /^Xét đề nghị/u,
  /^Theo đề nghị/u,
  /^Thực hiện (?:Nghị quyết|Quyết định|Kế hoạch|Công văn|Chỉ thị|Thông báo|Thông tư|Nghị định)\s(?:số|\d)/u,
  /^N[ơƠ][iI] [nN][hH]/u,
  /^Trên đây là/u,
  /^(?:TM|KT|TL|TUQ|Q)\.\s*\p{Lu}/u,
  /^Trong đó\s?:/u,
  /^Kính gửi/u,
  /^\((?:Phụ lục|Kèm|Chi tiết|Có|Biểu|Đính kèm)[^()]*\)?$/iu,
  /^PHỤ LỤC/u,
  /^Phụ lục\s+(?:số\s+)?(?:[IVX]+|\d+)\s*(?:[.:]|$)/u,
  /^(?:Ủy ban nhân dân|Uỷ ban nhân dân|UBND)\s[^.;:]{0,60}(?:ban hành|xây dựng)\s[Kk]ế hoạch/u,
  /^(?:Mục tiêu|Mục đích|Yêu cầu|Đối tượng|Phạm vi|Nội dung|Thời gian|Địa điểm|Kinh phí|Nguồn vốn|Phân công|Đơn vị|Cơ quan)[^.,;:]{0,30}:(?:\s|$)/u,
  /^(?:Điều|Chương|Mục|Phần|Bước|Bảng|Biểu(?: số)?)\s+(?:[IVX]+|\d+)\s*[.:]/u,
  /^(?:PHẦN|CHƯƠNG|MỤC)\s/u,
];

export function openingOf(text: string): Opening {
  if (LABELS.some((pattern) => pattern.test(text))) return "label";
  if (OPENERS.some((pattern) => pattern.test(text))) return "opener";
  return LOOSE.some((pattern) => pattern.test(text)) ? "loose" : "none";
}

/** The sign of a list item, not a number or letter. */
export function isBullet(text: string): boolean {
  return /^[-–—•●▪◦○▫*+✓✔➢❖\uf000-\uf0ff]/u.test(text);
}

/** Words after which no paragraph ends: what they announce stands in the next line. */
const ANNOUNCING = new Set(
  `và của về các những số ngày tháng năm theo tại với cho từ đến để do bởi bằng trong trên dưới
   ngoài giữa là có được bị đã đang sẽ phải cần mỗi mọi từng một hai ba hoặc hay cùng như nhằm vào
   ra lên khi nếu thì mà vì trước sau qua không chưa rất hơn nhất khoản điều điểm mục quý dự tiểu
   thông nghị quyết thuộc giai chương trình mục`.split(/\s+/u),
);
/**
 * Such words may still end a heading or sentence, when another meaning is theirs: “Hoạt động trong
 * năm”, “trở lên”, “quy định tại Nghị quyết”.
 */
const ENDINGS_TOO = new Set(
  `năm tháng ngày một hai ba có được trên dưới ngoài trong nhất sau trước lên ra vào số mục quyết
   trình chương không`.split(/\s+/u),
);

/** How surely the last word of a line goes on in the next: 2 surely, 1 perhaps, 0 not. */
export function announces(text: string): 0 | 1 | 2 {
  const last = /(\p{L}+)$/u.exec(text)?.[1];
  if (last === undefined || !ANNOUNCING.has(last.toLowerCase()) || last !== last.toLowerCase())
    return 0;
  return ENDINGS_TOO.has(last) ? 1 : 2;
}

/** A line of capitals only, of two words or more. */
export function isCapitals(text: string): boolean {
  return !/\p{Ll}/u.test(text) && (text.match(/\p{Lu}{2,}/gu) ?? []).length >= 2;
}
