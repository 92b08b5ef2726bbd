import {
  type Random,
  marked,
  randomPlan,
  randomTable,
  seededRandom,
  sentence,
} from "./random-plan.js";

/** Signs, and words with signs inside, as officials type them. */
const SIGNS =
  "☐ ☑ ☒ ✓ ✗ ● ○ ◆ ◇ ■ □ ▪ ⇒ → ➢ ❖ ★ ☎ m² km² m³ CO₂ H₂O 10⁻³ 10⁵ 2ⁿ 37℃ ≤ ≥ ± × ÷ ‰ ① ② Ⅱ ½ α".split(
    " ",
  );

/** Words without a blank in which a line may break. */
const LONG_WORDS = [
  "https://vanban.chinhphu.vn/tai-lieu/ke-hoach-giam-ngheo-2026.html",
  "thôn/bản/ấp/khóm/buôn/sóc/phum/tổ-dân-phố",
  "a".repeat(60),
  "SO-LIEU-TONG-HOP-THEO-TUNG-XA-NAM-2026-LAN-THU-HAI",
];

/** How often each thing comes in a plan. */
interface Taste {
  readonly notes: number;
  readonly signs: number;
  readonly longWords: number;
}

/**
 * A random plan with all that is hard to set: notes in every place that takes them, tables first,
 * last and one after the other, heads of several levels, landscape appendices, signs, long words; 1
 * to 60 pages. The same seed gives the same plan.
 */
export function widePlan(seed: number): unknown {
  const random = seededRandom(seed * 7919 + 13);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const taste: Taste = {
    notes: pick([0, 0, 0.05, 0.15, 0.3]),
    signs: pick([0, 0, 0.1, 0.3]),
    longWords: pick([0, 0, 0.05]),
  };
  const writer = new WideWriter(random, taste);
  const long = pick([1, 1, 2, 4, 10]);
  const base = randomPlan(seed) as Readonly<Record<string, unknown>>;
  const body = writer.sections(1 + Math.floor(random() * 3 * long));
  return {
    ...base,
    subject: writer.text(3, 14, "end"),
    bases: Array.from({ length: Math.floor(random() * 4) }, () => ({ text: writer.text(8, 40) })),
    body: [
      ...(random() < 0.3 ? [writer.table(), ...(random() < 0.5 ? [writer.table()] : [])] : []),
      ...body,
      ...(random() < 0.3 ? [writer.table()] : []),
    ],
    closing: random() < 0.7 ? writer.text(10, 50) : null,
    appendices: Array.from(
      { length: random() < 0.5 ? 1 + Math.floor(random() * 3) : 0 },
      (_, index) => ({
        id: `pl${index}`,
        title: writer.text(3, 12, "end"),
        landscape: pick([true, false, "auto"]),
        body: Array.from({ length: 1 + Math.floor(random() * 2) }, () =>
          random() < 0.6 ? writer.table() : writer.text(20, 120),
        ),
      }),
    ),
    footnotes: writer.footnotes,
  };
}

class WideWriter {
  readonly footnotes: Record<string, string> = {};

  constructor(
    private readonly random: Random,
    private readonly taste: Taste,
  ) {}

  sections(count: number): unknown[] {
    return Array.from({ length: count }, () => ({
      heading: this.text(3, 12, "end"),
      body: Array.from({ length: 1 + Math.floor(this.random() * 6) }, () => this.#node(2)),
    }));
  }

  /** Words with signs, long words and calls of notes in them. */
  text(least: number, most: number, ending: "stop" | "end" = "stop"): string {
    const plain = sentence(this.random, least, most);
    const words = (ending === "end" ? plain.replace(/[.;:,]+$/u, "") : plain).split(" ");
    const out = words.flatMap((word, index) => {
      const chance = this.random();
      if (index === 0) return [word];
      if (chance < this.taste.signs * 0.15) return [this.#pick(SIGNS), word];
      if (chance > 1 - this.taste.longWords * 0.1) return [this.#pick(LONG_WORDS), word];
      return [word];
    });
    return this.#noted(marked(this.random, out.join(" ")));
  }

  table(): unknown {
    const { table } = randomTable(this.random) as {
      readonly table: Readonly<Record<string, unknown>>;
    };
    return { table: this.#noteTexts(table) };
  }

  #node(depth: number): unknown {
    const kind = this.random();
    if (depth > 0 && kind < 0.3)
      return {
        heading: this.text(3, 12, "end"),
        body: Array.from({ length: 1 + Math.floor(this.random() * 3) }, () =>
          this.#node(depth - 1),
        ),
      };
    if (kind < 0.42) return { runIn: this.text(2, 8, "end"), text: this.text(5, 60) };
    if (kind < 0.55) return { clause: this.text(8, 70) };
    if (kind < 0.75)
      return {
        item: this.text(6, 60),
        items: this.random() < 0.3 ? [this.text(4, 30), this.text(4, 30)] : null,
      };
    if (kind < 0.82) return this.table();
    return this.text(10, 120);
  }

  /** Some texts of a table call notes: its title, its heads, its cells. */
  #noteTexts(value: unknown, key = ""): unknown {
    if (Array.isArray(value)) return value.map((one) => this.#noteTexts(one, key));
    if (typeof value === "object" && value !== null)
      return Object.fromEntries(
        Object.entries(value).map(([name, one]) => [
          name,
          ["align", "kind", "unit"].includes(name) ? one : this.#noteTexts(one, name),
        ]),
      );
    if (typeof value !== "string" || key === "unit") return value;
    return this.random() < 0.4 ? this.#noted(value) : value;
  }

  #noted(text: string): string {
    if (this.random() > this.taste.notes) return text;
    const id = `n${Object.keys(this.footnotes).length}`;
    this.footnotes[id] = sentence(this.random, 2, this.random() < 0.2 ? 70 : 25);
    return `${text}[^${id}]`;
  }

  #pick<T>(list: readonly T[]): T {
    return list[Math.floor(this.random() * list.length)] as T;
  }
}
