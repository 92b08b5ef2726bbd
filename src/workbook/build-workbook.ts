import { type Formula, formulaColumns } from "../tables/formula.js";
import {
  type EvaluatedColumn,
  type EvaluatedTable,
  type EvaluatedRow,
  type Value,
  isNumber,
} from "../tables/data-table.js";
import type { EvaluatedPlan } from "../tables/evaluate-plan.js";
import { roundedPlaces } from "../tables/assignee-share.js";
import { formatIssueDate, isoDate } from "../base/dates.js";
import { type Decimal, columnName, decimalOf } from "../base/numbers.js";
import { capitalize, upperCase } from "../base/text.js";
import type { CellLook, Workbook, Worksheet, WorksheetCell, WorksheetRow } from "./workbook.js";
import type { DataColumnNode } from "../plan/data-table.js";
import type { Node } from "../plan/schema.js";
import { bodyOf } from "../plan/walk.js";
import { type TypedTable, leavesOf } from "../plan/typed-table.js";
import { fitsPortrait, isGrouped, isStrong, tableSize } from "../template/data-table-view.js";
import { DEFAULT_PROFILE } from "../plan/profile.js";
import { PlanTexts } from "../resolve/plan-text.js";
import { type HeadColumn, flattenRows, headColumns, headView } from "../template/table-view.js";

/** Lines above a table: what its appendix is called, and what it belongs to. */
interface Caption {
  readonly name: string;
  readonly lines: readonly { readonly text: string; readonly look: CellLook }[];
  readonly landscape: boolean | null;
}

const PLAIN: CellLook = {
  bold: false,
  italic: false,
  align: "left",
  bordered: false,
  format: "General",
};
const LABEL: CellLook = { ...PLAIN, bold: true, align: "center" };
const REFERENCE: CellLook = { ...PLAIN, italic: true, align: "center" };
const UNIT: CellLook = { ...PLAIN, italic: true, align: "right" };
const HEAD: CellLook = { ...PLAIN, bold: true, align: "center", bordered: true };
const NOTE: CellLook = { ...PLAIN, italic: true };

/**
 * The tables of a plan as a workbook: a sheet each, with live formulas. Null when the plan has no
 * table.
 */
export function buildWorkbook(plan: EvaluatedPlan): Workbook | null {
  const texts = new PlanTexts(plan, (plan.profile ?? DEFAULT_PROFILE).citationDates);
  const sheets: Worksheet[] = [];
  const add = (table: TypedTable | string, caption: Caption): void => {
    const dataTable = typeof table === "string" ? plan.dataTables.get(table) : undefined;
    if (typeof table !== "string") sheets.push(new TableSheet(caption, texts, table).build());
    else if (dataTable) sheets.push(new DataTableSheet(caption, texts, dataTable).build());
  };
  tablesOf(plan.body, null).forEach(({ table, heading }, index) => {
    const title = titleOf(table, plan);
    const own =
      title.length > 0 || heading === null
        ? title
        : [{ text: plain(texts.render(heading, []).markup), look: LABEL }];
    add(table, { name: `Bảng ${index + 1}`, lines: own, landscape: null });
  });
  plan.appendices.forEach((appendix, place) => {
    const label = texts.appendixLabel(place);
    const lines = [
      { text: label, look: LABEL },
      {
        text: upperCase(plain(texts.render(appendix.title, ["appendices", place, "title"]).markup)),
        look: LABEL,
      },
      { text: `(${reference(plan)})`, look: REFERENCE },
    ];
    tablesOf(appendix.body ?? [], null).forEach(({ table }, index) =>
      add(table, {
        name: index === 0 ? label : `${label} (${index + 1})`,
        lines: [...(index === 0 ? lines : lines.slice(0, 1)), ...titleOf(table, plan)],
        landscape: appendix.landscape === "auto" ? null : appendix.landscape,
      }),
    );
  });
  const subject = typeof plan.subject === "string" ? plan.subject : plan.subject.join(" ");
  return sheets.length === 0
    ? null
    : {
        title: `${plan.type} ${subject}`.replace(/[*\\]/gu, ""),
        dated: isoDate(plan.date),
        sheets,
      };
}

