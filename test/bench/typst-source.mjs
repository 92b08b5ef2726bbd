import { PAGE, SIGNATURE_ROOM, lookOf } from "./looks.mjs";

const { margins, indent, pitch, before } = PAGE;
/** Points between the lines of a paragraph, and between paragraphs. */
const LEADING = pitch - 14;
const SPACING = LEADING + before;

/**
 * Page, fonts and headings as the default profile has them; lines are broken greedily, as ours are.
 */
const preamble = ({ title, linebreaks }) => `#set document(title: ${quote(title)}, date: none)
#set page(
  paper: "a4",
  margin: (
    top: ${margins.top}mm, bottom: ${margins.bottom}mm,
    left: ${margins.left}mm, right: ${margins.right}mm,
  ),
  header-ascent: 7mm,
  header: context { let n = counter(page).get().first(); if n > 1 { align(center, str(n)) } },
)
#set text(
  font: "Liberation Serif", size: 14pt, lang: "vi", hyphenate: false, fallback: false,
  top-edge: 0.8em, bottom-edge: -0.2em,
)
#set par(
  justify: true, linebreaks: "${linebreaks}", leading: ${LEADING}pt, spacing: ${SPACING}pt,
  first-line-indent: (amount: ${indent}mm, all: true),
)
#show heading: set text(size: 14pt)
#show heading: it => block(
  above: ${SPACING}pt, below: ${SPACING}pt, sticky: true, par(it.body)
)
#let narrow(body) = {
  set par(justify: false, first-line-indent: 0pt, leading: 2pt, spacing: 2pt)
  body
}
`;

/**
 * A document tree as Typst source: the same text, headings as headings, header and signatures as
 * grids, appendices on new pages. `linebreaks`: "simple" (first fit) or "optimized" (Knuth-Plass),
 * as Typst calls them.
 */
export function typstSource(tree, linebreaks) {
  const notes = new Map(tree.footnotes.map((note) => [note.number, note]));
  const sections = tree.sections.map(
    (section, index) =>
      `${index === 0 ? "" : sectionBreak(section)}${blocks(section.blocks, notes)}`,
  );
  return preamble({ title: tree.title, linebreaks }) + sections.join("\n\n");
}

function sectionBreak({ landscape }) {
  return `\n#set page(flipped: ${landscape})\n#pagebreak(weak: true)\n#counter(page).update(1)\n\n`;
}

function blocks(list, notes) {
  return list.map((block) => WRITERS[block.kind](block, notes)).join("\n\n");
}

const WRITERS = {
  paragraph: (block, notes) => paragraph(block, notes),
  heading: (block, notes) =>
    `#heading(level: ${block.level})` +
    `[${styledText(block, { ...lookOf(block.role), bold: false }, notes)}]`,
  rule: ({ share }) => `#align(center, line(length: ${Math.round(share * 50)}%, stroke: 0.5pt))`,
  columns: ({ shares, rows }, notes) =>
    `#narrow(grid(columns: ${fractions(shares)}, row-gutter: 6pt, ${rows
      .flat()
      .map((cell) => `[${blocks(cell, notes)}]`)
      .join(", ")}))`,
  table: ({ columns, head, rows }, notes) => {
    const widths = columns.map(({ share }) => (share === null ? "auto" : `${share}fr`));
    const header = `table.header(${cells(head, notes)})`;
    const look = `columns: (${widths.join(", ")},), stroke: 0.5pt, inset: 3.5pt`;
    return `#narrow(table(${look}, ${header}, ${cells(rows, notes)}))`;
  },
};

function paragraph(block, notes) {
  const look = lookOf(block.role);
  const text = styledText(block, look, notes);
  const room =
    block.role === "signature-name" || block.role === "signature-office"
      ? `#v(${SIGNATURE_ROOM}pt)\n`
      : "";
  return look.align === "justify" ? text : `${room}#align(${look.align})[${text}]`;
}

/**
 * Cells in reading order. A decimal column is set right: Typst has no decimal alignment of its own.
 */
function cells(rows, notes) {
  return rows
    .flatMap((row) => row.cells)
    .map((cell) => {
      const align = cell.align === "decimal" ? "right" : cell.align;
      const text = `[${styledText({ ...cell, label: null }, lookOf(cell.role), notes)}]`;
      return cell.columns > 1 || cell.rows > 1
        ? `table.cell(colspan: ${cell.columns}, rowspan: ${cell.rows}, align: ${align}, ${text})`
        : `align(${align})${text}`;
    })
    .join(", ");
}

function fractions(shares) {
  return `(${shares.map((share) => `${share}fr`).join(", ")},)`;
}

/** Label and text with size, weight and slant written only where they differ from the page's. */
function styledText({ label, inlines }, { size, bold, italic }, notes) {
  const number = label === null ? "" : `#${quote(`${label} `)};`;
  const text = number + inlineSources(inlines, notes);
  const options = [
    ...(size === 14 ? [] : [`size: ${size}pt`]),
    ...(bold ? ['weight: "bold"'] : []),
    ...(italic ? ['style: "italic"'] : []),
  ];
  return options.length === 0 ? text : `#text(${options.join(", ")})[${text}]`;
}

function inlineSources(inlines, notes) {
  return inlines.map((inline) => inlineSource(inline, notes)).join("");
}

function inlineSource(inline, notes) {
  if (inline.kind === "break") return "#linebreak();";
  if (inline.kind === "footnote")
    return `#footnote[${inlineSources(notes.get(inline.number)?.inlines ?? [], notes)}];`;
  const text = `#${quote(inline.text)};`;
  const bold = inline.marks.includes("bold") ? `#strong[${text}]` : text;
  return inline.marks.includes("italic") ? `#emph[${bold}]` : bold;
}

/** A Typst string. The face has no no-break hyphen, so a hyphen takes its place. */
function quote(text) {
  return JSON.stringify(text.replaceAll("\u2011", "-")).replaceAll(/\\u([0-9a-f]{4})/gu, "\\u{$1}");
}
