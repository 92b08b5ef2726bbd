import type { Deflate } from "../../base/deflate.js";
import { columnName, plainDecimal } from "../../base/numbers.js";
import { escapeXml } from "../../base/xml.js";
import { zipSealed } from "../../seals/seal-package.js";
import type { Workbook, Worksheet, WorksheetCell } from "../../workbook/workbook.js";
import { CellStyles } from "./cell-styles.js";
import { MAIN, PACKAGE, RELATIONSHIPS, XML_HEAD } from "./namespaces.js";
import { THEME } from "./theme.js";

/**
 * Margins in inches: 20 mm above and below, 30 mm left, 15 mm right, as the decree has them (Phụ
 * lục I, Mục I, khoản 5).
 */
const MARGINS =
  '<pageMargins left="1.18" right="0.59" top="0.79" bottom="0.79" header="0.39" footer="0.39"/>';

/**
 * Write a workbook: formulas with their values, column names that stay in sight and are printed on
 * every page, A4 fitted to its width. Text is always text, whatever character it begins with. The
 * same workbook gives the same bytes.
 *
 * Format: ISO/IEC 29500-1 (transitional), SpreadsheetML.
 */
export function writeXlsx(workbook: Workbook, deflate: Deflate): Uint8Array {
  const { sheets } = workbook;
  const styles = new CellStyles();
  const strings = new Strings();
  const parts = new Map<string, string>();
  sheets.forEach((sheet, index) => {
    const shown = index === 0 ? "selected" : "behind";
    const xml = new SheetWriter(sheet, styles, strings).write(shown);
    parts.set(`xl/worksheets/sheet${index + 1}.xml`, xml);
  });
  parts.set("xl/workbook.xml", workbookPart(sheets));
  parts.set("xl/styles.xml", styles.print());
  parts.set("xl/sharedStrings.xml", strings.print());
  parts.set("xl/theme/theme1.xml", THEME);
  parts.set("xl/_rels/workbook.xml.rels", workbookRelationships(sheets));
  parts.set("_rels/.rels", packageRelationships());
  parts.set("docProps/core.xml", coreProperties(workbook));
  parts.set("[Content_Types].xml", contentTypes(sheets));
  return zipSealed(parts, [], deflate);
}

function workbookRelationships(sheets: readonly Worksheet[]): string {
  return relationships([
    ...sheets.map(
      (_, index) => [`rId${index + 1}`, "worksheet", `worksheets/sheet${index + 1}.xml`] as const,
    ),
    ["rIdStyles", "styles", "styles.xml"],
    ["rIdStrings", "sharedStrings", "sharedStrings.xml"],
    ["rIdTheme", "theme", "theme/theme1.xml"],
  ]);
}

function packageRelationships(): string {
  const type = `${PACKAGE}/relationships/metadata/core-properties`;
  const core = `<Relationship Id="rId2" Type="${type}" Target="docProps/core.xml"/>`;
  return relationships([["rId1", "officeDocument", "xl/workbook.xml"]]).replace(
    "</Relationships>",
    `${core}</Relationships>`,
  );
}

function relationships(
  list: readonly (readonly [id: string, type: string, target: string])[],
): string {
  const rows = list.map(
    ([id, type, target]) =>
      `<Relationship Id="${id}" Type="${RELATIONSHIPS}/${type}" Target="${target}"/>`,
  );
  const namespace = `xmlns="${PACKAGE}/relationships"`;
  return `${XML_HEAD}<Relationships ${namespace}>${rows.join("")}</Relationships>`;
}

function coreProperties({ title, dated }: Workbook): string {
  const namespaces = [
    `xmlns:cp="${PACKAGE}/metadata/core-properties"`,
    'xmlns:dc="http://purl.org/dc/elements/1.1/"',
    'xmlns:dcterms="http://purl.org/dc/terms/"',
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"',
  ];
  return (
    `${XML_HEAD}<cp:coreProperties ${namespaces.join(" ")}>` +
    `<dc:title>${escapeXml(title)}</dc:title><dc:language>vi-VN</dc:language>` +
    `<dcterms:created xsi:type="dcterms:W3CDTF">${dated}T00:00:00Z</dcterms:created>` +
    "</cp:coreProperties>"
  );
}

