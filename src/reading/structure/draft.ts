import {
  type Diagnostic,
  type Outcome,
  both,
  fail,
  fileError,
  succeed,
} from "../../base/diagnostic.js";
import type { CitationDates } from "../../plan/cite.js";
import { DEFAULT_NUMBERING, type Marker } from "../../plan/markers.js";
import { rootScope } from "../../plan/numbering.js";
import { APPENDIX_LABELS } from "../../plan/schema.js";
import type { Knowledge } from "../../knowledge/knowledge.js";
import type { Notice, SourceBlock, SourceParagraph, SourceText } from "../source-text.js";
import {
  type Annex,
  type AnnexLabels,
  annexLabels,
  citeAnnexes,
  missingAnnexes,
  readAnnex,
} from "./annexes.js";
import { type Preamble, readPreamble } from "./bases.js";
import type { Data, DataObject } from "./data.js";
import { type FoundFunding, findFunding } from "./funding.js";
import { type Comments, type Guess, collectGuesses } from "./guesses.js";
import { type Head, readHead } from "./head.js";
import { headData } from "./head-data.js";
import { bareNumbers, missingParts, rewrittenLabels } from "./notices.js";
import { isBullet } from "./labels.js";
import { type Substitution, footnoteId, planMarkup } from "./markup.js";
import { buildOutline } from "./outline.js";
import type { OutlineNode } from "./outline-node.js";
import { documentData, preambleData } from "./preamble-data.js";
import { type FoundProject, findProjects } from "./projects.js";
import { type References, findReferences } from "./references.js";
import { splitBlocks } from "./split-blocks.js";
import { type Tail, partDocument } from "./tail.js";
import { tailData } from "./tail-data.js";
import { type Writing, commonNumbering, planNodes } from "./to-nodes.js";

/** A plan made of an existing document, before its schema has read it. */
export interface PlanDraft {
  readonly data: DataObject;
  readonly comments: Comments;
  readonly guesses: readonly Guess[];
  /** Lines of the source that found no place in the plan. */
  readonly unplaced: readonly SourceParagraph[];
  readonly notices: readonly Notice[];
  /** Tables whose totals are computed. */
  readonly computedTables: number;
}

/** Whether tables that add up are written as tables of numbers, or all as they stand. */
export type TableForm = "computed" | "as-printed";

/** A document taken apart: head, bases, sections, tail, appendices. */
interface DocumentParts {
  readonly head: Head;
  readonly preamble: Preamble;
  readonly outline: readonly OutlineNode[];
  readonly tail: Tail;
  readonly annexes: readonly Annex[];
}

/** What the parts of a document say: citations, amounts, figures, projects. */
interface Findings {
  readonly dates: CitationDates;
  readonly projects: ReadonlyMap<OutlineNode, FoundProject>;
  readonly funding: FoundFunding;
  readonly references: References;
  readonly labels: AnnexLabels;
  readonly substitutions: ReadonlyMap<SourceParagraph, readonly Substitution[]>;
}

/**
 * Understand a document that was read: head, bases, outline, programme, tail, appendices. Nothing
 * is invented: what the source leaves blank stays blank. Errors: a text that is no plan.
 */
export function draftPlan(
  source: SourceText,
  file: string,
  knowledge: Knowledge,
  tables: TableForm = "computed",
): Outcome<PlanDraft> {
  const blocks = splitBlocks(source.blocks);
  const parts = readParts(blocks, knowledge);
  if (!isPlan(parts)) return fail([notAPlan(file)]);
  const annexes = parts.appendices.map((part) => readAnnex(part, knowledge));
  const { head, preamble, outline, tail } = parts;
  const guesses = collectGuesses();
  const headed = headData(head, source, knowledge, guesses);
  if (headed === null) return fail([withoutYear(file)]);
  const document: DocumentParts = { head, preamble, outline, tail, annexes };
  const everything = [...outline, ...annexes.flatMap(({ nodes }) => nodes)];
  const findings = findAll(document, everything, { knowledge, dates: commonDates(blocks) });
  const dataTables = tables === "computed" ? new Map<string, DataObject>() : null;
  const body = writeBody(document, findings, { dataTables, doubt: guesses.doubt });
  const ends = tailData(tail);
  return succeed({
    data: planData(findings, body, {
      headed,
      preamble: preambleData(preamble, findings.substitutions),
      dataTables,
      footnotes: source.footnotes,
      tail: ends.data,
      annexes,
    }),
    comments: guesses.comments,
    guesses: guesses.list,
    unplaced: [...head.others, ...tail.others, ...ends.others],
    notices: [
      ...missingParts(head, preamble, tail),
      ...missingAnnexes(everything, annexes.length),
      ...rewrittenLabels(everything),
      ...bareNumbers(everything),
    ],
    computedTables: dataTables?.size ?? 0,
  });
}

