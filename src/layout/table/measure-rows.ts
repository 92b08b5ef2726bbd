import type { Diagnostic } from "../../base/diagnostic.js";
import { type Twip, twipsFromPt } from "../../base/units.js";
import { continuedLabel } from "../../document/continued.js";
import type { Style } from "../../document/styles.js";
import { type Cover, type PlacedCell, placeRows } from "../../document/table-cells.js";
import type { TableGrid } from "../../document/table-layout.js";
import {
  type Inline,
  NO_ORIGIN,
  type TableCell,
  type TableRow,
  textOf,
} from "../../document/tree.js";
import type { LayoutContext } from "../context.js";
import type { ElementList } from "../elements.js";
import { linePieces } from "../inline/line-pieces.js";
import type { Piece } from "../pages/box.js";
import { PAGINATION_ARTIFACT, type StructureElement } from "../pages/page.js";
import { cutWord, tooNarrow } from "./cut-words.js";

/** Everything that measuring the rows of one table depends on. */
export interface TableContext extends LayoutContext {
  readonly grid: TableGrid;
  /** Left edges of columns, and the right edge of the last. */
  readonly edges: readonly Twip[];
}

/** The head of a table, or its rows. */
export type TablePart = "head" | "body";

/** A cell with its lines. */
export interface MeasuredCell extends PlacedCell {
  readonly style: Style;
  readonly lines: readonly Piece[];
  /** Of its content, with the line above and the air around it. */
  readonly height: Twip;
  /** Alignment of its content within the height of its rows. */
  readonly verticalAlign: "top" | "middle";
}

export interface MeasuredRow {
  readonly cells: readonly MeasuredCell[];
  /** Columns that cells from above take. */
  readonly covers: readonly Cover[];
  readonly keepWithNext: boolean;
}

/** A cell over several rows. */
export interface RowSpan {
  readonly cell: MeasuredCell;
  readonly first: number;
  readonly last: number;
}

/** The rows of a head or of a body, measured. */
export interface MeasuredRows {
  readonly rows: readonly MeasuredRow[];
  readonly heights: readonly Twip[];
  /** Cells over several rows, by the row they begin in. */
  readonly spans: readonly RowSpan[];
  /** Columns narrower than a word in them, with the first such word as a finding. */
  readonly narrow: ReadonlyMap<number, Diagnostic>;
}

/** Left edges of columns, and the right edge of the last. */
export function columnEdges(widths: readonly Twip[]): Twip[] {
  const edges: Twip[] = [0];
  for (const width of widths) edges.push((edges.at(-1) ?? 0) + width);
  return edges;
}

/** Break the text of all cells into lines and find the heights of rows. */
export function measureRows(
  rows: readonly TableRow[],
  part: TablePart,
  context: TableContext,
): MeasuredRows {
  const styles = new CellStyles(context);
  const narrow = new Map<number, Diagnostic>();
  const measured = placeRows(rows).map(({ cells, covers }, index): MeasuredRow => {
    const row = rows[index];
    const origin = row?.cells[0]?.origin ?? NO_ORIGIN;
    const rowElement = context.elements.add("TR", context.parent, origin);
    return {
      covers,
      keepWithNext: part === "head" || (row?.keepWithNext ?? false),
      cells: cells.map((placed) => {
        const { cell, column } = placed;
        const element = cellElement(cell, part, rowElement, context.elements);
        const set = setCell(placed, cell.inlines, { styles, element, part }, context);
        const word = narrow.has(column) ? null : cutWordOf(set, context);
        if (word !== null) narrow.set(column, tooNarrow(word, cell));
        return set;
      }),
    };
  });
  const spans = rowSpans(measured);
  return { rows: measured, heights: rowHeights(measured, spans), spans, narrow };
}

/**
 * The cell as it is repeated on the next page, where its rows continue: not read aloud twice, and
 * without its footnotes.
 */
export function measureContinued(placed: MeasuredCell, context: TableContext): MeasuredCell {
  const place: CellPlace = { styles: new CellStyles(context), element: 0, part: "body" };
  const set = setCell(placed, continuedLabel(placed.cell), place, context);
  return { ...set, lines: set.lines.map((line) => asArtifact(line)) };
}

/** The structure element of a cell. A label of several rows heads them, as a name its column. */
function cellElement(cell: TableCell, part: TablePart, row: number, elements: ElementList): number {
  const type = part === "head" || cell.rows > 1 ? "TH" : "TD";
  return elements.add(type, row, cell.origin, { span: spanOf(cell, part) });
}

