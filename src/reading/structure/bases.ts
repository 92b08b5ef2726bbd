import { withoutEnd } from "../../plan/cite.js";
import type { CitedDocument } from "../../plan/schema.js";
import { type Knowledge, wordPattern } from "../../knowledge/knowledge.js";
import type { SourceParagraph } from "../source-text.js";
import { readBasis } from "./citations.js";
import { readLabel } from "./labels.js";

/** One legal basis: a document, or words. */
export type FoundBasis = { readonly document: CitedDocument } | { readonly text: string };

/** What stands between the subject and the first section. */
export interface Preamble {
  /** A paragraph each: its opening word and the bases joined in it. */
  readonly bases: readonly {
    readonly paragraph: SourceParagraph;
    readonly lead: string;
    readonly joined: readonly FoundBasis[];
  }[];
  readonly proposal: {
    readonly paragraph: SourceParagraph;
    readonly lead: string;
    readonly by: string;
    readonly document: CitedDocument | null;
  } | null;
  /** The sentence that enacts: from a letter of its paragraph on. */
  readonly enactment: { readonly paragraph: SourceParagraph; readonly from: number } | null;
  /** How many paragraphs it takes. */
  readonly length: number;
}

/** A text that opens as a sentence that enacts; where one starts inside a paragraph of bases. */
interface Openings {
  readonly lead: RegExp;
  readonly proposal: RegExp;
  readonly enacts: RegExp;
  /** An agency at the start. */
  readonly agency: RegExp;
  /** A document named at the start is a basis, not who enacts. */
  readonly document: RegExp;
}

/** Read legal bases, proposal and enactment from the paragraphs below the subject. */
export function readPreamble(
  paragraphs: readonly SourceParagraph[],
  knowledge: Knowledge,
): Preamble {
  const opens = openingsOf(knowledge);
  const bases: Preamble["bases"][number][] = [];
  let proposal: Preamble["proposal"] = null;
  let enactment: Preamble["enactment"] = null;
  let length = 0;
  for (const paragraph of paragraphs) {
    if (enactment !== null || paragraph.label !== null || paragraph.look.outline > 0) break;
    const text = preambleText(paragraph, opens);
    if (text === null) break;
    const read =
      readProposal(paragraph, text, opens, knowledge) ??
      readBases(paragraph, text, opens, knowledge) ??
      (isEnactment(text, opens)
        ? { enactment: enacting(paragraph, text) }
        : length > 0 && goesOn(text, paragraphs.slice(length, length + 12), opens)
          ? readOtherBasis(paragraph, text, knowledge)
          : null);
    if (read === null) break;
    bases.push(...(read.bases ?? []));
    proposal = read.proposal ?? proposal;
    enactment = read.enactment ?? null;
    length++;
  }
  return { bases, proposal, enactment, length };
}

/** What one paragraph of a preamble says. */
type PreamblePart = Partial<Pick<Preamble, "bases" | "proposal" | "enactment">>;

function openingsOf(knowledge: Knowledge): Openings {
  const issuers = wordPattern(knowledge.issuers);
  const types = wordPattern(knowledge.documentTypes);
  return {
    lead: new RegExp(`^(${wordPattern(knowledge.basisLeads)})(?![\\p{L}])\\s*`, "u"),
    proposal: new RegExp(`^(${wordPattern(knowledge.proposalLeads)})\\s+`, "u"),
    enacts: new RegExp(
      `(?<![\\p{L}])(?:${wordPattern(knowledge.enactmentVerbs)})(?![\\p{L}])`,
      "u",
    ),
    agency: new RegExp(`^(?:${issuers}|Nhà trường|Đơn vị)(?![\\p{L}])`, "u"),
    document: new RegExp(`^(?:các\\s+)?(?:${types})(?![\\p{L}])`, "iu"),
  };
}

/** The text of a paragraph without the dash before a basis; null for what has another label. */
function preambleText(paragraph: SourceParagraph, { lead }: Openings): string | null {
  const label = readLabel(paragraph.text);
  const text = noted(paragraph).slice(label?.marker === "-" ? label.end : 0);
  return label !== null && (label.marker !== "-" || !lead.test(text)) ? null : text;
}

function enacting(paragraph: SourceParagraph, rest: string): NonNullable<Preamble["enactment"]> {
  return { paragraph, from: paragraph.text.length - rest.replace(NOTE_CALL, "").length };
}

/** "Theo đề nghị của …": who proposes, and in which document. */
function readProposal(
  paragraph: SourceParagraph,
  text: string,
  opens: Openings,
  knowledge: Knowledge,
): PreamblePart | null {
  const proposes = opens.proposal.exec(text);
  if (!proposes) return null;
  const { own, rest } = splitEnactment(text.slice(proposes[0].length), opens, () => true);
  const at = /\s+tại\s+(?=\p{Lu})/u.exec(own);
  const document = at ? readBasis(withoutEnd(own.slice(at.index + at[0].length)), knowledge) : null;
  return {
    proposal: {
      paragraph,
      lead: (proposes[1] ?? "").trim(),
      by: withoutEnd(at && document ? own.slice(0, at.index) : own),
      document,
    },
    enactment: rest === null ? null : enacting(paragraph, rest),
  };
}

