import { type Diagnostic, type PlanPath, both, planError } from "../base/diagnostic.js";
import { formatNumber } from "../base/numbers.js";
import type { Node, Plan, WrittenProject } from "../plan/schema.js";

/**
 * Projects that count in the sums and are printed nowhere, though others are; sources of a project with money that its own text does not say, though it says
 * others. Warnings: the sums on paper are not what the paper shows.
 */
export function checkPlaced(plan: Plan): readonly Diagnostic[] {
  const { programme } = plan;
  if (programme === null) return [];
  const printed = new Set<string>();
  let all = false;
  const visit = (nodes: readonly Node[] | null): void => nodes?.forEach((node) => {
    if (typeof node === "string") return;
    if ("programme" in node) {
      if (node.programme === "all") all = true;
      else node.programme.forEach((id) => printed.add(id));
    }
    if ("body" in node) visit(node.body);
  });
  const visitProjects = (projects: readonly WrittenProject[] | null): void => projects?.forEach(({ body, projects: inner }) => {
    visit(body);
    visitProjects(inner);
  });
  visit(plan.body);
  plan.appendices.forEach(({ body }) => visit(body));
  visitProjects(programme.projects);
  if (!all && printed.size === 0) return [];
  const problems: Diagnostic[] = [];
  const check = (projects: readonly WrittenProject[] | null, path: PlanPath, shown: boolean): void => projects?.forEach((project, index) => {
    const at = [...path, index];
    if (!shown && !printed.has(project.id)) problems.push(warning("project-unprinted", [...at, "id"], `dự án “${project.id}” được cộng vào tổng mà không in ở đâu`, `the project “${project.id}” is added up and printed nowhere`, `thêm mã này vào danh sách programme: [...] ở chỗ in các dự án`, "add its id to the list programme: [...] where projects are printed"));
    if (project.body !== null) for (const source of unsaid(project)) problems.push(warning("source-unsaid", [...at, "funding", source], `nguồn “${source}” của dự án “${project.id}” có tiền mà lời của dự án không ghi`, `the source “${source}” of the project “${project.id}” has money that the project's text does not say`, `thêm một dòng có {{tien ${project.id}.${source}}} vào body của dự án`, `add a line with {{tien ${project.id}.${source}}} to its body`));
    // Without a body of its own a project prints its sub-projects.
    check(project.projects, [...at, "projects"], project.body === null);
  });
  check(programme.projects, ["programme", "projects"], all);
  return problems;
}

function warning(code: string, path: PlanPath, vi: string, en: string, hintVi: string, hintEn: string): Diagnostic {
  return { ...planError(code, path, both(vi, en), both(hintVi, hintEn)), severity: "warning" };
}

/** Sources with money that a project's text does not cite, where it cites others of its sources. */
function unsaid({ id, funding, body }: WrittenProject): readonly string[] {
  const text = JSON.stringify(body);
  const sources = Object.entries(funding ?? {}).filter(([, amount]) => amount !== null && amount !== 0).map(([source]) => source);
  // By name, or as a number in the text.
  const shown = (source: string): boolean => typeof funding?.[source] === "number" && text.includes(`${formatNumber(funding[source])} `);
  const said = sources.filter((source) => new RegExp(`\\{\\{tien ${id}\\.${source}[ }]`, "u").test(text) || shown(source));
  return said.length === 0 || text.includes(`"funding":"${id}"`) ? [] : sources.filter((source) => !said.includes(source));
}
