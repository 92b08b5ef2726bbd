import { type PlanPath, both } from "../base/diagnostic.js";
import type { Project } from "../plan/schema.js";
import { paidSources, printedProjects } from "./printed-projects.js";
import type { Fault, Rule } from "./rule.js";

declare module "../base/codes.js" {
  interface RuleCodes {
    "project-unprinted": true;
  }
}

/**
 * Projects with money that are printed nowhere, though others are: the sums on paper are not what
 * the paper shows.
 */
export const projectUnprinted: Rule = {
  code: "project-unprinted",
  severity: "warning",
  because: { reason: "tổng trên giấy phải bằng những gì giấy ấy ghi" },
  good: `
body:
  - programme: [da1, da2]
programme:
  sources: { tw: Ngân sách trung ương }
  projects:
    - { id: da1, official: Dự án 1, title: Ươm giống, funding: { tw: 5 } }
    - { id: da2, official: Dự án 2, title: Chăm sóc, funding: { tw: 3 } }
`,
  bad: `
body:
  - programme: [da1]
programme:
  sources: { tw: Ngân sách trung ương }
  projects:
    - { id: da1, official: Dự án 1, title: Ươm giống, funding: { tw: 5 } }
    - { id: da2, official: Dự án 2, title: Chăm sóc, funding: { tw: 3 } } # ←
`,
  check({ plan }) {
    if (plan.programme === null) return [];
    const { all, listed, ids } = printedProjects(plan);
    const { projects } = plan.programme;
    const prints = (project: Project): boolean =>
      ids.has(project.id) || (project.projects ?? []).some(prints);
    if (!all && !listed && !projects.some(prints)) return [];
    const look = (
      list: readonly Project[] | null,
      path: PlanPath,
      above: "shown" | "hidden",
    ): Fault[] =>
      (list ?? []).flatMap((project, index) => {
        const shown = listed || above === "shown" || ids.has(project.id);
        // Without a body of its own a project prints its sub-projects.
        const inner = shown && project.body === null ? "shown" : "hidden";
        return [
          ...(shown || paidSources(project).length === 0
            ? []
            : [unprinted(project, [...path, index, "id"])]),
          ...look(project.projects, [...path, index, "projects"], inner),
        ];
      });
    return look(projects, ["programme", "projects"], all ? "shown" : "hidden");
  },
};

function unprinted({ id }: Project, path: PlanPath): Fault {
  return {
    path,
    message: both(
      `dự án “${id}” được cộng vào tổng mà không in ở đâu`,
      `the project “${id}” is added up and printed nowhere`,
    ),
    hint: both(
      "thêm mã này vào danh sách programme: [...] ở chỗ in các dự án",
      "add its id to the list programme: [...] where projects are printed",
    ),
  };
}
