import { both } from "../../base/diagnostic.js";
import { romanNumeral, pointLetter } from "../../base/numbers.js";
import type { Marker } from "../../plan/markers.js";
import type { Notice, SourcePlace } from "../source-text.js";
import type { Preamble } from "./bases.js";
import type { Head } from "./head.js";
import { type Label, isBullet } from "./labels.js";
import { BARE_NUMBER } from "./outline.js";
import type { OutlineNode } from "./outline-node.js";
import type { Tail } from "./tail.js";

const TOP: SourcePlace = { page: null, line: 1 };

/**
 * Parts that every plan has and this source does not, or not in the decree's form: what is built
 * will lack them.
 */
export function missingParts(head: Head, preamble: Preamble, tail: Tail): readonly Notice[] {
  const notices: Notice[] = [];
  const missing = [
    ...(head.nation || head.issuer.length > 0
      ? []
      : [both("quốc hiệu, tên cơ quan", "the nation's title, the agency's name")]),
    ...(head.number === null ? [both("dòng số", "the number")] : []),
    ...(head.date === null ? [both("ngày ban hành", "the date")] : []),
    ...(preamble.bases.length === 0 && preamble.enactment === null
      ? [both("căn cứ", "legal bases")]
      : []),
    ...(tail.closing === null ? [both("câu kết", "the closing")] : []),
    ...(tail.recipients.length === 0 ? [both("nơi nhận", "recipients")] : []),
    ...(tail.signature.length === 0 ? [both("chữ ký", "the signature")] : []),
  ];
  if (head.otherOrder !== null)
    notices.push({
      code: "other-order",
      at: TOP,
      message: both(
        `văn bản có tiêu đề “${head.otherOrder}”: thể thức riêng của Đảng, đoàn thể, ` +
          "không theo Nghị định 30; phần đầu sẽ không được in, phải tự thêm vào mẫu",
        `the document is headed “${head.otherOrder}”: a form of its own, not the decree's; ` +
          "its head will not be printed",
      ),
    });
  if (missing.length > 0)
    notices.push({
      code: "part-missing",
      at: TOP,
      message: both(
        `nguồn không có: ${missing.map(({ vi }) => vi).join("; ")}`,
        `the source has no ${missing.map(({ en }) => en).join("; ")}`,
      ),
    });
  return notices;
}

/** Numbers that stand alone on their lines: they become words, and somebody must look. */
export function bareNumbers(nodes: readonly OutlineNode[]): readonly Notice[] {
  return nodes.flatMap(({ title, children }) => [
    ...(BARE_NUMBER.test(title.paragraph.text)
      ? [
          {
            code: "bare-number",
            at: title.paragraph.at,
            message: both(
              `số “${title.paragraph.text}” đứng một mình, không có chữ theo sau; giữ như chữ thường`,
              `the number “${title.paragraph.text}” stands alone and is kept as words`,
            ),
          },
        ]
      : []),
    ...bareNumbers(children),
  ]);
}

/** Numbers and bullets that the plan writes in another way than the source, each way once. */
export function rewrittenLabels(nodes: readonly OutlineNode[]): readonly Notice[] {
  const seen = new Map<
    string,
    { readonly from: string; readonly to: string; readonly at: SourcePlace }
  >();
  const visit = (list: readonly OutlineNode[]): void => {
    for (const { label, title, children } of list) {
      const to = label === null ? null : shown(label);
      if (label !== null && to !== null && to !== label.typed) {
        const [typed, printed] = [label.typed, to].map((one) => one.replace(/[\p{L}\d]+/gu, "x"));
        const way = `${typed}>${printed}`;
        if (!seen.has(way)) seen.set(way, { from: label.typed, to, at: title.paragraph.at });
      }
      visit(children);
    }
  };
  visit(nodes);
  return [...seen.values()].map(({ from, to, at }) => ({
    code: "label-rewritten",
    at,
    message: both(
      `kiểu số, dấu đầu dòng “${from}” được viết lại thành “${to}”`,
      `numbers and bullets like “${from}” are written “${to}”`,
    ),
  }));
}

/** How a plan prints a label; null for those whose number depends on others. */
function shown(label: Label): string | null {
  if (isBullet(label)) return label.marker;
  const print = PRINTED[label.marker];
  if (print !== undefined) return print(label.number);
  return label.decimals.length > 0 ? `${label.decimals.join(".")}.` : null;
}

/** Numbers of one part as a plan prints them. */
const PRINTED: Readonly<Partial<Record<Marker, (number: number) => string>>> = {
  "I.": (number) => `${romanNumeral(number)}.`,
  "Phần I": (number) => `Phần ${romanNumeral(number)}`,
  "Chương I": (number) => `Chương ${romanNumeral(number)}`,
  "Điều 1.": (number) => `Điều ${number}.`,
  "A.": (number) => `${pointLetter(number).toUpperCase()}.`,
  "a)": (number) => `${pointLetter(number)})`,
  "a.": (number) => `${pointLetter(number)}.`,
  "1)": (number) => `${number})`,
  "(1)": (number) => `(${number})`,
  "(a)": (number) => `(${pointLetter(number)})`,
};
