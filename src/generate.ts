import { type Diagnostic, type Outcome, fail, succeed } from "./base/diagnostic.js";
import type { World } from "./base/world.js";
import { printTree } from "./document/print-tree.js";
import { buildStyles } from "./document/styles.js";
import { layoutDocument } from "./layout/layout-document.js";
import { printLayout } from "./layout/print-layout.js";
import { parsePlan } from "./plan/parse-plan.js";
import { DEFAULT_PROFILE, type Profile } from "./plan/profile.js";
import { locateAll } from "./plan/read-yaml.js";
import { renderTemplate } from "./template/render.js";
import { openFamily } from "./typeface/family.js";
import { openSubsetter } from "./typeface/subset.js";
import { writeText } from "./writers/text/write-text.js";

/** What a plan can be made into. `tree` and `layout` print the stops on the way, for those who look after templates. */
export const FORMATS = ["docx", "pdf", "tree", "layout", "text"] as const;
export type Format = (typeof FORMATS)[number];

/** A plan's text, as it was read. */
export interface PlanText {
  /** Name shown in findings. */
  readonly file: string;
  readonly text: string;
  /** The office's profile; what the plan itself says goes before it. */
  readonly profile: Profile | null;
}

/** A plan made into files. */
export interface Generated {
  readonly files: ReadonlyMap<Format, Uint8Array>;
  readonly pages: number;
}

/**
 * The road from a plan's text to its files: read, render, lay out, write. Nothing flows back.
 * Errors: every mistake of the stage that failed, each with file, line and column.
 */
export async function generate(input: PlanText, formats: readonly Format[], world: World): Promise<Outcome<Generated>> {
  const parsed = parsePlan(input.text, input.file);
  if (!parsed.ok) return parsed;
  const { plan, source } = parsed.value;
  const refuse = (problems: readonly Diagnostic[]): Outcome<never> => fail(locateAll(problems, source));

  const profile = plan.profile ?? input.profile ?? DEFAULT_PROFILE;
  const tree = renderTemplate(plan, world.templates, profile.citationDates);
  if (!tree.ok) return refuse(tree.problems);

  const family = openFamily(world.fonts);
  if (!family.ok) return refuse(family.problems);
  const styles = buildStyles(profile);
  const pages = layoutDocument(tree.value, styles, family.value);
  if (!pages.ok) return refuse(pages.problems);

  const files = new Map<Format, Uint8Array>();
  const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
  for (const format of formats) {
    switch (format) {
      case "pdf": {
        const { writePdf } = await import("./writers/pdf/write-pdf.js");
        files.set(format, await writePdf(pages.value, await openSubsetter(world.subsetter)));
        break;
      }
      case "docx": {
        const { writeDocx } = await import("./writers/docx/write-docx.js");
        files.set(format, await writeDocx(tree.value, styles, family.value, await openSubsetter(world.subsetter)));
        break;
      }
      case "tree":
        files.set(format, encode(printTree(tree.value)));
        break;
      case "layout":
        files.set(format, encode(printLayout(pages.value)));
        break;
      case "text":
        files.set(format, encode(writeText(tree.value)));
        break;
    }
  }
  return succeed({ files, pages: pages.value.pages.length });
}
