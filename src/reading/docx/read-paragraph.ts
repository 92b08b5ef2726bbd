import { ownValue } from "../../base/own-value.js";
import { upperCase } from "../../base/text.js";
import type { SourceLook, SourceParagraph, SourcePlace } from "../source-text.js";
import { over, readParagraphLook, readRunLook, showRun } from "./looks.js";
import { levelOfStyle } from "./numbering.js";
import { type Piece, composeText } from "./paragraph-text.js";
import { readInline } from "./read-inline.js";
import { type Story, type Surroundings, leaveOut, placeIn } from "./reading.js";
import { outlineLevel } from "./styles.js";
import type { TableLook } from "./table-look.js";
import { type XmlNode, childOf, isOn, valueOf } from "./xml-tree.js";

/** A paragraph as it stands in the file, before it is known whether the next one belongs to it. */
export interface RawParagraph {
  readonly pieces: Piece[];
  readonly label: string | null;
  readonly at: SourcePlace;
  readonly look: Pick<SourceLook, "align" | "outline" | "level">;
  /** The end of the paragraph is deleted or hidden: the next one goes on in it. */
  readonly open: boolean;
  readonly boxes: readonly XmlNode[];
}

const ALIGNS: Readonly<Record<string, SourceLook["align"]>> = {
  left: "left",
  start: "left",
  center: "center",
  right: "right",
  end: "right",
};

/** Read one paragraph. Null for a line of a table of contents, which is put aside. */
export function readParagraph(node: XmlNode, story: Story, table: TableLook): RawParagraph | null {
  const { reading } = story;
  if (story.counts) story.line++;
  const properties = childOf(node, "pPr");
  const own = readParagraphLook(properties);
  const style = reading.styles.find("paragraph", valueOf(properties, "pStyle"));
  const around: Surroundings = [style.run, table.run];
  const { pieces, boxes } = readInline(node.children, around, story);
  if (style.contents) {
    reading.notices.add("contents", placeIn(story));
    leaveOut(story, "artifact", pieces);
    return null;
  }
  const end = readEnd(properties);
  const shows = pieces.some((piece) => piece.kind === "text");
  if (end.deleted && !shows) reading.notices.add("tracked-changes", placeIn(story));
  const look = over(
    over(own, style.paragraph),
    over(table.paragraph, reading.styles.defaults.paragraph),
  );
  const { list } = look;
  const level = own.level ?? levelOfStyle(reading.lists, list ?? "", style.ids) ?? look.level ?? 0;
  const counted = list !== null && list !== "0" && !end.deleted && (shows || !end.hidden);
  const label = counted ? reading.count(list, level) : null;
  return {
    pieces,
    label: label === null ? null : showLabel(label, end, around, story),
    at: placeIn(story),
    look: {
      align: look.align === null ? "left" : (ownValue(ALIGNS, look.align) ?? null),
      outline: own.outline === null ? style.outline : outlineLevel(own.outline),
      level: label === null ? null : level,
    },
    open: end.deleted || end.hidden,
    boxes,
  };
}

/** The end of a paragraph: the sign that Word shows as “¶”, and whether it is there at all. */
interface ParagraphEnd {
  readonly mark: XmlNode | undefined;
  readonly deleted: boolean;
  readonly hidden: boolean;
}

function readEnd(properties: XmlNode | undefined): ParagraphEnd {
  const mark = childOf(properties, "rPr");
  const deleted = childOf(mark, "del") ?? childOf(mark, "moveFrom");
  const vanish = childOf(mark, "vanish");
  return {
    mark,
    deleted: deleted !== undefined,
    hidden: vanish !== undefined && isOn(vanish),
  };
}

/**
 * A number looks like the end of its paragraph: “Điều 1.” before a heading in capitals is “ĐIỀU
 * 1.”
 */
function showLabel(
  label: string,
  { mark }: ParagraphEnd,
  around: Surroundings,
  { reading }: Story,
): string {
  const shown = showRun(readRunLook(mark), around, reading.styles.defaults.run);
  return shown.caps === true ? upperCase(label) : label;
}

/**
 * A paragraph that goes on in the next: text of both, the look of the latter, as Word has it when
 * the end between them is deleted.
 */
export function joinParagraphs(first: RawParagraph, second: RawParagraph): RawParagraph {
  const shows = first.pieces.some((piece) => piece.kind === "text");
  // Into the same list: a file may have a thousand deleted ends in a row.
  for (const piece of second.pieces) first.pieces.push(piece);
  return {
    ...second,
    pieces: first.pieces,
    label: first.label ?? second.label,
    at: shows ? first.at : second.at,
  };
}

/**
 * The paragraphs that one is: page breaks cut it. None when nothing is in it; but a number alone in
 * a cell is what the cell says: columns of order numbers are often made so.
 */
export function finishParagraph(
  raw: RawParagraph,
  story: Story,
  { inCell }: TableLook,
): SourceParagraph[] {
  const parts: Piece[][] = [[]];
  for (const piece of raw.pieces) {
    if (piece.kind === "split") parts.push([]);
    else parts.at(-1)?.push(piece);
  }
  const paragraphs: SourceParagraph[] = [];
  for (const part of parts) {
    const { text, marks, bold, italic, converted } = composeText(part);
    if (converted.length > 0) story.reading.notices.add("legacy-font", raw.at);
    if (text === "") continue;
    paragraphs.push({
      kind: "paragraph",
      text,
      marks,
      label: paragraphs.length === 0 ? raw.label : null,
      at: raw.at,
      look: { ...raw.look, bold, italic },
    });
  }
  const { label } = raw;
  if (paragraphs.length > 0 || label === null || !inCell) return paragraphs;
  return [
    {
      kind: "paragraph",
      text: label,
      marks: [],
      label: null,
      at: raw.at,
      look: { ...raw.look, bold: false, italic: false },
    },
  ];
}
