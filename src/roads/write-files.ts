import {
  type Diagnostic,
  type Outcome,
  both,
  fail,
  fileError,
  succeed,
} from "../base/diagnostic.js";
import { hashBytes, printHash } from "../base/sha256.js";
import { sourceFiles } from "../carried/attachments.js";
import { baseName } from "../carried/carried-files.js";
import { type DataFile, type SourceRecord, printManifest } from "../carried/source-record.js";
import { runPageChecks } from "../checks/index.js";
import { printTree } from "../document/print-tree.js";
import type { PagedDocument } from "../layout/pages/page.js";
import { printLayout } from "../layout/print-layout.js";
import { sealText } from "../seals/seal-text.js";
import { hashTemplates } from "../template/template-set.js";
import { FACES } from "../typeface/font-file.js";
import { openSubsetter } from "../typeface/subset.js";
import { DEFAULT_STANDARDS, type PdfStandard } from "../writers/pdf/standard.js";
import { writeText } from "../writers/text/write-text.js";
import { type LaidOutPlan, layOutPlan } from "./lay-out.js";
import type { OpenedPlan } from "./opened-plan.js";
import type { World } from "./world.js";

/**
 * What a plan can be made into. `tree` and `layout` print the stops on the way, for those who look
 * after templates.
 */
export const FORMATS = ["docx", "pdf", "xlsx", "tree", "layout", "text"] as const;
export type Format = (typeof FORMATS)[number];

/** Endings of file names, by format. */
export const SUFFIX: Readonly<Record<Format, string>> = {
  docx: ".docx",
  pdf: ".pdf",
  xlsx: ".xlsx",
  tree: ".tree.txt",
  layout: ".layout.txt",
  text: ".txt",
};

/** Formats that have no place of their own for a seal. */
const TEXT_FORMATS: ReadonlySet<Format> = new Set(["tree", "layout", "text"]);

/** How files are made. */
export interface MakeOptions {
  readonly pdfStandards: readonly PdfStandard[];
  /** Whether files carry the plan they were made from. A PDF/A-2 cannot, and does not. */
  readonly source: "carried" | "left-out";
}

export const DEFAULT_OPTIONS: MakeOptions = { pdfStandards: DEFAULT_STANDARDS, source: "carried" };

/**
 * A plan made into files, in the order of the formats asked for. A plan without tables has no
 * .xlsx.
 */
export interface MadeFiles {
  readonly files: ReadonlyMap<Format, Uint8Array>;
  readonly pages: number;
}

/**
 * The second half of a build: lay out, check the pages, write.
 * Errors: those of `layOutPlan`; what the PDF's standards cannot take. Without formats nothing is
 * written, but all that would stop a build is looked for.
 */
export async function makeFiles(
  opened: OpenedPlan,
  formats: readonly Format[],
  world: World,
  options: MakeOptions,
): Promise<Outcome<MadeFiles>> {
  const half = await writeFromTree(opened, formats, world, options);
  if (!half.ok) return half;
  // The document tree of a long plan is out of reach here: it need not stay while its pages are
  // written.
  const { files, pages, record } = half.value;
  if (formats.includes("layout")) files.set("layout", encode(printLayout(pages)));
  if (formats.includes("pdf"))
    files.set("pdf", await writePdfFile(opened, pages, record, world, options.pdfStandards));
  const inOrder = formats.flatMap((format) => {
    const bytes = files.get(format);
    return bytes ? [[format, bytes] as const] : [];
  });
  return succeed({ files: new Map(inOrder), pages: pages.pages.length }, half.problems);
}

/** What was written from the tree, and the pages that are still to be written. */
interface HalfWritten {
  readonly files: Map<Format, Uint8Array>;
  readonly pages: PagedDocument;
  readonly record: SourceRecord | null;
}

