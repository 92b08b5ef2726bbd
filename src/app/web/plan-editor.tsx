import { type ReactNode, useEffect, useMemo, useState } from "react";
import { type Diagnostic, printPath } from "../../base/diagnostic.js";
import { type ReadablePlan, api } from "./api.js";
import { FindingsPanel } from "./findings-panel.js";
import type { JsonSchema } from "./json-schema.js";
import { PlanSession } from "./plan-session.js";
import { PreviewPane } from "./preview-pane.js";
import { Editor, useEditor, useSession } from "./session-context.js";
import { StateButtons } from "./state-buttons.js";
import { STEP_NAMES, type Step, StepForm, stepOf } from "./steps.js";
import { VersionsPanel, printTime } from "./versions-panel.js";
import { WORDS } from "./words.js";

interface PlanEditorProps {
  readonly plan: ReadablePlan;
  readonly schema: JsonSchema;
  readonly onLeave: () => void;
  /** Read the plan again: it is another than was opened. */
  readonly onReload: () => void;
}

/** One plan: its form, and its true pages beside it. */
export function PlanEditor({ plan, schema, onLeave, onReload }: PlanEditorProps): ReactNode {
  const [session, setSession] = useState<PlanSession | null>(null);
  useEffect(() => {
    const opened = new PlanSession(plan);
    setSession(opened);
    return () => opened.close();
  }, [plan]);
  const editor = useMemo(() => session && { session, schema }, [session, schema]);
  if (editor === null) return null;
  return (
    <Editor value={editor}>
      <OpenPlan onLeave={onLeave} onReload={onReload} />
    </Editor>
  );
}

type Side = "write" | "pages" | "findings" | "versions";

function OpenPlan({
  onLeave,
  onReload,
}: {
  readonly onLeave: () => void;
  readonly onReload: () => void;
}): ReactNode {
  const { session } = useEditor();
  const [step, setStep] = useState<Step>("general");
  const [side, setSide] = useState<Side>("write");
  const [focused, setFocused] = useState<string | null>(null);
  const [wanted, setWanted] = useState<string | null>(null);
  const pick = (path: string): void => {
    setStep(stepOf(path));
    setSide("write");
    setWanted(path);
  };
  useEffect(() => {
    if (wanted === null) return;
    focusField(wanted);
    setWanted(null);
  }, [wanted, step]);
  useEffect(() => {
    const keys = (event: KeyboardEvent): void => {
      if (!(event.ctrlKey || event.metaKey) || event.isComposing) return;
      const key = event.key.toLowerCase();
      if (key !== "z" && key !== "y") return;
      event.preventDefault();
      if (key === "y" || event.shiftKey) session.redo();
      else session.undo();
    };
    addEventListener("keydown", keys);
    return () => removeEventListener("keydown", keys);
  }, [session]);
  return (
    <div className={`editor side-${side}`}>
      <EditorBar onLeave={onLeave} onReload={onReload} side={side} setSide={setSide} />
      <nav className="steps" aria-label={WORDS.write}>
        {STEP_NAMES.map((name) => (
          <StepButton key={name} name={name} current={step} pick={setStep} />
        ))}
      </nav>
      <main
        className="form"
        onFocus={({ target }) => setFocused(target.dataset["path"] ?? null)}
        tabIndex={-1}
      >
        <StepForm key={step} step={step} />
      </main>
      <PreviewPane focused={focused} onPick={pick} />
      {side === "versions" ? <VersionsPanel onRestored={onReload} /> : null}
      <FindingsPanel onPick={pick} />
    </div>
  );
}

/** The field of a path, or of what it stands in. */
function focusField(path: string): void {
  requestAnimationFrame(() => {
    let place = path;
    while (place !== "") {
      const field = document.querySelector<HTMLElement>(
        `.form [data-path="${CSS.escape(place)}"], .form [data-path^="${CSS.escape(place)}."]`,
      );
      if (field !== null) {
        for (let at = field.parentElement; at !== null; at = at.parentElement)
          if (at instanceof HTMLDetailsElement && !at.classList.contains("menu")) at.open = true;
        field.focus();
        field.scrollIntoView({ block: "center" });
        return;
      }
      place = place.replace(/(?:\.[^.[\]]+|\[\d+\]|^[^.[\]]+)$/u, "");
    }
  });
}

