/**
 * What pages did to a table; the Word file is written to match. Rows are counted from the first
 * below the head.
 */
export interface TableFlow {
  /** Rows that stay on the page of the next. */
  readonly kept: ReadonlySet<number>;
  /** Rows that start a page: labels that span them are said again. */
  readonly resumed: ReadonlySet<number>;
}
