import { type Diagnostic, type Outcome, fail, succeed } from "../base/diagnostic.js";
import type { Twip } from "../base/units.js";
import { plainRun } from "../document/runs.js";
import { type PageGeometry, type Styles, pageOf, textWidth } from "../document/styles.js";
import type { TableFlow, TableLayout } from "../document/table-layout.js";
import {
  type DocumentTree,
  type Footnote,
  NO_ORIGIN,
  type PictureBlock,
  type Section,
  type Table,
} from "../document/tree.js";
import type { Picture } from "../pictures/picture.js";
import { type Family, measureLook } from "../typeface/family.js";
import { buildBoxes } from "./build-boxes.js";
import type { LayoutContext } from "./context.js";
import { ElementList } from "./elements.js";
import { FootnoteSetter } from "./footnotes.js";
import type { KeptBoxes } from "./kept-boxes.js";
import { linePieces } from "./inline/line-pieces.js";
import { type Box, heightOf } from "./pages/box.js";
import {
  PAGINATION_ARTIFACT,
  type Page,
  type PageItem,
  type PagedDocument,
  type PictureSize,
  shiftItem,
} from "./pages/page.js";
import { type PlacedPage, paginate } from "./pages/paginate.js";
import { tableGrids } from "./table/table-grid.js";
import { tooTall } from "./too-tall.js";

/**
 * Lay a document out: tree → pages.
 * Errors: characters that the faces lack, columns too narrow and blocks too high, each at its place
 * in the plan.
 * `kept` holds the boxes of an earlier version of the document: those of the same blocks are taken.
 */
export function layoutDocument(
  tree: DocumentTree,
  styles: Styles,
  family: Family,
  pictures: ReadonlyMap<string, Picture> = NO_PICTURES,
  kept: KeptBoxes | null = null,
): Outcome<PagedDocument> {
  const problems: Diagnostic[] = [];
  const elements = new ElementList();
  const root = elements.add("Document", null, NO_ORIGIN);
  const pages: Page[] = [];
  const tables = new Map<Table, TableLayout>();
  const pictureSizes = new Map<PictureBlock, PictureSize>();
  for (const section of tree.sections) {
    const parent = tree.sections.length > 1 ? elements.add("Sect", root, section.origin) : root;
    const page = pageOf(styles, section.landscape);
    const laidOut = layoutSection(section, tree.footnotes, {
      styles,
      family,
      elements,
      parent,
      pageHeight: page.height - page.top - page.bottom,
      grids: tableGrids(section.blocks, textWidth(page), styles, measureLook(family), kept),
      pictures,
      kept,
      placePicture: (block, size) => pictureSizes.set(block, size),
      report: (problem) => problems.push(problem),
    });
    pages.push(...laidOut.pages);
    for (const [table, layout] of laidOut.tables) tables.set(table, layout);
  }
  if (problems.length > 0) return fail(problems);
  return succeed({
    title: tree.title,
    language: tree.language,
    pages,
    elements: elements.list,
    tables,
    pictureSizes,
  });
}

const NO_PICTURES: ReadonlyMap<string, Picture> = new Map();

function layoutSection(
  section: Section,
  footnotes: readonly Footnote[],
  context: LayoutContext,
): { readonly pages: readonly Page[]; readonly tables: ReadonlyMap<Table, TableLayout> } {
  const geometry = pageOf(context.styles, section.landscape);
  const notes = new FootnoteSetter(footnotes, geometry, context);
  const boxes = buildBoxes(section.blocks, textWidth(geometry), context);
  reportTooTall(boxes, context);
  const placed = paginate(boxes, context.pageHeight, (numbers) => notes.heightOf(numbers));
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
      ...notes.itemsOf(page.notes),
    ],
  }));
  return { pages, tables: tableLayouts(section, boxes, placed, context) };
}

/** Report the pieces that no page holds and that cannot be split. */
function reportTooTall(boxes: readonly Box[], { pageHeight, report }: LayoutContext): void {
  for (const box of boxes)
    for (const piece of box.pieces)
      if (piece.height > pageHeight && !piece.split) report(tooTall(piece, pageHeight));
}

const NONE: ReadonlySet<number> = new Set();
const WHOLE: TableFlow = { keepWithNext: NONE, continuedRows: NONE, splitRows: NONE };

/** How the tables of a section came out on its pages. */
function tableLayouts(
  { blocks }: Section,
  boxes: readonly Box[],
  pages: readonly PlacedPage[],
  { grids, pageHeight }: LayoutContext,
): ReadonlyMap<Table, TableLayout> {
  const layouts = new Map<Table, TableLayout>();
  for (const [table, grid] of grids) layouts.set(table, { grid, flow: WHOLE });
  blocks.forEach((block, index) => {
    const box = boxes[index];
    if (block.kind !== "table" || !box) return;
    const splitRows = rowsBeyond(block, box, pageHeight);
    if (splitRows.size === 0 && !hasRowSpans(block)) return;
    const grid = grids.get(block);
    if (grid) layouts.set(block, { grid, flow: { ...tableFlow(block, box, pages), splitRows } });
  });
  return layouts;
}

/** Rows that do not fit a page under the repeated head. */
function rowsBeyond(table: Table, box: Box, pageHeight: Twip): ReadonlySet<number> {
  const head = table.head.length;
  const room = pageHeight - heightOf(box.fragmentation?.repeated ?? []);
  const places = box.pieces.flatMap(({ height }, index) =>
    index >= head && height > room ? [index - head] : [],
  );
  return places.length === 0 ? NONE : new Set(places);
}

/** Pages change only tables with labels over several rows. */
function hasRowSpans(table: Table): boolean {
  return table.rows.some((row) => row.cells.some(({ rows }) => rows > 1));
}

function tableFlow(
  table: Table,
  box: Box,
  pages: readonly PlacedPage[],
): Omit<TableFlow, "splitRows"> {
  const head = table.head.length;
  return {
    keepWithNext: new Set(
      box.pieces.flatMap((piece, index) =>
        piece.keepWithNext && index >= head ? [index - head] : [],
      ),
    ),
    continuedRows: new Set(
      pages.flatMap(({ continued }) => (continued?.box === box ? [continued.piece - head] : [])),
    ),
  };
}

/**
 * The page number: centred in the top margin, not shown on the first page.
 * Source: Nghị định 30/2020/NĐ-CP, Phụ lục I, Phần I, Mục I, khoản 7.
 */
function pageNumber(number: number, geometry: PageGeometry, context: LayoutContext): PageItem[] {
  if (number === 1) return [];
  const pieces = linePieces(
    { lead: [], inlines: [plainRun(String(number), NO_ORIGIN)], origin: NO_ORIGIN },
    {
      style: context.styles.byRole["page-number"],
      column: { left: geometry.left, width: textWidth(geometry) },
      element: 0,
    },
    context,
  );
  return pieces.flatMap(({ items }) =>
    items.map((item) => ({
      ...shiftItem(item, 0, geometry.header),
      tag: PAGINATION_ARTIFACT,
    })),
  );
}
