import { findProject, projectIds, sumFunding } from "../plan/funding.js";
import { type EvaluatedPlan, cellNames, findCell, moneyUnit } from "../tables/evaluate-plan.js";
import { isNumber } from "../tables/data-table.js";
import {
  type Diagnostic,
  type PlanPath,
  type LocalizedText,
  both,
  following,
  planError,
} from "../base/diagnostic.js";
import {
  MONEY_UNITS,
  type Money,
  type MoneyUnit,
  formatAmount,
  formatMoney,
} from "../base/money.js";
import { nearest } from "../base/nearest.js";
import { formatDecimal, romanNumeral, shiftDecimal } from "../base/numbers.js";
import { figureNames, findFigure } from "../plan/figure.js";
import type { Node, Project } from "../plan/schema.js";
import { walkNodes } from "../plan/walk-nodes.js";
import { type CitationDates, citeDocument } from "../plan/cite.js";
import { figurePiece, formatFigure } from "./format-figure.js";
import { Markup, escapeText } from "./markup.js";

/** What `{{tien}}` without a name stands for: the sum of the project around it. */
export interface TextScope {
  readonly money: Money | null;
}

/**
 * Turns the texts of a plan into markup: *nghiêng*, **đậm**, [^footnote], and citations by name:
 * {{figures.…}}, {{so figures.…}}, {{tien …}}, {{muc …}}, {{phuluc …}}, {{vanban …}}, {{issuer.…}},
 * {{nam}}. A name that leads nowhere is a finding with the nearest one.
 */
export class PlanTexts {
  readonly problems: Diagnostic[] = [];
  /** Footnotes in the order they are called. */
  readonly footnotes: string[] = [];
  readonly #nodeIds: ReadonlySet<string>;

  constructor(
    readonly plan: EvaluatedPlan,
    private readonly dates: CitationDates,
  ) {
    const ids = new Set<string>();
    const declare = (id: string | null, path: PlanPath): void => {
      if (id === null) return;
      if (ids.has(id))
        this.problems.push(
          planError(
            "id-twice",
            path,
            both(`mã “${id}” đã dùng cho một mục khác`, `the id “${id}” is used already`),
            both(
              "mỗi mã dùng một lần; đổi một trong hai",
              "an id is used once; change one of the two",
            ),
          ),
        );
      ids.add(id);
    };
    const declareNodes = (nodes: readonly Node[], path: PlanPath): void =>
      walkNodes(nodes, path, (node, at) => {
        if ("id" in node) declare(node.id, [...at, "id"]);
      });
    const visitProjects = (projects: readonly Project[] | null, path: PlanPath): void =>
      projects?.forEach((project, index) => {
        declare(project.id, [...path, index, "id"]);
        visitProjects(project.projects, [...path, index, "projects"]);
      });
    declareNodes(plan.body, ["body"]);
    plan.appendices.forEach((appendix, index) => {
      declare(appendix.id, ["appendices", index, "id"]);
      declareNodes(appendix.body ?? [], ["appendices", index, "body"]);
    });
    visitProjects(plan.programme?.projects ?? null, ["programme", "projects"]);
    this.#nodeIds = ids;
  }

  /** One text as markup. `path` is its place in the plan, for findings. */
  render(text: string, path: PlanPath, scope: TextScope = { money: null }): Markup {
    const marks = pairMarks(text);
    let out = "";
    let last = 0;
    const emit = (upTo: number): void => {
      out += escapeText(text.slice(last, upTo));
    };
    const pattern = /\\([\\*[{])|\{\{([^{}]*)(\}\})?|\[\^([^\]\s]*)\]|\*\*?/gu;
    for (const match of text.matchAll(pattern)) {
      const at = match.index;
      if (at < last) continue;
      const tag = marks.get(at);
      if (match[0].startsWith("*") && tag === undefined) continue;
      emit(at);
      last = at + match[0].length;
      if (tag !== undefined) out += tag;
      else if (match[1] !== undefined) out += escapeText(match[1]);
      else if (match[2] !== undefined)
        out += this.#cite(match[2].trim(), match[3] !== undefined, path, scope);
      else if (match[4] !== undefined) out += this.#footnote(match[4], path);
    }
    emit(text.length);
    return new Markup(out);
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

  #footnote(id: string, path: PlanPath): string {
    if (!Object.hasOwn(this.plan.footnotes, id))
      return this.#unknown(
        "unknown-footnote",
        path,
        id,
        Object.keys(this.plan.footnotes),
        both("chú thích", "footnote"),
      );
    // A note called again is the same note: its number stands there once more.
    const again = this.footnotes.includes(id);
    if (!again) this.footnotes.push(id);
    return `<note number="${this.footnotes.indexOf(id) + 1}"${again ? ' again="true"' : ""}/>`;
  }

