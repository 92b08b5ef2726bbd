import { BLANK, formatIssueDate, isoDate } from "../base/dates.js";
import { type Diagnostic, type PlanPath, assertNever, printPath } from "../base/diagnostic.js";
import { upperCase, withoutStart } from "../base/text.js";
import { type CitationDates, citeDocument, withoutEnd } from "../plan/cite.js";
import { issuerLines } from "../plan/issuer-lines.js";
import type { Basis, CitedDocument, Plan, Recipient } from "../plan/schema.js";
import { fileTitle, subjectLines } from "../plan/subject.js";
import type { Markup } from "../resolve/markup.js";
import { PlanTexts } from "../resolve/plan-text.js";
import type { EvaluatedPlan } from "../tables/evaluate-plan.js";
import { type ViewContext, maybeNodes, textView } from "./view-context.js";
import { nodeViews } from "./view-nodes.js";
import { nodesFitPortrait } from "./view-tables.js";
import {
  type AppendixView,
  type BasisView,
  type IssuerView,
  type PlanView,
  type ProposalView,
  type RecipientView,
  numberingNames,
} from "./view-types.js";

/** The view of a plan. Citations that name nothing come back as problems. */
export function buildView(
  plan: EvaluatedPlan,
  dates: CitationDates,
): { readonly plan: PlanView; readonly problems: readonly Diagnostic[] } {
  const texts = new PlanTexts(plan, dates);
  const view = planView({ plan, texts, dates, nodeViews });
  return { plan: view, problems: texts.problems };
}

function planView(context: ViewContext): PlanView {
  const { plan, texts, dates } = context;
  // Notes are numbered as they are called: the body is read first.
  const body = nodeViews(plan.body, ["body"], context);
  const { subject, enactment, closing, signature } = plan;
  const view: Omit<PlanView, "footnotes"> = {
    header: plan.header,
    issuer: issuerView(plan.issuer),
    number: plan.number === null ? `${BLANK}\u00a0` : printNumber(plan.number),
    symbol: plan.symbol,
    date: formatIssueDate(plan.date),
    dated: isoDate(plan.date),
    type: plan.type,
    typeUpper: upperCase(plan.type),
    subject: subjectLines(subject).map(({ text, path }) => textView(text, path, context)),
    title: fileTitle(plan),
    attachedTo:
      plan.attachedTo === null
        ? null
        : { citation: attachmentCitation(plan.attachedTo, context), path: "attachedTo" },
    bases: plan.bases.map((basis, index) => basisView(basis, ["bases", index], context)),
    proposal: plan.proposal === null ? null : proposalView(plan.proposal, dates),
    enactment:
      enactment === null
        ? null
        : textView(enactment.replace(/\s*:\s*$/u, ""), ["enactment"], context),
    numbering: numberingNames(plan.numbering),
    body,
    closing:
      closing === null
        ? null
        : textView(closing.replace(/\s*\.?\/?\.?\s*$/u, ""), ["closing"], context),
    recipients: recipientViews(plan.recipients),
    drafter: plan.drafter,
    signature:
      signature === null
        ? null
        : { ...signature, lines: signature.lines.map(upperCase), path: "signature" },
    appendices: plan.appendices.map((_, index) => appendixView(index, context)),
  };
  // Footnotes are known only when every text has been read.
  const footnotes = texts.footnotes.map((id, index) => ({
    number: index + 1,
    ...textView(plan.footnotes[id] ?? "", ["footnotes", id], context),
  }));
  return { ...view, footnotes };
}

function printNumber(number: string | number): string {
  return typeof number === "number" ? String(number).padStart(2, "0") : number;
}

function issuerView({ name, short, lines, superior, place }: Plan["issuer"]): IssuerView {
  const above = superior === null ? [] : typeof superior === "string" ? [superior] : superior;
  return {
    name,
    short: short ?? name,
    lines: lines?.map(upperCase) ?? issuerLines(name),
    superior: above.map(upperCase),
    place,
    path: "issuer",
  };
}

