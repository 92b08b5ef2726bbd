import type { Deflate } from "../../base/deflate.js";
import { columnName, plainDecimal } from "../../base/numbers.js";
import { escapeXml } from "../../base/xml.js";
import { zipParts } from "../../base/zip.js";
import type { Workbook, Worksheet, WorksheetCell } from "../../workbook/workbook.js";
import { CellStyles } from "./cell-styles.js";
import { THEME } from "./theme.js";

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
const MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE = "http://schemas.openxmlformats.org/package/2006";

/**
 * Margins in inches: 20 mm above and below, 30 mm left, 15 mm right, as the decree has them (Phụ
 * lục I, Mục I, khoản 5).
 */
const MARGINS =
  '<pageMargins left="1.18" right="0.59" top="0.79" bottom="0.79" header="0.39" footer="0.39"/>';

/**
 * Write a workbook: formulas with their values, column names that stay in sight and are printed on
 * every page, A4 fitted to its width. Text is always text, whatever sign it begins with. The same
 * workbook gives the same bytes.
 *
 * Format: ISO/IEC 29500-1 (transitional), SpreadsheetML.
 */
export function writeXlsx({ title, dated, sheets }: Workbook, deflate: Deflate): Uint8Array {
  const styles = new CellStyles();
  const strings = new Strings();
  const parts = new Map<string, string>();
  sheets.forEach((sheet, index) =>
    parts.set(
      `xl/worksheets/sheet${index + 1}.xml`,
      sheetPart(sheet, styles, strings, index === 0),
    ),
  );
  const numbered = sheets.map((_, index) => index + 1);
  parts.set("xl/workbook.xml", workbookPart(sheets));
  parts.set("xl/styles.xml", styles.print());
  parts.set("xl/sharedStrings.xml", strings.print());
  parts.set("xl/theme/theme1.xml", THEME);
  parts.set(
    "xl/_rels/workbook.xml.rels",
    relationships([
      ...numbered.map((id) => [`rId${id}`, "worksheet", `worksheets/sheet${id}.xml`] as const),
      ["rIdStyles", "styles", "styles.xml"],
      ["rIdStrings", "sharedStrings", "sharedStrings.xml"],
      ["rIdTheme", "theme", "theme/theme1.xml"],
    ]),
  );
  parts.set(
    "_rels/.rels",
    relationships([["rId1", "officeDocument", "xl/workbook.xml"]]).replace(
      "</Relationships>",
      `<Relationship Id="rId2" Type="${PACKAGE}/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>`,
    ),
  );
  parts.set(
    "docProps/core.xml",
    `${HEAD}<cp:coreProperties xmlns:cp="${PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>${escapeXml(title)}</dc:title><dc:language>vi-VN</dc:language><dcterms:created xsi:type="dcterms:W3CDTF">${dated}T00:00:00Z</dcterms:created></cp:coreProperties>`,
  );
  const type = (part: string, name: string): string =>
    `<Override PartName="/${part}" ContentType="application/vnd.openxmlformats-${name}+xml"/>`;
  parts.set(
    "[Content_Types].xml",
    `${HEAD}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>${type(
      "xl/workbook.xml",
      "officedocument.spreadsheetml.sheet.main",
    )}${numbered.map((id) => type(`xl/worksheets/sheet${id}.xml`, "officedocument.spreadsheetml.worksheet")).join("")}${type(
      "xl/styles.xml",
      "officedocument.spreadsheetml.styles",
    )}${type("xl/sharedStrings.xml", "officedocument.spreadsheetml.sharedStrings")}${type("xl/theme/theme1.xml", "officedocument.theme")}${type("docProps/core.xml", "package.core-properties")}</Types>`,
  );
  return zipParts(parts, [], deflate);
}

function relationships(
  list: readonly (readonly [id: string, type: string, target: string])[],
): string {
  return `${HEAD}<Relationships xmlns="${PACKAGE}/relationships">${list.map(([id, type, target]) => `<Relationship Id="${id}" Type="${RELATIONSHIPS}/${type}" Target="${target}"/>`).join("")}</Relationships>`;
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
    .map(
      ({ name, head }, index) =>
        `<definedName name="_xlnm.Print_Titles" localSheetId="${index}">'${escapeXml(name.replace(/'/gu, "''"))}'!$${head.first + 1}:$${head.last + 1}</definedName>`,
    )
    .join("");
  return `${HEAD}<workbook xmlns="${MAIN}" xmlns:r="${RELATIONSHIPS}"><bookViews><workbookView/></bookViews><sheets>${names}</sheets><definedNames>${titles}</definedNames></workbook>`;
}

