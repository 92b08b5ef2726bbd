import { type Diagnostic, type PlanPath, both, planError } from "../base/diagnostic.js";
import { isRecord } from "./raw-data.js";
import type { PlanSource } from "./source.js";

/** Plan data under today's names, and where an old name stands. */
export interface Renamed {
  readonly data: unknown;
  /** Paths under today's names, with the old name that stands at the end of each. */
  readonly places: readonly RenamedPlace[];
}

interface RenamedPlace {
  readonly path: PlanPath;
  readonly old: string;
}

/** Old names by where they stand; why they were changed is in `src/decisions/names.md`. */
const IN_TABLE = { units: "assignees", everyone: "allAssignees" } as const;
const IN_PROGRAMME = { skin: "variant" } as const;
const IN_PROJECT = { see: "refer" } as const;
const IN_NODE = { lead: "runIn", see: "refer" } as const;

type Names = Readonly<Record<string, string>>;

/**
 * Read plan data that may have names of earlier versions. What has none is given back as it is, by
 * identity. Nothing is checked here: what is of another shape is left to the schema.
 */
export function readOldNames(data: unknown): Renamed {
  const places: RenamedPlace[] = [];
  return { data: new Renamer(places).plan(data), places };
}

/** One warning for each old name, at the first place where it stands: it is read all the same. */
export function oldNameWarnings(places: readonly RenamedPlace[]): readonly Diagnostic[] {
  const byName = new Map<string, RenamedPlace[]>();
  for (const place of places) {
    const key = `${place.old} ${String(place.path.at(-1))}`;
    byName.set(key, [...(byName.get(key) ?? []), place]);
  }
  return [...byName.values()].flatMap(([first, ...others]) =>
    first === undefined ? [] : [oldName(first, others.length + 1)],
  );
}

function oldName({ path, old }: RenamedPlace, count: number): Diagnostic {
  const name = String(path.at(-1));
  const [vi, en] = count === 1 ? ["", ""] : [` (${count} chỗ)`, ` (${count} places)`];
  const finding = planError(
    "old-name",
    path,
    both(`“${old}” nay gọi là “${name}”${vi}`, `“${old}” is called “${name}” now${en}`),
    both(`đổi “${old}:” thành “${name}:”`, `change “${old}:” to “${name}:”`),
  );
  return { ...finding, severity: "warning", at: { in: "plan", path, key: true } };
}

/** The places of a plan whose file has old names: paths with today's names are found there. */
export function sourceWithOldNames(
  source: PlanSource,
  places: readonly RenamedPlace[],
): PlanSource {
  if (places.length === 0) return source;
  const old = new Map(places.map((place) => [place.path.join("\u0000"), place.old]));
  return {
    file: source.file,
    locate: (path, part) =>
      source.locate(
        path.map((step, index) => old.get(path.slice(0, index + 1).join("\u0000")) ?? step),
        part,
      ),
  };
}

class Renamer {
  constructor(private readonly places: RenamedPlace[]) {}

  plan(data: unknown): unknown {
    return change(data, {
      body: (body) => this.#nodes(body, ["body"]),
      tables: (tables) =>
        changeAll(tables, (table, id) => this.#rename(table, ["tables", id], IN_TABLE)),
      programme: (programme) => this.#programme(programme),
      appendices: (appendices) =>
        changeAll(appendices, (appendix, index) =>
          change(appendix, { body: (body) => this.#nodes(body, ["appendices", index, "body"]) }),
        ),
    });
  }

  #programme(programme: unknown): unknown {
    const path = ["programme"];
    return change(this.#rename(programme, path, IN_PROGRAMME), {
      projects: (projects) => this.#projects(projects, [...path, "projects"]),
    });
  }

  #projects(projects: unknown, path: PlanPath): unknown {
    return changeAll(projects, (project, index) => {
      const own = [...path, index];
      return change(this.#rename(project, own, IN_PROJECT), {
        body: (body) => this.#nodes(body, [...own, "body"]),
        fields: (fields) =>
          changeAll(fields, (field, place) =>
            change(field, { body: (body) => this.#nodes(body, [...own, "fields", place, "body"]) }),
          ),
        projects: (subs) => this.#projects(subs, [...own, "projects"]),
      });
    });
  }

  #nodes(nodes: unknown, path: PlanPath): unknown {
    return changeAll(nodes, (node, index) => {
      const own = [...path, index];
      return change(this.#rename(node, own, IN_NODE), {
        body: (body) => this.#nodes(body, [...own, "body"]),
      });
    });
  }

  /** The same object under today's names, in the same order. A name that is there twice stays. */
  #rename(value: unknown, path: PlanPath, names: Names): unknown {
    if (!isRecord(value)) return value;
    const renamed = Object.keys(names).filter((old) => {
      const name = names[old];
      return Object.hasOwn(value, old) && name !== undefined && !Object.hasOwn(value, name);
    });
    if (renamed.length === 0) return value;
    for (const old of renamed) this.places.push({ path: [...path, names[old] ?? old], old });
    return Object.fromEntries(
      Object.entries(value).map(([key, entry]) => [
        renamed.includes(key) ? (names[key] ?? key) : key,
        entry,
      ]),
    );
  }
}

/** An object with some entries changed; itself when none was. */
function change(
  value: unknown,
  changes: Readonly<Record<string, (entry: unknown) => unknown>>,
): unknown {
  if (!isRecord(value)) return value;
  let changed: Record<string, unknown> | null = null;
  for (const [key, work] of Object.entries(changes)) {
    if (!Object.hasOwn(value, key)) continue;
    const entry = work(value[key]);
    if (entry === value[key]) continue;
    changed ??= { ...value };
    changed[key] = entry;
  }
  return changed ?? value;
}

/** The entries of a list or object, each changed; itself when none was. */
function changeAll(
  value: unknown,
  work: (entry: unknown, key: string | number) => unknown,
): unknown {
  if (Array.isArray(value)) {
    const changed = value.map((entry: unknown, index) => work(entry, index));
    return changed.some((entry, index) => entry !== value[index]) ? changed : value;
  }
  if (!isRecord(value)) return value;
  return change(
    value,
    Object.fromEntries(
      Object.keys(value).map((key) => [key, (entry: unknown): unknown => work(entry, key)]),
    ),
  );
}
