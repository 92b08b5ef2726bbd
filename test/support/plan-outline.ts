import { BULLETS, type Marker } from "../../src/plan/markers.js";
import { type NumberingScope, SiblingCounter, rootScope } from "../../src/plan/numbering.js";
import type { Node, Plan, WrittenProject } from "../../src/plan/schema.js";

/** A node of a plan's outline as it reads. Dashes and pluses are left out unless they lead. */
export interface OutlineLine {
  readonly depth: number;
  readonly label: string;
  readonly text: string;
  readonly kind: "heading" | "lead" | "clause";
}

/** The outline of a plan's body, projects in their places: what its pages show, node for node. */
export function outlineOf(plan: Plan): readonly OutlineLine[] {
  const lines: OutlineLine[] = [];
  const projects = new Map<string, WrittenProject>();
  const collect = (list: readonly WrittenProject[]): void =>
    list.forEach((project) => {
      projects.set(project.id, project);
      collect(project.projects ?? []);
    });
  collect(plan.programme?.projects ?? []);
  const list = (numbering: Marker | readonly Marker[] | null): readonly Marker[] =>
    numbering === null ? [] : typeof numbering === "string" ? [numbering] : numbering;
  const visit = (nodes: readonly Node[], scope: NumberingScope, depth: number): void => {
    const counter = new SiblingCounter(scope);
    for (const node of nodes) {
      if (node.kind === "programme") {
        const ids =
          node.programme === "all"
            ? (plan.programme?.projects ?? []).map(({ id }) => id)
            : node.programme;
        for (const id of ids) {
          const project = projects.get(id);
          if (!project) continue;
          const separator = project.separator ?? plan.programme?.separator ?? ": ";
          const { label, inner } = counter.next(
            "heading",
            project.marker ?? "auto",
            project.number,
            list(project.numbering),
          );
          lines.push({
            depth,
            label: label ?? "",
            text: project.official + separator + project.title,
            kind: "heading",
          });
          visit(project.body ?? [], inner, depth + 1);
        }
        continue;
      }
      if (!("body" in node)) continue;
      const kind = node.kind === "runIn" ? "lead" : node.kind;
      const { label, marker, inner } = counter.next(
        kind,
        node.marker ?? "auto",
        node.number,
        list(node.numbering),
      );
      const dash = BULLETS.includes(marker) && marker !== "*";
      if (kind !== "item" && !dash)
        lines.push({
          depth,
          label: label ?? "",
          text: titleOf(node),
          kind,
        });
      visit(node.body ?? [], inner, dash ? depth : depth + 1);
    }
  };
  visit(plan.body, rootScope(plan.numbering), 0);
  return lines;
}

function titleOf(node: Node): string {
  if (node.kind === "heading") return node.heading;
  if (node.kind === "runIn") return node.runIn;
  return node.kind === "clause" ? node.clause : "";
}
