import { assertNever } from "../../base/diagnostic.js";
import type { Twip } from "../../base/units.js";
import { columnWidths } from "../../document/column-widths.js";
import { RULE_GAP, ruleInset } from "../../document/rule.js";
import { labelInlines } from "../../document/runs.js";
import {
  type PageGeometry,
  type Style,
  type Styles,
  pageOf,
  textWidth,
} from "../../document/styles.js";
import { TABLE_GAP, isTable, needsAirBelow, needsTableGap } from "../../document/table-gap.js";
import type { TableLayout } from "../../document/table-layout.js";
import type {
  Block,
  Columns,
  DocumentTree,
  Footnote,
  Heading,
  Paragraph,
  PictureBlock,
  Section,
  Table,
} from "../../document/tree.js";
import type { PictureSize } from "../../layout/pages/page.js";
import { measureText } from "../../typeface/face.js";
import { type Family, faceOf } from "../../typeface/family.js";
import { changeProperty } from "./changes.js";
import { type WordPicture, writePicture } from "./pictures.js";
import { writeRuns } from "./runs.js";
import type { HeadingRoles } from "./skeleton.js";
import { ALIGNMENT, styleId } from "./styles.js";
import { tableCellMargins, tableColumns, writeTable } from "./table.js";

/** Everything a body depends on besides the tree. */
export interface BodyContext {
  readonly styles: Styles;
  readonly family: Family;
  readonly headings: HeadingRoles;
  /** References to the headers, as the skeleton has them. */
  readonly headers: string;
  /** How each table came out of layout. */
  readonly tables: ReadonlyMap<Table, TableLayout>;
  /** How large each picture came out of layout, in the order of the document. */
  readonly pictureSizes: ReadonlyMap<PictureBlock, PictureSize>;
  /** Names of picture files, in the order of their numbers in the package. */
  readonly pictureFiles: readonly string[];
}

/**
 * The body of the document part, in pieces: WordprocessingML of all sections. Looks are in the
 * paragraph styles; only what differs is written on a paragraph or run. Elements stand in the order
 * the schema asks for.
 *
 * Source: ECMA-376 Part 1, 17.2 to 17.6.
 */
export function writeBody(tree: DocumentTree, context: BodyContext): string[] {
  const last = tree.sections.at(-1);
  const sections = tree.sections.flatMap((section) =>
    section === last ? writeLastSection(section, context) : writeSection(section, context),
  );
  return needsStart(tree) ? [emptyParagraph(TINY), ...sections] : sections;
}

/**
 * LibreOffice puts a line of its own above a table that a document with footnotes begins with; it
 * does not when there is a paragraph.
 */
function needsStart({ sections, footnotes }: DocumentTree): boolean {
  return footnotes.length > 0 && isTable(sections[0]?.blocks[0]);
}

/** The notes themselves, to stand in the footnotes part. */
export function writeFootnotes(notes: readonly Footnote[], styles: Styles): string {
  const number = '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteRef/></w:r>';
  const blank = '<w:r><w:t xml:space="preserve"> </w:t></w:r>';
  return notes
    .map((note) => {
      const text = writeRuns(note.inlines, styles.byRole.footnote);
      return (
        `<w:footnote w:id="${note.number}"><w:p><w:pPr>` +
        `<w:pStyle w:val="${styleId("footnote")}"/></w:pPr>${number}${blank}${text}` +
        "</w:p></w:footnote>"
      );
    })
    .join("");
}

/** The page settings of the last section stand at the end of the body. */
function writeLastSection(section: Section, context: BodyContext): string[] {
  const page = pageOf(context.styles, section.landscape);
  const ending = isTable(section.blocks.at(-1)) ? emptyParagraph(TINY) : "";
  return [
    ...writeBlocks(section.blocks, textWidth(page), context),
    ending,
    sectionSettings(section, page, context),
  ];
}