async function writeFromTree(
  opened: OpenedPlan,
  formats: readonly Format[],
  world: World,
  options: MakeOptions,
): Promise<Outcome<HalfWritten>> {
  const laidOut = await layOutPlan(opened, world);
  if (!laidOut.ok) return laidOut;
  const { tree, pages } = laidOut.value;
  const asPdf = formats.includes("pdf") || formats.length === 0;
  const found = runPageChecks(pages, asPdf ? options.pdfStandards : []);
  const unfit = found.filter(({ severity }) => severity === "error");
  if (unfit.length > 0) return fail(unfit);
  const record =
    options.source === "left-out" ? null : sourceRecord(opened, laidOut.value, world, options);
  const twins = record === null ? [] : carriedTwins(opened);
  if (twins.length > 0) return fail(twins);
  const files = new Map<Format, Uint8Array>();
  if (formats.includes("docx"))
    files.set("docx", await writeWordFile(laidOut.value, opened.pictures, record, world));
  if (formats.includes("xlsx")) {
    const workbook = await writeWorkbookFile(opened, world);
    if (workbook !== null) files.set("xlsx", workbook);
  }
  if (formats.includes("tree")) files.set("tree", encode(printTree(tree)));
  if (formats.includes("text")) files.set("text", encode(writeText(tree)));
  return succeed(
    {
      files,
      pages: { ...pages, tables: new Map(), pictureSizes: new Map() },
      record,
    },
    found,
  );
}

/** Two files of one name cannot both be carried: only the bare names of files are. */
function carriedTwins({ input, data }: OpenedPlan): readonly Diagnostic[] {
  const first = new Map<string, DataFile>();
  return data.flatMap((file) => {
    const bare = baseName(file.name).toLowerCase();
    const twin = first.get(bare);
    if (twin === undefined) first.set(bare, file);
    return twin === undefined || hashOf(twin) === hashOf(file)
      ? []
      : [
          fileError(
            "carried-twins",
            { file: input.file },
            both(
              `“${twin.name}” và “${file.name}” trùng tên, không mang theo cả hai được`,
              `“${twin.name}” and “${file.name}” have one name; only one can be carried`,
            ),
            both("đổi tên một tệp, hoặc dựng với --no-source", "rename one, or use --no-source"),
          ),
        ];
  });
}

function hashOf({ bytes }: DataFile): string {
  return printHash(hashBytes(bytes));
}

function sourceRecord(
  { input, data }: OpenedPlan,
  { family }: LaidOutPlan,
  { templates }: World,
  { pdfStandards }: MakeOptions,
): SourceRecord {
  return {
    plan: input.text,
    profile: input.profile,
    templates: hashTemplates(templates),
    fonts: FACES.map((face) => family[face].postscriptName),
    standards: pdfStandards,
    data: data.map(({ name, bytes }) => ({ name: baseName(name), bytes })),
  };
}

async function writeWordFile(
  { tree, styles, family, rare, pages }: LaidOutPlan,
  pictures: OpenedPlan["pictures"],
  record: SourceRecord | null,
  world: World,
): Promise<Uint8Array> {
  const { writeDocx } = await import("../writers/docx/write-docx.js");
  return writeDocx(tree, styles, family, {
    deflate: world.deflate,
    rare,
    skeletons: world.skeletons,
    tables: pages.tables,
    pictureSizes: pages.pictureSizes,
    pictures,
    source: record && { plan: record.plan, manifest: printManifest(record), data: record.data },
    subsetter: () => openSubsetter(world.subsetter()),
  });
}

async function writeWorkbookFile(
  { plan }: OpenedPlan,
  { deflate }: World,
): Promise<Uint8Array | null> {
  const { buildWorkbook } = await import("../workbook/build-workbook.js");
  const workbook = buildWorkbook(plan);
  if (workbook === null) return null;
  return (await import("../writers/xlsx/write-xlsx.js")).writeXlsx(workbook, deflate);
}

async function writePdfFile(
  { pictures }: OpenedPlan,
  pages: PagedDocument,
  record: SourceRecord | null,
  { deflate }: World,
  standards: readonly PdfStandard[],
): Promise<Uint8Array> {
  const { writePdf } = await import("../writers/pdf/write-pdf.js");
  const attachments =
    record === null || standards.includes("a-2a") ? [] : sourceFiles(record, printManifest(record));
  return writePdf(pages, { deflate, standards, attachments, pictures });
}

/**
 * A made file as it goes to a place where it may be replaced one day: one of text gets a last line
 * by which it is known again, as others have it inside.
 */
export function sealed(format: Format, bytes: Uint8Array): Uint8Array {
  return TEXT_FORMATS.has(format) ? encode(sealText(new TextDecoder().decode(bytes))) : bytes;
}

function encode(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
