import { type EvaluatedPlan, evaluatePlan } from "../tables/evaluate-plan.js";
import {
  type Diagnostic,
  type Outcome,
  both,
  fail,
  fileError,
  succeed,
} from "../base/diagnostic.js";
import {
  type DataFile,
  type SourceRecord,
  hashTemplates,
  recordReads,
  printManifest,
  sourceFiles,
} from "../carried/source-record.js";
import { type ReadSibling, FACES, type World } from "../base/world.js";
import { printTree } from "../document/print-tree.js";
import { type Styles, buildStyles } from "../document/styles.js";
import type { DocumentTree } from "../document/tree.js";
import { layoutDocument } from "../layout/layout-document.js";
import type { PagedDocument } from "../layout/pages/page.js";
import { printLayout } from "../layout/print-layout.js";
import { type ParsedPlan, type ProfileData, parsePlan } from "../plan/parse-plan.js";
import { DEFAULT_PROFILE } from "../plan/profile.js";
import { locateAll } from "../plan/read-yaml.js";
import type { Plan } from "../plan/schema.js";
import type { PlanSource } from "../plan/source.js";
import { dropEchoes } from "../plan/recover.js";
import type { ReadSheets } from "../reading/sheets/read-sheets.js";
import { renderTemplate } from "../template/render.js";
import { type Family, openFamily } from "../typeface/family.js";
import { openSubsetter } from "../typeface/subset.js";
import { findNonconformance } from "../writers/pdf/conformance.js";
import { DEFAULT_STANDARDS, type PdfStandard } from "../writers/pdf/standard.js";
import { writeText } from "../writers/text/write-text.js";

/**
 * What a plan can be made into. `tree` and `layout` print the stops on the way, for those who look
 * after templates.
 */
export const FORMATS = ["docx", "pdf", "xlsx", "tree", "layout", "text"] as const;
export type Format = (typeof FORMATS)[number];

/** A plan's text, as it was read. */
export interface PlanText {
  /** Name shown in findings. */
  readonly file: string;
  readonly text: string;
  /** The office's profile; what the plan itself says goes before it. */
  readonly profile: ProfileData | null;
  /** Reads the spreadsheets and mapping files that the plan names; without it there are none. */
  readonly readSibling?: ReadSibling;
}

/** How files are made. */
export interface MakeOptions {
  readonly pdfStandards: readonly PdfStandard[];
  /** Whether files carry the plan they were made from. A PDF/A-2 cannot, and does not. */
  readonly source: "carried" | "left-out";
}

export const DEFAULT_OPTIONS: MakeOptions = { pdfStandards: DEFAULT_STANDARDS, source: "carried" };

/** A plan made into files. A plan without tables has no .xlsx. */
export interface Generated {
  readonly files: ReadonlyMap<Format, Uint8Array>;
  readonly pages: number;
}

/**
 * The road from a plan's text to its files: read, settle, render, lay out, write. Nothing flows
 * back.
 * Errors: every mistake of the stage that failed, each with file, line and column.
 */
export async function generate(
  input: PlanText,
  formats: readonly Format[],
  world: World,
  options: MakeOptions = DEFAULT_OPTIONS,
): Promise<Outcome<Generated>> {
  const opened = await openPlan(input, world);
  return opened.ok ? makeFiles(opened.value, formats, world, options) : opened;
}

/** A plan that was read and whose numbers are evaluated. */
export interface OpenedPlan {
  readonly input: PlanText;
  readonly plan: EvaluatedPlan;
  readonly source: PlanSource;
  /** Files it took rows from. */
  readonly data: readonly DataFile[];
}

/**
 * The first half of the road: a plan's text with its numbers evaluated; warnings come with it.
 * Errors: as of `generate`, also those that later stages would find.
 */
export async function openPlan(input: PlanText, world: World): Promise<Outcome<OpenedPlan>> {
  const parsed = parsePlan(input.text, input.file, input.profile);
  if (parsed.ok) return evaluate(input, parsed.value, world);
  // One run reports what it can: what is left of the plan is looked at too, and nothing is made of
  // it.
  const recovered =
    "recovered" in parsed && parsed.recovered !== null
      ? await evaluate(input, parsed.recovered, world)
      : null;
  const further = recovered?.ok ? await typeset(recovered.value, world) : recovered;
  return fail([
    ...parsed.problems,
    ...(further === null || further.ok || !("faults" in parsed)
      ? []
      : dropEchoes(further.problems, parsed.faults)),
  ]);
}

async function evaluate(
  input: PlanText,
  { plan, source }: ParsedPlan,
  world: World,
): Promise<Outcome<OpenedPlan>> {
  const read = new Map<string, DataFile>();
  const {
    rows,
    unread,
    problems: unreadable,
  } = await readRows(plan, recordReads(input.readSibling ?? noSiblings, read));
  const evaluated = evaluatePlan(plan, rows);
  const opened = { input, plan: evaluated.plan, source, data: [...read.values()] };
  if (unread.length > 0) {
    // The tables that could be read are looked at too; what may only follow from the others is not
    // told.
    const told = evaluated.problems.filter(
      ({ code, at }) =>
        code !== "unknown-number" &&
        (at.in === "file" || at.path[0] === "tables") &&
        !(at.in === "plan" && unread.includes(String(at.path[1]))),
    );
    return fail(locateAll([...unreadable, ...told], source));
  }
  if (evaluated.problems.length === 0)
    return succeed(opened, locateAll(evaluated.warnings, source));
  const rendered = await typeset(opened, world);
  return fail([
    ...locateAll(evaluated.problems, source),
    ...(rendered.ok ? [] : rendered.problems.filter(({ code }) => code !== "cell-empty")),
  ]);
}

