import { assertNever } from "../../base/diagnostic.js";
import type { Pt, Twip } from "../../base/units.js";
import { columnWidths } from "../../document/column-widths.js";
import { joinRuns } from "../../document/runs.js";
import { type Style, type Styles, runFace } from "../../document/styles.js";
import { type PlacedRow, placeRows } from "../../document/table-cells.js";
import type { TableGrid } from "../../document/table-layout.js";
import type { KeptBoxes } from "../kept-boxes.js";
import {
  type Block,
  type Inline,
  type Table,
  type TableCell,
  type TableColumn,
  textOf,
} from "../../document/tree.js";

/** Width of a text in one face and size. */
export type MeasureText = (
  look: {
    readonly bold: boolean;
    readonly italic: boolean;
    readonly sign?: boolean;
    readonly size: Pt;
  },
  text: string,
) => Twip;

/** Styles, and the measure of text. */
interface Measuring {
  readonly styles: Styles;
  readonly measure: MeasureText;
}

/** A piece of text longer than this need not stand unbroken. */
const MAX_PIECE = 24;

/** Room that rounding of widths and edges may take in a column that is just as wide as its text. */
const SLACK: Twip = 12;

/**
 * The grids of all tables among blocks, those inside columns too: widths of columns and the place
 * of decimal commas. Text is measured only for columns that need it.
 */
export function tableGrids(
  blocks: readonly Block[],
  width: Twip,
  styles: Styles,
  measure: MeasureText,
  kept: KeptBoxes | null = null,
): ReadonlyMap<Table, TableGrid> {
  const grids = new Map<Table, TableGrid>();
  const visit = (siblings: readonly Block[], room: Twip): void => {
    for (const block of siblings) {
      switch (block.kind) {
        case "table":
          grids.set(
            block,
            kept === null
              ? tableGrid(block, room, { styles, measure })
              : kept.grid(block, room, () => tableGrid(block, room, { styles, measure })),
          );
          break;
        case "columns": {
          const widths = columnWidths(block.shares, room);
          for (const row of block.rows)
            row.forEach((cell, column) => visit(cell, widths[column] ?? 0));
          break;
        }
        case "paragraph":
        case "heading":
        case "rule":
        case "picture":
          break;
        default:
          assertNever(block);
      }
    }
  };
  visit(blocks, width);
  return grids;
}

function tableGrid(table: Table, width: Twip, measuring: Measuring): TableGrid {
  const shares = table.columns.flatMap(({ share }) => share ?? []);
  const byContent = shares.length < table.columns.length;
  const decimals = table.rows.some((row) => row.cells.some(({ align }) => align === "decimal"));
  const head = byContent ? placeRows(table.head) : [];
  const body = byContent || decimals ? placeRows(table.rows) : [];
  const tails = decimals ? decimalTails(body, table.columns.length, measuring) : NO_TAILS;
  const widths = byContent
    ? contentWidths(table.columns, [...head, ...body], width, { ...measuring, tails })
    : columnWidths(shares, width);
  return { widths, decimalIndents: decimalIndents(body, widths, { ...measuring, tails }) };
}

// --- Decimals ------------------------------------------------------------------------------------

/** Widths of what follows whole numbers: ",25", "%". */
interface DecimalTails {
  readonly ofCell: ReadonlyMap<TableCell, Twip>;
  /** The widest of each column. */
  readonly widest: readonly Twip[];
}

const NO_TAILS: DecimalTails = { ofCell: new Map(), widest: [] };

interface MeasuringDecimals extends Measuring {
  readonly tails: DecimalTails;
}

function decimalTails(
  rows: readonly PlacedRow[],
  columns: number,
  { styles, measure }: Measuring,
): DecimalTails {
  const ofCell = new Map<TableCell, Twip>();
  const widest = Array.from({ length: columns }, () => 0);
  for (const { cells } of rows) {
    for (const { cell, column } of cells) {
      if (cell.align !== "decimal") continue;
      const tail = tailWidth(cell, styles.byRole[cell.role], measure);
      ofCell.set(cell, tail);
      widest[column] = Math.max(widest[column] ?? 0, tail);
    }
  }
  return { ofCell, widest };
}

