import type { Twip } from "../base/units.js";
import { columnWidths } from "./column-widths.js";
import { type Style, type Styles, runFace } from "./styles.js";
import { placeRows } from "./table-cells.js";
import { type Inline, type Table, type TableCell, textOf } from "./tree.js";

/** Width of a text in one face and size. */
export type MeasureText = (
  look: { readonly bold: boolean; readonly italic: boolean; readonly size: number },
  text: string,
) => Twip;

/**
 * What is evaluated about a table before it is drawn or written: both writers use these very
 * numbers.
 */
export interface TableGrid {
  readonly widths: readonly Twip[];
  /**
   * How far a cell's text ends before its right margin, so that decimal signs stand under each
   * other.
   */
  indentOf(cell: TableCell, column: number): Twip;
}

/** A piece of text longer than this need not stand unbroken. */
const MAX_PIECE = 24;

/** Room that rounding of widths and edges may take in a column that is just as wide as its text. */
const SLACK: Twip = 12;

const evaluated = new WeakMap<
  Table,
  { readonly width: Twip; readonly styles: Styles; readonly grid: TableGrid }
>();

/**
 * Evaluate widths of columns and the place of decimal signs: once for layout and the Word writer.
 * Text is measured only where one of them asks for it.
 */
export function tableGrid(
  table: Table,
  width: Twip,
  styles: Styles,
  measure: MeasureText,
): TableGrid {
  const known = evaluated.get(table);
  if (known?.width === width && known.styles === styles) return known.grid;
  const grid = resolveGrid(table, width, styles, measure);
  evaluated.set(table, { width, styles, grid });
  return grid;
}

function resolveGrid(table: Table, width: Twip, styles: Styles, measure: MeasureText): TableGrid {
  const widths = table.columns.every(({ share }) => share !== null)
    ? columnWidths(
        table.columns.map(({ share }) => share ?? 0),
        width,
      )
    : contentWidths(table, width, styles, measure);
  const tails = decimalTails(table, styles, measure);
  return {
    widths,
    indentOf(cell, column) {
      const widest = tails[column] ?? 0;
      if (cell.align !== "decimal" || widest === 0) return 0;
      const style = styles.of[cell.role];
      const indent = Math.round(widest - tailWidth(cell, style, measure));
      const room = (widths[column] ?? 0) - 2 * styles.cellPadding;
      // A number too long for it stands at the margin: better out of line than broken.
      return extentOf(cell.inlines, style, measure).natural + indent + SLACK <= room ? indent : 0;
    },
  };
}

// --- Decimals ------------------------------------------------------------------------------------------------------

/** Widest part behind the whole number in each column: ",25", "%". */
function decimalTails(table: Table, styles: Styles, measure: MeasureText): Twip[] {
  const tails = table.columns.map(() => 0);
  if (!table.rows.some((row) => row.cells.some(({ align }) => align === "decimal"))) return tails;
  for (const row of placeRows(table.rows)) {
    for (const { cell, column } of row.cells) {
      if (cell.align === "decimal")
        tails[column] = Math.max(
          tails[column] ?? 0,
          tailWidth(cell, styles.of[cell.role], measure),
        );
    }
  }
  return tails;
}

/** A number's end: from the decimal comma on, or what follows its last digit. */
function tailWidth(cell: TableCell, style: Style, measure: MeasureText): Twip {
  const text = textOf(cell.inlines);
  const whole = /^[^\d]*\d[\d.\u00a0]*/u.exec(text);
  return whole === null ? 0 : measure(style, text.slice(whole[0].length));
}

// --- Widths by content ---------------------------------------------------------------------------------------------

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
function contentWidths(table: Table, width: Twip, styles: Styles, measure: MeasureText): Twip[] {
  const extents = columnExtents(table, width, styles, measure);
  const shared = table.columns.reduce((sum, { share }) => sum + (share ?? 0), 0) * width;
  const free = table.columns
    .map((column, index) => ({
      column,
      index,
      ...(extents[index] ?? { least: 0, natural: 0, bounded: false }),
    }))
    .filter(({ column }) => column.share === null);
  const fitted = fit(free, width - shared);
  const raw = table.columns.map((column, index) =>
    column.share === null
      ? (fitted[free.findIndex((one) => one.index === index)] ?? 0)
      : column.share * width,
  );
  const whole = raw.reduce((sum, one) => sum + one, 0);
  return columnWidths(
    raw.map((one) => one / whole),
    width,
  );
}

