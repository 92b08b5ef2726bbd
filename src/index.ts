/**
 * The library: what the command can do, a program can do. The roads take a plan's text or a file's
 * bytes and give files or findings. Disk access is in `kehoach/node`.
 */
export type { Diagnostic, LocalizedText, Outcome, Place, PlanPath } from "./base/diagnostic.js";
export { type Deflate, portableDeflate } from "./base/deflate.js";
export type { ReadSibling } from "./base/sibling.js";
export type { DataFile } from "./carried/source-record.js";
export { type Knowledge, parseKnowledge } from "./knowledge/knowledge.js";
export { planJsonSchema } from "./plan/json-schema.js";
export type { ProfileData } from "./plan/parse-data.js";
export { type ParsedPlan, parsePlan, parseProfile } from "./plan/parse-plan.js";
export type { Plan } from "./plan/schema.js";
export type { Coverage } from "./reading/coverage.js";
export { type BuildRequest, buildPlan } from "./roads/build.js";
export { type CarriedPlan, extractSource, openCarried } from "./roads/carried.js";
export { type CheckedPlan, checkPlan, explainShares } from "./roads/check.js";
export { type ExtractSink, type MadeExtracts, extractPlans } from "./roads/extract.js";
export { type GivenBack, type ImportRequest, type Imported, importPlan } from "./roads/import.js";
export type { PlanText } from "./roads/opened-plan.js";
export type { World } from "./roads/world.js";
export {
  DEFAULT_OPTIONS,
  FORMATS,
  type Format,
  type MadeFiles,
  type MakeOptions,
  SUFFIX,
} from "./roads/write-files.js";
export { VIEW_VERSION } from "./template/view-types.js";
export type { TemplateSet, TextFile } from "./template/template-set.js";
export type { FontFile, FontFiles } from "./typeface/font-file.js";
export { type PdfStandard, parseStandards } from "./writers/pdf/standard.js";
