import { APPENDIX_LABELS } from "../../plan/schema.js";
import { type Diagnostic, type Outcome, type Words, both, fail, fileError, succeed } from "../../base/diagnostic.js";
import { capitalize } from "../../base/text.js";
import type { CitationDates } from "../../plan/cite.js";
import { issuerLines } from "../../plan/issuer-lines.js";
import type { Marker } from "../../plan/markers.js";
import { rootScope } from "../../plan/numbering.js";
import type { CitedDocument } from "../../plan/schema.js";
import type { Knowledge } from "../knowledge.js";
import { annexLabels, citeAnnexes, missingAnnexes, readAnnex } from "./annexes.js";
import type { Remark, SourceBlock, SourceParagraph, SourcePlace, SourceText } from "../source-text.js";
import { type FoundBasis, readPreamble } from "./bases.js";
import type { Data, DataObject } from "./data.js";
import { findFunding } from "./funding.js";
import { type Head, readHead } from "./head.js";
import { guessIssuer, properName } from "./issuer-name.js";
import { isBullet, readLabel } from "./labels.js";
import { type Substitution, footnoteId, plainMarkup, planMarkup } from "./markup.js";
import { type OutlineNode, buildOutline } from "./outline.js";
import { findProjects } from "./projects.js";
import { type References, findReferences } from "./references.js";
import { partDocument } from "./tail.js";
import { commonNumbering, planNodes } from "./to-nodes.js";

/** How sure a guess is. */
export type Confidence = "medium" | "low";

/** Something that the source does not say outright. */
export interface Guess {
  /** The words that stand in the plan above what was guessed. */
  readonly comment: string;
  readonly what: Words;
  readonly confidence: Confidence;
  readonly at: SourcePlace;
}

/** A plan made of an existing document, before its schema has read it. */
export interface PlanDraft {
  readonly data: DataObject;
  /** Words beside a value, by the object that holds it and the value's name. */
  readonly comments: ReadonlyMap<object, ReadonlyMap<string, string>>;
  readonly guesses: readonly Guess[];
  /** Lines of the source that found no place in the plan. */
  readonly leftOver: readonly SourceParagraph[];
  readonly remarks: readonly Remark[];
}

