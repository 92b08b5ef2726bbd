import { both } from "../../base/diagnostic.js";
import { romanNumeral } from "../../base/numbers.js";
import { APPENDIX_LABELS } from "../../plan/schema.js";
import type { Knowledge } from "../../knowledge/knowledge.js";
import type { Notice, SourceBlock, SourceParagraph } from "../source-text.js";
import { readLabel } from "./labels.js";
import { type Substitution, plainMarkup } from "./markup.js";
import { buildOutline } from "./outline.js";
import { type OutlineNode } from "./outline-node.js";

/** An appendix as it was found. */
export interface Annex {
  /** "PHỤ LỤC II", as it stands. */
  readonly label: string;
  readonly title: string;
  /** It holds a table too wide for an upright page. */
  readonly wide: boolean;
  readonly nodes: readonly OutlineNode[];
}

const NAME =
  /^((?:PHỤ\s+LỤC|Phụ\s+lục|BIỂU\s+MẪU|Biểu\s+mẫu|BIỂU|Biểu|MẪU|Mẫu)(?:\s+(?:SỐ|số))?(?:\s*:?\s*(?:[IVXL]+|\d{1,2}))?)(?:\s*[.:-]\s*(.*))?$/u;
/** Columns from which a table asks for a wide page. */
const WIDE = 8;

/**
 * Read one appendix: its label, title, the line that says what it belongs to (the template writes
 * it anew), and what follows.
 */
export function readAnnex(blocks: readonly SourceBlock[], knowledge: Knowledge): Annex {
  const { label, title, length } = readAnnexTitle(blocks);
  const rest = blocks.slice(length);
  const wide = rest.some(
    (block) =>
      block.kind === "table" &&
      (block.rows[0]?.reduce((sum, { columns }) => sum + columns, 0) ?? 0) >= WIDE,
  );
  return { label, title: plainMarkup(title.join(" ")), wide, nodes: buildOutline(rest, knowledge) };
}

/** The head of an appendix, and how many paragraphs it takes. */
interface AnnexTitle {
  readonly label: string;
  readonly title: readonly string[];
  readonly length: number;
}

function readAnnexTitle(blocks: readonly SourceBlock[]): AnnexTitle {
  const { label, title: named, length } = readAnnexName(blocks[0]);
  const title = [...named];
  let at = length;
  for (let next = blocks[at]; next?.kind === "paragraph" && at < 6; next = blocks[++at]) {
    if (/^\(\s*(?:Kèm|Ban hành|Đính)/iu.test(next.text)) return { label, title, length: at + 1 };
    if (endsAnnexTitle(next, title)) break;
    title.push(next.text.replace(/\n/gu, " "));
  }
  return { label, title, length: at };
}

/** "PHỤ LỤC I: BIỂU SỐ LIỆU": the label and what follows it in its paragraph. */
function readAnnexName(first: SourceBlock | undefined): AnnexTitle {
  if (first?.kind !== "paragraph") return { label: "", title: [], length: 0 };
  const [line = "", ...rest] = first.text.split("\n");
  const named = NAME.exec(line);
  const label = named?.[1] ?? "";
  // Without a label the first line is a title, if it is a line.
  if (!named && (first.text.length >= 120 || readLabel(line) !== null))
    return { label, title: [], length: 0 };
  const title = [named ? (named[2] ?? "") : line, ...rest].filter((one) => one !== "");
  return { label, title, length: 1 };
}

/** Whether a paragraph below an appendix's name is no more of its title. */
function endsAnnexTitle({ text, label, look }: SourceParagraph, title: readonly string[]): boolean {
  const plain = !(look.bold || look.align === "center" || !/\p{Ll}/u.test(text));
  return (
    readLabel(text) !== null || label !== null || /[:;]$/u.test(text) || (title.length > 0 && plain)
  );
}

/** How the appendices of a document are called, and what each is called in its text. */
export interface AnnexLabels {
  readonly style: (typeof APPENDIX_LABELS)[number];
  /** "Phụ lục số 1" → "pl1". */
  readonly names: ReadonlyMap<string, string>;
}

export function annexLabels(annexes: readonly Annex[]): AnnexLabels {
  const arabic = annexes.some(({ label }) => /\d/u.test(label));
  const number = annexes.some(({ label }) => /s[ốỐ]\s/u.test(label));
  const style = number
    ? arabic
      ? "Phụ lục số 1"
      : "Phụ lục số I"
    : arabic
      ? "Phụ lục 1"
      : "Phụ lục I";
  const word = style.replace(/ [I1]$/u, "");
  return {
    style,
    names: new Map(
      annexes.map((_, index) => [
        annexes.length === 1
          ? "Phụ lục"
          : `${word} ${arabic ? index + 1 : romanNumeral(index + 1)}`,
        `pl${index + 1}`,
      ]),
    ),
  };
}

const MENTION = /Phụ lục(?:\s+số)?\s+(?:[IVXL]+|\d{1,2})(?![\p{L}\d])/gu;

/**
 * Letters that name an appendix which the document has: cited by name, so that they follow when
 * appendices move.
 */
export function citeAnnexes(
  nodes: readonly OutlineNode[],
  { names }: AnnexLabels,
): readonly (Substitution & { readonly paragraph: SourceParagraph })[] {
  return paragraphsOf(nodes).flatMap((paragraph) =>
    [...paragraph.text.matchAll(MENTION)].flatMap((match) => {
      const id = names.get(match[0]);
      return id === undefined
        ? []
        : [
            {
              paragraph,
              from: match.index,
              to: match.index + match[0].length,
              text: `{{phuluc ${id}}}`,
            },
          ];
    }),
  );
}

/** Appendices that the text speaks of and the file does not hold. */
export function missingAnnexes(nodes: readonly OutlineNode[], count: number): readonly Notice[] {
  if (count > 0) return [];
  const named = paragraphsOf(nodes).flatMap((paragraph) =>
    [
      ...paragraph.text.matchAll(
        /(?:Phụ lục|phụ lục)(?:\s+số)?(?:\s+(?:[IVXL]+|\d{1,2}))?(?![\p{L}\d])/gu,
      ),
    ].map(([name]) => ({ name, at: paragraph.at })),
  );
  const [first] = named;
  if (!first) return [];
  const all = [...new Set(named.map(({ name }) => name))];
  const numbered = all.filter((name) => /\s(?:[IVXL]+|\d+)$/u.test(name));
  const names = (numbered.length > 0 ? numbered : all).join(", ");
  return [
    {
      code: "appendix-missing",
      at: first.at,
      message: both(
        `bài nhắc đến ${names}, tệp không có phụ lục nào`,
        `the text speaks of ${names}; the file has no appendix`,
      ),
    },
  ];
}

function paragraphsOf(nodes: readonly OutlineNode[]): SourceParagraph[] {
  return [
    ...new Set(
      nodes.flatMap((node): SourceParagraph[] => [
        ...(node.table === null && node.kind !== "heading" ? [node.title.paragraph] : []),
        ...paragraphsOf(node.children),
      ]),
    ),
  ];
}