function reference({ type, number, symbol, date, issuer }: EvaluatedPlan): string {
  return `Kèm theo ${type} số ${number ?? "      "}/${symbol} ${formatIssueDate(date)} của ${issuer.name}`;
}

function titleOf(table: TypedTable | string, plan: EvaluatedPlan): Caption["lines"] {
  const title = typeof table === "string" ? plan.dataTables.get(table)?.title : table.title;
  return title ? [{ text: title, look: LABEL }] : [];
}

/** Tables among nodes, each with the heading it stands under. */
function tablesOf(
  nodes: readonly Node[],
  heading: string | null,
): { readonly table: TypedTable | string; readonly heading: string | null }[] {
  return nodes.flatMap((node) =>
    node.kind === "table"
      ? [{ table: node.table, heading }]
      : tablesOf(bodyOf(node), node.kind === "heading" ? node.heading : heading),
  );
}

/** Markup without its tags. */
function plain(markup: string): string {
  return markup
    .replace(/<[^>]*>/gu, "")
    .replace(/&lt;/gu, "<")
    .replace(/&gt;/gu, ">")
    .replace(/&quot;/gu, '"')
    .replace(/&amp;/gu, "&");
}

/** What the sheets of both kinds of tables have alike: lines above, a head, a note below. */
abstract class SheetBuilder {
  protected readonly rows: WorksheetCell[][] = [];

  constructor(
    protected readonly caption: Caption,
    protected readonly texts: PlanTexts,
  ) {}

  protected abstract readonly width: number;
  /** Of the columns, in digits. */
  protected widths: readonly number[] = [];

  protected line(text: string, look: CellLook): void {
    this.rows.push([{ column: 0, value: text, formula: null, look, columns: this.width, rows: 1 }]);
  }

  protected text(text: string): string {
    return plain(this.texts.render(text, []).markup);
  }

  protected putCaption(unit: string | null): void {
    this.caption.lines.forEach(({ text, look }) => this.line(text, look));
    if (unit !== null) this.line(`Đơn vị tính: ${this.text(capitalize(unit))}`, UNIT);
  }

  /** Column names as one reads them; cells under a name that covers several rows are left out. */
  protected head(columns: readonly HeadColumn[]): Worksheet["head"] {
    const first = this.rows.length;
    const view = headView(columns, (text, path) => this.texts.render(text, path));
    const taken = new Set<string>();
    view.forEach((row, level) => {
      const cells: WorksheetCell[] = [];
      let column = 0;
      for (const cell of row.cells) {
        while (taken.has(`${level}:${column}`)) column++;
        for (let down = 0; down < cell.rows; down++)
          for (let across = 0; across < cell.columns; across++)
            taken.add(`${level + down}:${column + across}`);
        cells.push({
          column,
          value: plain(String(cell.text)),
          formula: null,
          look: row.strong ? HEAD : { ...HEAD, bold: false, italic: true },
          columns: cell.columns,
          rows: cell.rows,
        });
        column += cell.columns;
      }
      this.rows.push(cells);
    });
    return { first, last: this.rows.length - 1 };
  }

  /**
   * Widths that show the longest word of the head and most of the content; what stands above and
   * below the table fits into them together.
   */
  protected setWidths(count: number, head: Worksheet["head"]): void {
    const widths = Array.from({ length: count }, () => 6);
    this.rows.forEach((cells, row) => {
      if (row < head.first) return;
      for (const { column, columns, value } of cells) {
        if (columns > 1 || value === null) continue;
        const text = shownText(value);
        const wanted = row <= head.last ? longestWord(text) + 1 : Math.min(text.length, MAX_WIDTH);
        widths[column] = Math.max(widths[column] ?? 0, wanted + 2);
      }
    });
    const short = MIN_WIDTH - widths.reduce((sum, width) => sum + width, 0);
    this.widths =
      short <= 0
        ? widths
        : widths.map((width) => Math.round(width * (1 + short / (MIN_WIDTH - short))));
  }

