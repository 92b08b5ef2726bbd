import { type Outcome, succeed } from "../base/diagnostic.js";
import { type SortedFiles, carriedSiblings, sortCarried } from "../carried/carried-files.js";
import { readSource } from "../carried/read-carried.js";
import { type DataFile, type SourceRecord, printManifest } from "../carried/source-record.js";
import { citedFiles } from "../plan/cited-files.js";
import { parsePlan } from "../plan/parse-plan.js";
import { type PdfStandard, parseStandards } from "../writers/pdf/standard.js";
import type { PlanText } from "./opened-plan.js";

/** The plan that a made file carries, ready for another road. */
export interface CarriedPlan extends PlanText {
  /** What the file was made to. */
  readonly standards: readonly PdfStandard[] | null;
  /** The file's name and the plan's own, as findings show it. */
  readonly file: string;
}

/** Whether a file's name says that it may be one of ours. */
export function mayCarryPlan(file: string): boolean {
  return /\.(?:pdf|docx)$/iu.test(file);
}

/**
 * Open the plan that a PDF or Word file of ours carries, with the profile and the spreadsheets it
 * was made with.
 * Errors: no source inside, a file that cannot be read, a source that was altered.
 */
export async function openCarried(
  bytes: Uint8Array,
  file: string,
): Promise<Outcome<CarriedPlan & { readonly given: SortedFiles }>> {
  const record = await readSource(bytes, file);
  if (!record.ok) return record;
  const { plan, profile, standards, data } = record.value;
  return succeed({
    file: `${file}!plan.yaml`,
    text: plan,
    profile,
    readSibling: carriedSiblings(data),
    standards: parseStandards(standards.join(",") || "none"),
    given: sortGiven(record.value, []),
  });
}

/**
 * Give back what a made file carries, as files: the plan, the manifest, and the files that the plan
 * names; others are left out and told. `stem` is the name of the plan's file without its ending.
 * Errors: as of `openCarried`.
 */
export async function extractSource(
  bytes: Uint8Array,
  file: string,
  stem: string,
): Promise<Outcome<SortedFiles>> {
  const record = await readSource(bytes, file);
  if (!record.ok) return record;
  const encoder = new TextEncoder();
  const own: readonly DataFile[] = [
    { name: `${stem}.yaml`, bytes: encoder.encode(record.value.plan) },
    { name: `${stem}.source.json`, bytes: encoder.encode(printManifest(record.value)) },
  ];
  const { files, leftOut } = sortGiven(
    record.value,
    own.map(({ name }) => name),
  );
  return succeed({ files: [...own, ...files], leftOut });
}

/** The carried files that the carried plan names. A plan that cannot be read names none. */
function sortGiven({ plan, profile, data }: SourceRecord, taken: readonly string[]): SortedFiles {
  const parsed = parsePlan(plan, "plan.yaml", profile);
  return sortCarried(data, parsed.ok ? citedFiles(parsed.value.plan) : new Set(), taken);
}
