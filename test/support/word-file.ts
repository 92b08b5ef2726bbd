import { strToU8, zipSync } from "fflate";
import type {
  SourceBlock,
  SourceCell,
  SourceParagraph,
  SourceText,
} from "../../src/reading/source-text.js";

/** The XML inside the parts of a Word file; those left out are not in the file. */
export interface WordSketch {
  readonly body: string;
  readonly styles?: string;
  readonly numbering?: string;
  readonly footnotes?: string;
  readonly endnotes?: string;
  readonly header?: string;
}

const TRANSITIONAL = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const NAMESPACES =
  `xmlns:w="${TRANSITIONAL}" xmlns:r="${RELATIONS}" ` +
  'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" ' +
  'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" ' +
  'xmlns:v="urn:schemas-microsoft-com:vml" ' +
  'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"';
const MAIN_TYPE =
  "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml";

/** The parts of a small Word file, by their names. */
export function wordParts({ body, header, ...others }: WordSketch): Record<string, string> {
  const kinds = {
    styles: "styles",
    numbering: "numbering",
    footnotes: "footnotes",
    endnotes: "endnotes",
  } as const;
  const section =
    header === undefined
      ? ""
      : `<w:sectPr><w:headerReference w:type="default" r:id="head"/></w:sectPr>`;
  const parts: Record<string, string> = {
    "[Content_Types].xml":
      '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">' +
      '<Default Extension="rels" ' +
      'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
      `<Override PartName="/word/document.xml" ContentType="${MAIN_TYPE}"/></Types>`,
    "_rels/.rels": relations([["main", "officeDocument", "word/document.xml"]]),
    "word/document.xml":
      `<w:document ${NAMESPACES}>` + `<w:body>${body}${section}</w:body></w:document>`,
  };
  const links: [string, string, string][] = [];
  for (const [name, root] of Object.entries(kinds)) {
    const content = others[name as keyof typeof kinds];
    if (content === undefined) continue;
    parts[`word/${name}.xml`] = `<w:${root} ${NAMESPACES}>${content}</w:${root}>`;
    links.push([name, name, `${name}.xml`]);
  }
  if (header !== undefined) {
    parts["word/header1.xml"] = `<w:hdr ${NAMESPACES}>${header}</w:hdr>`;
    links.push(["head", "header", "header1.xml"]);
  }
  return { ...parts, "word/_rels/document.xml.rels": relations(links) };
}

function relations(
  links: readonly (readonly [id: string, type: string, target: string])[],
): string {
  const list = links.map(
    ([id, type, target]) =>
      `<Relationship Id="${id}" Type="${RELATIONS}/${type}" Target="${target}"/>`,
  );
  const space = "http://schemas.openxmlformats.org/package/2006/relationships";
  return `<Relationships xmlns="${space}">${list.join("")}</Relationships>`;
}

export function zipTexts(parts: Readonly<Record<string, string>>): Uint8Array {
  return zipSync(
    Object.fromEntries(Object.entries(parts).map(([name, text]) => [name, strToU8(text)])),
    { mtime: "1980-01-01T00:00:00" },
  );
}

export function wordFile(sketch: WordSketch): Uint8Array {
  return zipTexts(wordParts(sketch));
}

/** A run of text, a paragraph, a row of cells. Texts without a "<" are put into a run. */
export function run(text: string, look = ""): string {
  return element("r", look, `<w:t xml:space="preserve">${text}</w:t>`);
}
export function para(content: string, look = ""): string {
  const inside = content === "" || content.startsWith("<") ? content : run(content);
  return element("p", look, inside);
}
export function cell(content: string, look = ""): string {
  return element("tc", look, content.startsWith("<") ? content : para(content));
}
export function row(cells: readonly string[], look = ""): string {
  const inside = cells.map((content) => (content.startsWith("<") ? content : cell(content)));
  return element("tr", look, inside.join(""));
}
export function table(rows: readonly string[], look = ""): string {
  return element("tbl", look, rows.join(""));
}

/** An element with its properties, which stand first and are left out when there are none. */
function element(name: string, look: string, inside: string): string {
  return `<w:${name}>${look && `<w:${name}Pr>${look}</w:${name}Pr>`}${inside}</w:${name}>`;
}

/**
 * A text that was read, a paragraph or row of a table a line: labels before the text, line breaks
 * as “⏎”, notes at the end.
 */
export function printSource({ blocks, footnotes }: SourceText): string[] {
  const notes = [...footnotes].map(
    ([name, paragraphs]) => `[^${name}] ${paragraphs.map(printParagraph).join(" ¶ ")}`,
  );
  return [...blocks.flatMap(printBlock), ...notes];
}

function printBlock(block: SourceBlock): string[] {
  if (block.kind === "paragraph") return [printParagraph(block)];
  const rows = block.rows.map((cells) => `| ${cells.map(printCell).join(" | ")} |`);
  return [
    `table ${block.ruled ? "ruled" : "bare"}${block.head > 0 ? ` head ${block.head}` : ""}`,
    ...rows,
  ];
}

/** How many columns and rows a merged cell takes stands before its text. */
function printCell({ paragraphs, columns, rows }: SourceCell): string {
  const merged = columns === 1 && rows === 1 ? "" : `(${columns}×${rows}) `;
  return merged + paragraphs.map(printParagraph).join(" ¶ ");
}

/** Marks are written as in Markdown. */
export function printParagraph({ label, text, marks, look }: SourceParagraph): string {
  const signs = marks.flatMap((mark) => {
    if (mark.kind === "note") return [{ at: mark.from, sign: `[^${mark.note}]` }];
    const sign = mark.kind === "bold" ? "**" : "_";
    return [
      { at: mark.from, sign },
      { at: mark.to, sign },
    ];
  });
  const marked = signs
    .sort((a, b) => b.at - a.at)
    .reduce((done, { at, sign }) => done.slice(0, at) + sign + done.slice(at), text);
  const heading = look.outline > 0 ? `${"#".repeat(look.outline)} ` : "";
  const number = label === null ? "" : `‹${label}› `;
  const outer = `${look.bold ? "**" : ""}${look.italic ? "_" : ""}`;
  return (heading + number + outer + marked + [...outer].reverse().join(""))
    .replaceAll("\n", "⏎")
    .replaceAll("\t", "⇥");
}
