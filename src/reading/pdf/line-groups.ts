import type { SourceParagraph, SourcePlace } from "../source-text.js";
import type { TextLine } from "./lines.js";
import type { LineGroup } from "./paragraphs.js";
import { type Piece, piecesOf, plainText, styledText } from "./styled-text.js";

/** What is known of a page when lines become text. */
export interface PageFacts {
  readonly placeOf: (line: TextLine) => SourcePlace;
  /** The footnote that a raised number of this page calls. */
  readonly noteOf: (page: number, number: string) => string | null;
}

/**
 * Joined with a break of line, or a blank where the file has one for every line end: cells and
 * running text.
 */
export type LineEnds = "kept" | "folded";

/**
 * The text of a paragraph's lines. Vietnamese words are not hyphenated: a hyphen at a line's end
 * belongs to the word.
 */
export function paragraphOf(
  group: LineGroup,
  facts: PageFacts,
  ends: LineEnds,
): SourceParagraph | null {
  const pieces: Piece[] = [];
  group.lines.forEach((line, index) => {
    const own = piecesOf(line);
    const first = own[0];
    const before = pieces.at(-1);
    if (index > 0 && first && before) {
      const text = before.text.trimEnd();
      // "TT" in a column so narrow that it is broken.
      const broken =
        ends === "folded" && group.lines.every((one) => /^\p{Lu}{1,2}$/u.test(plainText(one)));
      const glued =
        broken || (/[\p{L}\p{N}][-/]$/u.test(text) && /^[\p{L}\p{N}]/u.test(first.text));
      const joint = group.align === "center" && ends === "kept" ? "\n" : glued ? "" : " ";
      pieces[pieces.length - 1] = { ...before, text: text + joint };
    }
    pieces.push(...own);
  });
  const [line] = group.lines;
  const page = line?.page ?? 1;
  const { text, marks, bold, italic } = styledText(pieces, (number) => facts.noteOf(page, number));
  if (line === undefined || (text === "" && marks.length === 0)) return null;
  return {
    kind: "paragraph",
    text,
    marks,
    label: null,
    at: facts.placeOf(line),
    look: { align: group.align, bold, italic, outline: 0, level: null },
  };
}

export function lastLine(group: LineGroup): string {
  const line = group.lines.at(-1);
  return line === undefined ? "" : plainText(line);
}
