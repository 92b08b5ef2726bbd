import { ownValue } from "../base/own-value.js";
import { type Diagnostic, type PlanPath, both, planError, printPath } from "../base/diagnostic.js";
import { type Money, formatMoney } from "../base/money.js";
import { withoutEnd } from "../plan/cite.js";
import { sumFunding } from "../plan/funding.js";
import type { Marker } from "../plan/markers.js";
import {
  type PlacedProject,
  findProject,
  missingProgramme,
  placedProjects,
  unknownProject,
} from "../plan/projects.js";
import type { Node, Programme, Project } from "../plan/schema.js";
import { type ViewContext, itemViews, maybeNodes, maybeText } from "./view-context.js";
import {
  type FieldView,
  type FundingView,
  type NodeView,
  type ProjectView,
  type SourceView,
  markerName,
  numberingNames,
} from "./view-types.js";

type ProgrammeNode = Extract<Node, { readonly kind: "programme" }>;
type FundingNode = Extract<Node, { readonly kind: "funding" }>;

/** A place where projects are printed. */
export function programmeNodeView(
  node: ProgrammeNode,
  path: PlanPath,
  context: ViewContext,
): Pick<Extract<NodeView, { readonly kind: "programme" }>, "skin" | "numbering" | "projects"> {
  const { plan, texts } = context;
  const { programme } = plan;
  if (programme === null) {
    texts.problems.push(noProgramme([...path, "programme"]));
    return { skin: "", numbering: "", projects: [] };
  }
  return {
    skin: programme.variant,
    numbering: numberingNames(node.numbering),
    projects: chosenProjects(node, programme, path, context).map((placed) =>
      projectView(programme, placed, context),
    ),
  };
}

function chosenProjects(
  node: ProgrammeNode,
  { projects }: Programme,
  path: PlanPath,
  { texts }: ViewContext,
): readonly PlacedProject<Project>[] {
  const all = placedProjects(projects);
  if (node.programme === "all") return all.filter(({ depth }) => depth === 1);
  return node.programme.flatMap((id, index) => {
    const found = all.find(({ project }) => project.id === id);
    if (!found) texts.problems.push(unknownProject(id, projects, [...path, "programme", index]));
    return found ?? [];
  });
}

function projectView(
  programme: Programme,
  { project, path, depth }: PlacedProject<Project>,
  context: ViewContext,
): ProjectView {
  const { texts } = context;
  const name = `${project.official}${project.separator ?? programme.separator}${project.title}`;
  const paid = (sub: Project): boolean => sumFunding(programme, [sub]).bySource.size > 0;
  return {
    id: project.id,
    official: project.official,
    title: texts.render(name, [...path, "title"]),
    marker: markerName(project.marker),
    number: project.number === null ? "" : String(project.number),
    numbering: numberingNames(project.numbering),
    text: maybeText(project.text, [...path, "text"], context),
    body: maybeNodes(project.body, [...path, "body"], context),
    sub: depth > 1,
    funded: project.funding !== null || (project.projects?.some(paid) ?? false),
    // Funding is written where it is given; a project whose sub-projects carry their own needs no
    // second statement.
    funding:
      project.funding === null
        ? null
        : fundingView(
            [project],
            { programme, wording: project.wording, text: null, marker: null },
            [...path, "funding"],
            context,
          ),
    see:
      project.refer === null
        ? null
        : texts.render(`({{phuluc ${project.refer}}} kèm theo)`, [...path, "refer"]),
    fields: (project.fields ?? []).map((field, index) =>
      fieldView(field, [...path, "fields", index], context),
    ),
    projects: (project.projects ?? []).map((sub, index) =>
      projectView(
        programme,
        { project: sub, path: [...path, "projects", index], depth: depth + 1 },
        context,
      ),
    ),
    path: printPath(path),
  };
}