function contentTypes(sheets: readonly Worksheet[]): string {
  const standard = (extension: string, type: string): string =>
    `<Default Extension="${extension}" ContentType="application/${type}"/>`;
  const part = (name: string, type: string): string =>
    `<Override PartName="/${name}"` + ` ContentType="application/vnd.openxmlformats-${type}+xml"/>`;
  return [
    `${XML_HEAD}<Types xmlns="${PACKAGE}/content-types">`,
    standard("rels", "vnd.openxmlformats-package.relationships+xml"),
    standard("xml", "xml"),
    part("xl/workbook.xml", "officedocument.spreadsheetml.sheet.main"),
    ...sheets.map((_, index) =>
      part(`xl/worksheets/sheet${index + 1}.xml`, "officedocument.spreadsheetml.worksheet"),
    ),
    part("xl/styles.xml", "officedocument.spreadsheetml.styles"),
    part("xl/sharedStrings.xml", "officedocument.spreadsheetml.sharedStrings"),
    part("xl/theme/theme1.xml", "officedocument.theme"),
    part("docProps/core.xml", "package.core-properties"),
    "</Types>",
  ].join("");
}

function workbookPart(sheets: readonly Worksheet[]): string {
  const names = sheets
    .map(
      ({ name }, index) =>
        `<sheet name="${escapeXml(name)}" sheetId="${index + 1}" r:id="rId${index + 1}"/>`,
    )
    .join("");
  // Rows that are printed at the top of each page.
  const titles = sheets
    .map(({ name, head }, index) => {
      const quoted = `'${escapeXml(name.replace(/'/gu, "''"))}'`;
      const rows = `${quoted}!$${head.first + 1}:$${head.last + 1}`;
      const scope = `name="_xlnm.Print_Titles" localSheetId="${index}"`;
      return `<definedName ${scope}>${rows}</definedName>`;
    })
    .join("");
  return (
    `${XML_HEAD}<workbook xmlns="${MAIN}" xmlns:r="${RELATIONSHIPS}">` +
    `<bookViews><workbookView/></bookViews><sheets>${names}</sheets>` +
    `<definedNames>${titles}</definedNames></workbook>`
  );
}

/** Columns of a row that cells from above or from the left cover. */
type CoveredCells = Map<number, WorksheetCell>;

class SheetWriter {
  readonly #sheet: Worksheet;
  readonly #styles: CellStyles;
  readonly #strings: Strings;
  readonly #merged: string[] = [];
  /** By row. */
  readonly #covered = new Map<number, CoveredCells>();

  constructor(sheet: Worksheet, styles: CellStyles, strings: Strings) {
    this.#sheet = sheet;
    this.#styles = styles;
    this.#strings = strings;
  }

  write(shown: "selected" | "behind"): string {
    const { rows, columns, landscape } = this.#sheet;
    const body = rows.map((row, index) => this.#row(row, index)).join("");
    const selected = shown === "selected" ? ' tabSelected="1"' : "";
    const widths = columns.map(
      ({ width, hidden }, index) =>
        `<col min="${index + 1}" max="${index + 1}" width="${width}" customWidth="1"` +
        `${hidden ? ' hidden="1"' : ""}/>`,
    );
    const merged = this.#merged;
    const orientation = landscape ? "landscape" : "portrait";
    return [
      `${XML_HEAD}<worksheet xmlns="${MAIN}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>`,
      `<sheetViews><sheetView${selected} workbookViewId="0">${this.#pane()}`,
      "</sheetView></sheetViews>",
      `<sheetFormatPr defaultRowHeight="${LINE}" customHeight="1"/>`,
      `<cols>${widths.join("")}</cols><sheetData>${body}</sheetData>`,
      merged.length === 0
        ? ""
        : `<mergeCells count="${merged.length}">${merged.join("")}</mergeCells>`,
      `<printOptions horizontalCentered="1"/>${MARGINS}`,
      `<pageSetup paperSize="9" orientation="${orientation}" fitToHeight="0"/>`,
      '<headerFooter differentFirst="1"><oddHeader>&amp;C&amp;P</oddHeader></headerFooter>',
      "</worksheet>",
    ].join("");
  }

  /** Rows and columns that stay in sight. */
  #pane(): string {
    const { frozenColumns, head } = this.#sheet;
    const corner = `${columnName(frozenColumns)}${head.last + 2}`;
    const split = frozenColumns > 0 ? ` xSplit="${frozenColumns}"` : "";
    const active = frozenColumns > 0 ? "bottomRight" : "bottomLeft";
    return (
      `<pane${split} ySplit="${head.last + 1}" topLeftCell="${corner}"` +
      ` activePane="${active}" state="frozen"/>`
    );
  }

