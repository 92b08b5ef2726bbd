import { type Decimal, addDecimals, decimalsEqual } from "../base/numbers.js";
import { type EvaluatedTable, isNumber } from "./data-table.js";

/** A column's total in the plan, and the sum of what all units were given of it. */
export interface Reconciled {
  readonly table: string;
  readonly column: string;
  readonly title: string;
  readonly total: Decimal;
  readonly ofUnits: Decimal;
  readonly agrees: boolean;
}

/**
 * Compare the totals of every summed column with the sum over the units' shares, exact. Rows meant
 * for everyone are left out: each unit has them.
 */
export function reconcile(
  dataTables: Iterable<EvaluatedTable>,
  shares: readonly ReadonlyMap<string, EvaluatedTable>[],
): Reconciled[] {
  return [...dataTables]
    .filter(({ key }) => key !== null)
    .flatMap((dataTable) =>
      dataTable.columns.flatMap((column, index): Reconciled[] => {
        const total = dataTable.totals[index];
        if (column.totals !== "sum" || !column.spec.show || !isNumber(total)) return [];
        const ofUnits = addDecimals(
          shares.flatMap((share) => {
            const given = share.get(dataTable.id)?.totals[index];
            return isNumber(given) ? [given] : [];
          }),
        );
        return [
          {
            table: dataTable.id,
            column: column.spec.id,
            title: column.spec.title,
            total,
            ofUnits,
            agrees: decimalsEqual(total, ofUnits),
          },
        ];
      }),
    );
}
