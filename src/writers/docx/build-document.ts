import {
  AlignmentType, BorderStyle, Document, type FileChild, FootnoteReferenceRun, Header, type IParagraphOptions, type ISectionOptions,
  LineRuleType, NoBreakHyphen, PageNumber, PageOrientation, Paragraph as WordParagraph, type ParagraphChild, Table as WordTable, TableCell as WordCell,
  TableLayoutType, TableRow as WordRow, TextRun, WidthType,
} from "docx";
import { assertNever } from "../../base/diagnostic.js";
import type { Twip } from "../../base/units.js";
import { columnWidths } from "../../document/column-widths.js";
import { RULE_GAP, ruleInset } from "../../document/rule.js";
import { type Style, type Styles, pageOf, runFace, textWidth } from "../../document/styles.js";
import {
  type Block, type Columns, type DocumentTree, type Heading, type Inline, type Paragraph, type Section, type Table, type TableRow, labelled,
} from "../../document/tree.js";
import { measureText } from "../../typeface/face.js";
import { type Family, faceOf } from "../../typeface/family.js";
import { DECREE_FONT, STYLE_NAMES, halfPoints, paragraphProperties, runProperties, styleId } from "./styles.js";

interface Context {
  readonly styles: Styles;
  readonly family: Family;
  /** Look of Heading 1, 2, …: the role of the first heading of that level. */
  readonly headingRoles: ReadonlyMap<number, Heading["role"]>;
}

/** The tree as a `docx` document: Word styles by role, sections with their own page numbers, tables without tricks. */
export function buildDocument(tree: DocumentTree, styles: Styles, family: Family): Document {
  const context: Context = { styles, family, headingRoles: headingRoles(tree) };
  const body = styles.of.body;
  const headings = Object.fromEntries([1, 2, 3, 4, 5, 6].map((level) => {
    const style = styles.of[context.headingRoles.get(level) ?? "clause-heading"];
    return [`heading${level}`, { basedOn: "Normal", next: styleId("body"), quickFormat: true, paragraph: paragraphProperties(style), run: { ...runProperties(style), color: "000000" } }];
  }));
  return new Document({
    title: tree.title,
    creator: "kehoach",
    lastModifiedBy: "kehoach",
    description: "",
    compatibility: { version: styles.compatibility },
    styles: {
      default: {
        document: { run: { font: DECREE_FONT, size: halfPoints(body.size), language: { value: "vi-VN", eastAsia: "vi-VN" } } },
        ...headings,
      },
      paragraphStyles: Object.entries(STYLE_NAMES).map(([role, name]) => {
        const style = styles.of[role as keyof Styles["of"]];
        return { id: styleId(role), name, basedOn: "Normal", quickFormat: true, paragraph: paragraphProperties(style), run: runProperties(style) };
      }),
    },
    footnotes: Object.fromEntries(tree.footnotes.map((note) => [note.number, {
      children: [new WordParagraph({ style: styleId("footnote"), children: runs(note.inlines, styles.of.footnote) })],
    }])),
    sections: tree.sections.map((section) => buildSection(section, context)),
  });
}

function headingRoles(tree: DocumentTree): Map<number, Heading["role"]> {
  const roles = new Map<number, Heading["role"]>();
  for (const section of tree.sections) {
    for (const block of section.blocks) if (block.kind === "heading" && !roles.has(block.level)) roles.set(block.level, block.role);
  }
  return roles;
}

function buildSection(section: Section, context: Context): ISectionOptions {
  const page = pageOf(context.styles, section.landscape);
  const children = section.blocks.flatMap((block, index) => buildBlock(block, section.blocks, index, textWidth(page), context));
  // Word wants a paragraph after a table at a section's end; it is made too small to be seen or to need a page.
  if (section.blocks.at(-1)?.kind === "columns" || section.blocks.at(-1)?.kind === "table") children.push(tinyParagraph());
  return {
    properties: {
      page: {
        // The library takes portrait measures and turns them itself.
        size: { width: Math.min(page.width, page.height), height: Math.max(page.width, page.height), orientation: section.landscape ? PageOrientation.LANDSCAPE : PageOrientation.PORTRAIT },
        margin: { top: page.top, bottom: page.bottom, left: page.left, right: page.right, header: page.header, footer: page.header, gutter: 0 },
        pageNumbers: { start: 1 },
      },
      titlePage: true,
    },
    headers: {
      first: new Header({ children: [new WordParagraph({ style: styleId("page-number") })] }),
      default: new Header({ children: [new WordParagraph({ style: styleId("page-number"), children: [new TextRun({ children: [PageNumber.CURRENT] })] })] }),
    },
    children,
  };
}

export function tinyParagraph(): WordParagraph {
  return new WordParagraph({ spacing: { before: 0, after: 0, line: 20, lineRule: LineRuleType.EXACT }, run: { size: 2 } });
}

function buildBlock(block: Block, siblings: readonly Block[], index: number, width: Twip, context: Context): FileChild[] {
  switch (block.kind) {
    case "paragraph":
      return [new WordParagraph({
        style: styleId(block.role),
        ...(block.announces && !context.styles.of[block.role].keepNext ? { keepNext: true } : {}),
        children: runs(labelled(block), context.styles.of[block.role]),
      })];
    case "heading":
      return [headingParagraph(block, context)];
    case "rule":
      return [ruleParagraph(siblings, index, width, context)];
    case "columns":
      return [columnsTable(block, width, context)];
    case "table":
      return [borderedTable(block, width, context)];
    default:
      return assertNever(block);
  }
}