/** Understand a document that was read: head, bases, outline, programme, tail, appendices. Nothing is invented: what the source leaves blank stays blank. Errors: a text that is no plan. */
export function draftPlan(source: SourceText, file: string, knowledge: Knowledge): Outcome<PlanDraft> {
  const blocks = withoutColumns(source.blocks);
  const leading = blocks.findIndex((block) => block.kind === "table");
  const head = readHead((leading < 0 ? blocks : blocks.slice(0, leading)).filter((block) => block.kind === "paragraph"), knowledge);
  const below = blocks.slice(head.length);
  const firstTable = below.findIndex((block) => block.kind === "table");
  const preamble = readPreamble((firstTable < 0 ? below : below.slice(0, firstTable)).filter((block) => block.kind === "paragraph"), knowledge);
  const { text, tail, appendices } = partDocument(below.slice(preamble.length), knowledge);
  const outline = buildOutline(text, knowledge);
  if (head.type === null && preamble.bases.length === 0 && !outline.some(({ label }) => label !== null && !isBullet(label))) return fail([notAPlan(file)]);
  const annexes = appendices.map((part) => readAnnex(part, knowledge));

  const draft = new Drafting();
  const dates = commonDates(blocks);
  const projects = findProjects(outline, knowledge);
  const funding = findFunding(outline, projects, knowledge);
  const everything = [...outline, ...annexes.flatMap(({ nodes }) => nodes)];
  const references = findReferences(everything, preamble.bases.flatMap(({ joined }) => joined.flatMap((basis) => ("document" in basis ? (basis.document.about ?? []) : basis.text))), { knowledge, dates, taken: funding.taken });
  const labels = annexLabels(annexes);
  const substitutions = withCitations(references, [...funding.citations, ...citeAnnexes(everything, labels)]);
  const numbering = commonNumbering(outline);
  const separator = [...projects.values()].map((project) => project.separator).sort((a, b, all = [...projects.values()].map((one) => one.separator)) => all.filter((one) => one === b).length - all.filter((one) => one === a).length)[0] ?? ": ";
  const written = new Map<Parameters<typeof planNodes>[2]["written"] extends Map<infer P, DataObject> ? P : never, DataObject>();
  const writing = { numbering, projects, funding: funding.projects, separator, substitutions, written, remark: draft.doubt };
  const body = planNodes(outline, rootScope(numbering.length > 0 ? numbering : DEFAULT), writing);
  const roots = [...projects.values()].filter(({ parent }) => parent === null);

  const { issuer, guess: issuerGuess } = issuerData(head, blocks, source, knowledge);
  const year = yearOf(head, blocks);
  if (year.value === 0) return fail([fileError("import-no-year", { file }, both("không thấy năm nào trong văn bản, mà kế hoạch phải có năm ban hành", "no year is named anywhere, and a plan needs the year it is issued in"), both("thêm vào đầu tệp nguồn một dòng “…, ngày … tháng … năm 2026”", "add a line such as “…, ngày … tháng … năm 2026” at the head of the source"))]);
  const data: Record<string, Data> = { kehoach: 1 };
  if (dates === "short") data["profile"] = { citationDates: "short" };
  if (!head.nation) data["header"] = head.number !== null || head.date !== null ? "number" : "none";
  data["issuer"] = issuer;
  if (issuerGuess !== null) draft.guess(issuer, "name", issuerGuess, "low", firstPlace(blocks));
  if (head.symbol !== null) data["symbol"] = head.symbol;
  data["number"] = head.number === null || head.number === "" ? null : /^\d+$/u.test(head.number) && String(Number(head.number)).padStart(2, "0") === head.number ? Number(head.number) : head.number;
  const date: DataObject = { ...(head.date?.day ? { day: head.date.day } : {}), ...(head.date?.month ? { month: head.date.month } : {}), year: year.value };
  data["date"] = date;
  if (year.guessed) draft.guess(date, "year", both(`năm lấy từ nội dung (${year.value}); nguồn không ghi năm ban hành`, `the year is taken from the text (${year.value}); the source does not date itself`), "medium", firstPlace(blocks));
  if (head.type !== null && head.type !== "KẾ HOẠCH") data["type"] = capitalize(head.type.toLowerCase());
  data["subject"] = subjectData(head);
  if (preamble.bases.length > 0) data["bases"] = preamble.bases.map(({ lead, joined }) => basisData(lead, joined));
  if (preamble.proposal !== null) {
    const { lead, by, document } = preamble.proposal;
    data["proposal"] = { ...(lead === "Xét đề nghị của" ? {} : { lead }), by, ...(document === null ? {} : { document: documentData(document) }) };
  }
  if (preamble.enactment !== null) data["enactment"] = plainMarkup(preamble.enactment.text.replace(/\s*:\s*$/u, ""));
  if (references.documents.size > 0) data["documents"] = Object.fromEntries([...references.documents].map(([id, document]) => [id, documentData(document)]));
  if (references.figures.size > 0) data["figures"] = Object.fromEntries(references.figures);
  if (roots.length > 0) {
    data["programme"] = {
      ...(funding.unit === "triệu đồng" ? {} : { unit: funding.unit }),
      sources: Object.fromEntries([...funding.sources].map(([id, { name, note }]) => [id, note === null ? name : { name, note }])),
      ...(separator === ": " ? {} : { separator }),
      ...(funding.declared.size > 0 ? { declared: Object.fromEntries(funding.declared) } : {}),
      projects: roots.map((project) => written.get(project) ?? {}),
    };
  }
  if (numbering.length > 0) data["numbering"] = [...numbering];
  data["body"] = body.length > 0 ? body : ["…"];
  const footnotes = [...source.footnotes].map(([id, paragraphs]) => [footnoteId(id), paragraphs.map((paragraph) => planMarkup(whole(paragraph))).join(" ")] as const);
  if (footnotes.length > 0) data["footnotes"] = Object.fromEntries(footnotes);
  if (tail.closing !== null) data["closing"] = planMarkup(whole(tail.closing)).replace(/\s*\.?\s?\/?\s?\.?\s*$/u, "");
  if (tail.recipients.length > 0) data["recipients"] = tail.recipients.map(({ text: line }) => recipientData(line));
  if (tail.drafter !== null) data["drafter"] = tail.drafter.text;
  const { signature, others: signs } = signatureData(tail.signature);
  if (signature !== null) data["signature"] = signature;
  if (annexes.length > 0) {
    if (labels.style !== APPENDIX_LABELS[0]) data["appendixLabel"] = labels.style;
    data["appendices"] = annexes.map(({ title, nodes, wide }, index) => ({
      id: `pl${index + 1}`, title: title === "" ? "…" : title, ...(wide ? { landscape: "auto" } : {}),
      body: planNodes(nodes, rootScope(numbering.length > 0 ? numbering : DEFAULT), { ...writing, projects: new Map() }),
    }));
  }
  return succeed({ data, comments: draft.comments, guesses: draft.guesses, leftOver: [...head.others, ...tail.others, ...signs], remarks: missingAnnexes(everything, annexes.length) });
}

