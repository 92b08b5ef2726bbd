import type { Styles } from "../../document/styles.js";
import type { DocumentTree, HeadingRole, PictureBlock, Table } from "../../document/tree.js";
import type { TableLayout } from "../../document/table-layout.js";
import type { PictureSize } from "../../layout/pages/page.js";
import type { Picture } from "../../pictures/picture.js";
import type { Family } from "../../typeface/family.js";
import { writeBody, writeFootnotes } from "./body.js";
import { type WordTools, embedFonts } from "./fonts.js";
import { joinBytes } from "../../base/zip.js";
import { addPictures } from "./pictures.js";
import { finalizePackage } from "./finalize-package.js";
import { type HeadingRoles, type WordSkeleton, skeletonFor } from "./skeleton.js";
import type { CarriedText } from "../../carried/source-record.js";
import { addSource } from "../../carried/word-part.js";
import { escapeXml } from "../../base/xml.js";

/** Other contents of a Word file. */
export interface WordExtras {
  readonly skeletons: ReadonlyMap<string, WordSkeleton>;
  /** The plan's text and its manifest, or null to leave them out. */
  readonly source: CarriedText | null;
  /** How each table of the tree came out of layout. */
  readonly tables: ReadonlyMap<Table, TableLayout>;
  /** How large each picture of the tree came out of layout. */
  readonly pictureSizes: ReadonlyMap<PictureBlock, PictureSize>;
  /** Pictures by the names the document gives them. */
  readonly pictures: ReadonlyMap<string, Picture>;
}

/** Write the tree as a Word file. The same tree gives the same bytes. */
export async function writeDocx(
  tree: DocumentTree,
  styles: Styles,
  family: Family,
  tools: WordTools & WordExtras,
): Promise<Uint8Array> {
  const headings = headingRoles(tree);
  const { parts, head, headers } = await skeletonFor(styles, headings, tools.skeletons);
  const { tables, pictureSizes, pictures } = tools;
  const pictureFiles = [...new Set([...pictureSizes.keys()].map(({ file }) => file))];
  const body = writeBody(tree, {
    styles,
    family,
    headings,
    headers,
    tables,
    pictureSizes,
    pictureFiles,
  });
  const whole = new Map(parts);
  addPictures(
    whole,
    pictureFiles.flatMap((file) => pictures.get(file) ?? []),
  );
  whole.set("word/document.xml", encodePieces([head, ...body, "</w:body></w:document>"]));
  if (tree.footnotes.length > 0) {
    const notes = parts.get("word/footnotes.xml");
    if (typeof notes === "string")
      whole.set(
        "word/footnotes.xml",
        notes.replace("</w:footnotes>", `${writeFootnotes(tree.footnotes, styles)}</w:footnotes>`),
      );
  }
  const core = parts.get("docProps/core.xml");
  if (typeof core === "string")
    whole.set(
      "docProps/core.xml",
      core.replace(/<dc:title>[^<]*/u, `<dc:title>${escapeXml(tree.title)}`),
    );
  if (tools.source) addSource(whole, tools.source);
  return finalizePackage(
    whole,
    { dated: tree.dated, fonts: await embedFonts(family, tools) },
    tools.deflate,
  );
}

/** Text in pieces as one run of bytes: a long table is never one long string. */
function encodePieces(pieces: readonly string[]): Uint8Array {
  const encoder = new TextEncoder();
  const chunks: Uint8Array[] = [];
  for (let at = 0; at < pieces.length; at += PIECES_AT_ONCE)
    chunks.push(encoder.encode(pieces.slice(at, at + PIECES_AT_ONCE).join("")));
  return joinBytes(chunks);
}

const PIECES_AT_ONCE = 100;

/**
 * Heading 1, 2, … look as the first heading of that level does; levels that do not occur as a
 * clause's title.
 */
function headingRoles(tree: DocumentTree): HeadingRoles {
  const roles: HeadingRole[] = Array<HeadingRole>(6).fill("clause-heading");
  const seen = new Set<number>();
  for (const section of tree.sections) {
    for (const block of section.blocks) {
      if (block.kind !== "heading" || block.level > 6 || seen.has(block.level)) continue;
      seen.add(block.level);
      roles[block.level - 1] = block.role;
    }
  }
  return roles;
}
