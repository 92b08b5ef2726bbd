import { expect, test } from "@jest/globals";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { PlanPath } from "../src/base/diagnostic.js";
import { placedLines } from "../src/layout/page-words.js";
import { insertAt, removeAt, setAt, valueAt } from "../src/plan/edit-plan.js";
import { type Page, runText } from "../src/layout/pages/page.js";
import { readPlanData } from "../src/plan/parse-plan.js";
import { buildPlan } from "../src/roads/build.js";
import { type Previewed, previewer } from "../src/roads/preview.js";
import { DEFAULT_OPTIONS } from "../src/roads/write-files.js";
import { widePlan } from "./parity/wide-plan.js";
import { fixtures, productWorld } from "./support/product.js";
import { hasProgram, inTemporaryFolder, output } from "./support/tools.js";

/**
 * What the studio's preview draws is what the PDF shows: every word, at its place, to a tenth of a
 * point, as another program reads the PDF. KEHOACH_PREVIEWS says how many random plans are tried.
 */
const RANDOM = Number(process.env["KEHOACH_PREVIEWS"] ?? 6);
const EDITS = Number(process.env["KEHOACH_EDITS"] ?? 20);
const world = productWorld();

interface Word {
  readonly page: number;
  readonly text: string;
  /** Left edge, in points. */
  readonly x: number;
}

/** Words of a PDF as poppler finds them: text, page and left edge in points. */
async function wordsOfPdf(bytes: Uint8Array): Promise<readonly Word[]> {
  return inTemporaryFolder(async (folder) => {
    writeFileSync(join(folder, "a.pdf"), bytes);
    const html = await output("pdftotext", ["-bbox", join(folder, "a.pdf"), "-"]);
    let page = -1;
    return [...html.matchAll(/<page |<word xMin="([\d.]+)"[^>]*>([^<]*)</gu)].flatMap((match) => {
      if (match[1] === undefined) {
        page++;
        return [];
      }
      const text = (match[2] ?? "")
        .replace(/&lt;/gu, "<")
        .replace(/&gt;/gu, ">")
        .replace(/&quot;/gu, '"')
        .replace(/&amp;/gu, "&");
      return [{ page, text, x: Number(match[1]) }];
    });
  });
}

/** Words of the preview; those that follow another without a blank are one word with it. */
function wordsOfPreview(pages: readonly Page[]): readonly Word[] {
  return pages.flatMap((page, index) =>
    placedLines(page).flatMap(({ words }) => {
      let end = -Infinity;
      return words.flatMap(({ text, x, width }) => {
        const joined = Math.abs(x - end) < 1;
        end = x + width;
        return joined ? [{ page: index, text, x: Number.NaN }] : [{ page: index, text, x: x / 20 }];
      });
    }),
  );
}

async function compare(text: string, file: string): Promise<void> {
  const read = readPlanData(text, file);
  if (!read.ok) throw new Error("the plan cannot be read");
  const { made: preview } = await previewer(world)(read.value.data, { file, profile: null });
  const built = await buildPlan(
    { file, text, profile: null },
    { formats: ["pdf"], assignee: null, options: DEFAULT_OPTIONS },
    world,
  );
  // A plan that a build refuses has no preview either.
  expect(preview.ok).toBe(built.ok);
  if (!preview.ok || !built.ok) return;
  const shown = wordsOfPreview(preview.value.pages.pages);
  const printed = await wordsOfPdf(built.value.files.get("pdf") ?? new Uint8Array());
  // A no-break hyphen is drawn as such and reads as a hyphen.
  const letters = (words: readonly Word[]): string =>
    words
      .map(({ text: word }) => word.replace(/\u2011/gu, "-"))
      .join("")
      .replace(/\s/gu, "");
  expect([...letters(shown)].sort().join("")).toBe([...letters(printed)].sort().join(""));
  // Edges to a tenth of a point, and the tenths beside it.
  const edges = new Set(
    printed.flatMap(({ page, x }) => [-1, 0, 1].map((by) => `${page} ${Math.round(x * 10) + by}`)),
  );
  const missed = shown.filter(
    ({ page, x }) => !Number.isNaN(x) && !edges.has(`${page} ${Math.round(x * 10)}`),
  );
  expect(missed).toEqual([]);
}

/** A source of numbers from 0 to 1, the same for the same seed (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** Random edits as people make them: words changed, nodes split, moved, taken out, numbers changed. */
function randomEdit(data: unknown, random: () => number): unknown {
  const texts: PlanPath[] = [];
  const lists: PlanPath[] = [];
  const visit = (value: unknown, path: PlanPath): void => {
    if (typeof value === "string" && path.length > 1 && /\s/u.test(value)) texts.push(path);
    if (Array.isArray(value)) {
      if (value.length > 1 && ["body", "items", "rows"].includes(String(path.at(-1))))
        lists.push(path);
      value.forEach((entry, index) => visit(entry, [...path, index]));
    } else if (typeof value === "object" && value !== null)
      for (const [name, entry] of Object.entries(value)) visit(entry, [...path, name]);
  };
  visit(data, []);
  const pick = <T>(from: readonly T[]): T | undefined => from[Math.floor(random() * from.length)];
  const [text, list] = [pick(texts), pick(lists)];
  const kind = random();
  if (text !== undefined && (kind < 0.7 || list === undefined))
    return setAt(data, text, `${String(valueAt(data, text))} thêm ${Math.floor(random() * 99)}`);
  if (list === undefined) return data;
  const entries = valueAt(data, list) as readonly unknown[];
  const at = Math.floor(random() * entries.length);
  return kind < 0.85
    ? removeAt(data, [...list, at])
    : insertAt(data, [...list, at], structuredClone(entries[at]));
}

/** Everything of pages that a writer or a screen takes from them. */
function shown({ made: outcome }: Previewed): string {
  if (!outcome.ok) return JSON.stringify(outcome.problems);
  const { pages, elements } = outcome.value.pages;
  const lines = pages.map((page) =>
    page.items.map((item) =>
      item.kind === "text"
        ? [
            item.x,
            item.baseline,
            item.spaceExtra,
            item.tag,
            item.origin.plan,
            item.runs.map(runText),
          ]
        : item,
    ),
  );
  return JSON.stringify([lines, elements, outcome.problems]);
}

test.each(fixtures())(
  "$name: after edits the preview is that of a new start",
  async ({ text, file }) => {
    const read = readPlanData(text, file);
    if (!read.ok) throw new Error("the plan cannot be read");
    const kept = previewer(world);
    const random = seeded(text.length);
    let data: unknown = read.value.data;
    for (let round = 0; round < EDITS; round++) {
      const input = { file, profile: null };
      expect(shown(await kept(data, input))).toBe(shown(await previewer(world)(data, input)));
      const next = randomEdit(data, random);
      // An edit that makes the plan wrong is undone after it was shown.
      const right = await previewer(world)(next, input);
      if (!right.made.ok) expect(shown(await kept(next, input))).toBe(shown(right));
      else data = next;
    }
  },
  120_000,
);

const poppler = hasProgram("pdftotext");
if (!poppler)
  process.stderr.write("poppler (poppler-utils) is missing: previews are not compared\n");

test.each(fixtures())("$name: the preview draws what the PDF shows", async ({ text, file }) => {
  expect(poppler || process.env["CI"] !== "true").toBe(true);
  if (poppler) await compare(text, file);
});

test("random plans too", async () => {
  if (!poppler) return;
  for (let seed = 1; seed <= RANDOM; seed++)
    await compare(JSON.stringify(widePlan(seed)), `wide-${seed}.json`);
}, 600_000);
