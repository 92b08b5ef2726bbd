import { type PlanPath, assertNever } from "../base/diagnostic.js";
import { type Citation, citationsOf } from "./citations.js";
import type { Basis } from "./bases.js";
import type { DataColumnNode, DataRow, DataTable } from "./data-table.js";
import { valuePath } from "./fields.js";
import type { Node } from "./outline.js";
import type { ProjectWith } from "./programme.js";
import type { Plan, Recipient } from "./schema.js";
import { subjectLines } from "./subject.js";
import type { Cell, Column, Row, TypedTable } from "./typed-table.js";

/** Parts of a plan that the walker visits, written or evaluated. */
export type WalkedPlan<Amount = unknown> = Omit<Plan, "programme"> & {
  readonly programme:
    | (Omit<NonNullable<Plan["programme"]>, "projects"> & {
        readonly projects: readonly ProjectWith<Amount>[];
      })
    | null;
};

/** What a text of a plan is. */
type TextRole =
  | "subject"
  | "basis"
  | "enactment"
  | "heading"
  | "paragraph"
  | "item"
  | "project"
  | "funding"
  | "table"
  | "picture"
  | "appendix"
  | "footnote"
  | "recipient"
  | "closing";

/** What is done at each thing of a plan; what is not asked for is passed by. */
export interface PlanVisitor<Amount = unknown> {
  /** `heading` is the nearest one around the node; null for none. */
  readonly node?: (node: Node, path: PlanPath, heading: string | null) => void;
  /** Depth 1 for a project of the programme itself. */
  readonly project?: (project: ProjectWith<Amount>, path: PlanPath, depth: number) => void;
  /** A text with its role; marks and citations are still in it. */
  readonly text?: (text: string, path: PlanPath, role: TextRole) => void;
  /** A citation in a text, at the text's path. */
  readonly citation?: (citation: Citation, path: PlanPath) => void;
}

/**
 * Visit every node, project, text and citation of a plan in reading order: head, bases, body,
 * projects, closing, recipients, appendices, data tables, footnotes. The only walk over a plan.
 */
export function walkPlan<Amount>(plan: WalkedPlan<Amount>, visitor: PlanVisitor<Amount>): void {
  new PlanWalker(visitor).plan(plan);
}

/** Visit the nodes of one outline, such as a project's own body. */
export function walkNodes(nodes: readonly Node[], path: PlanPath, visitor: PlanVisitor): void {
  new PlanWalker(visitor).nodes(nodes, path);
}

/** A table of an outline: written there, or the id of a data table. */
export interface PlacedTable {
  readonly table: TypedTable | string;
  /** The heading it stands under; null for none. */
  readonly heading: string | null;
}

/** The tables of an outline, in reading order. */
export function tablesIn(nodes: readonly Node[]): readonly PlacedTable[] {
  const tables: PlacedTable[] = [];
  const node: NonNullable<PlanVisitor["node"]> = (found, _path, heading) => {
    if (found.kind === "table") tables.push({ table: found.table, heading });
  };
  walkNodes(nodes, [], { node });
  return tables;
}

/** Visit projects at all levels, each before its sub-projects, without their outlines. */
export function walkProjects<Amount>(
  projects: readonly ProjectWith<Amount>[],
  visit: (project: ProjectWith<Amount>, path: PlanPath, depth: number) => void,
): void {
  const level = (list: readonly ProjectWith<Amount>[], path: PlanPath, depth: number): void =>
    list.forEach((project, index) => {
      visit(project, [...path, index], depth);
      level(project.projects ?? [], [...path, index, "projects"], depth + 1);
    });
  level(projects, ["programme", "projects"], 1);
}

/** What stands inside a node; nothing for those that hold no others. */
function bodyOf(node: Node): readonly Node[] {
  switch (node.kind) {
    case "heading":
    case "runIn":
    case "clause":
    case "item":
      return node.body ?? [];
    case "text":
    case "table":
    case "programme":
    case "funding":
    case "refer":
    case "picture":
      return [];
    default:
      return assertNever(node);
  }
}

