import { type DragEvent, type ReactNode, useCallback, useEffect, useState } from "react";
import type { Diagnostic } from "../../base/diagnostic.js";
import type { PlanSummary } from "../store/plan-store.js";
import { type PlanOrigin, type PlanQuery, type StarterChoice, api } from "./api.js";
import { printTime } from "./versions-panel.js";
import { LANGUAGE, WORDS } from "./words.js";

/** All plans, and the ways to begin one. */
export function PlanList({ open }: { readonly open: (id: string) => void }): ReactNode {
  const [plans, setPlans] = useState<readonly PlanSummary[] | null>(null);
  const [query, setQuery] = useState<PlanQuery>({ q: "", year: "", state: "", trash: "without" });
  const read = useCallback((): void => void api.plans(query).then(setPlans), [query]);
  useEffect(read, [read]);
  const begin = async (origin: PlanOrigin): Promise<void> => {
    const id = await api.create(origin);
    if (id !== null) open(id);
  };
  return (
    <main className="list-page">
      <h1>{WORDS.studio}</h1>
      <Begin begin={begin} />
      <section aria-label={WORDS.plans}>
        <ListBar query={query} setQuery={setQuery} />
        {plans?.length === 0 && <p>{WORDS.none}</p>}
        <ul className="plans">
          {plans?.map((plan) => (
            <PlanEntry key={plan.id} plan={plan} open={open} begin={begin} changed={read} />
          ))}
        </ul>
      </section>
    </main>
  );
}

interface ListBarProps {
  readonly query: PlanQuery;
  readonly setQuery: (query: PlanQuery) => void;
}

/** What is looked for: words, a year, a state, the bin. */
function ListBar({ query, setQuery }: ListBarProps): ReactNode {
  const { q, year, state, trash } = query;
  return (
    <div className="list-bar">
      <h2>{trash === "only" ? WORDS.bin : WORDS.plans}</h2>
      <input
        type="search"
        aria-label={WORDS.search}
        placeholder={WORDS.search}
        value={q}
        onChange={({ target }) => setQuery({ ...query, q: target.value })}
      />
      <input
        className="year"
        inputMode="numeric"
        aria-label={WORDS.year}
        placeholder={WORDS.year}
        value={year}
        onChange={({ target }) =>
          setQuery({ ...query, year: target.value.replace(/\D/gu, "").slice(0, 4) })
        }
      />
      <select
        className="state-of"
        aria-label={WORDS.stateOf}
        value={state}
        onChange={({ target }) => setQuery({ ...query, state: target.value })}
      >
        <option value="">{WORDS.all}</option>
        {(["draft", "submitted", "issued"] as const).map((name) => (
          <option key={name} value={name}>
            {WORDS[name]}
          </option>
        ))}
      </select>
      <button
        type="button"
        aria-pressed={trash === "only"}
        onClick={() => setQuery({ ...query, trash: trash === "only" ? "without" : "only" })}
      >
        {WORDS.bin}
      </button>
    </div>
  );
}

interface PlanEntryProps {
  readonly plan: PlanSummary;
  readonly open: (id: string) => void;
  readonly begin: (origin: PlanOrigin) => Promise<void>;
  readonly changed: () => void;
}

function PlanEntry({ plan, open, begin, changed }: PlanEntryProps): ReactNode {
  const { id, title, agency, year, number, state, savedAt, trashedAt } = plan;
  return (
    <li>
      <button type="button" className="plan" onClick={() => open(id)}>
        <strong>{title || WORDS.untitled}</strong>
        <span>
          {[agency, number, year].filter((part) => part !== null && part !== "").join(" · ")}
        </span>
        <span className="when">
          <span className={`mark ${state}`}>{WORDS[state]}</span> {printTime(savedAt)}
        </span>
      </button>
      {trashedAt === null ? (
        <>
          <button type="button" onClick={() => void begin({ copyOf: id })}>
            {WORDS.copy}
          </button>
          <button type="button" onClick={() => void api.trash(id).then(changed)}>
            {WORDS.remove}
          </button>
        </>
      ) : (
        <button type="button" onClick={() => void api.restore(id).then(changed)}>
          {WORDS.back}
        </button>
      )}
    </li>
  );
}

/** Ways to begin: empty, a starter, an old file. */
function Begin({ begin }: { readonly begin: (origin: PlanOrigin) => Promise<void> }): ReactNode {
  const [starters, setStarters] = useState<readonly StarterChoice[]>([]);
  useEffect(() => void api.starters().then(setStarters), []);
  const empty: StarterChoice = { id: "empty", title: WORDS.empty, about: WORDS.emptyAbout };
  return (
    <section aria-label={WORDS.newPlan}>
      <h2>{WORDS.newPlan}</h2>
      <div className="starters">
        {[empty, ...starters].map(({ id, title, about }) => (
          <button key={id} type="button" onClick={() => void begin({ starter: id })}>
            <strong>{title}</strong>
            <span>{about}</span>
          </button>
        ))}
        <DropPlace begin={begin} />
      </div>
    </section>
  );
}

function DropPlace({
  begin,
}: {
  readonly begin: (origin: PlanOrigin) => Promise<void>;
}): ReactNode {
  const [problems, setProblems] = useState<readonly Diagnostic[]>([]);
  const [state, setState] = useState<"waiting" | "reading">("waiting");
  const take = async (file: File | undefined): Promise<void> => {
    if (file === undefined) return;
    setState("reading");
    setProblems([]);
    const read = await api.upload(file);
    setState("waiting");
    if (read.ok) await begin({ text: read.text });
    else setProblems(read.problems);
  };
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    void take(event.dataTransfer.files[0]);
  };
  return (
    <label className="drop" onDragOver={(event) => event.preventDefault()} onDrop={drop}>
      <span>{state === "reading" ? WORDS.reading : WORDS.drop}</span>
      <span className="choose">{WORDS.chooseFile}</span>
      <input
        type="file"
        accept=".docx,.pdf,.txt,.md,.html,.yaml,.yml,.json"
        onChange={({ target }) => void take(target.files?.[0])}
      />
      <span role="alert">
        {problems.map(({ message, hint }) => `${message[LANGUAGE]}. ${hint?.[LANGUAGE] ?? ""}`)}
      </span>
    </label>
  );
}