/** Take a document apart from the top down; head and bases end at the first table at the latest. */
function readParts(
  blocks: readonly SourceBlock[],
  knowledge: Knowledge,
): Omit<DocumentParts, "annexes"> & Pick<ReturnType<typeof partDocument>, "appendices"> {
  const head = readHead(paragraphsAboveTables(blocks), knowledge);
  const below = blocks.slice(head.length);
  const preamble = readPreamble(paragraphsAboveTables(below), knowledge);
  const { text, tail, appendices } = partDocument(below.slice(preamble.length), knowledge);
  return { head, preamble, outline: buildOutline(text, knowledge), tail, appendices };
}

function paragraphsAboveTables(blocks: readonly SourceBlock[]): readonly SourceParagraph[] {
  const table = blocks.findIndex((block) => block.kind === "table");
  return (table < 0 ? blocks : blocks.slice(0, table)).filter(
    (block) => block.kind === "paragraph",
  );
}

/** A plan has its type's name, legal bases, or numbered sections. */
function isPlan({ head, preamble, outline }: Omit<DocumentParts, "annexes">): boolean {
  return (
    head.type !== null ||
    preamble.bases.length > 0 ||
    outline.some(({ label }) => label !== null && !isBullet(label))
  );
}

function findAll(
  { preamble, outline, annexes }: DocumentParts,
  everything: readonly OutlineNode[],
  { knowledge, dates }: { readonly knowledge: Knowledge; readonly dates: CitationDates },
): Findings {
  const projects = findProjects(outline, knowledge);
  const funding = findFunding(outline, projects, knowledge);
  const references = findReferences(
    everything,
    subjectsOf(preamble),
    preamble.enactment === null ? [] : [preamble.enactment.paragraph],
    { knowledge, dates, taken: funding.taken },
  );
  const labels = annexLabels(annexes);
  const substitutions = withCitations(references, [
    ...funding.citations,
    ...citeAnnexes(everything, labels),
  ]);
  return { dates, projects, funding, references, labels, substitutions };
}

/** The text of a plan as plan data, and what it refers to. */
interface WrittenBody {
  readonly numbering: readonly Marker[];
  readonly body: readonly Data[];
  readonly appendices: readonly (readonly Data[])[];
  readonly programme: DataObject | null;
}

function writeBody(
  { outline, tail, annexes }: DocumentParts,
  { projects, funding, substitutions }: Findings,
  { dataTables, doubt }: Pick<Writing, "dataTables" | "doubt">,
): WrittenBody {
  const numbering = commonNumbering(outline);
  const scope = rootScope(numbering.length > 0 ? numbering : DEFAULT_NUMBERING);
  const separator = mostCommon([...projects.values()].map((project) => project.separator)) ?? ": ";
  const written = new Map<FoundProject, DataObject>();
  const writing: Writing = {
    numbering,
    projects,
    funding: funding.projects,
    separator,
    substitutions,
    dataTables,
    written,
    doubt,
  };
  const body = [
    ...planNodes(outline, scope, writing),
    ...tail.ending.map((paragraph) =>
      planMarkup({ paragraph, from: 0, to: paragraph.text.length }, substitutions.get(paragraph)),
    ),
  ];
  const appendices = annexes.map(({ nodes }) =>
    planNodes(nodes, scope, { ...writing, projects: new Map() }),
  );
  const roots = [...projects.values()].filter(({ parent }) => parent === null);
  const programme =
    projects.size === 0
      ? null
      : programmeData(
          funding,
          separator,
          roots.map((project) => written.get(project) ?? {}),
        );
  return { numbering, body, appendices, programme };
}

/** The parts of plan data that are not its text. */
interface OtherParts {
  readonly headed: DataObject;
  readonly preamble: DataObject;
  readonly dataTables: ReadonlyMap<string, DataObject> | null;
  readonly footnotes: SourceText["footnotes"];
  readonly tail: DataObject;
  readonly annexes: readonly Annex[];
}

/** A plan's data in the order in which plans are written. */
function planData(
  { dates, references, labels }: Findings,
  { numbering, body, appendices, programme }: WrittenBody,
  { headed, preamble, dataTables, footnotes, tail, annexes }: OtherParts,
): DataObject {
  return {
    kehoach: 1,
    ...(dates === "short" ? { profile: { citationDates: "short" } } : {}),
    ...headed,
    ...preamble,
    ...referenceData(references),
    ...(dataTables === null || dataTables.size === 0
      ? {}
      : { tables: Object.fromEntries(dataTables) }),
    ...(programme === null ? {} : { programme }),
    ...(numbering.length === 0 ? {} : { numbering: [...numbering] }),
    body: body.length > 0 ? body : ["…"],
    ...footnoteData(footnotes),
    ...tail,
    ...annexData(annexes, labels, appendices),
  };
}

