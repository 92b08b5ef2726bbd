import { ownValue } from "../base/own-value.js";
import { type Diagnostic, type Place, both, following, planError } from "../base/diagnostic.js";
import { nearest } from "../base/nearest.js";
import { decimalsEqual, formatDecimal, subtractDecimals } from "../base/numbers.js";
import { foldText } from "../base/text.js";
import type { DataColumn } from "../plan/data-table.js";
import { unknownColumn } from "./resolve-columns.js";
import { cellError, readValue } from "./values.js";
import { type Value, isNumber } from "./data-table.js";
import type { TableWork, WorkRow } from "./table-work.js";

/**
 * Columns that rows name are there; a unit has one row, or one in each group; the units are those
 * there should be.
 */
export function checkRows(work: TableWork): void {
  const { dataTable, shape, rows: all, problems } = work;
  const { rows } = dataTable;
  if (rows.kind === "list") {
    for (const { node } of all) {
      for (const name of Object.keys(node.cells)) {
        if (node.kind === "note" || shape.byId.has(name)) continue;
        problems.push({
          ...unknownColumn(name, [...node.path, name], shape.byId),
          at: { in: "plan", path: [...node.path, name], key: true },
        });
      }
    }
  }
  if (shape.key === null) return;
  const keyId = shape.columns[shape.key]?.spec.id ?? "";
  const seen = new Map<string, WorkRow>();
  for (const row of all) {
    if (
      row.unit === null ||
      (dataTable.allAssignees !== null && foldText(row.unit) === foldText(dataTable.allAssignees))
    )
      continue;
    const name = `${row.parent ?? ""}\u0000${foldText(row.unit)}`;
    if (seen.has(name))
      problems.push(
        cellError(
          "unit-twice",
          row.node.at(keyId),
          both(`“${row.unit}” ghi hai lần`, `“${row.unit}” is given twice`),
          both(
            `đã có ở ${printPlace(seen.get(name)?.node.at(keyId), "vi")}; bỏ một dòng, hoặc gộp hai dòng`,
            `it is already at ${printPlace(seen.get(name)?.node.at(keyId), "en")}; remove one, or join the two`,
          ),
        ),
      );
    else seen.set(name, row);
  }
  checkUnits(work, keyId);
}

/** Every unit that must be there is, and no other. */
function checkUnits(
  { dataTable, path: own, rows, context, problems }: TableWork,
  keyId: string,
): void {
  const { assignees: units, allAssignees } = dataTable;
  if (units === null) return;
  const path = [...own, "assignees"];
  const expected = typeof units === "string" ? context.unitsOf(units, path) : units;
  if (expected === null) return;
  const wanted = new Map(expected.map((unit) => [foldText(unit), unit]));
  const present = new Set(rows.flatMap(({ unit }) => (unit === null ? [] : [foldText(unit)])));
  for (const [folded, unit] of wanted) {
    if (present.has(folded)) continue;
    const place = rows[0]?.node.at(null);
    problems.push(
      cellError(
        "unit-missing",
        place?.in === "file" ? place : { in: "plan", path },
        both(`thiếu đơn vị “${unit}”`, `the unit “${unit}” is missing`),
        both(
          "thêm một dòng cho đơn vị này, hoặc bỏ nó khỏi units",
          "add a row for it, or take it out of units",
        ),
      ),
    );
  }
  for (const { unit, node } of rows) {
    if (
      unit === null ||
      wanted.has(foldText(unit)) ||
      (allAssignees !== null && foldText(unit) === foldText(allAssignees))
    )
      continue;
    const near = nearest(unit, expected);
    problems.push(
      cellError(
        "unit-unknown",
        node.at(keyId),
        both(`“${unit}” không có trong danh sách đơn vị`, `“${unit}” is not in the list of units`),
        near === null
          ? both("sửa tên, hoặc thêm vào assignees", "correct the name, or add it to assignees")
          : both(`có phải là “${near}”?`, `did you mean “${near}”?`),
      ),
    );
  }
}

/** Totals that were declared are those that come out. */
export function checkDeclared(
  { path: table, shape, context, problems }: TableWork,
  totals: readonly Value[],
): void {
  shape.columns.forEach(({ spec, unit }, index) => {
    if (spec.declared === null) return;
    const path = shape.pathOf(spec.id, "declared");
    const declared = context.numberOf(spec.declared, { in: "plan", path }, unit);
    const total = totals[index];
    if (declared === null || !isNumber(total) || decimalsEqual(declared, total)) return;
    const by = subtractDecimals(total, declared);
    problems.push(
      following(
        planError(
          "declared-total",
          path,
          both(
            `cột “${spec.title}” cộng lại là ${formatDecimal(total)}, đã công bố ${formatDecimal(declared)}: lệch ${formatDecimal(by)}`,
            `the column “${spec.title}” adds up to ${formatDecimal(total)}, declared is ${formatDecimal(declared)}: off by ${formatDecimal(by)}`,
          ),
          both(
            "xem lại các dòng, hoặc sửa số đã công bố",
            "look at the rows, or correct what was declared",
          ),
        ),
        table,
      ),
    );
  });
}

