import { type Outcome, fail, succeed } from "../base/diagnostic.js";
import { type Styles, buildStyles } from "../document/styles.js";
import type { DocumentTree } from "../document/tree.js";
import { layoutDocument } from "../layout/layout-document.js";
import type { PagedDocument } from "../layout/pages/page.js";
import { DEFAULT_PROFILE } from "../plan/profile.js";
import { renderTemplate } from "../template/render.js";
import { type Family, openFamily } from "../typeface/family.js";
import type { OpenedPlan } from "./opened-plan.js";
import type { World } from "./world.js";

/** A plan laid out: what every kind of file is written from. */
export interface LaidOutPlan {
  readonly tree: DocumentTree;
  readonly styles: Styles;
  readonly family: Family;
  readonly pages: PagedDocument;
}

/**
 * An opened plan as a document tree, without pages: for reading and comparing.
 * Errors: those of templates and citations.
 */
export async function renderPlan(
  { plan }: OpenedPlan,
  { templates }: World,
): Promise<Outcome<DocumentTree>> {
  return renderTemplate(plan, templates, (plan.profile ?? DEFAULT_PROFILE).citationDates);
}

/**
 * From plan to pages.
 * Errors: those of `renderPlan`, of fonts that cannot be opened, and of pages: characters without
 * glyphs, tables too wide.
 */
export async function layOutPlan(opened: OpenedPlan, world: World): Promise<Outcome<LaidOutPlan>> {
  const tree = await renderPlan(opened, world);
  if (!tree.ok) return tree;
  const family = await openFamily(world.fonts);
  if (!family.ok) return fail(family.problems);
  const styles = buildStyles(opened.plan.profile ?? DEFAULT_PROFILE);
  const pages = layoutDocument(tree.value, styles, family.value, opened.pictures);
  if (!pages.ok) return pages;
  return succeed({ tree: tree.value, styles, family: family.value, pages: pages.value });
}