function headingParagraph(block: Heading, context: Context): WordParagraph {
  const style = context.styles.of[block.role];
  const usual = context.styles.of[context.headingRoles.get(block.level) ?? "clause-heading"];
  const options: IParagraphOptions = { heading: `Heading${Math.min(block.level, 6)}` as NonNullable<IParagraphOptions["heading"]> };
  if (style === usual) return new WordParagraph({ ...options, children: runs(labelled(block), style) });
  return new WordParagraph({ ...options, ...paragraphProperties(style), children: runs(labelled(block), style, { bold: style.bold, italics: style.italic, size: halfPoints(style.size) }) });
}

/** A rule is an empty paragraph with a border: it stays where it is when somebody edits the text above. */
function ruleParagraph(siblings: readonly Block[], index: number, width: Twip, context: Context): WordParagraph {
  const inset = ruleInset(siblings, index, width, (paragraph: Paragraph, text) => {
    const style = context.styles.of[paragraph.role];
    return measureText(faceOf(context.family, style), style.size, text);
  });
  return new WordParagraph({
    indent: { left: inset, right: inset },
    spacing: { before: 0, after: 0, line: RULE_GAP, lineRule: LineRuleType.EXACT },
    keepNext: true,
    border: { bottom: { style: BorderStyle.SINGLE, size: 6, space: 0, color: "000000" } },
    run: { size: 2 },
  });
}

const NO_BORDER = { style: BorderStyle.NONE, size: 0, color: "auto" } as const;
const NO_BORDERS = { top: NO_BORDER, bottom: NO_BORDER, left: NO_BORDER, right: NO_BORDER } as const;
const NO_MARGINS = { top: 0, bottom: 0, left: 0, right: 0, marginUnitType: WidthType.DXA } as const;

function columnsTable(block: Columns, width: Twip, context: Context): WordTable {
  const widths = columnWidths(block.shares, width);
  return new WordTable({
    width: { size: width, type: WidthType.DXA },
    columnWidths: widths,
    layout: TableLayoutType.FIXED,
    borders: { ...NO_BORDERS, insideHorizontal: NO_BORDER, insideVertical: NO_BORDER },
    margins: NO_MARGINS,
    rows: block.rows.map((row) => new WordRow({
      cantSplit: true,
      children: row.map((cell, column) => {
        const columnWidth = widths[column] ?? 0;
        const children = cell.flatMap((inner, index) => buildBlock(inner, cell, index, columnWidth, context));
        return new WordCell({
          width: { size: columnWidth, type: WidthType.DXA },
          borders: NO_BORDERS,
          margins: NO_MARGINS,
          children: children.length > 0 ? (children as WordParagraph[]) : [tinyParagraph()],
        });
      }),
    })),
  });
}

function borderedTable(block: Table, width: Twip, context: Context): WordTable {
  const { cellPadding, lineWidth, compatibility } = context.styles;
  const widths = columnWidths(block.shares, width);
  const border = { style: BorderStyle.SINGLE, size: Math.round((lineWidth / 20) * 8), color: "000000" };
  const row = (source: TableRow, head: boolean): WordRow => new WordRow({
    cantSplit: true,
    tableHeader: head,
    children: source.cells.map((cell, column) => new WordCell({
      width: { size: widths[column] ?? 0, type: WidthType.DXA },
      children: [new WordParagraph({
        style: styleId(cell.role),
        alignment: ({ left: AlignmentType.LEFT, center: AlignmentType.CENTER, right: AlignmentType.RIGHT } as const)[cell.align],
        children: runs(cell.inlines, context.styles.of[cell.role]),
      })],
    })),
  });
  return new WordTable({
    width: { size: width, type: WidthType.DXA },
    columnWidths: widths,
    layout: TableLayoutType.FIXED,
    // Mode 14 hangs a table out by its cell margin; the indent brings its edge back to the text's.
    ...(compatibility === 14 ? { indent: { size: cellPadding, type: WidthType.DXA } } : {}),
    borders: { top: border, bottom: border, left: border, right: border, insideHorizontal: border, insideVertical: border },
    margins: { left: cellPadding, right: cellPadding, top: 0, bottom: 0, marginUnitType: WidthType.DXA },
    rows: [...block.head.map((source) => row(source, true)), ...block.rows.map((source) => row(source, false))],
  });
}

/** Inlines as runs. Only what differs from the paragraph's style is written on a run. */
function runs(inlines: readonly Inline[], style: Style, direct: { bold?: boolean; italics?: boolean; size?: number } = {}): ParagraphChild[] {
  return inlines.flatMap((inline): ParagraphChild[] => {
    switch (inline.kind) {
      case "break":
        return [new TextRun({ break: 1 })];
      case "footnote":
        return [new FootnoteReferenceRun(inline.number)];
      case "text": {
        const look = runFace(style, inline.marks);
        const options = {
          ...direct,
          ...(look.bold !== style.bold ? { bold: look.bold } : {}),
          ...(look.italic !== style.italic ? { italics: look.italic } : {}),
        };
        if (!inline.text.includes("\u2011")) return [new TextRun({ ...options, text: inline.text })];
        const pieces = inline.text.split("\u2011").flatMap((piece, index) => (index === 0 ? [piece] : [new NoBreakHyphen(), piece]));
        return [new TextRun({ ...options, children: pieces.filter((piece) => piece !== "") })];
      }
      default:
        return assertNever(inline);
    }
  });
}