/** The page settings of any other section stand in its last paragraph. */
function writeSection(section: Section, context: BodyContext): string[] {
  const page = pageOf(context.styles, section.landscape);
  const settings = sectionSettings(section, page, context);
  const blocks = writeBlocks(section.blocks, textWidth(page), context);
  if (section.blocks.at(-1)?.kind === "paragraph") {
    const closing = blocks.pop() ?? "";
    return [...blocks, closing.replace("</w:pPr>", `${settings}</w:pPr>`)];
  }
  return [...blocks, emptyParagraph(TINY, settings)];
}

function sectionSettings(
  { landscape }: Section,
  page: PageGeometry,
  { headers }: BodyContext,
): string {
  const orientation = landscape ? "landscape" : "portrait";
  return (
    `<w:sectPr>${headers}` +
    `<w:pgSz w:w="${page.width}" w:h="${page.height}" w:orient="${orientation}"/>` +
    `<w:pgMar w:top="${page.top}" w:right="${page.right}" w:bottom="${page.bottom}"` +
    ` w:left="${page.left}" w:header="${page.header}" w:footer="${page.header}" w:gutter="0"/>` +
    '<w:pgNumType w:start="1"/><w:titlePg/></w:sectPr>'
  );
}

/**
 * Height of an empty paragraph that Word wants after a table, too small to be seen or to need a
 * page: the least that a line can have.
 */
const TINY: Twip = 1;

function emptyParagraph(height: Twip, settings = ""): string {
  return (
    `<w:p><w:pPr><w:spacing w:before="0" w:after="0" w:line="${height}" w:lineRule="exact"/>` +
    `<w:rPr><w:sz w:val="2"/></w:rPr>${settings}</w:pPr></w:p>`
  );
}

/** One piece a block, several for a table. */
function writeBlocks(blocks: readonly Block[], width: Twip, context: BodyContext): string[] {
  return blocks.flatMap((block, index) => {
    const gap = needsTableGap(blocks, index) ? [emptyParagraph(TABLE_GAP)] : [];
    if (block.kind === "table") return [...gap, ...writeLaidOutTable(block, width, context)];
    const xml =
      block.kind === "rule"
        ? writeRule(blocks, index, width, context)
        : writeBlock(block, width, context);
    if (!needsAirBelow(blocks, index)) return [...gap, xml];
    return [...gap, block.kind === "picture" ? withAirBelowLast(xml) : withAirBelow(xml)];
  });
}

function writeLaidOutTable(table: Table, width: Twip, { styles, tables }: BodyContext): string[] {
  const layout = tables.get(table);
  if (!layout) throw new Error("a table was written before it was laid out");
  return writeTable(table, width, layout, styles);
}

/** The same paragraph with the least space below it that an untitled table wants. */
function withAirBelow(xml: string): string {
  if (xml.includes('w:after="0"')) return xml.replace('w:after="0"', `w:after="${TABLE_GAP}"`);
  // Elements stand in the schema's order: spacing after the keeps and borders, before indents and
  // alignment.
  return xml.replace(
    /(<w:pStyle [^>]*\/>(?:<w:keepNext\/>)?)/u,
    `$1<w:spacing w:after="${TABLE_GAP}"/>`,
  );
}

/** A picture may have a caption: the air is below that. */
function withAirBelowLast(xml: string): string {
  const last = xml.lastIndexOf("<w:p>");
  return xml.slice(0, last) + xml.slice(last).replace(/w:after="\d+"/u, `w:after="${TABLE_GAP}"`);
}

function writeBlock(
  block: Exclude<Block, { readonly kind: "table" | "rule" }>,
  width: Twip,
  context: BodyContext,
): string {
  switch (block.kind) {
    case "paragraph":
      return writeParagraph(block, context);
    case "heading":
      return writeHeading(block, context);
    case "columns":
      return writeColumns(block, width, context);
    case "picture":
      return writePicture(block, wordPicture(block, context));
    default:
      return assertNever(block);
  }
}

function wordPicture(block: PictureBlock, context: BodyContext): WordPicture {
  const { styles, pictureSizes, pictureFiles } = context;
  const size = pictureSizes.get(block);
  if (!size) throw new Error("a picture was written before it was laid out");
  return {
    number: [...pictureSizes.keys()].indexOf(block) + 1,
    file: pictureFiles.indexOf(block.file) + 1,
    size,
    before: styles.byRole.body.before,
    captionStyle: styles.pictureCaption,
    body: styles.byRole.body,
  };
}

