import type {
  SourceBlock,
  SourceCell,
  SourceParagraph,
  SourcePlace,
  SourceTable,
} from "../source-text.js";
import { WORD_LIMITS } from "./limits.js";
import { type Story, leaveOut, passLines, placeIn, plainPiece, plainText } from "./reading.js";
import type { Style } from "./styles.js";
import {
  type Side,
  type TableLines,
  countLines,
  headIsUnderlined,
  tableLines,
} from "./table-lines.js";
import { type TableLook, tableLooks, wantedParts } from "./table-look.js";
import { type XmlNode, childOf, isOn, numberOf, valueOf } from "./xml-tree.js";

/**
 * Reads what is in a cell; the reader of blocks brings itself, as tables stand in blocks and blocks
 * in tables.
 */
export type ReadContent = (nodes: readonly XmlNode[], look: TableLook) => SourceBlock[];

/** A cell with its place, before rows that it covers are counted. */
interface OpenCell {
  readonly paragraphs: readonly SourceParagraph[];
  readonly columns: number;
  rows: number;
}

/** Wrappers of rows and cells. */
const WRAPPERS: ReadonlySet<string> = new Set(["sdt", "sdtContent", "customXml", "ins", "moveTo"]);

/**
 * Read a table. One cell that only holds other tables, as a frame around them, gives what it holds.
 */
export function readTable(node: XmlNode, story: Story, read: ReadContent): SourceBlock[] {
  return new TableReader(node, story, read).read();
}

/** Where a cell stands among those of its table. */
interface CellPlace {
  readonly edges: Readonly<Record<Side, boolean>>;
  readonly column: number;
  /** It is the only cell of the table. */
  readonly alone: boolean;
}

class TableReader {
  readonly #at: SourcePlace;
  readonly #style: Style;
  readonly #looks: ReturnType<typeof tableLooks>;
  readonly #wanted: ReturnType<typeof wantedParts>;
  readonly #lines: TableLines;
  readonly #rowNodes: readonly XmlNode[];
  readonly #kept: number;
  readonly #rows: OpenCell[][] = [];
  /** Cells that go on in the rows below, by their columns. */
  readonly #merging = new Map<number, OpenCell>();
  #head = 0;
  #cellCount = 0;
  #ruledCount = 0;

  constructor(
    node: XmlNode,
    private readonly story: Story,
    private readonly content: ReadContent,
  ) {
    this.#at = { page: null, line: story.line + (story.counts ? 1 : 0) };
    const properties = childOf(node, "tblPr");
    this.#style = story.reading.styles.find("table", valueOf(properties, "tblStyle"));
    this.#looks = tableLooks(this.#style);
    this.#wanted = wantedParts(properties);
    this.#lines = tableLines(properties, this.#style);
    this.#rowNodes = [...unwrapped(node, "tr")];
    this.#kept = this.#rowNodes.filter(isKept).length;
  }

  read(): SourceBlock[] {
    for (const row of this.#rowNodes) {
      if (!isKept(row)) {
        passRow(row, this.story);
        continue;
      }
      const framed = this.#readRow(row);
      if (framed !== null) return framed;
    }
    const rows = this.#rows;
    if (!rows.some((row) => row.some(({ paragraphs }) => paragraphs.length > 0))) return [];
    const underlined = this.#wanted.includes("firstRow") && headIsUnderlined(this.#style);
    const table: SourceTable = {
      kind: "table",
      rows: rows satisfies readonly (readonly SourceCell[])[],
      ruled: this.#ruledCount * 2 >= this.#cellCount || underlined,
      head: this.#head === rows.length ? 0 : this.#head,
      at: this.#at,
    };
    return [table];
  }

