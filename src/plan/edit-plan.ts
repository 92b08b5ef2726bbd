import { type PlanPath, printPath } from "../base/diagnostic.js";

/**
 * Edits of a plan, or of its data. A plan is a value: each edit gives a new one, in which only what
 * lies on the path is new; every other node is shared by identity. Undo keeps the old plan; preview
 * and merge see at once what is the same. What an edit makes is not checked: `parseData` is.
 * Errors: throws when the path leads nowhere; paths come from walks over the same plan.
 */
export function setAt<T>(plan: T, path: PlanPath, value: unknown): T {
  return replaceAt(plan, path, path, () => value) as T;
}

/** Put an entry into a list, before the entry that is at the path now; or at the list's end. */
export function insertAt<T>(plan: T, path: PlanPath, value: unknown): T {
  const [list, index] = splitPath(path);
  return replaceAt(plan, list, path, (entries) => {
    const before = listOf(entries, path);
    if (index > before.length) throw nowhere(path);
    return [...before.slice(0, index), value, ...before.slice(index)];
  }) as T;
}

/** Take an entry out of a list, or a name out of an object. */
export function removeAt<T>(plan: T, path: PlanPath): T {
  valueAt(plan, path);
  const last = path.at(-1);
  return replaceAt(plan, path.slice(0, -1), path, (owner) => {
    if (Array.isArray(owner)) return owner.filter((_, index) => index !== last);
    const { [String(last)]: _removed, ...rest } = owner as Record<string, unknown>;
    return rest;
  }) as T;
}

/**
 * Move an entry of a list to another place, which is counted before it is taken out: its own list
 * or another.
 */
export function moveTo<T>(plan: T, from: PlanPath, to: PlanPath): T {
  const value = valueAt(plan, from);
  const [fromList, fromIndex] = splitPath(from);
  const [toList, toIndex] = splitPath(to);
  if (printPath(fromList) === printPath(toList)) {
    const index = toIndex > fromIndex ? toIndex - 1 : toIndex;
    return insertAt(removeAt(plan, from), [...toList, index], value);
  }
  // The later of the two is done first: it does not shift the other.
  return isBefore(from, to)
    ? removeAt(insertAt(plan, to, value), from)
    : insertAt(removeAt(plan, from), to, value);
}

/** What stands at a path. */
export function valueAt(plan: unknown, path: PlanPath): unknown {
  return path.reduce<unknown>((value, step) => entryOf(value, step, path), plan);
}

function replaceAt(
  value: unknown,
  [step, ...rest]: PlanPath,
  whole: PlanPath,
  change: (value: unknown) => unknown,
): unknown {
  if (step === undefined) return change(value);
  const entry = entryOf(value, step, whole);
  const changed = replaceAt(entry, rest, whole, change);
  if (changed === entry) return value;
  return Array.isArray(value)
    ? value.map((one: unknown, index) => (index === step ? changed : one))
    : { ...(value as object), [step]: changed };
}

function entryOf(value: unknown, step: string | number, path: PlanPath): unknown {
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, step))
    throw nowhere(path);
  return (value as Record<string | number, unknown>)[step];
}

function splitPath(path: PlanPath): readonly [list: PlanPath, index: number] {
  const index = path.at(-1);
  if (typeof index !== "number") throw nowhere(path);
  return [path.slice(0, -1), index];
}

function listOf(value: unknown, path: PlanPath): readonly unknown[] {
  if (!Array.isArray(value)) throw nowhere(path);
  return value;
}

/** Whether a place comes before another in lists that both stand in. */
function isBefore(a: PlanPath, b: PlanPath): boolean {
  const index = a.findIndex((step, place) => step !== b[place]);
  const [left, right] = [a[index], b[index]];
  return typeof left === "number" && typeof right === "number" && left < right;
}

function nowhere(path: PlanPath): Error {
  return new Error(`nothing stands at ${printPath(path)}`);
}
