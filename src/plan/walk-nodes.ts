import type { PlanPath } from "../base/diagnostic.js";
import type { Node, Plan } from "./schema.js";

type Visit = (node: Exclude<Node, string>, path: PlanPath) => void;

/**
 * Visit every node of an outline that is more than a text, in reading order, with its place in the
 * plan.
 */
export function walkNodes(nodes: readonly Node[] | null, path: PlanPath, visit: Visit): void {
  nodes?.forEach((node, index) => {
    if (typeof node === "string") return;
    visit(node, [...path, index]);
    if ("body" in node) walkNodes(node.body, [...path, index, "body"], visit);
  });
}

/** The parts of a plan that hold nodes, evaluated or not. */
export type WalkedPlan = Pick<Plan, "body" | "appendices"> & {
  readonly programme: { readonly projects: readonly WalkedProject[] } | null;
};
interface WalkedProject {
  readonly body: readonly Node[] | null;
  readonly projects: readonly WalkedProject[] | null;
}

/** Visit every node of a plan: of its body, its projects and its appendices. */
export function walkPlan({ body, programme, appendices }: WalkedPlan, visit: Visit): void {
  const walkProjects = (projects: readonly WalkedProject[] | null, path: PlanPath): void =>
    projects?.forEach((project, index) => {
      walkNodes(project.body, [...path, index, "body"], visit);
      walkProjects(project.projects, [...path, index, "projects"]);
    });
  walkNodes(body, ["body"], visit);
  walkProjects(programme?.projects ?? null, ["programme", "projects"]);
  appendices.forEach((appendix, index) =>
    walkNodes(appendix.body, ["appendices", index, "body"], visit),
  );
}
