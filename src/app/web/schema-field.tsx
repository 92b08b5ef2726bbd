import { type ReactNode, useId, useState } from "react";
import { type PlanPath, printPath } from "../../base/diagnostic.js";
import type { Edit } from "../../plan/edits.js";
import { type JsonSchema, choicesOf, emptyOf, fits, resolved } from "./json-schema.js";
import { isRecord, valueAt } from "../../plan/raw-data.js";
import { useEditor, useSession } from "./session-context.js";
import { TextField } from "./text-field.js";
import { WORDS } from "./words.js";

interface SchemaFieldProps {
  readonly schema: JsonSchema;
  readonly path: PlanPath;
  readonly label: string;
}

/** A form for any place of the plan, made from its schema: whatever the schema has can be reached. */
export function SchemaField({ schema, path, label }: SchemaFieldProps): ReactNode {
  const { session, schema: root } = useEditor();
  const value = useSession(({ data }) => valueAt(data, path));
  const choices = choicesOf(schema, root);
  const found = choices.find((choice) => fits(value, choice, root)) ?? closest(value, choices);
  const set = (next: unknown): void => session.apply([setOrDrop(path, next)]);
  const plain = plainChoice(choices);
  if (plain !== null && (value === undefined || value === null))
    return <EmptyField path={path} label={label} schema={plain} usual={schema.default} />;
  if (value === undefined || value === null || found === null)
    return <Absent label={label} choices={choices} set={(choice) => set(emptyOf(choice, root))} />;
  return (
    <div className="schema-field">
      {choices.length > 1 && found.type !== "string" && (
        <ChoiceOf
          label={label}
          choices={choices}
          index={choices.indexOf(found)}
          set={(at) => set(emptyOf(choices[at] ?? found, root))}
        />
      )}
      <Shape schema={found} path={path} label={label} value={value} />
    </div>
  );
}

/** The shape of a value that has a mistake: the one of its kind, so that it can be mended. */
function closest(value: unknown, choices: readonly JsonSchema[]): JsonSchema | null {
  const kind = Array.isArray(value) ? "array" : typeof value;
  const alike = choices.filter(({ type }) => type === kind);
  const shared = ({ properties = {} }: JsonSchema): number =>
    isRecord(value)
      ? Object.keys(value).filter((name) => Object.hasOwn(properties, name)).length
      : 0;
  return alike.sort((a, b) => shared(b) - shared(a))[0] ?? null;
}

/** An edit that sets a value, or leaves its place empty. */
function setOrDrop(path: PlanPath, value: unknown): Edit {
  return { kind: "set", path, value };
}

interface ShapeProps extends SchemaFieldProps {
  readonly value: unknown;
}

function Shape({ schema, path, label, value }: ShapeProps): ReactNode {
  if (schema.const !== undefined) return null;
  if (schema.enum !== undefined || schema.type === "boolean")
    return <Choice schema={schema} path={path} label={label} value={value} />;
  switch (schema.type) {
    case "string":
      return <TextField path={path} value={value as string} label={label} labelled="beside" />;
    case "number":
    case "integer":
      return <NumberField path={path} label={label} value={value as number} />;
    case "array":
      return <List schema={schema} path={path} label={label} value={value as unknown[]} />;
    default:
      return <Fields schema={schema} path={path} label={label} value={value} />;
  }
}

/** The one plain shape of a value that may be typed, where it has one: a text before a number. */
function plainChoice(choices: readonly JsonSchema[]): JsonSchema | null {
  const typed = choices.filter(
    ({ type, enum: values }) =>
      values === undefined && (type === "string" || type === "number" || type === "integer"),
  );
  if (typed.length === 0 || typed.length < choices.length) return null;
  return typed.find(({ type }) => type === "string") ?? typed[0] ?? null;
}

interface EmptyFieldProps extends SchemaFieldProps {
  /** What stands there while nothing is written. */
  readonly usual: unknown;
}

