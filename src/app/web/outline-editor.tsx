import {
  type ClipboardEvent,
  type KeyboardEvent,
  type ReactNode,
  memo,
  useEffect,
  useRef,
} from "react";
import { flushSync } from "react-dom";
import { type PlanPath, parsePath, printPath } from "../../base/diagnostic.js";
import { cleanTyped } from "../../base/text.js";
import type { Edit } from "../../plan/edits.js";
import {
  type OutlineEdit,
  WORD_KINDS,
  type WordKind,
  indentNode,
  joinNode,
  newNode,
  outdentNode,
  splitNode,
  turnNode,
  wordKindOf,
  wordsOf,
  wordsPath,
} from "../../plan/outline-edits.js";
import { type PastedParts, api } from "./api.js";
import type { JsonSchema } from "./json-schema.js";
import { valueAt } from "../../plan/raw-data.js";
import { pastedBlocks } from "./pasted-blocks.js";
import { SchemaField } from "./schema-field.js";
import { useEditor, useSession } from "./session-context.js";
import { TextField } from "./text-field.js";
import { WORDS } from "./words.js";

/** The outline as a word processor shows it, with numbers as they will be printed. */
export function OutlineEditor({ path }: { readonly path: PlanPath }): ReactNode {
  const { session } = useEditor();
  const nodes = useSession(({ data }) => valueAt(data, path));
  const list = Array.isArray(nodes) ? (nodes as readonly unknown[]) : [];
  return (
    <div className="outline">
      {list.map((node, index) => (
        <NodeRow key={index} place={printPath([...path, index])} node={node} depth={0} />
      ))}
      <button
        type="button"
        className="add"
        onClick={() =>
          session.apply([
            Array.isArray(nodes)
              ? { kind: "insert", path: [...path, list.length], value: newNode("heading", "") }
              : { kind: "set", path, value: [newNode("heading", "")] },
          ])
        }
      >
        + {WORDS.addWord}
      </button>
    </div>
  );
}

interface NodeRowProps {
  /** Printed, so that a row whose node is the same object is not drawn again. */
  readonly place: string;
  readonly node: unknown;
  readonly depth: number;
}

const NodeRow = memo(function NodeRow({ place, node, depth }: NodeRowProps): ReactNode {
  const path = parsePath(place);
  const kind = wordKindOf(node);
  const body = valueAt(node, ["body"]);
  return (
    <>
      <div className={`node depth-${Math.min(depth, 6)}`}>
        <Label place={place} kind={kind} />
        {kind === null ? (
          <OtherNode path={path} node={node} />
        ) : (
          <WordNode path={path} node={node} kind={kind} />
        )}
        <NodeTools path={path} kind={kind} />
      </div>
      {Array.isArray(body) &&
        body.map((inner: unknown, index) => (
          <NodeRow
            key={index}
            place={printPath([...path, "body", index])}
            node={inner}
            depth={depth + 1}
          />
        ))}
    </>
  );
});

/** The number in front of a node, as it is printed. */
function Label({
  place,
  kind,
}: {
  readonly place: string;
  readonly kind: WordKind | null;
}): ReactNode {
  const label = useSession(
    ({ preview }) => preview?.labels[place] ?? preview?.labels[`${place}.${kind ?? ""}`] ?? "",
  );
  return <span className="label">{label}</span>;
}

interface WordNodeProps {
  readonly path: PlanPath;
  readonly node: unknown;
  readonly kind: WordKind;
}

function WordNode({ path, node, kind }: WordNodeProps): ReactNode {
  const act = useOutlineActs(path);
  const paste = usePaste(path);
  return (
    <div className={`words ${kind}`}>
      <TextField
        path={wordsPath(node, path)}
        value={wordsOf(node)}
        label={WORDS.kinds[kind] ?? kind}
        labelled="aloud"
        onKeys={(event) => act(event)}
        onPasted={paste}
      />
      {kind === "runIn" && typeof valueAt(node, ["text"]) === "string" && (
        <TextField
          path={[...path, "text"]}
          value={String(valueAt(node, ["text"]))}
          label={WORDS.kinds["text"] ?? ""}
          labelled="aloud"
        />
      )}
      <Items path={path} items={valueAt(node, ["items"])} />
    </div>
  );
}

