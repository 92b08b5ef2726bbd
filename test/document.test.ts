import { describe, expect, test } from "@jest/globals";
import {
  type Mm,
  type Pt,
  type Twip,
  ptFromTwips,
  roundedPtFromTwips,
  twipsFromMm,
  twipsFromPt,
  wholeMmFromTwips,
} from "../src/base/units.js";
import {
  BOLD,
  ITALIC,
  NO_MARKS,
  UPRIGHT,
  addMark,
  hasMark,
  sameMarks,
} from "../src/document/marks.js";
import { printTree } from "../src/document/print-tree.js";
import { joinRuns, plainRun } from "../src/document/runs.js";
import { buildStyles } from "../src/document/styles.js";
import {
  type Change,
  type DocumentTree,
  NO_ORIGIN,
  type Paragraph,
  type TextRun,
} from "../src/document/tree.js";
import { originAt } from "../src/layout/inline/collect.js";
import { layoutDocument } from "../src/layout/layout-document.js";
import type { PagedDocument } from "../src/layout/pages/page.js";
import { printLayout } from "../src/layout/print-layout.js";
import { DEFAULT_PROFILE } from "../src/plan/profile.js";
import { buildTree } from "../src/template/build-tree.js";
import { parseMarkup } from "../src/template/parse-markup.js";
import { openFamily } from "../src/typeface/family.js";
import { openSubsetter } from "../src/typeface/subset.js";
import { writeDocx } from "../src/writers/docx/write-docx.js";
import { writePdf } from "../src/writers/pdf/write-pdf.js";
import { line, productWorld } from "./support/product.js";

const world = productWorld();
const styles = buildStyles(DEFAULT_PROFILE);

describe("lengths", () => {
  test("are converted by named functions", () => {
    expect(twipsFromMm(20)).toBe(1134);
    expect(twipsFromPt(14)).toBe(280);
    expect(ptFromTwips(280)).toBe(14);
    expect(roundedPtFromTwips(283.3)).toBe(14.17);
    expect(wholeMmFromTwips(1134)).toBe(20);
  });

  test("of different units do not mix", () => {
    const indent: Mm = 10;
    const size: Pt = 14;
    const width: Twip = 9072;
    const doubled = (length: Twip): Twip => length * 2;
    // @ts-expect-error millimetres are no twips
    doubled(indent);
    // @ts-expect-error points are no twips
    doubled(size);
    // @ts-expect-error twips are no millimetres
    twipsFromMm(width);
    // @ts-expect-error nor inside an object
    const column: { readonly width: Twip } = { width: indent };
    // Sums and plain numbers take the unit of their place.
    expect(doubled(width + 1) + column.width).toBe(18156);
  });
});

describe("marks are sets", () => {
  test("each type once, in one order", () => {
    const nested = addMark(addMark(NO_MARKS, ITALIC), BOLD);
    expect(nested.map(({ type }) => type)).toEqual(["bold", "italic"]);
    expect(addMark(nested, { type: "bold" })).toBe(nested);
    expect(sameMarks(nested, addMark(addMark(NO_MARKS, BOLD), ITALIC))).toBe(true);
    expect(sameMarks(nested, addMark(nested, UPRIGHT))).toBe(false);
    expect([hasMark(nested, "italic"), hasMark(nested, "light")]).toEqual([true, false]);
  });
});

/** A document of one section with this markup in it. */
function treeOf(blocks: string): DocumentTree {
  const section = `<section name="main">${blocks}</section>`;
  const root = parseMarkup(`<document title="Thử" dated="2024-03-05">${section}</document>`);
  if (!root.ok) throw new Error(root.problems.map(line).join("\n"));
  const tree = buildTree(root.value);
  if (!tree.ok) throw new Error(tree.problems.map(line).join("\n"));
  return tree.value;
}

async function pagesOf(tree: DocumentTree): Promise<PagedDocument> {
  const family = await openFamily(world.fonts);
  const pages = family.ok ? layoutDocument(tree, styles, family.value) : family;
  if (!pages.ok) throw new Error(pages.problems.map(line).join("\n"));
  return pages.value;
}

/** The runs of the only paragraph, with their places in the plan. */
function runsOf(tree: DocumentTree): readonly string[] {
  const [paragraph] = tree.sections[0]?.blocks ?? [];
  if (paragraph?.kind !== "paragraph") throw new Error("no paragraph");
  return paragraph.inlines.map((inline) =>
    inline.kind === "text" ? `${inline.text}@${inline.origin.plan ?? ""}` : inline.kind,
  );
}

const CITED =
  '<p role="body" at="body[0]" label="1.">Giảm <s at="body[0].text">còn <b>tối đa' +
  ' <s at="figures.giam">2,5%</s></b></s> hộ nghèo.</p>';
const UNCITED = CITED.replace(/<\/?s\b[^>]*>/gu, "");