/** A field where nothing stands yet: the first key that is typed puts something there. */
function EmptyField({ schema, path, label, usual }: EmptyFieldProps): ReactNode {
  if (schema.type === "string")
    return (
      <TextField
        path={path}
        value=""
        label={label}
        labelled="beside"
        {...(typeof usual === "string" ? { usual } : {})}
      />
    );
  return <NumberField path={path} label={label} value={null} />;
}

interface AbsentProps {
  readonly label: string;
  readonly choices: readonly JsonSchema[];
  readonly set: (choice: JsonSchema) => void;
}

/** A place where nothing stands yet. */
function Absent({ label, choices, set }: AbsentProps): ReactNode {
  return (
    <div className="absent">
      <span>{label}</span>
      {choices.slice(0, 4).map((choice, index) => (
        <button key={index} type="button" onClick={() => set(choice)}>
          {choices.length > 1 && choice.title !== undefined ? choice.title : WORDS.add}
        </button>
      ))}
    </div>
  );
}

interface ChoiceOfProps {
  readonly label: string;
  readonly choices: readonly JsonSchema[];
  readonly index: number;
  readonly set: (index: number) => void;
}

function ChoiceOf({ label, choices, index, set }: ChoiceOfProps): ReactNode {
  return (
    <select
      className="shape"
      aria-label={label}
      value={index}
      onChange={({ target }) => set(Number(target.value))}
    >
      {choices.map((choice, at) => (
        <option key={at} value={at}>
          {choice.title ?? label}
        </option>
      ))}
    </select>
  );
}

function Choice({ schema, path, label, value }: ShapeProps): ReactNode {
  const { session } = useEditor();
  const id = useId();
  const values: readonly unknown[] = schema.enum ?? [false, true];
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <select
        id={id}
        data-path={printPath(path)}
        value={values.indexOf(value)}
        onChange={({ target }) =>
          session.apply([{ kind: "set", path, value: values[Number(target.value)] }])
        }
      >
        {values.map((entry, index) => (
          <option key={index} value={index}>
            {typeof entry === "boolean" ? (entry ? "✓" : "–") : String(entry) || "–"}
          </option>
        ))}
      </select>
    </div>
  );
}

/** A number as officials write it: 4.034,5. What is no number yet stays in the field alone. */
export function parseNumber(text: string): number | null {
  const plain = text
    .trim()
    .replace(/\.(?=\d{3}(?:\D|$))/gu, "")
    .replace(",", ".");
  return /^-?\d+(?:\.\d+)?$/u.test(plain) ? Number(plain) : null;
}

/** A number in a field: a comma for decimals. */
export function printNumber(value: unknown): string {
  return typeof value === "number" ? String(value).replace(".", ",") : "";
}

interface NumberFieldProps {
  readonly path: PlanPath;
  readonly label: string;
  readonly value: number | null;
}

function NumberField({ path, label, value }: NumberFieldProps): ReactNode {
  const { session } = useEditor();
  const id = useId();
  const [typed, setTyped] = useState<string | null>(null);
  return (
    <div className="field short">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        inputMode="decimal"
        data-path={printPath(path)}
        value={typed ?? printNumber(value)}
        aria-invalid={typed !== null && parseNumber(typed) === null}
        onChange={({ target }) => {
          setTyped(target.value);
          const next = target.value.trim() === "" ? null : parseNumber(target.value);
          if (next !== null || target.value.trim() === "")
            session.apply([{ kind: "set", path, value: next }]);
        }}
        onBlur={() => setTyped(null)}
      />
    </div>
  );
}

function List({
  schema,
  path,
  label,
  value,
}: SchemaFieldProps & { readonly value: readonly unknown[] }): ReactNode {
  const { session, schema: root } = useEditor();
  const items = schema.items ?? {};
  const [first] = choicesOf(items, root);
  const title = resolved(items, root).title ?? label;
  const add = (): void =>
    session.apply([
      {
        kind: "insert",
        path: [...path, value.length],
        value: first === undefined ? "" : emptyOf(first, root),
      },
    ]);
  return (
    <fieldset className="list" data-path={printPath(path)}>
      <legend>{label}</legend>
      {value.map((_, index) => (
        <div key={index} className="entry">
          <SchemaField schema={items} path={[...path, index]} label={`${title} ${index + 1}`} />
          <EntryTools path={[...path, index]} of={value.length} title={`${title} ${index + 1}`} />
        </div>
      ))}
      <button type="button" className="add" onClick={add}>
        + {title}
      </button>
    </fieldset>
  );
}

