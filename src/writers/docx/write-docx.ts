import { type Document, Packer } from "docx";
import { unzipSync } from "fflate";
import type { Styles } from "../../document/styles.js";
import type { DocumentTree } from "../../document/tree.js";
import type { Family } from "../../typeface/family.js";
import { buildDocument } from "./build-document.js";
import { type WordTools, embedFonts } from "./fonts.js";
import { type Parts, sealPackage } from "./seal.js";

/** Write the tree as a Word file. The same tree gives the same bytes. */
export async function writeDocx(tree: DocumentTree, styles: Styles, family: Family, tools: WordTools): Promise<Uint8Array> {
  const parts = await writeParts(buildDocument(tree, styles, family));
  return sealPackage(parts, { dated: tree.dated, fonts: await embedFonts(family, tools) }, tools.deflate);
}

interface Compiler {
  compile(document: Document): Parts;
}

/**
 * The parts of the package as the library writes them. Its compiler is asked directly where it can be: packing and unpacking once more only
 * to seal would cost as much as the writing. Without it the public way gives the same parts.
 */
async function writeParts(document: Document): Promise<Parts> {
  const { compiler } = Packer as unknown as { readonly compiler?: Partial<Compiler> };
  const parts = compiler?.compile?.(document);
  if (parts instanceof Map) return parts as Parts;
  return new Map(Object.entries(unzipSync(await Packer.toBuffer(document))));
}