function attachmentCitation(document: CitedDocument, { plan, dates }: ViewContext): string {
  const blank = "\u00a0".repeat(6);
  const symbol = document.symbol ?? `${blank}/QĐ-UBND`;
  const cited = citeDocument({ ...document, symbol, about: null, issuer: null }, dates);
  const date = document.date === null ? ` ngày ${blank} tháng ${blank} năm ${plan.date.year}` : "";
  const issuer = document.issuer === null ? "" : ` của ${document.issuer}`;
  return `Ban hành kèm theo ${cited}${date}${issuer}`;
}

function basisView(basis: Basis, path: PlanPath, { texts, dates }: ViewContext): BasisView {
  const lead = basis.lead ?? "Căn cứ";
  const document = (part: CitedDocument, at: PlanPath): Markup =>
    texts.render(citeDocument(part, dates), at);
  const words = (text: string, at: PlanPath): Markup =>
    texts.render(withoutEnd(withoutStart(text, lead)), at);
  const printed = printPath(path);
  switch (basis.kind) {
    case "document":
      return { lead, parts: [{ text: document(basis, path), path: printed }], path: printed };
    case "text":
      return { lead, parts: [{ text: words(basis.text, path), path: printed }], path: printed };
    case "joined": {
      const parts = basis.joined.map((part, index) => {
        const at = [...path, "joined", index];
        const text = part.kind === "text" ? words(part.text, at) : document(part, at);
        return { text, path: printPath(at) };
      });
      return { lead, parts, path: printed };
    }
    default:
      return assertNever(basis);
  }
}

function proposalView(
  { lead, by, document }: NonNullable<Plan["proposal"]>,
  dates: CitationDates,
): ProposalView {
  return {
    lead,
    by,
    document: document === null ? null : citeDocument(document, dates),
    path: "proposal",
  };
}

/** The line that says where a copy is filed comes last, wherever it was written. */
function recipientViews(recipients: readonly Recipient[]): readonly RecipientView[] {
  const views = recipients.map((recipient, index) => ({
    last: recipient.kind === "file",
    view: { text: recipientText(recipient), path: printPath(["recipients", index]) },
  }));
  return [...views.filter(({ last }) => !last), ...views.filter(({ last }) => last)].map(
    ({ view }) => view,
  );
}

function recipientText(recipient: Recipient): string {
  const clean = (text: string): string => withoutEnd(text.replace(/^[-–]\s+/u, ""));
  switch (recipient.kind) {
    case "name": {
      const name = clean(recipient.name);
      return recipient.for === null ? name : `${name} (${recipient.for.replace(/^\(|\)$/gu, "")})`;
    }
    case "file": {
      const copies =
        recipient.copies === null ? "" : ` (${String(recipient.copies).padStart(2, "0")}b)`;
      return `Lưu: ${recipient.file.join(", ")}${copies}`;
    }
    default:
      return assertNever(recipient);
  }
}

function appendixView(index: number, context: ViewContext): AppendixView {
  const { plan, texts } = context;
  const appendix = plan.appendices[index];
  if (appendix === undefined) throw new Error(`no appendix ${index}`);
  const { id, title, landscape, numbering, body } = appendix;
  const path = ["appendices", index];
  return {
    id,
    label: texts.appendixLabel(index),
    title: texts.render(title, [...path, "title"]),
    reference: appendixReference(plan),
    landscape: landscape === "auto" ? !nodesFitPortrait(body ?? [], context) : landscape,
    numbering: numberingNames(numbering ?? plan.numbering),
    body: maybeNodes(body, [...path, "body"], context),
    path: printPath(path),
  };
}

function appendixReference({ type, number, symbol, date, issuer }: EvaluatedPlan): string {
  const shown = number === null ? BLANK : printNumber(number);
  return `Kèm theo ${type} số ${shown}/${symbol} ${formatIssueDate(date)} của ${issuer.name}`;
}
