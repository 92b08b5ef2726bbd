import { both } from "../../base/diagnostic.js";
import type {
  Excluded,
  Notice,
  SourceBlock,
  SourceParagraph,
  SourcePlace,
  SourceTable,
  SourceText,
} from "../source-text.js";
import { findColumns } from "./columns.js";
import { type LineEnds, type PageFacts, paragraphOf } from "./line-groups.js";
import { measureBody } from "./frames.js";
import { type FootOfPage, takeFootnotes } from "./footnotes.js";
import { type PageLines, findRunningElements } from "./running-elements.js";
import { findGrids } from "./grid.js";
import { joinTables } from "./join-tables.js";
import { type TextLine, isInk, linesOf } from "./lines.js";
import type { Glyph } from "./glyph.js";
import type { PageContent } from "./page-content.js";
import { type LineGroup, type TextRegion, joinLines } from "./paragraphs.js";
import { extractStamps } from "./signature-stamps.js";
import { type TableDraft, fillGrids, linesOfTable } from "./tables.js";

/** What stands on a page one below the other. */
type Item =
  | { readonly kind: "line"; readonly top: number; readonly line: TextLine }
  | { readonly kind: "table"; readonly top: number; readonly table: TableDraft }
  | {
      readonly kind: "columns";
      readonly top: number;
      readonly left: readonly TextLine[];
      readonly right: readonly TextLine[];
    };

interface PageParts {
  readonly content: PageContent;
  readonly tables: readonly TableDraft[];
  readonly bottoms: readonly number[];
  readonly glyphs: readonly Glyph[];
  readonly lines: readonly TextLine[];
  readonly excluded: readonly Excluded[];
  readonly placeOf: (y: number) => SourcePlace;
}

/**
 * Pages of glyphs and rules as one text: what is no text of the document set aside, lines joined,
 * columns and tables told apart.
 */
export function assemble(pages: readonly PageContent[]): SourceText {
  const parts = pages.map(partsOf);
  const runningElements = findRunningElements(parts.map(extentOf));
  const excluded: Excluded[] = parts.flatMap((part) => part.excluded);
  for (const { line, why, text } of runningElements)
    excluded.push({ why, text, at: placeIn(parts, line) });
  const body = usualSize(parts.flatMap(({ lines }) => lines));
  const own = withoutLines(parts, new Set(runningElements.map(({ line }) => line)));
  const notes = new NoteCollector();
  const sequence = own.flatMap((part) => {
    const foot = takeFootnotes(part.lines, part.content.rules, body);
    notes.addPage(part.content.page, foot);
    return itemsAbove(foot, part);
  });
  const facts: PageFacts = {
    placeOf: (line) => placeIn(parts, line),
    noteOf: (page, number) => notes.nameOf(page, number),
  };
  const flow = sequence.flatMap((item) => (item.kind === "line" ? [item.line] : []));
  const region = measureBody(flow, (page) => parts[page - 1]?.content.width ?? 595);
  const footnotes = new Map(
    notes.all.map(({ name, lines }) => [name, paragraphsOf(joinNote(lines), facts, "folded")]),
  );
  const blocks = blocksOf(sequence, region, facts, excluded);
  return { blocks, footnotes, excluded, notices: noticesOf(parts) };
}

/** Where lines and tables stand on a page: what repeats from page to page is told by it. */
function extentOf({ content, lines, tables, bottoms }: PageParts): PageLines {
  return {
    page: content.page,
    height: content.height,
    lines,
    tables: tables.map((table, index) => ({
      top: table.top,
      bottom: bottoms[index] ?? table.top,
    })),
  };
}

/** Pages without lines that are no text of the document. */
function withoutLines(
  parts: readonly PageParts[],
  dropped: ReadonlySet<TextLine>,
): readonly PageParts[] {
  const glyphs = new Set([...dropped].flatMap((line) => line.glyphs));
  return parts.map((part) => ({
    ...part,
    lines: part.lines.filter((line) => !dropped.has(line)),
    glyphs: part.glyphs.filter((glyph) => !glyphs.has(glyph)),
  }));
}

/** Footnotes of all pages: one may go on at the foot of the next page. */
class NoteCollector {
  readonly all: { readonly name: string; readonly lines: TextLine[] }[] = [];
  readonly #names = new Map<number, ReadonlyMap<string, string>>();

