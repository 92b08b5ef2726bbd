import { type Diagnostic, type PlanPath, both } from "../base/diagnostic.js";
import { type Money, type MoneyUnit, formatMoney, moneyOf } from "../base/money.js";
import type { Programme, Project } from "../plan/schema.js";
import { sumFunding } from "../plan/funding.js";

/**
 * Compare what an original declared of its funding with what its parts add up to, by source and in
 * all. Differences are warnings: the plan can be built, and its text still says what the original
 * said until somebody corrects it.
 */
export function checkDeclared(programme: Programme): readonly Diagnostic[] {
  const problems: Diagnostic[] = [];
  const compare = (
    projects: readonly Project[],
    declared: Readonly<Record<string, number>> | null,
    path: PlanPath,
  ): void => {
    const { total, bySource } = sumFunding(programme, projects);
    if (bySource.size === 0) return;
    for (const [source, amount] of Object.entries(declared ?? {})) {
      const computed = source === "tong" ? total : bySource.get(source);
      const given = moneyOf(amount, programme.unit);
      if (computed === undefined || computed === null || sameMoney(computed, given)) continue;
      problems.push(
        differs([...path, source], nameOf(programme, source), given, computed, programme.unit),
      );
    }
  };
  const visit = (project: Project, path: PlanPath): void => {
    compare([project], project.declared, [...path, "declared"]);
    project.projects?.forEach((sub, index) => visit(sub, [...path, "projects", index]));
  };
  // What a project without amounts costs is not known, nor then the sum.
  if (programme.projects.every((project) => sumFunding(programme, [project]).bySource.size > 0))
    compare(programme.projects, programme.declared, ["programme", "declared"]);
  programme.projects.forEach((project, index) => visit(project, ["programme", "projects", index]));
  return problems;
}

function sameMoney(a: Money, b: Money): boolean {
  return formatMoney(a, "đồng") === formatMoney(b, "đồng");
}

function nameOf({ sources }: Programme, id: string): string {
  const source = sources[id];
  return id === "tong" ? "tổng" : typeof source === "string" ? source : (source?.name ?? id);
}

function differs(
  path: PlanPath,
  name: string,
  given: Money,
  computed: Money,
  unit: MoneyUnit,
): Diagnostic {
  const [declared, sum] = [formatMoney(given, unit), formatMoney(computed, unit)];
  return {
    code: "declared-differs",
    severity: "warning",
    at: { in: "plan", path },
    message: both(
      `${name}: bản gốc ghi ${declared}, các dự án cộng lại ${sum}`,
      `${name}: the original says ${declared}, the projects add up to ${sum}`,
    ),
    hint: both(
      "xem số nào đúng: sửa số của dự án, hoặc sửa số này và câu ghi số ấy trong bài",
      "find out which is right: correct the projects' amounts, or this one and the sentence that says it",
    ),
  };
}
