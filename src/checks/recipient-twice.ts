import { both } from "../base/diagnostic.js";
import type { Fault, Rule } from "./rule.js";

declare module "../base/codes.js" {
  interface RuleCodes {
    "recipient-twice": true;
  }
}

/** Two recipients that are the same: one line too many, or a neighbour's name not changed. */
export const recipientTwice: Rule = {
  code: "recipient-twice",
  severity: "warning",
  because: { clause: "NĐ 30/2020/NĐ-CP, Phụ lục I, Phần I, Mục II, khoản 9" },
  good: `
recipients:
  - UBND tỉnh (b/c)
  - UBND các xã
`,
  bad: `
recipients:
  - UBND các xã
  - Phòng Tài chính
  - UBND các xã; # ←
`,
  check({ plan }) {
    const first = new Map<string, number>();
    return plan.recipients.flatMap((recipient, index): Fault[] => {
      if (recipient.kind !== "name") return [];
      const name = sameName(`${recipient.name} ${recipient.for ?? ""}`);
      const before = first.get(name);
      if (before === undefined) {
        first.set(name, index);
        return [];
      }
      return [
        {
          path: ["recipients", index],
          message: both(
            `nơi nhận “${recipient.name}” đã ghi ở dòng thứ ${before + 1}`,
            `the recipient “${recipient.name}” stands in line ${before + 1} already`,
          ),
          hint: both("bỏ một dòng, hoặc sửa tên", "remove one line, or correct the name"),
        },
      ];
    });
  },
};

/** What is left of a name when dashes, end marks, blanks and capitals are made alike. */
function sameName(name: string): string {
  return name
    .normalize("NFC")
    .toLowerCase()
    .replace(/^[-–\s]+|[;.,\s]+$/gu, "")
    .replace(/\s+/gu, " ");
}
