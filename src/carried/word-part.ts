import { escapeXml } from "../base/xml.js";
import type { CarriedText } from "./source-record.js";

/** Namespace by which a custom XML part is known to be a plan's source. */
export const SOURCE_NAMESPACE = "urn:kehoach:source:1";

/** Signs that XML cannot hold or would change: the text then travels as base64. */
const NOT_FOR_XML = /[\u0000-\u0008\u000b\u000c\r\u000e-\u001f\ufffe\uffff]|[\ud800-\udfff]/u;

/** The custom XML part that holds a plan's text, its manifest and its data files. */
function sourcePart({ plan, manifest, data }: CarriedText): string {
  const plain = !NOT_FOR_XML.test(plan);
  const text = plain ? escapeXml(plan) : base64(new TextEncoder().encode(plan));
  return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><source xmlns="${SOURCE_NAMESPACE}"><manifest>${escapeXml(manifest)}</manifest><plan encoding="${plain ? "text" : "base64"}">${text}</plan>${data.map(({ name, bytes }) => `<data name="${escapeXml(name)}">${base64(bytes)}</data>`).join("")}</source>`;
}

/** Bytes turned to signs at once: a call takes no more arguments than this with safety. */
const PIECE = 8192;

function base64(bytes: Uint8Array): string {
  const pieces: string[] = [];
  for (let at = 0; at < bytes.length; at += PIECE)
    pieces.push(String.fromCharCode(...bytes.subarray(at, at + PIECE)));
  return btoa(pieces.join(""));
}

/**
 * Put the part into a package: the part, its properties, and their relationships. Source: ISO/IEC
 * 29500-1, 15.2.5 and 15.2.6.
 */
export function addSource(parts: Map<string, string | Uint8Array>, source: CarriedText): void {
  parts.set("customXml/item1.xml", sourcePart(source));
  parts.set(
    "customXml/itemProps1.xml",
    `<?xml version="1.0" encoding="UTF-8" standalone="no"?><ds:datastoreItem xmlns:ds="http://schemas.openxmlformats.org/officeDocument/2006/customXml" ds:itemID="{6B656861-6F61-4368-A000-736F75726365}"><ds:schemaRefs><ds:schemaRef ds:uri="${SOURCE_NAMESPACE}"/></ds:schemaRefs></ds:datastoreItem>`,
  );
  parts.set(
    "customXml/_rels/item1.xml.rels",
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/customXmlProps" Target="itemProps1.xml"/></Relationships>',
  );
  edit(parts, "word/_rels/document.xml.rels", (xml) =>
    xml.replace(
      "</Relationships>",
      '<Relationship Id="rIdSource" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/customXml" Target="../customXml/item1.xml"/></Relationships>',
    ),
  );
  edit(parts, "[Content_Types].xml", (xml) =>
    xml.replace(
      "</Types>",
      '<Override PartName="/customXml/itemProps1.xml" ContentType="application/vnd.openxmlformats-officedocument.customXmlProperties+xml"/></Types>',
    ),
  );
}

function edit(
  parts: Map<string, string | Uint8Array>,
  name: string,
  change: (xml: string) => string,
): void {
  const part = parts.get(name);
  if (typeof part === "string") parts.set(name, change(part));
}
