import { BULLETS, type Marker } from "../../plan/markers.js";
import { type NumberingScope, SiblingCounter, autoMarker } from "../../plan/numbering.js";
import type { SourceParagraph, SourceTable } from "../source-text.js";
import type { Data, DataObject } from "./data.js";
import type { ProjectFunding } from "./funding.js";
import type { Guesses } from "./guesses.js";
import { type Label, isBullet } from "./labels.js";
import { type Substitution, planMarkup } from "./markup.js";
import { type OutlineNode, type Span, spanText } from "./outline-node.js";
import type { FoundProject } from "./projects.js";
import { dataTableData } from "./data-table.js";
import { tableData } from "./table-data.js";

/** What writing an outline as plan data needs to know. */
export interface Writing {
  readonly numbering: readonly Marker[];
  readonly projects: ReadonlyMap<OutlineNode, FoundProject>;
  readonly funding: ReadonlyMap<FoundProject, ProjectFunding>;
  readonly separator: string;
  readonly substitutions: ReadonlyMap<SourceParagraph, readonly Substitution[]>;
  readonly doubt: Guesses["doubt"];
  /**
   * Tables of numbers that were found, filled on the way; null when all tables are written as they
   * stand.
   */
  readonly dataTables: Map<string, DataObject> | null;
  /** Projects that were written, filled on the way. */
  readonly written: Map<FoundProject, DataObject>;
}

/**
 * Formats of the levels of an outline: at each depth the one that most numbered paragraphs have.
 */
export function commonNumbering(nodes: readonly OutlineNode[]): readonly Marker[] {
  const counts: Map<Marker, number>[] = [];
  const visit = (list: readonly OutlineNode[], depth: number): void => {
    for (const { label, children } of list) {
      const numbered = label !== null && !isBullet(label);
      if (numbered) {
        const level = (counts[depth] ??= new Map());
        level.set(label.marker, (level.get(label.marker) ?? 0) + 1);
      }
      visit(children, numbered ? depth + 1 : depth);
    }
  };
  visit(nodes, 0);
  return counts.map((level) => [...level].sort((a, b) => b[1] - a[1])[0]?.[0] ?? "1.");
}

/** Nodes that stand beside each other, and how far they are counted and written. */
interface Siblings {
  readonly scope: NumberingScope;
  readonly counter: SiblingCounter;
  readonly counts: Map<Marker, number>;
  readonly written: Data[];
}

/**
 * Write an outline as nodes of a plan. Labels come out as they were: where natural counting gives
 * another, the node says its own.
 */
export function planNodes(
  nodes: readonly OutlineNode[],
  scope: NumberingScope,
  writing: Writing,
): Data[] {
  const siblings: Siblings = {
    scope,
    counter: new SiblingCounter(scope),
    counts: new Map(),
    written: [],
  };
  for (const [index, node] of nodes.entries()) {
    const project = writing.projects.get(node);
    if (node.table !== null) writeTable(node.table, nodes[index + 1], siblings.written, writing);
    else if (node.kind === "text") {
      if (!(nodes[index - 1]?.table && isTableNote(node)))
        siblings.written.push(seeOrText(markup(node.title, writing)));
    } else if (project) writeProject(project, node, siblings, writing);
    else writeSection(node, siblings, writing);
  }
  return siblings.written;
}

/** Write a table with its unit above and its note below: as data, or as it is printed. */
function writeTable(
  source: SourceTable,
  below: OutlineNode | undefined,
  written: Data[],
  writing: Writing,
): void {
  const note =
    below !== undefined && isTableNote(below) ? { note: markup(below.title, writing) } : {};
  const { unit } = aboveTable(written);
  const { dataTables } = writing;
  const dataTable = dataTables === null ? null : dataTableData(source, unit ?? null);
  if (dataTables !== null && dataTable !== null) {
    const id = `bang-${dataTables.size + 1}`;
    dataTables.set(id, { ...dataTable, ...note });
    written.push({ table: id });
    return;
  }
  const table = tableData(source);
  if (table !== null)
    written.push({ table: { ...(unit === undefined ? {} : { unit }), ...table, ...note } });
}

/** Write a project into the programme, and where it stands only its name. */
function writeProject(
  project: FoundProject,
  node: OutlineNode,
  siblings: Siblings,
  writing: Writing,
): void {
  const { own, inner } = number(node, siblings, writing);
  const body = planNodes(node.children, inner, writing);
  writing.written.set(project, planProject(project, own, body, writing));
  const { written } = siblings;
  const last = written.at(-1);
  if (isObject(last) && Array.isArray(last["programme"]))
    written[written.length - 1] = { programme: [...(last["programme"] as string[]), project.id] };
  else written.push({ programme: [project.id] });
}

/** Write a heading, a run-in heading, a clause or an item, with what stands below it. */
function writeSection(node: OutlineNode, siblings: Siblings, writing: Writing): void {
  const { own, inner } = number(node, siblings, writing);
  const prefix = own.prefix === "" ? "" : `${own.prefix} `;
  const first = markup(node.title, writing);
  const section: DataObject = {
    ...(node.kind === "lead"
      ? {
          runIn: `${prefix}${first}`,
          ...(node.text === null ? {} : { text: markup(node.text, writing) }),
        }
      : { [node.kind]: `${prefix}${first}` }),
    ...own.fields,
    ...childData(planNodes(node.children, inner, writing)),
  };
  siblings.written.push(section);
  if (node.doubted) writing.doubt(section, node.kind, node);
}

/** What stands below a node: items alone as their texts, else a body. */
function childData(children: readonly Data[]): DataObject {
  if (children.length === 0) return {};
  const items = children.map((child) =>
    isObject(child) && Object.keys(child).length === 1 && typeof child["item"] === "string"
      ? child["item"]
      : null,
  );
  return items.every((item) => item !== null) ? { items } : { body: children };
}

