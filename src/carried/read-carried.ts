import { strFromU8, unzipSync } from "fflate";
import {
  PDFArray,
  PDFDict,
  PDFDocument,
  PDFHexString,
  PDFName,
  PDFRawStream,
  PDFString,
  decodePDFRawStream,
} from "pdf-lib";
import { SaxesParser } from "saxes";
import {
  type Outcome,
  type LocalizedText,
  both,
  fail,
  fileError,
  succeed,
} from "../base/diagnostic.js";
import {
  type DataFile,
  MANIFEST_NAME,
  PLAN_NAME,
  type SourceRecord,
  readManifest,
} from "./source-record.js";

/** Limits against archives that unfold without end. */
const MAX_BYTES = 40_000_000;

/**
 * The source that a PDF or Word file of ours carries. Errors: no source inside, a file that cannot
 * be read, a source that does not agree with its manifest.
 */
export async function readSource(bytes: Uint8Array, file: string): Promise<Outcome<SourceRecord>> {
  const refuse = (code: string, message: LocalizedText, hint: LocalizedText): Outcome<never> =>
    fail([fileError(code, { file }, message, hint)]);
  let found: Found | null;
  try {
    found = startsWith(bytes, "%PDF-") ? await fromPdf(bytes) : fromWord(bytes);
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
  const record = readManifest(found.plan, found.manifest, found.data);
  if (record === "unknown") {
    return refuse(
      "source-unknown",
      both(
        "dữ liệu kèm theo không đúng dạng của kehoach",
        "the data inside is not of kehoach's form",
      ),
      both("tệp có thể do phiên bản mới hơn dựng", "the file may be of a newer version"),
    );
  }
  if (record === "altered") {
    return refuse(
      "source-altered",
      both(
        "dữ liệu kèm theo đã bị sửa: không khớp mã băm ghi trong tệp",
        "the data inside was altered: it does not agree with the hash in the file",
      ),
      both(
        "dùng bản gốc của tệp, hoặc tệp .yaml của kế hoạch",
        "use the original file, or the plan's .yaml file",
      ),
    );
  }
  return succeed(record);
}

function startsWith(bytes: Uint8Array, signs: string): boolean {
  return [...signs].every((sign, index) => bytes[index] === sign.charCodeAt(0));
}

/** What a file holds of its source, not yet looked at. */
interface Found {
  readonly plan: string;
  readonly manifest: string;
  readonly data: readonly DataFile[];
}

const UTF8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

async function fromPdf(bytes: Uint8Array): Promise<Found | null> {
  const pdf = await PDFDocument.load(bytes, { updateMetadata: false, throwOnInvalidObject: true });
  const files = new Map<string, Uint8Array>();
  const associated = pdf.catalog.lookupMaybe(PDFName.of("AF"), PDFArray);
  for (let index = 0; index < (associated?.size() ?? 0); index++) {
    const specification = associated?.lookupMaybe(index, PDFDict);
    const name = specification?.lookup(PDFName.of("UF")) ?? specification?.lookup(PDFName.of("F"));
    const stream = specification?.lookupMaybe(PDFName.of("EF"), PDFDict)?.lookup(PDFName.of("F"));
    if (
      !(name instanceof PDFString || name instanceof PDFHexString) ||
      !(stream instanceof PDFRawStream)
    )
      continue;
    const data = decodePDFRawStream(stream).decode();
    if (data.length <= MAX_BYTES) files.set(name.decodeText(), data);
  }
  const [plan, manifest] = [files.get(PLAN_NAME), files.get(MANIFEST_NAME)];
  if (plan === undefined || manifest === undefined) return null;
  const data = [...files].flatMap(([name, content]) =>
    name === PLAN_NAME || name === MANIFEST_NAME ? [] : [{ name, bytes: content }],
  );
  return { plan: UTF8.decode(plan), manifest: UTF8.decode(manifest), data };
}

function fromWord(bytes: Uint8Array): Found | null {
  const parts = unzipSync(bytes, {
    filter: ({ name, originalSize }) =>
      /^customXml\/item\d+\.xml$/u.test(name) && originalSize <= MAX_BYTES,
  });
  for (const part of Object.values(parts)) {
    const found = fromSourcePart(strFromU8(part));
    if (found) return found;
  }
  return null;
}

function fromSourcePart(xml: string): Found | null {
  const texts: Record<string, string> = { plan: "", manifest: "" };
  const data: { name: string; text: string }[] = [];
  let [name, encoding, ours] = ["", "text", false];
  const parser = new SaxesParser({ xmlns: false });
  parser.on("opentag", (tag) => {
    const attributes = tag.attributes as Record<string, string>;
    // Word may give the namespace a prefix when it saves; the name is what counts.
    if (Object.values(attributes).includes("urn:kehoach:source:1")) ours = true;
    name = tag.name.replace(/^.*:/u, "");
    if (name === "plan") encoding = attributes["encoding"] ?? "text";
    if (name === "data") data.push({ name: attributes["name"] ?? "", text: "" });
  });
  parser.on("closetag", () => {
    name = "";
  });
  parser.on("text", (text) => {
    const file = data.at(-1);
    if (name in texts) texts[name] += text;
    else if (name === "data" && file) file.text += text;
  });
  parser.on("error", (error) => {
    throw error;
  });
  parser.write(xml).close();
  if (!ours) return null;
  const { plan = "", manifest = "" } = texts;
  const files = data.map((file) => ({ name: file.name, bytes: fromBase64(file.text) }));
  return {
    plan: encoding === "base64" ? UTF8.decode(fromBase64(plan)) : plan,
    manifest,
    data: files,
  };
}

function fromBase64(text: string): Uint8Array {
  return Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));
}