  addPage(page: number, { notes, goingOn }: FootOfPage): void {
    this.all.at(-1)?.lines.push(...goingOn);
    const names = new Map<string, string>();
    for (const { number, lines } of notes) {
      const name = this.all.some((one) => one.name === number) ? `${number}-${page}` : number;
      names.set(number, name);
      this.all.push({ name, lines: [...lines] });
    }
    this.#names.set(page, names);
  }

  /** The name of a note by its number on a page. */
  nameOf(page: number, number: string): string | null {
    return this.#names.get(page)?.get(number) ?? null;
  }
}

/** What stands on a page above its footnotes. */
function itemsAbove({ notes, goingOn, rest }: FootOfPage, part: PageParts): readonly Item[] {
  const { page } = part.content;
  const lines = [...notes.flatMap((note) => note.lines), ...goingOn];
  if (lines.length === 0) return itemsOf(page, part.glyphs, rest, part.tables);
  const inNotes = new Set(lines.flatMap((line) => line.glyphs));
  const top = Math.min(...lines.map((line) => line.y - line.size));
  const above = part.glyphs.filter((glyph) => !inNotes.has(glyph) && glyph.y < top);
  return itemsOf(page, above, rest, part.tables);
}

function partsOf(content: PageContent): PageParts {
  const { page, glyphs } = content;
  const { stamps, rest: unstamped } = extractStamps(glyphs);
  const { tables, rest } = fillGrids(page, findGrids(content.rules), unstamped);
  const lines = linesOf(page, rest);
  const baselines = [
    ...lines.map(({ y }) => y),
    ...tables.flatMap((table) => linesOfTable(table).map(({ y }) => y)),
  ]
    .sort((a, b) => a - b)
    .filter((y, index, all) => index === 0 || y - (all[index - 1] ?? 0) > 2);
  const placeOf = (y: number): SourcePlace => ({
    page,
    line: Math.max(1, baselines.filter((one) => one <= y + 2).length),
  });
  const excluded = [
    ...stamps.map(({ text, y }): Excluded => ({ why: "seal", text, at: placeOf(y) })),
    ...content.rotatedText.map((text): Excluded => ({
      why: "artifact",
      text: text.normalize("NFC"),
      at: { page, line: 1 },
    })),
  ];
  return {
    content,
    tables,
    bottoms: tables.map((table) => Math.max(table.top, ...linesOfTable(table).map(({ y }) => y))),
    glyphs: rest,
    lines,
    excluded,
    placeOf,
  };
}

function placeIn(parts: readonly PageParts[], line: TextLine): SourcePlace {
  return parts[line.page - 1]?.placeOf(line.y) ?? { page: line.page, line: 1 };
}

function itemsOf(
  page: number,
  glyphs: readonly Glyph[],
  lines: readonly TextLine[],
  tables: readonly TableDraft[],
): Item[] {
  const { regions, rest } = findColumns(glyphs);
  const items: Item[] = [
    ...(regions.length === 0 ? lines : linesOf(page, rest)).map((line): Item => ({
      kind: "line",
      top: line.y - line.size,
      line,
    })),
    ...regions.map(({ top, left, right }): Item => ({
      kind: "columns",
      top,
      left: linesOf(page, left),
      right: linesOf(page, right),
    })),
    ...tables.map((table): Item => ({ kind: "table", top: table.top, table })),
  ];
  return items.sort((a, b) => a.top - b.top);
}

function blocksOf(
  items: readonly Item[],
  region: TextRegion,
  facts: PageFacts,
  excluded: Excluded[],
): SourceBlock[] {
  const blocks: SourceBlock[] = [];
  let lines: TextLine[] = [];
  let table: TableDraft | null = null;
  const endLines = (): void => {
    blocks.push(...paragraphsOf(joinLines(lines, region), facts, "kept"));
    lines = [];
  };
  const endTable = (): void => {
    if (table) blocks.push(printTable(table, facts));
    table = null;
  };
  for (const item of items) {
    if (item.kind === "line") {
      endTable();
      lines.push(item.line);
      continue;
    }
    endLines();
    if (item.kind === "columns") {
      endTable();
      const block = columnsBlock(item.left, item.right, facts);
      if (block) blocks.push(block);
      continue;
    }
    const joined: ReturnType<typeof joinTables> =
      table && item.table.page > table.lastPage ? joinTables(table, item.table) : null;
    if (joined) {
      const [first] = linesOfTable(item.table);
      const at = first ? facts.placeOf(first) : { page: item.table.page, line: 1 };
      for (const text of joined.repeated) excluded.push({ why: "repeated-head", text, at });
      table = joined.table;
    } else {
      endTable();
      table = item.table;
    }
  }
  endTable();
  endLines();
  return blocks;
}

