import { type LocalizedText, both } from "../../base/diagnostic.js";
import type { Refusal } from "./refusals.js";
import { type XmlNode, childrenOf, parseXml } from "./xml-tree.js";
import { MAX_UNPACKED } from "../../archives/limits.js";
import { type ZipArchive, openZip } from "../../archives/zip-archive.js";

/** The parts of a Word file that say something about its text. */
export interface WordParts {
  readonly document: XmlNode;
  readonly styles: XmlNode | null;
  readonly numbering: XmlNode | null;
  readonly footnotes: XmlNode | null;
  readonly endnotes: XmlNode | null;
  /** Headers and footers by the names that sections call them. */
  readonly runningHeads: ReadonlyMap<string, XmlNode>;
}

interface Relation {
  readonly id: string;
  readonly type: string;
  readonly part: string;
}

/** First signs of files that people take for Word files. */
const SIGNS: readonly (readonly [signs: string, kind: LocalizedText])[] = [
  ["%PDF-", both("tệp PDF", "a PDF")],
  ["{\\rtf", both("tệp RTF", "an RTF file")],
  ["\u0089PNG", both("ảnh PNG", "a PNG picture")],
  ["\u00ff\u00d8\u00ff", both("ảnh JPEG", "a JPEG picture")],
];

/** Files in archives, by what is written at their beginning, or by the type of their main part. */
const ARCHIVES: readonly (readonly [pattern: RegExp, kind: LocalizedText])[] = [
  [/spreadsheetml|ms-excel|opendocument\.spreadsheet/u, both("bảng tính", "a spreadsheet")],
  [
    /presentationml|ms-powerpoint|opendocument\.presentation/u,
    both("tệp trình chiếu", "a slide show"),
  ],
  [
    /opendocument\.text/u,
    both(
      "tệp văn bản OpenDocument (.odt); hãy mở bằng Word hay LibreOffice và lưu lại dạng .docx",
      "an OpenDocument text (.odt); open it in Word or LibreOffice and save it as .docx",
    ),
  ],
];
const OTHER_ARCHIVE = both("tệp nén loại khác", "an archive of another kind");
const OTHER_FILE = both("tệp loại khác", "a file of another kind");

const COMPOUND_FILE = "\u00d0\u00cf\u0011\u00e0";
const WORD_TYPE = /wordprocessingml|ms-word/u;

/**
 * Open a Word file and read its parts. The main part and those it needs are found by the file's own
 * directory, not by usual names. Parts other than the main one may be missing.
 */
export function openWord(bytes: Uint8Array): WordParts | Refusal {
  if (bytes.length === 0) return "empty";
  if (begins(bytes, COMPOUND_FILE)) return compoundKind(bytes);
  if (!begins(bytes, "PK"))
    return { isA: SIGNS.find(([signs]) => begins(bytes, signs))?.[1] ?? OTHER_FILE };
  const zip = openZip(bytes, MAX_UNPACKED);
  if (zip === "broken") return "broken";
  const refusals: Refusal[] = [];
  const load = (name: string | undefined): XmlNode | null => {
    const part = name === undefined || refusals.length > 0 ? null : zip.read(name);
    const node = part instanceof Uint8Array ? parseXml(part) : part;
    if (typeof node !== "string") return node;
    refusals.push(node);
    return null;
  };
  const main = relationsOf(load("_rels/.rels"), "").find(
    ({ type }) => type === "officeDocument",
  )?.part;
  const kind =
    main === undefined ? mimetypeOf(zip) : contentType(load("[content_types].xml"), main);
  if (refusals[0]) return refusals[0];
  if (main === undefined || (kind !== "" && !WORD_TYPE.test(kind)))
    return { isA: ARCHIVES.find(([pattern]) => pattern.test(kind))?.[1] ?? OTHER_ARCHIVE };
  const document = load(main);
  const slash = main.lastIndexOf("/") + 1;
  const relations = relationsOf(
    load(`${main.slice(0, slash)}_rels/${main.slice(slash)}.rels`),
    main.slice(0, slash),
  );
  const related = (type: string): XmlNode | null =>
    load(relations.find((relation) => relation.type === type)?.part);
  const heads = relations
    .filter(({ type }) => type === "header" || type === "footer")
    .flatMap(({ id, part }) => {
      const head = load(part);
      return head ? [[id, head] as const] : [];
    });
  const parts = {
    styles: related("styles"),
    numbering: related("numbering"),
    footnotes: related("footnotes"),
    endnotes: related("endnotes"),
    runningHeads: new Map(heads),
  };
  if (refusals[0]) return refusals[0];
  return document === null
    ? "broken"
    : document.name !== "document"
      ? { isA: OTHER_FILE }
      : { document, ...parts };
}

