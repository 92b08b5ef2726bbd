import type { Outcome } from "../base/diagnostic.js";
import type { Inline } from "../document/tree.js";
import { type Element, childElements, parseMarkup, parsePiece } from "./parse-markup.js";

/** Tags that begin or end a piece: a node without nodes inside, a table. */
const TAGS = /<\/?node\b|<table\b/gu;
const TABLE_END = "</table>";
const NODE_END = "</node>";

/** Where a piece stands in a text of markup. */
interface Place {
  readonly from: number;
  readonly to: number;
}

/**
 * Markup of one document from one version to the next: a piece that is the same text is the same
 * element, and so is what its text was made into. For documents of one set of templates.
 */
export class KeptMarkup {
  #pieces: ReadonlyMap<string, Element> = new Map();
  readonly #inlines = new WeakMap<Element, readonly Inline[]>();

  /** As `parseMarkup`; pieces that were there before are taken as they were. */
  parse(markup: string): Outcome<Element> {
    // A document that itself has such an element is read plainly.
    if (markup.includes("<kept")) return parseMarkup(markup);
    const pieces: Element[] = [];
    const next = new Map<string, Element>();
    let skeleton = "";
    let at = 0;
    for (const { from, to } of findPieces(markup)) {
      const text = markup.slice(from, to);
      const piece = this.#pieces.get(text) ?? next.get(text) ?? parsePiece(text);
      // What is wrong in it is told where it stands.
      if (piece === null) return parseMarkup(markup);
      next.set(text, piece);
      skeleton += `${markup.slice(at, from)}<kept n="${pieces.push(piece) - 1}"/>`;
      at = to;
    }
    this.#pieces = next;
    return parseMarkup(skeleton + markup.slice(at), pieces);
  }

  /** The text of an element: as it was, when nothing elsewhere shows in it. */
  inlines(element: Element, make: () => readonly Inline[]): readonly Inline[] {
    const known = this.#inlines.get(element);
    if (known !== undefined) return known;
    const inlines = make();
    if (!refersElsewhere(element)) this.#inlines.set(element, inlines);
    return inlines;
  }
}

/** Nodes that hold no other, and tables, in order; each says its place in the plan. */
function findPieces(markup: string): readonly Place[] {
  const places: Place[] = [];
  let open: number | null = null;
  TAGS.lastIndex = 0;
  for (let tag = TAGS.exec(markup); tag !== null; tag = TAGS.exec(markup)) {
    const [name] = tag;
    if (name === "<node") open = tag.index;
    else if (name === "<table") {
      open = null;
      const end = markup.indexOf(TABLE_END, tag.index);
      if (end < 0) return [];
      add(markup, tag.index, end + TABLE_END.length, places);
      TAGS.lastIndex = end + TABLE_END.length;
    } else {
      if (open !== null) add(markup, open, tag.index + NODE_END.length, places);
      open = null;
    }
  }
  return places;
}

function add(markup: string, from: number, to: number, places: Place[]): void {
  const tag = markup.slice(from, markup.indexOf(">", from));
  if (tag.includes(' at="') && !tag.endsWith("/")) places.push({ from, to });
}

/** Whether numbers of other parts of the document are printed in it. */
function refersElsewhere(element: Element): boolean {
  return childElements(element).some(
    (child) => child.name === "ref" || child.name === "note" || refersElsewhere(child),
  );
}
