import { assertNever } from "../../base/diagnostic.js";
import { type Twip, ptFromTwips, roundedPtFromTwips } from "../../base/units.js";
import type {
  GlyphRun,
  LineItem,
  Page,
  PictureItem,
  Tag,
  TextItem,
} from "../../layout/pages/page.js";
import { ByteBuilder } from "./bytes.js";
import type { FontUse, UsedFace } from "./fonts.js";
import { num } from "./objects.js";
import type { PictureUse } from "./pictures.js";

/** A page's content, and which structure element each piece of marked content belongs to. */
export interface PageContent {
  readonly operators: Uint8Array;
  /** Element of each marked-content number, in order. */
  readonly elements: readonly number[];
}

/**
 * Write one page's items as operators. Neighbours with one tag share one piece of marked content.
 */
export function writeContent(page: Page, fonts: FontUse, pictures: PictureUse): PageContent {
  const out = new ByteBuilder();
  const elements: number[] = [];
  let open: Tag | null = null;
  for (const item of page.items) {
    if (item.kind === "field") continue;
    if (open === null || !sameTag(open, item.tag)) {
      if (open !== null) out.text("EMC\n");
      if (item.tag.kind === "artifact") out.text(`/Artifact <</Type /${item.tag.type}>> BDC\n`);
      else out.text(`/P <</MCID ${elements.push(item.tag.element) - 1}>> BDC\n`);
      open = item.tag;
    }
    if (item.kind === "picture") drawPicture(item, page, pictures, out);
    else writeItem(item, page, fonts, out);
  }
  if (open !== null) out.text("EMC\n");
  return { operators: out.done(), elements };
}

function sameTag(a: Tag, b: Tag): boolean {
  if (a.kind === "artifact") return b.kind === "artifact" && a.type === b.type;
  return b.kind === "content" && a.element === b.element;
}

function writeItem(item: TextItem | LineItem, page: Page, fonts: FontUse, out: ByteBuilder): void {
  switch (item.kind) {
    case "text":
      writeText(item, page, fonts, out);
      break;
    case "line":
      writeLine(item, page, out);
      break;
    default:
      assertNever(item);
  }
}

/** A picture fills the unit square, which is stretched to its place. ISO 32000-1, 8.9.5.1. */
function drawPicture(item: PictureItem, page: Page, use: PictureUse, out: ByteBuilder): void {
  const [x, y] = [place(item.x), place(page.height - item.y - item.height)];
  const size = `${place(item.width)} 0 0 ${place(item.height)}`;
  out.text(`q ${size} ${x} ${y} cm /${use.nameOf(item.file)} Do Q\n`);
}

function writeText(item: TextItem, page: Page, fonts: FontUse, out: ByteBuilder): void {
  const last = item.runs.at(-1);
  let x = item.x;
  out.text("BT\n");
  for (const run of item.runs) {
    // Here a change would be drawn: struck out, underlined, in its author's colour.
    if (run.change !== undefined) assertNever(run.change);
    const used = fonts.of(run.face);
    const y = page.height - item.baseline + run.rise;
    out.text(`/${used.name} ${num(run.size)} Tf 1 0 0 1 ${place(x)} ${place(y)} Tm[`);
    const ending = run === last && item.brokenAtSpace ? "space" : "none";
    x += showRun(run, item.spaceExtra, used, ending, out);
    out.text("]TJ\n");
  }
  out.text("ET\n");
}

/** A place on the page in points, to a hundredth. */
function place(twips: Twip): string {
  return String(roundedPtFromTwips(twips));
}

const SPACE = 0x20;
const NO_BREAK_HYPHEN = 0x2011;
const HYPHEN = 0x2d;

/**
 * Glyph numbers as strings; after each space, how much further the next glyph stands. A space
 * `ending` a broken line keeps its words apart when the text is read aloud or copied. Returns the
 * width of the run.
 */
function showRun(
  { text, from, to, face, size }: GlyphRun,
  spaceExtra: Twip,
  used: UsedFace,
  ending: "space" | "none",
  out: ByteBuilder,
): Twip {
  // Tenths of a thousandth of the size: over a whole line less than a hundredth of a point.
  const share: number = ptFromTwips(spaceExtra) / size;
  const stretch = `)${Math.round(-share * 10_000) / 10}(`;
  let width = 0;
  out.text("(");
  for (let index = from; index < to; index++) {
    const glyph = text.glyphs[index];
    const code = text.codes[index] ?? 0;
    if (!glyph) continue;
    // The hyphen that does not break reads as a hyphen.
    used.note(glyph.id, code === NO_BREAK_HYPHEN ? HYPHEN : code);
    out.glyph(glyph.id);
    width += glyph.advance;
    if (code !== SPACE) continue;
    width += spaceExtra;
    if (spaceExtra > 0) out.text(stretch);
  }
  const space = ending === "space" ? face.glyph(SPACE) : null;
  if (space !== null) {
    used.note(space.id, SPACE);
    out.glyph(space.id);
  }
  out.text(")");
  return width;
}

function writeLine(item: LineItem, page: Page, out: ByteBuilder): void {
  const point = (x: Twip, y: Twip): string => `${place(x)} ${place(page.height - y)}`;
  const width = num(ptFromTwips(item.thickness));
  out.text(`${width} w ${point(item.x1, item.y1)} m ${point(item.x2, item.y2)} l S\n`);
}
