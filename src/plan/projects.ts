import { type Diagnostic, type PlanPath, both, following, planError } from "../base/diagnostic.js";
import type { ProjectWith } from "./programme.js";
import { walkProjects } from "./walk.js";

/** A project with its place in the plan. */
export interface PlacedProject<Project> {
  readonly project: Project;
  readonly path: PlanPath;
  /** 1 for a project of the programme itself. */
  readonly depth: number;
}

/** Projects of all levels, each before its sub-projects. */
export function placedProjects<Amount>(
  projects: readonly ProjectWith<Amount>[],
): readonly PlacedProject<ProjectWith<Amount>>[] {
  const placed: PlacedProject<ProjectWith<Amount>>[] = [];
  walkProjects(projects, (project, path, depth) => placed.push({ project, path, depth }));
  return placed;
}

/** A project by its id, at any level; null when there is none. */
export function findProject<Amount>(
  projects: readonly ProjectWith<Amount>[],
  id: string,
): ProjectWith<Amount> | null {
  return placedProjects(projects).find(({ project }) => project.id === id)?.project ?? null;
}

/** Ids of all projects at all levels. */
export function projectIds(projects: readonly ProjectWith<unknown>[]): string[] {
  return placedProjects(projects).map(({ project }) => project.id);
}

/** The finding for an id that no project has. */
export function unknownProject(
  id: string,
  projects: readonly ProjectWith<unknown>[],
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
