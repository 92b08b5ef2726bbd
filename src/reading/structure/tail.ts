import type { SourceBlock, SourceParagraph } from "../source-text.js";
import { type Knowledge, wordPattern } from "../../knowledge/knowledge.js";
import { readLabel } from "./labels.js";

/** What stands below the text of a document. */
export interface Tail {
  /** The last words of the text: "Trên đây là Kế hoạch …". */
  readonly closing: SourceParagraph | null;
  /** Paragraphs between "Trên đây là …" and the last one: they belong to no section. */
  readonly ending: readonly SourceParagraph[];
  readonly recipients: readonly SourceParagraph[];
  readonly signature: readonly SourceParagraph[];
  /** "PL.(300)": who drafted it, and how many copies. */
  readonly drafter: SourceParagraph | null;
  /** Lines of the tail that say none of this. */
  readonly others: readonly SourceParagraph[];
}

/** The blocks of a document, parted: text, tail, appendices. */
export interface Parted {
  readonly text: readonly SourceBlock[];
  readonly tail: Tail;
  readonly appendices: readonly (readonly SourceBlock[])[];
}

const RECIPIENTS = /^\**N[ơo]i\s+nh[ậa]n\s*:?\**\s*/iu;
const APPENDIX =
  /^(?:PHỤ\s+LỤC|Phụ\s+lục|BIỂU\s+MẪU|Biểu\s+mẫu|BIỂU|Biểu|MẪU|Mẫu)(?:\s+(?:SỐ|số))?(?:\s*:?\s*(?:[IVXL]+|\d{1,2}))?(?:\s*[.:-]\s*.*)?$/u;
/** No tail is longer. */
const MAX_PARAGRAPHS = 60;

/** Part a document below its head into text, tail and appendices. */
export function partDocument(blocks: readonly SourceBlock[], knowledge: Knowledge): Parted {
  const power = new RegExp(`^(?:${wordPattern(knowledge.signaturePowers)})`, "u");
  const office = new RegExp(`^(?:${wordPattern(knowledge.signatureOffices)})(?![\\p{Ll}])`, "iu");
  const signs = (block: SourceBlock): boolean =>
    block.kind === "paragraph" &&
    block.text.length < 160 &&
    block.text
      .split("\n")
      .every(
        (line, index, all) =>
          !/\p{Ll}{2}/u.test(line.replace(/^(?:T\/M|T\/L)/u, "")) ||
          (index > 0 && index >= all.length - 2 && isName(line)),
      ) &&
    !/\p{Ll}{2}/u.test(block.text.split("\n")[0] ?? "") &&
    (power.test(block.text) || office.test(block.text));
  const isAppendix = (block: SourceBlock): boolean =>
    block.kind === "paragraph" &&
    block.text.length < 160 &&
    APPENDIX.test(block.text.split("\n")[0] ?? "");
  const receives = (block: SourceBlock): boolean =>
    block.kind === "paragraph" && RECIPIENTS.test(block.text);
  const start = tailStart(blocks, receives, signs);
  const annexAt = blocks.findIndex((block, index) => index > start && isAppendix(block));
  if (start < 0) {
    const none: Tail = {
      closing: null,
      ending: [],
      recipients: [],
      signature: [],
      drafter: null,
      others: [],
    };
    return annexAt > 0
      ? {
          text: blocks.slice(0, annexAt),
          tail: none,
          appendices: splitAt(blocks.slice(annexAt), isAppendix),
        }
      : { text: blocks, tail: none, appendices: [] };
  }
  const end = tailEnd(blocks, start, annexAt < 0 ? blocks.length : annexAt, receives, signs);
  const tail = blocks.slice(start, end).filter((block) => block.kind === "paragraph");
  const text = blocks.slice(0, start);
  const { closing, ending, length } = readClosing(text, knowledge);
  return {
    text: text.slice(0, length),
    tail: { closing, ending, ...readTail(tail, signs) },
    appendices: end < blocks.length ? splitAt(blocks.slice(end), isAppendix) : [],
  };
}

/** Paragraphs in which a closing is looked for, from the end. */
const CLOSING = 4;

/**
 * The last sentence and, where it has several paragraphs ("Trên đây là … / Yêu cầu các …"), those
 * before it. "./." ends the last sentence; where that is the text of a heading, it is no closing.
 */
