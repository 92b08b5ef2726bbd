import { slugOf } from "../../base/text.js";
import type { Knowledge } from "../../knowledge/knowledge.js";
import { type OutlineNode, projectPattern, spanText } from "./outline-node.js";

/** A project of a programme, as the outline names it. */
export interface FoundProject {
  readonly id: string;
  /** "Dự án 2", "Tiểu dự án 3 - Dự án 4". */
  readonly official: string;
  readonly separator: ": " | ". " | " - ";
  /** Where its title begins in the paragraph. */
  readonly titleFrom: number;
  readonly node: OutlineNode;
  readonly parent: FoundProject | null;
  readonly projects: FoundProject[];
}

/**
 * Projects of an outline, sub-projects inside theirs. A project that is named again later (results,
 * then plans) is a heading like others there.
 */
export function findProjects(
  nodes: readonly OutlineNode[],
  knowledge: Knowledge,
): ReadonlyMap<OutlineNode, FoundProject> {
  const pattern = projectPattern(knowledge);
  const found = new Map<OutlineNode, FoundProject>();
  const ids = new Set<string>();
  const visit = (list: readonly OutlineNode[], parent: FoundProject | null): void => {
    for (const node of list) {
      const match = node.kind === "heading" ? pattern.exec(spanText(node.title)) : null;
      const official = (match?.[1] ?? "").replace(/\s+/gu, " ");
      const id = match ? projectId(official, parent) : "";
      if (!match || ids.has(id)) {
        visit(node.children, parent);
        continue;
      }
      ids.add(id);
      const sign = match[2] ?? ":";
      const project: FoundProject = {
        id,
        official,
        separator: sign === ":" ? ": " : sign === "." ? ". " : " - ",
        titleFrom: node.title.from + match[0].length,
        node,
        parent,
        projects: [],
      };
      parent?.projects.push(project);
      found.set(node, project);
      visit(node.children, project);
    }
  };
  visit(nodes, null);
  return found;
}

/** "Dự án 4" is da4, "Tiểu dự án 3" of it da4-3, "Tiểu dự án 3 - Dự án 4" da4-3 too. */
function projectId(official: string, parent: FoundProject | null): string {
  const parts = [...official.matchAll(/([\p{L}\s]+?)\s+(\d{1,2})/gu)].map((match) => ({
    name: initials(match[1] ?? ""),
    number: match[2] ?? "",
  }));
  const [first, second] = parts;
  if (second) return `${second.name}${second.number}-${first?.number ?? ""}`;
  return parent === null
    ? `${first?.name ?? "da"}${first?.number ?? ""}`
    : `${parent.id}-${first?.number ?? ""}`;
}

function initials(name: string): string {
  return slugOf(name)
    .split("-")
    .filter((word) => word !== "thuoc")
    .map((word) => word[0] ?? "")
    .join("");
}
