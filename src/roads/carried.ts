import { type Outcome, succeed } from "../base/diagnostic.js";
import { carriedSiblings, nameInside } from "../carried/carried-files.js";
import { readSource } from "../carried/read-carried.js";
import { type DataFile, printManifest } from "../carried/source-record.js";
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
): Promise<Outcome<CarriedPlan & { readonly data: readonly DataFile[] }>> {
  const record = await readSource(bytes, file);
  if (!record.ok) return record;
  const { plan, profile, standards, data } = record.value;
  return succeed({
    file: `${file}!plan.yaml`,
    text: plan,
    profile,
    readSibling: carriedSiblings(data),
    standards: parseStandards(standards.join(",") || "none"),
    data: data.map(({ name, bytes: content }) => ({ name: nameInside(name), bytes: content })),
  });
}

/**
 * Give back what a made file carries, as files: the plan, the manifest, the spreadsheets. `stem` is
 * the name of the plan's file without its ending.
 * Errors: as of `openCarried`.
 */
export async function extractSource(
  bytes: Uint8Array,
  file: string,
  stem: string,
): Promise<Outcome<readonly DataFile[]>> {
  const record = await readSource(bytes, file);
  if (!record.ok) return record;
  const encoder = new TextEncoder();
  return succeed([
    { name: `${stem}.yaml`, bytes: encoder.encode(record.value.plan) },
    { name: `${stem}.source.json`, bytes: encoder.encode(printManifest(record.value)) },
    ...record.value.data.map(({ name, bytes: content }) => ({
      name: nameInside(name),
      bytes: content,
    })),
  ]);
}
