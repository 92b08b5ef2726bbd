import type { PlanPath } from "../base/diagnostic.js";

/** Whether a value of plan data is an object with names. */
export function isRecord(value: unknown): value is Record<string | number, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** What stands at a path of plan data that nobody has checked; undefined when nothing does. */
export function valueAt(data: unknown, path: PlanPath): unknown {
  return path.reduce<unknown>(
    (value, step) =>
      isRecord(value) || Array.isArray(value)
        ? (value as Record<string | number, unknown>)[step]
        : undefined,
    data,
  );
}