/** The id of a node, by which it is cited; null for those that have none. */
export function idOf(node: Node): string | null {
  switch (node.kind) {
    case "heading":
    case "runIn":
    case "clause":
    case "item":
      return node.id;
    case "text":
    case "table":
    case "programme":
    case "funding":
    case "refer":
    case "picture":
      return null;
    default:
      return assertNever(node);
  }
}

class PlanWalker<Amount> {
  readonly #readsTexts: boolean;

  constructor(private readonly visitor: PlanVisitor<Amount>) {
    this.#readsTexts = visitor.text !== undefined || visitor.citation !== undefined;
  }

  plan(plan: WalkedPlan<Amount>): void {
    for (const { text, path } of subjectLines(plan.subject)) this.#text(text, path, "subject");
    plan.bases.forEach((basis, index) => this.#basis(basis, ["bases", index]));
    this.#text(plan.enactment, ["enactment"], "enactment");
    this.nodes(plan.body, ["body"]);
    this.#programme(plan.programme);
    this.#text(plan.closing, ["closing"], "closing");
    plan.recipients.forEach((recipient, index) =>
      this.#recipient(recipient, ["recipients", index]),
    );
    plan.appendices.forEach(({ title, body }, index) => {
      this.#text(title, ["appendices", index, "title"], "appendix");
      this.nodes(body ?? [], ["appendices", index, "body"]);
    });
    for (const [id, table] of Object.entries(plan.tables)) this.#dataTable(table, ["tables", id]);
    for (const [id, note] of Object.entries(plan.footnotes))
      this.#text(note, ["footnotes", id], "footnote");
  }

  nodes(nodes: readonly Node[], path: PlanPath, heading: string | null = null): void {
    nodes.forEach((node, index) => this.#node(node, [...path, index], heading));
  }

  #node(node: Node, path: PlanPath, heading: string | null): void {
    this.visitor.node?.(node, path, heading);
    if (this.#readsTexts) this.#textsOfNode(node, path);
    const body = bodyOf(node);
    if (body.length === 0) return;
    this.nodes(body, [...path, "body"], node.kind === "heading" ? node.heading : heading);
  }

  #textsOfNode(node: Node, path: PlanPath): void {
    switch (node.kind) {
      case "heading":
        this.#text(node.heading, [...path, "heading"], "heading");
        return this.#texts(node.items, [...path, "items"], "item");
      case "runIn":
        this.#text(node.runIn, [...path, "runIn"], "heading");
        this.#text(node.text, [...path, "text"], "paragraph");
        return this.#texts(node.items, [...path, "items"], "item");
      case "clause":
        this.#text(node.clause, [...path, "clause"], "paragraph");
        return this.#texts(node.items, [...path, "items"], "item");
      case "item":
        this.#text(node.item, [...path, "item"], "item");
        return this.#texts(node.items, [...path, "items"], "item");
      case "text":
        return this.#text(node.text, valuePath(node, path, "text"), "paragraph");
      case "funding":
      case "refer":
        return this.#text(node.text, [...path, "text"], "paragraph");
      case "table":
        return typeof node.table === "string" ? undefined : this.#table(node.table, path);
      case "picture":
        return this.#text(node.title, [...path, "title"], "picture");
      case "programme":
        return undefined;
      default:
        return assertNever(node);
    }
  }

  #programme(programme: WalkedPlan<Amount>["programme"]): void {
    if (programme === null) return;
    this.#wording(programme.wording, ["programme", "wording"]);
    this.#projects(programme.projects, ["programme", "projects"], 1);
  }

