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
  const start = tailStart(blocks, { receives, signs });
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
  const end = tailEnd(blocks, start, annexAt < 0 ? blocks.length : annexAt, { receives, signs });
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

/** How lists of recipients and signatures are told. */
interface TailTests {
  readonly receives: Test;
  readonly signs: Test;
}

/**
 * Where the tail begins: at the last "Nơi nhận", or at a signature that stands beside it; without
 * one, at a signature with little after it. -1 for no tail.
 */
function tailStart(blocks: readonly SourceBlock[], { receives, signs }: TailTests): number {
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
  tests: TailTests,
): number {
  const seen: SeenInTail = { signed: false, named: false, sent: false };
  for (let at = start; at < most; at++) {
    const block = blocks[at];
    if (
      block === undefined ||
      (block.kind === "table" && block.ruled) ||
      at - start > MAX_PARAGRAPHS
    )
      return at;
    if (block.kind === "paragraph" && !staysInTail(block, seen, tests)) return at;
  }
  return most;
}

/** What a tail has had so far: a signature, the name below it, recipients. */
interface SeenInTail {
  signed: boolean;
  named: boolean;
  sent: boolean;
}

/** Whether a paragraph belongs to the tail; what it shows is noted. */
function staysInTail(
  block: SourceParagraph,
  seen: SeenInTail,
  { receives, signs }: TailTests,
): boolean {
  const isDashed = readLabel(block.text)?.marker === "-" || block.label !== null;
  const endsInName = isName(block.text.split("\n").at(-1) ?? "");
  if (receives(block)) seen.sent = true;
  else if (signs(block)) {
    seen.signed = true;
    seen.named = endsInName;
  } else if (seen.signed && !seen.named && endsInName) seen.named = true;
  else if (!isDashed && !isShort(block)) return false;
  else if (!isDashed && seen.named && seen.sent && !DRAFTER.test(block.text)) return false;
  return true;
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
  const reader = new TailReader(signs);
  for (const paragraph of paragraphs.flatMap(pieces)) reader.take(paragraph);
  return {
    recipients: reader.recipients.filter(({ text }) => text !== ""),
    signature: reader.signature.filter(({ text }) => text !== ""),
    drafter: reader.drafter,
    others: reader.others,
  };
}

/** Sorts the lines of a tail: recipients, signature, the drafter's mark. */
class TailReader {
  readonly recipients: SourceParagraph[] = [];
  readonly signature: SourceParagraph[] = [];
  readonly others: SourceParagraph[] = [];
  drafter: SourceParagraph | null = null;
  #receiving = false;
  #named = false;

  constructor(private readonly signs: Test) {}

  take(paragraph: SourceParagraph): void {
    const { text } = paragraph;
    if (RECIPIENTS.test(text)) {
      this.#receiving = true;
      this.#receive(paragraph, text.replace(RECIPIENTS, ""));
    } else if (this.signs(paragraph)) {
      // A second signature, of a joint plan: a plan has one.
      if (this.#named) this.others.push(paragraph);
      else this.#sign(paragraph);
      this.#named ||= this.signature.some((one) => isName(one.text));
    } else if (this.#isRecipient(paragraph)) this.#receive(paragraph, text);
    else if (DRAFTER.test(text) && this.drafter === null) this.drafter = lineOf(paragraph, text);
    else if (this.signature.length > 0 && !this.#named && text.length < 60) {
      this.#sign(paragraph);
      this.#named = isName(text.split("\n").at(-1) ?? "") && !/^\(/u.test(text);
    } else this.others.push(paragraph);
  }

  /** A recipient, whichever column was read first. */
  #isRecipient({ text, label }: SourceParagraph): boolean {
    return (
      readLabel(label ?? text)?.marker === "-" ||
      label !== null ||
      (this.#receiving && !this.#named && this.signature.length === 0 && /[;.]$/u.test(text))
    );
  }

  #receive(paragraph: SourceParagraph, text: string): void {
    for (const line of text.split("\n"))
      this.recipients.push(
        ...recipientsIn(line)
          .filter((one) => one.trim() !== "")
          .map((one) => lineOf(paragraph, one)),
      );
  }

  #sign(paragraph: SourceParagraph): void {
    this.signature.push(...paragraph.text.split("\n").map((one) => lineOf(paragraph, one)));
  }
}

/** Several recipients on one line: "- A; - B; - Lưu: VT." or "A; B; Lưu: VT." */
function recipientsIn(line: string): readonly string[] {
  const isOne = !/;\s*\S/u.test(line) || !(/;\s*[-–]\s/u.test(line) || /;\s*Lưu/u.test(line));
  return isOne ? [line] : line.split(/;\s*/u);
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
