import { type Outcome, fail, succeed } from "../base/diagnostic.js";
import { type Styles, buildStyles } from "../document/styles.js";
import { markSigns } from "../document/mark-signs.js";
import type { DocumentTree } from "../document/tree.js";
import { layoutDocument } from "../layout/layout-document.js";
import type { PagedDocument } from "../layout/pages/page.js";
import { DEFAULT_PROFILE } from "../plan/profile.js";
import { renderTemplate } from "../template/render.js";
import { isCarried } from "../typeface/carried-letters.js";
import { openFace } from "../typeface/face.js";
import { type Family, openFamily } from "../typeface/family.js";
import type { OpenedPlan } from "./opened-plan.js";
import type { World } from "./world.js";

/** A plan laid out: what every kind of file is written from. */
export interface LaidOutPlan {
  readonly tree: DocumentTree;
  readonly styles: Styles;
  readonly family: Family;
  /** Code points of the text that are no usual letters, in order. */
  readonly rare: readonly number[];
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
  const signed = await setSigns(tree.value, family.value, world);
  const pages = layoutDocument(signed.tree, styles, signed.family, opened.pictures);
  if (!pages.ok) return pages;
  return succeed({ ...signed, styles, pages: pages.value });
}

/** The tree with its signs marked, and the face they are set in: opened only when there are any. */
async function setSigns(
  tree: DocumentTree,
  family: Family,
  { signs }: World,
): Promise<Pick<LaidOutPlan, "tree" | "family" | "rare">> {
  // What Word files do not carry of the text's faces comes from the face for signs too.
  const isRare = (code: number): boolean => family.regular.glyph(code) === null || !isCarried(code);
  const plain = markSigns(tree, () => false);
  const face = plain.rare.some(isRare) ? await openFace(signs()) : null;
  if (face === null) return { ...plain, family };
  const isSign = (code: number): boolean => isRare(code) && face.glyph(code) !== null;
  return { ...markSigns(tree, isSign), family: { ...family, signs: face } };
}