function Items({ path, items }: { readonly path: PlanPath; readonly items: unknown }): ReactNode {
  if (!Array.isArray(items)) return null;
  return items.map((item: unknown, index) => (
    <div key={index} className="dash">
      <span aria-hidden="true">-</span>
      <TextField
        path={[...path, "items", index]}
        value={String(item)}
        label={WORDS.kinds["item"] ?? ""}
        labelled="aloud"
      />
    </div>
  ));
}

/** What keys do in the outline, as in a word processor. */
function useOutlineActs(path: PlanPath): (event: KeyboardEvent<HTMLTextAreaElement>) => void {
  const { session } = useEditor();
  return (event) => {
    const { data } = session.read();
    const { selectionStart: caret, selectionEnd: end, value } = event.currentTarget;
    let made: OutlineEdit | null | undefined;
    if (event.key === "Enter" && !event.shiftKey) made = splitNode(data, path, caret);
    else if (event.key === "Tab" && event.altKey === false && !event.ctrlKey)
      made = event.shiftKey ? outdentNode(data, path) : indentNode(data, path);
    else if (event.key === "Backspace" && caret === 0 && end === 0) made = joinNode(data, path);
    else if (event.altKey && event.key === "ArrowUp") made = moved(data, path, -1);
    else if (event.altKey && event.key === "ArrowDown") made = moved(data, path, 2);
    if (made === undefined) return;
    // Where Tab has nothing to do it goes to the next field, as everywhere.
    if (made === null) {
      if (event.key === "Enter") event.preventDefault();
      return;
    }
    event.preventDefault();
    const joined = event.key === "Backspace" ? value.length : null;
    // The next key may come at once: the caret is where it belongs before this event ends.
    flushSync(() => session.apply(made.edits));
    focusPath(session.read().data, made.focus, joined);
  };
}

/** What was copied in Word, a PDF or a page becomes sections, clauses, bullets, tables and bases. */
function usePaste(path: PlanPath): (event: ClipboardEvent<HTMLTextAreaElement>) => void {
  const { session } = useEditor();
  return (event) => {
    const blocks = pastedBlocks(event.clipboardData);
    if (blocks === null) return;
    event.preventDefault();
    // What cannot be understood, or is too much, goes into the field as the text it is.
    const plain = cleanTyped(event.clipboardData.getData("text/plain"));
    const asText = (): void => {
      const node = valueAt(session.read().data, path);
      const words = [wordsOf(node), plain].filter((text) => text !== "").join(" ");
      session.apply([{ kind: "set", path: wordsPath(node, path), value: words }]);
    };
    const asParts = ({ bases, body }: PastedParts): void => {
      const { data } = session.read();
      const known = valueAt(data, ["bases"]);
      const before = Array.isArray(known) ? (known as readonly unknown[]) : [];
      const index = Number(path.at(-1));
      // An empty node gives its place to what is pasted; any other keeps it.
      const empty = wordsOf(valueAt(data, path)) === "";
      const at = empty ? index : index + 1;
      const inserts = body.map((value, by): Edit => ({
        kind: "insert",
        path: [...path.slice(0, -1), at + by],
        value,
      }));
      const gone = [...path.slice(0, -1), at + body.length];
      session.apply([
        ...inserts,
        ...(empty && body.length > 0 ? [{ kind: "remove", path: gone } as const] : []),
        ...(bases.length > 0
          ? [{ kind: "set", path: ["bases"], value: [...before, ...bases] } as const]
          : []),
      ]);
    };
    void api.paste(blocks).then(asParts, asText);
  };
}

