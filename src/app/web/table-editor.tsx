import { type ClipboardEvent, type KeyboardEvent, type ReactNode, useState } from "react";
import { type PlanPath, printPath } from "../../base/diagnostic.js";
import { cleanTyped } from "../../base/text.js";
import type { Edit } from "../../plan/edits.js";
import { isRecord, valueAt } from "../../plan/raw-data.js";
import { textAt } from "./text-at.js";
import { SchemaField, parseNumber, printNumber } from "./schema-field.js";
import { useEditor, useSession } from "./session-context.js";
import { LANGUAGE, WORDS } from "./words.js";

/** A column, as far as a grid needs it. */
interface GridColumn {
  readonly id: string;
  readonly title: string;
  readonly numeric: boolean;
  /** Calculated: nobody types in it. */
  readonly made: boolean;
}

/** Kinds of columns whose cells are words. */
const WORDY = new Set(["text", "name", "unit", "date"]);

/** The data tables of the plan, each as a grid; how columns are made is folded away. */
export function TablesEditor(): ReactNode {
  const { schema } = useEditor();
  const tables = useSession(({ data }) => valueAt(data, ["tables"]));
  const names = typeof tables === "object" && tables !== null ? Object.keys(tables) : [];
  return (
    <>
      {names.map((name) => (
        <DataTableEditor key={name} path={["tables", name]} name={name} />
      ))}
      <details>
        <summary>{WORDS.columns}</summary>
        <SchemaField
          schema={schema.properties?.["tables"] ?? {}}
          path={["tables"]}
          label={WORDS.steps["tables"] ?? ""}
        />
      </details>
    </>
  );
}

interface DataTableEditorProps {
  readonly path: PlanPath;
  readonly name: string;
}

function DataTableEditor({ path, name }: DataTableEditorProps): ReactNode {
  const { session } = useEditor();
  const table = useSession(({ data }) => valueAt(data, path));
  const rows = valueAt(table, ["rows"]);
  const columns = gridColumns(valueAt(table, ["columns"]));
  if (!Array.isArray(rows) || columns.length === 0) return null;
  const rowsPath = [...path, "rows"];
  const apply = (edits: readonly Edit[]): void => session.apply(edits);
  return (
    <section className="grid" aria-label={name} data-path={printPath(path)}>
      <h3>{textAt(table, ["title"]) || name}</h3>
      <table onPaste={(event) => paste(event, rowsPath, rows, columns, apply)}>
        <thead>
          <tr>
            {columns.map(({ id, title: head }) => (
              <th key={id} scope="col">
                {head}
              </th>
            ))}
            <td />
          </tr>
        </thead>
        <tbody>
          {rows.map((row: unknown, index) => (
            <GridRow
              key={index}
              path={[...rowsPath, index]}
              row={row}
              columns={columns}
              id={name}
            />
          ))}
        </tbody>
        <Totals id={name} columns={columns} />
      </table>
      <button
        type="button"
        className="add"
        onClick={() => apply([{ kind: "insert", path: [...rowsPath, rows.length], value: {} }])}
      >
        + {WORDS.addRow}
      </button>
      <p className="hint">{WORDS.pasteHint}</p>
      <Faults path={printPath(path)} />
    </section>
  );
}

interface GridRowProps {
  readonly path: PlanPath;
  readonly row: unknown;
  readonly columns: readonly GridColumn[];
  /** Of the table. */
  readonly id: string;
}

function GridRow({ path, row, columns, id }: GridRowProps): ReactNode {
  const { session } = useEditor();
  const place = printPath(path);
  const numbers = useSession((state) => state.numbers[id] ?? null);
  const made = (column: string): string =>
    numbers?.rows[place]?.[numbers.columns.indexOf(column)] ?? "";
  return (
    <tr>
      {columns.map((column) =>
        column.made ? (
          <td key={column.id} className="made" data-made={`${place}.${column.id}`}>
            {made(column.id)}
          </td>
        ) : (
          <td key={column.id}>
            <Cell path={[...path, column.id]} column={column} value={valueAt(row, [column.id])} />
          </td>
        ),
      )}
      <td>
        <button
          type="button"
          aria-label={`${WORDS.delete} ${Number(path.at(-1)) + 1}`}
          onClick={() => session.apply([{ kind: "remove", path }])}
        >
          ×
        </button>
      </td>
    </tr>
  );
}

