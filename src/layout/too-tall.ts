import {
  type Diagnostic,
  type LocalizedText,
  both,
  fileError,
  parsePath,
  planError,
} from "../base/diagnostic.js";
import type { Twip } from "../base/units.js";
import type { Piece } from "./pages/box.js";
import type { TextItem } from "./pages/page.js";

type Tall = Pick<Piece, "height" | "items">;

/** What no page holds is a mistake with a place; its text must not run off the paper. */
export function tooTall(piece: Tall, page: Twip): Diagnostic {
  return report(
    piece,
    both(
      `khối này cao ${millimetres(piece.height)} mm, hơn một trang (${millimetres(page)} mm), nên không in được`,
      `this block is ${millimetres(piece.height)} mm high, more than a page (${millimetres(page)} mm), and cannot be printed`,
    ),
    both(
      "nơi nhận quá nhiều thì gộp bớt hoặc đưa thành phụ lục; lời quá dài thì tách ra",
      "many recipients: group them, or make them an appendix; a long text: divide it",
    ),
  );
}

/** A label over several rows that is longer than the room under the table's head. */
export function labelTooTall(piece: Tall, page: Twip): Diagnostic {
  return report(
    piece,
    both(
      `ô chung (span) này cao ${millimetres(piece.height)} mm, hơn chỗ còn lại của một trang (${millimetres(page)} mm)`,
      `this shared cell (span) is ${millimetres(piece.height)} mm high, more than a page has room for (${millimetres(page)} mm)`,
    ),
    both("rút gọn lời, hoặc cho cột rộng thêm", "shorten its text, or widen the column"),
  );
}

/** Names of columns that leave no room for rows. */
export function headTooTall(piece: Tall, most: Twip): Diagnostic {
  return report(
    piece,
    both(
      `tên cột cao ${millimetres(piece.height)} mm, hơn nửa trang (${millimetres(most)} mm), không còn chỗ cho các dòng`,
      `the names of columns are ${millimetres(piece.height)} mm high, more than half a page (${millimetres(most)} mm), and leave no room for rows`,
    ),
    both("rút gọn tên cột, hoặc cho cột rộng thêm", "shorten the names, or widen the columns"),
  );
}

function report({ items }: Tall, message: LocalizedText, hint: LocalizedText): Diagnostic {
  const text = items.find(
    (item): item is TextItem => item.kind === "text" && item.origin.plan !== null,
  );
  const path = text?.origin.plan;
  return path
    ? planError("too-tall", parsePath(path), message, hint)
    : fileError("too-tall", text?.origin.template ?? { file: "document.hbs" }, message, hint);
}

function millimetres(twips: Twip): number {
  return Math.round((twips * 25.4) / 1440);
}
