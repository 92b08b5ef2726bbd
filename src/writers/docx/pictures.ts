import { escapeXml } from "../../base/xml.js";
import type { Style } from "../../document/styles.js";
import type { PictureBlock } from "../../document/tree.js";
import { labelInlines } from "../../document/runs.js";
import type { PictureSize } from "../../layout/pages/page.js";
import type { Picture } from "../../pictures/picture.js";
import { writeRuns } from "./runs.js";
import { ALIGNMENT, styleId } from "./styles.js";

/** Twips to English metric units, in which drawings are measured. */
const EMU_PER_TWIP = 635;

/** A picture with its place in the document, and the caption's look. */
export interface WordPicture {
  /** Number of the picture in the document, from 1; names its drawing. */
  readonly number: number;
  /** Number of its file in the package, from 1. */
  readonly file: number;
  readonly size: PictureSize;
  /** Space above it, in twips. */
  readonly before: number;
  readonly captionStyle: Style;
  readonly body: Style;
}

/**
 * A picture as a paragraph of its own that holds one inline drawing, and its caption. The line is
 * as high as the picture: its font is as small as can be.
 *
 * Source: ECMA-376 Part 1, 20.4.2.8 (inline), 20.2.2.5 (pic).
 */
export function writePicture(block: PictureBlock, picture: WordPicture): string {
  const { caption } = block;
  const keep = caption === null ? "" : "<w:keepNext/>";
  const properties =
    `${keep}<w:spacing w:before="${picture.before}" w:after="0" w:line="240" w:lineRule="auto"/>` +
    '<w:ind w:firstLine="0"/><w:jc w:val="center"/><w:rPr><w:sz w:val="2"/></w:rPr>';
  const run = `<w:r><w:rPr><w:sz w:val="2"/></w:rPr>${drawing(block, picture)}</w:r>`;
  return `<w:p><w:pPr>${properties}</w:pPr>${run}</w:p>${writeCaption(block, picture)}`;
}

function writeCaption({ caption }: PictureBlock, { captionStyle, body }: WordPicture): string {
  if (caption === null) return "";
  const { before, after, lineHeight, firstIndent, align } = captionStyle;
  const properties =
    `<w:pStyle w:val="${styleId("body")}"/><w:keepLines/>` +
    `<w:spacing w:before="${before}" w:after="${after}"` +
    ` w:line="${lineHeight}" w:lineRule="exact"/>` +
    `<w:ind w:firstLine="${firstIndent}"/><w:jc w:val="${ALIGNMENT[align]}"/>`;
  const runs =
    writeRuns(labelInlines(caption), captionStyle, body) +
    writeRuns(caption.inlines, captionStyle, body);
  return `<w:p><w:pPr>${properties}</w:pPr>${runs}</w:p>`;
}

const NAMESPACES = {
  wp: "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
  a: "http://schemas.openxmlformats.org/drawingml/2006/main",
  pic: "http://schemas.openxmlformats.org/drawingml/2006/picture",
  r: "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
} as const;

function drawing({ alt, file: name }: PictureBlock, { number, file, size }: WordPicture): string {
  const extent = `cx="${size.width * EMU_PER_TWIP}" cy="${size.height * EMU_PER_TWIP}"`;
  const named = `id="${number}" name="Hình ${number}"`;
  const blip = `<a:blip xmlns:r="${NAMESPACES.r}" r:embed="${relationshipId(file)}"/>`;
  return (
    "<w:drawing>" +
    `<wp:inline xmlns:wp="${NAMESPACES.wp}" distT="0" distB="0" distL="0" distR="0">` +
    `<wp:extent ${extent}/><wp:docPr ${named} descr="${escapeXml(alt)}"/>` +
    `<a:graphic xmlns:a="${NAMESPACES.a}"><a:graphicData uri="${NAMESPACES.pic}">` +
    `<pic:pic xmlns:pic="${NAMESPACES.pic}"><pic:nvPicPr>` +
    `<pic:cNvPr id="${number}" name="${escapeXml(name)}"/><pic:cNvPicPr/></pic:nvPicPr>` +
    `<pic:blipFill>${blip}<a:stretch><a:fillRect/></a:stretch></pic:blipFill>` +
    `<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext ${extent}/></a:xfrm>` +
    '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>' +
    "</a:graphicData></a:graphic></wp:inline></w:drawing>"
  );
}

function relationshipId(file: number): string {
  return `rIdPicture${file}`;
}

const EXTENSIONS = { png: "png", jpeg: "jpeg" } as const;

/**
 * Put picture files into a package: the files, their relationships, their content types. `files`
 * are in the order of their numbers.
 */
export function addPictures(
  parts: Map<string, string | Uint8Array>,
  files: readonly Picture[],
): void {
  if (files.length === 0) return;
  const types = new Set(files.map(({ format }) => EXTENSIONS[format]));
  const relationships = files.map(({ format, bytes }, index) => {
    const target = `media/image${index + 1}.${EXTENSIONS[format]}`;
    parts.set(`word/${target}`, bytes);
    return `<Relationship Id="${relationshipId(index + 1)}" Type="${NAMESPACES.r}/image" Target="${target}"/>`;
  });
  edit(parts, "word/_rels/document.xml.rels", "</Relationships>", relationships.join(""));
  const defaults = [...types].map(
    (type) => `<Default Extension="${type}" ContentType="image/${type}"/>`,
  );
  const contentTypes = parts.get("[Content_Types].xml");
  if (typeof contentTypes === "string") {
    const missing = defaults.filter((one) => !contentTypes.includes(one.slice(0, 30)));
    parts.set(
      "[Content_Types].xml",
      contentTypes.replace(/(<Types [^>]*>)/u, `$1${missing.join("")}`),
    );
  }
}

function edit(
  parts: Map<string, string | Uint8Array>,
  name: string,
  before: string,
  added: string,
): void {
  const part = parts.get(name);
  if (typeof part === "string") parts.set(name, part.replace(before, `${added}${before}`));
}
