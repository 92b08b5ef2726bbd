import { ownValue } from "../base/own-value.js";
import { type Diagnostic, type PlanPath, type Place, both } from "../base/diagnostic.js";
import {
  type Decimal,
  addDecimals,
  formatDecimal,
  pointLetter,
  romanNumeral,
} from "../base/numbers.js";
import { at } from "../base/list.js";
import { foldText } from "../base/text.js";
import type { DataTable, RowMark } from "../plan/data-table.js";
import {
  checkDeclared,
  checkIncluded,
  checkRows,
  checkSheetTotals,
  mismatch,
  sameValue,
} from "./check-table.js";
import { type DivisionContext, divideColumn } from "./divide.js";
import { splitGroup } from "./split-group.js";
import type { TableContext, TableWork, WorkRow } from "./table-work.js";
import type { DividedGroup } from "./column-order.js";
import { type TableShape, resolveColumns, unknownColumn } from "./resolve-columns.js";
import { type RowNode, dataTableRows } from "./collect-rows.js";
import { cellError, readValue } from "./values.js";
import {
  type Division,
  type EvaluatedColumn,
  type EvaluatedTable,
  type SplitCell,
  type Value,
  isNumber,
} from "./data-table.js";
import { rowsInPrintOrder } from "./print-order.js";
import { computeValue } from "./assignee-share.js";

/**
 * Evaluate a data table: read its rows, divide what is to be divided, compute formulas, sums and
 * rates, and compare what was written with what comes out. Every mistake becomes a finding; the
 * numbers of a data table with findings are not to be used.
 */
export function evaluateTable(
  id: string,
  dataTable: DataTable,
  context: TableContext,
  problems: Diagnostic[],
): EvaluatedTable {
  const path: PlanPath = ["tables", id];
  const source = dataTable.rows;
  const taken = source.kind === "from" ? context.columnsOf(source.from) : [];
  const shape = resolveColumns(path, dataTable, context.plan, taken, problems);
  if (dataTable.groups.by !== null && !shape.byId.has(dataTable.groups.by))
    problems.push(unknownColumn(dataTable.groups.by, [...path, "groups", "by"], shape.byId));
  const tree = dataTableRows(
    dataTable,
    path,
    shape.columns[shape.label]?.spec.id ?? "",
    context,
    problems,
  );
  const work: TableWork = {
    path,
    dataTable,
    shape,
    context,
    problems,
    ...flatten(tree, dataTable, shape),
  };
  checkRows(work);
  const { totals, divisions, splits } = evaluateColumns(work);
  checkDeclared(work, totals);
  checkSheetTotals(work, totals);
  checkIncluded(work);
  return {
    id,
    title: dataTable.title,
    unit: dataTable.unit ?? unitOfMoney(shape),
    note: dataTable.note,
    head: shape.head,
    columns: shape.columns,
    rows: rowsInPrintOrder(work, totals),
    key: shape.key,
    allAssignees: dataTable.allAssignees,
    totals,
    divisions,
    splits,
    path,
  };
}

/** Column by column, each after those it needs: divide, compute, add up. */
function evaluateColumns(work: TableWork): Pick<EvaluatedTable, "totals" | "divisions" | "splits"> {
  const { shape } = work;
  const totals: Value[] = shape.columns.map(() => null);
  const divisions: Division[] = [];
  const splits: SplitCell[] = [];
  const split = new Set<DividedGroup>();
  for (const index of shape.order) {
    const spec = shape.columns[index]?.spec;
    if (!spec) continue;
    if (spec.allocate !== null)
      divisions.push(
        ...divideColumn(index, divisionContext(work, shape.pathOf(spec.id, "allocate"))),
      );
    // The first column of a divided group to be evaluated brings the others.
    const group = shape.splitOf(spec.id);
    if (group !== null && !split.has(group))
      splits.push(...splitGroup(group.split, group.columns, divisionContext(work, group.path)));
    if (group !== null) split.add(group);
    totals[index] = fillColumn(work, index, totals);
  }
  return { totals, divisions, splits };
}

