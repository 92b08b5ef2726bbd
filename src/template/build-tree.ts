import { type Outcome, assertNever, both, fail, succeed } from "../base/diagnostic.js";
import { twipsFromMm } from "../base/units.js";
import { BOLD } from "../document/marks.js";
import { plainRun } from "../document/runs.js";
import {
  type Block,
  type Columns,
  type DocumentTree,
  type Footnote,
  type HeadingRole,
  type Inline,
  PARAGRAPH_ROLES,
  type PictureBlock,
  type Paragraph,
  type ParagraphRole,
  type Section,
  textOf,
} from "../document/tree.js";
import { DEFAULT_NUMBERING, type Marker } from "../plan/markers.js";
import {
  type Numbered,
  type NumberingScope,
  SiblingCounter,
  citedLabel,
  parseMarkers,
  rootScope,
} from "../plan/numbering.js";
import { buildInlines, mergeRuns, upperInlines, withMark } from "./build-inlines.js";
import { buildTable } from "./build-table.js";
import type { KeptMarkup } from "./kept-markup.js";
import { MarkupProblems } from "./markup-problems.js";
import { NoteNumbers } from "./note-numbers.js";
import { type Element, childElements } from "./parse-markup.js";
import { type BlockName, isBlockName } from "./vocabulary.js";

/**
 * Turn checked markup into the document tree: nodes numbered, references resolved, blanks folded.
 * Errors: unknown roles, markers and shares, rows that do not fit their table, references to nodes
 * without a number.
 */
export function buildTree(root: Element, kept: KeptMarkup | null = null): Outcome<DocumentTree> {
  // A reference may point forwards: when one meets a label that is not known yet, the sections are
  // built once more with the labels of all.
  const numbers = new NoteNumbers(root);
  const first = buildSections(root, null, numbers, kept);
  const { sections, labels, problems } = first.unknownLabels
    ? buildSections(root, first.labels, numbers, kept)
    : first;
  const notes = buildFootnotes(root, labels, numbers);
  const found = [...problems, ...notes.problems];
  if (found.length > 0) return fail(found);
  return succeed({
    title: root.attributes["title"] ?? "",
    language: "vi-VN",
    dated: root.attributes["dated"] ?? "",
    sections,
    footnotes: notes.footnotes,
  });
}

/** Labels of numbered nodes by id, as they are cited. */
type Labels = ReadonlyMap<string, string>;

/** The sections with `labels` known beforehand, or with those met on the way. */
function buildSections(
  root: Element,
  labels: Labels | null,
  notes: NoteNumbers,
  kept: KeptMarkup | null,
) {
  const builder = new BlockBuilder(labels, notes, kept);
  const sections = childElements(root)
    .filter(({ name }) => name === "section")
    .map((section) => builder.section(section));
  return {
    sections,
    labels: builder.labels,
    unknownLabels: builder.unknownLabels,
    problems: builder.problems.list,
  };
}

function buildFootnotes(root: Element, labels: Labels, numbers: NoteNumbers) {
  const builder = new BlockBuilder(labels, numbers);
  const footnotes = childElements(root)
    .filter(({ name }) => name === "footnote")
    .map((note): Footnote => ({
      number: numbers.numberOf(note.attributes["number"] ?? ""),
      inlines: builder.inlines(note),
      origin: note.origin,
    }))
    .filter(({ number }) => number !== Infinity)
    .sort((a, b) => a.number - b.number);
  return { footnotes, problems: builder.problems.list };
}

const UPPER_MARKERS: readonly Marker[] = ["A.", "I.", "Phần I", "Chương I"];
const PART_MARKERS: readonly Marker[] = ["Phần I", "Chương I"];
const CLAUSE_MARKERS: readonly Marker[] = ["Điều 1.", "1.", "1.1.", "1.1.1.", "1.1.1.1.", "1)", ""];

/** Roles that are written in capitals whatever the data says. */
const UPPER_ROLES: readonly ParagraphRole[] = ["appendix-title"];

/** Roles of the text of nodes by their kind; of all others "body". */
const TEXT_ROLES: ReadonlyMap<string, ParagraphRole> = new Map([
  ["clause", "clause"],
  ["item", "item"],
  ["see", "see"],
]);

/** Where a block stands in the outline. */
interface Context {
  readonly scope: NumberingScope;
  readonly headings: number;
}

/** The parts of a node that are set in its own paragraph. */
interface NodeText {
  readonly node: Element;
  readonly title: Element | undefined;
  readonly text: Element | undefined;
  readonly numbered: Numbered;
}

class BlockBuilder {
  readonly problems = new MarkupProblems();
  readonly #known: Labels | null;
  readonly #labels = new Map<string, string>();
  #unknownLabels = false;
  #pictures = 0;

  constructor(
    known: Labels | null,
    private readonly notes: NoteNumbers,
    private readonly kept: KeptMarkup | null = null,
  ) {
    this.#known = known;
  }

  get labels(): Labels {
    return this.#labels;
  }

