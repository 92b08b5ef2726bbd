import { type PDFContext, PDFName, PDFNumber, type PDFRef } from "pdf-lib";
import { ptFromTwips } from "../../base/units.js";
import type { PagedDocument } from "../../layout/pages/page.js";
import { textString } from "./objects.js";

interface Bookmark {
  readonly title: string;
  readonly level: number;
  readonly page: number;
  readonly top: number;
  readonly children: Bookmark[];
}

/** Write the bookmarks of a document's headings. Returns null when it has none. */
export function writeOutline(
  context: PDFContext,
  document: PagedDocument,
  pages: readonly PDFRef[],
): PDFRef | null {
  const roots = nest(bookmarks(document));
  if (roots.length === 0) return null;
  const rootRef = context.nextRef();
  const count = writeLevel(context, roots, rootRef, pages);
  const refs = count.refs;
  context.assign(
    rootRef,
    context.obj({
      Type: "Outlines",
      First: refs[0] ?? rootRef,
      Last: refs.at(-1) ?? rootRef,
      Count: count.total,
    }),
  );
  return rootRef;
}

function bookmarks(document: PagedDocument): Bookmark[] {
  const places = new Map<number, { page: number; top: number }>();
  document.pages.forEach((page, index) => {
    for (const item of page.items) {
      if (item.kind !== "text" || item.tag.kind !== "content" || places.has(item.tag.element))
        continue;
      places.set(item.tag.element, {
        page: index,
        top: ptFromTwips(page.height - item.baseline) + 16,
      });
    }
  });
  return document.elements.flatMap((element, index) => {
    const place = places.get(index);
    return element.type === "H" && place
      ? [{ title: element.title, level: element.level, ...place, children: [] }]
      : [];
  });
}

function nest(flat: readonly Bookmark[]): Bookmark[] {
  const roots: Bookmark[] = [];
  const stack: Bookmark[] = [];
  for (const mark of flat) {
    while ((stack.at(-1)?.level ?? 0) >= mark.level) stack.pop();
    (stack.at(-1)?.children ?? roots).push(mark);
    stack.push(mark);
  }
  return roots;
}

function writeLevel(
  context: PDFContext,
  marks: readonly Bookmark[],
  parent: PDFRef,
  pages: readonly PDFRef[],
): { refs: PDFRef[]; total: number } {
  const refs = marks.map(() => context.nextRef());
  let total = marks.length;
  marks.forEach((mark, index) => {
    const ref = refs[index];
    const page = pages[mark.page];
    if (!ref || !page) return;
    const dict = context.obj({
      Title: textString(mark.title),
      Parent: parent,
      Dest: [page, "XYZ", null, Math.round(mark.top), null],
    });
    const previous = refs[index - 1];
    const next = refs[index + 1];
    if (previous) dict.set(PDFName.of("Prev"), previous);
    if (next) dict.set(PDFName.of("Next"), next);
    if (mark.children.length > 0) {
      const inner = writeLevel(context, mark.children, ref, pages);
      dict.set(PDFName.of("First"), inner.refs[0] ?? ref);
      dict.set(PDFName.of("Last"), inner.refs.at(-1) ?? ref);
      dict.set(PDFName.of("Count"), PDFNumber.of(inner.total));
      total += inner.total;
    }
    context.assign(ref, dict);
  });
  return { refs, total };
}
