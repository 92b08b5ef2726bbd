import type { PDFContext, PDFRef } from "pdf-lib";
import type { PagedDocument, StructureElement } from "../../layout/pages/page.js";
import type { WrittenField } from "./fields.js";
import { WrittenObject } from "./objects.js";

/** One piece of marked content: its page and number there. */
interface MarkedContent {
  readonly page: PDFRef;
  readonly id: number;
}

/**
 * Write the structure tree: what each piece of content is, in reading order. Elements without content are left out.
 * Gives the tree's root; pages find their elements through its parent tree, page by page.
 */
export function writeStructure(context: PDFContext, document: PagedDocument, pages: readonly PDFRef[], contents: readonly (readonly number[])[], fields: readonly WrittenField[]): PDFRef {
  const marked = new Map<number, MarkedContent[]>();
  contents.forEach((elements, index) => elements.forEach((element, id) => {
    const page = pages[index];
    if (!page) return;
    (marked.get(element) ?? marked.set(element, []).get(element))?.push({ page, id });
  }));
  const children = new Map<number, number[]>();
  document.elements.forEach((element, index) => {
    if (element.parent !== null) (children.get(element.parent) ?? children.set(element.parent, []).get(element.parent))?.push(index);
  });
  const rootRef = context.nextRef();
  const refs = new Map<number, PDFRef>();

  const write = (index: number, parent: PDFRef): PDFRef | null => {
    const element = document.elements[index];
    if (!element) return null;
    const ref = context.nextRef();
    const kids = (marked.get(index) ?? []).map(({ page, id }) => `<</Type/MCR/Pg ${page.tag}/MCID ${id}>>`);
    for (const { page, ref: widget, element: owner } of fields) {
      if (owner === index) kids.push(`<</Type/OBJR/Pg ${pages[page]?.tag ?? ""}/Obj ${widget.tag}>>`);
    }
    for (const child of children.get(index) ?? []) {
      const written = write(child, ref);
      if (written) kids.push(written.tag);
    }
    // A cell may be empty and is still a cell; nothing else may.
    if (kids.length === 0 && element.type !== "TD" && element.type !== "TH") return null;
    context.assign(ref, new WrittenObject(`<</Type/StructElem/S/${tagName(element)}/P ${parent.tag}/K${kidsOf(element, kids)}${attributes(element, index)}>>`));
    refs.set(index, ref);
    return ref;
  };
  const top = write(0, rootRef);
  const parents = contents.map((elements, index) => `${index}[${elements.map((element) => (refs.get(element) ?? rootRef).tag).join(" ")}]`);
  fields.forEach(({ element }, index) => parents.push(`${contents.length + index} ${(refs.get(element) ?? rootRef).tag}`));
  context.assign(rootRef, new WrittenObject(
    `<</Type/StructTreeRoot/K[${top ? top.tag : ""}]/ParentTree<</Nums[${parents.join(" ")}]>>/ParentTreeNextKey ${contents.length + fields.length}>>`,
  ));
  return rootRef;
}

/** Attributes that PDF/UA asks for: the scope of heads, how a list is numbered, a name for each note. */
function attributes({ type, title, span }: StructureElement, index: number): string {
  if (span !== null) {
    const facts = `${type === "TH" ? `/Scope/${span.scope}` : ""}${span.columns > 1 ? `/ColSpan ${span.columns}` : ""}${span.rows > 1 ? `/RowSpan ${span.rows}` : ""}`;
    return facts === "" ? "" : `/A<</O/Table${facts}>>`;
  }
  if (type === "L") return `/A<</O/List/ListNumbering/${title}>>`;
  return type === "Note" ? `/ID(note-${index})` : "";
}

/** A form's one widget stands alone, where signature validators look for it; all else is a list. */
function kidsOf({ type }: StructureElement, kids: readonly string[]): string {
  return type === "Form" && kids.length === 1 ? (kids[0] ?? "") : `[${kids.join(" ")}]`;
}

function tagName({ type, level }: StructureElement): string {
  return type === "H" ? `H${Math.min(level, 6)}` : type;
}
