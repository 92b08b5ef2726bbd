import type { CitedDocument } from "../../plan/schema.js";
import { type FoundBasis, NOTE_CALL, type Preamble } from "./bases.js";
import type { DataObject } from "./data.js";
import type { SourceParagraph } from "../source-text.js";
import { type Substitution, footnoteId, plainMarkup, planMarkup } from "./markup.js";

/** Legal bases, proposal and enactment as plan data. */
export function preambleData(
  { bases, proposal, enactment }: Preamble,
  substitutions: ReadonlyMap<SourceParagraph, readonly Substitution[]>,
): DataObject {
  return {
    ...(bases.length === 0
      ? {}
      : { bases: bases.map(({ lead, joined }) => basisData(lead, joined)) }),
    ...(proposal === null
      ? {}
      : {
          proposal: {
            ...(proposal.lead === "Xét đề nghị của" ? {} : { lead: proposal.lead }),
            by: proposal.by,
            ...(proposal.document === null ? {} : { document: documentData(proposal.document) }),
          },
        }),
    ...(enactment === null
      ? {}
      : {
          enactment: planMarkup(
            {
              paragraph: enactment.paragraph,
              from: enactment.from,
              to: enactment.paragraph.text.length,
            },
            substitutions.get(enactment.paragraph),
          ).replace(/\s*[:.;]\s*$/u, ""),
        }),
  };
}

/** A cited document, what is not known left out. */
export function documentData({
  type,
  name,
  symbol,
  date,
  issuer,
  about,
}: CitedDocument): DataObject {
  const day =
    date === null || typeof date === "string"
      ? date
      : {
          ...(date.day === null ? {} : { day: date.day }),
          ...(date.month === null ? {} : { month: date.month }),
          year: date.year,
        };
  return {
    type,
    ...(name === null ? {} : { name }),
    ...(symbol === null ? {} : { symbol }),
    ...(day === null ? {} : { date: day }),
    ...(issuer === null ? {} : { issuer }),
    ...(about === null ? {} : { about: withNotes(about) }),
  };
}

function basisData(lead: string, joined: readonly FoundBasis[]): DataObject {
  const led = lead === "Căn cứ" ? {} : { lead };
  const one = (basis: FoundBasis): DataObject =>
    "document" in basis ? documentData(basis.document) : { text: withNotes(basis.text) };
  const [first] = joined;
  if (first !== undefined && joined.length === 1) return { ...led, ...one(first) };
  return joined.length === 0 ? { ...led, text: "…" } : { ...led, joined: joined.map(one) };
}

/** A text in which footnotes are called by `NOTE_CALL`, as text of a plan. */
function withNotes(text: string): string {
  return plainMarkup(text).replace(NOTE_CALL, (_, note: string) => `[^${footnoteId(note)}]`);
}