function fieldView(
  field: NonNullable<Project["fields"]>[number],
  path: PlanPath,
  context: ViewContext,
): FieldView {
  return {
    name: context.texts.render(withoutEnd(field.name), [...path, "name"]),
    text: maybeText(field.text, [...path, "text"], context),
    marker: markerName(field.marker),
    items: itemViews(field.items, path, context),
    body: maybeNodes(field.body, [...path, "body"], context),
    path: printPath(path),
  };
}

/** A place where funding is printed. Null when there is nothing to print. */
export function fundingNodeView(
  node: FundingNode,
  path: PlanPath,
  context: ViewContext,
): FundingView | null {
  const { plan, texts } = context;
  const { programme } = plan;
  if (programme === null) {
    texts.problems.push(noProgramme([...path, "funding"]));
    return null;
  }
  const { text, marker } = node;
  if (node.funding === "total")
    return fundingView(
      programme.projects,
      { programme, wording: null, text, marker },
      path,
      context,
    );
  const project = findProject(programme.projects, node.funding);
  if (project === null) {
    texts.problems.push(unknownProject(node.funding, programme.projects, [...path, "funding"]));
    return null;
  }
  return fundingView(
    [project],
    { programme, wording: project.wording, text, marker },
    path,
    context,
  );
}

/** How funding is put into words: by the place itself, its project, the programme. */
interface FundingWords {
  readonly programme: Programme;
  readonly wording: Programme["wording"];
  readonly text: string | null;
  readonly marker: Marker | null;
}

function fundingView(
  projects: readonly Project[],
  { programme, wording, text, marker }: FundingWords,
  path: PlanPath,
  context: ViewContext,
): FundingView {
  const { texts } = context;
  const { total, bySource } = sumFunding(programme, projects);
  if ([...bySource.values()].every((money) => money === null))
    texts.problems.push(nothingGiven(path));
  const words = (key: "heading" | "total" | "parts" | "unknown"): string | null =>
    wording?.[key] ?? programme.wording?.[key] ?? null;
  const of = (key: string): PlanPath => ["programme", "wording", key];
  const usualMarker = programme.variant === "lettered" ? "-" : "+";
  return {
    heading: maybeText(words("heading"), of("heading"), context),
    total: texts.render(
      text ?? words("total") ?? "Tổng kinh phí thực hiện là {{tien}}, trong đó:",
      text !== null ? [...path, "text"] : path,
      { money: total },
    ),
    parts: maybeText(text === null ? words("parts") : null, of("parts"), context),
    marker: markerName(marker ?? programme.marker ?? usualMarker),
    sources: [...bySource].map(([id, money]) =>
      sourceView(id, money, programme, words("unknown") ?? "chưa xác định", path),
    ),
    path: printPath(path),
  };
}

function sourceView(
  id: string,
  money: Money | null,
  { sources, unit, approximate }: Programme,
  unknown: string,
  path: PlanPath,
): SourceView {
  const { name, note } = ownValue(sources, id) ?? { name: id, note: null };
  const about = approximate ? "khoảng " : "";
  const amount = money === null ? unknown : `${about}${formatMoney(money, unit)}`;
  return {
    text: `${name}: ${amount}${note === null ? "" : ` (${note})`}`,
    path: printPath([...path, id]),
  };
}

function noProgramme(path: PlanPath): Diagnostic {
  return missingProgramme(
    path,
    "kế hoạch chưa có mục programme nên không viết được dự án, kinh phí ở đây",
    "the plan has no programme, so no projects or funding can be written here",
  );
}

function nothingGiven(path: PlanPath): Diagnostic {
  return planError(
    "funding-empty",
    path,
    both(
      "kinh phí chưa có số tiền nào nên không viết được tổng",
      "no amount is given, so there is no total to write",
    ),
    both(
      "điền ít nhất một số tiền (0 nếu không bố trí), hoặc bỏ mục funding",
      "give at least one amount (0 for none), or remove funding",
    ),
  );
}
