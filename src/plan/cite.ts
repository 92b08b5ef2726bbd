import { type PartialDate, formatIssueDate, formatShortDate } from "../base/dates.js";
import { withoutStart } from "../base/text.js";
import type { CitedDocument } from "./bases.js";

export type CitationDates = "long" | "short";

/**
 * A document as it is cited in full: "Quyết định số 90/QĐ-TTg ngày 18 tháng 01 năm 2022 của Thủ
 * tướng Chính phủ phê duyệt …". Laws and ordinances are cited by name and date, without number and
 * issuer; one whose name is not given by its number.
 *
 * Source: Nghị định 30/2020/NĐ-CP, Phụ lục I, Phần I, Mục II, khoản 6, điểm a.
 */
export function citeDocument(document: CitedDocument, dates: CitationDates): string {
  const { type } = document;
  // What is typed from habit is not printed twice: "Luật Luật …", "số số …", "của của …", "…;;".
  const name = document.name === null ? null : withoutStart(document.name, type);
  const symbol = document.symbol?.replace(/^số\s+/iu, "") ?? null;
  const issuer = document.issuer?.replace(/^của\s+/iu, "") ?? null;
  const about = document.about === null ? null : withoutEnd(document.about);
  const law = /^(?:Bộ luật|Luật|Pháp lệnh)$/u.test(type);
  const parts = [
    type,
    name,
    symbol !== null && (!law || name === null) ? `số ${symbol}` : null,
    document.date !== null ? citedDate(document.date, dates) : null,
    issuer !== null && !law ? `của ${issuer}` : null,
    about,
  ];
  return parts.filter((part) => part !== null).join(" ");
}

/** A text without the punctuation that will be put after it: ; . : or , but with an ellipsis. */
export function withoutEnd(text: string): string {
  return text.replace(/(?<!\.)[\s;:,.]+$/u, "").trimEnd();
}

function citedDate(date: string | PartialDate, dates: CitationDates): string {
  const parts = typeof date === "string" ? dateParts(date) : date;
  return dates === "long" ? formatIssueDate(parts) : `ngày ${formatShortDate(parts)}`;
}

function dateParts(iso: string): PartialDate {
  const [year = 0, month = 0, day = 0] = iso.split("-").map(Number);
  return { year, month, day };
}
