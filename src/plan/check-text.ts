import type { Code } from "../base/codes.js";
import {
  type Diagnostic,
  type LocalizedText,
  type PlanPath,
  both,
  planError,
} from "../base/diagnostic.js";
import { findTextFault, printCodePoint } from "../base/text.js";

/**
 * The finding for the first sign of a text that no document may hold. Call on NFC text.
 */
export function checkText(text: string, path: PlanPath, problems: Diagnostic[]): void {
  const fault = findTextFault(text);
  if (fault === null) return;
  const code = printCodePoint(fault.codePoint);
  const around = text.slice(Math.max(0, fault.index - 12), fault.index).replace(/\s+/gu, " ");
  const texts: Record<typeof fault.kind, readonly [Code, LocalizedText, LocalizedText]> = {
    control: [
      "text-control",
      both(
        `ký tự điều khiển ${code} sau “${around}”`,
        `control character ${code} after “${around}”`,
      ),
      both(
        "xóa ký tự này (thường do chép từ phần mềm khác)",
        "delete it (it usually comes from copying)",
      ),
    ],
    combining: [
      "text-combining",
      both(
        `dấu ${code} không đi với chữ nào, sau “${around}”`,
        `the mark ${code} has no letter, after “${around}”`,
      ),
      both("gõ lại chữ có dấu bằng bộ gõ Unicode dựng sẵn", "type the letter again, precomposed"),
    ],
    direction: [
      "text-direction",
      both(
        `ký tự đảo chiều chữ ${code} sau “${around}”: chữ hiện ra không phải chữ đã viết`,
        `${code} after “${around}” turns the text around: what is seen is not what stands there`,
      ),
      both("xóa ký tự này, hoặc gõ lại câu", "delete it, or type the sentence again"),
    ],
    surrogate: [
      "text-surrogate",
      both(`ký tự hỏng ${code} sau “${around}”`, `broken character ${code} after “${around}”`),
      both("gõ lại chỗ này", "type this place again"),
    ],
  };
  const [name, message, hint] = texts[fault.kind];
  problems.push(planError(name, path, message, hint));
}
