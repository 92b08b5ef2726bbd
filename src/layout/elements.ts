import type { Origin } from "../document/tree.js";
import type { StructureElement, StructureType } from "./pages/page.js";

/** Collects structure elements while blocks are laid out; an element is known by its number. */
export class ElementList {
  readonly list: StructureElement[] = [];

  /** Add an element under another. Gives its number. */
  add(
    type: StructureType,
    parent: number | null,
    origin: Origin,
    facts: Partial<Pick<StructureElement, "level" | "title" | "span" | "alt">> = {},
  ): number {
    const { level = 0, title = "", span = null, alt = "" } = facts;
    return this.list.push({ type, parent, origin, level, title, span, alt }) - 1;
  }
}
