import { type Element, childElements } from "./parse-markup.js";

/** What a call of a note prints: its number, and whether the note was called before. */
export interface NoteCall {
  readonly number: number;
  readonly again: boolean;
}

/**
 * Numbers of notes in the order in which the document calls them, whatever order its texts were
 * read in: as Word and LibreOffice number them.
 */
export class NoteNumbers {
  readonly #numbers = new Map<string, number>();
  readonly #first = new Map<string, Element>();

  constructor(root: Element) {
    const visit = (parent: Element): void => {
      for (const element of childElements(parent)) {
        if (element.name === "footnote") continue;
        if (element.name === "note") this.#meet(element);
        else visit(element);
      }
    };
    visit(root);
  }

  /** The note's own number: as it is called first; behind all others when nothing calls it. */
  numberOf(name: string): number {
    return this.#numbers.get(name) ?? Infinity;
  }

  callOf(element: Element): NoteCall {
    const name = element.attributes["number"] ?? "";
    return { number: this.numberOf(name), again: this.#first.get(name) !== element };
  }

  #meet(element: Element): void {
    const name = element.attributes["number"] ?? "";
    if (this.#numbers.has(name)) return;
    this.#numbers.set(name, this.#numbers.size + 1);
    this.#first.set(name, element);
  }
}
