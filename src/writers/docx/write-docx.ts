import { Packer } from "docx";
import type { Styles } from "../../document/styles.js";
import type { DocumentTree } from "../../document/tree.js";
import type { Family } from "../../typeface/family.js";
import type { Subsetter } from "../../typeface/subset.js";
import { buildDocument } from "./build-document.js";
import { embedFonts } from "./fonts.js";
import { sealPackage } from "./seal.js";

/** Write the tree as a Word file. The same tree gives the same bytes. */
export async function writeDocx(tree: DocumentTree, styles: Styles, family: Family, subsetter: Subsetter): Promise<Uint8Array> {
  const document = buildDocument(tree, styles, family);
  const packed = await Packer.toBuffer(document);
  return sealPackage(packed, { dated: tree.dated, fonts: embedFonts(family, subsetter) });
}
