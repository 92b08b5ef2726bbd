import { strFromU8 } from "fflate";
import { MAX_UNPACKED } from "../archives/limits.js";
import { measureStreams } from "../archives/measure-streams.js";
import { openZip } from "../archives/zip-archive.js";
import { type Outcome, type LocalizedText, both, fail, fileError } from "../base/diagnostic.js";
import { readWordPart } from "./read-word-part.js";
import { type CarriedText, type SourceRecord, readManifest } from "./source-record.js";
import type { Code } from "../base/codes.js";

/**
 * The source that a PDF or Word file of ours carries. Errors: no source inside, a file that cannot
 * be read, a source that does not agree with its manifest.
 */
export async function readSource(bytes: Uint8Array, file: string): Promise<Outcome<SourceRecord>> {
  const refuse = (code: Code, message: LocalizedText, hint: LocalizedText): Outcome<never> =>
    fail([fileError(code, { file }, message, hint)]);
  let found: CarriedText | null;
  try {
    const read = startsWith(bytes, "%PDF-") ? await fromPdf(bytes) : fromWord(bytes);
    if (read === "too-large")
      return refuse(
        "file-too-large",
        both(
          `tệp quá lớn: sau khi giải nén trên ${MAX_UNPACKED / 1e6} MB`,
          `the file is too large: over ${MAX_UNPACKED / 1e6} MB when unpacked`,
        ),
        both("dùng bản gốc do kehoach dựng", "use the file as kehoach made it"),
      );
    found = read;
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

async function fromPdf(bytes: Uint8Array): Promise<CarriedText | "too-large" | null> {
  // Every PDF of ours says in plain text who made it; no other is opened.
  const text = new TextDecoder("latin1").decode(bytes);
  if (!text.includes("%%EOF")) throw new RangeError("cut short");
  if (!text.includes("kehoach")) return null;
  if (measureStreams(bytes) === "tooLarge") return "too-large";
  return (await import("./read-pdf-source.js")).readPdfSource(bytes);
}

function fromWord(bytes: Uint8Array): CarriedText | "too-large" | null {
  const zip = openZip(bytes, MAX_UNPACKED);
  if (zip === "broken") throw new RangeError("no zip");
  for (const name of zip.names) {
    if (!/^customxml\/item\d+\.xml$/u.test(name)) continue;
    const part = zip.read(name);
    if (part === "too-large") return part;
    const found = part instanceof Uint8Array ? readWordPart(strFromU8(part)) : null;
    if (found) return found;
  }
  return null;
}