describe("runs know where their words come from", () => {
  test("the closest s around them, else the element", () => {
    expect(runsOf(treeOf(CITED))).toEqual([
      "Giảm @body[0]",
      "còn @body[0].text",
      "tối đa @body[0].text",
      "2,5%@figures.giam",
      " hộ nghèo.@body[0]",
    ]);
    expect(runsOf(treeOf(UNCITED))).toEqual([
      "Giảm còn @body[0]",
      "tối đa 2,5%@body[0]",
      " hộ nghèo.@body[0]",
    ]);
  });

  test("blanks fold and are trimmed across them as without them", () => {
    const text = (blocks: string): string => runsOf(treeOf(blocks)).join("|");
    expect(text('<p role="body"> <s at="a"> x </s> <s at="b"> y </s> </p>')).toBe("x @a|y@b");
  });

  test("a character on a page leads to its words in the plan", async () => {
    const pages = await pagesOf(treeOf(CITED));
    const places = pages.pages[0]?.items.flatMap((item) =>
      item.kind === "text"
        ? item.runs.map(({ text, from, to }) => [
            originAt(text, from).plan,
            originAt(text, to - 1).plan,
          ])
        : [],
    );
    expect(places).toEqual([
      ["body[0]", "body[0]"],
      ["body[0]", "body[0].text"],
      ["body[0].text", "figures.giam"],
      ["body[0]", "body[0]"],
    ]);
  });

  test("nothing that is printed or written shows them", async () => {
    const outputs = await Promise.all(
      [CITED, UNCITED].map(async (blocks) => {
        const tree = treeOf(blocks);
        const pages = await pagesOf(tree);
        const family = await openFamily(world.fonts);
        if (!family.ok) throw new Error("no fonts");
        const { deflate, skeletons } = world;
        const subsetter = () => openSubsetter(world.subsetter());
        const { tables } = pages;
        const tools = {
          deflate,
          skeletons,
          subsetter,
          tables,
          source: null,
          rare: [],
          pictureSizes: new Map(),
          pictures: new Map(),
        };
        return {
          tree: printTree(tree),
          layout: printLayout(pages),
          docx: await writeDocx(tree, styles, family.value, tools),
          pdf: writePdf(pages, { deflate, standards: [], attachments: [], pictures: new Map() }),
        };
      }),
    );
    expect(outputs[0]).toEqual(outputs[1]);
  });

  test("an s needs a place, and stands only where text may", () => {
    const problems = (markup: string): readonly string[] => {
      const parsed = parseMarkup(markup);
      return parsed.ok ? [] : parsed.problems.map(({ code }) => code);
    };
    expect(problems('<section name="a"><s at="x"></s></section>')).toContain("markup-misplaced");
    const section = '<section name="a"><p role="body"><s>x</s></p></section>';
    expect(problems(`<document title="" dated="">${section}</document>`)).toEqual([
      "markup-missing-attribute",
    ]);
  });

  test("a character that the font lacks is reported at its words", async () => {
    const family = await openFamily(world.fonts);
    if (!family.ok) throw new Error("no fonts");
    const tree = treeOf('<p role="body" at="body[0]">Giảm <s at="figures.giam">\u4e2d</s></p>');
    const pages = layoutDocument(tree, styles, family.value);
    expect(pages.problems.map(({ code, at }) => [code, at.in === "plan" && at.path])).toEqual([
      ["missing-glyph", ["figures", "giam"]],
    ]);
    expect(pages.problems[0]?.message.vi).toContain("“Giảm \u4e2d”");
  });
});

describe("a tree may carry changes", () => {
  const run = (text: string, change?: Change): TextRun<Change> => ({
    ...plainRun(text, NO_ORIGIN),
    ...(change ? { change } : {}),
  });
  const inserted: Change = { kind: "inserted", revision: 0 };
  const paragraph: Paragraph<Change> = {
    kind: "paragraph",
    role: "body",
    label: null,
    inlines: [run("Giảm "), run("3%", inserted), run(" hộ", inserted)],
    introducesNext: false,
    origin: NO_ORIGIN,
    key: "giam-ngheo",
    change: { kind: "moved", revision: 0 },
  };
  const tree: DocumentTree<Change> = {
    title: "Thử",
    language: "vi-VN",
    dated: "2024-03-05",
    sections: [{ name: "main", landscape: false, blocks: [paragraph], origin: NO_ORIGIN }],
    footnotes: [],
    revisions: [{ author: "Sở Nội vụ", date: "2024-03-06" }],
  };

  test("which are printed", () => {
    expect(printTree(tree).split("\n").slice(1, 4)).toEqual([
      "revision 2024-03-06 Sở Nội vụ",
      "section main",
      '  body "Giảm {inserted/0:3% hộ}"  #giam-ngheo  moved/0',
    ]);
    expect(joinRuns(paragraph.inlines)).toHaveLength(2);
  });

  test("but not to those who cannot show them", () => {
    // @ts-expect-error layout takes a tree without changes
    const refused: DocumentTree = tree;
    expect(refused).toBe(tree);
  });
});
