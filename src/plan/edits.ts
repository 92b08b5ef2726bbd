import type { PlanPath } from "../base/diagnostic.js";
import { insertAt, moveTo, removeAt, setAt, valueAt } from "./edit-plan.js";
import { isRecord } from "./raw-data.js";

/**
 * One edit of a plan's data as a value: it can be sent to another thread, kept and repeated. Whoever
 * keeps a copy of the plan and is told the edits has the same plan, and what did not change in it
 * are the same objects as before.
 */
export type Edit =
  | { readonly kind: "set"; readonly path: PlanPath; readonly value: unknown }
  | { readonly kind: "insert"; readonly path: PlanPath; readonly value: unknown }
  | { readonly kind: "remove"; readonly path: PlanPath }
  | { readonly kind: "move"; readonly path: PlanPath; readonly to: PlanPath };

/**
 * Data after an edit. A name that is not there yet may be set. The empty path is the whole plan.
 * Errors: throws when a path leads nowhere.
 */
function applyEdit(data: unknown, edit: Edit): unknown {
  switch (edit.kind) {
    case "set":
      return setOrAdd(data, edit.path, edit.value);
    case "insert":
      return insertAt(data, edit.path, edit.value);
    case "remove":
      return removeAt(data, edit.path);
    case "move":
      return moveTo(data, edit.path, edit.to);
  }
}

/** Data after several edits, one after the other. */
export function applyEdits(data: unknown, edits: readonly Edit[]): unknown {
  return edits.reduce(applyEdit, data);
}

/**
 * The edits that make one state of the data out of another. What is the same object in both is not
 * looked into, so that an undo costs what it changes.
 */
export function editsBetween(from: unknown, to: unknown, path: PlanPath = []): readonly Edit[] {
  if (from === to) return [];
  const set: Edit = { kind: "set", path, value: to };
  if (Array.isArray(from) && Array.isArray(to))
    return from.length === to.length
      ? from.flatMap((entry: unknown, index) => editsBetween(entry, to[index], [...path, index]))
      : [set];
  if (!isRecord(from) || !isRecord(to)) return [set];
  const removed = Object.keys(from).filter((name) => !Object.hasOwn(to, name));
  return [
    ...removed.map((name): Edit => ({ kind: "remove", path: [...path, name] })),
    ...Object.entries(to).flatMap(([name, value]) =>
      Object.hasOwn(from, name)
        ? editsBetween(from[name], value, [...path, name])
        : [{ kind: "set", path: [...path, name], value } as const],
    ),
  ];
}

function setOrAdd(data: unknown, path: PlanPath, value: unknown): unknown {
  const name = path.at(-1);
  if (name === undefined) return value;
  const owner = valueAt(data, path.slice(0, -1));
  const isNew =
    typeof name === "string" &&
    typeof owner === "object" &&
    owner !== null &&
    !Array.isArray(owner) &&
    !Object.hasOwn(owner, name);
  return isNew
    ? setAt(data, path.slice(0, -1), { ...owner, [name]: value })
    : setAt(data, path, value);
}