/** "Căn cứ …; …": bases, and the enactment where they run on into it. */
function readBases(
  paragraph: SourceParagraph,
  text: string,
  opens: Openings,
  knowledge: Knowledge,
): PreamblePart | null {
  const leads = opens.lead.exec(text);
  if (!leads) return null;
  // After a comma only where nothing but documents stands before it: "Thực hiện Kế hoạch số 5
  // …, UBND xã xây dựng …".
  const split = splitEnactment(text.slice(leads[0].length), opens, (before) =>
    splitBases(before, knowledge).every(
      (basis) =>
        "document" in basis && !/[;]|(?:^|, )(?:nhằm|để|căn cứ)/u.test(basis.document.about ?? ""),
    ),
  );
  // A sentence that names its bases on the way to what it enacts is one sentence.
  if (isEnactment(text, opens) && split.rest === null)
    return { enactment: enacting(paragraph, text) };
  const joined = splitBases(split.own, knowledge);
  return {
    bases: [{ paragraph, lead: leads[1] ?? "", joined }],
    enactment: split.rest === null ? null : enacting(paragraph, split.rest),
  };
}

/** Whether more of the preamble follows a paragraph that opens otherwise. */
function goesOn(text: string, next: readonly SourceParagraph[], opens: Openings): boolean {
  return (
    next.some((later) => opens.lead.test(later.text) || isEnactment(later.text, opens)) &&
    !/[:]$/u.test(text)
  );
}

/** A basis that opens otherwise ("Nhằm thực hiện …;"): its first word is its lead. */
function readOtherBasis(
  paragraph: SourceParagraph,
  text: string,
  knowledge: Knowledge,
): PreamblePart | null {
  const [lead = "", ...others] = text.split(" ");
  if (!/^\p{Lu}\p{L}*$/u.test(lead) || others.length === 0) return null;
  return { bases: [{ paragraph, lead, joined: splitBases(others.join(" "), knowledge) }] };
}

/** A sentence that enacts a plan, and promises what follows. */
function isEnactment(text: string, { enacts }: Openings): boolean {
  return (
    /:\s*$|(?:như sau|sau đây)\s*[.;]?\s*$/u.test(text) &&
    (enacts.test(text) || /kế hoạch/iu.test(text))
  );
}

/**
 * Bases that run on into the enactment: "…; UBND huyện xây dựng kế hoạch …, cụ thể như sau:".
 * `afterComma`: whether what stands before a comma may end there.
 */
function splitEnactment(
  text: string,
  opens: Openings,
  afterComma: (before: string) => boolean,
): { readonly own: string; readonly rest: string | null } {
  if (!/:\s*$|(?:như sau|sau đây)\s*[.;]?\s*$/u.test(text)) return { own: text, rest: null };
  for (const match of [...text.matchAll(/[;.,]\s+(?=\p{Lu})/gu)].reverse()) {
    const [before, rest] = [text.slice(0, match.index), text.slice(match.index + match[0].length)];
    if (!opens.enacts.test(rest) || opens.document.test(rest)) continue;
    if (match[0].startsWith(",") && !(opens.agency.test(rest) && afterComma(before))) continue;
    return { own: before, rest };
  }
  return { own: text, rest: null };
}

/**
 * The bases of one paragraph. A semicolon inside what a document is about does not part it: what
 * follows is no document.
 */
function splitBases(text: string, knowledge: Knowledge): FoundBasis[] {
  const found: FoundBasis[] = [];
  for (const part of text
    .split(/;\s*/u)
    .map((one) => one.trim())
    .filter((one) => withoutEnd(one) !== "")) {
    const own = part.replace(/^(?:và\s+)?(?:Căn cứ\s+)?(?:các\s+)?/u, "");
    const document = readBasis(withoutEnd(own), knowledge);
    const last = found.at(-1);
    if (document !== null) found.push(...apart(document, knowledge));
    else if (last && "document" in last && /^\p{Ll}/u.test(part) && last.document.about !== null)
      found[found.length - 1] = {
        document: { ...last.document, about: `${last.document.about}; ${withoutEnd(part)}` },
      };
    else found.push({ text: withoutEnd(part) });
  }
  return found;
}

/**
 * "…; Quyết định số 1/QĐ-UBND … và Quyết định số 2/QĐ-UBND …": what follows a document may be the
 * next one.
 */
function apart(document: CitedDocument, knowledge: Knowledge): FoundBasis[] {
  const led = /^(?:và|,)\s+/u.exec(document.about ?? "");
  const next = led ? readBasis((document.about ?? "").slice(led[0].length), knowledge) : null;
  return next === null
    ? [{ document }]
    : [{ document: { ...document, about: null } }, ...apart(next, knowledge)];
}

/**
 * A call of a footnote inside a text that is taken to pieces: letters of no script around its name.
 */
export const NOTE_CALL = /\ue000([^\ue001]*)\ue001/gu;

function noted({ text, marks }: SourceParagraph): string {
  return marks
    .filter((mark) => mark.kind === "note")
    .reduceRight(
      (out, mark) => `${out.slice(0, mark.from)}\ue000${mark.note}\ue001${out.slice(mark.from)}`,
      text,
    );
}
