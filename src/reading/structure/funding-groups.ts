import { slugOf } from "../../base/text.js";
import type { Knowledge } from "../../knowledge/knowledge.js";
import type { SourceParagraph } from "../source-text.js";
import { type FoundAmount, findAmounts } from "./amounts.js";
import { type OutlineNode, spanText } from "./outline-node.js";
import type { FoundProject } from "./projects.js";

/** An amount or its absence, with the letters that say it. */
export interface PlacedAmount {
  readonly paragraph: SourceParagraph;
  readonly amount: FoundAmount | null;
}
interface SourceLine extends PlacedAmount {
  readonly source: string;
  readonly name: string;
  readonly note: string | null;
}
/** A total and the sources below it, or sources alone. */
export interface FundingGroup {
  readonly total: PlacedAmount | null;
  readonly lines: readonly SourceLine[];
  readonly project: FoundProject | null;
}

/** One paragraph of the outline in reading order, with the project it stands in. */
interface Line {
  readonly paragraph: SourceParagraph;
  readonly from: number;
  readonly project: FoundProject | null;
  /** A heading between lines ends a group. */
  readonly heading: boolean;
}

/** Find totals followed by sources, and sources alone, in the order of the text. */
export function findGroups(
  nodes: readonly OutlineNode[],
  projects: ReadonlyMap<OutlineNode, FoundProject>,
  knowledge: Knowledge,
): readonly FundingGroup[] {
  const lines: Line[] = [];
  const visit = (list: readonly OutlineNode[], project: FoundProject | null): void => {
    for (const node of list) {
      const own = projects.get(node) ?? project;
      if (node.table === null)
        lines.push({
          paragraph: node.title.paragraph,
          from: node.title.from,
          project: own,
          heading: node.kind === "heading" && spanText(node.title) !== "",
        });
      visit(node.children, own);
    }
  };
  visit(nodes, null);
  const groups: FundingGroup[] = [];
  for (let index = 0; index < lines.length;) {
    const line = lines[index] as Line;
    const inline = line.heading ? null : inlineGroup(line, knowledge);
    if (inline !== null) {
      groups.push({ ...inline, project: line.project });
      index++;
      continue;
    }
    const run: SourceLine[] = [];
    for (
      let next = lines[index];
      next !== undefined && !next.heading && next.project === line.project;
      next = lines[index + run.length]
    ) {
      const source = sourceLine(next, knowledge, run.length > 0);
      if (source === null || run.some((one) => one.source === source.source)) break;
      run.push(source);
    }
    if (run.length === 0 || run.every(({ amount }) => amount === null)) {
      index += Math.max(1, run.length);
      continue;
    }
    groups.push({
      total: totalAbove(lines, index, line.project),
      lines: run,
      project: line.project,
    });
    index += run.length;
  }
  return groups;
}

/** The amount of the line above, or of the one above a bare "Trong đó:". */
function totalAbove(
  lines: readonly Line[],
  index: number,
  project: FoundProject | null,
): PlacedAmount | null {
  for (const back of [1, 2]) {
    const line = lines[index - back];
    if (line === undefined || line.project !== project) return null;
    const amounts = findAmounts(line.paragraph.text);
    const last = amounts.at(-1);
    if (last)
      return line.heading && amounts.length > 1
        ? null
        : { paragraph: line.paragraph, amount: last };
    if (!/^(?:Trong đó|Gồm|Bao gồm|Cụ thể)\s*:?$/iu.test(line.paragraph.text.slice(line.from)))
      return null;
  }
  return null;
}

/**
 * "+ Vốn ngân sách địa phương: 241 triệu đồng.", "- Ngân sách tỉnh: 11 triệu đồng (vốn sự
 * nghiệp);", "+ Vốn huy động khác (dân đóng góp)."
 */
function sourceLine(
  { paragraph, from }: Line,
  knowledge: Knowledge,
  follows: boolean,
): SourceLine | null {
  const text = paragraph.text.slice(from);
  const amounts = findAmounts(paragraph.text).filter((amount) => amount.from >= from);
  const [amount] = amounts;
  if (amounts.length > 1 || text.length > 200) return null;
  const name = (amount ? paragraph.text.slice(from, amount.from) : text)
    .replace(/\s*(?:là|khoảng|dự kiến)?\s*:?\s*(?:là|khoảng|dự kiến|Khoảng)?\s*$/u, "")
    .replace(/[\s:;,.]+$/u, "");
  const source = sourceOf(name, knowledge);
  if (source === null || name.split(" ").length > 14) return null;
  if (amount === undefined)
    return follows && !/[:;,.]\s/u.test(text)
      ? { paragraph, amount: null, source, name, note: null }
      : null;
  const rest = paragraph.text.slice(amount.to);
  const note = /^\s*\(([^()]*)\)\s*[.;,]?$/u.exec(rest)?.[1] ?? null;
  return note !== null || /^[\s.;,]*$/u.test(rest)
    ? { paragraph, amount, source, name, note }
    : null;
}

