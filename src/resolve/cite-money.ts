import { oncePer } from "../base/once.js";
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
import { type Money, formatMoney } from "../base/money.js";
import { sumFunding } from "../plan/funding.js";
import { findProject, projectIds } from "../plan/projects.js";
import type { Programme, Project } from "../plan/schema.js";
import type { EvaluatedPlan } from "../tables/evaluate-plan.js";
import { namedUnit, unknownUnit } from "./money-units.js";
import { unknownName } from "./unknown.js";

/** What `{{tien}}` without a name stands for: the sum of the project around it. */
export interface TextScope {
  readonly money: Money | null;
}

/**
 * An amount of the programme: "tong", "nstw", "da1.tong", "da1.nstw", with a unit after it when it
 * is to be another than the programme's.
 */
export function citeMoney(
  { programme }: EvaluatedPlan,
  [name = "", ...unitWords]: readonly string[],
  { money }: TextScope,
  path: PlanPath,
): Outcome<string> {
  if (name === "" && money !== null) return succeed(formatMoney(money, programme?.unit ?? "đồng"));
  if (programme === null || name === "") return fail([namesNoAmount(path)]);
  const unit = unitWords.length === 0 ? programme.unit : namedUnit(unitWords.join(" "));
  if (unit === null) return fail([unknownUnit(unitWords.join(" "), path)]);
  const amount = amountOf(programme, name);
  if (amount === undefined) return fail([unknownAmount(name, programme, path)]);
  return amount === null ? fail([notGiven(name, path)]) : succeed(formatMoney(amount, unit));
}

/** undefined: no such name; null: named, not given. */
function amountOf(programme: Programme, name: string): Money | null | undefined {
  const [target = "", part = "tong"] = name.split(".");
  const { projects } = programme;
  const pick = (chosen: readonly Project[], source: string): Money | null | undefined => {
    const sums = sumFunding(programme, chosen);
    return source === "tong" ? sums.total : sums.bySource.get(source);
  };
  if (target === "tong" || target === "programme") return pick(projects, part);
  const project = findProject(projects, target);
  if (project) return pick([project], part);
  return part === "tong" ? pick(projects, target) : undefined;
}

const namesOfAmounts = oncePer(({ sources, projects }: Programme): readonly string[] => {
  const parts = ["tong", ...Object.keys(sources)];
  const ofProjects = projectIds(projects).flatMap((id) => parts.map((part) => `${id}.${part}`));
  return [...parts, ...ofProjects];
});

function unknownAmount(name: string, programme: Programme, path: PlanPath): Diagnostic {
  const allowed = namesOfAmounts(programme);
  const what = both("khoản tiền", "amount");
  return unknownName({ code: "unknown-amount", name, allowed, what }, path);
}

function namesNoAmount(path: PlanPath): Diagnostic {
  return following(
    planError(
      "no-money",
      path,
      both("{{tien}} ở đây không rõ là tiền nào", "{{tien}} names no amount here"),
      both(
        "viết {{tien tong}}, {{tien ma-du-an.tong}}, {{tien ma-du-an.nguon}} hoặc {{tien nguon}}",
        "write {{tien tong}}, {{tien project.tong}}, {{tien project.source}} or {{tien source}}",
      ),
    ),
    ["programme"],
  );
}

function notGiven(name: string, path: PlanPath): Diagnostic {
  return following(
    planError(
      "amount-not-given",
      path,
      both(
        `số tiền “${name}” chưa có (null) nên không dẫn được`,
        `the amount “${name}” is not given (null) and cannot be cited`,
      ),
      both(
        "điền số tiền ở chương trình, hoặc bỏ chỗ dẫn",
        "give the amount in the programme, or drop the citation",
      ),
    ),
    ["programme"],
  );
}
