import { printPath } from "../../base/diagnostic.js";
import { type Edit, applyEdits, editsBetween } from "../../plan/edits.js";
import type { PreviewAnswer, PreviewRequest, TableNumbers } from "../preview/messages.js";
import type { PlanState } from "../store/plan-store.js";
import { type ReadablePlan, type Saved, api } from "./api.js";

/** How far the last change is from the disk. */
type Saving = "saved" | "waiting" | "saving" | "failed" | "unreadable" | "conflict" | "frozen";

/** A plan while it is edited: one value after the other. */
export interface SessionState {
  readonly data: Readonly<Record<string, unknown>>;
  readonly state: PlanState;
  readonly revision: number;
  readonly saving: Saving;
  readonly savedAt: string;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  /** The newest pages, and the newest findings. */
  readonly preview: PreviewAnswer | null;
  /** The pages shown are those of an earlier state: the newest has errors. */
  readonly stale: boolean;
  /** What data tables come to, by their ids. */
  readonly numbers: Readonly<Record<string, TableNumbers>>;
}

/** Save so long after the last key, and never longer after the first, in milliseconds. */
const PAUSE = 350;
const LONGEST = 900;
/** Keys in one field within this time are undone together. */
const TOGETHER = 1_000;

/**
 * One plan in one window: its data, its undo, its saves one behind the other, and the thread that
 * lays it out.
 */
export class PlanSession {
  readonly id: string;
  #state: SessionState;
  #listeners = new Set<() => void>();
  #past: unknown[] = [];
  #future: unknown[] = [];
  #lastField: { readonly path: string; readonly at: number } | null = null;
  #seq = 0;
  #worker: Worker;
  #saved: unknown;
  #timer: number | null = null;
  #firstUnsaved = 0;
  #pages: PreviewAnswer | null = null;

  constructor(plan: ReadablePlan) {
    this.id = plan.id;
    const { data } = plan;
    this.#saved = data;
    this.#state = {
      data,
      state: plan.state,
      revision: plan.revision,
      saving: plan.state === "issued" ? "frozen" : "saved",
      savedAt: plan.savedAt,
      canUndo: false,
      canRedo: false,
      preview: null,
      stale: false,
      numbers: {},
    };
    this.#worker = new Worker("/assets/preview.js", { type: "module" });
    this.#worker.onmessage = ({ data: answer }: MessageEvent<PreviewAnswer>) => this.#show(answer);
    this.#tell({ kind: "open", data });
    addEventListener("pagehide", this.#leave);
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly read = (): SessionState => this.#state;

  close(): void {
    this.#leave();
    removeEventListener("pagehide", this.#leave);
    this.#worker.terminate();
  }

  /** Change the plan. Changes of one field in a row are undone together. */
  apply(edits: readonly Edit[]): void {
    if (this.#state.saving === "frozen" || edits.length === 0) return;
    const before = this.#state.data;
    const field = fieldOf(edits);
    const now = performance.now();
    const together =
      field !== null &&
      this.#lastField?.path === field &&
      now - this.#lastField.at < TOGETHER &&
      this.#past.length > 0;
    if (!together) this.#past.push(before);
    this.#lastField = field === null ? null : { path: field, at: now };
    this.#future = [];
    this.#become(applyEdits(before, edits), edits);
  }

  undo(): void {
    this.#step(this.#past, this.#future);
  }

  redo(): void {
    this.#step(this.#future, this.#past);
  }

  /** Say which pages can be seen. */
  look(from: number, to: number): void {
    this.#tell({ kind: "look", from, to });
  }

  /** Ask which page a field's text is on. */
  find(path: string): void {
    this.#tell({ kind: "find", path });
  }

  /** Hand the plan in, take it back, or issue it. */
  async setState(state: PlanState): Promise<boolean> {
    if (!(await this.flush())) return false;
    const result = await api.setState(this.id, this.#state.revision, state);
    if (result.kind !== "saved") {
      if (result.kind === "conflict") this.#update({ saving: "conflict" });
      return false;
    }
    const saving = state === "issued" ? "frozen" : "saved";
    this.#update({ state, revision: result.revision, savedAt: result.savedAt, saving });
    return true;
  }

  /** Wait until everything is on the disk. Whether it is. */
  async flush(): Promise<boolean> {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    while (this.#state.saving === "saving") await new Promise((done) => setTimeout(done, 20));
    if (this.#state.data !== this.#saved) await this.#save();
    return this.#state.data === this.#saved;
  }

  #step(from: unknown[], to: unknown[]): void {
    const target = from.pop();
    if (target === undefined || this.#state.saving === "frozen") return;
    to.push(this.#state.data);
    this.#lastField = null;
    this.#become(target, editsBetween(this.#state.data, target));
  }

  #become(data: unknown, edits: readonly Edit[]): void {
    this.#seq++;
    this.#tell({ kind: "edit", seq: this.#seq, edits });
    const { saving } = this.#state;
    this.#update({
      data: data as SessionState["data"],
      canUndo: this.#past.length > 0,
      canRedo: this.#future.length > 0,
      ...(saving === "saved" ? { saving: "waiting" as const } : {}),
    });
    this.#schedule();
  }

  #schedule(): void {
    const { saving } = this.#state;
    if (saving === "saving" || saving === "conflict" || saving === "frozen") return;
    const now = performance.now();
    if (this.#timer === null) this.#firstUnsaved = now;
    else clearTimeout(this.#timer);
    const wait = Math.max(0, Math.min(PAUSE, this.#firstUnsaved + LONGEST - now));
    this.#timer = window.setTimeout(() => void this.#save(), wait);
  }

  /** Save the newest state; one save at a time, each from the revision that the last one gave. */
  async #save(): Promise<void> {
    this.#timer = null;
    const { data, revision } = this.#state;
    this.#update({ saving: "saving" });
    try {
      const result = await api.save(this.id, revision, data);
      if (result.kind !== "saved") {
        this.#update({ saving: SAVING[result.kind] });
        return;
      }
      this.#saved = data;
      const newer = this.#state.data !== data;
      this.#update({
        revision: result.revision,
        savedAt: result.savedAt,
        saving: newer ? "waiting" : "saved",
      });
      if (newer) this.#schedule();
    } catch {
      this.#update({ saving: "failed" });
      this.#timer = window.setTimeout(() => void this.#save(), 3_000);
    }
  }

  readonly #leave = (): void => {
    const { data, revision, saving } = this.#state;
    if (data !== this.#saved && (saving === "waiting" || saving === "failed"))
      api.saveLast(this.id, revision, data);
  };

  #show(answer: PreviewAnswer): void {
    if (answer.sizes !== null) this.#pages = answer;
    const shown = this.#pages ?? answer;
    this.#update({
      preview: { ...shown, seq: answer.seq, findings: answer.findings },
      stale: answer.stale,
      numbers: answer.numbers ?? this.#state.numbers,
    });
  }

  #tell(request: PreviewRequest): void {
    this.#worker.postMessage(request);
  }

  #update(change: Partial<SessionState>): void {
    this.#state = { ...this.#state, ...change };
    for (const listener of this.#listeners) listener();
  }
}

/** How a save that did not take place is told. */
const SAVING: Readonly<Record<Exclude<Saved["kind"], "saved">, Saving>> = {
  conflict: "conflict",
  frozen: "frozen",
  missing: "failed",
  errors: "unreadable",
};

/** The field that edits are keys in; null for edits of structure. */
function fieldOf(edits: readonly Edit[]): string | null {
  const [edit] = edits;
  return edits.length === 1 && edit?.kind === "set" && typeof edit.value !== "object"
    ? printPath(edit.path)
    : null;
}