/**
 * What stands right above a table as its own: the unit of its numbers. Taken out of what was
 * written already.
 */
function aboveTable(out: Data[]): { readonly unit?: string } {
  const last = out.at(-1);
  const unit =
    typeof last === "string"
      ? /^\(?(?:Đơn vị tính|Đơn vị|ĐVT)\s*:\s*([^:;()]{1,30}?)\.?\)?$/u.exec(last)?.[1]
      : undefined;
  if (unit === undefined) return {};
  out.pop();
  // The template writes it with a capital.
  return { unit: unit.trim().replace(/^\p{Lu}(?=\p{Ll})/u, (letter) => letter.toLowerCase()) };
}

/** A paragraph below a table that explains it. */
function isTableNote(node: OutlineNode): boolean {
  return (
    node.kind === "text" &&
    node.table === null &&
    (/^(?:Ghi chú|Chú thích|Nguồn)\s*:/u.test(spanText(node.title)) ||
      (node.title.paragraph.look.italic && !/^\(/u.test(spanText(node.title))))
  );
}

/** A line that only says which appendices go with the text. */
function seeOrText(text: string): Data {
  const ids = [...text.matchAll(/\{\{phuluc ([a-z0-9]+)\}\}/gu)].map((match) => match[1] ?? "");
  if (ids.length === 0 || !/^\(.*\)[.;]?$/u.test(text)) return text;
  const refer = ids.length === 1 ? (ids[0] ?? "") : ids;
  return text === `(${ids.map((id) => `{{phuluc ${id}}}`).join(", ")} kèm theo)`
    ? { refer }
    : { refer, text };
}

function isObject(value: Data | undefined): value is DataObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function markup(span: Span, { substitutions }: Writing): string {
  return planMarkup(span, substitutions.get(span.paragraph));
}

function planProject(
  project: FoundProject,
  own: Numbered,
  body: readonly Data[],
  writing: Writing,
): DataObject {
  const { paragraph, to } = project.node.title;
  const funding = writing.funding.get(project);
  return {
    id: project.id,
    official: project.official,
    title: planMarkup({ paragraph, from: project.titleFrom, to }),
    ...own.fields,
    ...(project.separator === writing.separator ? {} : { separator: project.separator }),
    ...(funding && funding.bySource.size > 0
      ? { funding: Object.fromEntries(funding.bySource) }
      : {}),
    ...(funding && funding.declared.size > 0
      ? { declared: Object.fromEntries(funding.declared) }
      : {}),
    ...(body.length > 0 ? { body } : {}),
    ...(project.projects.length > 0
      ? { projects: project.projects.map((sub) => writing.written.get(sub) ?? {}) }
      : {}),
  };
}

interface Numbered {
  /** marker, number, numbering: those that natural counting does not give. */
  readonly fields: Readonly<Record<string, Data>>;
  /** A label that no format of plan data writes; it goes into the text. */
  readonly prefix: string;
}

function number(
  node: OutlineNode,
  { scope, counter, counts }: Siblings,
  writing: Writing,
): { readonly own: Numbered; readonly inner: NumberingScope } {
  const { label } = node;
  const auto = autoMarker(node.kind, scope);
  const numbering = numberingInside(node, scope, writing.numbering);
  const fields: Record<string, Data> = {};
  let marker: Marker = label?.marker ?? "";
  let prefix = "";
  let explicit: number | null = null;
  if (label !== null && !isBullet(label)) {
    if (reproducible(label, scope)) {
      if ((counts.get(marker) ?? 0) + 1 !== label.number) explicit = label.number;
      counts.set(marker, label.number);
    } else {
      prefix = label.typed;
      marker = "";
    }
  }
  if (marker !== auto) fields["marker"] = marker;
  if (explicit !== null) fields["number"] = explicit;
  const inside = numbering(marker);
  if (inside.length > 0) fields["numbering"] = inside.length === 1 ? (inside[0] ?? "") : inside;
  return {
    own: { fields, prefix },
    inner: counter.next(node.kind, marker, explicit, inside).inner,
  };
}

/**
 * Whether plan data would print the label as it is: of "2.3." the numbers above must be those of
 * the nodes above.
 */
function reproducible({ decimals }: Label, { decimals: known, counters }: NumberingScope): boolean {
  if (decimals.length < 2) return true;
  const count = decimals.length - 1;
  const above = (known.length >= count ? known : counters).slice(-count);
  const full = [...Array<number>(count - above.length).fill(1), ...above];
  return full.every((one, index) => one === decimals[index]);
}

/** Formats for the children of a node, when they all have one that the depth does not give. */
function numberingInside(
  node: OutlineNode,
  scope: NumberingScope,
  common: readonly Marker[],
): (own: Marker) => readonly Marker[] {
  const counts = new Map<Marker, number>();
  for (const { label } of node.children)
    if (label !== null && !isBullet(label))
      counts.set(label.marker, (counts.get(label.marker) ?? 0) + 1);
  const [most] = [...counts].sort((a, b) => b[1] - a[1])[0] ?? [null];
  return (own) => {
    if (most === null) return [];
    const inherited = own === "" || !BULLETS.includes(own) ? scope.formats.slice(1) : scope.formats;
    if (inherited[0] === most) return [];
    const below = common.slice(common.indexOf(most) + 1);
    return [
      most,
      ...(common.includes(most) && below.length > 0
        ? below
        : LETTERS.filter((marker) => marker !== most)),
    ];
  };
}

const LETTERS: readonly Marker[] = ["a)", "(1)"];
