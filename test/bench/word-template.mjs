import Docxtemplater from "docxtemplater";
import {
  AlignmentType,
  BorderStyle,
  Document,
  Header,
  PageNumber,
  Packer,
  Paragraph,
  Table,
  TableCell,
  TableRow,
  TextRun,
  WidthType,
} from "docx";
import PizZip from "pizzip";
import { PAGE, lookOf } from "./looks.mjs";

const TWIPS_PER_MM = 1440 / 25.4;
const TWIPS_PER_POINT = 20;
const ALIGN = {
  left: AlignmentType.LEFT,
  center: AlignmentType.CENTER,
  right: AlignmentType.RIGHT,
  justify: AlignmentType.JUSTIFIED,
};
const NO_BORDER = { style: BorderStyle.NONE, size: 0, color: "auto" };

/**
 * "table-12": a table of twelve columns. Its rows are a loop of the template, as docxtemplater's
 * manual has it; merged cells are left apart.
 */
const TABLE = "table-";

/**
 * A document tree as data for the template: flat lists of {role: true, text}, one for the body and
 * one for each cell of the grids.
 */
export function templateData(tree) {
  const grids = {};
  const paragraphs = tree.sections.flatMap((section) =>
    section.blocks.flatMap((block) => {
      if (block.kind !== "columns") return entries(block);
      block.rows
        .flat()
        .forEach((cell, index) => (grids[`${block.role}${index}`] = cell.flatMap(entries)));
      return [];
    }),
  );
  return { paragraphs, ...grids };
}

function entries(block) {
  if (block.kind === "rule") return [];
  if (block.kind === "table")
    return [
      {
        [`${TABLE}${block.columns.length}`]: true,
        rows: [...block.head, ...block.rows].map(({ cells }) =>
          Object.fromEntries(
            block.columns.map((_, index) => [
              `c${index}`,
              cells[index] ? plain(cells[index].inlines) : "",
            ]),
          ),
        ),
      },
    ];
  return [
    {
      [block.role]: true,
      text: `${block.label === null ? "" : `${block.label} `}${plain(block.inlines)}`,
    },
  ];
}

function plain(inlines) {
  return inlines
    .map((inline) =>
      inline.kind === "text" ? inline.text : inline.kind === "break" ? "\n" : `[${inline.number}]`,
    )
    .join("");
}

/**
 * Build the template: grids for head and signatures, and loops in which each role that the data has
 * is a section with its own style.
 */
export async function buildTemplate(data) {
  const { margins } = PAGE;
  const mm = (length) => Math.round(length * TWIPS_PER_MM);
  const numbered = new Paragraph({
    alignment: AlignmentType.CENTER,
    children: [new TextRun({ children: [PageNumber.CURRENT] })],
  });
  const document = new Document({
    styles: {
      default: { document: { run: { font: "Times New Roman", size: 28 } } },
      paragraphStyles: [
        ...rolesOf(Object.values(data).flat()).filter((role) => !/\d$/u.test(role)),
        "table-cell",
      ].map(paragraphStyle),
    },
    sections: [
      {
        properties: {
          titlePage: true,
          page: {
            margin: {
              top: mm(margins.top),
              bottom: mm(margins.bottom),
              left: mm(margins.left),
              right: mm(margins.right),
            },
          },
        },
        headers: { default: new Header({ children: [numbered] }) },
        children: [
          grid("masthead", data),
          ...loop("paragraphs", data.paragraphs),
          grid("closing", data),
        ],
      },
    ],
  });
  return Packer.toBuffer(document);
}

function rolesOf(list) {
  return [...new Set(list.flatMap((entry) => Object.keys(entry)))].filter(
    (key) => key !== "text" && key !== "rows",
  );
}

function paragraphStyle(role) {
  const { size, bold, italic, align, indent } = lookOf(role);
  return {
    id: role,
    name: role,
    basedOn: "Normal",
    run: { size: size * 2, bold, italics: italic },
    paragraph: {
      alignment: ALIGN[align],
      indent: { firstLine: indent ? Math.round(PAGE.indent * TWIPS_PER_MM) : 0 },
      spacing: {
        before: align === "justify" ? PAGE.before * TWIPS_PER_POINT : 0,
        line: PAGE.pitch * TWIPS_PER_POINT,
      },
    },
  };
}

function loop(name, list) {
  const sections = rolesOf(list).flatMap((role) => [
    new Paragraph(`{#${role}}`),
    role.startsWith(TABLE) && /\d$/u.test(role)
      ? rowLoop(Number(role.slice(TABLE.length)))
      : new Paragraph({ style: role, text: "{text}", pageBreakBefore: role === "appendix-label" }),
    new Paragraph(`{/${role}}`),
  ]);
  return [new Paragraph(`{#${name}}`), ...sections, new Paragraph(`{/${name}}`)];
}

/** A table whose one row stands for all. */
function rowLoop(columns) {
  const text = (index) =>
    `${index === 0 ? "{#rows}" : ""}{c${index}}${index === columns - 1 ? "{/rows}" : ""}`;
  const cells = Array.from(
    { length: columns },
    (_, index) =>
      new TableCell({ children: [new Paragraph({ style: "table-cell", text: text(index) })] }),
  );
  return new Table({
    width: { size: 100, type: WidthType.PERCENTAGE },
    rows: [new TableRow({ children: cells })],
  });
}

function grid(role, data) {
  const names = Object.keys(data)
    .filter((name) => name.startsWith(role))
    .sort();
  const rows = Array.from({ length: names.length / 2 }, (_, row) =>
    names.slice(row * 2, row * 2 + 2),
  );
  return new Table({
    width: { size: 100, type: WidthType.PERCENTAGE },
    borders: {
      top: NO_BORDER,
      bottom: NO_BORDER,
      left: NO_BORDER,
      right: NO_BORDER,
      insideHorizontal: NO_BORDER,
      insideVertical: NO_BORDER,
    },
    rows: rows.map(
      (cells) =>
        new TableRow({
          children: cells.map(
            (name) => new TableCell({ children: [...loop(name, data[name]), new Paragraph("")] }),
          ),
        }),
    ),
  });
}

/** Fill the template with data and write a Word file, as docxtemplater's manual does it. */
export function fillTemplate(template, data) {
  const filled = new Docxtemplater(new PizZip(template), { paragraphLoop: true, linebreaks: true });
  filled.render(data);
  return filled.getZip().generate({ type: "nodebuffer", compression: "DEFLATE" });
}
