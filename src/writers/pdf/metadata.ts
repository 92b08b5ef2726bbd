import type { PdfStandard } from "./standard.js";

/** Facts about the file, written to the Info dictionary and to XMP alike. */
export interface Facts {
  readonly title: string;
  readonly language: string;
  readonly producer: string;
}

/**
 * The XMP packet: title, language, producer, and the standards the file claims.
 *
 * Source: ISO 19005-3, 6.6.2 to 6.6.4; ISO 14289-1, 5. The extension schema is what PDF/A asks for
 * of every property it does not know.
 */
export function xmpPacket(
  { title, language, producer }: Facts,
  standards: readonly PdfStandard[],
): string {
  const shownTitle = `<rdf:li xml:lang="x-default">${escape(title)}</rdf:li>`;
  const descriptions = [
    description(
      'xmlns:dc="http://purl.org/dc/elements/1.1/"',
      "<dc:format>application/pdf</dc:format>" +
        `<dc:title><rdf:Alt>${shownTitle}</rdf:Alt></dc:title>` +
        `<dc:language><rdf:Bag><rdf:li>${language}</rdf:li></rdf:Bag></dc:language>`,
    ),
    description(
      'xmlns:pdf="http://ns.adobe.com/pdf/1.3/"',
      `<pdf:Producer>${escape(producer)}</pdf:Producer>`,
    ),
    description(
      'xmlns:xmp="http://ns.adobe.com/xap/1.0/"',
      `<xmp:CreatorTool>${escape(producer)}</xmp:CreatorTool>`,
    ),
    ...archiveClaim(standards),
    ...accessibilityClaim(standards),
  ];
  return [
    '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>',
    '<x:xmpmeta xmlns:x="adobe:ns:meta/">' +
      '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">',
    ...descriptions,
    "</rdf:RDF></x:xmpmeta>",
    '<?xpacket end="w"?>',
  ].join("\n");
}

function description(namespaces: string, properties: string): string {
  return `<rdf:Description rdf:about="" ${namespaces}>${properties}</rdf:Description>`;
}

/** Which part of PDF/A the file claims, always at level A. */
function archiveClaim(standards: readonly PdfStandard[]): readonly string[] {
  const part = standards.includes("a-3a") ? 3 : standards.includes("a-2a") ? 2 : null;
  if (part === null) return [];
  return [
    description(
      'xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"',
      `<pdfaid:part>${part}</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>`,
    ),
  ];
}

function accessibilityClaim(standards: readonly PdfStandard[]): readonly string[] {
  if (!standards.includes("ua-1")) return [];
  return [
    description(
      'xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"',
      "<pdfuaid:part>1</pdfuaid:part>",
    ),
    UA_SCHEMA,
  ];
}

/** What `pdfuaid:part` means. */
const UA_SCHEMA = description(
  'xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" ' +
    'xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" ' +
    'xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#"',
  [
    '<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">',
    "<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>",
    "<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>",
    "<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>",
    '<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">',
    "<pdfaProperty:name>part</pdfaProperty:name>",
    "<pdfaProperty:valueType>Integer</pdfaProperty:valueType>",
    "<pdfaProperty:category>internal</pdfaProperty:category>",
    "<pdfaProperty:description>Part of PDF/UA</pdfaProperty:description>",
    "</rdf:li></rdf:Seq></pdfaSchema:property>",
    "</rdf:li></rdf:Bag></pdfaExtension:schemas>",
  ].join(""),
);

function escape(text: string): string {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
}
