import { type ReactNode, useEffect, useState } from "react";
import type { PlanVersion } from "../store/plan-store.js";
import { api } from "./api.js";
import { useEditor } from "./session-context.js";
import { WORDS } from "./words.js";

/** States of the plan that were kept, to look at and to go back to. */
export function VersionsPanel({ onRestored }: { readonly onRestored: () => void }): ReactNode {
  const { session } = useEditor();
  const [versions, setVersions] = useState<readonly PlanVersion[]>([]);
  const [note, setNote] = useState("");
  const [author, setAuthor] = useState(localStorage.getItem("author") ?? "");
  const read = (): void => void api.versions(session.id).then(setVersions);
  useEffect(read, [session.id]);
  const keep = async (): Promise<void> => {
    if (!(await session.flush())) return;
    localStorage.setItem("author", author);
    await api.keepVersion(session.id, author, note);
    setNote("");
    read();
  };
  const restore = async (number: number): Promise<void> => {
    if (!(await session.flush())) return;
    await api.keepVersion(session.id, author, "");
    const result = await api.restoreVersion(session.id, session.read().revision, number);
    if (result.kind === "saved") onRestored();
  };
  return (
    <section className="versions" aria-label={WORDS.versions}>
      <div className="keep">
        <input
          aria-label={WORDS.author}
          placeholder={WORDS.author}
          value={author}
          onChange={({ target }) => setAuthor(target.value)}
        />
        <input
          aria-label={WORDS.note}
          placeholder={WORDS.note}
          value={note}
          onChange={({ target }) => setNote(target.value)}
        />
        <button type="button" onClick={() => void keep()}>
          {WORDS.keep}
        </button>
      </div>
      <ol>
        {versions.map(({ number, at, author: who, note: said }) => (
          <li key={number}>
            <span>
              {number}. {printTime(at)} {who} {said}
            </span>
            <button type="button" onClick={() => void restore(number)}>
              {WORDS.restore}
            </button>
          </li>
        ))}
      </ol>
    </section>
  );
}

/** "14:32 ngày 27/11/2026", by this computer's clock. */
export function printTime(instant: string): string {
  const at = new Date(instant);
  const two = (part: number): string => String(part).padStart(2, "0");
  const day = `${two(at.getDate())}/${two(at.getMonth() + 1)}/${at.getFullYear()}`;
  return `${two(at.getHours())}:${two(at.getMinutes())} ${day}`;
}