  /** Whether a reference met a label that was not known yet. */
  get unknownLabels(): boolean {
    return this.#unknownLabels;
  }

  section(section: Element): Section {
    const formats = this.#markers(section, section.attributes["numbering"] ?? "");
    const scope = rootScope(formats.length > 0 ? formats : DEFAULT_NUMBERING);
    return {
      name: section.attributes["name"] ?? "",
      landscape: section.attributes["landscape"] === "true",
      blocks: this.#blocks(section, { scope, headings: 0 }),
      origin: section.origin,
    };
  }

  inlines(element: Element): readonly Inline[] {
    const build = (): readonly Inline[] =>
      buildInlines(element, {
        labelOf: (id) => this.#label(id, element),
        noteOf: (note) => this.notes.callOf(note),
      });
    return this.kept === null ? build() : this.kept.inlines(element, build);
  }

  #blocks(parent: Element, context: Context): Block[] {
    const counter = new SiblingCounter(context.scope);
    return childElements(parent).flatMap((element) =>
      isBlockName(element.name) ? this.#block(element, element.name, context, counter) : [],
    );
  }

  #block(
    element: Element,
    name: BlockName,
    context: Context,
    counter: SiblingCounter,
  ): readonly Block[] {
    switch (name) {
      case "p":
        return this.#paragraph(element);
      case "rule":
        return [{ kind: "rule", share: this.#ruleShare(element), origin: element.origin }];
      case "columns":
        return [this.#columns(element, context)];
      case "table":
        return [buildTable(element, (cell) => this.inlines(cell), this.problems)];
      case "picture":
        return [this.#picture(element)];
      case "node":
        return this.#node(element, context, counter);
      default:
        return assertNever(name);
    }
  }

  #paragraph(element: Element): Block[] {
    const name = element.attributes["role"] ?? "";
    const role = PARAGRAPH_ROLES.find((known) => known === name);
    if (role === undefined) {
      this.#reportRole(element, name, PARAGRAPH_ROLES);
      return [];
    }
    const inlines = this.inlines(element);
    if (inlines.length === 0) return [];
    return [
      paragraph(
        role,
        element.attributes["label"] || null,
        UPPER_ROLES.includes(role) ? upperInlines(inlines) : inlines,
        element,
      ),
    ];
  }

  /** A picture; those with captions are counted through the document: "Hình 1." */
  #picture(element: Element): PictureBlock {
    const { file = "", alt = "", width = "" } = element.attributes;
    const title = childElements(element)[0];
    const inlines = title === undefined ? [] : this.inlines(title);
    const millimetres = width === "" ? null : Number(width);
    if (millimetres !== null && !(millimetres > 0))
      this.problems.report(
        element,
        "markup-number",
        both(`“${width}” không phải bề rộng (mm)`, `“${width}” is no width (mm)`),
      );
    return {
      kind: "picture",
      file,
      alt,
      width: millimetres === null ? null : twipsFromMm(millimetres),
      caption:
        inlines.length === 0
          ? null
          : { label: `Hình ${++this.#pictures}.`, inlines, origin: element.origin },
      origin: element.origin,
    };
  }

  #columns(element: Element, context: Context): Columns {
    const shares = this.#shares(element);
    const role = element.attributes["role"];
    if (role !== "masthead" && role !== "closing")
      this.#reportRole(element, role ?? "", ["masthead", "closing"]);
    const rows = childElements(element).map((row) => {
      const cells = childElements(row);
      if (cells.length !== shares.length)
        this.problems.report(
          row,
          "markup-cells",
          both(
            `dòng có ${cells.length} ô, cần ${shares.length}`,
            `the row has ${cells.length} cells, ${shares.length} are needed`,
          ),
        );
      return cells.map((cell) => this.#blocks(cell, context));
    });
    return {
      kind: "columns",
      role: role === "closing" ? "closing" : "masthead",
      shares,
      rows,
      origin: element.origin,
    };
  }

  /** A node of the outline: its own paragraph or heading, and the blocks inside it. */
  #node(node: Element, context: Context, counter: SiblingCounter): Block[] {
    const { kind = "plain" } = node.attributes;
    const numbered = this.#numbered(node, kind, counter);
    const children = childElements(node);
    const parts: NodeText = {
      node,
      title: children.find(({ name }) => name === "title"),
      text: children.find(({ name }) => name === "text"),
      numbered,
    };
    const heading = kind === "heading";
    const shown = heading
      ? this.#heading(parts, context.headings + 1)
      : kind === "lead"
        ? [this.#runIn(parts)]
        : this.#nodeText(parts, TEXT_ROLES.get(kind) ?? "body");
    const headings = context.headings + (heading ? 1 : 0);
    return [...shown, ...this.#blocks(node, { scope: numbered.inner, headings })];
  }

  #numbered(node: Element, kind: string, counter: SiblingCounter): Numbered {
    const { marker = "auto", number = "", id = "", numbering = "" } = node.attributes;
    const formats = this.#markers(node, numbering);
    const named = marker === "auto" ? undefined : this.#markers(node, marker.replace(" ", "_"))[0];
    const explicit = number === "" ? null : Number(number);
    const numbered = counter.next(kind, named ?? "auto", explicit, formats);
    if (id !== "" && numbered.label !== null) this.#labels.set(id, citedLabel(numbered.label));
    return numbered;
  }

  /** A heading; a part or chapter has its label in a line of its own. */
  #heading({ node, title, numbered }: NodeText, level: number): Block[] {
    const { label, marker } = numbered;
    const inlines = title ? this.inlines(title) : [];
    const part = PART_MARKERS.includes(marker);
    const heading: Block = {
      kind: "heading",
      role: headingRole(marker),
      level,
      label: part ? null : label,
      inlines: UPPER_MARKERS.includes(marker) ? upperInlines(inlines) : inlines,
      origin: title?.origin ?? node.origin,
    };
    if (!part) return [heading];
    const partLabel: Paragraph = {
      kind: "paragraph",
      role: "part-label",
      label: null,
      inlines: [plainRun(label ?? "", node.origin)],
      introducesNext: true,
      origin: node.origin,
    };
    return [partLabel, heading];
  }

  /**
   * A run-in title with the text behind it. The title of a numbered clause is bold as a heading is;
   * of a point or a dash it stands upright.
   */
  #runIn({ node, title, text, numbered }: NodeText): Paragraph {
    const { label, marker } = numbered;
    const origin = title?.origin ?? node.origin;
    const shownTitle = [...(title ? this.inlines(title) : []), plainRun(":", origin)];
    const shownText = text ? this.inlines(text) : [];
    const following = shownText.length > 0 ? [plainRun(" ", origin), ...shownText] : [];
    if (label === null || !CLAUSE_MARKERS.includes(marker))
      return paragraph("lead", label, mergeRuns([...shownTitle, ...following]), node);
    const strong = withMark([plainRun(`${label} `, node.origin), ...shownTitle], BOLD);
    return paragraph("lead", null, mergeRuns([...strong, ...following]), node);
  }

  #nodeText({ node, text, numbered }: NodeText, role: ParagraphRole): Block[] {
    const inlines = text ? this.inlines(text) : [];
    return inlines.length > 0 ? [paragraph(role, numbered.label, inlines, text ?? node)] : [];
  }

  /** What a reference prints. */
  #label(id: string, element: Element): string {
    const label = (this.#known ?? this.#labels).get(id);
    if (label !== undefined) return label;
    if (this.#known === null) this.#unknownLabels = true;
    else
      this.problems.reportReference(
        element,
        both(`mục “${id}” không có số để dẫn`, `the section “${id}” has no number to cite`),
      );
    return "";
  }

  #shares(element: Element): number[] {
    const given = element.attributes["shares"] ?? "";
    const shares = given.split(" ").map(Number);
    if (shares.some((share) => !(share > 0))) {
      this.problems.report(
        element,
        "markup-shares",
        both(
          `shares="${given}" không phải các số dương`,
          `shares="${given}" are not positive numbers`,
        ),
      );
      return [1];
    }
    const whole = shares.reduce((sum, share) => sum + share, 0);
    return shares.map((share) => share / whole);
  }

  #markers(element: Element, text: string): Marker[] {
    const parsed = parseMarkers(text);
    if (parsed === null)
      this.problems.report(
        element,
        "markup-unknown-marker",
        both(`không có kiểu số “${text}”`, `there is no marker “${text}”`),
      );
    return parsed ?? [];
  }

  /** The length of a rule as a share of the line above it. */
  #ruleShare(element: Element): number {
    const [least, most] = [0.05, 1];
    const given = element.attributes["share"] ?? "";
    const share = Number(given);
    if (share >= least && share <= most) return share;
    this.problems.report(
      element,
      "markup-number",
      both(
        `share="${given}" phải từ ${least} đến ${most}`,
        `share="${given}" must be from ${least} to ${most}`,
      ),
    );
    return most;
  }

  #reportRole(element: Element, role: string, allowed: readonly string[]): void {
    this.problems.report(
      element,
      "markup-unknown-role",
      both(`không có vai “${role}”`, `there is no role “${role}”`),
      allowed,
    );
  }
}

/** A paragraph that comes from an element; one that ends in a colon belongs to what comes after. */
function paragraph(
  role: ParagraphRole,
  label: string | null,
  inlines: readonly Inline[],
  { origin }: Element,
): Paragraph {
  const introducesNext = textOf(inlines).endsWith(":");
  return { kind: "paragraph", role, label, inlines, introducesNext, origin };
}

function headingRole(marker: Marker): HeadingRole {
  if (PART_MARKERS.includes(marker)) return "part";
  if (UPPER_MARKERS.includes(marker)) return "section";
  return CLAUSE_MARKERS.includes(marker) ? "clause-heading" : "point-heading";
}
