import { type ReactNode, useId, useState } from "react";
import { valueAt } from "../../plan/raw-data.js";
import { useEditor, useSession } from "./session-context.js";
import { WORDS } from "./words.js";

/** From draft to submitted to issued. What is issued is frozen. */
export function StateButtons(): ReactNode {
  const { session } = useEditor();
  const state = useSession(({ state: now }) => now);
  const errors = useSession(
    ({ preview }) => preview?.findings.some(({ severity }) => severity === "error") ?? true,
  );
  const [asked, setAsked] = useState<"no" | "issue">("no");
  const [said, setSaid] = useState("");
  const go = async (to: "draft" | "submitted"): Promise<void> =>
    setSaid((await session.setState(to)) ? "" : WORDS.stillWrong);
  return (
    <span className="state">
      <span className={`mark ${state}`}>{WORDS[state]}</span>
      {state === "draft" && (
        <button type="button" disabled={errors} onClick={() => void go("submitted")}>
          {WORDS.submit}
        </button>
      )}
      {state === "submitted" && (
        <>
          <button type="button" onClick={() => void go("draft")}>
            {WORDS.takeBack}
          </button>
          <button
            type="button"
            disabled={errors}
            aria-expanded={asked === "issue"}
            onClick={() => setAsked(asked === "issue" ? "no" : "issue")}
          >
            {WORDS.issue}
          </button>
          {asked === "issue" && <IssueForm say={setSaid} />}
        </>
      )}
      <span role="alert">{said}</span>
    </span>
  );
}

/** The clerk gives number and date; both go into the plan, and the plan is frozen. */
function IssueForm({ say }: { readonly say: (words: string) => void }): ReactNode {
  const { session } = useEditor();
  const [numberId, dayId] = [useId(), useId()];
  const warnings = useSession(({ preview }) => preview?.findings.length ?? 0);
  const known = useSession(({ data }) => valueAt(data, ["number"]));
  const [number, setNumber] = useState(typeof known === "number" ? String(known) : "");
  const [day, setDay] = useState(() => printDay(new Date()));
  const date = readDay(day);
  const issue = async (): Promise<void> => {
    if (date === null) return;
    if (warnings > 0 && !confirm(WORDS.confirmWarnings)) return;
    session.apply([
      { kind: "set", path: ["number"], value: Number(number) },
      { kind: "set", path: ["date"], value: date },
    ]);
    say((await session.setState("issued")) ? "" : WORDS.stillWrong);
  };
  return (
    <span className="issue">
      <label htmlFor={numberId}>{WORDS.number}</label>
      <input
        id={numberId}
        inputMode="numeric"
        value={number}
        onChange={({ target }) => setNumber(target.value.replace(/\D/gu, ""))}
      />
      <label htmlFor={dayId}>{WORDS.issueDay}</label>
      <input id={dayId} value={day} onChange={({ target }) => setDay(target.value)} />
      <button
        type="button"
        disabled={date === null || !(Number(number) >= 1)}
        onClick={() => void issue()}
      >
        {WORDS.confirmIssue}
      </button>
    </span>
  );
}

function printDay(day: Date): string {
  const two = (part: number): string => String(part).padStart(2, "0");
  return `${two(day.getDate())}/${two(day.getMonth() + 1)}/${day.getFullYear()}`;
}

/** "27/11/2026" as the plan has dates; null while it is none. */
function readDay(
  text: string,
): { readonly day: number; readonly month: number; readonly year: number } | null {
  const [, day = 0, month = 0, year = 0] =
    /^\s*(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})\s*$/u.exec(text)?.map(Number) ?? [];
  const real = new Date(year, month - 1, day);
  return real.getDate() === day && real.getMonth() === month - 1 && day > 0
    ? { day, month, year }
    : null;
}
