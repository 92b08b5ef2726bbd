import { type Outcome, succeed } from "../../base/diagnostic.js";
import type { SourceParagraph, SourceText } from "../source-text.js";
import { readLists } from "./numbering.js";
import { openWord } from "./open-word.js";
import { readBlocks } from "./read-blocks.js";
import { type NoteKind, openReading, openStory } from "./reading.js";
import { refuse } from "./refusals.js";
import { passRunningHeads } from "./running-heads.js";
import { readStyles } from "./styles.js";
import { type XmlNode, childOf, childrenOf } from "./xml-tree.js";

/**
 * Read a Word file (.docx, .docm, .dotx; transitional or strict): its text as Word shows it, with
 * the numbers that Word gives. Errors: no Word file, an old .doc, a password, broken, or beyond the
 * limits. Every file gives a text or one finding.
 */
export function readDocx(bytes: Uint8Array, file: string): Outcome<SourceText> {
  const parts = openWord(bytes);
  if (typeof parts === "string" || "isA" in parts) return refuse(parts, file);
  const styles = readStyles(parts.styles);
  const noteNodes = {
    footnote: notesOf(parts.footnotes, "footnote"),
    endnote: notesOf(parts.endnotes, "endnote"),
  };
  const { reading, notes } = openReading(
    styles,
    readLists(parts.numbering, styles),
    (kind, id) => noteNodes[kind].get(id) ?? null,
  );
  const blocks = readBlocks(childOf(parts.document, "body")?.children ?? [], {
    ...openStory(reading, 0),
    counts: true,
  });
  const footnotes = new Map<string, readonly SourceParagraph[]>();
  // Notes may call notes: the list grows while it is read.
  for (const { name, node, at } of notes) {
    const content = readBlocks(node.children, openStory(reading, at.line));
    footnotes.set(
      name,
      content.flatMap((block) =>
        block.kind === "paragraph"
          ? [block]
          : block.rows.flat().flatMap(({ paragraphs }) => paragraphs),
      ),
    );
  }
  const notices = reading.notices.all();
  passRunningHeads(parts.document, parts.runningHeads, reading);
  return succeed({ blocks, footnotes, excluded: reading.excluded, notices });
}

/**
 * Notes by their ids. The lines that part them from the text are notes too, but nothing calls them.
 */
function notesOf(root: XmlNode | null, kind: NoteKind): ReadonlyMap<string, XmlNode> {
  return new Map(childrenOf(root, kind).map((node) => [node.attributes.get("id") ?? "", node]));
}