function sheetPart(
  { columns, rows, head, landscape, frozenColumns }: Worksheet,
  styles: CellStyles,
  strings: Strings,
  selected: boolean,
): string {
  const merged: string[] = [];
  // Cells that others cover keep their border.
  const covered = new Map<number, Map<number, WorksheetCell>>();
  const body = rows.map(({ cells, lines }, row) => {
    const out: [number, string][] = [];
    for (const cell of cells) {
      const name = `${columnName(cell.column)}${row + 1}`;
      out.push([cell.column, printCell(name, cell, styles, strings)]);
      if (cell.columns === 1 && cell.rows === 1) continue;
      merged.push(
        `<mergeCell ref="${name}:${columnName(cell.column + cell.columns - 1)}${row + cell.rows}"/>`,
      );
      for (let down = 0; down < cell.rows; down++) {
        const list = covered.get(row + down) ?? covered.set(row + down, new Map()).get(row + down);
        for (let across = 0; across < cell.columns; across++)
          if (down > 0 || across > 0) list?.set(cell.column + across, cell);
      }
    }
    for (const [column, { look }] of covered.get(row) ?? [])
      if (look.bordered)
        out.push([
          column,
          `<c r="${columnName(column)}${row + 1}" s="${styles.of(look, false)}"/>`,
        ]);
    return `<row r="${row + 1}"${lines > 1 ? ` ht="${LINE * lines}" customHeight="1"` : ""}>${out
      .sort(([a], [b]) => a - b)
      .map(([, xml]) => xml)
      .join("")}</row>`;
  });
  const corner = `${columnName(frozenColumns)}${head.last + 2}`;
  const pane = `<pane${frozenColumns > 0 ? ` xSplit="${frozenColumns}"` : ""} ySplit="${head.last + 1}" topLeftCell="${corner}" activePane="${frozenColumns > 0 ? "bottomRight" : "bottomLeft"}" state="frozen"/>`;
  return `${HEAD}<worksheet xmlns="${MAIN}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><sheetViews><sheetView${selected ? ' tabSelected="1"' : ""} workbookViewId="0">${pane}</sheetView></sheetViews><sheetFormatPr defaultRowHeight="${LINE}" customHeight="1"/><cols>${columns
    .map(
      ({ width, hidden }, index) =>
        `<col min="${index + 1}" max="${index + 1}" width="${width}" customWidth="1"${hidden ? ' hidden="1"' : ""}/>`,
    )
    .join("")}</cols><sheetData>${body.join("")}</sheetData>${
    merged.length === 0
      ? ""
      : `<mergeCells count="${merged.length}">${merged.join("")}</mergeCells>`
  }<printOptions horizontalCentered="1"/>${MARGINS}<pageSetup paperSize="9" orientation="${landscape ? "landscape" : "portrait"}" fitToHeight="0"/><headerFooter differentFirst="1"><oddHeader>&amp;C&amp;P</oddHeader></headerFooter></worksheet>`;
}

function printCell(
  name: string,
  { value, formula, look }: WorksheetCell,
  styles: CellStyles,
  strings: Strings,
): string {
  const live = formula === null ? "" : `<f>${escapeXml(formula)}</f>`;
  if (value === null) return `<c r="${name}" s="${styles.of(look, false)}"/>`;
  if (typeof value === "string")
    return `<c r="${name}" s="${styles.of(look, LIKE_FORMULA.test(value))}" t="s"><v>${strings.of(value)}</v></c>`;
  return `<c r="${name}" s="${styles.of(look, false)}">${live}<v>${"date" in value ? serialOf(value.date) : plainDecimal(value)}</v></c>`;
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

  of(written: string): number {
    this.#count++;
    const text = written.trim();
    const known = this.#places.get(text);
    if (known !== undefined) return known;
    this.#places.set(text, this.#places.size);
    return this.#places.size - 1;
  }

  print(): string {
    return `${HEAD}<sst xmlns="${MAIN}" count="${this.#count}" uniqueCount="${this.#places.size}">${[...this.#places.keys()].map((text) => `<si><t>${escapeXml(text)}</t></si>`).join("")}</sst>`;
  }
}