/**
 * "Tổng kinh phí 100 triệu đồng, trong đó: ngân sách tỉnh 60 triệu đồng, ngân sách huyện 40 triệu
 * đồng." in one paragraph.
 */
function inlineGroup(
  { paragraph, from }: Line,
  knowledge: Knowledge,
): Omit<FundingGroup, "project"> | null {
  const amounts = findAmounts(paragraph.text).filter((amount) => amount.from >= from);
  const [total, ...parts] = amounts;
  const bracketed = total === undefined ? null : inBrackets(paragraph, total, knowledge);
  if (total !== undefined && bracketed !== null)
    return { total: { paragraph, amount: total }, lines: bracketed };
  if (
    total === undefined ||
    parts.length < 2 ||
    !/^[,;.:\s(]*(?:trong đó|gồm|bao gồm|cụ thể|từ)/iu.test(paragraph.text.slice(total.to))
  )
    return null;
  const lines: SourceLine[] = [];
  let start = total.to;
  for (const amount of parts) {
    const name = (
      paragraph.text
        .slice(start, amount.from)
        .split(/[:;,.+]|(?:^|\s)-\s|\svà\s|trong đó/iu)
        .filter((part) => part.trim() !== "")
        .at(-1) ?? ""
    )
      .replace(/\s*(?:là|khoảng|dự kiến)\s*$/u, "")
      .trim();
    const source = sourceOf(name, knowledge);
    if (source === null || lines.some((line) => line.source === source)) return null;
    lines.push({ paragraph, amount, source, name, note: null });
    start = amount.to;
  }
  return { total: { paragraph, amount: total }, lines };
}

/**
 * "2.200 triệu đồng (NSTW: 2.000; NS tỉnh: 200)": sources in brackets behind a total, with or
 * without its unit.
 */
function inBrackets(
  paragraph: SourceParagraph,
  total: FoundAmount,
  knowledge: Knowledge,
): SourceLine[] | null {
  const bracket = /^\s*\(([^()]+)\)/u.exec(paragraph.text.slice(total.to));
  const parts = (bracket?.[1] ?? "").split(/;\s*|,\s+/u);
  if (parts.length < 2) return null;
  const lines: SourceLine[] = [];
  for (const part of parts) {
    const line = bracketedLine(part.trim(), paragraph, total, knowledge);
    if (line === null || lines.some(({ source }) => source === line.source)) return null;
    lines.push(line);
  }
  return lines;
}

/** "NSTW: 2.000", "trong đó: ngân sách tỉnh 200 triệu đồng" */
function bracketedLine(
  part: string,
  paragraph: SourceParagraph,
  total: FoundAmount,
  knowledge: Knowledge,
): SourceLine | null {
  const match =
    /^(?:trong đó\s*:?\s*)?(\D*?)\s*:?\s*(\d[\d.]*(?:,\d+)?)\s*(\p{L}[\p{L}\s]*)?$/iu.exec(part);
  if (!match) return null;
  const [, name = "", number = "", unit] = match;
  const source = sourceOf(name, knowledge);
  const [amount] = findAmounts(`${number} ${unit ?? total.words}`);
  if (source === null || amount === undefined) return null;
  // Without a unit of its own the number is no amount in the text, and cannot be cited.
  const from = paragraph.text.indexOf(number, total.to);
  const length = number.length + (unit === undefined ? 0 : 1 + unit.length);
  return {
    paragraph,
    amount: { ...amount, from, to: from + length },
    source,
    name: name.replace(/[\s:]+$/u, ""),
    note: null,
  };
}

/** The id of a source of funding by what it is called; null for words that name none. */
function sourceOf(name: string, { fundingSources }: Knowledge): string | null {
  const folded = ` ${slugOf(name).replace(/-/gu, " ")} `;
  for (const [id, names] of fundingSources)
    if (names.some((one) => folded.includes(` ${slugOf(one).replace(/-/gu, " ")} `))) return id;
  return null;
}