/** A table of nothing but money is in the unit of its columns, when the plan does not say. */
function unitOfMoney({ columns }: TableShape): string | null {
  const shown = columns.filter(
    ({ spec, numeric }) => spec.show && numeric && spec.kind !== "percent",
  );
  const units = new Set(shown.map(({ unit }) => unit));
  return shown.length > 0 && shown.every(({ spec }) => spec.kind === "money") && units.size === 1
    ? ([...units][0] ?? null)
    : null;
}

function divisionContext(
  { rows, shape, problems, context, path: table }: TableWork,
  path: PlanPath,
): DivisionContext {
  return {
    rows,
    columns: shape.columns,
    byId: shape.byId,
    problems,
    numberOf: context.numberOf,
    path,
    table,
  };
}

/** Rows one after the other, each before what belongs to it. */
function flatten(
  tree: readonly RowNode[],
  dataTable: DataTable,
  shape: TableShape,
): Pick<TableWork, "rows" | "top"> {
  const rows: WorkRow[] = [];
  const depth = (nodes: readonly RowNode[]): number =>
    Math.max(0, ...nodes.map(({ children }) => (children.length > 0 ? 1 + depth(children) : 0)));
  const marks = dataTable.order ?? USUAL_MARKS[Math.min(depth(tree), USUAL_MARKS.length - 1)] ?? [];
  const orderColumn = shape.columns.find(({ spec }) => spec.kind === "order")?.spec.id ?? null;
  const visit = (
    nodes: readonly RowNode[],
    level: number,
    above: string,
    group: string | null,
    parent: number | null,
  ): number[] => {
    let counted = 0;
    return nodes.flatMap((node): number[] => {
      const index = rows.length;
      const typed = orderColumn === null ? null : (ownValue(node.cells, orderColumn) ?? null);
      const mark =
        node.kind !== "item"
          ? ""
          : typed !== null
            ? String(typed)
            : printMark(marks[Math.min(level, marks.length - 1)] ?? "1", ++counted, above);
      const own = group ?? node.id;
      const unitCell =
        shape.key === null ? null : ownValue(node.cells, shape.columns[shape.key]?.spec.id ?? "");
      const parts: number[] = [];
      const unit =
        node.kind === "item" &&
        node.children.length === 0 &&
        unitCell !== null &&
        unitCell !== undefined &&
        unitCell !== ""
          ? String(unitCell).trim()
          : null;
      rows.push({
        node,
        level,
        mark,
        unit,
        parent,
        group: own,
        parts,
        cells: shape.columns.map(() => null),
      });
      visit(node.includes, level + 1, mark, own, index);
      parts.push(...visit(node.children, level + 1, mark, own, index));
      return node.kind === "item" ? [index] : [];
    });
  };
  const top = visit(tree, 0, "", null, null);
  return { rows: tellApart(rows, shape), top };
}

/**
 * Communes of two districts may have one name: then each is called by that of its group, too: "Xã
 * Tân Hưng (Huyện A)". In groups with ids (projects) the same name is the same unit.
 */
function tellApart(rows: readonly WorkRow[], shape: TableShape): WorkRow[] {
  const parents = new Map<string, Set<number | null>>();
  for (const { unit, group, parent } of rows) {
    if (unit === null || group !== null) continue;
    const known = parents.get(foldText(unit));
    if (known) known.add(parent);
    else parents.set(foldText(unit), new Set([parent]));
  }
  const label = shape.columns[shape.label]?.spec.id ?? "";
  return rows.map((row) => {
    const above = row.parent === null ? undefined : rows[row.parent];
    if (
      row.unit === null ||
      row.group !== null ||
      above === undefined ||
      (parents.get(foldText(row.unit))?.size ?? 0) < 2
    )
      return row;
    return { ...row, unit: `${row.unit} (${String(ownValue(above.node.cells, label) ?? "")})` };
  });
}

/**
 * Evaluate a column in all rows, inner ones first; gives its total. `totals` are those of the
 * columns before it.
 */