interface StepButtonProps {
  readonly name: Step;
  readonly current: Step;
  readonly pick: (step: Step) => void;
}

/** A step, with how many findings its fields have. */
function StepButton({ name, current, pick }: StepButtonProps): ReactNode {
  const found = useSession(
    ({ preview }) =>
      preview?.findings.filter(({ at }) => at.in === "plan" && stepOf(printPath(at.path)) === name)
        .length ?? 0,
  );
  return (
    <button
      type="button"
      aria-current={current === name ? "step" : undefined}
      onClick={() => pick(name)}
    >
      {WORDS.steps[name]}
      {found > 0 && <span className="count">{found}</span>}
    </button>
  );
}

interface EditorBarProps {
  readonly onLeave: () => void;
  readonly onReload: () => void;
  readonly side: Side;
  readonly setSide: (side: Side) => void;
}

function EditorBar({ onLeave, onReload, side, setSide }: EditorBarProps): ReactNode {
  const { session } = useEditor();
  const canUndo = useSession((state) => state.canUndo);
  const canRedo = useSession((state) => state.canRedo);
  return (
    <header className="bar">
      <button type="button" onClick={onLeave}>
        ← {WORDS.plans}
      </button>
      <SavedMark />
      <button type="button" disabled={!canUndo} onClick={() => session.undo()}>
        {WORDS.undo}
      </button>
      <button type="button" disabled={!canRedo} onClick={() => session.redo()}>
        {WORDS.redo}
      </button>
      <span className="sides" role="group">
        {(["write", "pages", "findings", "versions"] as const).map((name) => (
          <button
            key={name}
            type="button"
            className={`show-${name}`}
            aria-pressed={side === name}
            onClick={() => setSide(side === name ? "write" : name)}
          >
            {WORDS[name]}
          </button>
        ))}
      </span>
      <StateButtons />
      <Files />
      <Conflict onReload={onReload} />
    </header>
  );
}

function SavedMark(): ReactNode {
  const saving = useSession((state) => state.saving);
  const savedAt = useSession((state) => state.savedAt);
  return (
    <span role="status" className={`saving ${saving}`} data-saving={saving}>
      {saving === "saved"
        ? `${WORDS.saved} ${printTime(savedAt).slice(0, 5)}`
        : saving === "conflict"
          ? ""
          : WORDS[saving]}
    </span>
  );
}

const KINDS = ["docx", "pdf", "xlsx", "yaml", "zip"] as const;

function Files(): ReactNode {
  const { session } = useEditor();
  const [said, setSaid] = useState("");
  const get = async (kind: string): Promise<void> => {
    if (!(await session.flush())) {
      setSaid(WORDS.notSaved);
      return;
    }
    const file = await api.file(session.id, kind);
    if (file === null) setSaid(WORDS.noFile);
    else if (isProblems(file)) setSaid(WORDS.cannotMake);
    else {
      setSaid("");
      const link = document.createElement("a");
      link.href = URL.createObjectURL(file.blob);
      link.download = file.name;
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
    }
  };
  return (
    <span className="files" role="group" aria-label={WORDS.files}>
      {KINDS.map((kind) => (
        <button key={kind} type="button" onClick={() => void get(kind)}>
          {FILE_NAMES[kind]}
        </button>
      ))}
      <span role="alert">{said}</span>
    </span>
  );
}

const FILE_NAMES = { docx: "Word", pdf: "PDF", xlsx: "Excel", yaml: "YAML", zip: "ZIP" } as const;

function isProblems(file: object): file is readonly Diagnostic[] {
  return Array.isArray(file);
}

/** The plan was changed in another window: nothing of either is lost. */
function Conflict({ onReload }: { readonly onReload: () => void }): ReactNode {
  const { session } = useEditor();
  const saving = useSession((state) => state.saving);
  if (saving !== "conflict") return null;
  const keepCopy = async (): Promise<void> => {
    const id = await api.create({ text: JSON.stringify(session.read().data, null, 2) });
    if (id !== null) location.hash = `#/${id}`;
  };
  return (
    <div role="alertdialog" aria-label={WORDS.conflict} className="told">
      <p>{WORDS.conflict}</p>
      <button type="button" onClick={onReload}>
        {WORDS.reload}
      </button>
      <button type="button" onClick={() => void keepCopy()}>
        {WORDS.keepCopy}
      </button>
    </div>
  );
}
