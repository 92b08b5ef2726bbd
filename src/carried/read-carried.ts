import { strFromU8, unzipSync } from "fflate";
import { type Outcome, type LocalizedText, both, fail, fileError } from "../base/diagnostic.js";
import { readPdfSource } from "./read-pdf-source.js";
import { readWordPart } from "./read-word-part.js";
import { type CarriedText, type SourceRecord, readManifest } from "./source-record.js";
import type { Code } from "../base/codes.js";

/**
 * Largest part of a Word file that is looked at: a limit against archives that unfold without end.
 */
const MAX_BYTES = 40_000_000;

/**
 * The source that a PDF or Word file of ours carries. Errors: no source inside, a file that cannot
 * be read, a source that does not agree with its manifest.
 */
export async function readSource(bytes: Uint8Array, file: string): Promise<Outcome<SourceRecord>> {
  const refuse = (code: Code, message: LocalizedText, hint: LocalizedText): Outcome<never> =>
    fail([fileError(code, { file }, message, hint)]);
  let found: CarriedText | null;
  try {
    found = startsWith(bytes, "%PDF-") ? await readPdfSource(bytes) : fromWord(bytes);
  } catch {
    return refuse(
      "file-broken",
      both(
        "không đọc được tệp: hỏng, bị khóa hoặc không phải tệp Word, PDF",
        "the file cannot be read: broken, locked, or no Word file or PDF",
      ),
      both(
        "mở thử bằng Word hoặc trình đọc PDF; dùng bản gốc do kehoach dựng",
        "try it in Word or a PDF reader; use the file as kehoach made it",
      ),
    );
  }
  if (found === null) {
    return refuse(
      "no-source",
      both("tệp không mang theo dữ liệu kế hoạch", "the file carries no plan data"),
      both(
        "chỉ tệp do kehoach dựng, không có --no-source, mới mang dữ liệu; hãy dùng tệp .yaml",
        "only files made by kehoach without --no-source do; use the .yaml file",
      ),
    );
  }
  return readManifest(found, file);
}

function startsWith(bytes: Uint8Array, signs: string): boolean {
  return [...signs].every((sign, index) => bytes[index] === sign.charCodeAt(0));
}

function fromWord(bytes: Uint8Array): CarriedText | null {
  const parts = unzipSync(bytes, {
    filter: ({ name, originalSize }) =>
      /^customXml\/item\d+\.xml$/u.test(name) && originalSize <= MAX_BYTES,
  });
  for (const part of Object.values(parts)) {
    const found = readWordPart(strFromU8(part));
    if (found) return found;
  }
  return null;
}
