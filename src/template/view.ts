import { projectIds, sumFunding } from "../plan/funding.js";
import type { EvaluatedPlan } from "../tables/evaluate-plan.js";
import { BLANK, formatIssueDate, isoDate } from "../base/dates.js";
import { type Diagnostic, type PlanPath, both, planError, printPath } from "../base/diagnostic.js";
import { formatMoney } from "../base/money.js";
import { nearest } from "../base/nearest.js";
import { capitalize, upperCase, withoutStart } from "../base/text.js";
import type { Marker } from "../plan/markers.js";
import type { CitedDocument, Node, Plan, Programme, Project } from "../plan/schema.js";
import type { TypedTable } from "../plan/typed-table.js";
import { type CitationDates, citeDocument, withoutEnd } from "../plan/cite.js";
import { issuerLines } from "../plan/issuer-lines.js";
import type { Markup } from "../resolve/markup.js";
import { PlanTexts } from "../resolve/plan-text.js";
import { fitsPortrait, dataTableView, tableSize } from "./data-table-view.js";
import { tableView } from "./table-view.js";

/**
 * What templates see: the plan with its texts evaluated, every name always present (null when the
 * plan says nothing), and the plan path of each part as `path`. Names follow the plan's.
 */
export interface View {
  readonly plan: unknown;
  readonly problems: readonly Diagnostic[];
}

interface PlacedText {
  readonly text: Markup;
  readonly path: string;
}

/**
 * Markers in attributes: "auto" takes the format of the depth, "none" leaves the node unnumbered.
 */
function markerName(marker: Marker | null): string {
  return marker === null ? "auto" : marker === "" ? "none" : marker;
}

/** Formats of the levels inside a node, parted by blanks; "Phần I" keeps its blank as "_". */
function numberingNames(numbering: Marker | readonly Marker[] | null): string {
  if (numbering === null) return "";
  const list = typeof numbering === "string" ? [numbering] : numbering;
  return list.map((marker) => markerName(marker).replace(" ", "_")).join(" ");
}

/** Build the view of a plan. Citations that lead nowhere come back as problems. */
export function buildView(plan: EvaluatedPlan, dates: CitationDates): View {
  const texts = new PlanTexts(plan, dates);
  const builder = new ViewBuilder(plan, texts, dates);
  const view = builder.build();
  return { plan: view, problems: texts.problems };
}

class ViewBuilder {
  constructor(
    private readonly plan: EvaluatedPlan,
    private readonly texts: PlanTexts,
    private readonly dates: CitationDates,
  ) {}

