import {
  type Diagnostic,
  type Outcome,
  both,
  fail,
  fileError,
  following,
  succeed,
} from "../base/diagnostic.js";
import { upperCase } from "../base/text.js";
import { twipsFromMm } from "../base/units.js";
import { placeRows } from "../document/table-cells.js";
import {
  type Block,
  type CellRole,
  type DocumentTree,
  type Footnote,
  type HeadingRole,
  type Inline,
  type Mark,
  PARAGRAPH_ROLES,
  type ParagraphRole,
  type Section,
  type Table,
  type TableCell,
  type TableColumn,
  type TableRow,
  textOf,
} from "../document/tree.js";
import { DEFAULT_NUMBERING, type Marker } from "../plan/markers.js";
import {
  type NumberingScope,
  SiblingCounter,
  citedLabel,
  parseMarkers,
  rootScope,
} from "../plan/numbering.js";
import type { Element } from "./parse-markup.js";
import type { Code } from "../base/codes.js";

/**
 * Turn checked markup into the document tree: numbers evaluated, references resolved, blanks
 * folded.
 */
export function buildTree(root: Element): Outcome<DocumentTree> {
  const builder = new TreeBuilder();
  const tree = builder.document(root);
  return builder.problems.length > 0 ? fail(builder.problems) : succeed(tree);
}

/** A reference waits until every label is known: this object stands in its place in the text. */
interface PendingRef {
  readonly kind: "ref";
  readonly to: string;
  readonly marks: readonly Mark[];
}

const CELL_ALIGNS = ["left", "center", "right", "decimal"] as const;

const UPPER_MARKERS: readonly Marker[] = ["A.", "I.", "Phần I", "Chương I"];
const CLAUSE_MARKERS: readonly Marker[] = ["Điều 1.", "1.", "1.1.", "1.1.1.", "1.1.1.1.", "1)", ""];

/** Roles that are written in capitals whatever the data says. */
const UPPER_ROLES: readonly string[] = ["appendix-title"];

class TreeBuilder {
  readonly problems: Diagnostic[] = [];
  readonly #labels = new Map<string, string>();
  #pending = false;

