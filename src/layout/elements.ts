import type { Origin } from "../document/tree.js";
import type { StructureElement, StructureType } from "./pages/page.js";

/** Collects structure elements while blocks are laid out; an element is known by its number. */
export class ElementList {
  readonly list: StructureElement[] = [];

  add(
    type: StructureType,
    parent: number | null,
    origin: Origin,
    facts: Partial<Pick<StructureElement, "level" | "title" | "span">> = {},
  ): number {
    return (
      this.list.push({
        type,
        parent,
        origin,
        level: facts.level ?? 0,
        title: facts.title ?? "",
        span: facts.span ?? null,
      }) - 1
    );
  }
}