  build(): unknown {
    const { plan } = this;
    const body = this.nodes(plan.body, ["body"]);
    const view = {
      header: plan.header,
      issuer: {
        name: plan.issuer.name,
        short: plan.issuer.short ?? plan.issuer.name,
        lines: plan.issuer.lines?.map(upperCase) ?? issuerLines(plan.issuer.name),
        superior:
          plan.issuer.superior === null
            ? []
            : typeof plan.issuer.superior === "string"
              ? [upperCase(plan.issuer.superior)]
              : plan.issuer.superior.map(upperCase),
        place: plan.issuer.place,
        path: "issuer",
      },
      number:
        plan.number === null
          ? BLANK + "\u00a0"
          : typeof plan.number === "number"
            ? String(plan.number).padStart(2, "0")
            : plan.number,
      symbol: plan.symbol,
      date: formatIssueDate(plan.date),
      dated: isoDate(plan.date),
      type: plan.type,
      typeUpper: upperCase(plan.type),
      subject:
        typeof plan.subject === "string"
          ? [this.text(plan.subject, ["subject"])]
          : plan.subject.map((line, index) => this.text(line, ["subject", index])),
      title:
        `${plan.type} ${typeof plan.subject === "string" ? plan.subject : plan.subject.join(" ")}`.replace(
          /[*\\]/gu,
          "",
        ),
      attachedTo:
        plan.attachedTo === null
          ? null
          : { citation: this.attachment(plan.attachedTo), path: "attachedTo" },
      bases: plan.bases.map((basis, index) => this.basis(basis, ["bases", index])),
      proposal:
        plan.proposal === null
          ? null
          : {
              lead: plan.proposal.lead,
              by: plan.proposal.by,
              document:
                plan.proposal.document === null
                  ? null
                  : citeDocument(plan.proposal.document, this.dates),
              path: "proposal",
            },
      enactment:
        plan.enactment === null
          ? null
          : this.text(plan.enactment.replace(/\s*:\s*$/u, ""), ["enactment"]),
      numbering: numberingNames(plan.numbering),
      body,
      closing:
        plan.closing === null
          ? null
          : this.text(plan.closing.replace(/\s*\.?\/?\.?\s*$/u, ""), ["closing"]),
      // The line that says where a copy is filed comes last, wherever it was written.
      recipients: plan.recipients
        .map((recipient, index) => ({
          last: typeof recipient !== "string" && "file" in recipient,
          view: this.recipient(recipient, index),
        }))
        .sort((a, b) => Number(a.last) - Number(b.last))
        .map(({ view }) => view),
      drafter: plan.drafter,
      signature:
        plan.signature === null
          ? null
          : { ...plan.signature, lines: plan.signature.lines.map(upperCase), path: "signature" },
      appendices: plan.appendices.map((appendix, index) => ({
        id: appendix.id,
        label: this.texts.appendixLabel(index),
        title: this.texts.render(appendix.title, ["appendices", index, "title"]),
        reference: this.appendixReference(),
        landscape:
          appendix.landscape === "auto" ? !this.fits(appendix.body ?? []) : appendix.landscape,
        numbering:
          appendix.numbering === null
            ? numberingNames(plan.numbering)
            : numberingNames(appendix.numbering),
        body:
          appendix.body === null ? null : this.nodes(appendix.body, ["appendices", index, "body"]),
        path: printPath(["appendices", index]),
      })),
    };
    // Footnotes are known only when every text has been read.
    const footnotes = this.texts.footnotes.map((id, index) => ({
      number: index + 1,
      ...this.text(this.plan.footnotes[id] ?? "", ["footnotes", id]),
    }));
    return { ...view, footnotes };
  }

  private text(text: string, path: PlanPath): PlacedText {
    return { text: this.texts.render(text, path), path: printPath(path) };
  }

  private maybeText(text: string | null, path: PlanPath): Markup | null {
    return text === null ? null : this.texts.render(text, path);
  }

  private attachment(document: CitedDocument): string {
    const blank = "\u00a0".repeat(6);
    const shown = { ...document, symbol: document.symbol ?? `${blank}/QĐ-UBND`, about: null };
    const date =
      document.date === null ? ` ngày ${blank} tháng ${blank} năm ${this.plan.date.year}` : "";
    const cited = citeDocument({ ...shown, issuer: null }, this.dates);
    return `Ban hành kèm theo ${cited}${date}${document.issuer === null ? "" : ` của ${document.issuer}`}`;
  }

  private appendixReference(): string {
    const { plan } = this;
    const number =
      plan.number === null
        ? BLANK
        : typeof plan.number === "number"
          ? String(plan.number).padStart(2, "0")
          : plan.number;
    return `Kèm theo ${plan.type} số ${number}/${plan.symbol} ${formatIssueDate(plan.date)} của ${plan.issuer.name}`;
  }

  private basis(basis: Plan["bases"][number], path: PlanPath): unknown {
    const lead = basis.lead ?? "Căn cứ";
    const one = (part: CitedDocument | { readonly text: string }, at: PlanPath): Markup =>
      this.texts.render(
        "text" in part ? withoutEnd(withoutStart(part.text, lead)) : citeDocument(part, this.dates),
        at,
      );
    const parts =
      "joined" in basis
        ? basis.joined.map((part, index) => ({
            text: one(part, [...path, "joined", index]),
            path: printPath([...path, "joined", index]),
          }))
        : [{ text: one(basis, path), path: printPath(path) }];
    return { lead, parts, path: printPath(path) };
  }

  private recipient(recipient: Plan["recipients"][number], index: number): unknown {
    const path = printPath(["recipients", index]);
    const clean = (text: string): string => withoutEnd(text.replace(/^[-–]\s+/u, ""));
    if (typeof recipient === "string") return { text: clean(recipient), path };
    if ("name" in recipient)
      return {
        text:
          recipient.for === null
            ? clean(recipient.name)
            : `${clean(recipient.name)} (${recipient.for.replace(/^\(|\)$/gu, "")})`,
        path,
      };
    return {
      text: `Lưu: ${recipient.file.join(", ")}${recipient.copies === null ? "" : ` (${String(recipient.copies).padStart(2, "0")}b)`}`,
      path,
    };
  }

