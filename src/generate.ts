import { type SettledPlan, settlePlan } from "./allocation/settle-plan.js";
import { type Diagnostic, type Outcome, both, fail, fileError, succeed } from "./base/diagnostic.js";
import { type DataFile, MANIFEST_NAME, PLAN_NAME, type SourceRecord, hashTemplates, printManifest } from "./base/source-record.js";
import { type Beside, FACES, type World } from "./base/world.js";
import { printTree } from "./document/print-tree.js";
import { type Styles, buildStyles } from "./document/styles.js";
import type { DocumentTree } from "./document/tree.js";
import { layoutDocument } from "./layout/layout-document.js";
import type { PagedDocument } from "./layout/pages/page.js";
import { printLayout } from "./layout/print-layout.js";
import { type ParsedPlan, type ProfileData, parsePlan } from "./plan/parse-plan.js";
import { DEFAULT_PROFILE } from "./plan/profile.js";
import { locateAll } from "./plan/read-yaml.js";
import type { Plan } from "./plan/schema.js";
import { dropEchoes } from "./plan/salvage.js";
import type { ReadSheets } from "./reading/sheets/read-sheets.js";
import { renderTemplate } from "./template/render.js";
import { type Family, openFamily } from "./typeface/family.js";
import { openSubsetter } from "./typeface/subset.js";
import { findNonconformance } from "./writers/pdf/conformance.js";
import { DEFAULT_STANDARDS, type PdfStandard } from "./writers/pdf/standard.js";
import type { Attachment } from "./writers/pdf/write-pdf.js";
import { writeText } from "./writers/text/write-text.js";

/** What a plan can be made into. `tree` and `layout` print the stops on the way, for those who look after templates. */
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
  readonly beside?: Beside;
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
 * The road from a plan's text to its files: read, render, lay out, write. Nothing flows back.
 * Errors: every mistake of the stage that failed, each with file, line and column.
 */
export async function generate(input: PlanText, formats: readonly Format[], world: World, options: MakeOptions = DEFAULT_OPTIONS): Promise<Outcome<Generated>> {
  const parsed = parsePlan(input.text, input.file, input.profile);
  if (!parsed.ok) {
    // One run reports what it can: what is left of the plan is looked at too, and nothing is made of it.
    const salvaged = "salvaged" in parsed && parsed.salvaged !== null ? await typeset(parsed.salvaged, input.beside ?? nothingBeside, world) : null;
    const further = salvaged === null || salvaged.ok || !("faults" in parsed) ? [] : dropEchoes(salvaged.problems, parsed.faults);
    return fail([...parsed.problems, ...further]);
  }
  const read = new Map<string, DataFile>();
  const set = await typeset(parsed.value, keepingFiles(input.beside ?? nothingBeside, read), world);
  if (!set.ok) return set;
  // A check that writes nothing looks at all that would stop a build.
  const unfit = formats.includes("pdf") || formats.length === 0 ? findNonconformance(set.value.pages, options.pdfStandards) : [];
  if (unfit.length > 0) return fail(locateAll(unfit, parsed.value.source));
  const record: SourceRecord | null = options.source === "left-out" ? null : {
    plan: input.text, profile: input.profile, templates: hashTemplates(world.templates),
    fonts: FACES.map((face) => set.value.family[face].postscriptName), standards: options.pdfStandards, data: [...read.values()],
  };
  return succeed(await write(set.value, formats, record, world, options));
}

/** Write the files that were asked for. What is made from the tree comes first, so that a long document's tree is let go before its pages are written. */
async function write(set: Typeset, formats: readonly Format[], record: SourceRecord | null, world: World, { pdfStandards }: MakeOptions): Promise<Generated> {
  const source = record && { plan: record.plan, manifest: printManifest(record), data: record.data };
  const files = new Map<Format, Uint8Array>(formats.map((format) => [format, new Uint8Array()]));
  const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
  if (files.has("docx")) {
    const { writeDocx } = await import("./writers/docx/write-docx.js");
    const { tables } = set.pages;
    files.set("docx", await writeDocx(set.tree, set.styles, set.family, { deflate: world.deflate, skeletons: world.skeletons, tables, source, subsetter: () => openSubsetter(world.subsetter()) }));
  }
  if (files.has("xlsx")) {
    const { buildWorkbook } = await import("./template/build-workbook.js");
    const workbook = buildWorkbook(set.plan);
    if (workbook === null) files.delete("xlsx");
    else files.set("xlsx", (await import("./writers/xlsx/write-xlsx.js")).writeXlsx(workbook, world.deflate));
  }
  if (files.has("tree")) files.set("tree", encode(printTree(set.tree)));
  if (files.has("text")) files.set("text", encode(writeText(set.tree)));
  set.tree = NO_TREE;
  set.pages = { ...set.pages, tables: new Map() };
  if (files.has("layout")) files.set("layout", encode(printLayout(set.pages)));
  if (files.has("pdf")) {
    const { writePdf } = await import("./writers/pdf/write-pdf.js");
    const attachments = source === null || pdfStandards.includes("a-2a") ? [] : attachmentsOf(source);
    files.set("pdf", writePdf(set.pages, { deflate: world.deflate, standards: pdfStandards, attachments }));
  }
  return { files, pages: set.pages.pages.length };
}

