import { both } from "../base/diagnostic.js";
import type { PagedDocument, StructureElement } from "../layout/pages/page.js";
import type { PageFault, PageRule } from "./page-rule.js";

declare module "../base/codes.js" {
  interface RuleCodes {
    "notes-over-pages": true;
  }
}

/**
 * A table that goes on to another page and calls notes there. Word and our PDF put each note on the
 * page of its row. LibreOffice 7.4 sets such pages otherwise: it puts a row on a page whose note no
 * longer fits, or only some rows on a page with room for more (`decisions/layout.md`).
 */
export const notesOverPages: PageRule = {
  code: "notes-over-pages",
  severity: "warning",
  because: { reason: "LibreOffice ngắt trang khác Word ở bảng có chú thích chạy qua nhiều trang" },
  check(document) {
    const { elements } = document;
    if (!elements.some(({ type }) => type === "Note")) return [];
    const tableOf = tableFinder(elements);
    const pages = new Map<number, Set<number>>();
    const called = new Map<number, Set<number>>();
    for (const { table, page, calls } of tableItems(document, tableOf)) {
      add(pages, table, page);
      if (calls) add(called, table, page);
    }
    return [...called].flatMap(([table, places]): readonly PageFault[] => {
      const first = Math.min(...(pages.get(table) ?? []));
      return [...places].every((page) => page === first)
        ? []
        : [{ origin: elements[table]?.origin ?? null, message: MESSAGE, hint: HINT }];
    });
  },
};

const MESSAGE = both(
  "bảng có chú thích chạy sang trang sau: Word và PDF giống nhau, nhưng LibreOffice có thể ngắt trang khác",
  "a table with notes goes on to another page: Word and the PDF agree, LibreOffice may break its pages otherwise",
);
const HINT = both(
  "nếu nơi nhận dùng LibreOffice: gửi tệp PDF, hoặc đưa chú thích xuống note: dưới bảng",
  "for readers with LibreOffice: send the PDF, or give the words as the table's note:",
);

/** Text of tables: of which table, on which page, and whether it calls a note. */
function* tableItems(
  { pages }: PagedDocument,
  tableOf: (element: number) => number | null,
): Generator<{ readonly table: number; readonly page: number; readonly calls: boolean }> {
  for (const [page, { items }] of pages.entries())
    for (const item of items) {
      if (item.kind !== "text" || item.tag.kind !== "content") continue;
      const table = tableOf(item.tag.element);
      if (table !== null) yield { table, page, calls: item.runs.some(({ rise }) => rise > 0) };
    }
}

/** The table that an element stands in, by its place in the list. */
function tableFinder(elements: readonly StructureElement[]): (element: number) => number | null {
  const known = new Map<number, number | null>();
  const find = (place: number): number | null => {
    const element = elements[place];
    if (element === undefined) return null;
    if (element.type === "Table") return place;
    let table = known.get(place);
    if (table === undefined)
      known.set(place, (table = element.parent === null ? null : find(element.parent)));
    return table;
  };
  return find;
}

function add(map: Map<number, Set<number>>, key: number, value: number): void {
  const set = map.get(key);
  if (set) set.add(value);
  else map.set(key, new Set([value]));
}
