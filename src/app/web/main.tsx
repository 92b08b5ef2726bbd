import { type ReactNode, useCallback, useEffect, useState } from "react";
import { createRoot } from "react-dom/client";
import type { Diagnostic } from "../../base/diagnostic.js";
import { type OpenedPlan, api } from "./api.js";
import type { JsonSchema } from "./json-schema.js";
import { PlanEditor } from "./plan-editor.js";
import { PlanList } from "./plan-list.js";
import { LANGUAGE, WORDS } from "./words.js";

/** The studio: the list of plans, or one plan; the address says which. */
function Studio(): ReactNode {
  const [id, setId] = useState(planInAddress());
  useEffect(() => {
    const changed = (): void => setId(planInAddress());
    addEventListener("hashchange", changed);
    return () => removeEventListener("hashchange", changed);
  }, []);
  const open = (next: string): void => {
    location.hash = next === "" ? "" : `#/${next}`;
  };
  return id === "" ? <PlanList open={open} /> : <OnePlan key={id} id={id} leave={() => open("")} />;
}

function planInAddress(): string {
  return location.hash.replace(/^#\/?/u, "");
}

function OnePlan({ id, leave }: { readonly id: string; readonly leave: () => void }): ReactNode {
  const [plan, setPlan] = useState<OpenedPlan | null>(null);
  const [schema, setSchema] = useState<JsonSchema | null>(null);
  const read = useCallback((): void => void api.plan(id).then(setPlan, leave), [id]);
  useEffect(read, [read]);
  useEffect(() => void api.schema().then((found) => setSchema(found as JsonSchema)), []);
  if (plan === null || schema === null) return null;
  const { data } = plan;
  if (data === null) return <Unreadable problems={plan.problems ?? []} leave={leave} />;
  return <PlanEditor plan={{ ...plan, data }} schema={schema} onLeave={leave} onReload={read} />;
}

/** A plan whose text cannot be read is not edited: nothing of it would be left. */
function Unreadable({
  problems,
  leave,
}: {
  readonly problems: readonly Diagnostic[];
  readonly leave: () => void;
}): ReactNode {
  return (
    <main className="locked" role="alert">
      <p>{WORDS.unreadablePlan}</p>
      {problems.map(({ message }, index) => (
        <p key={index}>{message[LANGUAGE]}</p>
      ))}
      <button type="button" onClick={leave}>
        ← {WORDS.plans}
      </button>
    </main>
  );
}

/** Without the token of this start there is nothing to be seen. */
async function start(): Promise<void> {
  const place = document.querySelector("#studio");
  if (place === null) return;
  document.documentElement.lang = LANGUAGE;
  document.title = WORDS.studio;
  const allowed = await api.starters().then(
    () => true,
    () => false,
  );
  createRoot(place).render(allowed ? <Studio /> : <p className="locked">{WORDS.locked}</p>);
}

void start();
