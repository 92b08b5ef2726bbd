import { type Diagnostic, both, fileError, parsePath, planError } from "../../base/diagnostic.js";
import { printCodePoint } from "../../base/text.js";
import type { Origin } from "../../document/tree.js";
import type { PagedDocument, StructureElement } from "../../layout/pages/page.js";
import type { PdfStandard } from "./standard.js";

/**
 * What keeps pages from being made to the standards asked for, each at its place: looked for last,
 * over all that is going to be written.
 *
 * Source: ISO 19005-3, 6.2.11.7.3 (level A: every sign has a meaning in Unicode); ISO 14289-1, 7.1
 * (title), 7.5 (tables have head cells).
 */
export function findNonconformance(
  document: PagedDocument,
  standards: readonly PdfStandard[],
): Diagnostic[] {
  if (standards.length === 0) return [];
  return [
    ...privateSigns(document),
    ...headlessTables(document),
    ...(document.title.trim() === "" ? [untitled()] : []),
  ];
}

/** Signs of the private use area mean something to one font only. */
function privateSigns({ pages }: PagedDocument): Diagnostic[] {
  const found = new Map<string, Diagnostic>();
  for (const page of pages) {
    for (const item of page.items) {
      if (item.kind !== "text") continue;
      for (const { text, from, to } of item.runs) {
        for (let index = from; index < to; index++) {
          const code = text.codes[index] ?? 0;
          if (!isPrivate(code)) continue;
          const problem = at(
            item.origin,
            "private-sign",
            both(
              `ký tự ${printCodePoint(code)} chỉ một phông chữ hiểu, không lưu trữ được`,
              `only one font knows what ${printCodePoint(code)} means: it cannot be archived`,
            ),
            both(
              "thay bằng ký tự Unicode thường; hoặc xuất với --pdf-standard none",
              "use an ordinary Unicode sign, or build with --pdf-standard none",
            ),
          );
          found.set(`${code} ${item.origin.plan ?? ""}`, problem);
        }
      }
    }
  }
  return [...found.values()];
}

function isPrivate(code: number): boolean {
  return (code >= 0xe000 && code <= 0xf8ff) || code >= 0xf0000;
}

/** A table without names for its columns cannot be followed by somebody who hears it. */
function headlessTables({ elements }: PagedDocument): Diagnostic[] {
  const tables = new Set<number>();
  elements.forEach(({ type }, index) => {
    if (type === "Table") tables.add(index);
  });
  const parentOf = ({ parent }: StructureElement): StructureElement | undefined =>
    parent === null ? undefined : elements[parent];
  for (const element of elements) {
    if (element.type !== "TH") continue;
    const table = parentOf(element)?.parent;
    if (table !== null && table !== undefined) tables.delete(table);
  }
  return [...tables].flatMap((index) => {
    const table = elements[index];
    return table
      ? [
          at(
            table.origin,
            "table-without-head",
            both(
              "bảng không có dòng tên cột, người nghe đọc không theo được",
              "the table has no row of column names: somebody who hears it cannot follow",
            ),
            both("mẫu phải viết <head> cho bảng", "the template must write a <head> for the table"),
          ),
        ]
      : [];
  });
}

function untitled(): Diagnostic {
  return fileError(
    "untitled",
    { file: "document.hbs" },
    both("tài liệu không có tên", "the document has no title"),
    both("mẫu phải viết title ở <document>", "the template must write a title at <document>"),
  );
}

function at(
  { plan, template }: Origin,
  code: string,
  message: Diagnostic["message"],
  hint: NonNullable<Diagnostic["hint"]>,
): Diagnostic {
  return plan !== null
    ? planError(code, parsePath(plan), message, hint)
    : fileError(code, template ?? { file: "document.hbs" }, message, hint);
}
