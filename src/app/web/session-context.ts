import { createContext, useContext, useSyncExternalStore } from "react";
import type { PlanSession, SessionState } from "./plan-session.js";
import type { JsonSchema } from "./json-schema.js";

/** What every part of the editor works with. */
export interface EditorContext {
  readonly session: PlanSession;
  readonly schema: JsonSchema;
}

export const Editor = createContext<EditorContext | null>(null);

export function useEditor(): EditorContext {
  const editor = useContext(Editor);
  if (editor === null) throw new Error("no plan is open");
  return editor;
}

/** A part of the plan's state; the component is drawn again only when that part is another. */
export function useSession<T>(pick: (state: SessionState) => T): T {
  const { session } = useEditor();
  return useSyncExternalStore(session.subscribe, () => pick(session.read()));
}
