import { type ClipboardEvent, type KeyboardEvent, type ReactNode, useState } from "react";
import { type PlanPath, printPath } from "../../base/diagnostic.js";
import { normalizeText } from "../../base/text.js";
import type { Edit } from "../../plan/edits.js";
import { lookAt } from "./plan-session.js";
import { SchemaField, parseNumber, printNumber } from "./schema-field.js";
import { useEditor, useSession } from "./session-context.js";
import { WORDS } from "./words.js";

/** A column that people fill, as far as a grid needs it. */
interface GridColumn {
  readonly id: string;
  readonly title: string;
  readonly numeric: boolean;
}

/** Kinds of columns whose cells are words. */
const WORDY = new Set(["text", "name", "unit", "date"]);

/** The data tables of the plan, each as a grid of what is typed; the rest is folded away. */
export function TablesEditor(): ReactNode {
  const { schema } = useEditor();
  const tables = useSession(({ data }) => lookAt(data, ["tables"]));
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

function DataTableEditor({
  path,
  name,
}: {
  readonly path: PlanPath;
  readonly name: string;
}): ReactNode {
  const { session } = useEditor();
  const table = useSession(({ data }) => lookAt(data, path));
  const rows = lookAt(table, ["rows"]);
  const columns = gridColumns(lookAt(table, ["columns"]));
  const title = lookAt(table, ["title"]);
  if (!Array.isArray(rows) || columns.length === 0) return null;
  const rowsPath = [...path, "rows"];
  return (
    <section className="grid" aria-label={name} data-path={printPath(path)}>
      <h3>{typeof title === "string" ? title : name}</h3>
      <table
        onPaste={(event) => paste(event, rowsPath, rows, columns, session.apply.bind(session))}
      >
        <thead>
          <tr>
            {columns.map(({ id, title: head }) => (
              <th key={id} scope="col">
                {head}
              </th>
            ))}
            <th aria-label={WORDS.delete} />
          </tr>
        </thead>
        <tbody>
          {rows.map((row: unknown, index) => (
            <tr key={index}>
              {columns.map((column) => (
                <td key={column.id}>
                  <Cell
                    path={[...rowsPath, index, column.id]}
                    column={column}
                    value={lookAt(row, [column.id])}
                  />
                </td>
              ))}
              <td>
                <button
                  type="button"
                  aria-label={`${WORDS.delete} ${index + 1}`}
                  onClick={() => session.apply([{ kind: "remove", path: [...rowsPath, index] }])}
                >
                  ×
                </button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <button
        type="button"
        className="add"
        onClick={() =>
          session.apply([{ kind: "insert", path: [...rowsPath, rows.length], value: {} }])
        }
      >
        + {WORDS.addRow}
      </button>
      <p className="hint">{WORDS.pasteHint}</p>
    </section>
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
  return number ?? normalizeText(text);
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
  const next = rows.map((row) => ({ ...(row as object) }) as Record<string, unknown>);
  text.split(/\r?\n/u).forEach((line, down) => {
    const row = (next[top + down] ??= {});
    line.split("\t").forEach((entry, right) => {
      const column = columns[left + right];
      if (column) row[column.id] = cellOf(entry, column);
    });
  });
  apply([{ kind: "set", path, value: next }]);
}

/** Columns that people fill: those that nothing calculates. */
function gridColumns(columns: unknown): readonly GridColumn[] {
  if (!Array.isArray(columns)) return [];
  return columns.flatMap((column: unknown): readonly GridColumn[] => {
    const inner = lookAt(column, ["columns"]);
    if (Array.isArray(inner)) return gridColumns(inner);
    const [id, title] = [lookAt(column, ["id"]), lookAt(column, ["title"])];
    const kind = lookAt(column, ["kind"]) ?? "text";
    const made = ["formula", "allocate", "sum"].some((key) => lookAt(column, [key]) !== undefined);
    if (typeof id !== "string" || made || kind === "order") return [];
    return [
      {
        id,
        title: typeof title === "string" ? title : id,
        numeric: !WORDY.has(String(kind)),
      },
    ];
  });
}