  #cite(source: string, closed: boolean, path: PlanPath, scope: TextScope): string {
    const [first = "", ...rest] = source.split(/\s+/u);
    if (!closed || first === "") {
      this.problems.push(
        planError(
          "citation-syntax",
          path,
          both(`chỗ dẫn “{{${source}” viết chưa đủ`, `the citation “{{${source}” is not complete`),
          both(
            "viết {{figures.ten}}, {{tien tong}}, {{muc ma}} hoặc {{phuluc ma}}",
            "write {{figures.name}}, {{tien tong}}, {{muc id}} or {{phuluc id}}",
          ),
        ),
      );
      return "";
    }
    const table =
      (first === "so" || first === "tien" ? (rest[0] ?? "") : first).split(".")[0] ?? "";
    if (this.plan.dataTables.has(table))
      return escapeText(
        this.#cell(
          first === "so" || first === "tien" ? rest : [first, ...rest],
          first === "so",
          path,
        ),
      );
    if (first === "so") return escapeText(this.#figure(rest[0] ?? "", path, true));
    if (first.startsWith("figures.")) return escapeText(this.#figure(first, path, false));
    if (first === "tien") return escapeText(this.#money(rest, path, scope));
    if (first === "muc") return this.#section(rest[0] ?? "", path);
    if (first === "phuluc") return escapeText(this.#appendix(rest[0] ?? "", path));
    if (first === "vanban") return this.#document(rest[0] ?? "", path);
    if (first === "nam") return String(this.plan.date.year);
    const facts: Record<string, string | null> = {
      "issuer.name": this.plan.issuer.name,
      "issuer.short": this.plan.issuer.short,
      "issuer.place": this.plan.issuer.place,
    };
    const fact = Object.hasOwn(facts, first) ? facts[first] : null;
    if (fact) return escapeText(fact);
    return this.#unknown(
      "unknown-name",
      path,
      source,
      [
        ...Object.keys(facts).filter((name) => facts[name]),
        "nam",
        ...figureNames(this.plan.figures),
        ...[...this.plan.dataTables.keys()].map((id) => `${id}.tong`),
      ],
      both("tên", "name"),
    );
  }

  #figure(name: string, path: PlanPath, bare: boolean): string {
    const steps = name.split(".");
    const found = steps[0] === "figures" ? findFigure(this.plan.figures, steps.slice(1)) : null;
    const text =
      found === null
        ? null
        : found.rest.length === 0
          ? formatFigure(found.figure, bare)
          : figurePiece(found.figure, found.rest);
    return (
      text ??
      this.#unknown(
        "unknown-figure",
        path,
        name,
        figureNames(this.plan.figures),
        both("số liệu", "figure"),
      )
    );
  }

  /**
   * A cell of a table: "phan-bo.tong.nstw", "chi-tieu.xa-an-khuong.giam", with its unit unless
   * `bare`; money in another unit when one is named.
   */
  #cell([name = "", ...unitWords]: readonly string[], bare: boolean, path: PlanPath): string {
    const [id = "", row = "", column = ""] = name.split(".");
    const dataTable = this.plan.dataTables.get(id);
    const found = dataTable ? findCell(dataTable, row, column) : null;
    if (!dataTable || found === null)
      return this.#unknown(
        "unknown-cell",
        path,
        name,
        dataTable ? cellNames(dataTable) : [],
        both("ô", "cell"),
      );
    const {
      value,
      column: { unit, fixedPlaces },
    } = found;
    if (value === null) {
      this.problems.push(
        following(
          planError(
            "cell-empty",
            path,
            both(
              `ô “${name}” trống nên không dẫn được`,
              `the cell “${name}” is empty and cannot be cited`,
            ),
            both(
              "điền số trong bảng, hoặc bỏ chỗ dẫn",
              "give it a number in the table, or drop the citation",
            ),
          ),
          ["tables"],
        ),
      );
      return "";
    }
    if (!isNumber(value)) return value;
    const own = moneyUnit(unit);
    const wanted = unitWords.length === 0 ? own : namedUnit(unitWords.join(" "));
    if (unitWords.length > 0 && own === null) {
      this.problems.push(
        following(
          planError(
            "no-money",
            path,
            both(
              `cột “${found.column.spec.title}” không tính bằng tiền, nên không đổi sang “${unitWords.join(" ")}” được`,
              `the column “${found.column.spec.title}” is not in money and cannot be given in “${unitWords.join(" ")}”`,
            ),
            both(
              `viết {{${name}}}; nếu là tiền, ghi unit: ở bảng hoặc ở cột`,
              `write {{${name}}}; if it is money, give the table or the column a unit:`,
            ),
          ),
          ["programme"],
        ),
      );
      return "";
    }
    if (unitWords.length > 0 && wanted === null)
      return this.#unknown(
        "unknown-unit",
        path,
        unitWords.join(" "),
        Object.keys(MONEY_UNITS),
        both("đơn vị tiền", "unit of money"),
      );
    const shown =
      own !== null && wanted !== null
        ? formatAmount(shiftDecimal(value, MONEY_UNITS[own]), wanted)
        : formatDecimal(value, { whole: 1, fraction: fixedPlaces });
    const shownUnit = own !== null && wanted !== null ? wanted : unit;
    return bare || shownUnit === null
      ? shown
      : shownUnit === "%"
        ? `${shown}%`
        : `${shown} ${shownUnit}`;
  }

  #money(words: readonly string[], path: PlanPath, scope: TextScope): string {
    const { programme } = this.plan;
    const name = words[0] ?? "";
    if (name === "" && scope.money !== null)
      return formatMoney(scope.money, programme?.unit ?? "đồng");
    if (programme === null || name === "") {
      this.problems.push(
        following(
          planError(
            "no-money",
            path,
            both("{{tien}} ở đây không rõ là tiền nào", "{{tien}} names no amount here"),
            both(
              "viết {{tien tong}}, {{tien ma-du-an.tong}}, {{tien ma-du-an.nguon}} hoặc {{tien nguon}}",
              "write {{tien tong}}, {{tien project.tong}}, {{tien project.source}} or {{tien source}}",
            ),
          ),
          ["programme"],
        ),
      );
      return "";
    }
    const unitWords = words.slice(1).join(" ");
    const unit = unitWords === "" ? programme.unit : namedUnit(unitWords);
    const [target = "", part = "tong"] = name.split(".");
    const amount = this.#amount(programme.projects, target, part);
    if (amount === undefined || unit === null) {
      const sources = Object.keys(programme.sources);
      const ids = projectIds(programme.projects);
      const names = [
        "tong",
        ...sources,
        ...ids.flatMap((id) => ["tong", ...sources].map((source) => `${id}.${source}`)),
      ];
      return unit === null
        ? this.#unknown(
            "unknown-unit",
            path,
            unitWords,
            Object.keys(MONEY_UNITS),
            both("đơn vị tiền", "unit of money"),
          )
        : this.#unknown("unknown-amount", path, name, names, both("khoản tiền", "amount"));
    }
    if (amount === null) {
      this.problems.push(
        following(
          planError(
            "amount-not-given",
            path,
            both(
              `số tiền “${name}” chưa có (null) nên không dẫn được`,
              `the amount “${name}” is not given (null) and cannot be cited`,
            ),
            both(
              "điền số tiền ở chương trình, hoặc bỏ chỗ dẫn",
              "give the amount in the programme, or drop the citation",
            ),
          ),
          ["programme"],
        ),
      );
      return "";
    }
    return formatMoney(amount, unit);
  }

  /** undefined: no such name; null: named, not given. */
  #amount(projects: readonly Project[], target: string, part: string): Money | null | undefined {
    const programme = this.plan.programme;
    if (programme === null) return undefined;
    const pick = (chosen: readonly Project[], source: string): Money | null | undefined => {
      const sums = sumFunding(programme, chosen);
      return source === "tong" ? sums.total : sums.bySource.get(source);
    };
    if (target === "tong" || target === "programme") return pick(projects, part);
    const project = findProject(projects, target);
    if (project) return pick([project], part);
    return part === "tong" ? pick(projects, target) : undefined;
  }

  #section(id: string, path: PlanPath): string {
    if (this.#nodeIds.has(id)) return `<ref to="${escapeText(id)}"/>`;
    return this.#unknown(
      "unknown-section",
      path,
      id,
      this.#nodeIds,
      both("mục có mã", "section with id"),
    );
  }

  /** A document of `documents`, cited in full. */
  #document(id: string, path: PlanPath): string {
    const document = Object.hasOwn(this.plan.documents, id) ? this.plan.documents[id] : undefined;
    if (document) return escapeText(citeDocument(document, this.dates));
    return this.#unknown(
      "unknown-document",
      path,
      id,
      Object.keys(this.plan.documents),
      both("văn bản có mã", "document with id"),
    );
  }

  #appendix(id: string, path: PlanPath): string {
    const index = this.plan.appendices.findIndex((appendix) => appendix.id === id);
    if (index >= 0) return this.appendixLabel(index);
    return this.#unknown(
      "unknown-appendix",
      path,
      id,
      this.plan.appendices.map((appendix) => appendix.id),
      both("phụ lục có mã", "appendix with id"),
    );
  }

  #unknown(
    code: UnknownCode,
    path: PlanPath,
    name: string,
    allowed: Iterable<string>,
    what: LocalizedText,
  ): string {
    const names = [...allowed];
    const near = nearest(name, names);
    const shown = names.slice(0, 12).join(", ") + (names.length > 12 ? ", …" : "");
    const finding = planError(
      code,
      path,
      both(`không có ${what.vi} “${name}”`, `there is no ${what.en} “${name}”`),
      near !== null
        ? both(`có phải là “${near}”?`, `did you mean “${near}”?`)
        : names.length > 0
          ? both(`đang có: ${shown}`, `there are: ${shown}`)
          : both("kế hoạch chưa khai báo mục nào loại này", "the plan declares none of this kind"),
    );
    this.problems.push(following(finding, ...DECLARED_IN[code]));
    return "";
  }
}