/** The totals that the table comes to, live at its foot. */
function Totals({
  id,
  columns,
}: {
  readonly id: string;
  readonly columns: readonly GridColumn[];
}): ReactNode {
  const numbers = useSession((state) => state.numbers[id] ?? null);
  if (numbers === null || numbers.totals.every((total) => total === "")) return null;
  return (
    <tfoot>
      <tr>
        {columns.map((column, index) => (
          <td key={column.id} className={index === 0 ? "" : "made"} data-total={column.id}>
            {index === 0 && !column.numeric
              ? WORDS.total
              : numbers.totals[numbers.columns.indexOf(column.id)]}
          </td>
        ))}
        <td />
      </tr>
    </tfoot>
  );
}

/** What is wrong with the table, and why. */
function Faults({ path }: { readonly path: string }): ReactNode {
  const findings = useSession((state) => state.preview?.findings ?? null);
  const own = (findings ?? []).filter(
    ({ at }) => at.in === "plan" && `${printPath(at.path)}.`.startsWith(`${path}.`),
  );
  if (own.length === 0) return null;
  return (
    <ul className="faults" role="alert">
      {own.map(({ message, hint }, index) => (
        <li key={index}>
          {message[LANGUAGE]} {hint?.[LANGUAGE]}
        </li>
      ))}
    </ul>
  );
}

interface CellProps {
  readonly path: PlanPath;
  readonly column: GridColumn;
  readonly value: unknown;
}

function Cell({ path, column, value }: CellProps): ReactNode {
  const { session } = useEditor();
  const [typed, setTyped] = useState<string | null>(null);
  const shown = typeof value === "string" ? value : printNumber(value);
  return (
    <input
      aria-label={column.title}
      className={column.numeric ? "number" : ""}
      data-path={printPath(path)}
      value={typed ?? shown}
      onChange={({ target }) => {
        setTyped(target.value);
        session.apply([{ kind: "set", path, value: cellOf(target.value, column) }]);
      }}
      onBlur={() => setTyped(null)}
      onKeyDown={below}
    />
  );
}

/** Enter goes to the cell below, as in a spreadsheet. */
function below(event: KeyboardEvent<HTMLInputElement>): void {
  if (event.key !== "Enter" || event.nativeEvent.isComposing || event.keyCode === 229) return;
  const cell = event.currentTarget.closest("td");
  const row = cell?.parentElement?.nextElementSibling;
  const target = cell && row?.children[cell.cellIndex]?.querySelector("input");
  if (target instanceof HTMLInputElement) {
    target.focus();
    target.select();
  }
  event.preventDefault();
}

/** A cell's value from what was typed: numbers as officials write them. */
function cellOf(text: string, { numeric }: GridColumn): string | number | null {
  if (text.trim() === "") return null;
  const number = numeric ? parseNumber(text) : null;
  return number ?? cleanTyped(text);
}

/** Cells copied from a spreadsheet go into the cells from the focused one on. */
function paste(
  event: ClipboardEvent<HTMLTableElement>,
  path: PlanPath,
  rows: readonly unknown[],
  columns: readonly GridColumn[],
  apply: (edits: readonly Edit[]) => void,
): void {
  const text = event.clipboardData.getData("text/plain").replace(/\r?\n$/u, "");
  const cell = (event.target as HTMLElement).closest("td");
  if (!/[\t\n]/u.test(text) || cell === null) return;
  event.preventDefault();
  const top = (cell.parentElement as HTMLTableRowElement).sectionRowIndex;
  const left = cell.cellIndex;
  const next: Record<string, unknown>[] = rows.map((row) => ({ ...(isRecord(row) ? row : {}) }));
  text.split(/\r?\n/u).forEach((line, down) => {
    const row = (next[top + down] ??= {});
    line.split("\t").forEach((entry, right) => {
      const column = columns[left + right];
      if (column && !column.made) row[column.id] = cellOf(entry, column);
    });
  });
  apply([{ kind: "set", path, value: next }]);
}

/** Columns from left to right, without that of row numbers. */
function gridColumns(columns: unknown): readonly GridColumn[] {
  if (!Array.isArray(columns)) return [];
  return columns.flatMap((column: unknown): readonly GridColumn[] => {
    const inner = valueAt(column, ["columns"]);
    if (Array.isArray(inner)) return gridColumns(inner);
    const [id, title] = [valueAt(column, ["id"]), valueAt(column, ["title"])];
    const kind = textAt(column, ["kind"]) || "text";
    const made = ["formula", "allocate", "sum"].some((key) => valueAt(column, [key]) !== undefined);
    if (typeof id !== "string" || kind === "order") return [];
    return [
      {
        id,
        title: typeof title === "string" ? title : id,
        numeric: !WORDY.has(kind),
        made,
      },
    ];
  });
}
