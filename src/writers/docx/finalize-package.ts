import { strFromU8 } from "fflate";
import type { Deflate } from "../../base/deflate.js";
import type { Parts } from "../../base/zip.js";
import { zipSealed } from "../../seals/seal-package.js";
import type { EmbeddedFont } from "./fonts.js";
import { DECREE_FONT } from "./styles.js";

/** Facts the library does not know when it writes the parts. */
export interface PackageFacts {
  /** "2022-08-01": the day the file says it was made. */
  readonly dated: string;
  readonly fonts: readonly EmbeddedFont[];
}

/**
 * Pack a Word file so that the same input gives the same bytes: times fixed, parts in order; and
 * add what the library cannot write: the embedded fonts and their table.
 */
export function finalizePackage(
  written: Parts,
  { dated, fonts }: PackageFacts,
  deflate: Deflate,
): Uint8Array {
  const parts = new Map(written);
  const edit = (name: string, change: (xml: string) => string): void => {
    const part = parts.get(name);
    if (part !== undefined)
      parts.set(name, change(typeof part === "string" ? part : strFromU8(part)));
  };
  edit("docProps/core.xml", (xml) =>
    xml.replace(/(<dcterms:(?:created|modified)[^>]*>)[^<]*/gu, `$1${dated}T00:00:00Z`),
  );
  edit("word/settings.xml", (xml) =>
    xml.replace("<w:embedTrueTypeFonts/>", "<w:embedTrueTypeFonts/><w:saveSubsetFonts/>"),
  );
  parts.set("word/fontTable.xml", fontTable(fonts));
  parts.set("word/_rels/fontTable.xml.rels", fontRelationships(fonts));
  // The faces are deflated already.
  return zipSealed(
    parts,
    fonts.map((font, index) => [fontPart(index), font] as const),
    deflate,
  );
}

function fontPart(index: number): string {
  return `word/fonts/font${index + 1}.odttf`;
}

const EMBED = {
  regular: "embedRegular",
  bold: "embedBold",
  italic: "embedItalic",
  boldItalic: "embedBoldItalic",
} as const;

/**
 * The decree's font by name, its stand-in as alternative, and the embedded faces under the name
 * they truly have.
 */
function fontTable(fonts: readonly EmbeddedFont[]): string {
  const family = fonts[0]?.family ?? DECREE_FONT;
  const traits = '<w:charset w:val="00"/><w:family w:val="roman"/><w:pitch w:val="variable"/>';
  const families = [...new Set([family, ...fonts.map((font) => font.family)])];
  const faces = families
    .map((name) => `<w:font w:name="${name}">${traits}${embeddedFaces(fonts, name)}</w:font>`)
    .join("");
  const decree =
    family === DECREE_FONT
      ? ""
      : `<w:font w:name="${DECREE_FONT}"><w:altName w:val="${family}"/>${traits}</w:font>`;
  const namespaces = `xmlns:w="${WORD}" xmlns:r="${OFFICE_RELATIONSHIPS}"`;
  return `${XML_HEAD}<w:fonts ${namespaces}>${decree}${faces}</w:fonts>`;
}

function embeddedFaces(fonts: readonly EmbeddedFont[], family: string): string {
  return fonts
    .map((font, index) =>
      font.family === family
        ? `<w:${EMBED[font.slot]} r:id="rId${index + 1}" w:fontKey="${font.key}"/>`
        : "",
    )
    .join("");
}

function fontRelationships(fonts: readonly EmbeddedFont[]): string {
  const rows = fonts.map((_, index) => {
    const target = `fonts/font${index + 1}.odttf`;
    const type = `${OFFICE_RELATIONSHIPS}/font`;
    return `<Relationship Id="rId${index + 1}" Type="${type}" Target="${target}"/>`;
  });
  const namespace = `xmlns="${PACKAGE_RELATIONSHIPS}"`;
  return `${XML_HEAD}<Relationships ${namespace}>${rows.join("")}</Relationships>`;
}

const XML_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
const WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const OFFICE_RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships";
