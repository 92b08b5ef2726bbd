import { type SourceParagraph } from "../source-text.js";
import { type WordStatistics } from "./word-statistics.js";
import {
  type LinePair,
  type LineModel,
  initialModel,
  fitModel,
  scoreFeatures,
} from "./line-model.js";
import { readInk } from "./markdown.js";
import { announces, isCapitals, openingOf } from "./line-starts.js";
import type { Region } from "./regions.js";
import { INK, type TextLine } from "./text-lines.js";
import { weighWords } from "./weigh-words.js";

/** Times that the model is fitted to decisions and decisions are made anew. */
const ROUNDS = 4;
/** Weight of what needs no weighing. */
const SURE = 10;
/**
 * In a file whose lines are paragraphs, what speaks against joining; and the length above which a
 * line may have been cut.
 */
const LINE_IS_PARAGRAPH = -4;
const SHORT_LINE = 60;
const SHORT_STAYS = -3;

/** How a document's lines become paragraphs: learnt once, then asked for parts of it. */
export interface Joiner {
  readonly model: LineModel;
  readonly statistics: WordStatistics;
}

/** Fit the model of a document's lines to its running text. */
export function learnJoiner(
  lines: readonly TextLine[],
  regions: readonly Region[],
  statistics: WordStatistics,
): Joiner {
  const body = lines.filter((_, at) => regions[at] === "body");
  let model = fitModel(initialModel(body), []);
  for (let round = 0; model.wraps && round < ROUNDS; round++) {
    model = fitModel(model, decide(body, { model, statistics }));
  }
  return { model, statistics };
}

interface Decision {
  readonly pair: LinePair;
  /** Positive inside a paragraph: the logarithm of the odds. */
  readonly weight: number;
}

/** For each line but the first, whether it goes on with the paragraph above. */
function decide(lines: readonly TextLine[], joiner: Joiner): Decision[] {
  let paragraph = lines[0]?.text ?? "";
  let first = true;
  return lines.slice(1).map((below, at) => {
    const above = lines[at] ?? below;
    const pair = { above, below, first };
    const weight = above.glued ? SURE : weigh(joiner, pair, paragraph);
    const inside = weight > 0;
    paragraph = inside ? `${paragraph} ${below.text}` : below.text;
    first = !inside;
    return { pair, weight };
  });
}

function weigh({ model, statistics }: Joiner, pair: LinePair, paragraph: string): number {
  if (pair.above.outline > 0 || pair.below.outline > 0) return -SURE;
  const words = weighWords(
    { paragraph, above: pair.above.text, below: pair.below.text },
    statistics,
  );
  return model.wraps
    ? words + scoreFeatures(model, pair)
    : words + LINE_IS_PARAGRAPH + (pair.above.text.length < SHORT_LINE ? SHORT_STAYS : 0);
}

/** Paragraphs of lines that follow each other, each in its region. */
export function joinLines(
  lines: readonly TextLine[],
  regions: readonly Region[],
  joiner: Joiner,
): SourceParagraph[] {
  const groups: { readonly region: Region; readonly lines: TextLine[] }[] = [];
  const bodyInside = new Map<TextLine, boolean>();
  for (const run of runsOf(lines, regions, "body"))
    for (const { pair, weight } of decide(run, joiner)) bodyInside.set(pair.below, weight > 0);
  for (const [at, line] of lines.entries()) {
    const above = lines[at - 1];
    const group = groups.at(-1);
    const region = regions[at] ?? "body";
    const inside =
      above !== undefined &&
      group !== undefined &&
      region === regions[at - 1] &&
      (above.glued ||
        (region === "body" ? bodyInside.get(line) === true : goesOn(region, above, line)));
    if (inside) group.lines.push(line);
    else groups.push({ region, lines: [line] });
  }
  return groups.map((group) => paragraphOf(group.lines, group.region));
}

function runsOf(
  lines: readonly TextLine[],
  regions: readonly Region[],
  region: Region,
): TextLine[][] {
  const runs: TextLine[][] = [];
  for (const [at, line] of lines.entries()) {
    if (regions[at] !== region) continue;
    if (regions[at - 1] === region) runs.at(-1)?.push(line);
    else runs.push([line]);
  }
  return runs;
}

/**
 * Outside running text: the subject is one, recipients are one a dash, lines of the head and the
 * signature stand alone.
 */
function goesOn(region: Region, above: TextLine, line: TextLine): boolean {
  switch (region) {
    case "subject":
      return true;
    case "recipients":
      return (
        openingOf(line.text) !== "label" &&
        !/^[-–+•*]/u.test(line.text) &&
        (/^\p{Ll}/u.test(line.text) || !/[;.:]$/u.test(above.text)) &&
        !isCapitals(line.text)
      );
    case "head":
    case "signature":
      return /^\p{Ll}/u.test(line.text) && announces(above.text) > 0;
    case "title":
    case "body":
      return false;
  }
}

function paragraphOf(lines: readonly TextLine[], region: Region): SourceParagraph {
  const inked = lines.reduce((soFar, line, at) => {
    const above = lines[at - 1];
    return above
      ? soFar +
          (above.glued || region === "subject" ? INK.lineBreak : jointOf(above.text, line.text)) +
          line.inked
      : line.inked;
  }, "");
  const { text, marks, bold, italic } = readInk(inked);
  const first = lines[0];
  return {
    kind: "paragraph",
    text,
    marks,
    label: null,
    at: { page: first?.page ?? null, line: first?.number ?? 1 },
    look: { align: null, bold, italic, outline: first?.outline ?? 0, level: null },
  };
}

/**
 * “KT-” and “XH” are one word, “kinh tế -” and “xã hội” three; “2021-” and “2025” are one, “dự án
 * 3-” and “Dự án 4” not.
 */
function jointOf(above: string, below: string): string {
  return /\p{L}[-/]$/u.test(above) || (/\d[-/]$/u.test(above) && /^\d/u.test(below)) ? "" : " ";
}