const NO_TREE: DocumentTree = { title: "", language: "vi-VN", dated: "", sections: [], footnotes: [] };

/** What a PDF carries of its plan. */
function attachmentsOf({ plan, manifest, data }: Pick<SourceRecord, "plan" | "data"> & { readonly manifest: string }): Attachment[] {
  const encoder = new TextEncoder();
  return [
    { name: PLAN_NAME, mimeType: "application/yaml", description: "Dữ liệu của kế hoạch", relationship: "Source", bytes: encoder.encode(plan) },
    { name: MANIFEST_NAME, mimeType: "application/json", description: "Mẫu, thể thức, phông chữ đã dùng; mã băm", relationship: "Supplement", bytes: encoder.encode(manifest) },
    ...data.map(({ name, bytes }): Attachment => ({ name, mimeType: MIME_TYPES[/\.(\w+)$/u.exec(name)?.[1]?.toLowerCase() ?? ""] ?? "application/octet-stream", description: "Bảng tính mà kế hoạch lấy số liệu", relationship: "Data", bytes })),
  ];
}

const MIME_TYPES: Readonly<Record<string, string>> = {
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", xls: "application/vnd.ms-excel",
  ods: "application/vnd.oasis.opendocument.spreadsheet", csv: "text/csv", yaml: "application/yaml",
};

interface Typeset {
  readonly plan: SettledPlan;
  /** Let go when what is made from it is made. */
  tree: DocumentTree;
  readonly styles: Styles;
  readonly family: Family;
  pages: PagedDocument;
}

/** From plan to pages: what every kind of file is written from. */
async function typeset({ plan, source }: ParsedPlan, beside: Beside, world: World): Promise<Outcome<Typeset>> {
  const refuse = (problems: readonly Diagnostic[]): Outcome<never> => fail(locateAll(problems, source));
  const profile = plan.profile ?? DEFAULT_PROFILE;
  const { rows, unread, problems: unreadable } = await readRows(plan, beside);
  const settled = settlePlan(plan, rows);
  if (unread.length > 0) {
    // The tables that could be read are looked at too; what may only follow from the others is not told.
    const told = settled.problems.filter(({ code, at }) => code !== "unknown-number" && (at.in === "file" || at.path[0] === "tables") && !(at.in === "plan" && unread.includes(String(at.path[1]))));
    return refuse([...unreadable, ...told]);
  }
  const tree = await renderTemplate(settled.plan, world.templates, profile.citationDates);
  if (!tree.ok || settled.problems.length > 0) return refuse([...settled.problems, ...tree.problems]);
  const family = await openFamily(world.fonts);
  if (!family.ok) return refuse(family.problems);
  const styles = buildStyles(profile);
  const pages = layoutDocument(tree.value, styles, family.value);
  if (!pages.ok) return refuse(pages.problems);
  return succeed({ plan: settled.plan, tree: tree.value, styles, family: family.value, pages: pages.value });
}

const nothingBeside: Beside = (file) => fail([fileError("file-unreadable", { file }, both("không có tệp này", "there is no such file"))]);
/** A reader that keeps what it has read, for the files to carry. */
function keepingFiles(beside: Beside, kept: Map<string, DataFile>): Beside {
  return (name) => {
    const file = beside(name);
    if (file.ok) kept.set(name, { name, bytes: file.value });
    return file;
  };
}

/** Rows from spreadsheets, where tables take theirs from one. The readers are loaded only then. */
async function readRows(plan: Plan, beside: Beside): Promise<ReadSheets> {
  const named = Object.values(plan.tables).some(({ rows }) => typeof rows === "object" && "file" in rows);
  return named ? (await import("./reading/sheets/read-sheets.js")).readSheets(plan, beside) : { rows: new Map(), unread: [], problems: [] };
}
