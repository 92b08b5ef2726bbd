import { listNames } from "../../base/list-names.js";
import { ownValue } from "../../base/own-value.js";
import { type Diagnostic, type PlanPath, both, planError } from "../../base/diagnostic.js";
import { nearest } from "../../base/nearest.js";
import { dataTableColumns, dataTableKey } from "../../plan/table-presets.js";
import {
  type DataTable,
  type DataColumnNode,
  dataColumnLeaves,
  type SheetRow,
  type SheetRows,
  type SheetSource,
} from "../../plan/data-table.js";
import type { ReadSibling } from "../../base/sibling.js";
import { readYaml } from "../../plan/read-yaml.js";
import type { Plan } from "../../plan/schema.js";
import { type WantedColumn, matchColumns } from "./match-columns.js";
import { readCsv } from "./read-csv.js";
import { readWorkbook } from "./read-workbook.js";
import { ORDER, RowReader } from "./row-reader.js";

/** Findings of one sheet that are told one by one; of more, how many there are. */
const MAX_FINDINGS = 50;

/** Rows of tables, the tables whose rows could not be read, and why. */
export interface ReadSheets {
  readonly rows: SheetRows;
  readonly unread: readonly string[];
  readonly problems: readonly Diagnostic[];
}

/**
 * Read the rows of every table that takes them from a spreadsheet. Every mistake is told with its
 * sheet and cell.
 */
export async function readSheets(plan: Plan, readSibling: ReadSibling): Promise<ReadSheets> {
  const problems: Diagnostic[] = [];
  const unread: string[] = [];
  const rows = new Map<string, readonly SheetRow[]>();
  for (const [id, dataTable] of Object.entries(plan.tables)) {
    if (dataTable.rows.kind !== "file") continue;
    const found: Diagnostic[] = [];
    const asked = { id, dataTable, source: dataTable.rows, plan };
    const read = await readSheet(asked, readSibling, found);
    if (read !== null && found.length === 0) rows.set(id, read);
    else unread.push(id);
    problems.push(...found.slice(0, MAX_FINDINGS));
    if (found.length > MAX_FINDINGS)
      problems.push(
        planError(
          "sheet-more",
          ["tables", id, "rows", "file"],
          both(
            `còn ${found.length - MAX_FINDINGS} lỗi nữa trong bảng tính này`,
            `${found.length - MAX_FINDINGS} more mistakes in this spreadsheet`,
          ),
          both("sửa các lỗi trên rồi chạy lại", "correct those above and run again"),
        ),
      );
  }
  return { rows, unread, problems };
}

/** A table of a plan that takes its rows from a sheet. */
interface SheetTable {
  readonly id: string;
  readonly dataTable: DataTable;
  readonly source: SheetSource;
  readonly plan: Plan;
}

async function readSheet(
  { id, dataTable, source, plan }: SheetTable,
  readSibling: ReadSibling,
  problems: Diagnostic[],
): Promise<readonly SheetRow[] | null> {
  const path: PlanPath = ["tables", id, "rows"];
  const names = readNames(source, path, readSibling, problems);
  const bytes = readSibling(source.file);
  if (!bytes.ok) {
    problems.push(
      ...bytes.problems.map(({ message, hint }) =>
        planError(
          "sheet-unreadable",
          [...path, "file"],
          both(`tệp “${source.file}”: ${message.vi}`, `the file “${source.file}”: ${message.en}`),
          hint,
        ),
      ),
    );
    return null;
  }
  const grid = /\.csv$|\.tsv$|\.txt$/iu.test(source.file)
    ? readCsv(bytes.value, source.file)
    : await readWorkbook({ bytes: bytes.value, file: source.file, sheet: source.sheet });
  if (!grid.ok) {
    problems.push(...grid.problems);
    return null;
  }
  const columns = dataTableColumns(dataTable, plan);
  const leaves = dataColumnLeaves(columns);
  problems.push(
    ...unknownColumns(
      source,
      leaves.map((column) => column.id),
      path,
    ),
  );
  const wanted = wantedColumns(columns, names, dataTable, [...path, "columns"]);
  const head = source.head === null ? null : source.head - 1;
  const matched = matchColumns(
    { grid: grid.value, wanted, head, path: [...path, "file"] },
    problems,
  );
  if (matched === null) return null;
  const sheet = { grid: grid.value, matched, columns: leaves, dataTable, source };
  return new RowReader(sheet, problems).read();
}

