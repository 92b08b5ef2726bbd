import { decimalOf, formatDecimal } from "../../base/numbers.js";
import { capitalize, slugOf } from "../../base/text.js";
import { type CitationDates, citeDocument } from "../../plan/cite.js";
import type { CitedDocument } from "../../plan/schema.js";
import { type Knowledge, wordPattern } from "../../knowledge/knowledge.js";
import type { SourceParagraph } from "../source-text.js";
import { findAmounts, readNumber } from "./amounts.js";
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
  abouts: readonly string[],
  sentences: readonly SourceParagraph[],
  { knowledge, dates, taken }: Asked,
): References {
  const documents = new Map<string, CitedDocument>();
  const figures = new Map<string, DataObject>();
  const substitutions = new Map<SourceParagraph, Substitution[]>();
  const substitute = (paragraph: SourceParagraph, one: Substitution): void => {
    const list = substitutions.get(paragraph) ?? [];
    if (!list.some((other) => other.from < one.to && one.from < other.to)) list.push(one);
    substitutions.set(paragraph, list);
  };
  const cite = (paragraph: SourceParagraph): void => {
    for (const { document, from, to } of findCitations(paragraph.text, knowledge)) {
      const id = register(documents, document);
      const known = documents.get(id) ?? document;
      if (citeDocument(known, dates) === paragraph.text.slice(from, to))
        substitute(paragraph, { from, to, text: `{{vanban ${id}}}` });
    }
  };
  const count = (paragraph: SourceParagraph, targets: boolean): void => {
    const amounts = findAmounts(paragraph.text).map(({ words, ...amount }) => ({
      ...amount,
      unit: words,
      money: true,
    }));
    for (const found of [
      ...amounts,
      ...(targets ? findQuantities(paragraph.text, knowledge) : []),
    ]) {
      if (taken.get(paragraph)?.has(found.from)) continue;
      const typed = /^[\d.,]+/u.exec(paragraph.text.slice(found.from))?.[0] ?? "";
      const digits = /^0\d/u.test(typed) ? { digits: typed.split(",")[0]?.length ?? 1 } : {};
      const places = typed.split(",")[1]?.length ?? 0;
      const decimals =
        places > 0 && formatDecimal(decimalOf(found.value)).split(",")[1]?.length !== places
          ? { decimals: places }
          : {};
      const shown = `${formatDecimal(decimalOf(found.value), { whole: digits.digits ?? 1, fraction: decimals.decimals ?? 0 })}${found.unit === "%" ? "" : " "}${found.unit}`;
      const same = !found.partial && shown === paragraph.text.slice(found.from, found.to);
      // A target that plan data would write otherwise stays words; an amount of money is data all
      // the same.
      if (!same && !found.money) continue;
      const label = labelOf(paragraph.text, found.from, found.to);
      const id = freeName(
        figures,
        slugOf(label.split(" ").slice(-5).join(" ")).replace(/^[^a-z]+/u, "") || "so",
      );
      figures.set(id, {
        value: found.value,
        unit: found.unit,
        ...digits,
        ...decimals,
        ...(label === "" ? {} : { label: capitalize(label) }),
      });
      if (same)
        substitute(paragraph, { from: found.from, to: found.to, text: `{{figures.${id}}}` });
    }
  };
  const target = new RegExp(wordPattern(knowledge.targetHeadings), "iu");
  const seen = new Set<SourceParagraph>();
  const visit = (list: readonly OutlineNode[], targets: boolean): void => {
    for (const node of list) {
      const { paragraph } = node.title;
      if (node.table === null && !seen.has(paragraph)) {
        seen.add(paragraph);
        if (node.kind !== "heading") cite(paragraph);
        // "Đơn vị tính: 1.000 đồng" is no amount.
        if (!/^\(?(?:Đơn vị tính|Đơn vị|ĐVT)\s*:/u.test(paragraph.text))
          count(paragraph, targets && node.kind !== "heading");
      }
      visit(
        node.children,
        targets || (node.kind === "heading" && target.test(spanText(node.title))),
      );
    }
  };
  // What a basis is about may cite a document in turn.
  for (const text of abouts)
    for (const { document } of findCitations(text, knowledge)) register(documents, document);
  sentences.forEach(cite);
  visit(nodes, false);
  return { documents, figures, substitutions };
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
    String.raw`(?<![\p{L}\d/.,-])(\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:,\d+)?)\s*(${wordPattern(knowledge.figureUnits)})(?![\p{L}\d])`,
    "gu",
  );
  const amounts = findAmounts(text);
  return [...text.matchAll(pattern)].flatMap((match) => {
    const [from, to] = [match.index, match.index + match[0].length];
    return amounts.some((one) => one.from < to && from < one.to)
      ? []
      : [
          {
            value: readNumber(match[1] ?? ""),
            unit: match[2] ?? "",
            from,
            to,
            partial: /\d\s*[-–]\s*$/u.test(text.slice(0, from)),
            money: false,
          },
        ];
  });
}

/**
 * What a number is a number of: the words before it, back to the last sign; where there are none,
 * those after it.
 */
function labelOf(text: string, from: number, to: number): string {
  const before =
    text
      .slice(0, from)
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

function freeName(taken: ReadonlyMap<string, unknown>, wanted: string): string {
  for (let copy = 1; ; copy++) {
    const id = copy === 1 ? wanted : `${wanted}-${copy}`;
    if (!taken.has(id)) return id;
  }
}