/** Indents of numbers from the right margin that line up the decimal commas of a column. */
function decimalIndents(
  rows: readonly PlacedRow[],
  widths: readonly Twip[],
  { styles, measure, tails }: MeasuringDecimals,
): ReadonlyMap<TableCell, Twip> {
  const indents = new Map<TableCell, Twip>();
  if (tails.ofCell.size === 0) return indents;
  for (const { cells } of rows) {
    for (const { cell, column } of cells) {
      const widest = tails.widest[column] ?? 0;
      const tail = tails.ofCell.get(cell);
      if (tail === undefined || widest === 0) continue;
      const indent = Math.round(widest - tail);
      if (indent === 0) continue;
      const room = (widths[column] ?? 0) - 2 * styles.cellPadding;
      const { natural } = extentOf(cell.inlines, styles.byRole[cell.role], measure);
      // A number too long for the indent ends at the margin: better out of line than broken.
      if (natural + indent + SLACK <= room) indents.set(cell, indent);
    }
  }
  return indents;
}

/** A number's end: from the decimal comma on, or what follows its last digit. */
function tailWidth(cell: TableCell, style: Style, measure: MeasureText): Twip {
  const text = textOf(cell.inlines);
  const whole = /^[^\d]*\d[\d.\u00a0]*/u.exec(text);
  return whole === null ? 0 : measure(style, text.slice(whole[0].length));
}

// --- Widths by content ---------------------------------------------------------------------------

/** How wide a text wants to be, unbroken, and how narrow it can be without a word cut. */
interface Extent {
  readonly least: Twip;
  readonly natural: Twip;
}

/** The same of a column. */
interface ColumnExtent extends Extent {
  /** It has a greatest width. */
  readonly bounded: boolean;
}

/**
 * Columns without a share divide what is left: each has its longest word whole, and what is over
 * goes to those whose texts are longest. As CSS lays tables out (CSS 2.2, 17.5.2.2), with a text's
 * wish limited to the whole table.
 */
function contentWidths(
  columns: readonly TableColumn[],
  rows: readonly PlacedRow[],
  width: Twip,
  measuring: MeasuringDecimals,
): Twip[] {
  const extents = columnExtents(columns, rows, width, measuring);
  const shared = columns.reduce((sum, { share }) => sum + (share ?? 0), 0) * width;
  const fitted = fitExtents(
    extents.filter((_, index) => columns[index]?.share === null),
    width - shared,
  );
  let next = 0;
  const wanted = columns.map(({ share }) =>
    share === null ? (fitted[next++] ?? 0) : share * width,
  );
  const whole = sum(wanted);
  return columnWidths(
    wanted.map((columnWidth) => columnWidth / whole),
    width,
  );
}

/**
 * Fit columns to the table's width: spare room goes to columns without a maximum width, or to all
 * when each has one.
 */
function fitExtents(extents: readonly ColumnExtent[], room: Twip): Twip[] {
  const least = sum(extents.map((extent) => extent.least));
  const natural = sum(extents.map((extent) => extent.natural));
  if (least >= room)
    return capped(
      extents.map((extent) => extent.least),
      room,
    );
  if (natural <= room) {
    const unbounded = extents.filter(({ bounded }) => !bounded);
    const growing = new Set(unbounded.length > 0 ? unbounded : extents);
    const whole = sum([...growing].map((extent) => extent.natural));
    return extents.map(
      (extent) =>
        extent.natural + (growing.has(extent) ? ((room - natural) * extent.natural) / whole : 0),
    );
  }
  return extents.map(
    (extent) =>
      extent.least + ((room - least) * (extent.natural - extent.least)) / (natural - least),
  );
}

