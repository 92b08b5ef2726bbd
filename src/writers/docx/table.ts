import type { Twip } from "../../base/units.js";
import { continuedLabel } from "../../document/continued.js";
import type { Styles } from "../../document/styles.js";
import {
  type Cover,
  type PlacedCell,
  type PlacedRow,
  placeRows,
} from "../../document/table-cells.js";
import { type MeasureText, type TableGrid, tableGrid } from "../../document/table-grid.js";
import type { Inline, Table, TableRow } from "../../document/tree.js";
import type { TableFlow } from "../../document/table-flow.js";
import { writeRuns } from "./runs.js";
import { ALIGNMENT, styleId } from "./styles.js";

/**
 * A table in WordprocessingML, in pieces. `flow` says where pages cut it: a label over several rows
 * is cut there too and said again, so that every page reads for itself.
 *
 * Source: ECMA-376 Part 1, 17.4.
 */
export function writeTable(
  table: Table,
  width: Twip,
  styles: Styles,
  measure: MeasureText,
  flow: TableFlow | null,
): string[] {
  const { cellPadding, lineWidth, compatibility } = styles;
  const grid = tableGrid(table, width, styles, measure);
  const eighths = Math.round((lineWidth / 20) * 8);
  const borders = ["top", "left", "bottom", "right", "insideH", "insideV"]
    .map((side) => `<w:${side} w:val="single" w:sz="${eighths}" w:space="0" w:color="000000"/>`)
    .join("");
  // Mode 14 hangs a table out by its cell margin; the indent brings its edge back to the text's.
  const indent = compatibility === 14 ? `<w:tblInd w:w="${cellPadding}" w:type="dxa"/>` : "";
  const head = new RowWriter(table.head, grid, styles, null).write(true);
  const body = new RowWriter(table.rows, grid, styles, flow).write(false);
  const start = `<w:tbl><w:tblPr><w:tblW w:w="${width}" w:type="dxa"/>${indent}<w:tblBorders>${borders}</w:tblBorders><w:tblLayout w:type="fixed"/>${tableCellMargins(cellPadding)}</w:tblPr>${tableColumns(grid.widths)}`;
  return [start, ...head, ...body, "</w:tbl>"];
}

/** Inner margins of the cells of a table: none above and below. */
export function tableCellMargins(side: Twip): string {
  return `<w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="${side}" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/><w:right w:w="${side}" w:type="dxa"/></w:tblCellMar>`;
}

/** The columns of a table, which its cells span. */
export function tableColumns(widths: readonly Twip[]): string {
  return `<w:tblGrid>${widths.map((width) => `<w:gridCol w:w="${width}"/>`).join("")}</w:tblGrid>`;
}

/** A cell that covers columns of later rows. */
interface OpenCell {
  readonly placed: PlacedCell;
  readonly lastRow: number;
}

class RowWriter {
  /** By the column they begin in. */
  readonly #open = new Map<number, OpenCell>();

  constructor(
    private readonly rows: readonly TableRow[],
    private readonly grid: TableGrid,
    private readonly styles: Styles,
    private readonly flow: TableFlow | null,
  ) {}

  write(head: boolean): string[] {
    return placeRows(this.rows).map((placed, index) => this.#row(placed, index, head));
  }

  #row(row: PlacedRow, index: number, head: boolean): string {
    const keep =
      !head && ((this.rows[index]?.keepNext ?? false) || (this.flow?.kept.has(index) ?? false));
    const covers = row.covers.map((cover): readonly [number, string] => [
      cover.column,
      this.#covered(cover, index, keep),
    ]);
    const own = row.cells.map((placed): readonly [number, string] => {
      if (placed.cell.rows > 1)
        this.#open.set(placed.column, { placed, lastRow: index + placed.cell.rows - 1 });
      return [
        placed.column,
        this.#cell(placed, placed.cell.inlines, placed.cell.rows > 1, head, keep),
      ];
    });
    const cells = covers.length === 0 ? own : [...covers, ...own].sort(([a], [b]) => a - b);
    return `<w:tr><w:trPr><w:cantSplit/>${head ? "<w:tblHeader/>" : ""}</w:trPr>${cells.map(([, xml]) => xml).join("")}</w:tr>`;
  }

  /**
   * The place of a cell from above: an empty part of it, or, at the top of a page, a new cell that
   * says it again.
   */
  #covered(cover: Cover, index: number, keep: boolean): string {
    const open = this.#open.get(cover.column);
    if (open && this.flow?.resumed.has(index))
      return this.#cell(
        open.placed,
        continuedLabel(open.placed.cell),
        open.lastRow > index,
        false,
        keep,
      );
    return `<w:tc><w:tcPr>${this.#width(cover)}<w:vMerge/></w:tcPr><w:p><w:pPr><w:pStyle w:val="${styleId("table-cell")}"/>${keep ? "<w:keepNext/>" : ""}</w:pPr></w:p></w:tc>`;
  }

  #cell(
    { cell, column }: PlacedCell,
    inlines: readonly Inline[],
    merged: boolean,
    head: boolean,
    keep: boolean,
  ): string {
    const style = this.styles.of[cell.role];
    const indent = this.grid.indentOf(cell, column);
    const align = cell.align === "decimal" ? "right" : cell.align;
    const paragraph = `${keep ? "<w:keepNext/>" : ""}${indent > 0 ? `<w:ind w:right="${indent}"/>` : ""}${align === style.align ? "" : `<w:jc w:val="${ALIGNMENT[align]}"/>`}`;
    return `<w:tc><w:tcPr>${this.#width({ column, columns: cell.columns })}${merged ? '<w:vMerge w:val="restart"/>' : ""}${head ? '<w:vAlign w:val="center"/>' : ""}</w:tcPr><w:p><w:pPr><w:pStyle w:val="${styleId(cell.role)}"/>${paragraph}</w:pPr>${writeRuns(inlines, style)}</w:p></w:tc>`;
  }

  #width({ column, columns }: Cover): string {
    const width = this.grid.widths
      .slice(column, column + columns)
      .reduce((sum, one) => sum + one, 0);
    return `<w:tcW w:w="${width}" w:type="dxa"/>${columns > 1 ? `<w:gridSpan w:val="${columns}"/>` : ""}`;
  }
}
