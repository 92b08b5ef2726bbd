import { type Money, moneyOf, sumMoney } from "../base/money.js";
import type { Programme, Project } from "./programme.js";

/**
 * Funding of a project with its sub-projects, by source. A source given without amount has null,
 * and counts nothing.
 */
export interface FundingSums {
  readonly total: Money;
  /** In the order of the programme's sources; only sources the project names. */
  readonly bySource: ReadonlyMap<string, Money | null>;
}

/** Sum the funding of projects over all levels, exact, in đồng. */
export function sumFunding(programme: Programme, projects: readonly Project[]): FundingSums {
  const given = new Map<string, Money[]>();
  const visit = (project: Project): void => {
    for (const [source, amount] of Object.entries(project.funding ?? {})) {
      const list = given.get(source) ?? given.set(source, []).get(source);
      if (amount !== null) list?.push(moneyOf(amount, programme.unit));
    }
    project.projects?.forEach(visit);
  };
  projects.forEach(visit);
  const bySource = new Map<string, Money | null>();
  for (const source of Object.keys(programme.sources)) {
    const amounts = given.get(source);
    if (amounts) bySource.set(source, amounts.length > 0 ? sumMoney(amounts) : null);
  }
  return { total: sumMoney([...bySource.values()].filter((money) => money !== null)), bySource };
}
