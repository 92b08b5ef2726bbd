import { both } from "../base/diagnostic.js";
import type { StructureElement } from "../layout/pages/page.js";
import type { PageRule } from "./page-rule.js";

declare module "../base/codes.js" {
  interface RuleCodes {
    "table-without-head": true;
  }
}

/** A table without names for its columns cannot be followed by somebody who hears it. */
export const tableWithoutHead: PageRule = {
  code: "table-without-head",
  severity: "error",
  because: { clause: "ISO 14289-1, 7.5" },
  check({ elements }) {
    const parentOf = ({ parent }: StructureElement): StructureElement | undefined =>
      parent === null ? undefined : elements[parent];
    const headed = new Set(
      elements.flatMap((element) =>
        element.type === "TH" ? (parentOf(element)?.parent ?? []) : [],
      ),
    );
    return elements.flatMap(({ type, origin }, index) =>
      type === "Table" && !headed.has(index) ? [{ origin, message: MESSAGE, hint: HINT }] : [],
    );
  },
};

const MESSAGE = both(
  "bảng không có dòng tên cột, người nghe đọc không theo được",
  "the table has no row of column names: somebody who hears it cannot follow",
);
const HINT = both(
  "mẫu phải viết <head> cho bảng",
  "the template must write a <head> for the table",
);
