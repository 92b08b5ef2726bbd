import { type EvaluatedColumn, type EvaluatedTable, isNumber } from "../tables/data-table.js";
import type { EvaluatedPlan } from "../tables/evaluate-plan.js";
import { unitShare } from "../tables/assignee-share.js";
import { BLANK, formatIssueDate } from "../base/dates.js";
import { type Decimal, formatNumber } from "../base/numbers.js";
import type { Node, Plan } from "../plan/schema.js";
import { subjectLines } from "../plan/subject.js";
import { tablesIn } from "../plan/walk.js";
import type { DataColumnNode } from "../plan/data-table.js";
import type { Cell, Row, TypedTable } from "../plan/typed-table.js";
import { formatValue } from "../resolve/format-value.js";
import { fitsPortrait, tableSize } from "../resolve/page-fit.js";

type Appendix = Plan["appendices"][number];

/**
 * What a plan gives to one assignee, as a document of its own: targets, tasks and money, from every
 * table that names the assignee. A table with one row is transposed, a line for each column. Null
 * when no table names the assignee. An extract is a working paper: it has no signature.
 */
export function extractPlan(plan: EvaluatedPlan, assignee: string): EvaluatedPlan | null {
  const shares = [...plan.dataTables.values()].flatMap(
    (dataTable) => unitShare(dataTable, assignee) ?? [],
  );
  if (shares.length === 0) return null;
  const body: Node[] = [opening(plan, assignee)];
  const appendices: Appendix[] = [];
  for (const share of shares) {
    const title = titleOf(plan, share.id);
    // A row of words stays a row.
    const lone =
      share.rows.length === 1 && share.columns.some(({ spec, numeric }) => spec.show && numeric)
        ? share.rows[0]
        : undefined;
    if (lone || fitsPortrait(share, tableSize(plan)))
      body.push(heading(title, { kind: "table", table: lone ? transposed(share) : share.id }));
    else {
      appendices.push({
        id: share.id,
        title,
        landscape: true,
        numbering: null,
        body: [{ kind: "table", table: share.id }],
      });
      body.push(heading(title, { kind: "refer", refer: [share.id], text: null }));
    }
  }
  const subject = subjectLines(plan.subject).map(({ text }) => text);
  return {
    ...plan,
    type: `Trích ${plan.type}`,
    subject: [...subject, `(Phần giao cho ${assignee})`],
    attachedTo: null,
    bases: [],
    proposal: null,
    enactment: null,
    programme: null,
    body,
    closing: null,
    recipients: [
      { kind: "name", name: assignee, for: null, form: "bare" },
      { kind: "file", file: ["VT"], copies: null },
    ],
    drafter: null,
    signature: null,
    appendices,
    footnotes: {},
    dataTables: new Map(shares.map((share) => [share.id, share])),
  };
}

/** A heading over one node. */
function heading(title: string, node: Node): Node {
  return {
    kind: "heading",
    heading: title,
    id: null,
    marker: null,
    number: null,
    numbering: null,
    items: null,
    body: [node],
  };
}

function opening({ type, number, symbol, date, issuer }: EvaluatedPlan, assignee: string): Node {
  return {
    kind: "text",
    form: "keyed",
    text: escapeMarks(
      `Trích ${type} số ${number ?? BLANK}/${symbol} ${formatIssueDate(date)} ` +
        `của ${issuer.name}, phần giao cho ${assignee}:`,
    ),
  };
}

/** The title under which the plan prints a table: of its appendix, or its own. */
function titleOf(plan: EvaluatedPlan, id: string): string {
  const appendix = plan.appendices.find(({ body }) =>
    tablesIn(body ?? []).some(({ table }) => table === id),
  );
  return appendix?.title ?? plan.dataTables.get(id)?.title ?? id;
}

/** A table of one row as a list: what the column is called, its unit, the number. */
function transposed({ head, columns, rows: [row], key, note }: EvaluatedTable): TypedTable {
  const titles = new Map(columnTitles(head, []));
  const lines = columns.flatMap((column, index): (readonly Cell[])[] => {
    const value = row?.cells[index] ?? null;
    if (!column.spec.show || column.spec.kind === "order" || index === key || value === null)
      return [];
    return [
      [
        titles.get(column.spec.id) ?? column.spec.title,
        unitOf(column),
        isNumber(value)
          ? asNumber(formatValue(value, column), value)
          : escapeMarks(formatValue(value, column)),
      ],
    ];
  });
  const leaf = {
    align: "left",
    width: null,
    minWidth: null,
    maxWidth: null,
    number: null,
    columns: null,
  } as const;
  return {
    title: null,
    unit: null,
    note,
    columns: [
      { ...leaf, title: "TT", align: "center" },
      { ...leaf, title: "Nội dung", minWidth: 70 },
      { ...leaf, title: "Đơn vị tính", align: "center" },
      { ...leaf, title: "Số liệu", align: "right" },
    ],
    rows: lines.map((cells, index): Row => ({
      kind: "cells",
      cells: [index + 1, ...cells],
      role: "item",
      form: "bare",
    })),
  };
}

/**
 * A number, where a table prints it as it is shown here; else the words: a rate keeps its decimals.
 */
function asNumber(shown: string, { digits, scale }: Decimal): Cell {
  const value = Number(digits) / 10 ** scale;
  return formatNumber(value) === shown ? value : shown;
}

function unitOf({ numeric, unit, spec }: EvaluatedColumn): string {
  return !numeric ? "" : spec.kind === "percent" ? "%" : (unit ?? "");
}

/** Names of columns after those of the groups they stand in: "Hộ nghèo đầu năm: Số hộ". */
function columnTitles(
  nodes: readonly DataColumnNode[],
  above: readonly string[],
): (readonly [string, string])[] {
  return nodes.flatMap((node) =>
    node.columns === null
      ? [[node.id, [...above, node.title].join(": ")] as const]
      : columnTitles(node.columns, [...above, node.title]),
  );
}

/** Text in which no character is a mark. */
function escapeMarks(text: string): string {
  return text.replace(/[\\*[{]/gu, "\\$&");
}
