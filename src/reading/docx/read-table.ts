import type { SourceBlock, SourceCell, SourceParagraph, SourceTable } from "../source-text.js";
import { WORD_LIMITS } from "./limits.js";
import { type Story, leaveOut, passLines, placeIn, plainPiece, plainText } from "./reading.js";
import { countLines, headIsUnderlined, tableLines } from "./table-lines.js";
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
  const at = { page: null, line: story.line + (story.counts ? 1 : 0) };
  const properties = childOf(node, "tblPr");
  const style = story.reading.styles.find("table", valueOf(properties, "tblStyle"));
  const looks = tableLooks(style);
  const wanted = wantedParts(properties);
  const lines = tableLines(properties, style);
  const all = [...unwrapped(node, "tr")];
  const rowNodes = all.filter(isKept);
  const merging = new Map<number, OpenCell>();
  const rows: OpenCell[][] = [];
  let head = 0;
  let [cellCount, ruledCount] = [0, 0];
  for (const row of all) {
    if (!isKept(row)) {
      passRow(row, story);
      continue;
    }
    const index = rows.length;
    const settings = childOf(row, "trPr");
    if (childOf(settings, "ins")) story.reading.notices.add("tracked-changes", placeIn(story));
    const cellNodes = [...unwrapped(row, "tc")].filter(
      (cell) => childOf(childOf(cell, "tcPr"), "cellDel") === undefined,
    );
    const cells: OpenCell[] = [];
    let column = gap(valueOf(settings, "gridBefore"));
    if (column > 0) cells.push({ paragraphs: [], columns: column, rows: 1 });
    for (const [position, cell] of cellNodes.entries()) {
      const own = childOf(cell, "tcPr");
      const columns = Math.max(1, gap(valueOf(own, "gridSpan")));
      const edges = {
        top: index === 0,
        bottom: index === rowNodes.length - 1,
        left: position === 0,
        right: position === cellNodes.length - 1,
      };
      const parts = {
        firstRow: edges.top,
        lastRow: edges.bottom,
        firstCol: edges.left,
        lastCol: edges.right,
      };
      const blocks = read(cell.children, looks(wanted.filter((part) => parts[part])));
      const nested = blocks.filter((block) => block.kind === "table");
      if (nested.length > 0 && rowNodes.length === 1 && cellNodes.length === 1) return blocks;
      for (const table of nested) story.reading.notices.add("nested-table", table.at);
      cellCount++;
      if (countLines(own, lines, edges) >= 2) ruledCount++;
      const merge = childOf(own, "vMerge");
      const above =
        merge && merge.attributes.get("val") !== "restart" ? merging.get(column) : undefined;
      if (above && above.columns === columns) above.rows++;
      else if (
        valueOf(own, "hMerge") !== null &&
        valueOf(own, "hMerge") !== "restart" &&
        cells.length > 0
      )
        widen(cells, columns);
      else {
        const opened = { paragraphs: blocks.flatMap(flatten), columns, rows: 1 };
        cells.push(opened);
        if (merge) merging.set(column, opened);
        else merging.delete(column);
      }
      column += columns;
    }
    const after = gap(valueOf(settings, "gridAfter"));
    if (after > 0) cells.push({ paragraphs: [], columns: after, rows: 1 });
    const isHead = childOf(settings, "tblHeader");
    if (head === index && isHead && isOn(isHead)) head = index + 1;
    rows.push(cells);
  }
  if (!rows.some((row) => row.some(({ paragraphs }) => paragraphs.length > 0))) return [];
  const ruled =
    ruledCount * 2 >= cellCount || (wanted.includes("firstRow") && headIsUnderlined(style));
  const table: SourceTable = {
    kind: "table",
    rows: rows satisfies readonly (readonly SourceCell[])[],
    ruled,
    head: head === rows.length ? 0 : head,
    at,
  };
  return [table];
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