  /**
   * Rows as high as the text in them needs; a cell over several rows makes the last of them higher.
   */
  protected heights(head: Worksheet["head"]): WorksheetRow[] {
    const lines = this.rows.map(() => 1);
    const raise = (row: number, cell: WorksheetCell): void => {
      const width = this.widths
        .slice(cell.column, cell.column + cell.columns)
        .reduce((sum, one) => sum + one, 0);
      const needed =
        typeof cell.value === "string" ? wrappedLines(cell.value, width - 1, cell.look.bold) : 1;
      const given = lines.slice(row, row + cell.rows).reduce((sum, one) => sum + one, 0);
      const last = row + cell.rows - 1;
      if (needed > given) lines[last] = (lines[last] ?? 1) + needed - given;
    };
    this.rows.forEach((cells, row) => cells.forEach((cell) => cell.rows === 1 && raise(row, cell)));
    this.rows
      .slice(0, head.last + 1)
      .forEach((cells, row) => cells.forEach((cell) => cell.rows > 1 && raise(row, cell)));
    return this.rows.map((cells, row) => ({ cells, lines: lines[row] ?? 1 }));
  }
}

/**
 * Widths in digits: of a column of text at most, of a table at least, so that its title has room.
 */
const MAX_WIDTH = 32;
const MIN_WIDTH = 70;
/** Bold letters are about so much wider. */
const BOLD = 1.1;

function shownText(value: string | Decimal | { readonly date: string }): string {
  return typeof value === "string" ? value : "date" in value ? "00/00/0000" : printed(value);
}

function longestWord(text: string): number {
  return Math.max(...text.split(/\s+/u).map((word) => word.length));
}

/** Lines a text takes in a width of so many digits, broken between words. */
function wrappedLines(text: string, width: number, bold: boolean): number {
  let [lines, used] = [1, 0];
  for (const word of text.split(/[ \n]+/u)) {
    const length = word.length * (bold ? BOLD : 1);
    if (used > 0 && used + 1 + length > width) [lines, used] = [lines + 1, length];
    else used += (used > 0 ? 1 : 0) + length;
  }
  return lines;
}

function printed({ digits, scale }: Decimal): string {
  const length = digits.toString().length;
  return "0".repeat(length + Math.floor(Math.max(0, length - scale - 1) / 3) + (scale > 0 ? 1 : 0));
}

// --- Tables of numbers ---------------------------------------------------------------------------------------------------

class DataTableSheet extends SheetBuilder {
  readonly #shown: readonly number[];
  readonly #places: ReadonlyMap<number, number>;
  readonly #grouped: boolean;
  readonly #size: number;
  protected readonly width: number;

  constructor(
    caption: Caption,
    texts: PlanTexts,
    private readonly dataTable: EvaluatedTable,
  ) {
    super(caption, texts);
    this.#grouped = isGrouped(dataTable);
    this.#size = tableSize(texts.plan);
    const shown = dataTable.columns.flatMap(({ spec }, index) => (spec.show ? [index] : []));
    // Columns that are only computed with come along, hidden, so that formulas stay alive.
    const needed = new Set(
      shown
        .flatMap((index) => formulaColumns(dataTable.columns[index]?.formula ?? NOTHING))
        .filter((index) => !shown.includes(index)),
    );
    this.width = shown.length;
    this.#shown = [...shown, ...needed];
    this.#places = new Map(this.#shown.map((index, place) => [index, place]));
  }

