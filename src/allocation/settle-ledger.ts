import { type Diagnostic, type PlanPath, type Place, both, planError } from "../base/diagnostic.js";
import { MONEY_UNITS } from "../base/money.js";
import { nearest } from "../base/nearest.js";
import { type Decimal, addDecimals, decimalsEqual, formatDecimal, pointLetter, romanNumeral, subtractDecimals } from "../base/numbers.js";
import { foldText, slugOf } from "../base/text.js";
import { ledgerColumns, ledgerKey } from "../plan/ledger-layouts.js";
import { type Ledger, type LedgerColumn, type LedgerColumnNode, type NumberOrName, type RowMark, ledgerLeaves } from "../plan/ledger.js";
import type { Plan } from "../plan/schema.js";
import { divideColumn, splitGroup } from "./divide.js";
import { type Formula, formulaColumns, formulaHas, formulaNumbers, parseFormula } from "./formula.js";
import { type RowNode, type RowSources, ledgerRows } from "./ledger-rows.js";
import { cellError, placesOf, readValue } from "./ledger-values.js";
import { type Division, type SettledColumn, type SettledLedger, type SettledRow, type SplitCell, type Value, isNumber } from "./ledger.js";
import { computeValue } from "./unit-share.js";

/** What a ledger needs of the rest of the plan. */
export interface LedgerContext extends RowSources {
  /** The number that a name stands for, in a unit of money when there is one. Null, with a finding, when it stands for none. */
  readonly numberOf: (name: NumberOrName, at: Place, unit: string | null) => Decimal | null;
  /** Columns of another ledger, for rows taken over from it. */
  readonly columnsOf: (ledger: string) => readonly SettledColumn[];
  /** Names of the units that must be there, of another ledger. */
  readonly unitsOf: (ledger: string, at: PlanPath) => readonly string[] | null;
}

/** A row while its numbers are being settled. */
export interface WorkRow {
  readonly node: RowNode;
  readonly level: number;
  readonly mark: string;
  readonly unit: string | null;
  /** Id of the outermost row above it, or its own. */
  readonly group: string | null;
  /** Rows that add up to it. */
  readonly parts: readonly number[];
  readonly cells: Value[];
}

/**
 * Settle a ledger: read its rows, divide what is to be divided, compute formulas, sums and rates, and compare what was written with what
 * comes out. Every mistake becomes a finding; the numbers of a ledger with findings are not to be used.
 */
export function settleLedger(id: string, ledger: Ledger, context: LedgerContext, problems: Diagnostic[]): SettledLedger {
  return new LedgerSettler(id, ledger, context, problems).settle();
}

class LedgerSettler {
  readonly #path: PlanPath;
  readonly #head: readonly LedgerColumnNode[];
  readonly #columns: readonly SettledColumn[];
  readonly #byId: ReadonlyMap<string, number>;
  readonly #label: number;
  readonly #key: number | null;
  readonly #rows: WorkRow[] = [];
  readonly #top: number[] = [];
  readonly #divisions: Division[] = [];
  readonly #splits: SplitCell[] = [];

  constructor(
    private readonly id: string,
    private readonly ledger: Ledger,
    private readonly context: LedgerContext,
    private readonly problems: Diagnostic[],
  ) {
    this.#path = ["tables", id];
    this.#head = ledgerColumns(ledger, context.plan);
    this.#columns = this.#settleColumns(context.plan);
    this.#byId = new Map(this.#columns.map(({ spec }, index) => [spec.id, index]));
    const label = this.#columns.findIndex(({ spec }) => spec.kind === "text" && spec.show);
    this.#label = label < 0 ? 0 : label;
    this.#key = this.#findKey();
  }

