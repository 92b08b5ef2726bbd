import { type Twip, twipsFromPt } from "../../base/units.js";
import type { Style } from "../../document/styles.js";
import { continuedLabel } from "../../document/continued.js";
import { type Cover, type PlacedCell, placeRows } from "../../document/table-cells.js";
import type { TableGrid } from "../../document/table-grid.js";
import { type Inline, type TableCell, type TableRow, textOf } from "../../document/tree.js";
import { type LayoutContext, linePieces } from "../build-boxes.js";
import type { Piece } from "../pages/box.js";
import { PAGINATION_ARTIFACT } from "../pages/page.js";
import { cutWord, tooNarrow } from "./cut-words.js";

/** A cell with its lines. */
export interface MeasuredCell extends PlacedCell {
  readonly style: Style;
  readonly lines: readonly Piece[];
  /** Of its content, with the line above and the air around it. */
  readonly height: Twip;
  /**
   * Shift of its content down, as a share of the room left in its rows: 0 at the top, ½ in the
   * middle.
   */
  readonly sink: number;
}

export interface MeasuredRow {
  readonly cells: readonly MeasuredCell[];
  /** Columns that cells from above take. */
  readonly covers: readonly Cover[];
  readonly keepNext: boolean;
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
}

/** Left edges of columns, and the right edge of the last. */
export function columnEdges(widths: readonly Twip[]): Twip[] {
  const edges = [0];
  for (const width of widths) edges.push((edges.at(-1) ?? 0) + width);
  return edges;
}

/**
 * Break the text of all cells into lines and settle the heights of rows. A column found too narrow
 * joins `narrow` and is reported once; null for rows that were looked at before.
 */
export function measureRows(
  rows: readonly TableRow[],
  head: boolean,
  grid: TableGrid,
  context: LayoutContext,
  narrow: Set<number> | null,
): MeasuredRows {
  const cellContext: CellContext = {
    ...context,
    grid,
    edges: columnEdges(grid.widths),
    head,
    looks: new Map(),
    narrow,
  };
  const measured = placeRows(rows).map(({ cells, covers }, index): MeasuredRow => {
    const row = context.elements.add(
      "TR",
      context.parent,
      rows[index]?.cells[0]?.origin ?? { plan: null, template: null },
    );
    return {
      covers,
      keepNext: head || (rows[index]?.keepNext ?? false),
      cells: cells.map((placed) => {
        const { cell } = placed;
        // A label of several rows heads them as a column's name heads its column.
        const span =
          cell.rows === 1 && cell.columns === 1
            ? head
              ? HEAD_CELL
              : BODY_CELL
            : {
                columns: cell.columns,
                rows: cell.rows,
                scope: head ? ("Column" as const) : ("Row" as const),
              };
        const element = context.elements.add(
          head || cell.rows > 1 ? "TH" : "TD",
          row,
          cell.origin,
          { span },
        );
        return measureCell(placed, cell.inlines, element, cellContext);
      }),
    };
  });
  const spans = measured.flatMap(({ cells }, first) =>
    cells.flatMap((cell): RowSpan[] =>
      cell.cell.rows > 1 ? [{ cell, first, last: first + cell.cell.rows - 1 }] : [],
    ),
  );
  const ending = new Map<number, RowSpan[]>();
  for (const span of spans) ending.set(span.last, [...(ending.get(span.last) ?? []), span]);
  const heights: Twip[] = [];
  measured.forEach((row, index) =>
    heights.push(rowHeight(index, row, heights, ending.get(index) ?? [])),
  );
  return { rows: measured, heights, spans };
}

/** A row is as high as its highest cell. A cell over several rows is made room for in its last. */
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

const HEAD_CELL = { columns: 1, rows: 1, scope: "Column" } as const;
const BODY_CELL = { columns: 1, rows: 1, scope: "Row" } as const;

interface CellContext extends LayoutContext {
  readonly grid: TableGrid;
  readonly edges: readonly Twip[];
  readonly head: boolean;
  /** Styles of cells by role and alignment, made once. */
  readonly looks: Map<string, Style>;
  readonly narrow: Set<number> | null;
}

function measureCell(
  placed: PlacedCell,
  inlines: readonly Inline[],
  element: number,
  context: CellContext,
): MeasuredCell {
  const { cell, column } = placed;
  const { grid, edges } = context;
  const { cellPadding, lineWidth } = context.styles;
  const style = lookOf(cell, context);
  const left = (edges[column] ?? 0) + cellPadding;
  const width =
    (edges[column + cell.columns] ?? 0) - cellPadding - left - grid.indentOf(cell, column);
  const lines =
    inlines.length === 0
      ? NO_LINES
      : linePieces(
          { label: null, inlines, origin: cell.origin },
          style,
          { left, width },
          element,
          context,
        );
  // An empty cell is as high as one line.
  const content = Math.max(lines.length, 1) * style.pitch;
  if (context.narrow?.has(column) === false) {
    const cut =
      width < twipsFromPt(style.size) / 2 && lines.length > 0 ? textOf(inlines) : cutWord(lines);
    if (cut !== null) {
      context.narrow.add(column);
      context.problems.push(tooNarrow(cut, cell));
    }
  }
  return {
    cell,
    column,
    style,
    lines,
    height: lineWidth + style.before + content + style.after,
    sink: context.head ? 0.5 : 0,
  };
}

const NO_LINES: readonly Piece[] = [];

function lookOf({ role, align }: TableCell, { styles, looks }: CellContext): Style {
  const key = `${role} ${align}`;
  const known = looks.get(key) ?? {
    ...styles.of[role],
    align: align === "decimal" ? "right" : align,
  };
  looks.set(key, known);
  return known;
}

/**
 * The cell as it is said again on the next page, where its rows go on: not read aloud twice, and
 * without its footnotes.
 */
export function measureAgain(
  placed: MeasuredCell,
  grid: TableGrid,
  context: LayoutContext,
): MeasuredCell {
  const again = measureCell(placed, continuedLabel(placed.cell), 0, {
    ...context,
    grid,
    edges: columnEdges(grid.widths),
    head: false,
    looks: new Map(),
    narrow: null,
  });
  return { ...again, lines: again.lines.map((line) => asArtifact(line)) };
}

/** A piece that only repeats what stands on an earlier page. */
export function asArtifact(piece: Piece): Piece {
  return {
    height: piece.height,
    notes: [],
    items: piece.items.map((item) =>
      item.kind === "field"
        ? item
        : { ...item, tag: item.kind === "text" ? PAGINATION_ARTIFACT : item.tag },
    ),
  };
}