  private items(items: readonly string[] | null, path: PlanPath): readonly PlacedText[] {
    return (items ?? []).map((item, index) => this.text(item, [...path, "items", index]));
  }

  private nodes(nodes: readonly Node[], path: PlanPath): unknown[] {
    return nodes.map((node, index) => this.node(node, [...path, index]));
  }

  private node(node: Node, path: PlanPath): unknown {
    const blank = {
      kind: "",
      title: null,
      text: null,
      marker: "auto",
      number: "",
      numbering: "",
      id: "",
      items: [],
      body: null,
      table: null,
      projects: [],
      skin: "",
      funding: null,
      path: printPath(path),
    };
    if (typeof node === "string")
      return { ...blank, kind: "text", text: this.texts.render(node, path) };
    if ("table" in node)
      return { ...blank, kind: "table", table: this.table(node.table, [...path, "table"]) };
    if ("programme" in node) return { ...blank, ...this.programme(node, path) };
    if ("funding" in node)
      return { ...blank, kind: "funding", funding: this.fundingNode(node, path) };
    if ("see" in node) return { ...blank, kind: "see", text: this.see(node, path) };
    if (!("body" in node))
      return { ...blank, kind: "text", text: this.texts.render(node.text, [...path, "text"]) };
    const common = {
      ...blank,
      marker: markerName(node.marker),
      number: node.number === null ? "" : String(node.number),
      numbering: numberingNames(node.numbering),
      id: node.id ?? "",
      items: this.items(node.items, path),
      body: node.body === null ? null : this.nodes(node.body, [...path, "body"]),
    };
    if ("heading" in node)
      return {
        ...common,
        kind: "heading",
        title: this.texts.render(node.heading, [...path, "heading"]),
      };
    if ("lead" in node)
      return {
        ...common,
        kind: "lead",
        title: this.texts.render(withoutEnd(node.lead), [...path, "lead"]),
        text: this.maybeText(node.text, [...path, "text"]),
      };
    if ("clause" in node)
      return {
        ...common,
        kind: "clause",
        text: this.texts.render(node.clause, [...path, "clause"]),
      };
    return { ...common, kind: "item", text: this.texts.render(node.item, [...path, "item"]) };
  }

  private see(
    node: { readonly see: string | readonly string[]; readonly text: string | null },
    path: PlanPath,
  ): Markup {
    const ids = typeof node.see === "string" ? [node.see] : node.see;
    const labels = ids.map((id) => `{{phuluc ${id}}}`).join(", ");
    return node.text === null
      ? this.texts.render(`(${labels} kèm theo)`, [...path, "see"])
      : this.texts.render(node.text, [...path, "text"]);
  }

  private programme(
    node: Extract<Node, { readonly programme: unknown }>,
    path: PlanPath,
  ): Record<string, unknown> {
    const { programme } = this.plan;
    if (programme === null) {
      this.texts.problems.push(missingProgramme([...path, "programme"]));
      return { kind: "programme" };
    }
    const all = placedProjects(programme.projects, ["programme", "projects"], 1);
    const chosen =
      node.programme === "all"
        ? all.filter(({ depth }) => depth === 1)
        : node.programme.flatMap((id, position) => {
            const found = all.find(({ project }) => project.id === id);
            if (!found)
              this.texts.problems.push(
                unknownProject(id, programme, [...path, "programme", position]),
              );
            return found ?? [];
          });
    return {
      kind: "programme",
      skin: programme.skin,
      numbering: numberingNames(node.numbering),
      projects: chosen.map(({ project, path: at, depth }) =>
        this.project(programme, project, at, depth),
      ),
    };
  }

