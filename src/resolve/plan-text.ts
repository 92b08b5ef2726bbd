import {
  type Diagnostic,
  type Outcome,
  type PlanPath,
  assertNever,
  both,
  fail,
  planError,
  printPath,
  succeed,
} from "../base/diagnostic.js";
import { romanNumeral } from "../base/numbers.js";
import { type Citation, type CitedPart, parseCited } from "../plan/citations.js";
import { type CitationDates, citeDocument } from "../plan/cite.js";
import { oncePer } from "../base/once.js";
import { idOf, walkPlan } from "../plan/walk.js";
import type { EvaluatedPlan } from "../tables/evaluate-plan.js";
import { citeCell } from "./cite-cell.js";
import { citeFigure, namesOfFigures } from "./cite-figure.js";
import { type TextScope, citeMoney } from "./cite-money.js";
import { IN_NOTE, misplacedNote, misplacedNotes } from "./misplaced-notes.js";
import { Markup, escapeText } from "./markup.js";
import { unknownName } from "./unknown.js";

/**
 * Turns the texts of a plan into markup: *nghiêng*, **đậm**, [^footnote], and citations by name:
 * {{figures.…}}, {{so figures.…}}, {{tien …}}, {{muc …}}, {{phuluc …}}, {{vanban …}}, {{issuer.…}},
 * {{nam}}. An unknown name is reported with the closest match.
 */
export class PlanTexts {
  readonly problems: Diagnostic[] = [];
  /** Footnotes in the order they are called. */
  readonly footnotes: string[] = [];
  readonly #noteNumbers = new Map<string, number>();
  readonly #nodeIds: ReadonlySet<string>;
  readonly #namesOfNodes: readonly string[];

  constructor(
    readonly plan: EvaluatedPlan,
    private readonly dates: CitationDates,
  ) {
    const { ids, twice } = idsOf(plan);
    this.#nodeIds = ids;
    this.#namesOfNodes = [...ids];
    this.problems.push(...twice, ...misplacedNotes(plan));
  }

  /** One text as markup. `path` is its place in the plan, for findings. */
  render(text: string, path: PlanPath, scope: TextScope = { money: null }): Markup {
    const markup = parseCited(text)
      .map((part) => this.#part(part, path, scope))
      .join("");
    return new Markup(from(path, markup));
  }

  /**
   * "Phụ lục II", as the plan names its appendices. The decree: numbered only when there are two or
   * more.
   */
  appendixLabel(index: number): string {
    const { appendixLabel, appendices } = this.plan;
    if (appendices.length === 1) return "Phụ lục";
    const number = appendixLabel.endsWith("I") ? romanNumeral(index + 1) : String(index + 1);
    return `${appendixLabel.replace(/ [I1]$/u, "")} ${number}`;
  }

  #part(part: CitedPart, path: PlanPath, scope: TextScope): string {
    switch (part.kind) {
      case "text":
        return escapeText(part.text);
      case "open":
        return part.mark === "bold" ? "<b>" : "<i>";
      case "close":
        return part.mark === "bold" ? "</b>" : "</i>";
      case "footnote":
        return this.#valueOf(this.#footnote(part.id, path));
      case "citation":
        return this.#valueOf(this.#cite(part, path, scope));
      default:
        return assertNever(part);
    }
  }