/** Documents that are cited and figures that are named. */
function referenceData({ documents, figures }: References): DataObject {
  return {
    ...(documents.size === 0
      ? {}
      : {
          documents: Object.fromEntries(
            [...documents].map(([id, document]) => [id, documentData(document)]),
          ),
        }),
    ...(figures.size === 0 ? {} : { figures: Object.fromEntries(figures) }),
  };
}

function footnoteData(footnotes: SourceText["footnotes"]): DataObject {
  const texts = [...footnotes].map(
    ([id, paragraphs]) =>
      [
        footnoteId(id),
        paragraphs
          .map((paragraph) => planMarkup({ paragraph, from: 0, to: paragraph.text.length }))
          .join(" "),
      ] as const,
  );
  return texts.length === 0 ? {} : { footnotes: Object.fromEntries(texts) };
}

function annexData(
  annexes: readonly Annex[],
  labels: AnnexLabels,
  bodies: readonly (readonly Data[])[],
): DataObject {
  if (annexes.length === 0) return {};
  return {
    ...(labels.style === APPENDIX_LABELS[0] ? {} : { appendixLabel: labels.style }),
    appendices: annexes.map(({ title, wide }, index) => ({
      id: `pl${index + 1}`,
      title: title === "" ? "…" : title,
      ...(wide ? { landscape: "auto" } : {}),
      body: bodies[index] ?? [],
    })),
  };
}

/** What legal bases are about: it may cite documents in turn. */
function subjectsOf({ bases }: Preamble): readonly string[] {
  return bases.flatMap(({ joined }) =>
    joined.flatMap((basis) => ("document" in basis ? (basis.document.about ?? []) : basis.text)),
  );
}

function programmeData(
  { unit, sources, declared }: FoundFunding,
  separator: string,
  projects: readonly DataObject[],
): DataObject {
  return {
    ...(unit === "triệu đồng" ? {} : { unit }),
    sources: Object.fromEntries(
      [...sources].map(([id, { name, note }]) => [id, note === null ? name : { name, note }]),
    ),
    ...(separator === ": " ? {} : { separator }),
    ...(declared.size === 0 ? {} : { declared: Object.fromEntries(declared) }),
    projects,
  };
}

function mostCommon<T>(values: readonly T[]): T | undefined {
  const counts = new Map<T, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0];
}

function withoutYear(file: string): Diagnostic {
  return fileError(
    "import-no-year",
    { file },
    both(
      "không thấy năm nào trong văn bản, mà kế hoạch phải có năm ban hành",
      "no year is named anywhere, and a plan needs the year it is issued in",
    ),
    both(
      "thêm vào đầu tệp nguồn một dòng “…, ngày … tháng … năm 2026”",
      "add a line such as “…, ngày … tháng … năm 2026” at the head of the source",
    ),
  );
}

function notAPlan(file: string): Diagnostic {
  return fileError(
    "import-no-plan",
    { file },
    both(
      "không nhận ra kế hoạch nào trong tệp: không có tên loại văn bản, căn cứ hay mục đánh số",
      "no plan is found in the file: no type of document, no legal bases, no numbered sections",
    ),
    both(
      "xem lại có đúng tệp không; văn bản phải có dòng “KẾ HOẠCH” hoặc các mục I., II., 1., 2.",
      "is it the right file? The text needs a line “KẾ HOẠCH”, or sections I., II., 1., 2.",
    ),
  );
}

/** How the document writes dates of what it cites: with strokes, or in words. */
function commonDates(blocks: readonly SourceBlock[]): CitationDates {
  let [short, long] = [0, 0];
  for (const block of blocks) {
    if (block.kind === "table") continue;
    short += block.text.match(/ngày\s+\d{1,2}\s?[/.-]\s?\d{1,2}\s?[/.-]\s?\d{4}/gu)?.length ?? 0;
    long += block.text.match(/ngày\s+\d{1,2}\s+tháng\s+\d{1,2}\s+năm\s+\d{4}/gu)?.length ?? 0;
  }
  // The line that dates the document itself is in words anyway.
  return short > Math.max(0, long - 1) ? "short" : "long";
}

function withCitations(
  { substitutions }: References,
  citations: readonly (Substitution & { readonly paragraph: SourceParagraph })[],
): ReadonlyMap<SourceParagraph, readonly Substitution[]> {
  const all = new Map([...substitutions].map(([paragraph, list]) => [paragraph, [...list]]));
  for (const { paragraph, from, to, text } of citations) {
    const others = (all.get(paragraph) ?? []).filter((one) => one.from >= to || from >= one.to);
    all.set(paragraph, [...others, { from, to, text }]);
  }
  return all;
}
