import { type Diagnostic, type PlanPath, both, planError, printPath } from "../base/diagnostic.js";
import { suggest } from "../base/suggest.js";
import { capitalize } from "../base/text.js";
import type { Node } from "../plan/schema.js";
import type { TypedTable } from "../plan/typed-table.js";
import { tablesIn } from "../plan/walk.js";
import { fitsPortrait, tableSize } from "../resolve/page-fit.js";
import { dataTableView } from "./data-table-view.js";
import { tableView } from "./table-view.js";
import { type ViewContext, maybeText } from "./view-context.js";
import type { TableView } from "./view-types.js";

/** A table of the outline, written there or named. Null when the name is not known. */
export function tableNodeView(
  table: TypedTable | string,
  nodePath: PlanPath,
  context: ViewContext,
): TableView | null {
  const path = [...nodePath, "table"];
  const { texts } = context;
  if (typeof table === "string") return namedTableView(table, path, context);
  return {
    title: maybeText(table.title, [...path, "title"], context),
    unit: table.unit === null ? null : texts.render(capitalize(table.unit), [...path, "unit"]),
    ...tableView(table, path, (text, at) => texts.render(text, at)),
    note: maybeText(table.note, [...path, "note"], context),
    path: printPath(path),
  };
}

/** A data table, printed where it is asked for. */
function namedTableView(id: string, path: PlanPath, context: ViewContext): TableView | null {
  const { plan, texts } = context;
  const dataTable = plan.dataTables.get(id);
  if (!dataTable) {
    texts.problems.push(unknownTable(id, [...plan.dataTables.keys()], path));
    return null;
  }
  const { title, unit, note, path: own } = dataTable;
  return {
    title: maybeText(title, [...own, "title"], context),
    unit: unit === null ? null : texts.render(capitalize(unit), [...own, "unit"]),
    ...dataTableView(dataTable, tableSize(plan), (text, at) => texts.render(text, at)),
    note: maybeText(note, [...own, "note"], context),
    path: printPath(own),
  };
}

function unknownTable(id: string, ids: readonly string[], path: PlanPath): Diagnostic {
  const list = both("khai báo ở tables:, đang có", "declare it in tables:, there are");
  const none = both(`${list.vi}: chưa có bảng nào`, `${list.en}: none`);
  return planError(
    "unknown-table",
    path,
    both(`không có bảng mã “${id}”`, `there is no table with id “${id}”`),
    suggest(id, ids, { list, none }),
  );
}

/** Whether the data tables among these nodes go onto an upright page. */
export function nodesFitPortrait(nodes: readonly Node[], { plan }: ViewContext): boolean {
  const size = tableSize(plan);
  return tablesIn(nodes).every(({ table }) => {
    const dataTable = typeof table === "string" ? plan.dataTables.get(table) : undefined;
    return dataTable === undefined || fitsPortrait(dataTable, size);
  });
}
