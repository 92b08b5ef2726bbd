import type { Glyph } from "./glyph.js";
import { type Placed, type PlacedContent, followOperators } from "./page-operators.js";
import type { RawPage } from "./pdf-library.js";
import type { Rule } from "./rules.js";

export interface PageContent {
  readonly page: number;
  readonly width: number;
  readonly height: number;
  readonly glyphs: readonly Glyph[];
  readonly rules: readonly Rule[];
  /** Text that runs at another angle: watermarks. */
  readonly rotatedText: readonly string[];
  /** Something is placed on the page that is no text: a picture, as in scanned pages. */
  readonly pictures: boolean;
}

/** Read what stands on a page, turned so that most of its text runs from left to right. */
export function readContent(page: number, raw: RawPage): PageContent {
  return derotate({ page, width: raw.width, height: raw.height, content: followOperators(raw) });
}

/** What stands on a page before it is turned. */
interface Drawn extends Pick<PageContent, "page" | "width" | "height"> {
  readonly content: PlacedContent;
}

/** Turn the page so that most of its text runs from left to right. */
function derotate({ page, width, height, content }: Drawn): PageContent {
  const { placed, rules, pictures } = content;
  const main = mainQuadrant(placed);
  const turn = (x: number, y: number): readonly [number, number] =>
    main === 1
      ? [y, width - x]
      : main === 2
        ? [width - x, height - y]
        : main === 3
          ? [height - y, x]
          : [x, y];
  const rotatedText = new Map<number, string>();
  const sideways = new Map<number, Placed[]>();
  const glyphs: Glyph[] = [];
  for (const one of placed) {
    if (one.quadrant === main && main === 0) {
      glyphs.push(one);
      continue;
    }
    const [x, y] = turn(one.x, one.y);
    if (one.quadrant === main) glyphs.push({ ...one, x, y });
    else if (one.quadrant === null)
      rotatedText.set(one.run, (rotatedText.get(one.run) ?? "") + one.text);
    else sideways.set(one.run, [...(sideways.get(one.run) ?? []), { ...one, x, y }]);
  }
  for (const run of sideways.values()) glyphs.push(...standingWord(run));
  const [across, down] = main % 2 === 1 ? [height, width] : [width, height];
  return {
    page,
    width: across,
    height: down,
    glyphs,
    rules: rules.map((rule) => derotateRule(rule, turn)),
    rotatedText: [...rotatedText.values()].map((text) => text.trim()).filter((text) => text !== ""),
    pictures,
  };
}

/** The direction in which most of the page's text runs, in quarters of a turn. */
function mainQuadrant(placed: readonly Placed[]): number {
  const counts = [0, 0, 0, 0];
  for (const { quadrant, ink } of placed)
    if (quadrant !== null && ink) counts[quadrant] = (counts[quadrant] ?? 0) + 1;
  return counts.indexOf(Math.max(...counts));
}

/** A narrow cell's words standing on end are one word as far as the page is concerned. */
function standingWord(run: readonly Placed[]): readonly Glyph[] {
  const [first] = run;
  if (!first) return [];
  const ys = run.map((one) => one.y);
  const text = run.map((one) => one.text).join("");
  return [
    {
      ...first,
      text: text.trim(),
      x: first.x - first.size / 2,
      width: first.size / 2,
      y: (Math.min(...ys) + Math.max(...ys)) / 2,
    },
  ];
}

function derotateRule(
  rule: Rule,
  turn: (x: number, y: number) => readonly [x: number, y: number],
): Rule {
  const [[x0, y0], [x1, y1]] = [turn(rule.x0, rule.y0), turn(rule.x1, rule.y1)];
  return {
    x0: Math.min(x0, x1),
    y0: Math.min(y0, y1),
    x1: Math.max(x0, x1),
    y1: Math.max(y0, y1),
  };
}
