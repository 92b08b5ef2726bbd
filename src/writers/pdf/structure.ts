import type { PDFContext, PDFRef } from "pdf-lib";
import type { PagedDocument, StructureElement } from "../../layout/pages/page.js";
import type { WrittenField } from "./fields.js";
import { WrittenObject, textString } from "./objects.js";
import { roundedPtFromTwips } from "../../base/units.js";

/** One piece of marked content: its page and number there. */
interface MarkedContent {
  readonly page: PDFRef;
  readonly id: number;
}

/**
 * Write the structure tree: what each piece of content is, in reading order. Elements without
 * content are left out. Gives the tree's root; pages find their elements through its parent tree,
 * page by page.
 */
export function writeStructure(
  context: PDFContext,
  document: PagedDocument,
  pages: readonly PDFRef[],
  contents: readonly (readonly number[])[],
  fields: readonly WrittenField[],
): PDFRef {
  const marked: (MarkedContent[] | undefined)[] = [];
  contents.forEach((elements, index) =>
    elements.forEach((element, id) => {
      const page = pages[index];
      if (page) (marked[element] ??= []).push({ page, id });
    }),
  );
  const children: (number[] | undefined)[] = [];
  document.elements.forEach(({ parent }, index) => {
    if (parent !== null) (children[parent] ??= []).push(index);
  });
  const boxes = figureBoxes(document);
  const rootRef = context.nextRef();
  const refs: (PDFRef | undefined)[] = [];

  const write = (index: number, parent: PDFRef): PDFRef | null => {
    const element = document.elements[index];
    if (!element) return null;
    const ref = context.nextRef();
    const kids = (marked[index] ?? []).map(
      ({ page, id }) => `<</Type/MCR/Pg ${page.tag}/MCID ${id}>>`,
    );
    for (const { page, ref: widget, element: owner } of fields) {
      if (owner === index)
        kids.push(`<</Type/OBJR/Pg ${pages[page]?.tag ?? ""}/Obj ${widget.tag}>>`);
    }
    for (const child of children[index] ?? []) {
      const written = write(child, ref);
      if (written) kids.push(written.tag);
    }
    // A cell may be empty and is still a cell; nothing else may.
    if (kids.length === 0 && element.type !== "TD" && element.type !== "TH") return null;
    context.assign(
      ref,
      new WrittenObject(
        `<</Type/StructElem/S/${tagName(element)}/P ${parent.tag}/K${kidsOf(element, kids)}${attributes(element, index, boxes.get(index) ?? "")}>>`,
      ),
    );
    refs[index] = ref;
    return ref;
  };
  const top = write(0, rootRef);
  const parents = contents.map(
    (elements, index) =>
      `${index}[${elements.map((element) => (refs[element] ?? rootRef).tag).join(" ")}]`,
  );
  fields.forEach(({ element }, index) =>
    parents.push(`${contents.length + index} ${(refs[element] ?? rootRef).tag}`),
  );
  context.assign(
    rootRef,
    new WrittenObject(
      `<</Type/StructTreeRoot/K[${top ? top.tag : ""}]/ParentTree<</Nums[${parents.join(" ")}]>>/ParentTreeNextKey ${contents.length + fields.length}>>`,
    ),
  );
  return rootRef;
}

/** Where figures stand on their pages. Source: ISO 32000-1, 14.8.5.4.3; ISO 14289-1, 7.3. */
function figureBoxes({ pages }: PagedDocument): ReadonlyMap<number, string> {
  const boxes = new Map<number, string>();
  for (const { height, items } of pages)
    for (const item of items) {
      if (item.kind !== "picture" || item.tag.kind !== "content") continue;
      const corners = [
        item.x,
        height - item.y - item.height,
        item.x + item.width,
        height - item.y,
      ].map((twips) => String(roundedPtFromTwips(twips)));
      boxes.set(item.tag.element, `/A<</O/Layout/Placement/Block/BBox[${corners.join(" ")}]>>`);
    }
  return boxes;
}

/**
 * Attributes that PDF/UA asks for: the scope of heads, how a list is numbered, a name for each
 * note.
 */
function attributes(
  { type, title, span, alt }: StructureElement,
  index: number,
  box: string,
): string {
  if (span !== null) {
    const facts = `${type === "TH" ? `/Scope/${span.scope}` : ""}${span.columns > 1 ? `/ColSpan ${span.columns}` : ""}${span.rows > 1 ? `/RowSpan ${span.rows}` : ""}`;
    return facts === "" ? "" : `/A<</O/Table${facts}>>`;
  }
  if (type === "Figure") return `/Alt ${textString(alt).toString()}${box}`;
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