function notAPlan(file: string): Diagnostic {
  return fileError("import-no-plan", { file }, both("không nhận ra kế hoạch nào trong tệp: không có tên loại văn bản, căn cứ hay mục đánh số", "no plan is found in the file: no type of document, no legal bases, no numbered sections"), both("xem lại có đúng tệp không; văn bản phải có dòng “KẾ HOẠCH” hoặc các mục I., II., 1., 2.", "is it the right file? The text needs a line “KẾ HOẠCH”, or sections I., II., 1., 2."));
}

const DEFAULT: readonly Marker[] = ["I.", "1.", "a)", "(1)"];

/** Collects what is to be said beside values. */
class Drafting {
  readonly comments = new Map<object, Map<string, string>>();
  readonly guesses: Guess[] = [];

  guess = (on: object, key: string, what: Words, confidence: Confidence, at: SourcePlace): void => {
    const known = this.comments.get(on) ?? new Map<string, string>();
    const comment = `đoán (${CONFIDENCE[confidence].vi}): ${what.vi} [${placeWords(at).vi}]`;
    this.comments.set(on, known.set(key, comment));
    this.guesses.push({ comment, what, confidence, at });
  };

  doubt = (on: DataObject, key: string, node: OutlineNode): void => {
    const kinds: Readonly<Record<string, Words>> = {
      heading: both("đọc là tiêu đề; nếu là lời của khoản, điểm thì đổi heading thành clause", "read as a heading; if it is a numbered paragraph, write clause for heading"),
      lead: both("đọc là tiêu đề liền dòng; nếu không phải, ghép lại thành clause", "read as a run-in heading; if it is none, join it as clause"),
      clause: both("đọc là lời của khoản, điểm; nếu là tiêu đề thì đổi clause thành heading", "read as a numbered paragraph; if it is a heading, write heading for clause"),
    };
    const what = kinds[node.kind];
    if (what) this.guess(on, key, what, "medium", node.title.paragraph.at);
  };
}

export const CONFIDENCE: Readonly<Record<Confidence, Words>> = { medium: both("chưa chắc", "not sure"), low: both("cần xem lại", "look at it") };

/** "trang 3, dòng 12" */
export function placeWords({ page, line }: SourcePlace): Words {
  return page === null ? both(`dòng ${line}`, `line ${line}`) : both(`trang ${page}, dòng ${line}`, `page ${page}, line ${line}`);
}

function whole(paragraph: SourceParagraph): { readonly paragraph: SourceParagraph; readonly from: number; readonly to: number } {
  return { paragraph, from: 0, to: paragraph.text.length };
}

/** What Word sets side by side without lines is read one after the other. */
function withoutColumns(blocks: readonly SourceBlock[]): readonly SourceBlock[] {
  return blocks.flatMap((block) => (block.kind === "table" && !block.ruled ? block.rows.flatMap((row) => row.flatMap(({ paragraphs }) => paragraphs)) : [block]));
}