/**
 * A row of totals in a spreadsheet says what comes out: of the whole table, or of a group of rows.
 */
export function checkSheetTotals(
  { path: table, shape, rows, context, problems }: TableWork,
  totals: readonly Value[],
): void {
  const sums = [totals, ...rows.filter(({ parts }) => parts.length > 0).map(({ cells }) => cells)];
  for (const row of context.sheet) {
    if (row.kind !== "total") continue;
    const written = shape.columns.map(({ spec, totals: rule }) =>
      rule === "none"
        ? null
        : readValue(ownValue(row.cells, spec.id), spec, () => row.at(spec.id), problems),
    );
    const agrees = (sum: readonly Value[]): boolean =>
      written.every((value, index) => value === null || sameValue(value, sum[index] ?? null));
    if (sums.some(agrees)) continue;
    written.forEach((value, index) => {
      const total = totals[index];
      const spec = shape.columns[index]?.spec;
      if (isNumber(value) && isNumber(total) && spec && !decimalsEqual(value, total)) {
        problems.push(
          following(
            cellError(
              "sheet-total",
              row.at(spec.id),
              both(
                `dòng tổng ghi ${formatDecimal(value)}, các dòng cộng lại là ${formatDecimal(total)}: lệch ${formatDecimal(subtractDecimals(total, value))}`,
                `the row of totals says ${formatDecimal(value)}, the rows add up to ${formatDecimal(total)}: off by ${formatDecimal(subtractDecimals(total, value))}`,
              ),
              both(
                "sửa các dòng hoặc dòng tổng trong bảng tính",
                "correct the rows or the total in the spreadsheet",
              ),
            ),
            table,
          ),
        );
      }
    });
  }
}

/** A part (Trong đó) is never more than the whole. */
export function checkIncluded({ shape, rows, problems }: TableWork): void {
  rows.forEach((row, place) => {
    if (row.node.kind !== "includes") return;
    let owner = place - 1;
    while (owner >= 0 && (rows[owner]?.level ?? 0) >= row.level) owner--;
    const whole = rows[owner];
    shape.columns.forEach(({ spec, totals, formula }, index) => {
      const [part, all] = [row.cells[index], whole?.cells[index]];
      if (
        totals !== "sum" ||
        formula !== null ||
        !isNumber(part) ||
        !isNumber(all) ||
        subtractDecimals(all, part).digits >= 0n
      )
        return;
      problems.push(
        cellError(
          "part-over-whole",
          row.node.at(spec.id),
          both(
            `phần “Trong đó” là ${formatDecimal(part)}, lớn hơn cả hàng: ${formatDecimal(all)}`,
            `the part is ${formatDecimal(part)}, more than the whole row: ${formatDecimal(all)}`,
          ),
          both("sửa một trong hai số", "correct one of the two"),
        ),
      );
    });
  });
}

/** Whether two values are the same. */
export function sameValue(a: Value, b: Value): boolean {
  return isNumber(a) && isNumber(b) ? decimalsEqual(a, b) : a === b;
}

/** A written number that is not what comes out. */
export function mismatch(
  own: Value,
  computed: Value,
  spec: DataColumn,
  at: Place,
  by: "sum" | "formula" | "divided",
): Diagnostic {
  const [written, right] = [printValue(own), isNumber(computed) ? formatDecimal(computed) : "∅"];
  if (by === "divided")
    return cellError(
      "typed-divided",
      at,
      both(
        `cột “${spec.title}” được phân bổ, nhưng ô này ghi ${written} (phân bổ cho ${right})`,
        `the column “${spec.title}” is allocated, but this cell says ${written} (the allocation gives ${right})`,
      ),
      both(
        "bỏ số ghi tay; muốn ấn định thì ghi ở allocate.fixed",
        "remove the number; to settle it beforehand use allocate.fixed",
      ),
    );
  return by === "sum"
    ? cellError(
        "sum",
        at,
        both(
          `ghi ${written}, các dòng bên trong cộng lại là ${right}`,
          `it says ${written}, the rows inside add up to ${right}`,
        ),
        both("bỏ số ghi tay, hoặc sửa các dòng", "remove the number, or correct the rows"),
      )
    : cellError(
        "formula-value",
        at,
        both(
          `ghi ${written}, công thức ${spec.formula ?? ""} cho ${right}`,
          `it says ${written}, the formula ${spec.formula ?? ""} gives ${right}`,
        ),
        both(
          "bỏ số ghi tay, hoặc sửa các số trong công thức",
          "remove the number, or correct what the formula uses",
        ),
      );
}

function printValue(value: Value): string {
  return isNumber(value) ? formatDecimal(value) : (value ?? "∅");
}

function printPlace(place: Place | undefined, language: "vi" | "en"): string {
  if (place?.in === "file")
    return place.cell ?? `${language === "vi" ? "dòng" : "line"} ${place.line}`;
  const row = place?.path.findLast((step) => typeof step === "number");
  return language === "vi" ? `dòng thứ ${Number(row ?? 0) + 1}` : `row ${Number(row ?? 0) + 1}`;
}