/** Names the plan gives to columns that its table does not have. */
function unknownColumns(
  source: SheetSource,
  ids: readonly string[],
  path: PlanPath,
): readonly Diagnostic[] {
  return Object.keys(source.columns)
    .filter((name) => !ids.includes(name) && name !== ORDER)
    .map((name) => {
      const near = nearest(name, ids);
      return planError(
        "unknown-column",
        [...path, "columns", name],
        both(`bảng không có cột “${name}”`, `the table has no column “${name}”`),
        near === null
          ? both(`các cột: ${listNames(ids)}`, `columns: ${listNames(ids)}`)
          : both(`có phải là “${near}”?`, `did you mean “${near}”?`),
      );
    });
}

/** What columns are called in the sheet: from the mapping file, and over it from the plan. */
function readNames(
  source: SheetSource,
  path: PlanPath,
  readSibling: ReadSibling,
  problems: Diagnostic[],
): Readonly<Record<string, string | number>> {
  if (source.map === null) return source.columns;
  const refuse = (vi: string, en: string): typeof source.columns => {
    problems.push(
      planError(
        "sheet-map",
        [...path, "map"],
        both(`tệp “${source.map}”: ${vi}`, `the file “${source.map}”: ${en}`),
        both(
          "tệp ghi mỗi dòng một cột: ma-cot: Tên cột trong bảng tính",
          "the file has a line for each column: id: Name in the sheet",
        ),
      ),
    );
    return source.columns;
  };
  const bytes = readSibling(source.map);
  if (!bytes.ok)
    return refuse(bytes.problems[0]?.message.vi ?? "", bytes.problems[0]?.message.en ?? "");
  const read = readYaml(new TextDecoder().decode(bytes.value), source.map);
  if (!read.ok) {
    problems.push(...read.problems);
    return source.columns;
  }
  const { data } = read.value;
  if (typeof data !== "object" || data === null || Array.isArray(data))
    return refuse("không phải bảng tên cột", "this is no list of column names");
  const entries = Object.entries(data);
  const wrong = entries.find(([, name]) => typeof name !== "string" && !Number.isInteger(name));
  if (wrong) return refuse(`“${wrong[0]}” không có tên cột`, `“${wrong[0]}” has no column name`);
  return { ...Object.fromEntries(entries as [string, string | number][]), ...source.columns };
}

function wantedColumns(
  columns: readonly DataColumnNode[],
  names: Readonly<Record<string, string | number>>,
  dataTable: DataTable,
  calledAt: PlanPath,
): WantedColumn[] {
  const key = dataTableKey(dataTable);
  const visit = (nodes: readonly DataColumnNode[], groups: readonly string[]): WantedColumn[] =>
    nodes.flatMap((node): WantedColumn[] => {
      // What is divided here is not read there: it would only be last year's.
      if (node.columns !== null)
        return node.split === null ? visit(node.columns, [...groups, node.title]) : [];
      if (node.allocate !== null) return [];
      const called = ownValue(names, node.id) ?? null;
      const computed = node.formula !== null || node.kind === "order";
      return [
        {
          id: node.id,
          titles: [...groups, node.title],
          called,
          calledAt: [...calledAt, node.id],
          required: called !== null || node.id === key || !computed,
          order: node.kind === "order",
        },
      ];
    });
  const wanted = visit(columns, []);
  // Order numbers make the levels of rows, whether or not the table prints them.
  return wanted.some(({ order }) => order)
    ? wanted
    : [
        ...wanted,
        {
          id: ORDER,
          titles: ["TT"],
          called: ownValue(names, ORDER) ?? null,
          calledAt,
          required: false,
          order: true,
        },
      ];
}