interface EntryToolsProps {
  readonly path: PlanPath;
  /** How many entries the list has. */
  readonly of: number;
  readonly title: string;
}

/** Move an entry of a list, or take it out. */
function EntryTools({ path, of, title }: EntryToolsProps): ReactNode {
  const { session } = useEditor();
  const index = Number(path.at(-1));
  const moveBefore = (to: number): void =>
    session.apply([{ kind: "move", path, to: [...path.slice(0, -1), to] }]);
  return (
    <div className="entry-tools">
      <button
        type="button"
        aria-label={`${WORDS.up}: ${title}`}
        disabled={index === 0}
        onClick={() => moveBefore(index - 1)}
      >
        ↑
      </button>
      <button
        type="button"
        aria-label={`${WORDS.down}: ${title}`}
        disabled={index === of - 1}
        onClick={() => moveBefore(index + 2)}
      >
        ↓
      </button>
      <button
        type="button"
        aria-label={`${WORDS.delete}: ${title}`}
        onClick={() => session.apply([{ kind: "remove", path }])}
      >
        ×
      </button>
    </div>
  );
}

/** The fields of an object: those that are there or asked for, the others folded away. */
function Fields({ schema, path, label, value }: ShapeProps): ReactNode {
  const present = value as Readonly<Record<string, unknown>>;
  const known = Object.entries(schema.properties ?? {});
  if (known.length === 0) return <Names schema={schema} path={path} label={label} value={value} />;
  const isDate = (schema.properties ?? {})["day"] !== undefined;
  const isShown = (name: string): boolean =>
    isDate ||
    (schema.required ?? []).includes(name) ||
    (present[name] !== undefined && present[name] !== null);
  const field = ([name, inner]: readonly [string, JsonSchema]): ReactNode => (
    <SchemaField key={name} schema={inner} path={[...path, name]} label={inner.title ?? name} />
  );
  const folded = known.filter(([name]) => !isShown(name));
  return (
    <fieldset className="fields">
      <legend>{label}</legend>
      {known.filter(([name]) => isShown(name)).map(field)}
      {folded.length > 0 && (
        <details>
          <summary>{WORDS.less}</summary>
          {folded.map(field)}
        </details>
      )}
    </fieldset>
  );
}

/** Values under names that the user gives: figures, documents, notes. */
function Names({ schema, path, label, value }: ShapeProps): ReactNode {
  const { session, schema: root } = useEditor();
  const [name, setName] = useState("");
  const inner = typeof schema.additionalProperties === "object" ? schema.additionalProperties : {};
  const names = Object.keys(value as object);
  const [first] = choicesOf(inner, root);
  const usable = /^[a-z][a-z0-9_-]*$/u.test(name) && !names.includes(name);
  return (
    <fieldset className="list" data-path={printPath(path)}>
      <legend>{label}</legend>
      {names.map((entry) => (
        <div key={entry} className="entry">
          <SchemaField schema={inner} path={[...path, entry]} label={entry} />
          <div className="entry-tools">
            <button
              type="button"
              aria-label={`${WORDS.delete}: ${entry}`}
              onClick={() => session.apply([{ kind: "remove", path: [...path, entry] }])}
            >
              ×
            </button>
          </div>
        </div>
      ))}
      <div className="new-name">
        <input
          aria-label={`${WORDS.name}: ${label}`}
          placeholder={WORDS.name}
          value={name}
          onChange={({ target }) => setName(target.value)}
        />
        <button
          type="button"
          disabled={!usable || first === undefined}
          onClick={() => {
            if (first === undefined) return;
            session.apply([{ kind: "set", path: [...path, name], value: emptyOf(first, root) }]);
            setName("");
          }}
        >
          {WORDS.add}
        </button>
      </div>
    </fieldset>
  );
}