function begins(bytes: Uint8Array, signs: string): boolean {
  return [...signs].every((sign, index) => bytes[index] === sign.charCodeAt(0));
}

/**
 * What Office files were before 2007, and what those with a password are still: the names of the
 * streams inside tell which.
 */
function compoundKind(bytes: Uint8Array): Refusal {
  const holds = (name: string): boolean =>
    includesBytes(
      bytes,
      [...name].flatMap((letter) => [letter.charCodeAt(0), 0]),
    );
  if (holds("EncryptedPackage")) return "locked";
  if (holds("WordDocument")) return "old-word";
  return {
    isA: holds("Workbook")
      ? both("bảng tính dạng cũ (.xls)", "an old spreadsheet (.xls)")
      : holds("PowerPoint")
        ? both("tệp trình chiếu dạng cũ (.ppt)", "an old slide show (.ppt)")
        : OTHER_FILE,
  };
}

function includesBytes(bytes: Uint8Array, wanted: readonly number[]): boolean {
  const [first = 0] = wanted;
  for (let at = bytes.indexOf(first); at >= 0; at = bytes.indexOf(first, at + 1)) {
    if (wanted.every((byte, index) => bytes[at + index] === byte)) return true;
  }
  return false;
}

/** OpenDocument files and e-books say here what they are. */
function mimetypeOf(zip: ZipArchive): string {
  const part = zip.read("mimetype");
  return part instanceof Uint8Array ? new TextDecoder().decode(part.subarray(0, 200)) : "";
}

/** The type of a part as the file's directory says it, empty when it does not. */
function contentType(types: XmlNode | null, part: string): string {
  const ending = part.slice(part.lastIndexOf(".") + 1).toLowerCase();
  const own = childrenOf(types, "Override").find(
    ({ attributes }) =>
      attributes.get("PartName")?.replace(/^\//u, "").toLowerCase() === part.toLowerCase(),
  );
  const byEnding = childrenOf(types, "Default").find(
    ({ attributes }) => attributes.get("Extension")?.toLowerCase() === ending,
  );
  return (own ?? byEnding)?.attributes.get("ContentType") ?? "";
}

/**
 * Relations of a part to other parts of the file. Types are told apart by their last word:
 * transitional and strict files differ in what is before.
 */
function relationsOf(node: XmlNode | null, folder: string): Relation[] {
  return childrenOf(node, "Relationship").flatMap(({ attributes }) => {
    const [id, type, target] = [
      attributes.get("Id"),
      attributes.get("Type"),
      attributes.get("Target"),
    ];
    if (
      id === undefined ||
      type === undefined ||
      target === undefined ||
      attributes.get("TargetMode") === "External"
    )
      return [];
    return [{ id, type: type.slice(type.lastIndexOf("/") + 1), part: resolvePath(folder, target) }];
  });
}

function resolvePath(folder: string, target: string): string {
  const steps: string[] = [];
  for (const step of (/^[/\\]/u.test(target) ? target : folder + target).split(/[/\\]/u)) {
    if (step === "..") steps.pop();
    else if (step !== "" && step !== ".") steps.push(step);
  }
  return steps.join("/");
}