  document(root: Element): DocumentTree {
    const sections: Section[] = [];
    const footnotes: Footnote[] = [];
    // A reference may point forwards: when the first pass met one whose label was not known yet, a
    // second one has them all.
    const first = this.sections(root, null);
    if (this.#pending) this.problems.length = 0;
    sections.push(...(this.#pending ? this.sections(root, this.#labels) : first));
    for (const child of elements(root)) {
      if (child.name === "footnote")
        footnotes.push({
          number: Number(child.attributes["number"]),
          inlines: this.inlines(child, this.#labels),
          origin: child.origin,
        });
    }
    return {
      title: root.attributes["title"] ?? "",
      language: "vi-VN",
      dated: root.attributes["dated"] ?? "",
      sections,
      footnotes,
    };
  }

  private sections(root: Element, labels: ReadonlyMap<string, string> | null): Section[] {
    return elements(root)
      .filter((child) => child.name === "section")
      .map((section) => {
        const formats = this.markers(section, section.attributes["numbering"] ?? "");
        const scope = rootScope(formats.length > 0 ? formats : DEFAULT_NUMBERING);
        return {
          name: section.attributes["name"] ?? "",
          landscape: section.attributes["landscape"] === "true",
          blocks: this.blocks(section, { scope, headings: 0, labels }),
          origin: section.origin,
        };
      });
  }

  private blocks(parent: Element, context: Context): Block[] {
    const counter = new SiblingCounter(context.scope);
    return elements(parent).flatMap((element): Block[] => {
      switch (element.name) {
        case "p":
          return this.paragraph(element, context);
        case "rule":
          return [
            { kind: "rule", share: this.number(element, "share", 0.05, 1), origin: element.origin },
          ];
        case "columns":
          return [this.columns(element, context)];
        case "table":
          return [this.table(element, context)];
        case "node":
          return this.node(element, context, counter);
        default:
          return [];
      }
    });
  }

  private paragraph(element: Element, context: Context): Block[] {
    const role = element.attributes["role"] ?? "";
    if (!(PARAGRAPH_ROLES as readonly string[]).includes(role)) {
      this.report(
        element,
        "markup-unknown-role",
        `không có vai “${role}”`,
        `there is no role “${role}”`,
        PARAGRAPH_ROLES,
      );
      return [];
    }
    const inlines = this.inlines(element, context.labels);
    if (inlines.length === 0) return [];
    const shown = UPPER_ROLES.includes(role) ? upperInlines(inlines) : inlines;
    return [
      {
        kind: "paragraph",
        role: role as ParagraphRole,
        label: element.attributes["label"] || null,
        inlines: shown,
        announces: announces(shown),
        origin: element.origin,
      },
    ];
  }

  private columns(element: Element, context: Context): Block {
    const shares = this.shares(element);
    const role = element.attributes["role"];
    if (role !== "masthead" && role !== "closing")
      this.report(
        element,
        "markup-unknown-role",
        `không có vai “${role ?? ""}”`,
        `there is no role “${role ?? ""}”`,
        ["masthead", "closing"],
      );
    const rows = elements(element).map((row) => {
      const cells = elements(row);
      if (cells.length !== shares.length) {
        this.report(
          row,
          "markup-cells",
          `dòng có ${cells.length} ô, cần ${shares.length}`,
          `the row has ${cells.length} cells, ${shares.length} are needed`,
          [],
        );
      }
      return cells.map((cell) => this.blocks(cell, context));
    });
    return {
      kind: "columns",
      role: role === "closing" ? "closing" : "masthead",
      shares,
      rows,
      origin: element.origin,
    };
  }

  private table(element: Element, context: Context): Block {
    const columns = this.tableColumns(element);
    const children = elements(element);
    const head = children.filter((child) => child.name === "head");
    const rows = children.filter((child) => child.name === "row");
    const row = (source: Element, role: CellRole): TableRow => ({
      keepNext: source.attributes["keep"] === "true",
      cells: elements(source).map((cell): TableCell => ({
        role,
        align:
          role === "table-head" || source.name === "head"
            ? "center"
            : (CELL_ALIGNS.find((align) => align === cell.attributes["align"]) ?? "left"),
        columns: this.span(cell, "columns"),
        rows: this.span(cell, "rows"),
        inlines: this.inlines(cell, context.labels),
        origin: cell.origin,
      })),
    });
    const table: Table = {
      kind: "table",
      columns,
      origin: element.origin,
      head: head.map((child) =>
        row(child, child.attributes["strong"] === "false" ? "table-cell" : "table-head"),
      ),
      rows: rows.map((child) =>
        row(child, child.attributes["strong"] === "true" ? "table-strong" : "table-cell"),
      ),
    };
    this.checkRows(table.head, head, columns.length);
    this.checkRows(table.rows, rows, columns.length);
    return table;
  }

  /**
   * Every row fills the table's columns, with the cells that come down from above; none goes down
   * past the last row.
   */
  private checkRows(rows: readonly TableRow[], sources: readonly Element[], columns: number): void {
    placeRows(rows).forEach(({ cells, width }, index) => {
      const source = sources[index];
      if (!source) return;
      if (width !== columns)
        this.report(
          source,
          "markup-cells",
          `dòng có ${width} ô, cần ${columns}`,
          `the row has ${width} cells, ${columns} are needed`,
          [],
        );
      cells.forEach(({ cell }, at) => {
        const element = elements(source)[at];
        if (element && index + cell.rows > rows.length)
          this.report(
            element,
            "markup-span",
            `ô gộp ${cell.rows} dòng, chỉ còn ${rows.length - index}`,
            `the cell spans ${cell.rows} rows, ${rows.length - index} are left`,
            [],
          );
      });
    });
  }

  private span(cell: Element, name: "columns" | "rows"): number {
    const given = cell.attributes[name];
    if (given === undefined || given === "1") return 1;
    const value = Number(given);
    if (Number.isInteger(value) && value > 0) return value;
    this.report(
      cell,
      "markup-number",
      `${name}="${given}" phải là số nguyên dương`,
      `${name}="${given}" must be a positive whole number`,
      [],
    );
    return 1;
  }

  /**
   * Widths of a table's columns: "20 auto auto:15:60", percent of the table, or by content within
   * millimetres. Percents of all columns are fitted to the table.
   */
  private tableColumns(element: Element): TableColumn[] {
    const given = element.attributes["shares"] ?? "";
    const columns = given
      .trim()
      .split(/\s+/u)
      .map((token): TableColumn | null => {
        const bounds = /^auto(?::(\d*(?:\.\d+)?):(\d*(?:\.\d+)?))?$/u.exec(token);
        if (bounds)
          return {
            share: null,
            least: twipsFromMm(Number(bounds[1] ?? 0)),
            most: bounds[2] ? twipsFromMm(Number(bounds[2])) : null,
          };
        return Number(token) > 0 ? { share: Number(token) / 100 } : null;
      });
    const valid = columns.filter((column) => column !== null);
    if (valid.length < columns.length) {
      this.report(
        element,
        "markup-shares",
        `shares="${given}" không phải các số dương hoặc auto`,
        `shares="${given}" are not positive numbers or auto`,
        [],
      );
      return [{ share: 1 }];
    }
    const whole = valid.reduce((sum, { share }) => sum + (share ?? 0), 0);
    // Columns by content keep at least a tenth of the table for themselves.
    const room = valid.some(({ share }) => share === null) ? Math.min(whole, 0.9) : 1;
    return valid.map((column) =>
      column.share === null ? column : { share: (column.share / whole) * room },
    );
  }

  private node(element: Element, context: Context, counter: SiblingCounter): Block[] {
    const { kind = "plain", marker = "auto", number = "", id = "" } = element.attributes;
    const markers = this.markers(element, element.attributes["numbering"] ?? "");
    const own =
      marker === "auto" ? "auto" : (this.markers(element, marker.replace(" ", "_"))[0] ?? "auto");
    const numbered = counter.next(kind, own, number === "" ? null : Number(number), markers);
    if (id !== "" && numbered.label !== null) this.#labels.set(id, citedLabel(numbered.label));

    const title = elements(element).find((child) => child.name === "title");
    const text = elements(element).find((child) => child.name === "text");
    const titleInlines = title ? this.inlines(title, context.labels) : [];
    const textInlines = text ? this.inlines(text, context.labels) : [];
    const heading = kind === "heading";
    const inner: Context = {
      ...context,
      scope: numbered.inner,
      headings: context.headings + (heading ? 1 : 0),
    };
    const out: Block[] = [];
    const { label } = numbered;
    const origin = element.origin;
    if (heading) {
      const upper = UPPER_MARKERS.includes(numbered.marker);
      const shown = upper ? upperInlines(titleInlines) : titleInlines;
      const level = context.headings + 1;
      const part = numbered.marker === "Phần I" || numbered.marker === "Chương I";
      if (part)
        out.push({
          kind: "paragraph",
          role: "part-label",
          label: null,
          inlines: [{ kind: "text", text: label ?? "", marks: [] }],
          announces: true,
          origin,
        });
      const role: HeadingRole = part
        ? "part"
        : upper
          ? "section"
          : CLAUSE_MARKERS.includes(numbered.marker)
            ? "clause-heading"
            : "point-heading";
      out.push({
        kind: "heading",
        role,
        level,
        label: part ? null : label,
        inlines: shown,
        origin: title?.origin ?? origin,
      });
    } else if (kind === "lead") {
      // The run-in title of a numbered clause is bold as a title is; of a point or a dash it stands
      // upright.
      const strong = label !== null && CLAUSE_MARKERS.includes(numbered.marker);
      const lead: Inline[] = [...titleInlines, { kind: "text", text: ":", marks: [] }];
      const marked = strong ? lead.map((inline) => withMark(inline, "bold")) : lead;
      const gap: Inline[] = textInlines.length > 0 ? [{ kind: "text", text: " ", marks: [] }] : [];
      const shownLabel: Inline[] =
        label !== null && strong ? [{ kind: "text", text: `${label} `, marks: ["bold"] }] : [];
      const inlines = mergeRuns([...shownLabel, ...marked, ...gap, ...textInlines]);
      out.push({
        kind: "paragraph",
        role: "lead",
        label: strong ? null : label,
        inlines,
        announces: announces(inlines),
        origin,
      });
    } else if (textInlines.length > 0) {
      const role: ParagraphRole =
        kind === "clause" ? "clause" : kind === "item" ? "item" : kind === "see" ? "see" : "body";
      out.push({
        kind: "paragraph",
        role,
        label,
        inlines: textInlines,
        announces: announces(textInlines),
        origin: text?.origin ?? origin,
      });
    }
    out.push(...this.blocks(element, inner));
    return out;
  }

  /**
   * Text of an inline element, blanks folded as in any markup: one between words, none at the ends.
   * No-break spaces stay.
   */
  private inlines(element: Element, labels: ReadonlyMap<string, string> | null): readonly Inline[] {
    const flat: (Inline | PendingRef)[] = [];
    const visit = (node: Element, marks: readonly Mark[]): void => {
      for (const child of node.children) {
        if (typeof child === "string")
          flat.push({ kind: "text", text: child.replace(/[ \t\r\n]+/gu, " "), marks });
        else if (child.name === "br") flat.push({ kind: "break" });
        else if (child.name === "note")
          flat.push({
            kind: "footnote",
            number: Number(child.attributes["number"]),
            again: child.attributes["again"] === "true",
          });
        else if (child.name === "ref")
          flat.push({ kind: "ref", to: child.attributes["to"] ?? "", marks });
        else
          visit(child, [
            ...marks,
            child.name === "b" ? "bold" : child.name === "i" ? "italic" : "upright",
          ]);
      }
    };
    visit(element, []);
    const resolved = flat.map((inline): Inline =>
      inline.kind === "ref"
        ? {
            kind: "text",
            text:
              (labels ?? this.#labels).get(inline.to) ??
              this.unresolved(element, inline.to, labels),
            marks: inline.marks,
          }
        : inline,
    );
    return trimInlines(mergeRuns(resolved));
  }

  private unresolved(
    element: Element,
    id: string,
    labels: ReadonlyMap<string, string> | null,
  ): string {
    if (labels === null) this.#pending = true;
    else
      this.problems.push(
        following(
          this.finding(
            element,
            "reference-unnumbered",
            `mục “${id}” không có số để dẫn`,
            `the section “${id}” has no number to cite`,
            [],
          ),
          ["body"],
        ),
      );
    return "";
  }

  private shares(element: Element): number[] {
    const given = (element.attributes["shares"] ?? "").split(" ").map(Number);
    if (given.some((share) => !(share > 0))) {
      this.report(
        element,
        "markup-shares",
        `shares="${element.attributes["shares"] ?? ""}" không phải các số dương`,
        `shares="${element.attributes["shares"] ?? ""}" are not positive numbers`,
        [],
      );
      return [1];
    }
    const whole = given.reduce((sum, share) => sum + share, 0);
    return given.map((share) => share / whole);
  }

  private markers(element: Element, text: string): Marker[] {
    const parsed = parseMarkers(text);
    if (parsed === null)
      this.report(
        element,
        "markup-unknown-marker",
        `không có kiểu số “${text}”`,
        `there is no marker “${text}”`,
        [],
      );
    return parsed ?? [];
  }

  private number(element: Element, name: string, least: number, most: number): number {
    const value = Number(element.attributes[name]);
    if (value >= least && value <= most) return value;
    this.report(
      element,
      "markup-number",
      `${name}="${element.attributes[name] ?? ""}" phải từ ${least} đến ${most}`,
      `${name}="${element.attributes[name] ?? ""}" must be from ${least} to ${most}`,
      [],
    );
    return most;
  }

  private report(...finding: Parameters<TreeBuilder["finding"]>): void {
    this.problems.push(this.finding(...finding));
  }

  private finding(
    element: Element,
    code: Code,
    vi: string,
    en: string,
    allowed: readonly string[],
  ): Diagnostic {
    const { template } = element.origin;
    const path = element.attributes["at"];
    return fileError(
      code,
      {
        ...(template ?? { file: "document.hbs", line: 1, column: 1 }),
        ...(path ? { path } : {}),
      },
      both(vi, en),
      allowed.length > 0
        ? both(`nhận: ${allowed.join(", ")}`, `allowed: ${allowed.join(", ")}`)
        : undefined,
    );
  }
}

interface Context {
  readonly scope: NumberingScope;
  readonly headings: number;
  readonly labels: ReadonlyMap<string, string> | null;
}

/** A paragraph that ends in a colon belongs to what comes after it. */
function announces(inlines: readonly Inline[]): boolean {
  return textOf(inlines).endsWith(":");
}

function elements(parent: Element): Element[] {
  return parent.children.filter((child): child is Element => typeof child !== "string");
}

function withMark(inline: Inline, mark: Mark): Inline {
  return inline.kind === "text" ? { ...inline, marks: [...inline.marks, mark] } : inline;
}

function upperInlines(inlines: readonly Inline[]): Inline[] {
  return inlines.map((inline) =>
    inline.kind === "text" ? { ...inline, text: upperCase(inline.text) } : inline,
  );
}

/** Neighbouring runs with the same marks become one; blanks that meet fold into one. */
function mergeRuns(inlines: readonly Inline[]): Inline[] {
  const out: Inline[] = [];
  for (const inline of inlines) {
    const last = out.at(-1);
    if (inline.kind !== "text") {
      out.push(inline);
      continue;
    }
    const text =
      last?.kind === "text" && last.text.endsWith(" ")
        ? inline.text.replace(/^ +/u, "")
        : inline.text;
    if (text === "") continue;
    if (last?.kind === "text" && last.marks.join() === inline.marks.join())
      out[out.length - 1] = { ...last, text: last.text + text };
    else out.push({ ...inline, text });
  }
  return out;
}

function trimInlines(inlines: readonly Inline[]): Inline[] {
  const out = [...inlines];
  const first = out[0];
  if (first?.kind === "text") out[0] = { ...first, text: first.text.replace(/^ +/u, "") };
  const last = out.at(-1);
  if (last?.kind === "text") out[out.length - 1] = { ...last, text: last.text.replace(/ +$/u, "") };
  return out.filter((inline) => inline.kind !== "text" || inline.text !== "");
}