  /** Read a row into the table. What a table that is only a frame holds is given back. */
  #readRow(row: XmlNode): SourceBlock[] | null {
    const index = this.#rows.length;
    const settings = childOf(row, "trPr");
    const { notices } = this.story.reading;
    if (childOf(settings, "ins")) notices.add("tracked-changes", placeIn(this.story));
    const nodes = [...unwrapped(row, "tc")].filter(
      (cell) => childOf(childOf(cell, "tcPr"), "cellDel") === undefined,
    );
    const cells: OpenCell[] = [];
    let column = gap(valueOf(settings, "gridBefore"));
    if (column > 0) cells.push({ paragraphs: [], columns: column, rows: 1 });
    for (const [position, cell] of nodes.entries()) {
      const edges = {
        top: index === 0,
        bottom: index === this.#kept - 1,
        left: position === 0,
        right: position === nodes.length - 1,
      };
      const alone = this.#kept === 1 && nodes.length === 1;
      const framed = this.#readCell(cell, { edges, column, alone }, cells);
      if (framed !== null) return framed;
      column += columnsOf(cell);
    }
    const after = gap(valueOf(settings, "gridAfter"));
    if (after > 0) cells.push({ paragraphs: [], columns: after, rows: 1 });
    const isHead = childOf(settings, "tblHeader");
    if (this.#head === index && isHead && isOn(isHead)) this.#head = index + 1;
    this.#rows.push(cells);
    return null;
  }

  #readCell(cell: XmlNode, place: CellPlace, cells: OpenCell[]): SourceBlock[] | null {
    const { edges } = place;
    const parts = {
      firstRow: edges.top,
      lastRow: edges.bottom,
      firstCol: edges.left,
      lastCol: edges.right,
    };
    const look = this.#looks(this.#wanted.filter((part) => parts[part]));
    const blocks = this.content(cell.children, look);
    const nested = blocks.filter((block) => block.kind === "table");
    if (nested.length > 0 && place.alone) return blocks;
    for (const table of nested) this.story.reading.notices.add("nested-table", table.at);
    this.#cellCount++;
    if (countLines(childOf(cell, "tcPr"), this.#lines, edges) >= 2) this.#ruledCount++;
    this.#placeCell(cell, place.column, blocks, cells);
    return null;
  }

  /** Put a cell into its row, or into the cell above or beside it that it is merged with. */
  #placeCell(
    cell: XmlNode,
    column: number,
    blocks: readonly SourceBlock[],
    cells: OpenCell[],
  ): void {
    const own = childOf(cell, "tcPr");
    const columns = columnsOf(cell);
    const merge = childOf(own, "vMerge");
    const above =
      merge && merge.attributes.get("val") !== "restart" ? this.#merging.get(column) : undefined;
    const sideways = valueOf(own, "hMerge");
    if (above && above.columns === columns) above.rows++;
    else if (sideways !== null && sideways !== "restart" && cells.length > 0) widen(cells, columns);
    else {
      const opened = { paragraphs: blocks.flatMap(flatten), columns, rows: 1 };
      cells.push(opened);
      if (merge) this.#merging.set(column, opened);
      else this.#merging.delete(column);
    }
  }
}

/** How many columns of the table a cell takes. */
function columnsOf(cell: XmlNode): number {
  return Math.max(1, gap(valueOf(childOf(cell, "tcPr"), "gridSpan")));
}

/** Rows or cells, out of their wrappers. */
function* unwrapped(node: XmlNode, name: string): Generator<XmlNode> {
  for (const child of node.children) {
    if (child.name === name) yield child;
    else if (WRAPPERS.has(child.name)) yield* unwrapped(child, name);
  }
}

function isKept(row: XmlNode): boolean {
  const settings = childOf(row, "trPr");
  const hidden = childOf(settings, "hidden");
  return childOf(settings, "del") === undefined && !(hidden && isOn(hidden));
}

/** Deleted and hidden rows are put aside; their paragraphs count all the same. */
function passRow(row: XmlNode, story: Story): void {
  const deleted = childOf(childOf(row, "trPr"), "del") !== undefined;
  passLines(story, row);
  story.reading.notices.add(deleted ? "tracked-changes" : "hidden-text", placeIn(story));
  leaveOut(story, deleted ? "deleted" : "artifact", [plainPiece(plainText(row))]);
}

/** A number of columns; what no table can have is cut down. */
function gap(written: string | null): number {
  return Math.min(WORD_LIMITS.columns, Math.max(0, numberOf(written) ?? 0));
}

/** Cells merged sideways the old way: the first takes the room of the next. */
function widen(cells: OpenCell[], columns: number): void {
  const last = cells.at(-1);
  if (last) cells[cells.length - 1] = { ...last, columns: last.columns + columns };
}

function flatten(block: SourceBlock): readonly SourceParagraph[] {
  return block.kind === "paragraph"
    ? [block]
    : block.rows.flatMap((row) => row.flatMap(({ paragraphs }) => paragraphs));
}
