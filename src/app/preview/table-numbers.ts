import { printPath } from "../../base/diagnostic.js";
import { formatValue } from "../../resolve/format-value.js";
import type { EvaluatedPlan } from "../../tables/evaluate-plan.js";
import type { EvaluatedColumn, Value } from "../../tables/data-table.js";
import type { TableNumbers } from "./messages.js";

/** Every data table as it comes out: each row's cells and the totals, as they are printed. */
export function tableNumbers({
  dataTables,
}: EvaluatedPlan): Readonly<Record<string, TableNumbers>> {
  return Object.fromEntries(
    [...dataTables].map(([id, { columns, rows, totals }]) => {
      const print = (values: readonly Value[]): readonly string[] =>
        columns.map((column, index) => printed(values[index] ?? null, column));
      const own = rows.filter(({ kind }) => kind === "item" || kind === "includes");
      return [
        id,
        {
          columns: columns.map(({ spec }) => spec.id),
          rows: Object.fromEntries(own.map(({ path, cells }) => [printPath(path), print(cells)])),
          totals: print(totals),
        },
      ];
    }),
  );
}

function printed(value: Value, column: EvaluatedColumn): string {
  return value === null ? "" : formatValue(value, column);
}
