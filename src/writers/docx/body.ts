import { assertNever } from "../../base/diagnostic.js";
import type { Twip } from "../../base/units.js";
import { columnWidths } from "../../document/column-widths.js";
import { RULE_GAP, ruleInset } from "../../document/rule.js";
import { TABLE_GAP, isTable, needsAirBelow, needsTableGap } from "../../document/table-gap.js";
import { type Style, type Styles, pageOf, textWidth } from "../../document/styles.js";
import {
  type Block,
  type Columns,
  type DocumentTree,
  type Footnote,
  type Heading,
  type Paragraph,
  type Section,
  type Table,
  labelled,
} from "../../document/tree.js";
import type { TableFlow } from "../../document/table-flow.js";
import { measureText } from "../../typeface/face.js";
import { type Family, faceOf, measureLook } from "../../typeface/family.js";
import { writeRuns } from "./runs.js";
import type { HeadingRoles } from "./skeleton.js";
import { ALIGNMENT, styleId } from "./styles.js";
import { tableCellMargins, tableColumns, writeTable } from "./table.js";

/** What writing a body needs besides the tree. */
export interface BodyContext {
  readonly styles: Styles;
  readonly family: Family;
  readonly headings: HeadingRoles;
  /** References to the headers, as the skeleton has them. */
  readonly headers: string;
  /** How tables came out on pages. */
  readonly tables: ReadonlyMap<Table, TableFlow>;
}

/**
 * The body of the document part, in pieces: WordprocessingML of all sections. Looks are in the
 * paragraph styles; only what differs is written on a paragraph or run. Elements stand in the order
 * the schema asks for.
 *
 * Source: ECMA-376 Part 1, 17.2 to 17.6.
 */