  settle(): SettledLedger {
    const { ledger } = this;
    const label = this.#columns[this.#label]?.spec.id ?? "";
    const tree = ledgerRows(ledger, this.#path, label, this.context, this.problems);
    this.#flatten(tree);
    this.#checkRows();
    const order = this.#columnOrder();
    const totals: Value[] = this.#columns.map(() => null);
    for (const index of order) {
      this.#divide(index);
      this.#fillColumn(index, totals);
    }
    this.#checkDeclared(totals);
    this.#checkSheetTotals(totals);
    this.#checkIncluded();
    return {
      id: this.id, title: ledger.title, unit: ledger.unit, note: ledger.note, head: this.#head, columns: this.#columns,
      rows: this.#print(totals), key: this.#key, everyone: ledger.everyone, totals, divisions: this.#divisions, splits: this.#splits, path: this.#path,
    };
  }

  // --- Columns -----------------------------------------------------------------------------------------------------

  #settleColumns(plan: Plan): SettledColumn[] {
    const own = ledgerLeaves(this.#head);
    const { rows } = this.ledger;
    // Rows taken over bring the columns they have more, to compute with.
    const taken = typeof rows === "object" && "from" in rows ? this.context.columnsOf(rows.from).filter(({ spec }) => !own.some((column) => column.id === spec.id)) : [];
    const specs: LedgerColumn[] = [...own, ...taken.map(({ spec }) => ({ ...spec, show: false, formula: null, allocate: null, declared: null, number: null }))];
    const seen = new Set<string>();
    for (const { id } of own) {
      if (seen.has(id)) this.#fault("column-twice", ["columns"], `mã cột “${id}” dùng hai lần`, `the column id “${id}” is used twice`, "đặt mỗi cột một mã", "give each column its own id");
      seen.add(id);
    }
    const numbers = this.#columnNumbers(own);
    const names = specs.map(({ id }, index) => ({ id, number: numbers[index]?.split("=")[0]?.trim() ?? null }));
    return specs.map((spec, index): SettledColumn => {
      const numeric = spec.kind === "count" || spec.kind === "money" || spec.kind === "percent";
      const formula = this.#formula(spec, names);
      const divides = formula !== null && formulaHas(formula, "/");
      const totals = !numeric ? "none" : (spec.total ?? (divides ? "recompute" : spec.kind === "percent" ? "none" : "sum"));
      if (totals === "recompute" && formula === null) this.#fault("no-formula", ["columns"], `cột “${spec.title}” tính lại tổng từ công thức nhưng không có công thức`, `the column “${spec.title}” computes its total again but has no formula`, "thêm formula:, hoặc đổi total", "add formula:, or change total");
      const unit = spec.unit ?? (spec.kind === "percent" ? "%" : this.ledger.unit ?? (spec.kind === "money" ? (plan.programme?.unit ?? null) : null));
      return { spec, numeric, formula, totals, unit, number: numbers[index] ?? null, fixedPlaces: spec.kind === "percent" ? placesOf(spec) : 0 };
    });
  }

  /** "A", "B" for words, "1", "2" for numbers, with the formula where there is one: "3=4+5". */
  #columnNumbers(columns: readonly LedgerColumn[]): (string | null)[] {
    let [letters, counted] = [0, 0];
    const own = columns.map((spec): string | null => {
      if (spec.number !== null) return String(spec.number);
      if (!this.ledger.columnNumbers && !(spec.formula ?? "").includes("=")) return null;
      if (!spec.show) return null;
      if (spec.formula?.includes("=")) {
        counted++;
        return spec.formula;
      }
      return spec.kind === "order" || spec.kind === "text" || spec.kind === "date" ? String.fromCharCode(65 + letters++) : String(++counted);
    });
    const names = columns.map(({ id }, index) => ({ id, number: own[index] ?? null }));
    return own.map((number, index) => {
      const spec = columns[index];
      if (!this.ledger.columnNumbers || number === null || number.includes("=") || !spec?.formula || spec.kind === "percent") return number;
      const parsed = parseFormula(spec.formula, names);
      const shown = parsed.ok ? printByNumbers(parsed.formula, own) : null;
      return shown === null ? number : `${number}=${shown}`;
    });
  }

