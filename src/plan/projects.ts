import { type Diagnostic, type PlanPath, both, following, planError } from "../base/diagnostic.js";
import { type WalkedProject, walkProjects } from "./walk.js";

/** A project with its place in the plan. */
export interface PlacedProject<Project> {
  readonly project: Project;
  readonly path: PlanPath;
  /** 1 for a project of the programme itself. */
  readonly depth: number;
}

/** Projects of all levels, each before its sub-projects. */
export function placedProjects<Project extends WalkedProject>(
  projects: readonly Project[],
): readonly PlacedProject<Project>[] {
  const placed: PlacedProject<Project>[] = [];
  // Sub-projects have the type of the projects they belong to.
  walkProjects(projects, (project, path, depth) =>
    placed.push({ project: project as Project, path, depth }),
  );
  return placed;
}

/** A project by its id, at any level; null when there is none. */
export function findProject<Project extends WalkedProject>(
  projects: readonly Project[],
  id: string,
): Project | null {
  return placedProjects(projects).find(({ project }) => project.id === id)?.project ?? null;
}

/** Ids of all projects at all levels. */
export function projectIds(projects: readonly WalkedProject[]): string[] {
  return placedProjects(projects).map(({ project }) => project.id);
}

/** The finding for an id that no project has. */
export function unknownProject(
  id: string,
  projects: readonly WalkedProject[],
  path: PlanPath,
): Diagnostic {
  const ids = projectIds(projects).join(", ");
  return following(
    planError(
      "unknown-project",
      path,
      both(`không có dự án mã “${id}”`, `there is no project with id “${id}”`),
      both(`đang có: ${ids}`, `there are: ${ids}`),
    ),
    ["programme"],
  );
}

/** The finding for a place that needs a programme where the plan has none. */
export function missingProgramme(path: PlanPath, vi: string, en: string): Diagnostic {
  return following(
    planError(
      "no-programme",
      path,
      both(vi, en),
      both(
        "khai báo programme: với sources và projects",
        "declare programme: with sources and projects",
      ),
    ),
    ["programme"],
  );
}
