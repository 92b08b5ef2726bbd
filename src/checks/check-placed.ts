import { type Diagnostic, type PlanPath, both, planError } from "../base/diagnostic.js";
import { formatNumber } from "../base/numbers.js";
import type { EvaluatedPlan } from "../tables/evaluate-plan.js";
import type { Project } from "../plan/schema.js";
import { walkPlan } from "../plan/walk-nodes.js";

/**
 * Projects with money that are printed nowhere, though others are; sources of a project with money
 * that its own text does not say, though it says others. Warnings: the sums on paper are not what
 * the paper shows.
 */
export function checkPlaced(plan: EvaluatedPlan): readonly Diagnostic[] {
  const { programme } = plan;
  if (programme === null) return [];
  const printed = new Set<string>();
  // A node prints the projects, a table all of them with their parts.
  let [all, listed] = [false, false];
  walkPlan(plan, (node) => {
    if ("programme" in node) {
      if (node.programme === "all") all = true;
      else node.programme.forEach((id) => printed.add(id));
    }
    if (
      "table" in node &&
      typeof node.table === "string" &&
      plan.tables[node.table]?.rows === "programme"
    )
      listed = true;
    if ("funding" in node) printed.add(node.funding);
  });
  // A text that cites a project's money shows it too; its own text only where it is printed.
  for (const [, id = ""] of JSON.stringify([plan.body, plan.appendices]).matchAll(
    /\{\{tien ([^}. ]+)\./gu,
  ))
    printed.add(id);
  if (!all && !listed && !programme.projects.some((project) => anyPrinted(project, printed)))
    return [];
  const problems: Diagnostic[] = [];
  const check = (projects: readonly Project[] | null, path: PlanPath, withParent: boolean): void =>
    projects?.forEach((project, index) => {
      const at = [...path, index];
      const shown = listed || withParent || printed.has(project.id);
      if (!shown && moneyOf(project).length > 0)
        problems.push(
          warning(
            "project-unprinted",
            [...at, "id"],
            `dự án “${project.id}” được cộng vào tổng mà không in ở đâu`,
            `the project “${project.id}” is added up and printed nowhere`,
            `thêm mã này vào danh sách programme: [...] ở chỗ in các dự án`,
            "add its id to the list programme: [...] where projects are printed",
          ),
        );
      if (project.body !== null)
        for (const source of unsaid(project))
          problems.push(
            warning(
              "source-unsaid",
              [...at, "funding", source],
              `nguồn “${source}” của dự án “${project.id}” có tiền mà lời của dự án không ghi`,
              `the source “${source}” of the project “${project.id}” has money that the project's text does not say`,
              `thêm một dòng có {{tien ${project.id}.${source}}} vào body của dự án`,
              `add a line with {{tien ${project.id}.${source}}} to its body`,
            ),
          );
      // Without a body of its own a project prints its sub-projects.
      check(project.projects, [...at, "projects"], shown && project.body === null);
    });
  check(programme.projects, ["programme", "projects"], all);
  return problems;
}

function anyPrinted({ id, projects }: Project, printed: ReadonlySet<string>): boolean {
  return printed.has(id) || (projects ?? []).some((project) => anyPrinted(project, printed));
}

/** Sources of a project that have money. */
function moneyOf({ funding }: Project): readonly string[] {
  return Object.entries(funding ?? {})
    .filter(([, amount]) => amount !== null && amount !== 0)
    .map(([source]) => source);
}

function warning(
  code: string,
  path: PlanPath,
  vi: string,
  en: string,
  hintVi: string,
  hintEn: string,
): Diagnostic {
  return { ...planError(code, path, both(vi, en), both(hintVi, hintEn)), severity: "warning" };
}

/** Sources with money that a project's text does not cite, where it cites others of its sources. */
function unsaid(project: Project): readonly string[] {
  const { id, funding, body } = project;
  const text = JSON.stringify(body);
  const sources = moneyOf(project);
  // By name, or as a number in the text.
  const shown = (source: string): boolean =>
    typeof funding?.[source] === "number" && text.includes(`${formatNumber(funding[source])} `);
  const said = sources.filter(
    (source) => new RegExp(`\\{\\{tien ${id}\\.${source}[ }]`, "u").test(text) || shown(source),
  );
  return said.length === 0 || text.includes(`"funding":"${id}"`)
    ? []
    : sources.filter((source) => !said.includes(source));
}