  private project(programme: Programme, project: Project, path: PlanPath, depth: number): unknown {
    const funded =
      project.funding !== null ||
      (project.projects?.some((sub) => sumFunding(programme, [sub]).bySource.size > 0) ?? false);
    // Funding is written where it is given; a project whose sub-projects carry their own needs no
    // second statement.
    const shown =
      project.funding !== null
        ? this.funding(
            programme,
            [project],
            { wording: project.wording, text: null, marker: null },
            [...path, "funding"],
          )
        : null;
    return {
      id: project.id,
      official: project.official,
      title: this.texts.render(
        `${project.official}${project.separator ?? programme.separator}${project.title}`,
        [...path, "title"],
      ),
      marker: markerName(project.marker),
      number: project.number === null ? "" : String(project.number),
      numbering: numberingNames(project.numbering),
      text: this.maybeText(project.text, [...path, "text"]),
      body: project.body === null ? null : this.nodes(project.body, [...path, "body"]),
      sub: depth > 1,
      funded,
      funding: shown,
      see:
        project.see === null
          ? null
          : this.texts.render(`({{phuluc ${project.see}}} kèm theo)`, [...path, "see"]),
      fields: (project.fields ?? []).map((field, index) => {
        const at = [...path, "fields", index];
        return {
          name: this.texts.render(withoutEnd(field.name), [...at, "name"]),
          text: this.maybeText(field.text, [...at, "text"]),
          marker: markerName(field.marker),
          items: this.items(field.items, at),
          body: field.body === null ? null : this.nodes(field.body, [...at, "body"]),
          path: printPath(at),
        };
      }),
      projects: (project.projects ?? []).map((sub, index) =>
        this.project(programme, sub, [...path, "projects", index], depth + 1),
      ),
      path: printPath(path),
    };
  }

  private fundingNode(node: Extract<Node, { readonly funding: unknown }>, path: PlanPath): unknown {
    const { programme } = this.plan;
    if (programme === null) {
      this.texts.problems.push(missingProgramme([...path, "funding"]));
      return null;
    }
    const find = (projects: readonly Project[]): Project | null => {
      for (const project of projects) {
        const found = project.id === node.funding ? project : find(project.projects ?? []);
        if (found) return found;
      }
      return null;
    };
    const one = node.funding === "total" ? null : find(programme.projects);
    if (node.funding !== "total" && one === null) {
      this.texts.problems.push(unknownProject(node.funding, programme, [...path, "funding"]));
      return null;
    }
    const projects = one === null ? programme.projects : [one];
    return this.funding(
      programme,
      projects,
      { wording: one?.wording ?? null, text: node.text, marker: node.marker },
      path,
    );
  }

  private funding(
    programme: Programme,
    projects: readonly Project[],
    own: {
      readonly wording: Programme["wording"];
      readonly text: string | null;
      readonly marker: Marker | null;
    },
    path: PlanPath,
  ): unknown {
    const sums = sumFunding(programme, projects);
    const given = [...sums.bySource.values()].some((money) => money !== null);
    if (!given) {
      this.texts.problems.push({
        code: "funding-empty",
        severity: "error",
        at: { in: "plan", path },
        message: {
          vi: "kinh phí chưa có số tiền nào nên không viết được tổng",
          en: "no amount is given, so there is no total to write",
        },
        hint: {
          vi: "điền ít nhất một số tiền (0 nếu không bố trí), hoặc bỏ mục funding",
          en: "give at least one amount (0 for none), or remove funding",
        },
      });
    }
    const scope = { money: sums.total };
    const wording = {
      heading: own.wording?.heading ?? programme.wording?.heading ?? null,
      total:
        own.text ??
        own.wording?.total ??
        programme.wording?.total ??
        "Tổng kinh phí thực hiện là {{tien}}, trong đó:",
      parts: own.wording?.parts ?? programme.wording?.parts ?? null,
      unknown: own.wording?.unknown ?? programme.wording?.unknown ?? "chưa xác định",
    };
    const about = programme.approximate ? "khoảng " : "";
    return {
      heading: this.maybeText(wording.heading, ["programme", "wording", "heading"]),
      total: this.texts.render(wording.total, own.text !== null ? [...path, "text"] : path, scope),
      parts: this.maybeText(own.text === null ? wording.parts : null, [
        "programme",
        "wording",
        "parts",
      ]),
      marker: markerName(
        own.marker ?? programme.marker ?? (programme.skin === "lettered" ? "-" : "+"),
      ),
      sources: [...sums.bySource].map(([id, money]) => {
        const source = programme.sources[id];
        const name = typeof source === "string" ? source : (source?.name ?? id);
        const note = typeof source === "string" ? null : (source?.note ?? null);
        const amount =
          money === null ? wording.unknown : `${about}${formatMoney(money, programme.unit)}`;
        return {
          text: `${name}: ${amount}${note === null ? "" : ` (${note})`}`,
          path: printPath([...path, id]),
        };
      }),
      path: printPath(path),
    };
  }