function paragraphsOf(
  groups: readonly LineGroup[],
  facts: PageFacts,
  ends: LineEnds,
): SourceParagraph[] {
  return groups.flatMap((group) => paragraphOf(group, facts, ends) ?? []);
}

function printTable(table: TableDraft, facts: PageFacts): SourceTable {
  const rows = Array.from({ length: table.rows }, (): SourceTable["rows"][number][number][] => []);
  for (const cell of table.cells)
    rows[cell.row]?.push({
      paragraphs: paragraphsOf(cell.groups, facts, "folded"),
      columns: cell.columns,
      rows: cell.rows,
    });
  const [first] = linesOfTable(table);
  return {
    kind: "table",
    rows,
    ruled: true,
    head: table.head,
    at: first ? facts.placeOf(first) : { page: table.page, line: 1 },
  };
}

function columnsBlock(
  left: readonly TextLine[],
  right: readonly TextLine[],
  facts: PageFacts,
): SourceTable | null {
  const [first] = [...left, ...right].sort((a, b) => a.y - b.y);
  if (first === undefined) return null;
  const cell = (lines: readonly TextLine[]): SourceTable["rows"][number][number] => {
    const frame = {
      left: Math.min(...lines.map(({ x0 }) => x0)),
      right: Math.max(...lines.map(({ x1 }) => x1)),
      slack: 0,
    };
    const leading = (size: number): number => size * 1.45;
    return {
      paragraphs: paragraphsOf(
        joinLines(lines, { where: "column", frame: () => frame, leading, indent: null }),
        facts,
        "kept",
      ),
      columns: 1,
      rows: 1,
    };
  };
  return {
    kind: "table",
    rows: [[cell(left), cell(right)]],
    ruled: false,
    head: 0,
    at: facts.placeOf(first),
  };
}

/** The lines of one footnote: a new paragraph only where a line ends long before the others. */
function joinNote(lines: readonly TextLine[]): LineGroup[] {
  const right = Math.max(...lines.map(({ x1 }) => x1));
  const groups: { lines: TextLine[]; align: null }[] = [];
  lines.forEach((line, index) => {
    const before = lines[index - 1];
    const open = groups.at(-1);
    if (open && before && before.x1 > right - (right - before.x0) * 0.35) open.lines.push(line);
    else groups.push({ lines: [line], align: null });
  });
  return groups;
}

function usualSize(lines: readonly TextLine[]): number {
  const letters = new Map<number, number>();
  for (const line of lines)
    letters.set(line.size, (letters.get(line.size) ?? 0) + line.glyphs.length);
  return [...letters].sort((a, b) => b[1] - a[1])[0]?.[0] ?? 12;
}

/** Stamps have no more letters than this. */
const MAX_OF_STAMPS = 2_000;

/** Pages with hardly a letter but with a picture are scanned ones. */
export function isScanned({ glyphs, pictures }: PageContent): boolean {
  return (
    pictures &&
    glyphs.length < MAX_OF_STAMPS &&
    extractStamps(glyphs).rest.filter(isInk).length < 12
  );
}

function noticesOf(parts: readonly PageParts[]): Notice[] {
  const pages = parts
    .map(({ content }) => content)
    .filter(isScanned)
    .map(({ page }) => page);
  const [first] = pages;
  if (first === undefined) return [];
  return [
    {
      code: "page-scanned",
      at: { page: first, line: 1 },
      message: both(
        `trang ${pages.join(", ")} chỉ có ảnh, không có chữ: nội dung trên ảnh không đọc được`,
        `page ${pages.join(", ")} is a picture without text: what it says was not read`,
      ),
    },
  ];
}
