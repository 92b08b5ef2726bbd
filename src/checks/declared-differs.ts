import { ownValue } from "../base/own-value.js";
import { type PlanPath, both } from "../base/diagnostic.js";
import { type Money, type MoneyUnit, formatMoney, moneyOf } from "../base/money.js";
import type { Programme, Project } from "../plan/schema.js";
import { sumFunding } from "../plan/funding.js";
import { placedProjects } from "../plan/projects.js";
import type { Fault, Rule } from "./rule.js";

declare module "../base/codes.js" {
  interface RuleCodes {
    "declared-differs": true;
  }
}

/**
 * What an original declared of its funding is what its parts add up to, by source and in all. The
 * plan can be built all the same: its text says what the original said until somebody corrects it.
 */
export const declaredDiffers: Rule = {
  code: "declared-differs",
  severity: "warning",
  because: { reason: "số tổng đã ghi và số cộng lại phải bằng nhau" },
  good: `
programme:
  sources: { tw: Ngân sách trung ương }
  declared: { tong: 8 }
  projects:
    - { id: da1, official: Dự án 1, title: Ươm giống, funding: { tw: 5 } }
    - { id: da2, official: Dự án 2, title: Chăm sóc, funding: { tw: 3 } }
`,
  bad: `
programme:
  sources: { tw: Ngân sách trung ương }
  declared: { tong: 9 } # ←
  projects:
    - { id: da1, official: Dự án 1, title: Ươm giống, funding: { tw: 5 } }
    - { id: da2, official: Dự án 2, title: Chăm sóc, funding: { tw: 3 } }
`,
  check: ({ plan: { programme } }) => (programme === null ? [] : compareAll(programme)),
};

function compareAll(programme: Programme): readonly Fault[] {
  const compare = (
    projects: readonly Project[],
    declared: Readonly<Record<string, number>> | null,
    path: PlanPath,
  ): readonly Fault[] => {
    const { total, bySource } = sumFunding(programme, projects);
    if (bySource.size === 0) return [];
    return Object.entries(declared ?? {}).flatMap(([source, amount]) => {
      const computed = source === "tong" ? total : bySource.get(source);
      const given = moneyOf(amount, programme.unit);
      if (computed === undefined || computed === null || sameMoney(computed, given)) return [];
      const name = nameOf(programme, source);
      return [differs([...path, source], name, { given, computed, unit: programme.unit })];
    });
  };
  // What a project without amounts costs is not known, nor then the sum.
  const complete = programme.projects.every(
    (project) => sumFunding(programme, [project]).bySource.size > 0,
  );
  return [
    ...(complete ? compare(programme.projects, programme.declared, ["programme", "declared"]) : []),
    ...placedProjects(programme.projects).flatMap(({ project, path }) =>
      compare([project], project.declared, [...path, "declared"]),
    ),
  ];
}

function sameMoney(a: Money, b: Money): boolean {
  return formatMoney(a, "đồng") === formatMoney(b, "đồng");
}

function nameOf({ sources }: Programme, id: string): string {
  const source = ownValue(sources, id);
  return id === "tong" ? "tổng" : (source?.name ?? id);
}

function differs(
  path: PlanPath,
  name: string,
  {
    given,
    computed,
    unit,
  }: { readonly given: Money; readonly computed: Money; readonly unit: MoneyUnit },
): Fault {
  const [declared, sum] = [formatMoney(given, unit), formatMoney(computed, unit)];
  return {
    path,
    message: both(
      `${name}: bản gốc ghi ${declared}, các dự án cộng lại ${sum}`,
      `${name}: the original says ${declared}, the projects add up to ${sum}`,
    ),
    hint: both(
      "xem số nào đúng: sửa số của dự án, hoặc sửa số này và câu ghi số ấy trong bài",
      "find out which is right: correct the projects' amounts, or this one and the sentence " +
        "that says it",
    ),
  };
}