function writeParagraph(block: Paragraph, { styles }: BodyContext): string {
  const style = styles.byRole[block.role];
  const keep = block.introducesNext && !style.keepWithNext ? "<w:keepNext/>" : "";
  const properties = `<w:pStyle w:val="${styleId(block.role)}"/>${keep}`;
  return writeText(block, properties, style, style);
}

function writeHeading(block: Heading, { styles, headings }: BodyContext): string {
  const level = Math.min(block.level, 6);
  const style = styles.byRole[block.role];
  const usual = styles.byRole[headings[level - 1] ?? "clause-heading"];
  const direct = style === usual ? "" : directParagraph(style);
  return writeText(block, `<w:pStyle w:val="Heading${level}"/>${direct}`, style, usual);
}

/** A paragraph with its properties, label and text; `inherited` is the look of its Word style. */
function writeText(
  block: Paragraph | Heading,
  properties: string,
  style: Style,
  inherited: Style,
): string {
  const runs =
    writeRuns(labelInlines(block), style, inherited) + writeRuns(block.inlines, style, inherited);
  return `<w:p><w:pPr>${properties}${changeProperty(block)}</w:pPr>${runs}</w:p>`;
}

/** A paragraph's look written on itself: for a heading whose level usually looks otherwise. */
function directParagraph(style: Style): string {
  return (
    `<w:spacing w:before="${style.before}" w:after="${style.after}"` +
    ` w:line="${style.lineHeight}" w:lineRule="exact"/>` +
    `<w:ind w:firstLine="${style.firstIndent}"/><w:jc w:val="${ALIGNMENT[style.align]}"/>`
  );
}

/**
 * A rule is an empty paragraph with a border: it stays where it is when somebody edits the text
 * above.
 */
function writeRule(
  siblings: readonly Block[],
  index: number,
  width: Twip,
  { styles, family }: BodyContext,
): string {
  const inset = ruleInset(siblings, index, width, (paragraph, text) => {
    const style = styles.byRole[paragraph.role];
    return measureText(faceOf(family, style), style.size, text);
  });
  const border = '<w:bottom w:val="single" w:sz="6" w:space="0" w:color="000000"/>';
  const spacing = `<w:spacing w:before="0" w:after="0" w:line="${RULE_GAP}" w:lineRule="exact"/>`;
  return (
    `<w:p><w:pPr><w:keepNext/><w:pBdr>${border}</w:pBdr>${spacing}` +
    `<w:ind w:left="${inset}" w:right="${inset}"/><w:rPr><w:sz w:val="2"/></w:rPr></w:pPr></w:p>`
  );
}

const NO_BORDERS = ["top", "left", "bottom", "right", "insideH", "insideV"]
  .map((side) => `<w:${side} w:val="none" w:sz="0" w:space="0" w:color="auto"/>`)
  .join("");

function writeColumns(block: Columns, width: Twip, context: BodyContext): string {
  const widths = columnWidths(block.shares, width);
  const rows = block.rows.map((row) => {
    const cells = row.map((cell, column) => {
      const columnWidth = widths[column] ?? 0;
      const inner = writeBlocks(cell, columnWidth, context).join("") || emptyParagraph(TINY);
      const properties = `<w:tcW w:w="${columnWidth}" w:type="dxa"/>`;
      return `<w:tc><w:tcPr>${properties}</w:tcPr>${inner}</w:tc>`;
    });
    return `<w:tr><w:trPr><w:cantSplit/></w:trPr>${cells.join("")}</w:tr>`;
  });
  const properties =
    `<w:tblW w:w="${width}" w:type="dxa"/><w:tblBorders>${NO_BORDERS}</w:tblBorders>` +
    `<w:tblLayout w:type="fixed"/>${tableCellMargins(0)}`;
  return `<w:tbl><w:tblPr>${properties}</w:tblPr>${tableColumns(widths)}${rows.join("")}</w:tbl>`;
}
