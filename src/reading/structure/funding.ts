import {
  MONEY_UNITS,
  type MoneyUnit,
  formatAmount,
  formatMoney,
  moneyOf,
  sumMoney,
} from "../../base/money.js";
import { slugOf } from "../../base/text.js";
import type { Knowledge } from "../../knowledge/knowledge.js";
import type { SourceParagraph } from "../source-text.js";
import { type FoundAmount, findAmounts, inUnit } from "./amounts.js";
import { type OutlineNode, spanText } from "./outline-node.js";
import type { FoundProject } from "./projects.js";

/** An amount or its absence, with the letters that say it. */
interface PlacedAmount {
  readonly paragraph: SourceParagraph;
  readonly amount: FoundAmount | null;
}
interface SourceLine extends PlacedAmount {
  readonly source: string;
  readonly name: string;
  readonly note: string | null;
}
/** A total and the sources below it, or sources alone. */
interface FundingGroup {
  readonly total: PlacedAmount | null;
  readonly lines: readonly SourceLine[];
  readonly project: FoundProject | null;
}

/** Funding of a programme as a source gives it. Amounts in `unit`. */
export interface FoundFunding {
  readonly unit: MoneyUnit;
  /** Id → what texts call it, and what stands in brackets behind its amounts. */
  readonly sources: ReadonlyMap<string, { readonly name: string; readonly note: string | null }>;
  readonly projects: ReadonlyMap<FoundProject, ProjectFunding>;
  /** Totals of the whole programme as the source gives them. */
  readonly declared: ReadonlyMap<string, number>;
  /** Letters that say an amount of the programme, and how plan data cites it: "{{tien da2.tw}}". */
  readonly citations: readonly {
    readonly paragraph: SourceParagraph;
    readonly from: number;
    readonly to: number;
    readonly text: string;
  }[];
  /** Amounts that are data of the programme, cited or not. */
  readonly taken: ReadonlyMap<SourceParagraph, ReadonlySet<number>>;
}
export interface ProjectFunding {
  readonly bySource: ReadonlyMap<string, number | null>;
  readonly declared: ReadonlyMap<string, number>;
}

/** An amount's letters, and how plan data cites it. */
type Citation = FoundFunding["citations"][number];

/**
 * Find the funding of projects and of the whole in an outline: totals followed by sources, each
 * with its amount.
 */
export function findFunding(
  nodes: readonly OutlineNode[],
  projects: ReadonlyMap<OutlineNode, FoundProject>,
  knowledge: Knowledge,
): FoundFunding {
  const groups = findGroups(nodes, projects, knowledge);
  const unit = commonUnit(groups);
  const { funded, placed, left } = fundProjects(groups, unit);
  const roots = [...projects.values()].filter(({ parent }) => parent === null);
  const whole = roots.length === 0 ? [] : wholeGroups(left, unit);
  const sums = { unit, funded };
  return {
    unit,
    sources: sourcesOf(groups),
    projects: funded,
    declared: declaredTotals(whole, unit),
    citations: [
      ...placed.flatMap((group) =>
        group.project === null
          ? []
          : citationsOf(group, `${group.project.id}.`, [group.project], sums),
      ),
      ...whole.flatMap((group) => citationsOf(group, "", roots, sums)),
    ],
    taken: takenAmounts([...placed, ...whole]),
  };
}

/** What the groups call each source, by the first that names it. */
function sourcesOf(groups: readonly FundingGroup[]): FoundFunding["sources"] {
  const sources = new Map<string, { name: string; note: string | null }>();
  for (const { source, name, note } of groups.flatMap(({ lines }) => lines))
    if (!sources.has(source)) sources.set(source, { name, note });
  return sources;
}

/** Give each project the first group that stands in it; what no project takes is left. */
function fundProjects(
  groups: readonly FundingGroup[],
  unit: MoneyUnit,
): {
  readonly funded: ReadonlyMap<FoundProject, ProjectFunding>;
  readonly placed: readonly FundingGroup[];
  readonly left: readonly FundingGroup[];
} {
  const funded = new Map<FoundProject, ProjectFunding>();
  const placed: FundingGroup[] = [];
  const left: FundingGroup[] = [];
  const holdsFunded = (project: FoundProject): boolean =>
    project.projects.some(
      (sub) => groups.some((group) => group.project === sub) || holdsFunded(sub),
    );
  for (const group of groups) {
    const { project } = group;
    if (project === null || funded.has(project)) {
      left.push(group);
      continue;
    }
    // What stands on a project whose parts have funding of their own is a total of them.
    const kind = holdsFunded(project) ? "totals" : "own";
    funded.set(project, fundingOf(group, unit, kind));
    placed.push(group);
  }
  return { funded, placed, left };
}

