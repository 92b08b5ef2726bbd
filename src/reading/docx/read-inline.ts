import { type RunLook, readRunLook, showRun } from "./looks.js";
import type { OldFont, Piece } from "./paragraph-text.js";
import {
  type Story,
  type Surroundings,
  leaveOut,
  placeIn,
  plainPiece,
  plainText,
} from "./reading.js";
import { isSymbolFont, readSymbol } from "./symbols.js";
import { type XmlNode, childOf, descendantsOf, isOn, saysOn, valueOf } from "./xml-tree.js";

/** What a paragraph holds: its text in pieces, and text boxes that hang on it. */
export interface Inline {
  readonly pieces: Piece[];
  readonly boxes: XmlNode[];
}

/** Elements that only wrap text. */
const WRAPPERS: ReadonlySet<string> = new Set([
  "hyperlink",
  "smartTag",
  "customXml",
  "dir",
  "bdo",
  "sdtContent",
  "ruby",
  "rubyBase",
  "moveTo",
]);
const PAGE_FIELD = /^\s*(?:PAGE|NUMPAGES|SECTIONPAGES)\b/iu;
/** Fields inside fields: people do not go deeper. */
const DEEPEST_FIELD = 20;
const BREAKS_PAGE: ReadonlySet<string> = new Set(["page", "column"]);

/**
 * Read what stands in a paragraph: results of fields, tracked changes as accepted, hidden text put
 * aside.
 */
export function readInline(nodes: readonly XmlNode[], around: Surroundings, story: Story): Inline {
  const inline: Inline = { pieces: [], boxes: [] };
  readNodes(nodes, around, story, inline);
  // A field that has not come to its result by now is a mistake of the file; it must not swallow
  // the rest. Page numbers are short.
  if (story.fields.length > 0)
    story.fields = story.fields.filter(
      ({ phase, instruction }) => phase === "result" && !PAGE_FIELD.test(instruction),
    );
  return inline;
}

function readNodes(
  nodes: readonly XmlNode[],
  around: Surroundings,
  story: Story,
  inline: Inline,
): void {
  const { notices } = story.reading;
  for (const node of nodes) {
    if (node.name === "r") readRun(node, around, story, inline);
    else if (WRAPPERS.has(node.name)) readNodes(node.children, around, story, inline);
    else if (node.name === "ins" || node.name === "del" || node.name === "moveFrom") {
      notices.add("tracked-changes", placeIn(story));
      if (node.name === "ins") readNodes(node.children, around, story, inline);
      if (node.name === "del") leaveOut(story, "deleted", [plainPiece(plainText(node))]);
    } else if (node.name === "sdt") {
      if (isPlaceholder(node)) passPlaceholder(node, story);
      else readNodes(childOf(node, "sdtContent")?.children ?? [], around, story, inline);
    } else if (node.name === "fldSimple") {
      const isPage = PAGE_FIELD.test(node.attributes.get("instr") ?? "");
      if (isPage) story.hasPageNumber = true;
      if (!isPage || story.pageNumbers === "kept") readNodes(node.children, around, story, inline);
    } else if (node.name === "m:oMath" || node.name === "m:oMathPara") {
      notices.add("equation", placeIn(story));
      inline.pieces.push(plainPiece(plainText(node)));
    }
  }
}

/** A form field that still shows its prompt. */
export function isPlaceholder(control: XmlNode): boolean {
  const prompt = childOf(childOf(control, "sdtPr"), "showingPlcHdr");
  return prompt !== undefined && isOn(prompt);
}

export function passPlaceholder(control: XmlNode, story: Story): void {
  story.reading.notices.add("placeholder", placeIn(story));
  leaveOut(story, "artifact", [plainPiece(plainText(control))]);
}

/** How the letters of one run are shown. */
interface Shown {
  readonly look: RunLook;
  readonly old: OldFont | null;
}

function readRun(run: XmlNode, around: Surroundings, story: Story, inline: Inline): void {
  const shown = lookOfRun(run, around, story);
  const hidden: Piece[] = [];
  const put = (piece: Piece): void => {
    if (piece.kind === "text" && !isVisible(story)) return;
    (shown.look.hidden ? hidden : inline.pieces).push(piece);
  };
  // The sign that an author gave a note by hand stands behind the call: the call says it already.
  let ownSign = false;
  for (const node of run.children) {
    if (node.name === "t" && ownSign) continue;
    const piece = pieceOf(node, shown, story);
    if (piece !== null) put(piece);
    else if (node.name === "footnoteReference" || node.name === "endnoteReference") {
      const note = callNote(node, story);
      if (note !== null) put({ kind: "note", note });
      ownSign = saysOn(node.attributes.get("customMarkFollows"));
    } else readUnwritten(node, around, story, inline);
  }
  if (hidden.length > 0) {
    story.reading.notices.add("hidden-text", placeIn(story));
    leaveOut(story, "artifact", hidden);
  }
}

function lookOfRun(run: XmlNode, around: Surroundings, { reading }: Story): Shown {
  const properties = childOf(run, "rPr");
  const own = readRunLook(properties);
  const named = properties && valueOf(properties, "rStyle");
  const styles = named ? [reading.styles.find("character", named).run, ...around] : around;
  const look = showRun(own, styles, reading.styles.defaults.run);
  return { look, old: reading.oldFont(look.font) };
}

