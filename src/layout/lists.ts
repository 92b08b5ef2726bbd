import type { Paragraph } from "../document/tree.js";
import type { ElementList } from "./elements.js";

/** The structure elements of one list item: of its label and of its text. */
export interface ListItem {
  readonly label: number;
  readonly body: number;
}

interface OpenList {
  readonly kind: string;
  readonly list: number;
  readonly body: number;
}

/**
 * Finds the lists among paragraphs: neighbours with labels of one kind are a list; a list of
 * another kind that begins inside it is an inner list of the item above; a paragraph without a
 * label ends them all.
 */
export class ListFinder {
  readonly #elements: ElementList;
  readonly #parent: number;
  #open: OpenList[] = [];

  constructor(elements: ElementList, parent: number) {
    this.#elements = elements;
    this.#parent = parent;
  }

  /** End all open lists. */
  end(): void {
    this.#open = [];
  }

  /** The elements of a paragraph with a label: an item of an open list, or of a new one. */
  item(paragraph: Paragraph, label: string): ListItem {
    const { origin } = paragraph;
    const kind = kindOf(label);
    const depth = this.#open.findIndex((list) => list.kind === kind);
    const outer = depth >= 0 ? this.#open.slice(0, depth) : this.#open;
    const list =
      this.#open[depth]?.list ??
      this.#elements.add("L", outer.at(-1)?.body ?? this.#parent, origin, {
        title: NUMBERING[kind] ?? "Decimal",
      });
    const item = this.#elements.add("LI", list, origin);
    const labelElement = this.#elements.add("Lbl", item, origin);
    const body = this.#elements.add("LBody", item, origin);
    this.#open = [...outer, { kind, list, body }];
    return { label: labelElement, body };
  }
}

/** PDF's names for numbering styles, by kind of label. */
const NUMBERING: Readonly<Record<string, string>> = {
  "-": "Disc",
  "+": "Circle",
  "*": "Square",
  "a)": "LowerAlpha",
  "a.": "LowerAlpha",
  "(a)": "LowerAlpha",
  "I.": "UpperRoman",
};

/** "đ)" and "a)" are of one kind, as are "3." and "12."; "2.1." is of another kind. */
function kindOf(label: string): string {
  return label
    .replace(/\d+/gu, "1")
    .replace(/[IVXLCDM]+/gu, "I")
    .replace(/\p{Ll}+/gu, "a");
}