/**
 * The second half: pages, then files. For a unit's extract `plan` is the extract of the opened
 * plan.
 */
export async function makeFiles(
  opened: OpenedPlan,
  formats: readonly Format[],
  world: World,
  options: MakeOptions,
): Promise<Outcome<Generated>> {
  const { input, data } = opened;
  const set = await typeset(opened, world);
  if (!set.ok) return set;
  // A check that writes nothing looks at all that would stop a build.
  const unfit =
    formats.includes("pdf") || formats.length === 0
      ? findNonconformance(set.value.pages, options.pdfStandards)
      : [];
  if (unfit.length > 0) return fail(locateAll(unfit, opened.source));
  const record: SourceRecord | null =
    options.source === "left-out"
      ? null
      : {
          plan: input.text,
          profile: input.profile,
          templates: hashTemplates(world.templates),
          fonts: FACES.map((face) => set.value.family[face].postscriptName),
          standards: options.pdfStandards,
          data,
        };
  return succeed(await write(opened.plan, set.value, formats, record, world, options));
}

/**
 * Write the files that were asked for. What is made from the tree comes first, so that a long
 * document's tree is let go before its pages are written.
 */
async function write(
  plan: EvaluatedPlan,
  set: Typeset,
  formats: readonly Format[],
  record: SourceRecord | null,
  world: World,
  { pdfStandards }: MakeOptions,
): Promise<Generated> {
  const source = record && {
    plan: record.plan,
    manifest: printManifest(record),
    data: record.data,
  };
  const files = new Map<Format, Uint8Array>(formats.map((format) => [format, new Uint8Array()]));
  const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
  if (files.has("docx")) {
    const { writeDocx } = await import("../writers/docx/write-docx.js");
    const { tables } = set.pages;
    files.set(
      "docx",
      await writeDocx(set.tree, set.styles, set.family, {
        deflate: world.deflate,
        skeletons: world.skeletons,
        tables,
        source,
        subsetter: () => openSubsetter(world.subsetter()),
      }),
    );
  }
  if (files.has("xlsx")) {
    const { buildWorkbook } = await import("../workbook/build-workbook.js");
    const workbook = buildWorkbook(plan);
    if (workbook === null) files.delete("xlsx");
    else
      files.set(
        "xlsx",
        (await import("../writers/xlsx/write-xlsx.js")).writeXlsx(workbook, world.deflate),
      );
  }
  if (files.has("tree")) files.set("tree", encode(printTree(set.tree)));
  if (files.has("text")) files.set("text", encode(writeText(set.tree)));
  set.tree = NO_TREE;
  set.pages = { ...set.pages, tables: new Map() };
  if (files.has("layout")) files.set("layout", encode(printLayout(set.pages)));
  if (files.has("pdf")) {
    const { writePdf } = await import("../writers/pdf/write-pdf.js");
    const attachments =
      record === null || source === null || pdfStandards.includes("a-2a")
        ? []
        : sourceFiles(record, source.manifest);
    files.set(
      "pdf",
      writePdf(set.pages, { deflate: world.deflate, standards: pdfStandards, attachments }),
    );
  }
  return { files, pages: set.pages.pages.length };
}

const NO_TREE: DocumentTree = {
  title: "",
  language: "vi-VN",
  dated: "",
  sections: [],
  footnotes: [],
};

interface Typeset {
  /** Let go when what is made from it is made. */
  tree: DocumentTree;
  readonly styles: Styles;
  readonly family: Family;
  pages: PagedDocument;
}

/**
 * An opened plan as a document tree, without pages: for reading and comparing. Errors: those of
 * templates and citations.
 */
export async function renderPlan(
  { plan, source }: OpenedPlan,
  world: World,
): Promise<Outcome<DocumentTree>> {
  const tree = await renderTemplate(
    plan,
    world.templates,
    (plan.profile ?? DEFAULT_PROFILE).citationDates,
  );
  return tree.ok ? tree : fail(locateAll(tree.problems, source));
}

/** From plan to pages: what every kind of file is written from. */
async function typeset(opened: OpenedPlan, world: World): Promise<Outcome<Typeset>> {
  const { plan, source } = opened;
  const refuse = (problems: readonly Diagnostic[]): Outcome<never> =>
    fail(locateAll(problems, source));
  const profile = plan.profile ?? DEFAULT_PROFILE;
  const tree = await renderPlan(opened, world);
  if (!tree.ok) return tree;
  const family = await openFamily(world.fonts);
  if (!family.ok) return refuse(family.problems);
  const styles = buildStyles(profile);
  const pages = layoutDocument(tree.value, styles, family.value);
  if (!pages.ok) return refuse(pages.problems);
  return succeed({ tree: tree.value, styles, family: family.value, pages: pages.value });
}

const noSiblings: ReadSibling = (file) =>
  fail([fileError("file-unreadable", { file }, both("không có tệp này", "there is no such file"))]);

/** Rows from spreadsheets, where tables take theirs from one. The readers are loaded only then. */
async function readRows(plan: Plan, readSibling: ReadSibling): Promise<ReadSheets> {
  const named = Object.values(plan.tables).some(
    ({ rows }) => typeof rows === "object" && "file" in rows,
  );
  return named
    ? (await import("../reading/sheets/read-sheets.js")).readSheets(plan, readSibling)
    : { rows: new Map(), unread: [], problems: [] };
}
