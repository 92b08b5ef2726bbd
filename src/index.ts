/** The library: a plan's text in, files or findings out. Disk access is in `kehoach/node`. */
export { FORMATS, type Format, type Generated, type PlanText, generate } from "./roads/build.js";
export type { Diagnostic, Outcome, Place, LocalizedText } from "./base/diagnostic.js";
export { type Deflate, portableDeflate } from "./base/deflate.js";
export type { FontFile, FontFiles, TemplateSet, TextFile, World } from "./base/world.js";
export { planJsonSchema } from "./plan/json-schema.js";
export { type ParsedPlan, type ProfileData, parsePlan, parseProfile } from "./plan/parse-plan.js";
export type { Plan } from "./plan/schema.js";
