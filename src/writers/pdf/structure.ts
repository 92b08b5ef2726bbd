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

/** What a structure tree is written from. */
export interface StructuredPages {
  readonly document: PagedDocument;
  readonly pages: readonly PDFRef[];
  /** Elements of the marked content of each page, in order. */
  readonly contents: readonly (readonly number[])[];
  readonly fields: readonly WrittenField[];
}

/**
 * Write the structure tree: what each piece of content is, in reading order. Elements without
 * content are left out. Returns the tree's root; pages find their elements through its parent tree,
 * page by page.
 */
export function writeStructure(context: PDFContext, structured: StructuredPages): PDFRef {
  return new StructureWriter(context, structured).write();
}

class StructureWriter {
  readonly #context: PDFContext;
  readonly #structured: StructuredPages;
  readonly #root: PDFRef;
  /** Marked content by element. */
  readonly #marked: (MarkedContent[] | undefined)[] = [];
  /** Inner elements by element. */
  readonly #children: (number[] | undefined)[] = [];
  readonly #refs: (PDFRef | undefined)[] = [];
  /** Places of figures by element. */
  readonly #boxes: ReadonlyMap<number, string>;

  constructor(context: PDFContext, structured: StructuredPages) {
    this.#context = context;
    this.#structured = structured;
    this.#root = context.nextRef();
    const { document, pages, contents } = structured;
    this.#boxes = figureBoxes(document);
    contents.forEach((elements, index) =>
      elements.forEach((element, id) => {
        const page = pages[index];
        if (page) (this.#marked[element] ??= []).push({ page, id });
      }),
    );
    document.elements.forEach(({ parent }, index) => {
      if (parent !== null) (this.#children[parent] ??= []).push(index);
    });
  }

  write(): PDFRef {
    const { contents, fields } = this.#structured;
    const top = this.#element(0, this.#root);
    const tagOf = (element: number): string => (this.#refs[element] ?? this.#root).tag;
    const parents = [
      ...contents.map((elements, page) => `${page}[${elements.map(tagOf).join(" ")}]`),
      ...fields.map(({ element }, index) => `${contents.length + index} ${tagOf(element)}`),
    ];
    this.#context.assign(
      this.#root,
      new WrittenObject(
        `<</Type/StructTreeRoot/K[${top ? top.tag : ""}]` +
          `/ParentTree<</Nums[${parents.join(" ")}]>>` +
          `/ParentTreeNextKey ${contents.length + fields.length}>>`,
      ),
    );
    return this.#root;
  }

  #element(index: number, parent: PDFRef): PDFRef | null {
    const element = this.#structured.document.elements[index];
    if (!element) return null;
    const ref = this.#context.nextRef();
    const kids = this.#contentOf(index);
    for (const child of this.#children[index] ?? []) {
      const written = this.#element(child, ref);
      if (written) kids.push(written.tag);
    }
    // A cell may be empty and is still a cell; nothing else may.
    if (kids.length === 0 && element.type !== "TD" && element.type !== "TH") return null;
    this.#context.assign(
      ref,
      new WrittenObject(
        `<</Type/StructElem/S/${tagName(element)}/P ${parent.tag}` +
          `/K${kidsOf(element, kids)}${attributes(element, index, this.#boxes.get(index) ?? "")}>>`,
      ),
    );
    this.#refs[index] = ref;
    return ref;
  }

  /** Marked content and signature fields of an element itself. */
  #contentOf(index: number): string[] {
    const { pages, fields } = this.#structured;
    const kids = (this.#marked[index] ?? []).map(
      ({ page, id }) => `<</Type/MCR/Pg ${page.tag}/MCID ${id}>>`,
    );
    for (const { page, ref, element } of fields)
      if (element === index)
        kids.push(`<</Type/OBJR/Pg ${pages[page]?.tag ?? ""}/Obj ${ref.tag}>>`);
    return kids;
  }
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
      const box = `/A<</O/Layout/Placement/Block/BBox[${corners.join(" ")}]>>`;
      boxes.set(item.tag.element, box);
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
    const scope = type === "TH" ? `/Scope/${span.scope}` : "";
    const columns = span.columns > 1 ? `/ColSpan ${span.columns}` : "";
    const rows = span.rows > 1 ? `/RowSpan ${span.rows}` : "";
    const facts = `${scope}${columns}${rows}`;
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