/** What an element of a run writes; null for an element that writes nothing itself. */
function pieceOf(node: XmlNode, shown: Shown, story: Story): Piece | null {
  switch (node.name) {
    case "t":
      return lettersOf(spaced(node), shown, story);
    case "tab":
    case "ptab":
      return textPiece("\t", shown);
    case "br":
      return BREAKS_PAGE.has(node.attributes.get("type") ?? "")
        ? { kind: "split" }
        : textPiece("\n", shown);
    case "cr":
      return textPiece("\n", shown);
    case "noBreakHyphen":
      return textPiece("-", shown);
    case "softHyphen":
      // Word takes the code of “ư” in TCVN3 for an optional hyphen.
      return textPiece("\u00ad", shown);
    case "sym":
      return symbolOf(node, shown, story);
    default:
      return null;
  }
}

function callNote(node: XmlNode, story: Story): string | null {
  const kind = node.name === "footnoteReference" ? "footnote" : "endnote";
  return story.reading.callNote(kind, node.attributes.get("id") ?? "", placeIn(story));
}

/** Elements of a run that are no letters: fields, comments, drawings. */
function readUnwritten(node: XmlNode, around: Surroundings, story: Story, inline: Inline): void {
  const { notices } = story.reading;
  switch (node.name) {
    case "fldChar":
      turnField(node.attributes.get("fldCharType") ?? "", story);
      break;
    case "instrText":
      story.fields = story.fields.map((field, index) =>
        index === story.fields.length - 1 && field.phase === "instruction"
          ? { ...field, instruction: field.instruction + node.text }
          : field,
      );
      break;
    case "commentReference":
      notices.add("comments", placeIn(story));
      break;
    case "ruby":
      readNodes(childOf(node, "rubyBase")?.children ?? [], around, story, inline);
      break;
    case "drawing":
    case "pict":
      readDrawing(node, story, inline);
      break;
    case "object":
      notices.add("embedded-object", placeIn(story));
      break;
  }
}

function textPiece(text: string, { look, old }: Shown): Piece {
  return {
    kind: "text",
    text,
    bold: look.bold === true,
    italic: look.italic === true,
    upper: look.caps === true,
    old,
  };
}

/**
 * Blanks at the ends of a text count only where the file says so; line breaks in the XML are
 * blanks.
 */
function spaced(node: XmlNode): string {
  const text = /[\r\n]/u.test(node.text) ? node.text.replace(/[\r\n]+/gu, " ") : node.text;
  return node.attributes.get("xml:space") === "preserve"
    ? text
    : text.replace(/^[ \t]+|[ \t]+$/gu, "");
}

function lettersOf(text: string, shown: Shown, story: Story): Piece {
  const plain = !/[\ue000-\uf8ff]/u.test(text)
    ? text
    : text.replace(/[\ue000-\uf8ff]/gu, (sign) => {
        const code = sign.charCodeAt(0);
        // Old fonts that Windows takes for symbol fonts have their letters there too.
        return shown.old && code >= 0xf020 && code <= 0xf0ff
          ? String.fromCharCode(code - 0xf000)
          : knownSymbol(shown.look.font ?? "", code, story);
      });
  return textPiece(plain, shown);
}

function symbolOf(node: XmlNode, shown: Shown, story: Story): Piece {
  const font = node.attributes.get("font") ?? shown.look.font ?? "";
  const code = Number.parseInt(node.attributes.get("char") ?? "", 16);
  if (!Number.isInteger(code) || code < 32 || code > 0xffff) return textPiece("", shown);
  const old = story.reading.oldFont(font);
  if (old)
    return textPiece(String.fromCharCode(code >= 0xf000 ? code - 0xf000 : code), { ...shown, old });
  const isLetter = !isSymbolFont(font) && (code < 0xd800 || code > 0xf8ff);
  return textPiece(isLetter ? String.fromCharCode(code) : knownSymbol(font, code, story), {
    ...shown,
    old: null,
  });
}

function knownSymbol(font: string, code: number, story: Story): string {
  const sign = readSymbol(font, code);
  if (sign === null) story.reading.notices.add("unknown-symbol", placeIn(story));
  return sign ?? "-";
}

function turnField(turn: string, story: Story): void {
  const last = story.fields.at(-1);
  if (turn === "begin" && story.fields.length < DEEPEST_FIELD)
    story.fields = [...story.fields, { instruction: "", phase: "instruction" }];
  else if (turn === "end") story.fields = story.fields.slice(0, -1);
  else if (turn === "separate" && last) {
    if (PAGE_FIELD.test(last.instruction)) story.hasPageNumber = true;
    story.fields = [...story.fields.slice(0, -1), { ...last, phase: "result" }];
  }
}

function isVisible(story: Story): boolean {
  return story.fields.every(
    ({ phase, instruction }) =>
      phase === "result" && (story.pageNumbers === "kept" || !PAGE_FIELD.test(instruction)),
  );
}

const PICTURES = ["pic:pic", "v:imagedata", "c:chart", "dgm:relIds"] as const;

/**
 * Text boxes are read; pictures are told of; lines and frames, such as the rule under the head of a
 * document, are passed over in silence.
 */
function readDrawing(node: XmlNode, story: Story, inline: Inline): void {
  const boxes = descendantsOf(node, "txbxContent");
  for (const box of boxes) inline.boxes.push(box);
  if (boxes.length === 0 && PICTURES.some((name) => descendantsOf(node, name).length > 0))
    story.reading.notices.add("picture", placeIn(story));
  for (const drawn of descendantsOf(node, "v:textpath"))
    leaveOut(story, "artifact", [plainPiece(drawn.attributes.get("string") ?? "")]);
}