  #valueOf(cited: Outcome<string>): string {
    this.problems.push(...cited.problems);
    return cited.ok ? cited.value : "";
  }

  #footnote(id: string, path: PlanPath): Outcome<string> {
    const { footnotes } = this.plan;
    if (path[0] === "footnotes") return fail([misplacedNote(id, IN_NOTE, path)]);
    if (!Object.hasOwn(footnotes, id)) {
      const allowed = namesOfNotes(this.plan);
      const what = both("chú thích", "footnote");
      return fail([unknownName({ code: "unknown-footnote", name: id, allowed, what }, path)]);
    }
    // The tree numbers notes as they come on the page; here each gets a name.
    const number = this.#noteNumbers.get(id) ?? this.footnotes.push(id);
    this.#noteNumbers.set(id, number);
    return succeed(`<note number="${number}"/>`);
  }

  /** What a citation stands for, as markup. */
  #cite(citation: Citation, path: PlanPath, scope: TextScope): Outcome<string> {
    const { verb, words, source, complete } = citation;
    if (!complete) return fail([incomplete(source, path)]);
    const [name = ""] = words;
    const ofTable = this.plan.dataTables.has(name.split(".")[0] ?? "");
    switch (verb) {
      case "so":
        return escaped(
          ofTable
            ? citeCell(this.plan, words, "bare", path)
            : citeFigure(this.plan, name, "bare", path),
        );
      case "tien":
        return escaped(
          ofTable
            ? citeCell(this.plan, words, "full", path)
            : citeMoney(this.plan, words, scope, path),
        );
      case "muc":
        return this.#section(name, path);
      case "phuluc":
        return this.#appendix(name, path);
      case "vanban":
        return this.#document(name, path);
      case null:
        if (ofTable) return escaped(citeCell(this.plan, words, "full", path));
        if (name.startsWith("figures.")) return escaped(citeFigure(this.plan, name, "full", path));
        return this.#fact(name, source, path);
      default:
        return assertNever(verb);
    }
  }

  /** The year, the issuer's names. */
  #fact(name: string, source: string, path: PlanPath): Outcome<string> {
    if (name === "nam") return succeed(String(this.plan.date.year));
    const fact = factsOf(this.plan).get(name);
    if (fact) return succeed(escapeText(fact));
    const allowed = namesOfFacts(this.plan);
    const what = both("tên", "name");
    return fail([unknownName({ code: "unknown-name", name: source, allowed, what }, path)]);
  }

  #section(name: string, path: PlanPath): Outcome<string> {
    if (this.#nodeIds.has(name)) return succeed(`<ref to="${escapeText(name)}"/>`);
    const what = both("mục có mã", "section with id");
    const allowed = this.#namesOfNodes;
    return fail([unknownName({ code: "unknown-section", name, allowed, what }, path)]);
  }

  /** A document of `documents`, cited in full. */
  #document(name: string, path: PlanPath): Outcome<string> {
    const { documents } = this.plan;
    const document = Object.hasOwn(documents, name) ? documents[name] : undefined;
    if (document) return succeed(escapeText(citeDocument(document, this.dates)));
    const what = both("văn bản có mã", "document with id");
    const allowed = namesOfDocuments(this.plan);
    return fail([unknownName({ code: "unknown-document", name, allowed, what }, path)]);
  }

  #appendix(name: string, path: PlanPath): Outcome<string> {
    const ids = idsOfAppendices(this.plan);
    const index = ids.indexOf(name);
    if (index >= 0) return succeed(escapeText(this.appendixLabel(index)));
    const what = both("phụ lục có mã", "appendix with id");
    return fail([unknownName({ code: "unknown-appendix", name, allowed: ids, what }, path)]);
  }
}

function factsOf({ issuer }: EvaluatedPlan): ReadonlyMap<string, string | null> {
  return new Map([
    ["issuer.name", issuer.name],
    ["issuer.short", issuer.short],
    ["issuer.place", issuer.place],
  ]);
}

const namesOfFacts = oncePer((plan: EvaluatedPlan): readonly string[] => [
  ...[...factsOf(plan)].flatMap(([known, value]) => (value ? [known] : [])),
  "nam",
  ...namesOfFigures(plan.figures),
  ...[...plan.dataTables.keys()].map((id) => `${id}.tong`),
]);

const namesOfNotes = oncePer(({ footnotes }: EvaluatedPlan) => Object.keys(footnotes));
const namesOfDocuments = oncePer(({ documents }: EvaluatedPlan) => Object.keys(documents));
const idsOfAppendices = oncePer(({ appendices }: EvaluatedPlan) => appendices.map(({ id }) => id));

/** Markup that says where its words come from in the plan. */
function from(path: PlanPath, markup: string): string {
  return path.length === 0 || markup === "" ? markup : `<s at="${printPath(path)}">${markup}</s>`;
}

function escaped(cited: Outcome<string>): Outcome<string> {
  return cited.ok ? succeed(escapeText(cited.value)) : cited;
}

/** Ids of nodes, projects and appendices; each is used once. */
function idsOf(plan: EvaluatedPlan): {
  readonly ids: ReadonlySet<string>;
  readonly twice: readonly Diagnostic[];
} {
  const ids = new Set<string>();
  const twice: Diagnostic[] = [];
  const declare = (id: string | null, path: PlanPath): void => {
    if (id === null) return;
    if (ids.has(id)) twice.push(usedTwice(id, path));
    ids.add(id);
  };
  walkPlan(plan, {
    node: (node, path) => declare(idOf(node), [...path, "id"]),
    project: ({ id }, path) => declare(id, [...path, "id"]),
  });
  plan.appendices.forEach(({ id }, index) => declare(id, ["appendices", index, "id"]));
  return { ids, twice };
}

function usedTwice(id: string, path: PlanPath): Diagnostic {
  return planError(
    "id-twice",
    path,
    both(`mã “${id}” đã dùng cho một mục khác`, `the id “${id}” is used already`),
    both("mỗi mã dùng một lần; đổi một trong hai", "an id is used once; change one of the two"),
  );
}

function incomplete(source: string, path: PlanPath): Diagnostic {
  return planError(
    "citation-syntax",
    path,
    both(`chỗ dẫn “{{${source}” viết chưa đủ`, `the citation “{{${source}” is not complete`),
    both(
      "viết {{figures.ten}}, {{tien tong}}, {{muc ma}} hoặc {{phuluc ma}}",
      "write {{figures.name}}, {{tien tong}}, {{muc id}} or {{phuluc id}}",
    ),
  );
}
