import type { Pt, Twip } from "../base/units.js";
import type { Face } from "../typeface/face.js";
import type { GlyphRun, Page, TextItem } from "./pages/page.js";

/** A word as it stands on a page; lengths in twips from the paper's upper left corner. */
interface PlacedWord {
  readonly text: string;
  readonly x: Twip;
  readonly baseline: Twip;
  readonly width: Twip;
  readonly face: Face;
  readonly size: Pt;
}

/** One line of text on a page, or one part of it between two stops. */
export interface PlacedLine {
  /** Where in the plan its text comes from: "body[0].heading". */
  readonly path: string | null;
  readonly words: readonly PlacedWord[];
}

const SPACE = 0x20;
const NO_BREAK_SPACE = 0xa0;

/**
 * The lines of a page word by word, every word at its own place: a screen that draws them so shows
 * what the PDF shows, whatever it makes of blanks, kerning and ligatures. Blanks are not drawn.
 */
export function placedLines(page: Page): readonly PlacedLine[] {
  return page.items.flatMap((item) =>
    item.kind === "text" ? [{ path: item.origin.plan, words: wordsOf(item) }] : [],
  );
}

function wordsOf(item: TextItem): readonly PlacedWord[] {
  const words: PlacedWord[] = [];
  let x = item.x;
  for (const run of item.runs) x = addWords(run, x, item, words);
  return words;
}

/** Add the words of a run that begins at `x`; gives where it ends. */
function addWords(run: GlyphRun, x: Twip, item: TextItem, words: PlacedWord[]): Twip {
  const { text, from, to, face, size, rise } = run;
  const baseline = item.baseline - rise;
  let at = x;
  let start = x;
  let codes: number[] = [];
  const end = (): void => {
    if (codes.length > 0)
      words.push({
        text: String.fromCodePoint(...codes),
        x: start,
        baseline,
        width: at - start,
        face,
        size,
      });
    codes = [];
  };
  for (let index = from; index < to; index++) {
    const glyph = text.glyphs[index];
    const code = text.codes[index] ?? 0;
    if (!glyph) continue;
    const blank = code === SPACE || code === NO_BREAK_SPACE;
    if (blank) end();
    else {
      if (codes.length === 0) start = at;
      codes.push(code);
    }
    at += glyph.advance + (code === SPACE ? item.spaceExtra : 0);
  }
  end();
  return at;
}