function firstPlace(blocks: readonly SourceBlock[]): SourcePlace {
  return blocks[0]?.at ?? { page: null, line: 1 };
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

function withCitations({ substitutions }: References, citations: readonly (Substitution & { readonly paragraph: SourceParagraph })[]): ReadonlyMap<SourceParagraph, readonly Substitution[]> {
  const all = new Map([...substitutions].map(([paragraph, list]) => [paragraph, [...list]]));
  for (const { paragraph, from, to, text } of citations) {
    const others = (all.get(paragraph) ?? []).filter((one) => one.from >= to || from >= one.to);
    all.set(paragraph, [...others, { from, to, text }]);
  }
  return all;
}

// --- Head ----------------------------------------------------------------------------------------------------------

function issuerData(head: Head, blocks: readonly SourceBlock[], source: SourceText, knowledge: Knowledge): { readonly issuer: DataObject; readonly guess: Words | null } {
  const texts = blocks.flatMap((block) => (block.kind === "paragraph" ? [block.text] : []));
  const place = head.place === null ? {} : { place: head.place };
  if (head.issuer.length > 0) {
    const { superior, name, lines } = properName(head.issuer, texts, knowledge);
    const usual = issuerLines(name);
    const same = usual.length === lines.length && usual.every((line, index) => line === lines[index]);
    return { issuer: { name, ...(same ? {} : { lines: [...lines] }), ...(superior === null ? {} : { superior }), ...place }, guess: null };
  }
  const guessed = guessIssuer(texts, [...source.leftOut.filter(({ why }) => why === "seal").map(({ text }) => text)], knowledge);
  return {
    issuer: { name: guessed ?? "…", ...place },
    guess: guessed === null
      ? both("nguồn không ghi tên cơ quan ban hành; điền tên vào đây", "the source does not name its agency; write the name here")
      : both("nguồn không có phần đầu; tên cơ quan lấy từ trong bài", "the source has no head; the agency's name is taken from the text"),
  };
}

function yearOf(head: Head, blocks: readonly SourceBlock[]): { readonly value: number; readonly guessed: boolean } {
  if (head.date?.year) return { value: head.date.year, guessed: false };
  const years = (text: string): number[] => [...text.matchAll(/(?<!\d)(?:19[5-9]\d|20\d\d)(?!\d)/gu)].map(([year]) => Number(year));
  const named = head.subject.flatMap(({ text }) => years(text.replace(/giai đoạn\s+\d{4}\s*[-–]\s*\d{4}/giu, "")));
  const all = blocks.flatMap((block) => (block.kind === "paragraph" ? years(block.text.replace(/giai đoạn\s+\d{4}\s*[-–]\s*\d{4}/giu, "")) : []));
  const counts = new Map<number, number>();
  for (const year of all) counts.set(year, (counts.get(year) ?? 0) + 1);
  return { value: named.at(-1) ?? [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? 0, guessed: true };
}

function subjectData({ subject }: Head): Data {
  const lines = subject.flatMap((paragraph) => {
    let from = 0;
    return paragraph.text.split("\n").map((line) => {
      const span = { paragraph, from, to: from + line.length };
      from += line.length + 1;
      return planMarkup(span);
    });
  }).filter((line) => line !== "");
  if (lines.length === 0) return "…";
  return lines.length === 1 ? (lines[0] ?? "…") : lines.length <= 6 ? lines : [...lines.slice(0, 5), lines.slice(5).join(" ")];
}

// --- Bases ---------------------------------------------------------------------------------------------------------

function documentData({ type, name, symbol, date, issuer, about }: CitedDocument): DataObject {
  const day = date === null || typeof date === "string" ? date : { ...(date.day === null ? {} : { day: date.day }), ...(date.month === null ? {} : { month: date.month }), year: date.year };
  return { type, ...(name === null ? {} : { name }), ...(symbol === null ? {} : { symbol }), ...(day === null ? {} : { date: day }), ...(issuer === null ? {} : { issuer }), ...(about === null ? {} : { about: plainMarkup(about) }) };
}

function basisData(lead: string, joined: readonly FoundBasis[]): DataObject {
  const led = lead === "Căn cứ" ? {} : { lead };
  const one = (basis: FoundBasis): DataObject => ("document" in basis ? documentData(basis.document) : { text: plainMarkup(basis.text) });
  const [first] = joined;
  if (first !== undefined && joined.length === 1) return { ...led, ...one(first) };
  return joined.length === 0 ? { ...led, text: "…" } : { ...led, joined: joined.map(one) };
}

// --- Tail ----------------------------------------------------------------------------------------------------------

function recipientData(line: string): Data {
  const label = readLabel(line);
  const text = (label !== null && label.marker === "-" ? line.slice(label.end) : line.replace(/^[-–]\s*/u, "")).replace(/[\s;.,]+$/u, "");
  const file = /^Lưu\s*:?\s*(.*?)(?:\s*\((\d{1,3})\s*b(?:ản)?\))?$/u.exec(text);
  if (file && (file[1] ?? "") !== "") {
    const places = (file[1] ?? "").split(/[,;]\s*/u).map((one) => one.trim()).filter((one) => one !== "");
    return { file: places, ...(file[2] === undefined ? {} : { copies: Number(file[2]) }) };
  }
  const purpose = /^(.*\S)\s*\(([\p{Ll}]\/[\p{Ll}]|để [^()]{2,40})\)$/u.exec(text);
  return purpose ? { name: purpose[1] ?? "", for: purpose[2] ?? "" } : text;
}

/** Offices, then the name. "(Đã ký)" says that a hand has signed; a plan does not print it. */
function signatureData(lines: readonly SourceParagraph[]): { readonly signature: DataObject | null; readonly others: readonly SourceParagraph[] } {
  const isSign = ({ text }: SourceParagraph): boolean => /^\(?\s*(?:đã ký|ký tên|ký, |chữ ký)/iu.test(text) || /^[.…_\s]+$/u.test(text);
  const shown = lines.filter((line) => !isSign(line)).map(({ text }) => text);
  const others = lines.filter(isSign);
  if (shown.length === 0) return { signature: null, others };
  const name = shown.findIndex((text) => /\p{Ll}/u.test(text));
  const heads = name < 0 ? shown : shown.slice(0, name);
  return { signature: { lines: heads.length > 0 ? heads.slice(0, 6) : ["…"], ...(name < 0 ? {} : { name: shown.slice(name).join(" ") }) }, others };
}
