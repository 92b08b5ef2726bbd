import type { PlanState, StoredPlan } from "./plan-store.js";

/** A plan's row: what is stored of it, and what a search looks in. */
export interface PlanRow extends StoredPlan {
  readonly folded: string;
}

interface VersionRow {
  readonly planId: string;
  readonly number: number;
  readonly at: string;
  readonly author: string;
  readonly note: string;
  readonly state: PlanState;
  readonly text: string;
}

/** The tables of the database. */
export interface Tables {
  readonly plans: PlanRow;
  readonly versions: VersionRow;
}
