import type { PlanPath } from "../../base/diagnostic.js";
import type { Data, DataObject } from "./data.js";

/** Plan data without what could not stand in it, and the words that went. */
export interface RepairedData {
  readonly data: DataObject;
  /** Words that found no other place, in the order in which they went. */
  readonly moved: readonly string[];
}

/**
 * Mend plan data that the plan's own rules refuse at some places: a part of the outline becomes
 * plain text, with what it holds; a field of the head or the tail goes, its words are kept. The
 * last resort of an import: a document is never refused for what was made of it.
 */
export function repairData(data: DataObject, places: readonly PlanPath[]): RepairedData {
  const moved: string[] = [];
  let mended: Data = data;
  // From the end, so that places before stay where they are; what lies in a place that went is
  // mended with it.
  const units = [...new Map(places.map((path) => unitOf(data, path)).map(keyed)).values()];
  for (const unit of units.sort((a, b) => comparePaths(b, a))) {
    if (units.some((other) => other !== unit && contains(other, unit))) continue;
    mended = replaceAt(mended, unit, (value) => {
      const plain = isNodePlace(unit) ? asText(value) : null;
      if (plain !== null && plain.length > 0) return plain;
      moved.push(...textsOf(value));
      return PLACEHOLDERS.get(unit.join(".")) ?? null;
    });
  }
  return { data: mended as DataObject, moved: moved.filter((text) => text.trim() !== "") };
}

/** What the plan cannot do without. */
const PLACEHOLDERS: ReadonlyMap<string, Data> = new Map<string, Data>([
  ["issuer.name", "…"],
  ["issuer", { name: "…" }],
  ["subject", "…"],
  ["body", ["…"]],
]);

/** The smallest part of the data that can go as a whole: a node, an entry of a list, a field. */
function unitOf(data: Data, path: PlanPath): PlanPath {
  for (let length = path.length; length > 0; length--) {
    const prefix = path.slice(0, length);
    if (isNodePlace(prefix) && valueAt(data, prefix) !== undefined) return prefix;
  }
  for (let length = path.length; length > 0; length--) {
    const prefix = path.slice(0, length);
    if (valueAt(data, prefix) !== undefined) return prefix;
  }
  return path.slice(0, 1);
}

/** A place in a list of an outline: "body[3]", "appendices[0].body[1].body[2]". */
function isNodePlace(path: PlanPath): boolean {
  return typeof path.at(-1) === "number" && path.at(-2) === "body";
}

function keyed(path: PlanPath): readonly [string, PlanPath] {
  return [path.join("\u0000"), path];
}

function contains(outer: PlanPath, inner: PlanPath): boolean {
  return outer.length < inner.length && outer.every((step, index) => step === inner[index]);
}

function comparePaths(a: PlanPath, b: PlanPath): number {
  for (const [index, step] of a.entries()) {
    const other = b[index];
    if (other === undefined) return 1;
    if (step === other) continue;
    return typeof step === "number" && typeof other === "number"
      ? step - other
      : String(step) < String(other)
        ? -1
        : 1;
  }
  return a.length - b.length;
}

function valueAt(data: Data | undefined, path: PlanPath): Data | undefined {
  return path.reduce<Data | undefined>(
    (value, step) =>
      typeof value === "object" && value !== null && Object.hasOwn(value, step)
        ? (value as Readonly<Record<string | number, Data | undefined>>)[step]
        : undefined,
    data,
  );
}

/** Data with something else at a place: several values in a list, nothing for null. */
function replaceAt(
  data: Data,
  [first, ...rest]: PlanPath,
  change: (value: Data) => readonly Data[] | Data,
): Data {
  if (first === undefined || typeof data !== "object" || data === null) return data;
  const put = (value: Data | undefined): readonly Data[] => {
    if (value === undefined) return [];
    if (rest.length > 0) return [replaceAt(value, rest, change)];
    const changed = change(value);
    return changed === null
      ? []
      : Array.isArray(changed)
        ? (changed as readonly Data[])
        : [changed];
  };
  if (Array.isArray(data)) {
    const list = data as readonly Data[];
    const place = Number(first);
    return [...list.slice(0, place), ...put(list[place]), ...list.slice(place + 1)];
  }
  const object = data as DataObject;
  return Object.fromEntries(
    Object.entries(object).flatMap(([name, value]) => {
      if (name !== String(first)) return [[name, value] as const];
      const inner = put(value);
      if (inner.length === 0) return [];
      return [[name, rest.length === 0 && inner.length > 1 ? inner : inner[0]] as const];
    }),
  );
}

/** A node of an outline as plain texts, with the nodes that stand in it. */
function asText(node: Data): readonly Data[] {
  if (typeof node !== "object" || node === null || Array.isArray(node)) {
    const clean = String(node ?? "")
      .replace(UNPRINTABLE, "")
      .trim();
    return clean === "" || clean === node ? [] : [clean];
  }
  const { body, table, ...own } = node as DataObject;
  const words = textsOf(own).join(" ").trim();
  return [
    ...(words === "" ? [] : [words]),
    ...rowsOf(table),
    ...(Array.isArray(body) ? (body as readonly Data[]) : []),
  ];
}

/** Signs that no text of a plan may hold. */
const UNPRINTABLE =
  /[\p{M}\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufffe\uffff]|[\ud800-\udfff]/gu;

/** Rows of a table as lines of text. */
function rowsOf(table: Data | undefined): readonly string[] {
  if (typeof table !== "object" || table === null)
    return table === undefined ? [] : [String(table)];
  const { rows, columns } = table as { readonly rows?: Data; readonly columns?: Data };
  return [columns, ...(Array.isArray(rows) ? (rows as readonly Data[]) : [])]
    .map((row) => textsOf(row ?? null).join(" | "))
    .filter((line) => line.trim() !== "");
}

function textsOf(data: Data): readonly string[] {
  if (data === null || typeof data === "boolean") return [];
  if (typeof data !== "object") return [String(data)];
  const values = Array.isArray(data)
    ? (data as readonly Data[])
    : Object.values(data as DataObject);
  return values.flatMap((value) => textsOf(value ?? null));
}
