import { type Diagnostic, type LocalizedText, both } from "../base/diagnostic.js";
import { type Twip, wholeMmFromTwips } from "../base/units.js";
import { NO_ORIGIN } from "../document/tree.js";
import type { Piece } from "./pages/box.js";
import { problemAt } from "./problem-at.js";

type Tall = Pick<Piece, "height" | "items">;

/** A block too high for any page: an error with a place, or its text would run off the paper. */
export function tooTall(piece: Tall, page: Twip): Diagnostic {
  const [height, room] = [millimetres(piece.height), millimetres(page)];
  return report(
    piece,
    both(
      `khối này cao ${height}, hơn một trang (${room}), nên không in được`,
      `this block is ${height} high, more than a page (${room}), and cannot be printed`,
    ),
    both(
      "nơi nhận quá nhiều thì gộp bớt hoặc đưa thành phụ lục; lời quá dài thì tách ra",
      "many recipients: group them, or make them an appendix; a long text: divide it",
    ),
  );
}

/** A label over several rows that is longer than the room under the table's head. */
export function labelTooTall(piece: Tall, page: Twip): Diagnostic {
  const [height, room] = [millimetres(piece.height), millimetres(page)];
  return report(
    piece,
    both(
      `ô chung (span) này cao ${height}, hơn chỗ còn lại của một trang (${room})`,
      `this shared cell (span) is ${height} high, more than a page has room for (${room})`,
    ),
    both("rút gọn lời, hoặc cho cột rộng thêm", "shorten its text, or widen the column"),
  );
}

/** Names of columns that leave no room for rows. */
export function headTooTall(piece: Tall, most: Twip): Diagnostic {
  const [height, room] = [millimetres(piece.height), millimetres(most)];
  return report(
    piece,
    both(
      `tên cột cao ${height}, hơn nửa trang (${room}), không còn chỗ cho các dòng`,
      `the names of columns are ${height} high, more than half a page (${room}), ` +
        "and leave no room for rows",
    ),
    both("rút gọn tên cột, hoặc cho cột rộng thêm", "shorten the names, or widen the columns"),
  );
}

function report({ items }: Tall, message: LocalizedText, hint: LocalizedText): Diagnostic {
  const text = items.find((item) => item.kind === "text" && item.origin.plan !== null);
  const origin = text?.kind === "text" ? text.origin : NO_ORIGIN;
  return problemAt(origin, "too-tall", { message, hint, file: "document.hbs" });
}

function millimetres(twips: Twip): string {
  return `${wholeMmFromTwips(twips)} mm`;
}
