import { type Outcome, fail, succeed } from "../base/diagnostic.js";
import { type Styles, buildStyles } from "../document/styles.js";
import { markSigns } from "../document/mark-signs.js";
import { reuseBlocks } from "../document/reuse-blocks.js";
import type { DocumentTree } from "../document/tree.js";
import type { KeptBoxes } from "../layout/kept-boxes.js";
import { layoutDocument } from "../layout/layout-document.js";
import type { PagedDocument } from "../layout/pages/page.js";
import { DEFAULT_PROFILE } from "../plan/profile.js";
import type { KeptMarkup } from "../template/kept-markup.js";
import { renderTemplate } from "../template/render.js";
import { isCarried } from "../typeface/carried-letters.js";
import { openFace } from "../typeface/face.js";
import { type Family, openFamily } from "../typeface/family.js";
import type { OpenedPlan } from "./opened-plan.js";
import type { World } from "./world.js";

/** A plan laid out: what every kind of file is written from. */
export interface LaidOutPlan {
  readonly tree: DocumentTree;
  /** The tree before its signs were marked. */
  readonly unsigned: DocumentTree;
  readonly styles: Styles;
  readonly family: Family;
  /** Code points of the text that are no usual letters, in order. */
  readonly rare: readonly number[];
  readonly pages: PagedDocument;
}

/** What an earlier version of a plan, of the same profile, left for the next. */
export interface KeptLayout {
  readonly markup: KeptMarkup;
  readonly tree: DocumentTree | null;
  readonly boxes: KeptBoxes;
}

/**
 * An opened plan as a document tree, without pages: for reading and comparing.
 * Errors: those of templates and citations.
 */
export async function renderPlan(
  { plan }: OpenedPlan,
  { templates }: World,
  kept: KeptMarkup | null = null,
): Promise<Outcome<DocumentTree>> {
  return renderTemplate(plan, templates, (plan.profile ?? DEFAULT_PROFILE).citationDates, kept);
}

/**
 * From plan to pages.
 * Errors: those of `renderPlan`, of fonts that cannot be opened, and of pages: characters without
 * glyphs, tables too wide. With what an earlier version `kept`, only what changed is laid out.
 */
export async function layOutPlan(
  opened: OpenedPlan,
  world: World,
  kept: KeptLayout | null = null,
): Promise<Outcome<LaidOutPlan>> {
  const rendered = await renderPlan(opened, world, kept?.markup ?? null);
  if (!rendered.ok) return rendered;
  const tree = kept?.tree ? reuseBlocks(kept.tree, rendered.value) : rendered.value;
  const family = await openFamily(world.fonts);
  if (!family.ok) return fail(family.problems);
  const styles = buildStyles(opened.plan.profile ?? DEFAULT_PROFILE);
  const signed = await setSigns(tree, family.value, world);
  const boxes = kept?.boxes ?? null;
  const pages = layoutDocument(signed.tree, styles, signed.family, opened.pictures, boxes);
  if (!pages.ok) return pages;
  return succeed({ ...signed, unsigned: tree, styles, pages: pages.value });
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
