import { countWidth, timesWidth } from "../../knowledge/letter-widths.js";
import { openingOf } from "./line-starts.js";
import type { TextLine } from "./text-lines.js";

/**
 * How the lines of a document are made: where its edge is, and what blank lines, indents and blanks
 * at ends say there.
 */
export interface LineModel {
  /**
   * Sentences run over the ends of lines. Otherwise each line is a paragraph, but for accidents.
   */
  readonly wraps: boolean;
  readonly edge: Edge;
  /**
   * For each feature of a place between two lines: the logarithm of how much likelier it is inside
   * a paragraph than between two.
   */
  readonly features: ReadonlyMap<string, number>;
}

/**
 * Where lines end at the latest, for first lines of paragraphs (which may be set in) and others.
 */
interface Edge {
  readonly measure: (text: string) => number;
  readonly first: number;
  readonly other: number;
}

/** Two lines, one under the other. `first`: the upper one begins a paragraph. */
export interface LinePair {
  readonly above: TextLine;
  readonly below: TextLine;
  readonly first: boolean;
}

/** Share of lines that begin in small letters above which lines are wrapped. */
const WRAPPED = 0.1;

/** Shortest line that an edge may have cut. */
const SHORTEST = 30;

/** A sentence that surely runs on: no end mark above, a small letter below. */
function surelyOne({ above, below }: Pick<LinePair, "above" | "below">): boolean {
  return (
    above.text.length >= SHORTEST &&
    /[\p{L}\d,]$/u.test(above.text) &&
    /^\p{Ll}/u.test(below.text) &&
    openingOf(below.text) === "none"
  );
}

/** The model as far as a first look shows it: features are not yet known. */
export function initialModel(lines: readonly TextLine[]): LineModel {
  const pairs = lines.slice(1).map((below, at): LinePair => ({
    above: lines[at] ?? below,
    below,
    first: openingOf(lines[at]?.text ?? "") !== "none",
  }));
  const sure = pairs.filter(surelyOne);
  return {
    wraps: sure.length >= WRAPPED * pairs.length && sure.length > 0,
    edge: findEdge(sure),
    features: new Map(),
  };
}

/**
 * The measure and edge that explain most breaks: the line fits, and with the next word it would
 * not.
 */
function findEdge(sure: readonly LinePair[]): Edge {
  const fits = [countWidth, timesWidth].map((measure) => {
    const spans = (upper: "first" | "other"): Span[] =>
      sure
        .filter((pair) => pair.first === (upper === "first"))
        .map((pair) => spanOf(measure, pair));
    const firsts = spans("first");
    const other = mostCovered(spans("other"));
    const first = firsts.length >= MIN_FIRSTS ? mostCovered(firsts) : { ...other, hits: 0 };
    return {
      measure,
      first: first.at,
      other: other.at === 0 ? first.at : other.at,
      hits: first.hits + other.hits,
    };
  });
  const [counted, set] = fits;
  // Counting fits by chance more often, its steps being whole letters: the widths of print must not
  // be worse to be believed.
  const best =
    set !== undefined && counted !== undefined && counted.hits > set.hits ? counted : set;
  return best ?? { measure: countWidth, first: 0, other: 0 };
}

const MIN_FIRSTS = 5;
type Span = readonly [number, number];

/** From the width of the upper line to what it would have with the next word. */
function spanOf(measure: (text: string) => number, { above, below }: LinePair): Span {
  const indent = measure(" ") * above.indent;
  const word = below.text.split(" ")[0] ?? "";
  return [indent + measure(above.text), indent + measure(`${above.text} ${word}`)];
}

/** The place that most spans cover. */
function mostCovered(spans: readonly Span[]): { readonly at: number; readonly hits: number } {
  const ends = spans
    .flatMap(([from, to]) => [
      { at: from, step: 1 },
      { at: to, step: -1 },
    ])
    .sort((a, b) => a.at - b.at || a.step - b.step);
  let [open, hits, at] = [0, 0, 0];
  for (const [index, end] of ends.entries()) {
    open += end.step;
    if (open > hits) [hits, at] = [open, (end.at + (ends[index + 1]?.at ?? end.at)) / 2];
  }
  return { at, hits };
}

/**
 * Room that stays at the end of the upper line beyond the next word, as a share of the edge.
 * Negative: the word would not have fitted.
 */