  build(): Worksheet {
    const { dataTable } = this;
    this.putCaption(dataTable.unit);
    const numbers = new Map(dataTable.columns.map(({ spec, number }) => [spec.id, number]));
    const head = this.head(shownNodes(dataTable.head, numbers));
    const start = this.rows.length;
    dataTable.rows.forEach((row, index) => this.rows.push(this.#row(row, start + index, start)));
    if (dataTable.note !== null) this.line(this.text(dataTable.note), NOTE);
    const label = dataTable.columns.findIndex(({ spec }) => spec.kind === "text" && spec.show);
    this.setWidths(this.#shown.length, head);
    return {
      name: this.caption.name,
      landscape: this.caption.landscape ?? !fitsPortrait(dataTable, this.#size),
      columns: this.widths.map((width, index) => ({ width, hidden: index >= this.width })),
      rows: this.heights(head),
      head,
      frozenColumns: Math.min((this.#places.get(label) ?? 0) + 1, 3),
    };
  }

  #row(row: EvaluatedRow, at: number, start: number): WorksheetCell[] {
    const bold = isStrong(row, this.#grouped);
    const italic = row.kind === "includes" || row.kind === "note";
    if (row.kind === "note")
      return [
        {
          column: 0,
          value: this.#text(row, String(row.cells[0] ?? "")),
          formula: null,
          look: { ...PLAIN, italic, bordered: true },
          columns: this.width,
          rows: 1,
        },
      ];
    return this.#shown.map((index, place): WorksheetCell => {
      const column = this.dataTable.columns[index] as EvaluatedColumn;
      const { spec } = column;
      const value = row.cells[index] ?? null;
      const look: CellLook = {
        bold,
        italic,
        bordered: true,
        format: formatOf(column, value),
        align:
          spec.align === "decimal"
            ? "right"
            : (spec.align ?? (column.numeric ? "right" : spec.kind === "text" ? "left" : "center")),
      };
      const shown =
        spec.kind === "order"
          ? row.mark || null
          : typeof value === "string"
            ? spec.kind === "date" && /^\d{4}-\d\d-\d\d$/u.test(value)
              ? { date: value }
              : this.#text(row, value)
            : value;
      return {
        column: place,
        value: shown,
        formula: isNumber(value) ? this.#formula(row, column, index, at, start) : null,
        look,
        columns: 1,
        rows: 1,
      };
    });
  }

  #text(row: EvaluatedRow, text: string): string {
    return row.at(null).in === "file" ? text : this.text(text);
  }

  /** How a cell's number comes about, for the spreadsheet; null when it is simply there. */
  #formula(
    row: EvaluatedRow,
    column: EvaluatedColumn,
    index: number,
    at: number,
    start: number,
  ): string | null {
    const ownRow = (formula: Formula): string => {
      const text = printFormula(
        formula,
        (other) => `${columnName(this.#places.get(other) ?? 0)}${at + 1}`,
      );
      const rate = column.spec.kind === "percent";
      const scaled = rate ? `${formula.kind === "operation" ? `(${text})` : text}*100` : text;
      const places = roundedPlaces(column);
      return places === null ? scaled : `IFERROR(ROUND(${scaled},${places}),"")`;
    };
    if (row.parts.length === 0)
      return row.kind !== "group" && column.formula !== null ? ownRow(column.formula) : null;
    if (column.totals === "recompute" && column.formula !== null) return ownRow(column.formula);
    const parts = row.parts.filter((part) =>
      isNumber(this.dataTable.rows[part]?.cells[index] ?? null),
    );
    if (column.totals !== "sum" || parts.length === 0) return null;
    return sumFormula(
      columnName(this.#places.get(index) ?? 0),
      parts.map((part) => start + part + 1),
    );
  }
}

const NOTHING: Formula = { kind: "number", value: { digits: 0n, scale: 0 } };

function shownNodes(
  columns: readonly DataColumnNode[],
  numbers: ReadonlyMap<string, string | null>,
): HeadColumn[] {
  return columns.flatMap((column): HeadColumn[] => {
    const { title } = column;
    if (column.columns === null)
      return column.show
        ? [{ title, path: [], columns: null, number: numbers.get(column.id) ?? null }]
        : [];
    const inner = shownNodes(column.columns, numbers);
    return inner.length === 0 ? [] : [{ title, path: [], columns: inner }];
  });
}

/** Decimals as the printed table shows them. */
function formatOf({ spec, fixedPlaces }: EvaluatedColumn, value: Value): string {
  if (!isNumber(value)) return spec.kind === "date" && value !== null ? "dd/mm/yyyy" : "@";
  const places = Math.max(value.scale, fixedPlaces);
  return places === 0 ? "#,##0" : `#,##0.${"0".repeat(places)}`;
}

function printFormula(formula: Formula, cell: (index: number) => string): string {
  if (formula.kind === "column") return cell(formula.index);
  if (formula.kind === "number")
    return String(Number(formula.value.digits) / 10 ** formula.value.scale);
  const side = (part: Formula): string =>
    part.kind === "operation" &&
    (formula.sign === "*" || formula.sign === "/" || part === formula.right)
      ? `(${printFormula(part, cell)})`
      : printFormula(part, cell);
  return `${side(formula.left)}${formula.sign}${side(formula.right)}`;
}

/**
 * Ranges that a function of a spreadsheet takes at most. Source: Excel specifications and limits,
 * “Arguments in a function”.
 */
const MAX_ARGUMENTS = 250;

/** "SUM(C5:C9,C11)" over rows of a column, counted from 1. */
function sumFormula(column: string, rows: readonly number[]): string {
  const ranges: string[] = [];
  for (let index = 0; index < rows.length; index++) {
    const first = rows[index] ?? 0;
    while (rows[index + 1] === (rows[index] ?? 0) + 1) index++;
    const last = rows[index] ?? 0;
    ranges.push(first === last ? `${column}${first}` : `${column}${first}:${column}${last}`);
  }
  const sums: string[] = [];
  for (let at = 0; at < ranges.length; at += MAX_ARGUMENTS)
    sums.push(`SUM(${ranges.slice(at, at + MAX_ARGUMENTS).join(",")})`);
  return sums.join("+");
}

// --- Tables as they were typed ---------------------------------------------------------------------------------------------

class TableSheet extends SheetBuilder {
  protected readonly width: number;

  constructor(
    caption: Caption,
    texts: PlanTexts,
    private readonly table: TypedTable,
  ) {
    super(caption, texts);
    this.width = table.columns.flatMap(leavesOf).length;
  }

  build(): Worksheet {
    const { table } = this;
    this.putCaption(table.unit);
    const head = this.head(headColumns(table.columns, []));
    const leaves = table.columns.flatMap(leavesOf);
    for (const { cells, kind } of flattenRows(table.rows, [])) {
      const strong = kind !== "item";
      this.rows.push(
        cells.map(({ cell, rows }, place): WorksheetCell => {
          const column = kind === "band" ? 0 : leaves.length - cells.length + place;
          const align = kind === "band" ? "left" : (leaves[column]?.align ?? "left");
          const value =
            typeof cell === "number" ? decimalOf(cell) : cell === null ? null : this.text(cell);
          return {
            column,
            value,
            formula: null,
            columns: kind === "band" ? leaves.length : 1,
            rows,
            look: {
              bold: strong,
              italic: false,
              align: align === "decimal" ? "right" : align,
              bordered: true,
              format: typeof cell === "number" ? numberFormat(cell) : "@",
            },
          };
        }),
      );
    }
    if (table.note !== null) this.line(this.text(table.note), NOTE);
    this.setWidths(this.width, head);
    return {
      name: this.caption.name,
      landscape: this.caption.landscape ?? this.width > 8,
      columns: this.widths.map((width) => ({ width, hidden: false })),
      rows: this.heights(head),
      head,
      frozenColumns: 1,
    };
  }
}

function numberFormat(value: number): string {
  const { scale } = decimalOf(value);
  return scale === 0 ? "#,##0" : `#,##0.${"0".repeat(scale)}`;
}