  #formula(spec: LedgerColumn, names: readonly { readonly id: string; readonly number: string | null }[]): Formula | null {
    if (spec.formula === null) return null;
    const parsed = parseFormula(spec.formula, names);
    if (!parsed.ok) {
      const near = parsed.unknown === null ? null : nearest(parsed.unknown, names.map(({ id }) => id));
      this.problems.push(planError("formula", this.#columnPath(spec.id, "formula"), parsed.message, near === null
        ? both(`các cột: ${names.map(({ id }) => id).join(", ")}`, `columns: ${names.map(({ id }) => id).join(", ")}`)
        : both(`có phải là “${near}”?`, `did you mean “${near}”?`)));
      return null;
    }
    if (spec.kind === "percent" && formulaNumbers(parsed.formula).some((value) => decimalsEqual(value, HUNDRED))) {
      this.problems.push(planError("percent-twice", this.#columnPath(spec.id, "formula"), both("cột percent tự nhân 100", "a percent column multiplies by 100 itself"), both("bỏ 100 khỏi công thức: giam/dau", "take 100 out of the formula: fall/start")));
    }
    return parsed.formula;
  }

  /** The place of a column in the plan, as far as the plan writes it. */
  #columnPath(id: string, field: string): PlanPath {
    const visit = (columns: readonly LedgerColumnNode[], path: PlanPath): PlanPath | null => {
      for (const [index, column] of columns.entries()) {
        const own = [...path, index];
        if ("columns" in column) {
          const inner = visit(column.columns, [...own, "columns"]);
          if (inner) return inner;
        } else if (column.id === id) return [...own, field];
      }
      return null;
    };
    if (this.ledger.columns === null) return id in this.ledger.adjust ? [...this.#path, "adjust", id, field] : [...this.#path, "layout"];
    return visit(this.ledger.columns, [...this.#path, "columns"]) ?? [...this.#path, "columns"];
  }

  #findKey(): number | null {
    const name = ledgerKey(this.ledger);
    if (name !== null) {
      const index = this.#byId.get(name);
      if (index !== undefined) return index;
      this.#unknownColumn(name, ["key"]);
      return null;
    }
    return this.#columns.some(({ spec }) => spec.allocate !== null) || this.ledger.units !== null ? this.#label : null;
  }

  #unknownColumn(name: string, path: PlanPath): void {
    const ids = [...this.#byId.keys()];
    const near = nearest(name, ids);
    this.problems.push(planError("unknown-column", [...this.#path, ...path], both(`bảng không có cột “${name}”`, `the table has no column “${name}”`), near !== null ? both(`có phải là “${near}”?`, `did you mean “${near}”?`) : both(`các cột: ${ids.join(", ")}`, `columns: ${ids.join(", ")}`)));
  }

  /** What a column is computed from comes before it. */
  #columnOrder(): number[] {
    const order: number[] = [];
    const state = this.#columns.map(() => "new");
    const groups = splitGroups(this.#head);
    const visit = (index: number): void => {
      if (state[index] === "done") return;
      const column = this.#columns[index] as SettledColumn;
      if (state[index] === "open") {
        this.problems.push(planError("formula-circle", this.#columnPath(column.spec.id, "formula"), both(`cột “${column.spec.title}” tính từ chính nó`, `the column “${column.spec.title}” is computed from itself`), both("sửa công thức để không thành vòng", "change the formula so that there is no circle")));
        state[index] = "done";
        return;
      }
      state[index] = "open";
      const { allocate } = column.spec;
      const needs = [...(column.formula === null ? [] : formulaColumns(column.formula))];
      const name = (id: string, field: string): void => {
        const found = this.#byId.get(id);
        if (found !== undefined) needs.push(found);
        else this.problems.push(planError("unknown-column", this.#columnPath(column.spec.id, "allocate"), both(`phân bổ ${field} cột “${id}”, bảng không có cột đó`, `the allocation names the column “${id}”, which is not there`), both(`các cột: ${[...this.#byId.keys()].join(", ")}`, `columns: ${[...this.#byId.keys()].join(", ")}`)));
      };
      if (allocate !== null) {
        if (allocate.by !== null && (allocate.by !== "equal" || this.#byId.has("equal"))) name(allocate.by, "theo");
        for (const entry of allocate.criteria ?? []) for (const { of } of "highest" in entry ? entry.highest : [entry]) name(of, "theo");
        if (typeof allocate.floor === "string") name(allocate.floor, "với mức tối thiểu ở");
        if (typeof allocate.ceiling === "string") name(allocate.ceiling, "với mức tối đa ở");
      }
      const split = groups.get(column.spec.id);
      if (split?.split) name(split.split.of, "chia");
      needs.forEach(visit);
      if (state[index] === "done") return;
      state[index] = "done";
      order.push(index);
    };
    this.#columns.forEach((_, index) => visit(index));
    return order;
  }

  // --- Rows --------------------------------------------------------------------------------------------------------

  #flatten(tree: readonly RowNode[]): void {
    const depth = (nodes: readonly RowNode[]): number => Math.max(0, ...nodes.map(({ children }) => (children.length > 0 ? 1 + depth(children) : 0)));
    const marks = this.ledger.order ?? USUAL_MARKS[Math.min(depth(tree), USUAL_MARKS.length - 1)] ?? [];
    const orderColumn = this.#columns.find(({ spec }) => spec.kind === "order")?.spec.id ?? null;
    const visit = (nodes: readonly RowNode[], level: number, above: string, group: string | null): number[] => {
      let counted = 0;
      return nodes.flatMap((node): number[] => {
        const index = this.#rows.length;
        const typed = orderColumn === null ? null : (node.cells[orderColumn] ?? null);
        const mark = node.kind !== "item" ? "" : typed !== null ? String(typed) : printMark(marks[Math.min(level, marks.length - 1)] ?? "1", ++counted, above);
        const own = group ?? node.id;
        const unitCell = this.#key === null ? null : node.cells[this.#columns[this.#key]?.spec.id ?? ""];
        const parts: number[] = [];
        const unit = node.kind === "item" && node.children.length === 0 && unitCell !== null && unitCell !== undefined && unitCell !== "" ? String(unitCell).trim() : null;
        this.#rows.push({ node, level, mark, unit, group: own, parts, cells: this.#columns.map(() => null) });
        visit(node.includes, level + 1, mark, own);
        parts.push(...visit(node.children, level + 1, mark, own));
        return node.kind === "item" ? [index] : [];
      });
    };
    this.#top.push(...visit(tree, 0, "", null));
  }

  #checkRows(): void {
    const { rows } = this.ledger;
    if (Array.isArray(rows)) {
      for (const { node } of this.#rows) {
        for (const name of Object.keys(node.cells)) {
          if (node.kind === "note" || this.#byId.has(name)) continue;
          const near = nearest(name, this.#byId.keys());
          this.problems.push({ ...planError("unknown-column", [...node.path, name], both(`bảng không có cột “${name}”`, `the table has no column “${name}”`), near === null ? both(`các cột: ${[...this.#byId.keys()].join(", ")}`, `columns: ${[...this.#byId.keys()].join(", ")}`) : both(`có phải là “${near}”?`, `did you mean “${near}”?`)), at: { in: "plan", path: [...node.path, name], key: true } });
        }
      }
    }
    if (this.#key === null) return;
    const keyId = this.#columns[this.#key]?.spec.id ?? "";
    const seen = new Map<string, WorkRow>();
    for (const row of this.#rows) {
      if (row.unit === null || (this.ledger.everyone !== null && foldText(row.unit) === foldText(this.ledger.everyone))) continue;
      const name = `${row.group ?? ""}\u0000${foldText(row.unit)}`;
      if (seen.has(name)) this.problems.push(cellError("unit-twice", row.node.at(keyId), both(`“${row.unit}” ghi hai lần`, `“${row.unit}” is given twice`), both(`đã có ở ${printPlace(seen.get(name)?.node.at(keyId), "vi")}; bỏ một dòng, hoặc gộp hai dòng`, `it is already at ${printPlace(seen.get(name)?.node.at(keyId), "en")}; remove one, or join the two`)));
      else seen.set(name, row);
    }
    this.#checkUnits(keyId);
  }

  /** Every unit that must be there is, and no other. */
  #checkUnits(keyId: string): void {
    const { units, everyone } = this.ledger;
    if (units === null) return;
    const path = [...this.#path, "units"];
    const expected = typeof units === "string" ? this.context.unitsOf(units, path) : units;
    if (expected === null) return;
    const wanted = new Map(expected.map((unit) => [foldText(unit), unit]));
    const present = new Set(this.#rows.flatMap(({ unit }) => (unit === null ? [] : [foldText(unit)])));
    for (const [folded, unit] of wanted) {
      if (present.has(folded)) continue;
      const place = this.#rows[0]?.node.at(null);
      this.problems.push(cellError("unit-missing", place?.in === "file" ? place : { in: "plan", path }, both(`thiếu đơn vị “${unit}”`, `the unit “${unit}” is missing`), both("thêm một dòng cho đơn vị này, hoặc bỏ nó khỏi units", "add a row for it, or take it out of units")));
    }
    for (const { unit, node } of this.#rows) {
      if (unit === null || wanted.has(foldText(unit)) || (everyone !== null && foldText(unit) === foldText(everyone))) continue;
      const near = nearest(unit, expected);
      this.problems.push(cellError("unit-unknown", node.at(keyId), both(`“${unit}” không có trong danh sách đơn vị`, `“${unit}” is not in the list of units`), near === null ? both("sửa tên, hoặc thêm vào units", "correct the name, or add it to units") : both(`có phải là “${near}”?`, `did you mean “${near}”?`)));
    }
  }

  // --- Numbers -----------------------------------------------------------------------------------------------------

  #divide(index: number): void {
    const column = this.#columns[index] as SettledColumn;
    const shared = { rows: this.#rows, columns: this.#columns, byId: this.#byId, problems: this.problems, numberOf: this.context.numberOf };
    if (column.spec.allocate !== null) {
      this.#divisions.push(...divideColumn(index, { ...shared, path: this.#columnPath(column.spec.id, "allocate") }));
    }
    const group = splitGroups(this.#head).get(column.spec.id);
    // The first column of a divided group to be settled brings the others.
    if (group?.split && !this.#splits.some((cell) => group.columns.includes(cell.column)) && !this.#done.has(group)) {
      this.#done.add(group);
      this.#splits.push(...splitGroup(group.split, group.columns, { ...shared, path: [...this.#columnPath(column.spec.id, "kind").slice(0, -3), "split"] }));
    }
  }
  readonly #done = new Set<unknown>();

  #fillColumn(index: number, totals: Value[]): void {
    const column = this.#columns[index] as SettledColumn;
    const { spec, formula } = column;
    const divided = spec.allocate !== null || (splitGroups(this.#head).get(spec.id)?.split ?? null) !== null;
    const taken = !Array.isArray(this.ledger.rows) && typeof this.ledger.rows === "object" && "from" in this.ledger.rows;
    const sumOf = (parts: readonly number[]): Value => {
      const given = parts.map((part) => this.#rows[part]?.cells[index]).filter(isNumber);
      return given.length === 0 ? null : addDecimals(given);
    };
    const compute = (cells: readonly Value[]): Value => computeValue(column, cells);
    for (let place = this.#rows.length - 1; place >= 0; place--) {
      const row = this.#rows[place] as WorkRow;
      if (row.node.kind === "note") continue;
      const isGroup = row.parts.length > 0;
      const at = (): Place => row.node.at(spec.id);
      if (spec.kind === "order") continue;
      const computed = isGroup ? (column.totals === "sum" ? sumOf(row.parts) : column.totals === "recompute" ? compute(row.cells) : null)
        : divided && row.node.kind === "item" ? (row.cells[index] ?? null) : compute(row.cells);
      const isComputed = (isGroup && computed !== null) || (!isGroup && (formula !== null || (divided && row.node.kind === "item")));
      const own = taken && isComputed ? null : readValue(row.node.cells[spec.id], spec, at, this.problems);
      if (!isComputed) row.cells[index] = own;
      else {
        row.cells[index] = computed;
        if (isNumber(computed) && computed.digits < 0n && !spec.signed) {
          this.problems.push(cellError("negative", at(), both(`cột “${spec.title}” tính ra số âm ${formatDecimal(computed)}${row.unit === null ? "" : ` cho “${row.unit}”`}`, `the column “${spec.title}” comes out negative, ${formatDecimal(computed)}${row.unit === null ? "" : `, for “${row.unit}”`}`), both("xem lại số liệu; nếu được phép âm, ghi signed: true ở cột", "look at the numbers; if it may be negative, give the column signed: true")));
        }
        if (own !== null && !sameValue(own, computed)) this.problems.push(mismatch(own, computed, spec, at(), divided && !isGroup ? "divided" : isGroup ? "sum" : "formula"));
      }
    }
    totals[index] = column.totals === "sum" ? sumOf(this.#top) : column.totals === "recompute" ? compute(totals) : null;
  }

  #checkDeclared(totals: readonly Value[]): void {
    this.#columns.forEach(({ spec, unit }, index) => {
      if (spec.declared === null) return;
      const path = this.#columnPath(spec.id, "declared");
      const declared = this.context.numberOf(spec.declared, { in: "plan", path }, unit);
      const total = totals[index];
      if (declared === null || !isNumber(total) || decimalsEqual(declared, total)) return;
      const by = subtractDecimals(total, declared);
      this.problems.push(planError("declared-total", path,
        both(`cột “${spec.title}” cộng lại là ${formatDecimal(total)}, đã công bố ${formatDecimal(declared)}: lệch ${formatDecimal(by)}`, `the column “${spec.title}” adds up to ${formatDecimal(total)}, declared is ${formatDecimal(declared)}: off by ${formatDecimal(by)}`),
        both("xem lại các dòng, hoặc sửa số đã công bố", "look at the rows, or correct what was declared")));
    });
  }

  /** A row of totals in a spreadsheet says what comes out: of the whole table, or of a group of rows. */
  #checkSheetTotals(totals: readonly Value[]): void {
    const sums = [totals, ...this.#rows.filter(({ parts }) => parts.length > 0).map(({ cells }) => cells)];
    for (const row of this.context.sheet) {
      if (row.kind !== "total") continue;
      const written = this.#columns.map(({ spec, totals: rule }) => (rule === "none" ? null : readValue(row.cells[spec.id], spec, () => row.at(spec.id), this.problems)));
      const agrees = (sum: readonly Value[]): boolean => written.every((value, index) => value === null || sameValue(value, sum[index] ?? null));
      if (sums.some(agrees)) continue;
      written.forEach((value, index) => {
        const total = totals[index];
        const spec = this.#columns[index]?.spec;
        if (isNumber(value) && isNumber(total) && spec && !decimalsEqual(value, total)) {
          this.problems.push(cellError("sheet-total", row.at(spec.id), both(`dòng tổng ghi ${formatDecimal(value)}, các dòng cộng lại là ${formatDecimal(total)}: lệch ${formatDecimal(subtractDecimals(total, value))}`, `the row of totals says ${formatDecimal(value)}, the rows add up to ${formatDecimal(total)}: off by ${formatDecimal(subtractDecimals(total, value))}`), both("sửa các dòng hoặc dòng tổng trong bảng tính", "correct the rows or the total in the spreadsheet")));
        }
      });
    }
  }

  /** A part (Trong đó) is never more than the whole. */
  #checkIncluded(): void {
    this.#rows.forEach((row, place) => {
      if (row.node.kind !== "includes") return;
      let owner = place - 1;
      while (owner >= 0 && (this.#rows[owner]?.level ?? 0) >= row.level) owner--;
      const whole = this.#rows[owner];
      this.#columns.forEach(({ spec, totals }, index) => {
        const [part, all] = [row.cells[index], whole?.cells[index]];
        if (totals !== "sum" || !isNumber(part) || !isNumber(all) || subtractDecimals(all, part).digits >= 0n) return;
        this.problems.push(cellError("part-over-whole", row.node.at(spec.id), both(`phần “Trong đó” là ${formatDecimal(part)}, lớn hơn cả hàng: ${formatDecimal(all)}`, `the part is ${formatDecimal(part)}, more than the whole row: ${formatDecimal(all)}`), both("sửa một trong hai số", "correct one of the two")));
      });
    });
  }

  // --- Printing order ----------------------------------------------------------------------------------------------

  #print(totals: readonly Value[]): SettledRow[] {
    const { groups, total } = this.ledger;
    const out: SettledRow[] = [];
    const places = new Map<number, number>();
    const add = (row: SettledRow): number => out.push(row) - 1;
    const shared = (row: WorkRow): Pick<SettledRow, "level" | "path" | "at" | "unit" | "name"> => ({
      level: row.level, path: row.node.path, at: row.node.at, unit: row.unit,
      name: row.node.id ?? slugOf(String(row.cells[this.#key ?? this.#label] ?? row.cells[this.#label] ?? "")),
    });
    const blankNumbers = (cells: readonly Value[]): Value[] => cells.map((value, index) => (this.#columns[index]?.numeric ? null : value));
    const labelled = (label: string, cells: readonly Value[]): Value[] => cells.map((value, index) => (index === this.#label ? label : this.#columns[index]?.numeric ? value : null));
    // A group's own row carries its sum only when sums stand at the head.
    const visit = (index: number): void => {
      const row = this.#rows[index] as WorkRow;
      const isGroup = row.parts.length > 0;
      const bare = isGroup && groups.sums !== "head";
      places.set(index, add({
        ...shared(row), kind: row.node.kind === "item" ? (isGroup ? "group" : "item") : row.node.kind, mark: row.mark, parts: [],
        cells: row.node.kind === "note" ? [String(row.node.cells["note"] ?? "")] : bare ? blankNumbers(row.cells) : row.cells,
      }));
      let next = index + 1;
      while (next < this.#rows.length && (this.#rows[next]?.level ?? 0) > row.level) {
        if (this.#rows[next]?.level === row.level + 1) visit(next);
        next++;
      }
      if (isGroup && groups.sums === "after") {
        places.set(index, add({ ...shared(row), kind: "sub-total", name: `${shared(row).name}-cong`, unit: null, mark: "", parts: [], cells: labelled(groups.label, row.cells) }));
      }
    };
    const wanted = total.place !== "none" && totals.some(isNumber);
    const totalRow: SettledRow = {
      kind: "total", level: 0, mark: "", name: "tong", unit: null, parts: [], path: [...this.#path, "total"], at: () => ({ in: "plan", path: [...this.#path, "total"] }),
      cells: labelled(total.label, totals),
    };
    if (wanted && total.place === "first") add(totalRow);
    this.#rows.forEach((row, index) => {
      if (row.level === 0) visit(index);
    });
    if (wanted && total.place === "last") add(totalRow);
    // Parts by their printed places; where groups print no sums, by the rows inside them.
    const printedParts = (parts: readonly number[]): number[] => parts.flatMap((part) => {
      const row = this.#rows[part] as WorkRow;
      return row.parts.length > 0 && groups.sums === "none" ? printedParts(row.parts) : [places.get(part) ?? -1];
    });
    const ownParts = new Map<SettledRow, readonly number[]>([[totalRow, this.#top]]);
    for (const [index, place] of places) ownParts.set(out[place] as SettledRow, (this.#rows[index] as WorkRow).parts);
    return out.map((row) => ({ ...row, parts: row.kind === "group" && groups.sums !== "head" ? [] : printedParts(ownParts.get(row) ?? []) }));
  }

  #fault(code: string, path: PlanPath, vi: string, en: string, hintVi: string, hintEn: string): void {
    this.problems.push(planError(code, [...this.#path, ...path], both(vi, en), both(hintVi, hintEn)));
  }
}

const HUNDRED: Decimal = { digits: 100n, scale: 0 };

/** Marks of rows by how deep a table goes: "1"; "I", "1"; "I", "1", "-"; … */
const USUAL_MARKS: readonly (readonly RowMark[])[] = [["1"], ["I", "1"], ["I", "1", "-"], ["A", "I", "1", "-"], ["A", "I", "1", "a", "-"]];

function printMark(mark: RowMark, count: number, above: string): string {
  switch (mark) {
    case "A": return String.fromCharCode(64 + count);
    case "I": return romanNumeral(count);
    case "1": return String(count);
    case "1.1": return above === "" ? String(count) : `${above}.${count}`;
    case "a": return pointLetter(count);
    default: return mark;
  }
}

/** Groups of columns that are divided two ways, by the ids of their columns. */
function splitGroups(head: readonly LedgerColumnNode[]): ReadonlyMap<string, { readonly split: NonNullable<Extract<LedgerColumnNode, { columns: unknown }>["split"]>; readonly columns: readonly string[] }> {
  const known = splitCache.get(head);
  if (known) return known;
  const found = new Map<string, { split: NonNullable<Extract<LedgerColumnNode, { columns: unknown }>["split"]>; columns: readonly string[] }>();
  const visit = (nodes: readonly LedgerColumnNode[]): void => nodes.forEach((node) => {
    if (!("columns" in node)) return;
    if (node.split !== null) {
      const columns = ledgerLeaves(node.columns).map(({ id }) => id);
      const entry = { split: node.split, columns };
      columns.forEach((id) => found.set(id, entry));
    }
    visit(node.columns);
  });
  visit(head);
  splitCache.set(head, found);
  return found;
}
const splitCache = new WeakMap<readonly LedgerColumnNode[], ReturnType<typeof splitGroups>>();

/** A formula by the numbers under the columns: "4+5+6". Null when a column has none. */
function printByNumbers(formula: Formula, numbers: readonly (string | null)[]): string | null {
  if (formula.kind === "number") return formatDecimal(formula.value);
  if (formula.kind === "column") return numbers[formula.index]?.split("=")[0] ?? null;
  const [left, right] = [printByNumbers(formula.left, numbers), printByNumbers(formula.right, numbers)];
  if (left === null || right === null) return null;
  const bracket = formula.right.kind === "operation" && formula.sign !== "+" ? `(${right})` : right;
  return `${left}${formula.sign === "*" ? "x" : formula.sign}${bracket}`;
}

function sameValue(a: Value, b: Value): boolean {
  return isNumber(a) && isNumber(b) ? decimalsEqual(a, b) : a === b;
}

function mismatch(own: Value, computed: Value, spec: LedgerColumn, at: Place, by: "sum" | "formula" | "divided"): Diagnostic {
  const [written, right] = [printValue(own), isNumber(computed) ? formatDecimal(computed) : "∅"];
  if (by === "divided") return cellError("typed-divided", at, both(`cột “${spec.title}” được phân bổ, nhưng ô này ghi ${written} (phân bổ cho ${right})`, `the column “${spec.title}” is allocated, but this cell says ${written} (the allocation gives ${right})`), both("bỏ số ghi tay; muốn ấn định thì ghi ở allocate.fixed", "remove the number; to settle it beforehand use allocate.fixed"));
  return by === "sum"
    ? cellError("sum", at, both(`ghi ${written}, các dòng bên trong cộng lại là ${right}`, `it says ${written}, the rows inside add up to ${right}`), both("bỏ số ghi tay, hoặc sửa các dòng", "remove the number, or correct the rows"))
    : cellError("formula-value", at, both(`ghi ${written}, công thức ${spec.formula ?? ""} cho ${right}`, `it says ${written}, the formula ${spec.formula ?? ""} gives ${right}`), both("bỏ số ghi tay, hoặc sửa các số trong công thức", "remove the number, or correct what the formula uses"));
}

function printValue(value: Value): string {
  return isNumber(value) ? formatDecimal(value) : (value ?? "∅");
}

function printPlace(place: Place | undefined, language: "vi" | "en"): string {
  if (place?.in === "file") return place.cell ?? `${language === "vi" ? "dòng" : "line"} ${place.line}`;
  const row = place?.path.findLast((step) => typeof step === "number");
  return language === "vi" ? `dòng thứ ${Number(row ?? 0) + 1}` : `row ${Number(row ?? 0) + 1}`;
}

/** Whether a unit is one of money. */
export function isMoneyUnit(unit: string | null): unit is keyof typeof MONEY_UNITS {
  return unit !== null && Object.hasOwn(MONEY_UNITS, unit);
}
