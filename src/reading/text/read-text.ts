import { type Outcome, succeed } from "../../base/diagnostic.js";
import type { SourceBlock, SourceParagraph, SourceText } from "../source-text.js";
import { pipeTable, tabTable } from "./cell-tables.js";
import { columnsTable, headColumns, signatureColumns } from "./columns.js";
import { decodeText } from "./decode-text.js";
import { type Joiner, joinLines, learnJoiner } from "./join-lines.js";
import { countWords } from "./word-statistics.js";
import { siftLines } from "./excluded.js";
import { inkMarkdown, isMarkdown, readMarks, withoutRules } from "./markdown.js";
import { type Region, regionsOf } from "./regions.js";
import { type TextLine, splitLines } from "./text-lines.js";

/**
 * Read a plan kept as plain text or Markdown: typed, or what programs get out of Word, PDF and
 * scans. Lines become paragraphs by what they say and by the model of the file's lines
 * (`line-model.ts`). Errors: no text, nothing in it, too long.
 */
export function readText(bytes: Uint8Array, file: string): Outcome<SourceText> {
  const decoded = decodeText(bytes, file);
  if (!decoded.ok) return decoded;
  const { text, notices } = decoded.value;
  const marked = isMarkdown(text);
  const plain = withoutRules(text);
  const { lines: sifted, excluded } = siftLines(splitLines(marked ? inkMarkdown(plain) : plain));
  const lines = marked ? readMarks(sifted) : sifted;
  return succeed({ blocks: readBlocks(lines), footnotes: new Map(), excluded, notices });
}

/**
 * Blocks of the lines of a document: tables drawn with strokes and columns side by side, the rest
 * paragraphs.
 */
function readBlocks(lines: readonly TextLine[]): SourceBlock[] {
  const statistics = countWords(lines);
  const regions = regionsOf(lines, statistics);
  const joiner = learnJoiner(lines, regions, statistics);
  const head = headColumns(lines);
  const blocks: SourceBlock[] = head ? [columnsTable(head.columns, linesAlone(joiner))] : [];
  let waiting = head?.count ?? 0;
  const flush = (to: number): void => {
    blocks.push(...joinLines(lines.slice(waiting, to), regions.slice(waiting, to), joiner));
  };
  for (let at = waiting; at < lines.length;) {
    const found =
      pipeTable(lines, at) ??
      tabTable(lines, at) ??
      signatureTable(lines.slice(at, at + MAX_SIGNATURE), joiner);
    if (found) {
      flush(at);
      blocks.push(found.block);
      at += found.count;
      waiting = at;
    } else at += 1;
  }
  flush(lines.length);
  return blocks;
}

/** Lines in which recipients, titles and names end. */
const MAX_SIGNATURE = 60;

function signatureTable(
  lines: readonly TextLine[],
  joiner: Joiner,
): { readonly block: SourceBlock; readonly count: number } | null {
  const found = signatureColumns(lines);
  return found
    ? { block: columnsTable(found.columns, recipientsAndNames(joiner)), count: found.count }
    : null;
}

function linesAlone(joiner: Joiner): (lines: readonly TextLine[]) => readonly SourceParagraph[] {
  return (lines) =>
    joinLines(
      lines,
      lines.map((): Region => "head"),
      joiner,
    );
}

/** A column of recipients, or of titles and the name. */
function recipientsAndNames(
  joiner: Joiner,
): (lines: readonly TextLine[]) => readonly SourceParagraph[] {
  return (lines) => {
    const region: Region = /^N[ơƠ]/u.test(lines[0]?.text ?? "") ? "recipients" : "signature";
    return joinLines(
      lines,
      lines.map(() => region),
      joiner,
    );
  };
}
