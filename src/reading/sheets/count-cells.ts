/**
 * How many cells a part of a workbook holds at most, before it is read: cells of a sheet of Excel;
 * those of a sheet of OpenDocument as often as they are said to be repeated, when they hold
 * something; texts that cells share.
 */
export function countCells(name: string, part: Uint8Array): number {
  if (/^xl\/worksheets\/.*\.xml$/u.test(name))
    return countMarks(part, "<c ") + countMarks(part, "<c>");
  if (/^xl\/worksheets\/.*\.bin$/u.test(name)) return part.length / BYTES_OF_BINARY_CELL;
  if (/^xl\/sharedstrings\.xml$/u.test(name)) return countMarks(part, "<si");
  return name === "content.xml" ? countOpenDocument(part) : 0;
}

/** Source: [MS-XLSB] 2.4: a record of a cell has a head, its place and a value. */
const BYTES_OF_BINARY_CELL = 12;

function countMarks(part: Uint8Array, mark: string): number {
  const [first = 0, ...rest] = [...mark].map((sign) => sign.charCodeAt(0));
  let count = 0;
  for (let at = part.indexOf(first); at >= 0; at = part.indexOf(first, at + 1))
    if (rest.every((code, index) => part[at + 1 + index] === code)) count++;
  return count;
}

/** Rows and cells of a table, by their tags. */
const TAGS = /<table:table-row\b([^>]*)>|<table:(?:covered-)?table-cell\b([^>]*)>/gu;
const COLUMNS = /number-columns-repeated\s*=\s*["']\s*(\d+)/u;
const ROWS = /number-rows-repeated\s*=\s*["']\s*(\d+)/u;

function countOpenDocument(part: Uint8Array): number {
  let [count, times, inRow] = [0, 1, 0];
  const endRow = (): void => {
    count += times * inRow;
    inRow = 0;
  };
  for (const [tag, row, cell = ""] of new TextDecoder().decode(part).matchAll(TAGS)) {
    if (row !== undefined) {
      endRow();
      times = Number(ROWS.exec(row)?.[1] ?? 1);
      // Rows without end at the foot of a sheet hold nothing.
    } else if (!tag.endsWith("/>") || /office:value|table:formula/u.test(cell))
      inRow += Number(COLUMNS.exec(cell)?.[1] ?? 1);
  }
  endRow();
  return count;
}
