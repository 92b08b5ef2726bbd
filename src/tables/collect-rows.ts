import { ownValue } from "../base/own-value.js";
import { type Diagnostic, type PlanPath, type Place, assertNever } from "../base/diagnostic.js";
import type { DataTable, DataRow, DataRows, SheetRow } from "../plan/data-table.js";
import { ROW_WORDS } from "../plan/data-table.js";
import { missingProgramme, placedProjects, unknownProject } from "../plan/projects.js";
import type { CitedDocument, Plan, WrittenProject } from "../plan/schema.js";
import type { Cell } from "../plan/typed-table.js";

/** A row before its numbers are evaluated, with what adds up to it. */
export interface RowNode {
  readonly kind: "item" | "includes" | "note";
  readonly id: string | null;
  readonly cells: Readonly<Record<string, Cell>>;
  readonly path: PlanPath;
  /** Place of a cell; of the row, without a column. */
  readonly at: (column: string | null) => Place;
  readonly children: readonly RowNode[];
  readonly includes: readonly RowNode[];
}

/** What a data table's rows may come from, beside the plan itself. */
export interface RowSources {
  readonly plan: Plan;
  /** Rows read from the spreadsheet this data table names. */
  readonly sheet: readonly SheetRow[];
  /** What a project is given from a source, in the programme's unit. */
  readonly amountOf: (project: WrittenProject, source: string, path: PlanPath) => number | null;
  /** The rows of another data table; null when there is none, or it waits for this one. */
  readonly rowsOf: (dataTable: string, path: PlanPath, label: string) => readonly RowNode[] | null;
}

/**
 * The rows of a data table as a tree, wherever they come from. `path` is the data table's place.
 */
export function dataTableRows(
  dataTable: DataTable,
  path: PlanPath,
  textColumn: string,
  sources: RowSources,
  problems: Diagnostic[],
): readonly RowNode[] {
  const at: PlanPath = [...path, "rows"];
  const rows = readRows(dataTable, at, textColumn, sources, problems);
  return dataTable.groups.by === null ? rows : groupRows(rows, dataTable.groups.by, textColumn);
}

function readRows(
  { rows }: DataTable,
  at: PlanPath,
  textColumn: string,
  sources: RowSources,
  problems: Diagnostic[],
): readonly RowNode[] {
  const { plan } = sources;
  switch (rows.kind) {
    case "bases":
      return basisRows(plan, textColumn);
    case "programme":
      return plan.programme === null
        ? noProgramme(at, problems)
        : plan.programme.projects.map((project, index) =>
            projectRow(project, ["programme", "projects", index], textColumn, sources),
          );
    case "list":
      return rows.rows.map((row, index) => writtenRow(row, [...at, index], "item"));
    case "file":
      return sheetTree(
        sources.sheet.filter(({ kind }) => kind !== "total"),
        at,
      );
    case "blank":
      return Array.from({ length: rows.blank }, (_, index) => leaf({}, [...at, index]));
    case "from":
      return rowsOfOther(rows, at, textColumn, sources, problems);
    default:
      return assertNever(rows);
  }
}

/** The rows of another table; repeated under each project, where that is asked for. */
function rowsOfOther(
  rows: Extract<DataRows, { readonly kind: "from" }>,
  at: PlanPath,
  textColumn: string,
  sources: RowSources,
  problems: Diagnostic[],
): readonly RowNode[] {
  const other = sources.rowsOf(rows.from, [...at, "from"], textColumn) ?? [];
  if (rows.projects === false) return other;
  const { programme } = sources.plan;
  if (programme === null) return noProgramme([...at, "projects"], problems);
  const all = placedProjects(programme.projects);
  const chosen =
    rows.projects === true
      ? all.filter(
          ({ project, depth }) =>
            depth === 1 && (project.funding !== null || (project.projects?.length ?? 0) > 0),
        )
      : rows.projects.flatMap((id, place) => {
          const found = all.find(({ project }) => project.id === id);
          if (!found)
            problems.push(unknownProject(id, programme.projects, [...at, "projects", place]));
          return found ?? [];
        });
  // Each project anew: the same units, their numbers of their own.
  return chosen.map(({ project, path }) => ({
    ...projectHead(project, path, textColumn),
    children: other,
  }));
}

/** All projects at all levels, each with its place. */
function noProgramme(at: PlanPath, problems: Diagnostic[]): readonly RowNode[] {
  problems.push(
    missingProgramme(
      at,
      "kế hoạch chưa có programme nên không lấy dòng theo dự án được",
      "the plan has no programme to take rows from",
    ),
  );
  return [];
}

function projectHead(project: WrittenProject, path: PlanPath, textColumn: string): RowNode {
  return {
    kind: "item",
    id: project.id,
    cells: { [textColumn]: `${project.official}: ${project.title}` },
    path,
    at: () => ({ in: "plan", path }),
    children: [],
    includes: [],
  };
}

