import { both } from "../base/diagnostic.js";
import type { PageRule } from "./page-rule.js";

declare module "../base/codes.js" {
  interface RuleCodes {
    untitled: true;
  }
}

/** A document has a title that is shown in place of its file's name. */
export const untitled: PageRule = {
  code: "untitled",
  severity: "error",
  because: { clause: "ISO 14289-1, 7.1" },
  check: ({ title }) =>
    title.trim() === ""
      ? [
          {
            origin: null,
            message: both("tài liệu không có tên", "the document has no title"),
            hint: both(
              "mẫu phải viết title ở <document>",
              "the template must write a title at <document>",
            ),
          },
        ]
      : [],
};
