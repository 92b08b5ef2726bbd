import {
  type Diagnostic,
  type Outcome,
  type PlanPath,
  both,
  fail,
  following,
  planError,
  succeed,
} from "../base/diagnostic.js";
import { oncePer } from "../base/once.js";
import { MONEY_UNITS, formatAmount } from "../base/money.js";
import { type Decimal, formatDecimal, shiftDecimal } from "../base/numbers.js";
import { type EvaluatedColumn, isNumber } from "../tables/data-table.js";
import { type EvaluatedPlan, cellNames, findCell, moneyUnit } from "../tables/evaluate-plan.js";
import type { CitedForm } from "./format-figure.js";
import { namedUnit, unknownUnit } from "./money-units.js";
import { unknownName } from "./unknown.js";

const namesOfCells = oncePer(cellNames);

/**
 * A cell of a table: "phan-bo.tong.nstw", "chi-tieu.xa-an-khuong.giam", with its unit unless bare;
 * money in another unit when one is named after it.
 */
export function citeCell(
  plan: EvaluatedPlan,
  [name = "", ...unitWords]: readonly string[],
  form: CitedForm,
  path: PlanPath,
): Outcome<string> {
  const [id = "", row = "", column = ""] = name.split(".");
  const dataTable = plan.dataTables.get(id);
  const found = dataTable ? findCell(dataTable, row, column) : null;
  if (!dataTable || found === null) {
    const allowed = dataTable ? namesOfCells(dataTable) : [];
    const what = both("ô", "cell");
    return fail([unknownName({ code: "unknown-cell", name, allowed, what }, path)]);
  }
  const { value } = found;
  if (value === null) return fail([emptyCell(name, path)]);
  if (!isNumber(value)) return succeed(value);
  if (unitWords.length === 0) return succeed(inOwnUnit(value, found.column, form));
  const wanted = unitWords.join(" ");
  return inNamedUnit(value, found.column, { name, wanted, form, path });
}

function inOwnUnit(
  value: Decimal,
  { unit, fixedPlaces }: EvaluatedColumn,
  form: CitedForm,
): string {
  const money = moneyUnit(unit);
  if (money !== null)
    return withUnit(formatAmount(shiftDecimal(value, MONEY_UNITS[money]), money), money, form);
  return withUnit(formatDecimal(value, { whole: 1, fraction: fixedPlaces }), unit, form);
}

/** A citation of money that names a unit of its own. */
interface UnitCitation {
  readonly name: string;
  readonly wanted: string;
  readonly form: CitedForm;
  readonly path: PlanPath;
}

function inNamedUnit(
  value: Decimal,
  { unit, spec }: EvaluatedColumn,
  { name, wanted, form, path }: UnitCitation,
): Outcome<string> {
  const own = moneyUnit(unit);
  if (own === null) return fail([notMoney(name, spec.title, wanted, path)]);
  const named = namedUnit(wanted);
  if (named === null) return fail([unknownUnit(wanted, path)]);
  return succeed(withUnit(formatAmount(shiftDecimal(value, MONEY_UNITS[own]), named), named, form));
}

function withUnit(shown: string, unit: string | null, form: CitedForm): string {
  if (form === "bare" || unit === null) return shown;
  return unit === "%" ? `${shown}%` : `${shown} ${unit}`;
}

function emptyCell(name: string, path: PlanPath): Diagnostic {
  return following(
    planError(
      "cell-empty",
      path,
      both(
        `ô “${name}” trống nên không dẫn được`,
        `the cell “${name}” is empty and cannot be cited`,
      ),
      both(
        "điền số trong bảng, hoặc bỏ chỗ dẫn",
        "give it a number in the table, or drop the citation",
      ),
    ),
    ["tables"],
  );
}

function notMoney(name: string, title: string, wanted: string, path: PlanPath): Diagnostic {
  return following(
    planError(
      "no-money",
      path,
      both(
        `cột “${title}” không tính bằng tiền, nên không đổi sang “${wanted}” được`,
        `the column “${title}” is not in money and cannot be given in “${wanted}”`,
      ),
      both(
        `viết {{${name}}}; nếu là tiền, ghi unit: ở bảng hoặc ở cột`,
        `write {{${name}}}; if it is money, give the table or the column a unit:`,
      ),
    ),
    ["programme"],
  );
}
