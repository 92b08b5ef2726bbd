import { assertNever } from "../../base/diagnostic.js";
import { ptFromTwips } from "../../base/units.js";
import type { GlyphRun, LineItem, Page, PageItem, Tag, TextItem } from "../../layout/pages/page.js";
import { type FontUse, hex4 } from "./fonts.js";
import { num } from "./objects.js";

/** Text of a page's content, and which structure element each piece of marked content belongs to. */
export interface PageContent {
  readonly operators: string;
  /** Element of each marked-content number, in order. */
  readonly elements: readonly number[];
}

const SPACE = " ";

/** Write one page's items as operators. Neighbours with one tag share one piece of marked content. */
export function writeContent(page: Page, fonts: FontUse): PageContent {
  const out: string[] = [];
  const elements: number[] = [];
  let open: Tag | null = null;
  for (const item of page.items) {
    if (open === null || !sameTag(open, item.tag)) {
      if (open !== null) out.push("EMC");
      if (item.tag.kind === "artifact") out.push(`/Artifact <</Type /${item.tag.type}>> BDC`);
      else out.push(`/P <</MCID ${elements.push(item.tag.element) - 1}>> BDC`);
      open = item.tag;
    }
    writeItem(item, page, fonts, out);
  }
  if (open !== null) out.push("EMC");
  return { operators: out.join("\n"), elements };
}

function sameTag(a: Tag, b: Tag): boolean {
  if (a.kind === "artifact") return b.kind === "artifact" && a.type === b.type;
  return b.kind === "content" && a.element === b.element;
}

function writeItem(item: PageItem, page: Page, fonts: FontUse, out: string[]): void {
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

function writeText(item: TextItem, page: Page, fonts: FontUse, out: string[]): void {
  const last = item.runs.at(-1);
  let x = item.x;
  out.push("BT");
  for (const run of item.runs) {
    const used = fonts.of(run.face);
    const y = page.height - item.baseline + run.rise;
    out.push(`/${used.name} ${num(run.size)} Tf`, `1 0 0 1 ${num(ptFromTwips(x))} ${num(ptFromTwips(y))} Tm`);
    // A space at the end of a broken line keeps its words apart when the text is read aloud or copied.
    const trailing = run === last && item.brokenAtSpace;
    out.push(`[${showRun(run, item.spaceExtra, fonts, trailing)}] TJ`);
    x += run.advances.reduce((sum, advance) => sum + advance, 0) + item.spaceExtra * (run.text.split(SPACE).length - 1);
  }
  out.push("ET");
}

/** Glyphs in hexadecimal; after each space, how much further the next glyph stands. */
function showRun(run: GlyphRun, spaceExtra: number, fonts: FontUse, trailing: boolean): string {
  const used = fonts.of(run.face);
  const stretch = num((-ptFromTwips(spaceExtra) / run.size) * 1000);
  let out = "<";
  let index = 0;
  const note = (glyph: number, text: string): void => {
    if (used.texts.has(glyph)) return;
    // The hyphen that does not break reads as a hyphen.
    used.texts.set(glyph, text === "\u2011" ? "-" : text);
    used.widths.set(glyph, run.face.glyph(text.codePointAt(0) ?? 0)?.advance ?? 0);
  };
  for (const sign of run.text) {
    const glyph = run.glyphs[index++] ?? 0;
    note(glyph, sign);
    out += hex4(glyph);
    if (sign === SPACE && spaceExtra > 0) out += `> ${stretch} <`;
  }
  const space = trailing ? run.face.glyph(0x20) : null;
  if (space !== null) {
    note(space.id, SPACE);
    out += hex4(space.id);
  }
  return `${out}>`.replace(/<>/gu, "");
}

function writeLine(item: LineItem, page: Page, out: string[]): void {
  const y = (value: number): string => num(ptFromTwips(page.height - value));
  out.push(`${num(ptFromTwips(item.thickness))} w ${num(ptFromTwips(item.x1))} ${y(item.y1)} m ${num(ptFromTwips(item.x2))} ${y(item.y2)} l S`);
}
