import { ownValue } from "../base/own-value.js";
import type { Project } from "../plan/schema.js";
import { walkNodes } from "../plan/walk.js";
import type { EvaluatedPlan } from "../tables/evaluate-plan.js";

/** Which projects a plan prints: all of them with their parts, or some by id. */
export interface PrintedProjects {
  /** A place prints every project of the programme. */
  readonly all: boolean;
  /** A table lists every project with its parts. */
  readonly listed: boolean;
  readonly ids: ReadonlySet<string>;
}

/** Where a plan prints its projects: places for projects, tables, funding, and money it cites. */
export function printedProjects(plan: EvaluatedPlan): PrintedProjects {
  const ids = new Set<string>();
  let [all, listed] = [false, false];
  const outlines = [
    { nodes: plan.body, path: ["body"] },
    ...plan.appendices.map(({ body }, index) => ({
      nodes: body ?? [],
      path: ["appendices", index, "body"],
    })),
    ...outlinesOf(plan.programme?.projects ?? []),
  ];
  for (const [index, { nodes, path }] of outlines.entries())
    walkNodes(nodes, path, {
      node: (node) => {
        if (node.kind === "programme" && node.programme === "all") all = true;
        else if (node.kind === "programme") for (const id of node.programme) ids.add(id);
        else if (node.kind === "funding") ids.add(node.funding);
        else if (node.kind === "table" && typeof node.table === "string")
          listed ||= ownValue(plan.tables, node.table)?.rows.kind === "programme";
      },
      // A text that cites a project's money shows it too; its own text only where it is printed.
      citation: ({ verb, words: [name = ""] }) => {
        const [id = "", source] = name.split(".");
        if (verb === "tien" && source !== undefined && index <= plan.appendices.length) ids.add(id);
      },
    });
  return { all, listed, ids };
}

function outlinesOf(projects: readonly Project[]): { nodes: Project["body"] & {}; path: [] }[] {
  return projects.flatMap(({ body, projects: subs }) => [
    ...(body === null ? [] : [{ nodes: body, path: [] as [] }]),
    ...outlinesOf(subs ?? []),
  ]);
}

/** Sources of a project that have money. */
export function paidSources({ funding }: Pick<Project, "funding">): readonly string[] {
  return Object.entries(funding ?? {})
    .filter(([, amount]) => amount !== null && amount !== 0)
    .map(([source]) => source);
}
