import type { PastedBlock, PastedParagraph } from "../../roads/read-pasted.js";

/**
 * What another program put on the clipboard, as paragraphs and tables: Word, LibreOffice, Google
 * Docs and web pages write HTML each in its own way, and the words, numbers and tables are in it.
 * Null when it is one piece of plain text, which goes into the field as it is.
 */
export function pastedBlocks(clipboard: DataTransfer): readonly PastedBlock[] | null {
  const html = clipboard.getData("text/html");
  const plain = clipboard.getData("text/plain");
  const blocks = html === "" ? [] : htmlBlocks(html);
  if (blocks.length > 1 || blocks[0]?.kind === "table") return blocks;
  const lines = plain.split(/\r?\n/u).filter((line) => line.trim() !== "");
  if (lines.length < 2) return null;
  return lines.every((line) => line.includes("\t"))
    ? [{ kind: "table", rows: lines.map((line) => line.split("\t").map(plainCell)) }]
    : lines.map(plainParagraph);
}

/** A line of text as a pasted paragraph. */
export function plainParagraph(text: string): PastedParagraph {
  return { kind: "paragraph", text, label: null, bold: false, italic: false, level: 0 };
}

function plainCell(text: string): { text: string; columns: number; rows: number; bold: boolean } {
  return { text, columns: 1, rows: 1, bold: false };
}

const BLOCKS = new Set(["P", "DIV", "LI", "H1", "H2", "H3", "H4", "H5", "H6", "BLOCKQUOTE", "PRE"]);
const LEFT_OUT = new Set(["STYLE", "SCRIPT", "META", "LINK", "TITLE", "HEAD", "XML"]);

function htmlBlocks(html: string): readonly PastedBlock[] {
  // The page's policy applies to what it parses: styles would be refused, and the browser say so.
  const tame = html
    .replace(/<style\b[^]*?<\/style>/giu, "")
    .replace(/(<[^<>]*?\s)style(?=\s*=)/giu, "$1data-style");
  const { body } = new DOMParser().parseFromString(tame, "text/html");
  const blocks: PastedBlock[] = [];
  collect(body, blocks);
  return blocks;
}

function collect(parent: Element, blocks: PastedBlock[]): void {
  let loose = "";
  const end = (): void => {
    if (loose.trim() !== "") blocks.push(plainParagraph(loose));
    loose = "";
  };
  for (const node of parent.childNodes) {
    if (!(node instanceof HTMLElement)) {
      if (node.nodeType === Node.TEXT_NODE) loose += foldBlanks(node.textContent ?? "");
      continue;
    }
    if (LEFT_OUT.has(node.tagName)) continue;
    const holdsBlocks = node.querySelector("p,div,li,table,ul,ol,h1,h2,h3,h4,h5,h6") !== null;
    if (node instanceof HTMLTableElement) {
      end();
      blocks.push(tableBlock(node));
    } else if (node.tagName === "LI" && !holdsBlocks) {
      end();
      blocks.push(paragraphBlock(node, itemLabel(node)));
    } else if (node.tagName === "LI") {
      end();
      collectItem(node, blocks);
    } else if (holdsBlocks) {
      end();
      collect(node, blocks);
    } else if (BLOCKS.has(node.tagName)) {
      end();
      blocks.push(paragraphBlock(node, null));
    } else if (node.tagName === "BR") end();
    else loose += foldBlanks(node.textContent ?? "");
  }
  end();
}

/** An entry of a list that holds paragraphs: the first has the list's number. */
function collectItem(item: HTMLElement, blocks: PastedBlock[]): void {
  const inside: PastedBlock[] = [];
  collect(item, inside);
  const [first, ...rest] = inside;
  if (first?.kind === "paragraph" && first.label === null)
    blocks.push({ ...first, label: itemLabel(item) }, ...rest);
  else blocks.push(...inside);
}

/** The number that a list gives its entry: HTML says how it counts, not what it counted. */
function itemLabel(item: HTMLElement): string {
  const list = item.parentElement;
  if (list?.tagName !== "OL") return "-";
  const entries = [...list.children].filter((child) => child.tagName === "LI");
  const number = Number(list.getAttribute("start") ?? 1) + entries.indexOf(item);
  const type = list.getAttribute("type") ?? styleOf(item, "list-style-type");
  if (type === "a" || type === "lower-alpha" || type === "lower-latin")
    return `${"abcdđeghiklmnopqrstuvxy"[number - 1] ?? "a"})`;
  if (type === "I" || type === "upper-roman") return `${ROMAN[number - 1] ?? "I"}.`;
  return `${number}.`;
}

const ROMAN = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"];

function paragraphBlock(element: HTMLElement, label: string | null): PastedParagraph {
  const text = wordsOf(element).trim();
  const level = /^H(\d)$/u.exec(element.tagName)?.[1];
  return {
    kind: "paragraph",
    text,
    label,
    bold: level !== undefined || allIn(element, isBold),
    italic: allIn(element, isItalic),
    level: level === undefined ? 0 : Number(level),
  };
}

/** Words of an element; a line break in it is one, a source's own line ends are blanks. */
function wordsOf(element: Element): string {
  let text = "";
  for (const node of element.childNodes) {
    if (node.nodeType === Node.TEXT_NODE) text += foldBlanks(node.textContent ?? "");
    else if (node instanceof HTMLElement && !LEFT_OUT.has(node.tagName))
      text += node.tagName === "BR" ? "\n" : wordsOf(node);
  }
  return text;
}

function foldBlanks(text: string): string {
  return text.replace(/[\r\n\t ]+/gu, " ");
}

/** Whether every word of an element looks so. */
function allIn(element: HTMLElement, looks: (element: HTMLElement) => boolean): boolean {
  if (looks(element)) return true;
  let some = false;
  for (const node of element.childNodes) {
    if ((node.textContent ?? "").trim() === "") continue;
    if (!(node instanceof HTMLElement) || !allIn(node, looks)) return false;
    some = true;
  }
  return some;
}

/** What an element's own style says of a property; empty where it says nothing. */
function styleOf({ dataset }: HTMLElement, property: string): string {
  const style = dataset["style"] ?? "";
  return new RegExp(`(?:^|;)\\s*${property}\\s*:\\s*([^;]*)`, "iu").exec(style)?.[1]?.trim() ?? "";
}

function isBold(element: HTMLElement): boolean {
  const { tagName } = element;
  const weight = styleOf(element, "font-weight");
  // Google Docs wraps all it copies into a <b> that is not bold.
  if (weight !== "") return weight === "bold" || Number(weight) >= 600;
  return tagName === "B" || tagName === "STRONG" || tagName === "TH";
}

function isItalic(element: HTMLElement): boolean {
  const slant = styleOf(element, "font-style");
  return slant === "" ? element.tagName === "I" || element.tagName === "EM" : slant === "italic";
}

function tableBlock(table: HTMLTableElement): PastedBlock {
  const rows = [...table.rows].map((row) =>
    [...row.cells].map((cell) => ({
      text: cellText(cell),
      columns: Math.max(1, cell.colSpan),
      rows: Math.max(1, cell.rowSpan),
      bold: allIn(cell, isBold),
    })),
  );
  return { kind: "table", rows: rows.filter((row) => row.length > 0) };
}

function cellText(cell: HTMLElement): string {
  const inside: PastedBlock[] = [];
  collect(cell, inside);
  return inside
    .map((block) => (block.kind === "paragraph" ? block.text : ""))
    .join("\n")
    .trim();
}