function moved(data: unknown, path: PlanPath, by: number): OutlineEdit | null {
  const index = path.at(-1);
  const list = valueAt(data, path.slice(0, -1));
  if (typeof index !== "number" || !Array.isArray(list)) return null;
  const to = index + by;
  if (to < 0 || to > list.length) return null;
  const target = [...path.slice(0, -1), to];
  const focus = [...path.slice(0, -1), by < 0 ? to : to - 1];
  return { edits: [{ kind: "move", path, to: target }], focus };
}

/** Put the caret into a node's words: `fromEnd` letters before their end, or at their beginning. */
function focusPath(data: unknown, path: PlanPath, fromEnd: number | null): void {
  const place = printPath(wordsPath(valueAt(data, path), path));
  const field = document.querySelector<HTMLTextAreaElement>(
    `textarea[data-path="${CSS.escape(place)}"]`,
  );
  if (field === null) return;
  field.focus();
  const at = fromEnd === null ? 0 : Math.max(0, field.value.length - fromEnd);
  field.setSelectionRange(at, at);
}

/** A node that holds no words of its own: a table, a place for projects. */
function OtherNode({ path, node }: { readonly path: PlanPath; readonly node: unknown }): ReactNode {
  const kind = Object.keys(WORDS.kinds).find((name) => valueAt(node, [name]) !== undefined);
  return (
    <details className="other">
      <summary data-path={printPath(path)}>
        {WORDS.kinds[kind ?? "table"]}{" "}
        {typeof valueAt(node, [kind ?? ""]) === "string" && (
          <code>{String(valueAt(node, [kind ?? ""]))}</code>
        )}
      </summary>
      <SchemaField schema={NODE} path={path} label={WORDS.kinds[kind ?? "table"] ?? ""} />
    </details>
  );
}

const NODE: JsonSchema = { $ref: "#/definitions/node" };

function NodeTools({
  path,
  kind,
}: {
  readonly path: PlanPath;
  readonly kind: WordKind | null;
}): ReactNode {
  const { session } = useEditor();
  const details = useRef<HTMLDetailsElement>(null);
  useClosedByClicks(details);
  const act = (made: OutlineEdit | null): void => {
    if (made !== null) session.apply(made.edits);
    if (details.current) details.current.open = false;
  };
  const index = Number(path.at(-1));
  return (
    <details className="menu" ref={details}>
      <summary aria-label={WORDS.more}>⋯</summary>
      <div className="menu-body">
        {kind !== null &&
          WORD_KINDS.map((other) => (
            <button
              key={other}
              type="button"
              aria-pressed={other === kind}
              onClick={() => act(turnNode(session.read().data, path, other))}
            >
              {WORDS.kinds[other]}
            </button>
          ))}
        <hr />
        <button type="button" onClick={() => act(moved(session.read().data, path, -1))}>
          {WORDS.up}
        </button>
        <button type="button" onClick={() => act(moved(session.read().data, path, 2))}>
          {WORDS.down}
        </button>
        <button
          type="button"
          onClick={() => {
            const table = { table: { columns: [{ title: "…" }], rows: [["…"]] } };
            const next = [...path.slice(0, -1), index + 1];
            act({ edits: [{ kind: "insert", path: next, value: table }], focus: next });
          }}
        >
          {WORDS.addTable}
        </button>
        <button
          type="button"
          onClick={() => act({ edits: [{ kind: "remove", path }], focus: path })}
        >
          {WORDS.delete}
        </button>
      </div>
    </details>
  );
}

/** A menu closes when something else is clicked. */
function useClosedByClicks(details: { readonly current: HTMLDetailsElement | null }): void {
  useEffect(() => {
    const close = ({ target }: MouseEvent): void => {
      if (details.current?.contains(target as Node) === false) details.current.open = false;
    };
    addEventListener("click", close);
    return () => removeEventListener("click", close);
  }, [details]);
}
