import { type Twip, ptFromTwips } from "../../base/units.js";
import { continuedLabel } from "../../document/continued.js";
import type { Styles } from "../../document/styles.js";
import {
  type Cover,
  type PlacedCell,
  type PlacedRow,
  placeRows,
} from "../../document/table-cells.js";
import type { TableFlow, TableGrid, TableLayout } from "../../document/table-layout.js";
import type { Inline, Table, TableRow } from "../../document/tree.js";
import { changeProperty } from "./changes.js";
import { writeRuns } from "./runs.js";
import { ALIGNMENT, styleId } from "./styles.js";

/**
 * A table in WordprocessingML, in pieces. Its layout says where pages cut it: a label over several
 * rows is cut there too and repeated, so that every page reads for itself.
 *
 * Source: ECMA-376 Part 1, 17.4.
 */
export function writeTable(
  table: Table,
  width: Twip,
  { grid, flow }: TableLayout,
  styles: Styles,
): string[] {
  const head = new RowWriter(table.head, { part: "head", flow: null }, grid, styles).write();
  const body = new RowWriter(table.rows, { part: "body", flow }, grid, styles).write();
  const properties =
    `<w:tblW w:w="${width}" w:type="dxa"/>${tableIndent(styles)}${tableBorders(styles)}` +
    `<w:tblLayout w:type="fixed"/>${tableCellMargins(styles.cellPadding)}`;
  const start = `<w:tbl><w:tblPr>${properties}</w:tblPr>${tableColumns(grid.widths)}`;
  return [start, ...head, ...body, "</w:tbl>"];
}

/** Mode 14 hangs a table out by its cell margin; the indent brings its edge back to the text's. */
function tableIndent({ compatibility, cellPadding }: Styles): string {
  return compatibility === 14 ? `<w:tblInd w:w="${cellPadding}" w:type="dxa"/>` : "";
}

/** Lines around and between cells. Word counts their thickness in eighths of a point. */
function tableBorders({ lineWidth }: Styles): string {
  const eighths = Math.round(ptFromTwips(lineWidth) * 8);
  const borders = ["top", "left", "bottom", "right", "insideH", "insideV"]
    .map((side) => `<w:${side} w:val="single" w:sz="${eighths}" w:space="0" w:color="000000"/>`)
    .join("");
  return `<w:tblBorders>${borders}</w:tblBorders>`;
}

/** Inner margins of the cells of a table: none above and below. */
export function tableCellMargins(side: Twip): string {
  return (
    '<w:tblCellMar><w:top w:w="0" w:type="dxa"/>' +
    `<w:left w:w="${side}" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/>` +
    `<w:right w:w="${side}" w:type="dxa"/></w:tblCellMar>`
  );
}

/** The columns of a table, which its cells span. */
export function tableColumns(widths: readonly Twip[]): string {
  return `<w:tblGrid>${widths.map((width) => `<w:gridCol w:w="${width}"/>`).join("")}</w:tblGrid>`;
}

/** Which rows of a table, and how pages cut them; a head is never cut. */
interface RowPart {
  readonly part: "head" | "body";
  readonly flow: TableFlow | null;
}

/** A cell that covers columns of later rows. */
interface OpenCell {
  readonly placed: PlacedCell;
  readonly lastRow: number;
}

class RowWriter {
  readonly #rows: readonly TableRow[];
  readonly #part: RowPart["part"];
  readonly #flow: TableFlow | null;
  readonly #grid: TableGrid;
  readonly #styles: Styles;
  /** By the column they begin in. */
  readonly #open = new Map<number, OpenCell>();

  constructor(rows: readonly TableRow[], { part, flow }: RowPart, grid: TableGrid, styles: Styles) {
    this.#rows = rows;
    this.#part = part;
    this.#flow = flow;
    this.#grid = grid;
    this.#styles = styles;
  }

  write(): string[] {
    return placeRows(this.#rows).map((placed, index) => this.#row(placed, index));
  }

  #row(placed: PlacedRow, index: number): string {
    const row = this.#rows[index];
    const head = this.#part === "head";
    const keepWithNext =
      !head && (row?.keepWithNext === true || this.#flow?.keepWithNext.has(index) === true);
    const keep = keepWithNext ? "<w:keepNext/>" : "";
    const covered = placed.covers.map((cover): readonly [number, string] => [
      cover.column,
      this.#coveredCell(cover, index, keep),
    ]);
    const begun = placed.cells.map((cell): readonly [number, string] => [
      cell.column,
      this.#cell(cell, index, keep),
    ]);
    const cells = covered.length === 0 ? begun : [...covered, ...begun].sort(([a], [b]) => a - b);
    const repeat = head ? "<w:tblHeader/>" : "";
    const whole = !head && this.#flow?.splitRows.has(index) === true ? "" : "<w:cantSplit/>";
    const properties = `${whole}${repeat}${row ? changeProperty(row) : ""}`;
    return `<w:tr><w:trPr>${properties}</w:trPr>${cells.map(([, xml]) => xml).join("")}</w:tr>`;
  }

  #cell(placed: PlacedCell, index: number, keep: string): string {
    const { cell, column } = placed;
    const spansRows = cell.rows > 1;
    if (spansRows) this.#open.set(column, { placed, lastRow: index + cell.rows - 1 });
    return this.#writeCell(placed, cell.inlines, spansRows ? RESTART : "", keep);
  }

  /**
   * The place of a cell from above: an empty part of it, or, at the top of a page, a new cell that
   * repeats it.
   */
  #coveredCell(cover: Cover, index: number, keep: string): string {
    const open = this.#open.get(cover.column);
    if (open && this.#flow?.continuedRows.has(index)) {
      const merge = open.lastRow > index ? RESTART : "";
      return this.#writeCell(open.placed, continuedLabel(open.placed.cell), merge, keep);
    }
    const style = `<w:pStyle w:val="${styleId("table-cell")}"/>`;
    return (
      `<w:tc><w:tcPr>${this.#width(cover)}<w:vMerge/></w:tcPr>` +
      `<w:p><w:pPr>${style}${keep}</w:pPr></w:p></w:tc>`
    );
  }

  #writeCell(
    { cell, column }: PlacedCell,
    inlines: readonly Inline[],
    merge: string,
    keep: string,
  ): string {
    const style = this.#styles.byRole[cell.role];
    const indent = this.#grid.decimalIndents.get(cell);
    const align = cell.align === "decimal" ? "right" : cell.align;
    const middle = this.#part === "head" ? '<w:vAlign w:val="center"/>' : "";
    const paragraph =
      `<w:pStyle w:val="${styleId(cell.role)}"/>${keep}` +
      (indent === undefined ? "" : `<w:ind w:right="${indent}"/>`) +
      (align === style.align ? "" : `<w:jc w:val="${ALIGNMENT[align]}"/>`);
    return (
      `<w:tc><w:tcPr>${this.#width({ column, columns: cell.columns })}${merge}${middle}</w:tcPr>` +
      `<w:p><w:pPr>${paragraph}</w:pPr>${writeRuns(inlines, style)}</w:p></w:tc>`
    );
  }

  #width({ column, columns }: Cover): string {
    const width = this.#grid.widths
      .slice(column, column + columns)
      .reduce((sum, columnWidth) => sum + columnWidth, 0);
    const span = columns > 1 ? `<w:gridSpan w:val="${columns}"/>` : "";
    return `<w:tcW w:w="${width}" w:type="dxa"/>${span}`;
  }
}

/** The first of cells that are merged downwards. */
const RESTART = '<w:vMerge w:val="restart"/>';
