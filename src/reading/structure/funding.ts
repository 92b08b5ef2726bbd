import {
  MONEY_UNITS,
  type MoneyUnit,
  formatAmount,
  formatMoney,
  moneyOf,
  sumMoney,
} from "../../base/money.js";
import type { Knowledge } from "../../knowledge/knowledge.js";
import type { SourceParagraph } from "../source-text.js";
import { inUnit } from "./amounts.js";
import { type FundingGroup, type PlacedAmount, findGroups } from "./funding-groups.js";
import type { OutlineNode } from "./outline-node.js";
import type { FoundProject } from "./projects.js";

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
