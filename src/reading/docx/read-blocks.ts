import type { SourceBlock } from "../source-text.js";
import { isPlaceholder, passPlaceholder } from "./read-inline.js";
import {
  type RawParagraph,
  finishParagraph,
  joinParagraphs,
  readParagraph,
} from "./read-paragraph.js";
import { readTable } from "./read-table.js";
import {
  type Story,
  leaveOut,
  openStory,
  passLines,
  placeIn,
  plainPiece,
  plainText,
} from "./reading.js";
import { NO_TABLE_LOOK, type TableLook } from "./table-look.js";
import { type XmlNode, childOf, valueOf } from "./xml-tree.js";

/** Elements that only wrap paragraphs and tables. */
const WRAPPERS: ReadonlySet<string> = new Set(["customXml", "ins", "moveTo", "smartTag"]);

/**
 * Paragraphs and tables of one container in reading order. A text box stands before the paragraph
 * that holds it.
 */
export function readBlocks(
  nodes: readonly XmlNode[],
  story: Story,
  look: TableLook = NO_TABLE_LOOK,
): SourceBlock[] {
  const blocks: SourceBlock[] = [];
  let open: RawParagraph | null = null;
  const add = (more: readonly SourceBlock[]): void => {
    for (const block of more) blocks.push(block);
  };
  const close = (): void => {
    if (open) add(finishParagraph(open, story, look));
    open = null;
  };
  const take = (children: readonly XmlNode[]): void => {
    for (const node of children) {
      if (node.name === "p") {
        const raw = readParagraph(node, story, look);
        if (raw === null) continue;
        for (const box of raw.boxes) add(readBox(box, story));
        open = open ? joinParagraphs(open, raw) : raw;
        if (!raw.open) close();
      } else if (node.name === "tbl") {
        close();
        add(readTable(node, story, (content, cellLook) => readBlocks(content, story, cellLook)));
      } else if (node.name === "sdt") {
        if (isPlaceholder(node)) {
          passLines(story, node);
          passPlaceholder(node, story);
        } else if (isContents(node)) passContents(node, story);
        else take(childOf(node, "sdtContent")?.children ?? []);
      } else if (WRAPPERS.has(node.name)) take(node.children);
      else if (node.name === "altChunk" || node.name === "subDoc")
        story.reading.notices.add("outside-part", placeIn(story));
    }
  };
  take(nodes);
  close();
  return blocks;
}

function readBox(box: XmlNode, story: Story): SourceBlock[] {
  const inner: Story = { ...openStory(story.reading, story.line), pageNumbers: story.pageNumbers };
  const blocks = readBlocks(box.children, inner);
  if (inner.hasPageNumber) story.hasPageNumber = true;
  if (blocks.length > 0) story.reading.notices.add("text-box", placeIn(story));
  return blocks;
}

function isContents(control: XmlNode): boolean {
  return /table of contents/iu.test(
    valueOf(childOf(childOf(control, "sdtPr"), "docPartObj"), "docPartGallery") ?? "",
  );
}

function passContents(control: XmlNode, story: Story): void {
  passLines(story, control);
  for (const line of plainText(control)
    .split("\n")
    .filter((text) => text.trim() !== "")) {
    story.reading.notices.add("contents", placeIn(story));
    leaveOut(story, "artifact", [plainPiece(line)]);
  }
}