const SINGLE_SPAN = {
  head: { columns: 1, rows: 1, scope: "Column" },
  body: { columns: 1, rows: 1, scope: "Row" },
} as const;

function spanOf({ columns, rows }: TableCell, part: TablePart): StructureElement["span"] {
  const single = SINGLE_SPAN[part];
  return columns === 1 && rows === 1 ? single : { columns, rows, scope: single.scope };
}

/** Style, structure element and table part of a cell. */
interface CellPlace {
  readonly styles: CellStyles;
  readonly element: number;
  readonly part: TablePart;
}

/** Set a cell's text in its column. */
function setCell(
  { cell, column }: PlacedCell,
  inlines: readonly Inline[],
  { styles, element, part }: CellPlace,
  context: TableContext,
): MeasuredCell {
  const style = styles.of(cell);
  const lines =
    inlines.length === 0
      ? NO_LINES
      : linePieces(
          { lead: NO_INLINES, inlines, origin: cell.origin },
          { style, column: textColumn(cell, column, context), element },
          context,
        );
  // An empty cell is as high as one line.
  const content = Math.max(lines.length, 1) * style.lineHeight;
  return {
    cell,
    column,
    style,
    lines,
    height: context.styles.lineWidth + style.before + content + style.after,
    verticalAlign: part === "head" ? "middle" : "top",
  };
}

const NO_LINES: readonly Piece[] = [];
const NO_INLINES: readonly Inline[] = [];

/** Where the text of a cell runs: its columns, less the air at their sides. */
function textColumn(
  cell: TableCell,
  column: number,
  { edges, grid, styles }: TableContext,
): { readonly left: Twip; readonly width: Twip } {
  const left = (edges[column] ?? 0) + styles.cellPadding;
  const right = (edges[column + cell.columns] ?? 0) - styles.cellPadding;
  return { left, width: right - left - (grid.decimalIndents.get(cell) ?? 0) };
}

/** The first word that a cell's column is too narrow for, or null. */
function cutWordOf(
  { cell, column, lines, style }: MeasuredCell,
  context: TableContext,
): string | null {
  if (lines.length === 0) return null;
  const { width } = textColumn(cell, column, context);
  return width < twipsFromPt(style.size) / 2 ? textOf(cell.inlines) : cutWord(lines);
}

/** Styles of cells by role and alignment, each made once. */
class CellStyles {
  readonly #byRole: LayoutContext["styles"]["byRole"];
  readonly #known = new Map<string, Style>();

  constructor({ styles }: LayoutContext) {
    this.#byRole = styles.byRole;
  }

  of({ role, align }: TableCell): Style {
    const key = `${role} ${align}`;
    const known = this.#known.get(key) ?? {
      ...this.#byRole[role],
      align: align === "decimal" ? "right" : align,
    };
    this.#known.set(key, known);
    return known;
  }
}

function rowSpans(rows: readonly MeasuredRow[]): RowSpan[] {
  return rows.flatMap(({ cells }, first) =>
    cells.flatMap((cell): RowSpan[] =>
      cell.cell.rows > 1 ? [{ cell, first, last: first + cell.cell.rows - 1 }] : [],
    ),
  );
}

function rowHeights(rows: readonly MeasuredRow[], spans: readonly RowSpan[]): Twip[] {
  const ending = new Map<number, RowSpan[]>();
  for (const span of spans) ending.set(span.last, [...(ending.get(span.last) ?? []), span]);
  const heights: Twip[] = [];
  rows.forEach((row, index) =>
    heights.push(rowHeight(index, row, heights, ending.get(index) ?? [])),
  );
  return heights;
}

/** A row is as high as its highest cell; the last row of a span makes room for its content. */
export function rowHeight(
  index: number,
  { cells }: MeasuredRow,
  above: readonly Twip[],
  ending: readonly RowSpan[],
): Twip {
  let height = 0;
  for (const { cell, height: needed } of cells)
    if (cell.rows === 1) height = Math.max(height, needed);
  for (const { cell, first } of ending) {
    let used = 0;
    for (let row = first; row < index; row++) used += above[row] ?? 0;
    height = Math.max(height, cell.height - used);
  }
  return height;
}

/** A piece that only repeats what stands on an earlier page. */
export function asArtifact(piece: Piece): Piece {
  return {
    height: piece.height,
    notes: [],
    items: piece.items.map((item) =>
      item.kind === "text" ? { ...item, tag: PAGINATION_ARTIFACT } : item,
    ),
  };
}