/**
 * A table fills the text's width: what is over goes to columns without a greatest width, or to all
 * when each has one.
 */
function fit(extents: readonly ColumnExtent[], room: Twip): Twip[] {
  const sum = (of: (extent: Extent) => Twip): Twip =>
    extents.reduce((whole, extent) => whole + of(extent), 0);
  const [least, natural] = [sum((extent) => extent.least), sum((extent) => extent.natural)];
  if (least >= room)
    return capped(
      extents.map((extent) => extent.least),
      room,
    );
  if (natural <= room) {
    const open = extents.some(({ bounded }) => !bounded)
      ? extents.filter(({ bounded }) => !bounded)
      : extents;
    const whole = open.reduce((total, extent) => total + extent.natural, 0);
    return extents.map(
      (extent) =>
        extent.natural + (open.includes(extent) ? ((room - natural) * extent.natural) / whole : 0),
    );
  }
  return extents.map(
    (extent) =>
      extent.least + ((room - least) * (extent.natural - extent.least)) / (natural - least),
  );
}

/** Widths that fit, the narrow ones as they are: only the widest are cut down, all to one width. */
function capped(widths: readonly Twip[], room: Twip): Twip[] {
  let [rest, cap] = [room, 0];
  const sorted = [...widths].sort((a, b) => a - b);
  sorted.forEach((width, index) => {
    const fair = rest / (sorted.length - index);
    cap = Math.max(cap, Math.min(width, fair));
    rest -= Math.min(width, fair);
  });
  return widths.map((width) => Math.min(width, cap));
}

function columnExtents(
  table: Table,
  width: Twip,
  styles: Styles,
  measure: MeasureText,
): ColumnExtent[] {
  const least = table.columns.map(() => 0);
  const natural = table.columns.map(() => 0);
  const wide: { readonly column: number; readonly columns: number; readonly extent: Extent }[] = [];
  const margins = 2 * styles.cellPadding + SLACK;
  // Numbers in line on their decimal sign need room for the widest on each side of it.
  const leads = table.columns.map(() => 0);
  const tails = decimalTails(table, styles, measure);
  for (const { cells } of [...placeRows(table.head), ...placeRows(table.rows)]) {
    for (const { cell, column } of cells) {
      const extent = extentOf(cell.inlines, styles.of[cell.role], measure);
      if (cell.columns > 1) wide.push({ column, columns: cell.columns, extent });
      else {
        least[column] = Math.max(least[column] ?? 0, extent.least + margins);
        natural[column] = Math.max(natural[column] ?? 0, extent.natural + margins);
        if (cell.align === "decimal")
          leads[column] = Math.max(
            leads[column] ?? 0,
            extent.natural - tailWidth(cell, styles.of[cell.role], measure),
          );
      }
    }
  }
  leads.forEach((lead, column) => {
    const needed = lead + (tails[column] ?? 0) + margins + SLACK;
    if (lead === 0) return;
    least[column] = Math.max(least[column] ?? 0, needed);
    natural[column] = Math.max(natural[column] ?? 0, needed);
  });
  // A name over several columns widens them all alike when its longest word needs it.
  for (const { column, columns, extent } of wide) {
    const missing =
      extent.least +
      margins -
      least.slice(column, column + columns).reduce((sum, one) => sum + one, 0);
    if (missing > 0)
      for (let index = column; index < column + columns; index++)
        least[index] = (least[index] ?? 0) + missing / columns;
  }
  return table.columns.map((column, index): ColumnExtent => {
    const bounds = column.share === null ? column : { least: 0, most: null };
    const most = Math.min(bounds.most ?? width, width);
    const narrow = Math.max(Math.min(least[index] ?? 0, most), bounds.least);
    return {
      least: narrow,
      natural: Math.min(Math.max(natural[index] ?? 0, narrow), Math.max(most, narrow)),
      bounded: bounds.most !== null,
    };
  });
}

function extentOf(inlines: readonly Inline[], style: Style, measure: MeasureText): Extent {
  let [least, natural, line, word] = [0, 0, 0, 0];
  const endLine = (): void => {
    natural = Math.max(natural, line);
    least = Math.max(least, word);
    line = word = 0;
  };
  for (const inline of inlines) {
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