function fillColumn(work: TableWork, index: number, totals: readonly Value[]): Value {
  const { shape, rows, top } = work;
  const column = at(shape.columns, index);
  const { spec, totals: rule } = column;
  const divided = spec.allocate !== null || shape.splitOf(spec.id) !== null;
  const sumOf = (parts: readonly number[]): Value => sumCells(parts, rows, index);
  const sumUp = (parts: readonly number[], cells: readonly Value[]): Value =>
    rule === "sum" ? sumOf(parts) : rule === "recompute" ? computeValue(column, cells) : null;
  if (spec.kind !== "order")
    for (let place = rows.length - 1; place >= 0; place--) {
      const row = at(rows, place);
      if (row.node.kind === "note") continue;
      const comes = howItComes(row, column, divided);
      const computed =
        comes === "sum" ? sumUp(row.parts, row.cells) : cellOf(row, index, comes, column);
      row.cells[index] = settleCell(work, row, column, { comes, computed });
    }
  return sumUp(top, totals);
}

/** How a cell comes by its value: written, or computed in one of three ways. */
type Origin = "written" | "sum" | "divided" | "formula";

function howItComes(row: WorkRow, { formula }: EvaluatedColumn, divided: boolean): Origin {
  if (row.parts.length > 0) return "sum";
  if (divided && row.node.kind === "item") return "divided";
  return formula === null ? "written" : "formula";
}

function cellOf(row: WorkRow, index: number, comes: Origin, column: EvaluatedColumn): Value {
  return comes === "divided" ? (row.cells[index] ?? null) : computeValue(column, row.cells);
}

function sumCells(parts: readonly number[], rows: readonly WorkRow[], index: number): Value {
  const given = parts.map((part) => rows[part]?.cells[index]).filter(isNumber);
  return given.length === 0 ? null : addDecimals(given);
}

/** The value a cell gets; one that is written where something is computed is compared with it. */
function settleCell(
  { dataTable, problems }: TableWork,
  row: WorkRow,
  { spec }: EvaluatedColumn,
  { comes, computed }: { readonly comes: Origin; readonly computed: Value },
): Value {
  const isComputed = comes === "sum" ? computed !== null : comes !== "written";
  const place = (): Place => row.node.at(spec.id);
  const own =
    dataTable.rows.kind === "from" && isComputed
      ? null
      : readValue(ownValue(row.node.cells, spec.id), spec, place, problems);
  if (!isComputed) return own;
  if (isNumber(computed) && computed.digits < 0n && !spec.signed)
    problems.push(negative(spec.title, computed, row.unit, place()));
  if (own !== null && comes !== "written" && !sameValue(own, computed))
    problems.push(mismatch(own, computed, spec, place(), comes));
  return computed;
}

function negative(title: string, value: Decimal, unit: string | null, place: Place): Diagnostic {
  const [vi, en] = unit === null ? ["", ""] : [` cho “${unit}”`, `, for “${unit}”`];
  const shown = formatDecimal(value);
  return cellError(
    "negative",
    place,
    both(
      `cột “${title}” tính ra số âm ${shown}${vi}`,
      `the column “${title}” comes out negative, ${shown}${en}`,
    ),
    both(
      "xem lại số liệu; nếu được phép âm, ghi signed: true ở cột",
      "look at the numbers; if it may be negative, give the column signed: true",
    ),
  );
}

/** Marks of rows by how deep a table goes: "1"; "I", "1"; "I", "1", "-"; … */
const USUAL_MARKS: readonly (readonly RowMark[])[] = [
  ["1"],
  ["I", "1"],
  ["I", "1", "-"],
  ["A", "I", "1", "-"],
  ["A", "I", "1", "a", "-"],
];

function printMark(mark: RowMark, count: number, above: string): string {
  switch (mark) {
    case "A":
      return String.fromCharCode(64 + count);
    case "I":
      return romanNumeral(count);
    case "1":
      return String(count);
    case "1.1":
      return above === "" ? String(count) : `${above}.${count}`;
    case "a":
      return pointLetter(count);
    default:
      return mark;
  }
}
