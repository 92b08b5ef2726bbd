/**
 * A text of a plan, parsed once: plain text, marks, citations (`{{…}}`) and calls of footnotes
 * (`[^…]`). No other file looks for braces. A backslash takes the meaning from the character after
 * it.
 */
export type CitedPart =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "open" | "close"; readonly mark: "bold" | "italic" }
  | Citation
  | { readonly kind: "footnote"; readonly id: string; readonly at: number };

/** `{{tien da1.tw đồng}}`: what is cited, by a verb and words. */
export interface Citation {
  readonly kind: "citation";
  /** As it was written between the braces, without blanks around it. */
  readonly source: string;
  /** What kind of thing is named; null when only a name stands there. */
  readonly verb: CitationVerb | null;
  readonly words: readonly string[];
  /** False when the braces do not close or nothing stands between them. */
  readonly complete: boolean;
  /** Offset of the braces in the text. */
  readonly at: number;
}

/** Number without its unit, money, section, appendix, cited document. */
const VERBS = ["so", "tien", "muc", "phuluc", "vanban"] as const;
type CitationVerb = (typeof VERBS)[number];

/** Parse a text. Never fails: what is not complete is plain text, or a citation that says so. */
export function parseCited(text: string): readonly CitedPart[] {
  if (!/[\\{[*]/u.test(text)) return text === "" ? [] : [{ kind: "text", text }];
  const marks = pairMarks(text);
  const parts: CitedPart[] = [];
  let last = 0;
  let plain = "";
  const push = (part: CitedPart): void => {
    if (plain !== "") parts.push({ kind: "text", text: plain });
    plain = "";
    parts.push(part);
  };
  for (const match of text.matchAll(/\\([\\*[{])|\{\{([^{}]*)(\}\})?|\[\^([^\][\s]*)\]|\*\*?/gu)) {
    const at = match.index;
    const mark = marks.get(at);
    // A star that opens and closes nothing stays a star.
    if (match[0].startsWith("*") && mark === undefined) continue;
    plain += text.slice(last, at);
    last = at + match[0].length;
    if (mark !== undefined) push(mark);
    else if (match[1] !== undefined) plain += match[1];
    else if (match[2] !== undefined) push(citation(match[2].trim(), match[3] !== undefined, at));
    else if (match[4] !== undefined) push({ kind: "footnote", id: match[4], at });
  }
  plain += text.slice(last);
  return plain === "" ? parts : [...parts, { kind: "text", text: plain }];
}

/** The citations of a text. */
export function citationsOf(text: string): readonly Citation[] {
  return text.includes("{{") ? parseCited(text).filter((part) => part.kind === "citation") : [];
}

function citation(source: string, closed: boolean, at: number): Citation {
  const [first = "", ...rest] = source.split(/\s+/u);
  const verb = VERBS.find((known) => known === first) ?? null;
  return {
    kind: "citation",
    source,
    verb,
    words: verb === null ? [first, ...rest] : rest,
    complete: closed && first !== "",
    at,
  };
}

/**
 * Places of * and ** that really open and close. Pairs are strictly nested: only the mark opened
 * last closes.
 */
function pairMarks(
  text: string,
): ReadonlyMap<number, Extract<CitedPart, { readonly mark: string }>> {
  const paired = new Map<number, Extract<CitedPart, { readonly mark: string }>>();
  if (!text.includes("*")) return paired;
  const open: { readonly at: number; readonly stars: string }[] = [];
  for (const match of text.matchAll(/\\.|\{\{[^{}]*\}\}|\*\*?/gu)) {
    const stars = match[0];
    if (!stars.startsWith("*")) continue;
    const at = match.index;
    const before = text[at - 1] ?? " ";
    const after = text[at + stars.length] ?? " ";
    const last = open.at(-1);
    if (last?.stars === stars && !/\s/u.test(before) && !/[\p{L}\p{N}]/u.test(after)) {
      open.pop();
      const mark = stars === "**" ? "bold" : "italic";
      paired.set(last.at, { kind: "open", mark });
      paired.set(at, { kind: "close", mark });
    } else if (
      !/\s/u.test(after) &&
      !/[\p{L}\p{N}]/u.test(before) &&
      !open.some((mark) => mark.stars === stars)
    )
      open.push({ at, stars });
  }
  return paired;
}