function fundingOf(
  { total, lines }: FundingGroup,
  unit: MoneyUnit,
  kind: "own" | "totals",
): ProjectFunding {
  const given = new Map(
    lines.map(({ source, amount }) => [source, amount === null ? null : inUnit(amount, unit)]),
  );
  const declared = new Map(total?.amount ? [["tong", inUnit(total.amount, unit)]] : []);
  if (kind === "own") return { bySource: given, declared };
  for (const [source, value] of given) if (value !== null) declared.set(source, value);
  return { bySource: new Map(), declared };
}

/** The first total that stands in no project, and what repeats it. */
function wholeGroups(left: readonly FundingGroup[], unit: MoneyUnit): readonly FundingGroup[] {
  const free = left.filter(({ project }) => project === null);
  const whole = free.find(({ total }) => total !== null);
  return free.filter((group) => group === whole || hasSameTotal(group, whole, unit));
}

function hasSameTotal(
  group: FundingGroup,
  other: FundingGroup | undefined,
  unit: MoneyUnit,
): boolean {
  const [own, others] = [group.total?.amount ?? null, other?.total?.amount ?? null];
  return own !== null && others !== null && inUnit(own, unit) === inUnit(others, unit);
}

/** Totals of the whole programme as the source gives them. */
function declaredTotals(
  whole: readonly FundingGroup[],
  unit: MoneyUnit,
): ReadonlyMap<string, number> {
  return new Map(
    whole.flatMap(({ total, lines }): (readonly [string, number])[] => [
      ...(total?.amount ? [["tong", inUnit(total.amount, unit)] as const] : []),
      ...lines.flatMap(({ source, amount }) =>
        amount === null ? [] : [[source, inUnit(amount, unit)] as const],
      ),
    ]),
  );
}

function takenAmounts(groups: readonly FundingGroup[]): FoundFunding["taken"] {
  const taken = new Map<SourceParagraph, Set<number>>();
  for (const { total, lines } of groups)
    for (const { paragraph, amount } of [...(total ? [total] : []), ...lines])
      if (amount !== null)
        taken.set(paragraph, (taken.get(paragraph) ?? new Set<number>()).add(amount.from));
  return taken;
}

/** What sums of a programme are computed from. */
interface FundingSums {
  readonly unit: MoneyUnit;
  readonly funded: ReadonlyMap<FoundProject, ProjectFunding>;
}

/** Amounts of a group that can be cited by name; `prefix` is of the project: "da2.". */
function citationsOf(
  { total, lines }: FundingGroup,
  prefix: string,
  projects: readonly FoundProject[],
  sums: FundingSums,
): readonly Citation[] {
  return [
    ...(total ? citeAmount(total, `${prefix}tong`, sumOf(projects, null, sums), sums.unit) : []),
    ...lines.flatMap((line) =>
      citeAmount(line, `${prefix}${line.source}`, sumOf(projects, line.source, sums), sums.unit),
    ),
  ];
}

/** Cite an amount by name where the name gives just these words; otherwise the words stay. */
function citeAmount(
  { paragraph, amount }: PlacedAmount,
  name: string,
  computed: number | null,
  unit: MoneyUnit,
): readonly Citation[] {
  if (amount === null || computed === null) return [];
  const { from, to } = amount;
  return formatMoney(moneyOf(computed, unit), unit) === paragraph.text.slice(from, to)
    ? [{ paragraph, from, to, text: `{{tien ${name}}}` }]
    : [];
}

/** The sum of what projects and their parts have, of one source or of all; null for no amount. */
function sumOf(
  projects: readonly FoundProject[],
  source: string | null,
  { unit, funded }: FundingSums,
): number | null {
  const amountsOf = (project: FoundProject): readonly number[] => [
    ...[...(funded.get(project)?.bySource ?? [])].flatMap(([id, value]) =>
      (source === null || id === source) && value !== null ? [value] : [],
    ),
    ...project.projects.flatMap(amountsOf),
  ];
  const amounts = projects.flatMap(amountsOf);
  if (amounts.length === 0) return null;
  const sum = sumMoney(amounts.map((value) => moneyOf(value, unit)));
  return Number(formatAmount(sum, unit).replace(/\./gu, "").replace(",", "."));
}

function commonUnit(groups: readonly FundingGroup[]): MoneyUnit {
  const counts = new Map<MoneyUnit, number>();
  for (const { total, lines } of groups)
    for (const { amount } of [...(total ? [total] : []), ...lines])
      if (amount !== null) counts.set(amount.unit, (counts.get(amount.unit) ?? 0) + 1);
  return (
    [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? (Object.keys(MONEY_UNITS)[2] as MoneyUnit)
  );
}

/** One paragraph of the outline in reading order, with the project it stands in. */
interface Line {
  readonly paragraph: SourceParagraph;
  readonly from: number;
  readonly project: FoundProject | null;
  /** A heading between lines ends a group. */
  readonly heading: boolean;
}

function findGroups(
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
