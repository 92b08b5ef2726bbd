import type { Diagnostic, Place, PlanPath } from "../base/diagnostic.js";
import type { Decimal } from "../base/numbers.js";
import type { DataTable, NumberOrName } from "../plan/data-table.js";
import type { RowNode, RowSources } from "./collect-rows.js";
import type { EvaluatedColumn, Value } from "./data-table.js";
import type { TableShape } from "./resolve-columns.js";

/** What a data table needs of the rest of the plan. */
export interface TableContext extends RowSources {
  /**
   * The number that a name stands for, in a unit of money when there is one. Null, with a finding,
   * when it stands for none.
   */
  readonly numberOf: (name: NumberOrName, at: Place, unit: string | null) => Decimal | null;
  /** Columns of another data table, for rows taken over from it. */
  readonly columnsOf: (dataTable: string) => readonly EvaluatedColumn[];
  /** Names of the units that must be there, of another data table. */
  readonly unitsOf: (dataTable: string, at: PlanPath) => readonly string[] | null;
}

/** A data table while its numbers are being evaluated. */
export interface TableWork {
  readonly path: PlanPath;
  readonly dataTable: DataTable;
  readonly shape: TableShape;
  readonly context: TableContext;
  readonly rows: readonly WorkRow[];
  /** The outermost rows. */
  readonly top: readonly number[];
  readonly problems: Diagnostic[];
}

/** A row while its numbers are being evaluated. */
export interface WorkRow {
  readonly node: RowNode;
  readonly level: number;
  readonly mark: string;
  readonly unit: string | null;
  /** The row it adds up to, by its place; null for an outermost row. */
  readonly parent: number | null;
  /** Id of the outermost row above it, or its own. */
  readonly group: string | null;
  /** Rows that add up to it. */
  readonly parts: readonly number[];
  readonly cells: Value[];
}
