import { formatNumber } from "../../base/numbers.js";
import { SHEET_LIMITS } from "./limits.js";
import { parse } from "csv-parse/browser/esm/sync";
import { type Outcome, both, fail, fileError, succeed } from "../../base/diagnostic.js";
import type { FieldPlaces, Grid, GridCell } from "./grid.js";

const DELIMITERS = [",", ";", "\t"] as const;

/**
 * Read a CSV file: UTF-8, or UTF-16 as Excel's “Unicode text”; fields parted by commas, semicolons
 * or tabs, whichever the first lines have most of.
 * Errors: another encoding, quotes that do not close.
 */
export function readCsv(bytes: Uint8Array, file: string): Outcome<Grid> {
  const utf16 =
    (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  let text: string;
  try {
    text = new TextDecoder(utf16 ? (bytes[0] === 0xff ? "utf-16le" : "utf-16be") : "utf-8", {
      fatal: true,
    }).decode(bytes);
  } catch {
    return fail([
      fileError(
        "not-utf8",
        { file },
        both("tệp CSV không phải UTF-8", "the CSV file is not UTF-8"),
        both("trong Excel chọn lưu dạng “CSV UTF-8”", "in Excel save it as “CSV UTF-8”"),
      ),
    ]);
  }
  const first = text.slice(0, 5000);
  const delimiter =
    [...DELIMITERS].sort((a, b) => first.split(b).length - first.split(a).length)[0] ?? ",";
  if (hasTooMany(text, delimiter)) return tooManyFields(file);
  let records: readonly { readonly record: string[]; readonly info: { readonly lines: number } }[];
  try {
    // With `info` each record comes with its place; the library's types do not say so.
    records = parse(text, {
      bom: true,
      delimiter,
      info: true,
      relax_column_count: true,
      skip_empty_lines: false,
    }) as unknown as typeof records;
  } catch (error) {
    const line = Number(/line (\d+)/u.exec(error instanceof Error ? error.message : "")?.[1] ?? 1);
    return fail([
      fileError(
        "csv-broken",
        { file, line },
        both(
          "dấu ngoặc kép không khép, hoặc đặt sai chỗ",
          "a quotation mark does not close, or stands in the wrong place",
        ),
        both(
          "trong một ô, dấu ngoặc kép phải viết hai lần",
          "inside a field a quotation mark is written twice",
        ),
      ),
    ]);
  }
  const lines = text.replace(/^\ufeff/u, "").split("\n");
  let next = 1;
  const places: FieldPlaces[] = [];
  const rows = records.map(({ record, info }): (GridCell | null)[] => {
    places.push({ line: next, columns: fieldColumns(lines[next - 1] ?? "", delimiter) });
    next = info.lines + 1;
    return record.map((field) => (field.trim() === "" ? null : { kind: "text", text: field }));
  });
  return succeed({ file, sheet: null, rows, hidden: new Set(), merges: [], places });
}

/** Counted before anything is made of the text. */
function hasTooMany(text: string, delimiter: string): boolean {
  let [fields, lines] = [0, 0];
  for (let at = 0; at < text.length; at++) {
    if (text[at] === "\n") lines++;
    else if (text[at] === delimiter) fields++;
  }
  return lines > SHEET_LIMITS.rows || fields + lines > CSV_FIELDS;
}

/** Fields of a CSV file: they take less room than cells of a workbook. */
const CSV_FIELDS = 1_000_000;

function tooManyFields(file: string): Outcome<never> {
  return fail([
    fileError(
      "sheet-too-large",
      { file },
      both(
        `tệp quá lớn: nhiều nhất ${formatNumber(SHEET_LIMITS.rows)} dòng, ${formatNumber(CSV_FIELDS)} ô`,
        `the file is too large: at most ${SHEET_LIMITS.rows} rows, ${CSV_FIELDS} fields`,
      ),
      both("xóa dòng, cột thừa rồi lưu lại", "remove surplus rows and columns and save again"),
    ),
  ]);
}

/** Columns, from 1, at which the fields of a line begin. */
function fieldColumns(line: string, delimiter: string): number[] {
  const columns = [1];
  let quoted = false;
  for (let at = 0; at < line.length; at++) {
    if (line[at] === '"') quoted = !quoted;
    else if (line[at] === delimiter && !quoted) columns.push(at + 2);
  }
  return columns;
}
