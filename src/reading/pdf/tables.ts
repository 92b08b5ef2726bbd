import type { RuledGrid } from "./grid.js";
import { type TextLine, isInk, linesOf } from "./lines.js";
import type { Glyph } from "./glyph.js";
import { type LineGroup, type TextRegion, joinLines } from "./paragraphs.js";
import { leadingsOf } from "./frames.js";
import { plainText } from "./styled-text.js";

/** A cell's paragraphs, not yet text; a cell covers so many rows and columns. */
export interface CellDraft {
  readonly row: number;
  readonly column: number;
  readonly rows: number;
  readonly columns: number;
  readonly groups: readonly LineGroup[];
  readonly text: string;
}

/** A ruled table of one page, or of several once they are joined. */
export interface TableDraft {
  readonly page: number;
  readonly lastPage: number;
  readonly top: number;
  /** Edges of its columns on its first page. */
  readonly xs: readonly number[];
  readonly rows: number;
  readonly cells: readonly CellDraft[];
  /** Rows that later pages repeat. */
  readonly head: number;
}

/**
 * Fill the grids of a page with the glyphs that stand in their cells; what stands outside is given
 * back.
 */
export function fillGrids(
  page: number,
  grids: readonly RuledGrid[],
  glyphs: readonly Glyph[],
): { readonly tables: readonly TableDraft[]; readonly rest: readonly Glyph[] } {
  let rest = glyphs;
  const tables: TableDraft[] = [];
  for (const grid of grids) {
    const cellAt = indexCells(grid);
    const inside = new Map<number, Glyph[]>();
    const outside: Glyph[] = [];
    for (const glyph of rest) {
      const cell = cellAt(glyph.x + glyph.width / 2, glyph.y - glyph.size * 0.3);
      if (cell === null) outside.push(glyph);
      else if (inside.has(cell)) inside.get(cell)?.push(glyph);
      else inside.set(cell, [glyph]);
    }
    if (![...inside.values()].some((some) => some.some(isInk))) continue;
    rest = outside;
    tables.push(tableOf(page, grid, inside));
  }
  return { tables, rest };
}

function indexCells({ xs, ys, cells }: RuledGrid): (x: number, y: number) => number | null {
  const owner = new Map<number, number>();
  cells.forEach((cell, index) => {
    for (let row = 0; row < cell.rows; row++)
      for (let column = 0; column < cell.columns; column++)
        owner.set((cell.row + row) * xs.length + cell.column + column, index);
  });
  const stretch = (places: readonly number[], at: number): number => {
    if (at < (places[0] ?? 0) || at > (places.at(-1) ?? 0)) return -1;
    return Math.min(
      places.findLastIndex((place) => place <= at),
      places.length - 2,
    );
  };
  return (x, y) => {
    const [column, row] = [stretch(xs, x), stretch(ys, y)];
    return column < 0 || row < 0 ? null : (owner.get(row * xs.length + column) ?? null);
  };
}

function tableOf(page: number, grid: RuledGrid, inside: ReadonlyMap<number, Glyph[]>): TableDraft {
  const { xs, ys } = grid;
  const boxes = grid.cells.map((cell, index) => ({
    ...cell,
    left: xs[cell.column] ?? 0,
    right: xs[cell.column + cell.columns] ?? 0,
    lines: linesOf(page, inside.get(index) ?? []),
  }));
  // Air between rules and text: the least seen anywhere in the table.
  const air = Math.min(
    8,
    ...boxes
      .flatMap(({ left, right, lines }) => lines.flatMap(({ x0, x1 }) => [x0 - left, right - x1]))
      .filter((one) => one >= 0),
  );
  const leading = leadingsOf(boxes.flatMap(({ lines }) => lines));
  const all = boxes.map(({ row, column, rows, columns, left, right, lines }): CellDraft => {
    const region: TextRegion = {
      where: "cell",
      frame: () => ({ left: left + air, right: right - air, slack: 0 }),
      leading,
      indent: null,
    };
    return {
      row,
      column,
      rows,
      columns,
      groups: joinLines(lines, region),
      text: lines.map(plainText).join(" "),
    };
  });
  return withoutEmptyEdges({
    page,
    lastPage: page,
    top: ys[0] ?? 0,
    xs,
    rows: ys.length - 1,
    cells: all,
    head: 0,
  });
}

/** Double lines around a table look like rows or columns of nothing: too narrow to hold text. */
function withoutEmptyEdges(table: TableDraft): TableDraft {
  const thin = table.xs.flatMap((x, index) =>
    index > 0 && x - (table.xs[index - 1] ?? 0) < 4 ? [index - 1] : [],
  );
  if (thin.length === 0) return table;
  const before = (column: number): number => thin.filter((one) => one < column).length;
  const cells = table.cells.flatMap((cell): CellDraft[] => {
    const columns =
      cell.columns -
      thin.filter((one) => one >= cell.column && one < cell.column + cell.columns).length;
    return columns === 0 ? [] : [{ ...cell, column: cell.column - before(cell.column), columns }];
  });
  return { ...table, xs: table.xs.filter((_, index) => !thin.includes(index)), cells };
}

/** Lines of all cells of a row as one text, to compare rows by. */
export function rowText(table: TableDraft, row: number): string {
  return table.cells
    .filter((cell) => cell.row === row)
    .map((cell) => `${cell.text}`)
    .join("\t");
}

export function linesOfTable(table: TableDraft): TextLine[] {
  return table.cells.flatMap((cell) => cell.groups.flatMap((group) => group.lines));
}