  #row({ cells, lines }: Worksheet["rows"][number], row: number): string {
    const written: [column: number, xml: string][] = [];
    for (const cell of cells) {
      const name = `${columnName(cell.column)}${row + 1}`;
      written.push([cell.column, this.#cell(name, cell)]);
      if (cell.columns > 1 || cell.rows > 1) this.#merge(cell, name, row);
    }
    // Cells that others cover keep their border.
    for (const [column, { look }] of this.#covered.get(row) ?? [])
      if (look.bordered) {
        const style = this.#styles.of(look, "plain");
        written.push([column, `<c r="${columnName(column)}${row + 1}" s="${style}"/>`]);
      }
    const inOrder = written.sort(([a], [b]) => a - b).map(([, xml]) => xml);
    const height = lines > 1 ? ` ht="${LINE * lines}" customHeight="1"` : "";
    return `<row r="${row + 1}"${height}>${inOrder.join("")}</row>`;
  }

  #merge(cell: WorksheetCell, name: string, row: number): void {
    const corner = `${columnName(cell.column + cell.columns - 1)}${row + cell.rows}`;
    this.#merged.push(`<mergeCell ref="${name}:${corner}"/>`);
    for (let down = 0; down < cell.rows; down++) {
      const covered = this.#covered.get(row + down) ?? new Map<number, WorksheetCell>();
      this.#covered.set(row + down, covered);
      for (let across = 0; across < cell.columns; across++)
        if (down > 0 || across > 0) covered.set(cell.column + across, cell);
    }
  }

  #cell(name: string, { value, formula, look }: WorksheetCell): string {
    if (value === null) return `<c r="${name}" s="${this.#styles.of(look, "plain")}"/>`;
    if (typeof value === "string") {
      const style = this.#styles.of(look, LIKE_FORMULA.test(value) ? "quoted" : "plain");
      return `<c r="${name}" s="${style}" t="s"><v>${this.#strings.of(value)}</v></c>`;
    }
    const live = formula === null ? "" : `<f>${escapeXml(formula)}</f>`;
    const number = "date" in value ? serialOf(value.date) : plainDecimal(value);
    const style = this.#styles.of(look, "plain");
    return `<c r="${name}" s="${style}">${live}<v>${number}</v></c>`;
  }
}

/** Height of a line of text in points. */
const LINE = 16.5;

/** Text that a spreadsheet would take for a formula when it is typed again. */
const LIKE_FORMULA = /^[=+\-@\t\r]/u;

/** Days since 30 December 1899, as spreadsheets count them. */
function serialOf(date: string): number {
  const [year = 0, month = 1, day = 1] = date.split("-").map(Number);
  return Math.round((Date.UTC(year, month - 1, day) - Date.UTC(1899, 11, 30)) / 86_400_000);
}

/** Texts of all sheets, each once. */
class Strings {
  readonly #places = new Map<string, number>();
  #count = 0;

  /** The number of a text. */
  of(written: string): number {
    this.#count++;
    const text = written.trim();
    const known = this.#places.get(text);
    if (known !== undefined) return known;
    this.#places.set(text, this.#places.size);
    return this.#places.size - 1;
  }

  /** The shared strings part. */
  print(): string {
    const texts = [...this.#places.keys()].map(
      (text) => `<si><t>${escapeXml(escapeCodes(text))}</t></si>`,
    );
    const counts = `count="${this.#count}" uniqueCount="${this.#places.size}"`;
    return `${XML_HEAD}<sst xmlns="${MAIN}" ${counts}>${texts.join("")}</sst>`;
  }
}

/**
 * What looks like a sign written as its code ("_x0041_" for A) keeps its letters: its underscore is
 * written as a code itself. Source: ISO/IEC 29500-1, 22.4.2.4 (bstr), 22.9.2.19 (ST_Xstring).
 */
function escapeCodes(text: string): string {
  return text.replace(/_(?=x[0-9a-f]{4}_)/giu, "_x005F_");
}
