import type { DocumentTree } from "../../document/tree.js";
import { placedLines } from "../../layout/page-words.js";
import type { Page, PagedDocument } from "../../layout/pages/page.js";
import type { Face } from "../../typeface/face.js";
import { type DrawnPage, type DrawnWord, FACE_NAMES } from "./messages.js";

const TWIPS = 20;

/** Which of the five faces a face is, by its PostScript name. */
function faceIndex({ postscriptName }: Pick<Face, "postscriptName">): number {
  if (!/Liberation/u.test(postscriptName)) return FACE_NAMES.indexOf("signs");
  const bold = /Bold/u.test(postscriptName);
  const italic = /Italic/u.test(postscriptName);
  return FACE_NAMES.indexOf(
    bold ? (italic ? "boldItalic" : "bold") : italic ? "italic" : "regular",
  );
}

/** A page as it is drawn: words and rules, in points. */
export function drawnPage(page: Page, index: number): DrawnPage {
  return {
    index,
    width: page.width / TWIPS,
    height: page.height / TWIPS,
    lines: placedLines(page).flatMap(({ path, words }) => {
      const [first, last] = [words[0], words.at(-1)];
      if (!first || !last) return [];
      return [
        {
          path,
          left: first.x / TWIPS,
          right: (last.x + last.width) / TWIPS,
          baseline: first.baseline / TWIPS,
          size: Math.max(...words.map(({ size }) => size)),
          words: words.map((word): DrawnWord => ({
            text: word.text,
            x: word.x / TWIPS,
            baseline: word.baseline / TWIPS,
            face: faceIndex(word.face),
            size: word.size,
          })),
        },
      ];
    }),
    rules: page.items.flatMap((item) =>
      item.kind === "line"
        ? [
            [
              item.x1 / TWIPS,
              item.y1 / TWIPS,
              item.x2 / TWIPS,
              item.y2 / TWIPS,
              item.thickness / TWIPS,
            ] as const,
          ]
        : [],
    ),
  };
}

/** The first page that a path of the plan is on; null when it is on none. */
export function pageOfPath({ pages }: PagedDocument, path: string): number | null {
  const owner = path.replace(/\.[a-zA-Z]+$/u, "");
  const page = pages.findIndex(({ items }) =>
    items.some(
      (item) => item.kind === "text" && (item.origin.plan === path || item.origin.plan === owner),
    ),
  );
  return page < 0 ? null : page;
}

/** Numbers of nodes as they are printed, by the node's path. */
export function labelsOf({ sections }: DocumentTree): Readonly<Record<string, string>> {
  const labels: Record<string, string> = {};
  for (const { blocks } of sections)
    for (const block of blocks)
      if (
        (block.kind === "heading" || block.kind === "paragraph") &&
        block.label !== null &&
        block.origin.plan !== null
      )
        labels[block.origin.plan] ??= block.label;
  return labels;
}