/** Where what a text may name is declared: a fault there may be why the name is unknown. */
const DECLARED_IN = {
  "unknown-name": [["figures"]],
  "unknown-figure": [["figures"]],
  "unknown-amount": [["programme"]],
  "unknown-section": [["programme"], ["body"]],
  "unknown-appendix": [["appendices"]],
  "unknown-footnote": [["footnotes"]],
  "unknown-document": [],
  "unknown-cell": [],
  "unknown-unit": [],
} as const;
type UnknownCode = keyof typeof DECLARED_IN;

/** "triệu" and "triệu đồng" name the same unit. */
function namedUnit(words: string): MoneyUnit | null {
  return (
    ([words, `${words} đồng`].find((word) => Object.hasOwn(MONEY_UNITS, word)) as
      MoneyUnit | undefined) ?? null
  );
}

/**
 * Places of * and ** that really open and close, with the tag for each. A lone star stays a star.
 */
function pairMarks(text: string): ReadonlyMap<number, string> {
  const tags = new Map<number, string>();
  if (!text.includes("*")) return tags;
  const open: { at: number; sign: string }[] = [];
  for (const match of text.matchAll(/\\.|\{\{[^{}]*\}\}|\*\*?/gu)) {
    const sign = match[0];
    if (!sign.startsWith("*")) continue;
    const at = match.index;
    const before = text[at - 1] ?? " ";
    const after = text[at + sign.length] ?? " ";
    const last = open.at(-1);
    if (last?.sign === sign && !/\s/u.test(before) && !/[\p{L}\p{N}]/u.test(after)) {
      open.pop();
      const name = sign === "**" ? "b" : "i";
      tags.set(last.at, `<${name}>`);
      tags.set(at, `</${name}>`);
    } else if (
      !/\s/u.test(after) &&
      !/[\p{L}\p{N}]/u.test(before) &&
      !open.some((mark) => mark.sign === sign)
    )
      open.push({ at, sign });
  }
  // A mark left open inside a closed pair would cross it; pairs are strictly nested because `open`
  // is a stack and only its top closes.
  return tags;
}