/**
 * A project with its sub-projects as rows, amounts in the columns that are called as the sources.
 */
function projectRow(
  project: WrittenProject,
  path: PlanPath,
  textColumn: string,
  sources: RowSources,
): RowNode {
  const head = projectHead(project, path, textColumn);
  const amounts = Object.fromEntries(
    Object.keys(project.funding ?? {}).map((source) => [
      source,
      sources.amountOf(project, source, [...path, "funding", source]),
    ]),
  );
  return {
    ...head,
    cells: { ...head.cells, ...amounts },
    at: (column) => ({
      in: "plan",
      path: column !== null && Object.hasOwn(amounts, column) ? [...path, "funding", column] : path,
    }),
    children: (project.projects ?? []).map((sub, index) =>
      projectRow(sub, [...path, "projects", index], textColumn, sources),
    ),
  };
}

/** Rows of a spreadsheet under those they belong to: by the level of their marks. */
function sheetTree(rows: readonly SheetRow[], at: PlanPath): readonly RowNode[] {
  const top: RowNode[] = [];
  const open: {
    readonly level: number;
    readonly children: RowNode[];
    readonly includes: RowNode[];
  }[] = [];
  rows.forEach((row, index) => {
    const [children, includes]: [RowNode[], RowNode[]] = [[], []];
    const node: RowNode = {
      kind: row.kind === "includes" ? "includes" : "item",
      id: null,
      cells: row.cells,
      path: [...at, index],
      at: row.at,
      children,
      includes,
    };
    if (node.kind === "includes") {
      (open.at(-1)?.includes ?? top).push(node);
      return;
    }
    while ((open.at(-1)?.level ?? -1) >= row.level) open.pop();
    (open.at(-1)?.children ?? top).push(node);
    open.push({ level: row.level, children, includes });
  });
  return top;
}

function leaf(cells: Readonly<Record<string, Cell>>, path: PlanPath): RowNode {
  return {
    kind: "item",
    id: null,
    cells,
    path,
    at: (column) => ({ in: "plan", path: column === null ? path : [...path, column] }),
    children: [],
    includes: [],
  };
}

function writtenRow(row: DataRow, path: PlanPath, kind: RowNode["kind"]): RowNode {
  const list = (name: "rows" | "includes"): readonly DataRow[] => {
    const value = row[name];
    return Array.isArray(value) ? value : [];
  };
  const cells = Object.fromEntries(
    Object.entries(row).flatMap(([name, value]) =>
      (ROW_WORDS as readonly string[]).includes(name) || Array.isArray(value)
        ? []
        : [[name, value as Cell]],
    ),
  );
  const { note, id } = row;
  if (typeof note === "string") return { ...leaf({ note }, path), kind: "note" };
  return {
    ...leaf(cells, path),
    kind,
    id: typeof id === "string" ? id : null,
    children: list("rows").map((child, index) =>
      writtenRow(child, [...path, "rows", index], "item"),
    ),
    includes: list("includes").map((child, index) =>
      writtenRow(child, [...path, "includes", index], "includes"),
    ),
  };
}

/**
 * Legal bases as rows: symbol, date, issuer, what about. Bases that are no documents are left out.
 */
function basisRows(plan: Plan, textColumn: string): RowNode[] {
  const row = (document: CitedDocument, path: PlanPath): RowNode => {
    const { date } = document;
    const shown =
      date === null
        ? null
        : typeof date === "string"
          ? date
          : date.day === null || date.month === null
            ? String(date.year)
            : `${date.year}-${String(date.month).padStart(2, "0")}-${String(date.day).padStart(2, "0")}`;
    return leaf(
      {
        [textColumn]: document.symbol,
        ngay: shown,
        "co-quan": document.issuer,
        "trich-yeu": [document.type, document.name, document.about]
          .filter((part) => part !== null)
          .join(" "),
      },
      path,
    );
  };
  return plan.bases.flatMap((basis, index): RowNode[] => {
    const path: PlanPath = ["bases", index];
    switch (basis.kind) {
      case "joined":
        return basis.joined.flatMap((part, place) =>
          part.kind === "text" ? [] : [row(part, [...path, "joined", place])],
        );
      case "document":
        return [row(basis, path)];
      case "text":
        return [];
      default:
        return assertNever(basis);
    }
  });
}

/** Rows under the values of one of their columns, in the order in which these first come. */
function groupRows(
  rows: readonly RowNode[],
  column: string,
  textColumn: string,
): readonly RowNode[] {
  const groups = new Map<Cell, RowNode[]>();
  for (const row of rows) {
    const value = ownValue(row.cells, column) ?? null;
    const list = groups.get(value);
    if (list) list.push(row);
    else groups.set(value, [row]);
  }
  return [...groups].map(([value, children]) => {
    const first = children[0] as RowNode;
    return {
      kind: "item",
      id: null,
      cells: { [textColumn]: value },
      path: first.path,
      at: () => first.at(column),
      children,
      includes: [],
    };
  });
}
