import type { Twip } from "../base/units.js";
import { plainRun } from "../document/runs.js";
import { type PageGeometry, textWidth } from "../document/styles.js";
import type { Footnote } from "../document/tree.js";
import type { LayoutContext } from "./context.js";
import { linePieces } from "./inline/line-pieces.js";
import { type Piece, heightOf } from "./pages/box.js";
import { LAYOUT_ARTIFACT, type PageItem, shiftItem } from "./pages/page.js";

/** The line above footnotes: a quarter of the text's width, with air above and below. */
const NOTES_RULE = { above: 57, below: 57, share: 0.25, thickness: 10 } as const;

/** Sets the footnotes of one section, each once, and puts them at the foot of its pages. */
export class FootnoteSetter {
  readonly #notes: ReadonlyMap<number, Footnote>;
  readonly #geometry: PageGeometry;
  readonly #context: LayoutContext;
  readonly #lines = new Map<number, readonly Piece[]>();

  constructor(notes: readonly Footnote[], geometry: PageGeometry, context: LayoutContext) {
    this.#notes = new Map(notes.map((note) => [note.number, note]));
    this.#geometry = geometry;
    this.#context = context;
  }

  /** Height of these notes with the line above them; 0 for none. */
  heightOf(numbers: readonly number[]): Twip {
    if (numbers.length === 0) return 0;
    return numbers.reduce(
      (sum, number) => sum + heightOf(this.#linesOf(number)),
      NOTES_RULE.above + NOTES_RULE.below + NOTES_RULE.thickness,
    );
  }

  /** The line and the notes, on the paper of their page. */
  itemsOf(numbers: readonly number[]): PageItem[] {
    if (numbers.length === 0) return [];
    const { left, height, bottom } = this.#geometry;
    let y = height - bottom - this.heightOf(numbers) + NOTES_RULE.above;
    const items: PageItem[] = [
      {
        kind: "line",
        x1: left,
        y1: y,
        x2: left + textWidth(this.#geometry) * NOTES_RULE.share,
        y2: y,
        thickness: NOTES_RULE.thickness,
        tag: LAYOUT_ARTIFACT,
      },
    ];
    y += NOTES_RULE.thickness + NOTES_RULE.below;
    for (const number of numbers) {
      for (const piece of this.#linesOf(number)) {
        items.push(...piece.items.map((item) => shiftItem(item, left, y)));
        y += piece.height;
      }
    }
    return items;
  }

  #linesOf(number: number): readonly Piece[] {
    const known = this.#lines.get(number);
    if (known) return known;
    const note = this.#notes.get(number);
    const lines = note ? this.#set(note) : [];
    this.#lines.set(number, lines);
    return lines;
  }

  #set({ number, inlines, origin }: Footnote): readonly Piece[] {
    const { elements, parent, styles } = this.#context;
    const pieces = linePieces(
      {
        lead: [{ kind: "footnote", number, again: true }, plainRun(" ", origin)],
        inlines,
        origin,
      },
      {
        style: styles.byRole.footnote,
        column: { left: 0, width: textWidth(this.#geometry) },
        element: elements.add("Note", parent, origin),
      },
      this.#context,
    );
    // The number in front of the note is not a call of the note.
    return pieces.map((piece) => ({ ...piece, notes: [] }));
  }
}