  #wording(wording: ProjectWith<Amount>["wording"], path: PlanPath): void {
    for (const [key, words] of Object.entries(wording ?? {}))
      this.#text(words, [...path, key], "funding");
  }

  #projects(projects: readonly ProjectWith<Amount>[], path: PlanPath, depth: number): void {
    projects.forEach((project, index) => {
      const at = [...path, index];
      this.visitor.project?.(project, at, depth);
      this.#text(project.title, [...at, "title"], "project");
      this.#text(project.text, [...at, "text"], "project");
      this.#wording(project.wording, [...at, "wording"]);
      project.fields?.forEach((field, place) => {
        const own = [...at, "fields", place];
        this.#text(field.name, [...own, "name"], "project");
        this.#text(field.text, [...own, "text"], "project");
        this.#texts(field.items, [...own, "items"], "item");
        this.nodes(field.body ?? [], [...own, "body"]);
      });
      this.nodes(project.body ?? [], [...at, "body"]);
      this.#projects(project.projects ?? [], [...at, "projects"], depth + 1);
    });
  }

  #basis(basis: Basis, path: PlanPath): void {
    if (basis.kind === "text") this.#text(basis.text, [...path, "text"], "basis");
    if (basis.kind === "joined")
      basis.joined.forEach((part, index) => {
        const at = [...path, "joined", index, "text"];
        if (part.kind === "text") this.#text(part.text, at, "basis");
      });
  }

  #recipient(recipient: Recipient, path: PlanPath): void {
    if (recipient.kind === "name")
      this.#text(recipient.name, valuePath(recipient, path, "name"), "recipient");
  }

  #table({ title, unit, columns, rows, note }: TypedTable, path: PlanPath): void {
    const own = [...path, "table"];
    this.#text(title, [...own, "title"], "table");
    this.#text(unit, [...own, "unit"], "table");
    this.#columns(columns, [...own, "columns"]);
    this.#rows(rows, [...own, "rows"]);
    this.#text(note, [...own, "note"], "table");
  }

  #columns(columns: readonly (Column | DataColumnNode)[], path: PlanPath): void {
    columns.forEach((column, index) => {
      this.#text(column.title, [...path, index, "title"], "table");
      this.#columns(column.columns ?? [], [...path, index, "columns"]);
    });
  }

  #dataTable({ title, unit, columns, rows, note }: DataTable, path: PlanPath): void {
    this.#text(title, [...path, "title"], "table");
    this.#text(unit, [...path, "unit"], "table");
    this.#columns(columns ?? [], [...path, "columns"]);
    if (rows.kind === "list") this.#dataRows(rows.rows, [...path, "rows"]);
    this.#text(note, [...path, "note"], "table");
  }

  #dataRows(rows: readonly DataRow[], path: PlanPath): void {
    rows.forEach((row, index) => {
      for (const [name, value] of Object.entries(row)) {
        const at = [...path, index, name];
        if (typeof value === "string" && name !== "id") this.#text(value, at, "table");
        if (typeof value === "object" && value !== null) this.#dataRows(value, at);
      }
    });
  }

  #rows(rows: readonly Row[], path: PlanPath): void {
    rows.forEach((row, index) => {
      const at = [...path, index];
      switch (row.kind) {
        case "cells":
          return this.#cells(row.cells, valuePath(row, at, "cells"));
        case "band":
          return this.#text(row.band, [...at, "band"], "table");
        case "span":
          this.#cells(row.span, [...at, "span"]);
          return this.#rows(row.rows, [...at, "rows"]);
        default:
          return assertNever(row);
      }
    });
  }

  #cells(cells: readonly Cell[], path: PlanPath): void {
    cells.forEach((cell, index) => {
      if (typeof cell === "string") this.#text(cell, [...path, index], "table");
    });
  }

  #texts(texts: readonly string[] | null, path: PlanPath, role: TextRole): void {
    texts?.forEach((text, index) => this.#text(text, [...path, index], role));
  }

  #text(text: string | null, path: PlanPath, role: TextRole): void {
    if (text === null) return;
    this.visitor.text?.(text, path, role);
    if (this.visitor.citation !== undefined)
      for (const citation of citationsOf(text)) this.visitor.citation(citation, path);
  }
}
