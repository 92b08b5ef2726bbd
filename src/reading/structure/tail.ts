import type { SourceBlock, SourceParagraph } from "../source-text.js";
import { type Knowledge, wordPattern } from "../knowledge.js";
import { readLabel } from "./labels.js";

/** What stands below the text of a document. */
export interface Tail {
  /** The last words of the text: "Trên đây là Kế hoạch …". */
  readonly closing: SourceParagraph | null;
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
const APPENDIX = /^(?:PHỤ\s+LỤC|Phụ\s+lục|BIỂU\s+MẪU|BIỂU)(?:\s+(?:SỐ|số))?(?:\s*:?\s*(?:[IVXL]+|\d{1,2}))?(?:\s*[.:-]\s*.*)?$/u;
/** No tail is longer. */
const MOST_PARAGRAPHS = 60;

/** Part a document below its head into text, tail and appendices. */
export function partDocument(blocks: readonly SourceBlock[], knowledge: Knowledge): Parted {
  const power = new RegExp(`^(?:${wordPattern(knowledge.signaturePowers)})`, "u");
  const office = new RegExp(`^(?:${wordPattern(knowledge.signatureOffices)})(?![\\p{Ll}])`, "iu");
  const signs = (block: SourceBlock): boolean => block.kind === "paragraph" && block.text.length < 120 && block.text.split("\n").every((line) => !/\p{Ll}{2}/u.test(line.replace(/^(?:T\/M|T\/L)/u, "")))
    && (power.test(block.text) || office.test(block.text));
  const isAppendix = (block: SourceBlock): boolean => block.kind === "paragraph" && block.text.length < 160 && APPENDIX.test(block.text.split("\n")[0] ?? "");
  const receives = (block: SourceBlock): boolean => block.kind === "paragraph" && RECIPIENTS.test(block.text);
  const firstEnd = blocks.findIndex((block) => receives(block) || signs(block));
  if (firstEnd < 0) {
    const start = blocks.findIndex((block, index) => index > 0 && isAppendix(block));
    return { text: start < 0 ? blocks : blocks.slice(0, start), tail: { closing: null, recipients: [], signature: [], drafter: null, others: [] }, appendices: start < 0 ? [] : splitAt(blocks.slice(start), isAppendix) };
  }
  const after = blocks.slice(firstEnd);
  const annex = after.findIndex((block, index) => index > 0 && (isAppendix(block) || block.kind === "table" && block.ruled || index > MOST_PARAGRAPHS));
  const tail = (annex < 0 ? after : after.slice(0, annex)).filter((block) => block.kind === "paragraph");
  const text = blocks.slice(0, firstEnd);
  const last = text.at(-1);
  const closes = last?.kind === "paragraph" && (new RegExp(`^(?:${wordPattern(knowledge.closingLeads)})`, "u").test(last.text) || /\.\s?\/\s?\.?$/u.test(last.text)) && readLabel(last.text) === null && last.label === null;
  return {
    text: closes ? text.slice(0, -1) : text,
    tail: { closing: closes && last.kind === "paragraph" ? last : null, ...readTail(tail, signs) },
    appendices: annex < 0 ? [] : splitAt(after.slice(annex), isAppendix),
  };
}

function splitAt(blocks: readonly SourceBlock[], opens: (block: SourceBlock) => boolean): SourceBlock[][] {
  const parts: SourceBlock[][] = [];
  for (const block of blocks) {
    if (parts.length === 0 || opens(block)) parts.push([]);
    parts.at(-1)?.push(block);
  }
  return parts;
}

function readTail(paragraphs: readonly SourceParagraph[], signs: (block: SourceBlock) => boolean): Omit<Tail, "closing"> {
  const recipients: SourceParagraph[] = [];
  const signature: SourceParagraph[] = [];
  const others: SourceParagraph[] = [];
  let drafter: SourceParagraph | null = null;
  let part: "none" | "recipients" | "signature" = "none";
  const line = (paragraph: SourceParagraph, text: string): SourceParagraph => ({ ...paragraph, text: text.trim(), marks: [] });
  for (const paragraph of paragraphs) {
    const { text } = paragraph;
    if (RECIPIENTS.test(text)) {
      part = "recipients";
      const rest = text.replace(RECIPIENTS, "");
      if (rest.trim() !== "") recipients.push(...rest.split("\n").map((one) => line(paragraph, one)));
    } else if (signs(paragraph)) {
      part = "signature";
      signature.push(...text.split("\n").map((one) => line(paragraph, one)));
    } else if (readLabel(paragraph.label ?? text)?.marker === "-" || paragraph.label !== null || (part === "recipients" && /[;.]$/u.test(text))) {
      // A recipient, whichever column was read first.
      recipients.push(...text.split("\n").map((one) => line(paragraph, one)));
    } else if (/^\p{Lu}{1,5}\.?\s?\(?\d{1,4}\)?\.?$/u.test(text) && drafter === null) drafter = line(paragraph, text);
    else if (signature.length > 0) signature.push(...text.split("\n").map((one) => line(paragraph, one)));
    else others.push(paragraph);
  }
  return { recipients: recipients.filter(({ text }) => text !== ""), signature: signature.filter(({ text }) => text !== ""), drafter, others };
}