function roomBetween(edge: Edge, pair: LinePair): number {
  const limit = pair.first ? edge.first : edge.other;
  return limit === 0 ? 0 : (limit - spanOf(edge.measure, pair)[1]) / limit;
}

/**
 * What can be seen between two lines, apart from words. Each kind has some values; how much they
 * say is learnt from the document.
 */
const KINDS: Readonly<Record<string, (pair: LinePair, edge: Edge) => string>> = {
  room: (pair, edge) => {
    const room = roomBetween(edge, pair);
    const ended = room <= 0.015 ? "full" : room <= 0.06 ? "near" : "far";
    return `${pair.first ? "first" : "other"} ${ended}`;
  },
  blanks: ({ below, first }) => `${first ? "first" : "other"} ${Math.min(below.blanks, 2)}`,
  indent: ({ below }) => (below.indent === 0 ? "none" : below.indent < 3 ? "little" : "set in"),
  trailing: ({ above }) => (above.trailing > 0 ? "yes" : "no"),
  step: ({ above, below }) =>
    below.indent > above.indent + 1 ? "in" : below.indent < above.indent - 1 ? "out" : "even",
};

/** What is believed before a document is seen, as counts of [inside a paragraph, between two]. */
const PRIORS: Readonly<Record<string, Readonly<Record<string, readonly [number, number]>>>> = {
  room: {
    "first full": [10, 1.5],
    "first near": [1, 1.2],
    "first far": [0.3, 8],
    "other full": [12, 1.2],
    "other near": [0.6, 1.2],
    "other far": [0.15, 8],
  },
  blanks: {
    "first 0": [1.2, 0.8],
    "first 1": [0.15, 0.8],
    "first 2": [0.06, 0.3],
    "other 0": [1.2, 0.8],
    "other 1": [0.15, 0.8],
    "other 2": [0.06, 0.3],
  },
  indent: { none: [4, 3], little: [0.5, 0.6], "set in": [0.5, 1.5] },
  trailing: { yes: [2, 2], no: [2, 2] },
  step: { in: [1, 1.5], out: [1, 1], even: [4, 3] },
};
/** No feature alone may decide against all others. */
const MOST: Readonly<Record<string, number>> = {
  room: 4,
  blanks: 5,
  indent: 4,
  trailing: 1,
  step: 1,
};

/**
 * The model fitted to decisions on a document's lines, each counted as far as it is sure: or
 * doubtful ones would confirm themselves.
 */
export function fitModel(
  model: LineModel,
  decided: readonly { readonly pair: LinePair; readonly weight: number }[],
): LineModel {
  const features = new Map<string, number>();
  for (const [kind, read] of Object.entries(KINDS)) {
    const counts = new Map(
      Object.entries(PRIORS[kind] ?? {}).map(([value, [inside, between]]) => [
        value,
        { inside, between },
      ]),
    );
    for (const { pair, weight } of decided) {
      const count = counts.get(read(pair, model.edge));
      const chance = 1 / (1 + Math.exp(-weight));
      if (!count) continue;
      count.inside += chance;
      count.between += 1 - chance;
    }
    // “First” and other lines are two questions: each is weighed by itself.
    const isFirst = (value: string): boolean => value.startsWith("first ");
    for (const values of [
      [...counts.keys()].filter(isFirst),
      [...counts.keys()].filter((value) => !isFirst(value)),
    ]) {
      const total = (side: "inside" | "between"): number =>
        values.reduce((sum, value) => sum + (counts.get(value)?.[side] ?? 0), 0);
      for (const value of values) {
        const count = counts.get(value) ?? { inside: 1, between: 1 };
        const weight = Math.log(
          count.inside / total("inside") / (count.between / total("between")),
        );
        const most = MOST[kind] ?? 1;
        features.set(`${kind}: ${value}`, Math.max(-most, Math.min(most, weight)));
      }
    }
  }
  return { ...model, features };
}

/** What is seen between two lines, weighed: positive inside a paragraph. */
export function scoreFeatures(model: LineModel, pair: LinePair): number {
  return Object.entries(KINDS).reduce(
    (sum, [kind, read]) => sum + (model.features.get(`${kind}: ${read(pair, model.edge)}`) ?? 0),
    0,
  );
}