/** Widths that fit: the widest are cut down to one common width, the others stay. */
function capped(widths: readonly Twip[], room: Twip): Twip[] {
  let [left, cap] = [room, 0];
  const sorted = [...widths].sort((a, b) => a - b);
  sorted.forEach((width, index) => {
    const fair = left / (sorted.length - index);
    cap = Math.max(cap, Math.min(width, fair));
    left -= Math.min(width, fair);
  });
  return widths.map((width) => Math.min(width, cap));
}

function columnExtents(
  columns: readonly TableColumn[],
  rows: readonly PlacedRow[],
  width: Twip,
  { styles, measure, tails }: MeasuringDecimals,
): ColumnExtent[] {
  const least = columns.map(() => 0);
  const natural = columns.map(() => 0);
  const wide: { readonly column: number; readonly columns: number; readonly least: Twip }[] = [];
  const margins = 2 * styles.cellPadding + SLACK;
  // Numbers lined up on their decimal commas need room for the widest part on either side.
  const wholes = columns.map(() => 0);
  for (const { cells } of rows) {
    for (const { cell, column } of cells) {
      const extent = extentOf(cell.inlines, styles.byRole[cell.role], measure);
      if (cell.columns > 1) {
        wide.push({ column, columns: cell.columns, least: extent.least + margins });
        continue;
      }
      least[column] = Math.max(least[column] ?? 0, extent.least + margins);
      natural[column] = Math.max(natural[column] ?? 0, extent.natural + margins);
      const tail = tails.ofCell.get(cell);
      if (tail !== undefined) wholes[column] = Math.max(wholes[column] ?? 0, extent.natural - tail);
    }
  }
  wholes.forEach((whole, column) => {
    if (whole === 0) return;
    const needed = whole + (tails.widest[column] ?? 0) + margins + SLACK;
    least[column] = Math.max(least[column] ?? 0, needed);
    natural[column] = Math.max(natural[column] ?? 0, needed);
  });
  for (const cell of wide) widen(least, cell);
  return columns.map((column, index) =>
    boundedExtent({ least: least[index] ?? 0, natural: natural[index] ?? 0 }, column, width),
  );
}

/** A cell over several columns widens them all alike when its longest word needs it. */
function widen(
  widths: Twip[],
  {
    column,
    columns,
    least,
  }: { readonly column: number; readonly columns: number; readonly least: Twip },
): void {
  const missing = least - sum(widths.slice(column, column + columns));
  if (missing <= 0) return;
  for (let index = column; index < column + columns; index++)
    widths[index] = (widths[index] ?? 0) + missing / columns;
}

/** An extent within the bounds that a column is given. */
function boundedExtent(extent: Extent, column: TableColumn, width: Twip): ColumnExtent {
  const bounds = column.share === null ? column : { least: 0, most: null };
  const most = Math.min(bounds.most ?? width, width);
  const least = Math.max(Math.min(extent.least, most), bounds.least);
  return {
    least,
    natural: Math.min(Math.max(extent.natural, least), Math.max(most, least)),
    bounded: bounds.most !== null,
  };
}

function extentOf(inlines: readonly Inline[], style: Style, measure: MeasureText): Extent {
  let [least, natural, line, word] = [0, 0, 0, 0];
  const endLine = (): void => {
    natural = Math.max(natural, line);
    least = Math.max(least, word);
    line = word = 0;
  };
  for (const inline of joinRuns(inlines)) {
    if (inline.kind !== "text") {
      if (inline.kind === "break") endLine();
      continue;
    }
    const look = { ...runFace(style, inline.marks), size: style.size };
    inline.text.split(" ").forEach((part, index) => {
      if (index > 0) {
        least = Math.max(least, word);
        word = 0;
        line += measure(look, " ");
      }
      line += measure(look, part);
      // A line may end after a hyphen, and an address may be cut.
      part.split(/(?<=[-\u2013])/u).forEach((piece, at) => {
        if (at > 0) {
          least = Math.max(least, word);
          word = 0;
        }
        word += measure(look, piece.slice(0, MAX_PIECE));
      });
    });
  }
  endLine();
  return { least, natural };
}

function sum(widths: readonly Twip[]): Twip {
  return widths.reduce((total, width) => total + width, 0);
}
