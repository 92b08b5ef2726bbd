import { upperCase } from "../base/text.js";

/**
 * Names that stand on a line of their own at the head of the page; the rest of the name goes on the
 * next.
 */
const BREAK_AFTER = [
  "Ủy ban nhân dân",
  "UBND",
  "Hội đồng nhân dân",
  "HĐND",
  "Ủy ban Mặt trận Tổ quốc Việt Nam",
  "Đảng ủy",
  "Thành ủy",
  "Tỉnh ủy",
  "Huyện ủy",
  "Ban Chấp hành Đảng bộ",
] as const;

/** "Ủy ban nhân dân huyện Bảo Yên" at the head of the page: ỦY BAN NHÂN DÂN / HUYỆN BẢO YÊN. */
export function issuerLines(name: string): string[] {
  const upper = upperCase(name);
  for (const head of BREAK_AFTER) {
    const start = upperCase(head);
    if (upper.startsWith(`${start} `)) return [start, upper.slice(start.length + 1)];
  }
  return [upper];
}
