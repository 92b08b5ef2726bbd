import { type PlanPath, both } from "../base/diagnostic.js";
import { formatNumber } from "../base/numbers.js";
import { placedProjects } from "../plan/projects.js";
import type { Node, Project } from "../plan/schema.js";
import { walkNodes } from "../plan/walk.js";
import { paidSources, printedProjects } from "./printed-projects.js";
import type { Fault, Rule } from "./rule.js";

declare module "../base/codes.js" {
  interface RuleCodes {
    "source-unsaid": true;
  }
}

/** Sources of a project that have money and that its own text leaves out, though it says others. */
export const sourceUnsaid: Rule = {
  code: "source-unsaid",
  severity: "warning",
  because: { reason: "lời của dự án phải nói đủ các nguồn được cộng vào tổng" },
  good: `
body:
  - programme: all
programme:
  sources: { tw: Ngân sách trung ương, tinh: Ngân sách tỉnh }
  projects:
    - id: da1
      official: Dự án 1
      title: Ươm giống
      funding: { tw: 5, tinh: 2 }
      body:
        - "Trung ương {{tien da1.tw}}, tỉnh {{tien da1.tinh}}."
`,
  bad: `
body:
  - programme: all
programme:
  sources: { tw: Ngân sách trung ương, tinh: Ngân sách tỉnh }
  projects:
    - id: da1
      official: Dự án 1
      title: Ươm giống
      funding:
        tw: 5
        tinh: 2 # ←
      body:
        - "Trung ương {{tien da1.tw}}."
`,
  check({ plan }) {
    if (plan.programme === null) return [];
    const { projects } = plan.programme;
    const { all, listed, ids } = printedProjects(plan);
    const placed = placedProjects(projects);
    if (!all && !listed && !placed.some(({ project }) => ids.has(project.id))) return [];
    return placed.flatMap(({ project, path }) =>
      project.body === null
        ? []
        : unsaidSources(project, project.body).map((source) => unsaid(project, source, path)),
    );
  },
};

/** Sources with money that a project's text does not say, where it says others of its sources. */
function unsaidSources(project: Project, body: readonly Node[]): readonly string[] {
  const cited = new Set<string>();
  const texts: string[] = [];
  let printsFunding = false;
  walkNodes(body, [], {
    node: (node) => {
      printsFunding ||= node.kind === "funding" && node.funding === project.id;
    },
    text: (text) => texts.push(text),
    citation: ({ verb, words: [name = ""] }) => {
      if (verb === "tien") cited.add(name);
    },
  });
  const sources = paidSources(project);
  // By name, or as a number in the text.
  const said = sources.filter((source) => {
    const amount = project.funding?.[source];
    const number = typeof amount === "number" ? `${formatNumber(amount)} ` : null;
    return (
      cited.has(`${project.id}.${source}`) ||
      (number !== null && texts.some((text) => text.includes(number)))
    );
  });
  if (said.length === 0 || printsFunding) return [];
  return sources.filter((source) => !said.includes(source));
}

function unsaid({ id }: Project, source: string, path: PlanPath): Fault {
  const line = `{{tien ${id}.${source}}}`;
  return {
    path: [...path, "funding", source],
    message: both(
      `nguồn “${source}” của dự án “${id}” có tiền mà lời của dự án không ghi`,
      `the source “${source}” of the project “${id}” has money that the project's text does not say`,
    ),
    hint: both(
      `thêm một dòng có ${line} vào body của dự án`,
      `add a line with ${line} to its body`,
    ),
  };
}
