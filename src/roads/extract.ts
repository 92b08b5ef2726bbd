import {
  type Diagnostic,
  type Outcome,
  both,
  fail,
  fileError,
  succeed,
} from "../base/diagnostic.js";
import { suggest } from "../base/suggest.js";
import { hashBytes, printHash } from "../base/sha256.js";
import { slugOf } from "../base/text.js";
import { extractPlan } from "../extracts/extract-plan.js";
import {
  MANIFEST_FILE,
  type ListedExtract,
  numbersOf,
  writeManifest,
} from "../extracts/manifest.js";
import { findUnit, unitNames } from "../tables/assignee-share.js";
import type { EvaluatedPlan } from "../tables/evaluate-plan.js";
import { withPlan } from "./open-plan.js";
import type { OpenedPlan, PlanText } from "./opened-plan.js";
import type { World } from "./world.js";
import { DEFAULT_OPTIONS, type Format, SUFFIX, makeFiles, sealed } from "./write-files.js";

/**
 * Where extracts go, one file at a time: those of three thousand communes never stand in memory.
 */
export interface ExtractSink {
  /** Called before each extract. */
  readonly begin: (assignee: string, number: number, of: number) => void | Promise<void>;
  readonly save: (name: string, bytes: Uint8Array) => void;
}

/** How many extracts were made, and their pages. */
export interface MadeExtracts {
  readonly assignees: number;
  readonly pages: number;
}

/**
 * Build what each assignee is given, for every assignee that the tables divide among, and a
 * manifest that lists the files with their hashes and numbers and shows that they add up to the
 * plan's totals. Warnings come with the result.
 * Errors: as of `buildPlan`; no table names assignees; extracts that do not add up. Files that were
 * saved before an error are of no use.
 */
export async function extractPlans(
  input: PlanText,
  formats: readonly Format[],
  world: World,
  sink: ExtractSink,
): Promise<Outcome<MadeExtracts>> {
  return withPlan(input, world, async (opened) => {
    const assignees = unitNames(opened.plan.dataTables);
    if (assignees.length === 0) return fail([noAssignees(input.file)]);
    const listed: ListedExtract[] = [];
    const shares: EvaluatedPlan["dataTables"][] = [];
    const nameFor = uniqueNames();
    let pages = 0;
    for (const [index, assignee] of assignees.entries()) {
      await sink.begin(assignee, index + 1, assignees.length);
      const plan = extractPlan(opened.plan, assignee);
      if (plan === null) continue;
      const made = await makeFiles({ ...opened, plan }, formats, world, EXTRACT_OPTIONS);
      if (!made.ok) return made;
      const stem = nameFor(slugOf(assignee) || `don-vi-${index + 1}`);
      const files = [...made.value.files].map(([format, content]) => {
        const bytes = sealed(format, content);
        const name = `${stem}${SUFFIX[format]}`;
        sink.save(name, bytes);
        return { name, sha256: printHash(hashBytes(bytes)) };
      });
      shares.push(plan.dataTables);
      listed.push({ unit: assignee, files, tables: numbersOf(plan.dataTables) });
      pages += made.value.pages;
    }
    const manifest = writeManifest(opened.plan, input, listed, shares);
    if (!manifest.ok) return manifest;
    sink.save(MANIFEST_FILE, manifest.value);
    return succeed({ assignees: listed.length, pages });
  });
}

/** An extract does not carry the whole plan: the others' numbers are none of its business. */
const EXTRACT_OPTIONS = { ...DEFAULT_OPTIONS, source: "left-out" } as const;

/**
 * An opened plan cut down to what one assignee is given.
 * Errors: an assignee that no table names.
 */
export function extractFor(opened: OpenedPlan, assignee: string): Outcome<OpenedPlan> {
  const known = findUnit(opened.plan.dataTables, assignee);
  const plan = known === null ? null : extractPlan(opened.plan, known);
  return plan === null
    ? fail([unknownAssignee(opened.input.file, assignee, unitNames(opened.plan.dataTables))])
    : succeed({ ...opened, plan });
}

/** The finding for an assignee that no table names, with the closest match. */
export function unknownAssignee(
  file: string,
  assignee: string,
  names: readonly string[],
): Diagnostic {
  return fileError(
    "unit-unknown",
    { file },
    both(
      `không bảng nào của kế hoạch giao cho đơn vị “${assignee}”`,
      `no table of the plan gives anything to “${assignee}”`,
    ),
    suggest(assignee, names, { list: both("các đơn vị", "the units"), none: GIVE_A_KEY }),
  );
}

const GIVE_A_KEY = both(
  "khai báo key: cho cột tên đơn vị của bảng",
  "give the table a key: the column of units",
);

function noAssignees(file: string): Diagnostic {
  return fileError(
    "no-units",
    { file },
    both("không bảng nào của kế hoạch có cột tên đơn vị", "no table of the plan names units"),
    GIVE_A_KEY,
  );
}

/** Gives each name once; a name that was given before gets a number. */
function uniqueNames(): (name: string) => string {
  const given = new Set<string>();
  return (name) => {
    let free = name;
    for (let count = 2; given.has(free); count++) free = `${name}-${count}`;
    given.add(free);
    return free;
  };
}