function readClosing(
  text: readonly SourceBlock[],
  knowledge: Knowledge,
): Pick<Tail, "closing" | "ending"> & { readonly length: number } {
  const leads = new RegExp(`^(?:${wordPattern(knowledge.closingLeads)})`, "u");
  const plain = (block: SourceBlock | undefined): SourceParagraph | null =>
    block?.kind === "paragraph" && block.label === null && readLabel(block.text) === null
      ? block
      : null;
  const from = Math.max(0, text.length - CLOSING);
  const opened = text
    .slice(from)
    .findIndex((block) => /^Trên đây là(?![\p{L}])/u.test(plain(block)?.text ?? ""));
  const rest = opened < 0 ? [] : text.slice(from + opened).map(plain);
  if (rest.length > 0 && rest.every((one) => one !== null))
    return { closing: rest.at(-1) ?? null, ending: rest.slice(0, -1), length: from + opened };
  const [last, before] = [plain(text.at(-1)), text.at(-2)];
  const ended =
    before?.kind === "table" || (before?.kind === "paragraph" && /[.;]["”)]?$/u.test(before.text));
  const closes =
    last !== null && (leads.test(last.text) || (ended && /\.\s?\/\s?\.?$/u.test(last.text)));
  return closes
    ? { closing: last, ending: [], length: text.length - 1 }
    : { closing: null, ending: [], length: text.length };
}

type Test = (block: SourceBlock) => boolean;

/**
 * Where the tail begins: at the last "Nơi nhận", or at a signature that stands beside it; without
 * one, at a signature with little after it. -1 for no tail.
 */
function tailStart(blocks: readonly SourceBlock[], receives: Test, signs: Test): number {
  const recipients = blocks.findLastIndex(receives);
  if (recipients >= 0) {
    const from = Math.max(0, recipients - BESIDE);
    const signed = blocks.slice(from, recipients).findIndex(signs);
    return signed >= 0 && blocks.slice(from + signed, recipients).every(isShort)
      ? from + signed
      : recipients;
  }
  const signed = blocks.findLastIndex(signs);
  if (
    signed < 0 ||
    (blocks.length - signed > BESIDE &&
      !blocks
        .slice(signed + 1, signed + 4)
        .some((block) => block.kind === "paragraph" && isName(block.text)))
  )
    return -1;
  let first = signed;
  for (
    let block = blocks[first - 1];
    block !== undefined && signs(block);
    block = blocks[first - 1]
  )
    first--;
  return first;
}

/**
 * Where the tail ends: at an appendix; or where, everything having been signed and sent, other text
 * or a table begins.
 */
function tailEnd(
  blocks: readonly SourceBlock[],
  start: number,
  most: number,
  receives: Test,
  signs: Test,
): number {
  let [named, signed, sent] = [false, false, false];
  for (let at = start; at < most; at++) {
    const block = blocks[at];
    if (
      block === undefined ||
      (block.kind === "table" && block.ruled) ||
      at - start > MAX_PARAGRAPHS
    )
      return at;
    if (block.kind === "table") continue;
    const dash = readLabel(block.text)?.marker === "-" || block.label !== null;
    if (receives(block)) sent = true;
    else if (signs(block)) [signed, named] = [true, isName(block.text.split("\n").at(-1) ?? "")];
    else if (signed && !named && isName(block.text.split("\n").at(-1) ?? "")) named = true;
    else if (!dash && !isShort(block)) return at;
    else if (!dash && named && sent && !DRAFTER.test(block.text)) return at;
  }
  return most;
}

/** Paragraphs that may stand between a signature and the recipients beside it. */
const BESIDE = 16;
const DRAFTER = /^\p{Lu}{1,5}\.?\s?\(?\d{1,4}\)?\.?$/u;

function isShort(block: SourceBlock): boolean {
  return block.kind === "paragraph" && block.text.length < 120;
}

function isName(text: string): boolean {
  return (
    /\p{Ll}/u.test(text) &&
    text.length < 50 &&
    text.split(" ").length <= 7 &&
    /^\p{Lu}/u.test(text) &&
    !/[:;.]$/u.test(text)
  );
}

function splitAt(
  blocks: readonly SourceBlock[],
  opens: (block: SourceBlock) => boolean,
): SourceBlock[][] {
  const parts: SourceBlock[][] = [];
  for (const block of blocks) {
    if (parts.length === 0 || opens(block)) parts.push([]);
    parts.at(-1)?.push(block);
  }
  return parts;
}

function readTail(
  paragraphs: readonly SourceParagraph[],
  signs: Test,
): Omit<Tail, "closing" | "ending"> {
  const recipients: SourceParagraph[] = [];
  const signature: SourceParagraph[] = [];
  const others: SourceParagraph[] = [];
  let drafter: SourceParagraph | null = null;
  let [receiving, named] = [false, false];
  const receive = (paragraph: SourceParagraph, text: string): void => {
    // Several on one line: "- A; - B; - Lưu: VT." or "A; B; Lưu: VT."
    const single = !/;\s*\S/u.test(text) || !(/;\s*[-–]\s/u.test(text) || /;\s*Lưu/u.test(text));
    for (const one of single ? [text] : text.split(/;\s*/u))
      if (one.trim() !== "") recipients.push(lineOf(paragraph, one));
  };
  for (const paragraph of paragraphs.flatMap(pieces)) {
    const { text } = paragraph;
    const list = RECIPIENTS.test(text);
    if (list) {
      receiving = true;
      for (const one of text.replace(RECIPIENTS, "").split("\n")) receive(paragraph, one);
    } else if (signs(paragraph)) {
      // A second signature, of a joint plan: a plan has one.
      if (named) others.push(paragraph);
      else signature.push(...text.split("\n").map((one) => lineOf(paragraph, one)));
      named ||= signature.some((one) => isName(one.text));
    } else if (
      readLabel(paragraph.label ?? text)?.marker === "-" ||
      paragraph.label !== null ||
      (receiving && !named && signature.length === 0 && /[;.]$/u.test(text))
    ) {
      // A recipient, whichever column was read first.
      for (const one of text.split("\n")) receive(paragraph, one);
    } else if (DRAFTER.test(text) && drafter === null) drafter = lineOf(paragraph, text);
    else if (signature.length > 0 && !named && text.length < 60) {
      signature.push(...text.split("\n").map((one) => lineOf(paragraph, one)));
      named = isName(text.split("\n").at(-1) ?? "") && !/^\(/u.test(text);
    } else others.push(paragraph);
  }
  return {
    recipients: recipients.filter(({ text }) => text !== ""),
    signature: signature.filter(({ text }) => text !== ""),
    drafter,
    others,
  };
}

/** A paragraph whose columns were set with tabs is several. */
function pieces(paragraph: SourceParagraph): readonly SourceParagraph[] {
  return paragraph.text.includes("\t")
    ? paragraph.text
        .split(/\s*\t\s*/u)
        .filter((text) => text !== "")
        .map((text) => lineOf(paragraph, text))
    : [paragraph];
}

function lineOf(paragraph: SourceParagraph, text: string): SourceParagraph {
  return { ...paragraph, text: text.trim(), marks: [] };
}
