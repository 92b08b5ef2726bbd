import { both } from "../base/diagnostic.js";
import { printCodePoint } from "../base/text.js";
import type { PageFault, PageRule } from "./page-rule.js";

declare module "../base/codes.js" {
  interface RuleCodes {
    "private-sign": true;
  }
}

/**
 * Every character has a meaning in Unicode; one of the private use area means it to one font only.
 */
export const privateSign: PageRule = {
  code: "private-sign",
  severity: "error",
  because: { clause: "ISO 19005-3, 6.2.11.7.3" },
  check({ pages }) {
    const found = new Map<string, PageFault>();
    for (const { items } of pages)
      for (const item of items) {
        if (item.kind !== "text") continue;
        for (const { text, from, to } of item.runs)
          for (const code of text.codes.slice(from, to))
            if (isPrivate(code))
              found.set(`${code} ${item.origin.plan ?? ""}`, {
                origin: item.origin,
                message: both(
                  `ký tự ${printCodePoint(code)} chỉ một phông chữ hiểu, không lưu trữ được`,
                  `only one font knows what ${printCodePoint(code)} means: it cannot be archived`,
                ),
                hint: HINT,
              });
      }
    return [...found.values()];
  },
};

const HINT = both(
  "thay bằng ký tự Unicode thường; hoặc xuất với --pdf-standard none",
  "use an ordinary Unicode sign, or build with --pdf-standard none",
);

function isPrivate(code: number): boolean {
  return (code >= 0xe000 && code <= 0xf8ff) || code >= 0xf0000;
}