  /** Whether the tables of numbers among these nodes go onto an upright page. */
  private fits(nodes: readonly Node[]): boolean {
    return nodes.every((node) => {
      if (typeof node === "string") return true;
      if ("table" in node && typeof node.table === "string") {
        const dataTable = this.plan.dataTables.get(node.table);
        return dataTable === undefined || fitsPortrait(dataTable, tableSize(this.plan));
      }
      return !("body" in node) || this.fits(node.body ?? []);
    });
  }

  private table(table: TypedTable | string, path: PlanPath): unknown {
    if (typeof table === "string") return this.dataTable(table, path);
    return {
      title: this.maybeText(table.title, [...path, "title"]),
      unit:
        table.unit === null ? null : this.texts.render(capitalize(table.unit), [...path, "unit"]),
      ...tableView(table, path, (text, at) => this.texts.render(text, at)),
      note: this.maybeText(table.note, [...path, "note"]),
      path: printPath(path),
    };
  }

  /** A table of numbers, printed where it is asked for. */
  private dataTable(id: string, path: PlanPath): unknown {
    const dataTable = this.plan.dataTables.get(id);
    if (!dataTable) {
      const ids = [...this.plan.dataTables.keys()];
      const near = nearest(id, ids);
      this.texts.problems.push(
        planError(
          "unknown-table",
          path,
          both(`không có bảng mã “${id}”`, `there is no table with id “${id}”`),
          near !== null
            ? both(`có phải là “${near}”?`, `did you mean “${near}”?`)
            : both(
                `khai báo ở tables:, đang có: ${ids.join(", ") || "chưa có bảng nào"}`,
                `declare it in tables:, there are: ${ids.join(", ") || "none"}`,
              ),
        ),
      );
      return null;
    }
    return {
      title: this.maybeText(dataTable.title, [...dataTable.path, "title"]),
      unit:
        dataTable.unit === null
          ? null
          : this.texts.render(capitalize(dataTable.unit), [...dataTable.path, "unit"]),
      ...dataTableView(dataTable, tableSize(this.plan), (text, at) => this.texts.render(text, at)),
      note: this.maybeText(dataTable.note, [...dataTable.path, "note"]),
      path: printPath(dataTable.path),
    };
  }
}

interface PlacedProject {
  readonly project: Project;
  readonly path: PlanPath;
  readonly depth: number;
}

/** Projects of all levels, each before its sub-projects. */
function placedProjects(
  projects: readonly Project[],
  path: PlanPath,
  depth: number,
): PlacedProject[] {
  return projects.flatMap((project, index) => [
    { project, path: [...path, index], depth },
    ...placedProjects(project.projects ?? [], [...path, index, "projects"], depth + 1),
  ]);
}

function missingProgramme(path: PlanPath): Diagnostic {
  return {
    code: "no-programme",
    severity: "error",
    follows: [["programme"]],
    at: { in: "plan", path },
    message: {
      vi: "kế hoạch chưa có mục programme nên không viết được dự án, kinh phí ở đây",
      en: "the plan has no programme, so no projects or funding can be written here",
    },
    hint: {
      vi: "khai báo programme: với sources và projects",
      en: "declare programme: with sources and projects",
    },
  };
}

function unknownProject(id: string, programme: Programme, path: PlanPath): Diagnostic {
  const ids = projectIds(programme.projects).join(", ");
  return {
    code: "unknown-project",
    severity: "error",
    follows: [["programme"]],
    at: { in: "plan", path },
    message: { vi: `không có dự án mã “${id}”`, en: `there is no project with id “${id}”` },
    hint: { vi: `đang có: ${ids}`, en: `there are: ${ids}` },
  };
}
