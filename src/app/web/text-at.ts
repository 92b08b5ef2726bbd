import type { PlanPath } from "../../base/diagnostic.js";
import { valueAt } from "../../plan/raw-data.js";

/** A text of the data; empty where none stands. */
export function textAt(data: unknown, path: PlanPath): string {
  const value = valueAt(data, path);
  return typeof value === "string" ? value : "";
}