export function writeBody(tree: DocumentTree, context: BodyContext): string[] {
  const sections = tree.sections.flatMap((section, index) =>
    writeSection(section, index === tree.sections.length - 1, context),
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
  return notes
    .map(
      (note) =>
        `<w:footnote w:id="${note.number}"><w:p><w:pPr><w:pStyle w:val="${styleId("footnote")}"/></w:pPr><w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteRef/></w:r><w:r><w:t xml:space="preserve"> </w:t></w:r>${writeRuns(note.inlines, styles.of.footnote)}</w:p></w:footnote>`,
    )
    .join("");
}

/**
 * A section's last paragraph carries its page settings; those of the last section stand at the end
 * of the body.
 */
function writeSection(section: Section, last: boolean, context: BodyContext): string[] {
  const page = pageOf(context.styles, section.landscape);
  const width = textWidth(page);
  const settings = `<w:sectPr>${context.headers}<w:pgSz w:w="${page.width}" w:h="${page.height}" w:orient="${section.landscape ? "landscape" : "portrait"}"/><w:pgMar w:top="${page.top}" w:right="${page.right}" w:bottom="${page.bottom}" w:left="${page.left}" w:header="${page.header}" w:footer="${page.header}" w:gutter="0"/><w:pgNumType w:start="1"/><w:titlePg/></w:sectPr>`;
  const blocks = writeBlocks(section.blocks, width, context);
  const ending = section.blocks.at(-1);
  if (last) return [...blocks, isTable(ending) ? emptyParagraph(TINY) : "", settings];
  if (ending?.kind === "paragraph") {
    const closing = blocks.pop() ?? "";
    return [...blocks, closing.replace("</w:pPr>", `${settings}</w:pPr>`)];
  }
  return [...blocks, emptyParagraph(TINY, settings)];
}

/**
 * Height of an empty paragraph that Word wants after a table, too small to be seen or to need a
 * page: the least that a line can have.
 */
const TINY: Twip = 1;

function emptyParagraph(height: Twip, settings = ""): string {
  return `<w:p><w:pPr><w:spacing w:before="0" w:after="0" w:line="${height}" w:lineRule="exact"/><w:rPr><w:sz w:val="2"/></w:rPr>${settings}</w:pPr></w:p>`;
}

/** One piece a block, several for a table. */
function writeBlocks(blocks: readonly Block[], width: Twip, context: BodyContext): string[] {
  return blocks.flatMap((block, index) => {
    const gap = needsTableGap(blocks, index) ? [emptyParagraph(TABLE_GAP)] : [];
    if (block.kind !== "table") {
      const xml = writeBlock(block, blocks, index, width, context);
      return [...gap, needsAirBelow(blocks, index) ? withAirBelow(xml) : xml];
    }
    return [
      ...gap,
      ...writeTable(
        block,
        width,
        context.styles,
        measureLook(context.family),
        context.tables.get(block) ?? null,
      ),
    ];
  });
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

function writeBlock(
  block: Exclude<Block, Table>,
  siblings: readonly Block[],
  index: number,
  width: Twip,
  context: BodyContext,
): string {
  switch (block.kind) {
    case "paragraph": {
      const style = context.styles.of[block.role];
      const keep = block.announces && !style.keepNext ? "<w:keepNext/>" : "";
      return `<w:p><w:pPr><w:pStyle w:val="${styleId(block.role)}"/>${keep}</w:pPr>${writeRuns(labelled(block), style)}</w:p>`;
    }
    case "heading":
      return writeHeading(block, context);
    case "rule":
      return writeRule(siblings, index, width, context);
    case "columns":
      return writeColumns(block, width, context);
    default:
      return assertNever(block);
  }
}

function writeHeading(block: Heading, { styles, headings }: BodyContext): string {
  const level = Math.min(block.level, 6);
  const style = styles.of[block.role];
  const usual = styles.of[headings[level - 1] ?? "clause-heading"];
  const own = style === usual ? "" : directParagraph(style);
  return `<w:p><w:pPr><w:pStyle w:val="Heading${level}"/>${own}</w:pPr>${writeRuns(labelled(block), style, usual)}</w:p>`;
}

/** A paragraph's look written on itself: for a heading whose level usually looks otherwise. */
function directParagraph(style: Style): string {
  return `<w:spacing w:before="${style.before}" w:after="${style.after}" w:line="${style.pitch}" w:lineRule="exact"/><w:ind w:firstLine="${style.firstIndent}"/><w:jc w:val="${ALIGNMENT[style.align]}"/>`;
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
  const inset = ruleInset(siblings, index, width, (paragraph: Paragraph, text) => {
    const style = styles.of[paragraph.role];
    return measureText(faceOf(family, style), style.size, text);
  });
  return `<w:p><w:pPr><w:keepNext/><w:pBdr><w:bottom w:val="single" w:sz="6" w:space="0" w:color="000000"/></w:pBdr><w:spacing w:before="0" w:after="0" w:line="${RULE_GAP}" w:lineRule="exact"/><w:ind w:left="${inset}" w:right="${inset}"/><w:rPr><w:sz w:val="2"/></w:rPr></w:pPr></w:p>`;
}

const NO_BORDERS = ["top", "left", "bottom", "right", "insideH", "insideV"]
  .map((side) => `<w:${side} w:val="none" w:sz="0" w:space="0" w:color="auto"/>`)
  .join("");

function writeColumns(block: Columns, width: Twip, context: BodyContext): string {
  const widths = columnWidths(block.shares, width);
  const rows = block.rows.map((row) => {
    const cells = row.map((cell, column) => {
      const columnWidth = widths[column] ?? 0;
      const inner = writeBlocks(cell, columnWidth, context).join("");
      return `<w:tc><w:tcPr><w:tcW w:w="${columnWidth}" w:type="dxa"/></w:tcPr>${inner || emptyParagraph(TINY)}</w:tc>`;
    });
    return `<w:tr><w:trPr><w:cantSplit/></w:trPr>${cells.join("")}</w:tr>`;
  });
  return `<w:tbl><w:tblPr><w:tblW w:w="${width}" w:type="dxa"/><w:tblBorders>${NO_BORDERS}</w:tblBorders><w:tblLayout w:type="fixed"/>${tableCellMargins(0)}</w:tblPr>${tableColumns(widths)}${rows.join("")}</w:tbl>`;
}
