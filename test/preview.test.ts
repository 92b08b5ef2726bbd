import { expect, test } from "@jest/globals";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { placedLines } from "../src/layout/page-words.js";
import type { Page } from "../src/layout/pages/page.js";
import { readPlanData } from "../src/plan/parse-plan.js";
import { buildPlan } from "../src/roads/build.js";
import { previewPlan } from "../src/roads/preview.js";
import { DEFAULT_OPTIONS } from "../src/roads/write-files.js";
import { widePlan } from "./parity/wide-plan.js";
import { fixtures, productWorld } from "./support/product.js";
import { hasProgram, inTemporaryFolder, output } from "./support/tools.js";

/**
 * What the studio's preview draws is what the PDF shows: every word, at its place, to a tenth of a
 * point, as another program reads the PDF. KEHOACH_PREVIEWS says how many random plans are tried.
 */
const RANDOM = Number(process.env["KEHOACH_PREVIEWS"] ?? 6);
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
  const preview = await previewPlan(read.value.data, { file, profile: null }, world);
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
