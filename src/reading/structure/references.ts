import { decimalOf, formatDecimal } from "../../base/numbers.js";
import { capitalize, slugOf } from "../../base/text.js";
import { type CitationDates, citeDocument } from "../../plan/cite.js";
import type { CitedDocument } from "../../plan/schema.js";
import { type Knowledge, wordPattern } from "../../knowledge/knowledge.js";
import type { SourceParagraph } from "../source-text.js";
import { findAmounts, readNumber, textBefore } from "./amounts.js";
import { documentId, findCitations } from "./citations.js";
import type { DataObject } from "./data.js";
import type { Substitution } from "./markup.js";
import { type OutlineNode, spanText } from "./outline-node.js";

/** Documents and figures that the text speaks of, as data, and the letters that cite them. */
export interface References {
  readonly documents: ReadonlyMap<string, CitedDocument>;
  readonly figures: ReadonlyMap<string, DataObject>;
  readonly substitutions: ReadonlyMap<SourceParagraph, readonly Substitution[]>;
}

interface Asked {
  readonly knowledge: Knowledge;
  readonly dates: CitationDates;
  /** Amounts that are data elsewhere, by the place where they begin. */
  readonly taken: ReadonlyMap<SourceParagraph, ReadonlySet<number>>;
}

/**
 * Collect the documents, amounts and targets of an outline. What plan data would print in other
 * words stays as it is written, and is data all the same.
 */
export function findReferences(
  nodes: readonly OutlineNode[],
  subjects: readonly string[],
  sentences: readonly SourceParagraph[],
  asked: Asked,
): References {
  const { knowledge } = asked;
  const collector = new ReferenceCollector(asked);
  const target = new RegExp(wordPattern(knowledge.targetHeadings), "iu");
  const seen = new Set<SourceParagraph>();
  const visit = (list: readonly OutlineNode[], wanted: Wanted): void => {
    for (const node of list) {
      const { paragraph } = node.title;
      const heading = node.kind === "heading";
      if (node.table === null && !seen.has(paragraph)) {
        seen.add(paragraph);
        if (!heading) collector.cite(paragraph);
        // "Đơn vị tính: 1.000 đồng" is no amount.
        if (!/^\(?(?:Đơn vị tính|Đơn vị|ĐVT)\s*:/u.test(paragraph.text))
          collector.count(paragraph, heading ? "amounts" : wanted);
      }
      const opensTargets = heading && target.test(spanText(node.title));
      visit(node.children, opensTargets ? "targets" : wanted);
    }
  };
  // What a basis is about may cite a document in turn.
  for (const text of subjects)
    for (const { document } of findCitations(text, knowledge))
      register(collector.documents, document);
  for (const sentence of sentences) collector.cite(sentence);
  visit(nodes, "amounts");
  return collector;
}

/** Which figures count in a paragraph: amounts of money, or under targets all quantities. */
type Wanted = "amounts" | "targets";

class ReferenceCollector implements References {
  readonly documents = new Map<string, CitedDocument>();
  readonly figures = new Map<string, DataObject>();
  readonly substitutions = new Map<SourceParagraph, Substitution[]>();

  /** Names that several figures would have, and the number of the next. */
  readonly #copies = new Map<string, number>();

  constructor(private readonly asked: Asked) {}

  /** Note the documents that a paragraph cites. */
  cite(paragraph: SourceParagraph): void {
    const { knowledge, dates } = this.asked;
    for (const { document, from, to } of findCitations(paragraph.text, knowledge)) {
      const id = register(this.documents, document);
      const known = this.documents.get(id) ?? document;
      if (citeDocument(known, dates) === paragraph.text.slice(from, to))
        this.#substitute(paragraph, { from, to, text: `{{vanban ${id}}}` });
    }
  }

  /** Note the figures of a paragraph. */
  count(paragraph: SourceParagraph, wanted: Wanted): void {
    const { knowledge, taken } = this.asked;
    const { text } = paragraph;
    const amounts = findAmounts(text).map(({ words, ...amount }) => ({
      ...amount,
      unit: words,
      money: true,
    }));
    const quantities = wanted === "targets" ? findQuantities(text, knowledge) : [];
    for (const found of [...amounts, ...quantities]) {
      if (taken.get(paragraph)?.has(found.from)) continue;
      const { from, to, value, unit } = found;
      const format = numberFormat(text.slice(from), value);
      const same = !found.partial && printedFigure(value, unit, format) === text.slice(from, to);
      // A target that plan data would write otherwise stays words; an amount of money is data all
      // the same.
      if (!same && !found.money) continue;
      const label = labelOf(text, from, to);
      const words = label.split(" ").slice(-5).join(" ");
      const id = this.#freeName(
        slugOf(words)
          .replace(/^[^a-z]+/u, "")
          .slice(0, LONGEST_NAME) || "so",
      );
      this.figures.set(id, {
        value,
        unit,
        ...format,
        ...(label === "" ? {} : { label: capitalize(label) }),
      });
      if (same) this.#substitute(paragraph, { from, to, text: `{{figures.${id}}}` });
    }
  }

  #freeName(wanted: string): string {
    for (let copy = this.#copies.get(wanted) ?? 1; ; copy++) {
      const id = copy === 1 ? wanted : `${wanted}-${copy}`;
      this.#copies.set(wanted, copy + 1);
      if (!this.figures.has(id)) return id;
    }
  }

  #substitute(paragraph: SourceParagraph, one: Substitution): void {
    const list = this.substitutions.get(paragraph) ?? [];
    const place = placeOf(list, one.from);
    if (!overlapsAt(list, place, one)) list.splice(place, 0, one);
    this.substitutions.set(paragraph, list);
  }
}

interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** Where a stretch that begins here goes among others that are in order and apart. */
function placeOf(list: readonly Stretch[], from: number): number {
  let [low, high] = [0, list.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((list[middle]?.from ?? 0) < from) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Whether a stretch has letters in common with its neighbours at a place. */
function overlapsAt(list: readonly Stretch[], place: number, { from, to }: Stretch): boolean {
  return (list[place - 1]?.to ?? from) > from || (list[place]?.from ?? to) < to;
}

/** Digits of a number that its value does not tell: zeros before it, and after its comma. */
interface NumberFormat {
  readonly digits?: number;
  readonly decimals?: number;
}

function numberFormat(text: string, value: number): NumberFormat {
  const typed = /^[\d.,]+/u.exec(text)?.[0] ?? "";
  const [whole = "", fraction = ""] = typed.split(",");
  const places = fraction.length;
  const plain = formatDecimal(decimalOf(value)).split(",")[1]?.length;
  return {
    ...(/^0\d/u.test(typed) ? { digits: whole.length } : {}),
    ...(places > 0 && plain !== places ? { decimals: places } : {}),
  };
}

/** A figure as plan data prints it: "6,8%", "1.438 hộ". */
function printedFigure(value: number, unit: string, { digits, decimals }: NumberFormat): string {
  const number = formatDecimal(decimalOf(value), { whole: digits ?? 1, fraction: decimals ?? 0 });
  return `${number}${unit === "%" ? "" : " "}${unit}`;
}

/**
 * Under which name a document is known; the same document is known once, a poorer mention of it as
 * the richer.
 */
function register(documents: Map<string, CitedDocument>, document: CitedDocument): string {
  const base = documentId(document);
  for (let copy = 1; ; copy++) {
    const id = copy === 1 ? base : `${base}-${copy}`;
    const known = documents.get(id);
    if (known === undefined) {
      documents.set(id, document);
      return id;
    }
    if (JSON.stringify(known) === JSON.stringify(document)) return id;
  }
}

/** Numbers with the unit of a target: "6,8%", "1.438 hộ". */
function findQuantities(
  text: string,
  knowledge: Knowledge,
): readonly {
  readonly value: number;
  readonly unit: string;
  readonly from: number;
  readonly to: number;
  readonly partial: boolean;
  readonly money: false;
}[] {
  const pattern = new RegExp(
    String.raw`(?<![\p{L}\d/.,-])(\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:,\d+)?)` +
      String.raw`\s*(${wordPattern(knowledge.figureUnits)})(?![\p{L}\d])`,
    "gu",
  );
  const amounts = findAmounts(text);
  return [...text.matchAll(pattern)].flatMap((match) => {
    const [from, to] = [match.index, match.index + match[0].length];
    return overlapsAt(amounts, placeOf(amounts, from), { from, to })
      ? []
      : [
          {
            value: readNumber(match[1] ?? ""),
            unit: match[2] ?? "",
            from,
            to,
            partial: /\d\s*[-–]\s*$/u.test(textBefore(text, from)),
            money: false,
          },
        ];
  });
}

/** Letters of a figure's name: YAML has no keys of more than 1,024. */
const LONGEST_NAME = 60;
/** Letters before a number in which the words for it stand. */
const LONGEST_LABEL = 400;

/**
 * What a number is a number of: the words before it, back to the last sign; where there are none,
 * those after it.
 */
function labelOf(text: string, from: number, to: number): string {
  const before =
    text
      .slice(Math.max(0, from - LONGEST_LABEL), from)
      .replace(/(?:khoảng|là|đạt|dự kiến|[\s:(“",])+$/iu, "")
      .split(/[;:()“”"]|[.,](?!\d)/u)
      .at(-1) ?? "";
  const words = before
    .trim()
    .replace(/^(?:\d+[.)]|\p{Ll}\)|[-+*])\s*/u, "")
    .split(/\s+/u)
    .filter((word) => word !== "");
  // Behind another number begins what this one is of.
  const own = words.slice(
    words.findLastIndex((word) => /\d/u.test(word) && !/^(?:19|20)\d\d$/u.test(word)) + 1,
  );
  if (own.length > 0)
    return own
      .slice(-12)
      .join(" ")
      .replace(/^[^\p{L}]+/u, "");
  return (text.slice(to).split(/[;:()“”"]|[.,](?!\d)/u)[0] ?? "")
    .trim()
    .split(/\s+/u)
    .slice(0, 8)
    .join(" ");
}
