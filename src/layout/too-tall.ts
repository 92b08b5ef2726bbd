import { type Diagnostic, both, fileError, parsePath, planError } from "../base/diagnostic.js";
import type { Twip } from "../base/units.js";
import type { Piece } from "./pages/box.js";
import type { TextItem } from "./pages/page.js";

/** What no page holds is a mistake with a place; its text must not run off the paper. */
export function tooTall({ height, items }: Pick<Piece, "height" | "items">, page: Twip): Diagnostic {
  const text = items.find((item): item is TextItem => item.kind === "text" && item.origin.plan !== null);
  const message = both(
    `khối này cao ${millimetres(height)} mm, hơn một trang (${millimetres(page)} mm), nên không in được`,
    `this block is ${millimetres(height)} mm high, more than a page (${millimetres(page)} mm), and cannot be printed`,
  );
  const hint = both("ô gộp nhiều dòng quá dài: rút gọn lời; nơi nhận quá nhiều: gộp bớt hoặc đưa thành phụ lục", "a long cell over several rows: shorten it; many recipients: group them, or make them an appendix");
  const path = text?.origin.plan;
  return path ? planError("too-tall", parsePath(path), message, hint) : fileError("too-tall", text?.origin.template ?? { file: "document.hbs" }, message, hint);
}

function millimetres(twips: Twip): number {
  return Math.round((twips * 25.4) / 1440);
}
