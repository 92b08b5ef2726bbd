import { type Diagnostic, type Outcome, fail, succeed } from "../base/diagnostic.js";
import type { Twip } from "../base/units.js";
import { type PageGeometry, type Styles, pageOf, textWidth } from "../document/styles.js";
import type { TableFlow } from "../document/table-flow.js";
import { type DocumentTree, type Footnote, type Section, type Table } from "../document/tree.js";
import type { Family } from "../typeface/family.js";
import { type LayoutContext, buildBoxes, linePieces, shiftItem } from "./build-boxes.js";
import { ElementList } from "./elements.js";
import { type Box, type Piece, heightOf } from "./pages/box.js";
import {
  LAYOUT_ARTIFACT,
  PAGINATION_ARTIFACT,
  type Page,
  type PageItem,
  type PagedDocument,
  type TextItem,
} from "./pages/page.js";
import { type PlacedPage, paginate } from "./pages/paginate.js";
import { tooTall } from "./too-tall.js";

/** The line above footnotes: a third of the text's width, with air above and below. */
const NOTES_LINE = { above: 57, below: 57, share: 0.25, thickness: 10 } as const;

/**
 * Lay a document out: tree → pages.
 * Errors: signs that the faces lack, each at its place in the plan.
 */
export function layoutDocument(
  tree: DocumentTree,
  styles: Styles,
  family: Family,
): Outcome<PagedDocument> {
  const problems: Diagnostic[] = [];
  const elements = new ElementList();
  const root = elements.add("Document", null, { plan: null, template: null });
  const pages: Page[] = [];
  const tables = new Map<Table, TableFlow>();
  const notes = new Map(tree.footnotes.map((note) => [note.number, note]));
  for (const section of tree.sections) {
    const parent = tree.sections.length > 1 ? elements.add("Sect", root, section.origin) : root;
    const { top, bottom, height } = pageOf(styles, section.landscape);
    const set = layoutSection(section, notes, {
      styles,
      family,
      elements,
      problems,
      parent,
      pageHeight: height - top - bottom,
    });
    pages.push(...set.pages);
    for (const [table, flow] of set.tables) tables.set(table, flow);
  }
  if (problems.length > 0) return fail(problems);
  return succeed({
    title: tree.title,
    language: tree.language,
    pages,
    elements: elements.list,
    tables,
  });
}

function layoutSection(
  section: Section,
  notes: ReadonlyMap<number, Footnote>,
  context: LayoutContext,
): { readonly pages: readonly Page[]; readonly tables: ReadonlyMap<Table, TableFlow> } {
  const geometry = pageOf(context.styles, section.landscape);
  const width = textWidth(geometry);
  const noteLines = new Map<number, readonly Piece[]>();
  const linesOf = (number: number): readonly Piece[] => {
    const known = noteLines.get(number);
    if (known) return known;
    const note = notes.get(number);
    const lines = note ? footnotePieces(note, width, context) : [];
    noteLines.set(number, lines);
    return lines;
  };
  const notesHeight = (numbers: readonly number[]): Twip =>
    numbers.length === 0
      ? 0
      : numbers.reduce(
          (sum, number) => sum + heightOf(linesOf(number)),
          NOTES_LINE.above + NOTES_LINE.below + NOTES_LINE.thickness,
        );

  const boxes = buildBoxes(section.blocks, width, context);
  for (const box of boxes)
    for (const piece of box.pieces)
      if (piece.height > context.pageHeight && !piece.split)
        context.problems.push(tooTall(piece, context.pageHeight));
  const placed = paginate(boxes, context.pageHeight, notesHeight);
  const pages = placed.map((page, index): Page => ({
    section: section.name,
    number: index + 1,
    width: geometry.width,
    height: geometry.height,
    items: [
      ...pageNumber(index + 1, geometry, context),
      ...page.pieces.flatMap(({ y, piece }) =>
        piece.items.map((item) => shiftItem(item, geometry.left, geometry.top + y)),
      ),
      ...footnoteItems(page, geometry, notesHeight, linesOf),
    ],
  }));
  return { pages, tables: tableFlows(section, boxes, placed) };
}

/** How the tables of a section came out on its pages. */
function tableFlows(
  { blocks }: Section,
  boxes: readonly Box[],
  pages: readonly PlacedPage[],
): Map<Table, TableFlow> {
  const flows = new Map<Table, TableFlow>();
  blocks.forEach((block, index) => {
    const box = boxes[index];
    if (
      block.kind !== "table" ||
      !box ||
      !block.rows.some((row) => row.cells.some(({ rows }) => rows > 1))
    )
      return;
    const head = block.head.length;
    flows.set(block, {
      kept: new Set(
        box.pieces.flatMap((piece, at) => (piece.keepNext && at >= head ? [at - head] : [])),
      ),
      resumed: new Set(
        pages.flatMap(({ resumed }) => (resumed?.box === box ? [resumed.piece - head] : [])),
      ),
    });
  });
  return flows;
}

/**
 * The page number: centred in the top margin, not shown on the first page.
 * Source: Nghị định 30/2020/NĐ-CP, Phụ lục I, Phần I, Mục I, khoản 7.
 */
function pageNumber(number: number, geometry: PageGeometry, context: LayoutContext): PageItem[] {
  if (number === 1) return [];
  const style = context.styles.of["page-number"];
  const pieces = linePieces(
    {
      label: null,
      inlines: [{ kind: "text", text: String(number), marks: [] }],
      origin: { plan: null, template: null },
    },
    style,
    { left: geometry.left, width: textWidth(geometry) },
    0,
    context,
  );
  return pieces.flatMap((piece) =>
    piece.items.flatMap((item) =>
      item.kind === "text"
        ? [{ ...shiftText(item, geometry.header), tag: PAGINATION_ARTIFACT }]
        : [],
    ),
  );
}

function shiftText(item: TextItem, dy: Twip): TextItem {
  return { ...item, baseline: item.baseline + dy };
}

function footnotePieces(note: Footnote, width: Twip, context: LayoutContext): readonly Piece[] {
  const element = context.elements.add("Note", context.parent, note.origin);
  const inlines = [
    { kind: "footnote", number: note.number, again: true } as const,
    { kind: "text", text: " ", marks: [] } as const,
    ...note.inlines,
  ];
  const pieces = linePieces(
    { label: null, inlines, origin: note.origin },
    context.styles.of.footnote,
    { left: 0, width },
    element,
    context,
  );
  // The number in front of the note is not a call of the note.
  return pieces.map((piece) => ({ ...piece, notes: [] }));
}

function footnoteItems(
  page: PlacedPage,
  geometry: PageGeometry,
  notesHeight: (numbers: readonly number[]) => Twip,
  linesOf: (number: number) => readonly Piece[],
): PageItem[] {
  if (page.notes.length === 0) return [];
  let y = geometry.height - geometry.bottom - notesHeight(page.notes) + NOTES_LINE.above;
  const x2 = geometry.left + textWidth(geometry) * NOTES_LINE.share;
  const items: PageItem[] = [
    {
      kind: "line",
      x1: geometry.left,
      y1: y,
      x2,
      y2: y,
      thickness: NOTES_LINE.thickness,
      tag: LAYOUT_ARTIFACT,
    },
  ];
  y += NOTES_LINE.thickness + NOTES_LINE.below;
  for (const number of page.notes) {
    for (const piece of linesOf(number)) {
      items.push(...piece.items.map((item) => shiftItem(item, geometry.left, y)));
      y += piece.height;
    }
  }
  return items;
}
