import type { Outcome } from "../../base/diagnostic.js";

/** How far a plan has come: it is drafted, handed in, and issued with number and date. */
export const PLAN_STATES = ["draft", "submitted", "issued"] as const;
export type PlanState = (typeof PLAN_STATES)[number];

/** A plan in the list. */
export interface PlanSummary {
  readonly id: string;
  /** "Kế hoạch Thực hiện … năm 2026" */
  readonly title: string;
  readonly agency: string;
  readonly year: number | null;
  readonly state: PlanState;
  /** Number and symbol, once they are known. */
  readonly number: string | null;
  /** Counts saves, from 1. */
  readonly revision: number;
  /** Instants, ISO 8601 in UTC. */
  readonly createdAt: string;
  readonly savedAt: string;
  readonly trashedAt: string | null;
}

/** A plan as it was saved last. */
export interface StoredPlan extends PlanSummary {
  /** Its YAML text, with comments. */
  readonly text: string;
}

/** What is known of a plan's text without reading it again. */
export type PlanFacts = Pick<PlanSummary, "title" | "agency" | "year" | "number">;

/** A state of a plan that was kept under a name. */
export interface PlanVersion {
  readonly number: number;
  readonly at: string;
  readonly author: string;
  readonly note: string;
  readonly state: PlanState;
}

export interface PlanFilter {
  /** Words; marks and case do not count. */
  readonly words: string;
  readonly year: number | null;
  readonly state: PlanState | null;
  readonly trash: "without" | "only";
}

/** Why a save did not take place. */
export type SaveResult =
  | { readonly kind: "saved"; readonly revision: number; readonly savedAt: string }
  /** Somebody saved since: nothing was overwritten. */
  | { readonly kind: "conflict"; readonly revision: number }
  | { readonly kind: "frozen" }
  | { readonly kind: "missing" };

/**
 * What keeps plans. Every change is on the disk before its promise is kept. A save names the
 * revision that it was made from, and overwrites no other.
 */
export interface PlanStore {
  list(filter: PlanFilter): Promise<readonly PlanSummary[]>;
  read(id: string): Promise<StoredPlan | null>;
  create(text: string, facts: PlanFacts): Promise<StoredPlan>;
  save(id: string, from: number, text: string, facts: PlanFacts): Promise<SaveResult>;
  setState(id: string, from: number, state: PlanState): Promise<SaveResult>;
  trash(id: string): Promise<void>;
  restoreFromTrash(id: string): Promise<void>;
  versions(id: string): Promise<readonly PlanVersion[]>;
  readVersion(id: string, number: number): Promise<string | null>;
  keepVersion(id: string, author: string, note: string): Promise<PlanVersion | null>;
  close(): Promise<void>;
}

/** Opens a store. Errors: what keeps it from being opened, with what to do. */
export type OpenStore = (folder: string) => Promise<Outcome<PlanStore>>;
